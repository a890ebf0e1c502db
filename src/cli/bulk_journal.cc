#include "cli/update_run.h"

namespace sdd::cli {
namespace {

constexpr auto kBulkJournalOptions = with_update_options(std::array{
    Option{"SPEC", Takes::kArgument, nullptr, "the spec's id, or the path of its file"},
    Option{"--tasks", Takes::kList, "IDS", "only these tasks"},
});

Result<int> run_bulk_journal(const Session& session, const Arguments& arguments) {
  spec::BulkJournal operation;
  if (arguments.has("--tasks")) operation.tasks = arguments.list("--tasks");
  return run_update(session, arguments, "bulk-journal", {arguments.text("SPEC")}, operation);
}

}  // namespace

extern const Command kBulkJournal;
constinit const Command kBulkJournal = {
    .name = "bulk-journal",
    .summary = "write the entries that completed tasks still wait for",
    .details = "One entry for each task.",
    .example = "sdd bulk-journal billing-2026-02-11-001 --tasks task-1-1,task-1-2",
    .options = kBulkJournalOptions,
    .run = run_bulk_journal};

}  // namespace sdd::cli
