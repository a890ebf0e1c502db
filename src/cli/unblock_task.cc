#include "cli/update_run.h"

namespace sdd::cli {
namespace {

constexpr auto kUnblockTaskOptions = with_update_options(std::array{
    Option{"SPEC", Takes::kArgument, nullptr, "the spec's id, or the path of its file"},
    Option{"TASK", Takes::kArgument, nullptr, "the task's id"},
    Option{"--resolution", Takes::kValue, "TEXT", "how the blocker was resolved"},
});

Result<int> run_unblock_task(const Session& session, const Arguments& arguments) {
  return run_update(session, arguments, "unblock-task",
                    {arguments.text("SPEC"), arguments.text("TASK")},
                    spec::UnblockTask{arguments.text("TASK"), given(arguments, "--resolution")});
}

}  // namespace

extern const Command kUnblockTask;
constinit const Command kUnblockTask = {
    .name = "unblock-task",
    .summary = "open a blocked task or phase again; how it was resolved is kept",
    .details = "One that is not blocked is refused (5).",
    .example = "sdd unblock-task billing-2026-02-11-001 task-1-2 --resolution 'account is there'",
    .options = kUnblockTaskOptions,
    .run = run_unblock_task};

}  // namespace sdd::cli
