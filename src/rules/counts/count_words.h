// What the rules about counts (SDD301 to SDD304) say alike: "completed_tasks is 48, the children
// add up to 49", and the fix that follows.
#pragma once

#include <string>
#include <string_view>

#include "json/tree.h"
#include "rules/rule.h"
#include "spec/counts.h"
#include "spec/spec.h"

namespace sdd::rules {

// Why a total is wrong: "the children add up to 49", "a node without children counts as 1" …
std::string why_total(const spec::Node& node, const spec::CheckedCount& total);

// Why a number of completed tasks is wrong: likewise, or "the status is pending".
std::string why_completed(const spec::Node& node, const spec::CheckedCount& completed);

// Why a value is no count: "a count is never negative", "not a whole number".
std::string why_no_count(json::Value value);

// The finding "<member> is <value>, <why>" at the value, with the safe fix that sets it to what it
// must be, where that is one number only.
void add_wrong_count(Report& report, const spec::Node& node, std::string_view member,
                     const std::string& why, const spec::CheckedCount& count);

}  // namespace sdd::rules
