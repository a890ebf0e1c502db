#include "cli/update_run.h"

namespace sdd::cli {
namespace {

constexpr auto kUpdateStatusOptions = with_update_options(std::array{
    Option{"SPEC", Takes::kArgument, nullptr, "the spec's id, or the path of its file"},
    Option{"TASK", Takes::kArgument, nullptr, "the task's id"},
    Option{"STATUS", Takes::kArgument, "pending|in_progress|completed|blocked", "the new status"},
    Option{"--note", Takes::kValue, "TEXT", "why; kept as status_note"},
});

Result<int> run_update_status(const Session& session, const Arguments& arguments) {
  const std::string word = arguments.text("STATUS");
  return run_update(
      session, arguments,
      {.command = "update-status",
       .ids = {arguments.text("SPEC"), arguments.text("TASK")},
       .operation = [&](const workspace::SpecPath&) -> Result<spec::Operation> {
         return spec::UpdateStatus{arguments.text("TASK"), *spec::status(word),
                                   given(arguments, "--note")};
       },
       .older_keys = [&](json::Writer& out,
                         const workspace::Updated&) { out.key("new_status").string(word); }});
}

}  // namespace

extern const Command kUpdateStatus;
constinit const Command kUpdateStatus = {
    .name = "update-status",
    .summary = "set the status of a task; what lies above it follows",
    .details = "Of a node with children the status follows from them, so it is refused there (5).",
    .example = "sdd update-status billing-2026-02-11-001 task-1-2 in_progress",
    .options = kUpdateStatusOptions,
    .run = run_update_status};

}  // namespace sdd::cli
