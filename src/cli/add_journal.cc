#include "cli/update_run.h"

namespace sdd::cli {
namespace {

constexpr auto kAddJournalOptions = with_update_options(std::array{
    Option{"SPEC", Takes::kArgument, nullptr, "the spec's id, or the path of its file"},
    Option{"--title", Takes::kValue, "TEXT", "the entry's title"},
    Option{"--content", Takes::kValue, "TEXT", "the entry's text"},
    Option{"--task-id", Takes::kValue, "ID", "the task it is about"},
    Option{"--entry-type", Takes::kValue, "TYPE",
           "status_change, deviation, blocker, decision or note (note)"},
    Option{"--force", Takes::kNothing, nullptr, "also about a task that is not there"},
});

Result<int> run_add_journal(const Session& session, const Arguments& arguments) {
  for (const char* name : {"--title", "--content"}) {
    if (!arguments.has(name)) return fail(ErrorKind::kUsage, std::string(name) + " is missing");
  }
  spec::AddJournal operation{arguments.text("--title"), arguments.text("--content"),
                             given(arguments, "--task-id")};
  if (arguments.has("--entry-type")) operation.entry_type = arguments.text("--entry-type");
  operation.force = arguments.has("--force");
  std::vector<std::string> ids = {arguments.text("SPEC")};
  if (operation.task) ids.push_back(*operation.task);
  return run_update(session, arguments, "add-journal", ids, operation);
}

}  // namespace

extern const Command kAddJournal;
constinit const Command kAddJournal = {
    .name = "add-journal",
    .summary = "add an entry to the journal",
    .details = "With --task-id the task counts as journaled from then on.",
    .example =
        "sdd add-journal billing-2026-02-11-001 --title Decision --content 'we keep the old API' "
        "--entry-type decision",
    .options = kAddJournalOptions,
    .run = run_add_journal};

}  // namespace sdd::cli
