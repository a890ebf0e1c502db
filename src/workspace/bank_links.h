// What users name in the memory bank, as its files write it: work items, specs, logs.
#pragma once

#include <filesystem>
#include <string>

#include "base/error.h"
#include "workspace/layout.h"

namespace sdd::workspace {

// What an entry's Spec and SDD Spec fields say; relative to the root.
struct SpecLink {
  std::string spec;      // the work item, or whatever file was named by its path
  std::string sdd_spec;  // "" = none
};

// A `--spec` argument: the path of a file (from the current folder, or from the root), a work
// item's name ("2026-02-11__bugfix__lamps") or its last part ("lamps"), or a spec's id. A spec's id
// leads to the work item that the spec names, and to the spec itself; where it names none that
// exists, to the spec alone. Errors: kNotFound with the nearest names, kAmbiguous, kUsage for a
// file outside of the root or a path that cannot stand in back-ticks; those of reading the spec.
Result<SpecLink> resolve_link(const std::string& argument, const Layout& layout,
                              const std::filesystem::path& current);

// A LOG argument: the path of a log (from the current folder, the root or the memory bank), or its
// name, `.md` or not. Absolute. Errors: kNotFound with the nearest names; kUsage for what is no
// branch log.
Result<std::filesystem::path> resolve_log(const std::string& argument, const Layout& layout,
                                          const std::filesystem::path& current);

}  // namespace sdd::workspace
