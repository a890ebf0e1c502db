#include "cli/update_run.h"

namespace sdd::cli {
namespace {

constexpr auto kAddTaskOptions = with_update_options(std::array{
    Option{"SPEC", Takes::kArgument, nullptr, "the spec's id, or the path of its file"},
    Option{"PARENT", Takes::kArgument, nullptr, "the id of the node above"},
    Option{"--title", Takes::kValue, "TEXT", "its title"},
    Option{"--type", Takes::kValue, "task|subtask|verify", "its type (task)"},
    Option{"--file-path", Takes::kValue, "PATH", "the file that it changes"},
    Option{"--category", Takes::kValue, "CATEGORY",
           "investigation, implementation, refactoring, decision or research"},
    Option{"--description", Takes::kValue, "TEXT", "what it is about"},
});

Result<int> run_add_task(const Session& session, const Arguments& arguments) {
  if (!arguments.has("--title")) return fail(ErrorKind::kUsage, "--title is missing");
  spec::AddTask operation{arguments.text("PARENT"), arguments.text("--title")};
  if (arguments.has("--type")) operation.type = arguments.text("--type");
  operation.file_path = given(arguments, "--file-path");
  operation.category = given(arguments, "--category");
  operation.description = given(arguments, "--description");
  return run_update(session, arguments, "add-task",
                    {arguments.text("SPEC"), arguments.text("PARENT")}, operation);
}

}  // namespace

extern const Command kAddTask;
constinit const Command kAddTask = {.name = "add-task",
                                    .summary = "add a task below a phase, group or task",
                                    .details = "",
                                    .example =
                                        "sdd add-task billing-2026-02-11-001 phase-2 --title "
                                        "'Retry twice' --file-path src/retry.cc",
                                    .options = kAddTaskOptions,
                                    .run = run_add_task};

}  // namespace sdd::cli
