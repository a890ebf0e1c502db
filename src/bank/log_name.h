// How a branch log is named: `YYYY-MM-DD-<branch>.md`, after its day and its branch.
#pragma once

#include <string>
#include <string_view>

#include "bank/date.h"

namespace sdd::bank {

// What an entry and its log say where no branch is checked out.
inline constexpr std::string_view kNoBranch = "HEAD (no branch)";

// The branch as it stands in the name: `-` for each `/` and blank; "head-no-branch" for "HEAD" and
// kNoBranch. Upper and lower case are kept.
std::string branch_slug(std::string_view branch);

// "2026-02-11-codex-bugfix-lamps.md"
std::string log_name(Date day, std::string_view branch);

}  // namespace sdd::bank
