// GitSetup: what `sdd setup-git` puts into a clone and takes out again: hooks, the merge and diff
// driver, and the attributes that name them.
//
//   const GitSetup setup(*repository, layout, program);
//   auto done = setup.install({.hooks = true, .merge_driver = true, .diff_driver = true});
//   for (const SetupStep& step : *done) …         // what was changed
//   setup.state()                                 // what is there, for doctor
//
// Hooks go where git looks for them (core.hooksPath). One that is there already is kept beside ours
// as NAME.before-sdd and runs first. Attributes stand in the top level's `.gitattributes` between
// two marks; everything around them stays. Drivers and `sdd.path` (unless `sdd` is on the PATH) are
// written to this clone's own configuration, which every clone must do for itself. A second
// install() changes nothing; uninstall() leaves no trace.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/error.h"
#include "git/repository.h"
#include "workspace/layout.h"

namespace sdd::workspace {

struct SetupWish {
  bool hooks = false;
  bool merge_driver = false;
  bool diff_driver = false;
};

// Something that was done: "wrote .git/hooks/pre-commit".
using SetupSteps = std::vector<std::string>;

// What a clone has, and should have.
struct SetupState {
  std::vector<std::string> hooks;          // ours that are set
  std::vector<std::string> missing_hooks;  // not set
  std::vector<std::string> stale_hooks;    // ours, of another version
  bool merge_driver = false;               // merge.sdd.driver is configured
  bool diff_driver = false;
  bool attributes = false;   // `.gitattributes` has our lines, as they should be
  bool names_merge = false;  // some line of `.gitattributes` says merge=sdd
  bool names_diff = false;
  std::vector<std::string> union_patterns;  // patterns that say merge=union and fit specs or logs
};

class GitSetup {
 public:
  // `layout` is nullptr in a repository without specs and memory bank, and in a bare one.
  GitSetup(const git::Repository& repository, const Layout* layout)
      : repository_(repository), layout_(layout) {}

  // Errors: kRefused where a hook of somebody else cannot be kept; the system's.
  Result<SetupSteps> install(const SetupWish& wish) const;
  Result<SetupSteps> uninstall(const SetupWish& wish) const;
  Result<SetupState> state() const;

 private:
  Result<std::filesystem::path> hooks_folder() const;
  Result<void> install_hooks(SetupSteps& steps) const;
  Result<void> uninstall_hooks(SetupSteps& steps) const;
  Result<void> set(const std::string& name, const std::string& value, SetupSteps& steps) const;
  Result<void> unset(const std::string& name, SetupSteps& steps) const;
  Result<void> tidy_configuration() const;
  Result<void> set_program(SetupSteps& steps) const;
  std::string attribute_lines(const SetupWish& wish) const;
  Result<void> write_attributes(const std::string& lines, SetupSteps& steps) const;

  const git::Repository& repository_;
  const Layout* layout_;
};

}  // namespace sdd::workspace
