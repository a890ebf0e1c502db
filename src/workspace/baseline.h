// Baseline: the findings that a repository had when it began to use sdd. They are counted, not
// shown, and do not fail; what is new does.
//
//   auto baseline = Baseline::read(file);                   // or: Baseline baseline;
//   const Comparison known = baseline->compare(reports, scope);   // takes them out of the reports
//   known.gone                                              // findings of it that are fixed
//   baseline->write(file);                                  // what it knew and what is there now
//
// A baseline is a JSON file to be committed: one finding a line (report/fingerprint.h), sorted, so
// that a diff shows what came and went and two branches merge. Order and repeated lines mean
// nothing when it is read. It does not name a version of sdd: two branches would differ in it.
//
// A run that did not look at everything (one file, `validate`, --select) leaves the rest alone: it
// neither calls it gone nor drops it when it writes.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "report/fingerprint.h"

namespace sdd::workspace {

inline constexpr const char* kBaselineName = ".sdd-baseline.json";

// What a run looked at.
struct BaselineScope {
  // How a file is known: a spec's id, else its path below the root.
  std::function<std::string(const report::FileReport&)> name;
  std::function<bool(std::string_view code)> rule_ran;
  bool all_files = true;  // false: only the reports' files
};

struct Comparison {
  std::size_t baselined = 0;
  std::size_t gone = 0;
  std::size_t added = 0;  // found, and not in the baseline
};

class Baseline {
 public:
  // Errors: kNotFound, kPermission, kIo; kUsage with file, line and column for what is no baseline.
  static Result<Baseline> read(const std::filesystem::path& file);

  std::size_t size() const { return known_.size(); }

  // Moves the findings that the baseline knows out of the reports, into their `baselined`.
  Comparison compare(std::vector<report::FileReport>& reports, const BaselineScope& scope) const;
  // Takes over what was found (all of it becomes `baselined`), and forgets what is gone.
  Comparison renew(std::vector<report::FileReport>& reports, const BaselineScope& scope);

  // The file's text.
  std::string text() const;
  // Writes beside the file and exchanges it in one step: a failure leaves what was there. Errors:
  // kPermission, kIo, kNotFound (no such folder).
  Result<void> write(const std::filesystem::path& file) const;

 private:
  static Result<Baseline> of_text(const std::string& path, std::string bytes);

  std::set<report::Fingerprint> known_;
};

}  // namespace sdd::workspace
