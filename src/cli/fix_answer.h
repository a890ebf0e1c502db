// What `sdd fix` says: as text and as JSON (schemas/output/fix.schema.json, fix-many).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "cli/command.h"
#include "report/located.h"
#include "workspace/fix.h"

namespace sdd::cli {

// One file that was looked at.
struct FixedReport {
  report::FileReport report;  // what remains
  workspace::FixedFile fixed;
  std::optional<Error> error;  // why nothing was done
  std::string backup;          // as the user should see it; "" = none was made

  bool is_worth_telling() const {
    return error || !fixed.made.actions.empty() || !fixed.made.skipped.empty() ||
           !report.findings.empty();
  }
};

struct FixAnswer {
  bool dry_run = false;
  bool diff = false;          // the changes as a diff, too
  std::size_t looked_at = 0;  // files
  std::vector<FixedReport> files;
};

// The object for one file that was named.
void write_fix(json::Writer& out, const FixAnswer& answer);
// The totals, and an object for each file that is worth telling.
void write_fixes(json::Writer& out, const FixAnswer& answer);

// One line an action, a diff where it is wanted, a last line with the totals.
std::string fix_text(const FixAnswer& answer);

}  // namespace sdd::cli
