#include "cli/update_run.h"

namespace sdd::cli {
namespace {

constexpr auto kMarkBlockedOptions = with_update_options(std::array{
    Option{"SPEC", Takes::kArgument, nullptr, "the spec's id, or the path of its file"},
    Option{"TASK", Takes::kArgument, nullptr, "the task's id"},
    Option{"--reason", Takes::kValue, "TEXT", "what blocks it"},
    Option{"--type", Takes::kValue, "dependency|technical|resource|decision",
           "the kind of blocker (dependency)"},
    Option{"--ticket", Takes::kValue, "ID", "where the blocker is tracked"},
});

Result<int> run_mark_blocked(const Session& session, const Arguments& arguments) {
  if (!arguments.has("--reason")) return fail(ErrorKind::kUsage, "--reason is missing");
  spec::MarkBlocked operation{arguments.text("TASK"), arguments.text("--reason")};
  if (arguments.has("--type")) operation.type = arguments.text("--type");
  operation.ticket = given(arguments, "--ticket");
  return run_update(session, arguments, "mark-blocked",
                    {arguments.text("SPEC"), arguments.text("TASK")}, operation);
}

}  // namespace

extern const Command kMarkBlocked;
constinit const Command kMarkBlocked = {
    .name = "mark-blocked",
    .summary = "mark a task or a phase as blocked, and say by what",
    .details = "A completed one is refused (5).",
    .example =
        "sdd mark-blocked billing-2026-02-11-001 task-1-2 --reason 'no test account' --type "
        "resource",
    .options = kMarkBlockedOptions,
    .run = run_mark_blocked};

}  // namespace sdd::cli
