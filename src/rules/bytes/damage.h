// What the rules about damage share: each speaks for one kind that json::scan() tells apart.
#pragma once

#include "json/scan.h"
#include "rules/rule.h"

namespace sdd::rules {

// Adds the file's damage as a finding when it is of this kind.
void report_damage(const DamagedFile& file, json::DamageKind kind, Report& report);

}  // namespace sdd::rules
