#include "cli/legacy.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <filesystem>

#include "base/strings.h"

namespace sdd::cli {
namespace {

constexpr std::string_view kLegacyCommands[] = {
    "add-phase",
    "apply-modifications",
    "audit-spec",
    "block-task",
    "cache",
    "check-deps",
    "check-environment",
    "context",
    "create-task-commit",
    "detect-project",
    "doc",
    "execute-verify",
    "fidelity-review",
    "find-circular-deps",
    "find-pattern",
    "find-related-files",
    "find-tests",
    "fix",
    "format-plan",
    "format-verification-summary",
    "generate-pr",
    "create-pr",
    "get-task",
    "init-env",
    "list-blockers",
    "list-phases",
    "list-plan-review-tools",
    "list-review-tools",
    "llm-doc-gen",
    "modify",
    "next-task",
    "parse-review",
    "phase-time",
    "plan-review",
    "prepare-task",
    "query-tasks",
    "reconcile-state",
    "remove-task",
    "render",
    "report",
    "run-tests",
    "session-summary",
    "skills-dev",
    "start-helper",
    "template",
    "test",
    "time-report",
    "track-time",
    "update-estimate",
    "update-frontmatter",
    "update-task-metadata",
    "validate-paths",
    "validate-plans",
    "verify-task",
    "verify-tools",
};

}  // namespace

bool is_legacy_command(std::string_view name) {
  return std::find(std::begin(kLegacyCommands), std::end(kLegacyCommands), name) !=
         std::end(kLegacyCommands);
}

std::optional<Error> hand_to_legacy(const std::vector<std::string>& words) {
  const char* set = std::getenv("SDD_LEGACY");
  if (set == nullptr || *set == '\0') return std::nullopt;
  const std::string program = set;
  // A variable that names this very program would run it again and again.
  std::error_code error;
  if (std::filesystem::equivalent(program, "/proc/self/exe", error)) {
    return Error{ErrorKind::kLegacy, "SDD_LEGACY names sdd itself, not the older toolkit", {}};
  }
  std::vector<char*> arguments = {const_cast<char*>(program.c_str())};
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  execvp(program.c_str(), arguments.data());
  return Error{ErrorKind::kLegacy,
               "cannot execute " + sdd::quote(program) + " (SDD_LEGACY): " + errno_text(errno),
               {}};
}

}  // namespace sdd::cli
