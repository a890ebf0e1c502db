// What the commands that change a spec share: their common options, running an operation under the
// lock, and telling what came of it.
//
//   constexpr auto kOptions = with_update_options(std::array{Option{"SPEC", …}, …});
//   …
//   return run_update(session, arguments, {.command = "complete-task",
//                                          .ids = {spec, task},
//                                          .operation = spec::CompleteTask{…}});
#pragma once

#include <array>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "cli/command.h"
#include "spec/update.h"
#include "workspace/update.h"

namespace sdd::cli {

inline constexpr std::array kUpdateOptions = {
    Option{"--author", Takes::kValue, "NAME",
           "who does it (else $SDD_AUTHOR, git's user.name, the login name)"},
    Option{"--dry-run", Takes::kNothing, nullptr, "print the diff, change nothing"},
    Option{"--lock-timeout", Takes::kValue, "SECONDS", "how long to wait for the lock (10)"},
    Option{"--if-match", Takes::kValue, "REVISION",
           "only when the spec is at this revision, as an update before told it"},
    Option{"--request-id", Takes::kValue, "ID",
           "a name for this request: repeated, it is answered as before and done once"},
    Option{"--no-lock", Takes::kNothing, nullptr,
           "go on where the file system has no locks that exclude anybody"},
};

// A command's own options, and these behind them.
template <std::size_t N>
constexpr std::array<Option, N + kUpdateOptions.size()> with_update_options(
    const std::array<Option, N>& own) {
  std::array<Option, N + kUpdateOptions.size()> all{};
  for (std::size_t i = 0; i < N; ++i) all[i] = own[i];
  for (std::size_t i = 0; i < kUpdateOptions.size(); ++i) all[N + i] = kUpdateOptions[i];
  return all;
}

struct UpdateCommand {
  const char* command = "";
  std::vector<std::string> ids;  // shown to those who wait for the lock; the first is the SPEC
  // What to do; asked under the lock, with where the spec lies.
  std::function<Result<spec::Operation>(const workspace::SpecPath& place)> operation = {};
  std::string move_to = {};  // a status folder; "" = the file stays
  // Instead of `operation`: several, all or none.
  std::optional<std::vector<spec::Operation>> operations = {};
  // Members of the older toolkit's answer, beside ours.
  std::function<void(json::Writer& out, const workspace::Updated& updated)> older_keys = {};
};

// Errors: as workspace::update_spec; kUsage for an option.
Result<int> run_update(const Session& session, const Arguments& arguments,
                       const UpdateCommand& command);

// The same for an operation that does not depend on where the spec lies.
Result<int> run_update(const Session& session, const Arguments& arguments, const char* command,
                       std::vector<std::string> ids, spec::Operation operation);

// An option's text, or nothing when it was not given.
std::optional<std::string> given(const Arguments& arguments, const std::string& name);

// --author, else $SDD_AUTHOR, else git's user.name as it holds in `folder`, else the login name.
std::string author_of(const Arguments& arguments, const std::filesystem::path& folder);

// The time of an update, whether $SDD_NOW says it exactly, and, where one of the operations is
// signed, the author.
spec::Occasion occasion_of(const Arguments& arguments, const workspace::SpecPath& place,
                           const std::vector<spec::Operation>& operations);

// Fills in what the common options say. Errors: kUsage.
Result<void> take_update_options(const Arguments& arguments, workspace::UpdateRequest& request);

}  // namespace sdd::cli
