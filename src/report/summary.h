// What `sdd check --summary` prints: one screen for a whole repository.
#pragma once

#include <string>
#include <vector>

#include "report/findings_json.h"
#include "report/located.h"

namespace sdd::report {

// What was looked at; each rule that found something, worst and most frequent first, with how often
// and in how many files; the files with the most errors, then warnings; the totals.
std::string summary_text(const std::vector<FileReport>& files, const CheckSummary& summary);

}  // namespace sdd::report
