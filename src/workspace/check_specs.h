// Checking many spec files at once, each by itself, on several threads.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "base/error.h"
#include "report/located.h"
#include "rules/engine.h"
#include "rules/spec_facts.h"
#include "workspace/layout.h"
#include "workspace/lost_updates.h"
#include "workspace/parallel.h"

namespace sdd::workspace {

struct CheckRun {
  rules::Engine::Options engine;
  unsigned jobs = 1;  // threads; 0 counts as 1
  bool with_excerpts = false;
  bool with_node_facts = false;
  bool with_replacements = false;  // report::Located::replacements
  // How a file is named in its report.
  std::function<std::string(const std::string&)> shown;
  // How links name it: relative to the root. Asked only where facts are wanted.
  std::function<std::string(const std::string&)> linked;
  // Reads a file as read_file() does; empty: read_file() itself. For who looks at another state of
  // the files than that on the disk.
  std::function<Result<void>(const std::string& file, std::size_t max_bytes, std::string& bytes)>
      read = {};
  // Looks for updates that are gone; nullptr: nobody does.
  const LostUpdates* lost_updates = nullptr;
  Progress progress;  // counts files; may be empty
};

// One report for each of `specs`, in their order, whatever the number of threads. A file that
// cannot be read gets a report with SDD012. `twins[i]` are the files that share the id of specs[i]
// and whose finding (SDD114) stands there; see find_twins. `facts`, unless nullptr, becomes what
// the links of the repository need to know of each.
std::vector<report::FileReport> check_specs(const std::vector<SpecPath>& specs,
                                            const std::vector<std::vector<std::string>>& twins,
                                            const CheckRun& run,
                                            std::vector<rules::SpecFacts>* facts = nullptr);

// Makes a report that of a file that could not be read (SDD012, if it is selected).
void tell_unreadable(report::FileReport& report, const Error& error,
                     const rules::Selection& selection);

// For each spec the other files of its id in other status folders, told once per id: at the one
// that an id lookup would take, or at the first of those in `specs`. `all` says that `specs` is
// everything that `layout` has; else each id is looked up.
std::vector<std::vector<std::string>> find_twins(const std::vector<SpecPath>& specs,
                                                 const Layout* layout, bool all);

}  // namespace sdd::workspace
