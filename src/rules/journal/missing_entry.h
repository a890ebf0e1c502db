// What the findings about an entry that is not there share (SDD401, SDD402, SDD409): where they
// stand, what they point at, and the command that would write the entry.
#pragma once

#include <string>
#include <string_view>

#include "rules/rule.h"
#include "spec/spec.h"

namespace sdd::rules {

// A finding at the node's key: its id and title, then `says`. Points at the flag that speaks, and
// at an entry of that moment that names no task: where a finding about that entry stands
// (SDD404, SDD408), the engine drops this one, for both have one cause.
Finding& add_missing_entry(const SpecFile& file, const spec::Node& node, std::string_view says,
                           Report& report);

// "sdd add-journal demo-2026-01-02-001 --task-id task-1-1 --title … --content …"
std::string add_journal_command(const SpecFile& file, const spec::Node& node);

// `text` as one word of a shell's command line.
std::string shell_word(std::string_view text);

}  // namespace sdd::rules
