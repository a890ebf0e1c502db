#include "cli/update_run.h"

namespace sdd::cli {
namespace {

constexpr auto kCompleteTaskOptions = with_update_options(std::array{
    Option{"SPEC", Takes::kArgument, nullptr, "the spec's id, or the path of its file"},
    Option{"TASK", Takes::kArgument, nullptr, "the task's id"},
    Option{"--note", Takes::kValue, "TEXT", "what was done; kept as status_note and in the entry"},
    Option{"--journal-title", Takes::kValue, "TEXT", "the entry's title"},
    Option{"--journal-content", Takes::kValue, "TEXT", "the entry's text"},
    Option{"--entry-type", Takes::kValue, "TYPE", "the entry's type (status_change)"},
    Option{"--bump", Takes::kValue, "major|minor", "a new version of the spec"},
    Option{"--version", Takes::kValue, "VERSION", "the new version by name"},
});

// The older toolkit's `diff`: what changed, sorted by where it stands.
void write_older_diff(json::Writer& out, const workspace::Updated& updated,
                      const std::string& task) {
  const auto members = [&](const char* name, const auto& belongs) {
    out.key(name).begin_object();
    for (const spec::Change& change : updated.changes) {
      if (change.kind != spec::Change::Kind::kMember || !belongs(change.path)) continue;
      out.key(change.path.back()).begin_object();
      out.key("old");
      change.before ? out.copy(change.before->text) : out.null();
      out.key("new");
      change.after ? out.copy(change.after->text) : out.null();
      out.end_object();
    }
    out.end_object();
  };
  const auto in_task = [&](const spec::Path& path) {
    return path.size() > 1 && path[0] == "hierarchy" && path[1] == task;
  };
  out.key("diff").begin_object();
  members("status", [&](const spec::Path& path) {
    return in_task(path) && path.size() == 3 && path[2] == "status";
  });
  members("task_metadata", [&](const spec::Path& path) {
    return in_task(path) && path.size() == 4 && path[2] == "metadata";
  });
  members("spec_metadata",
          [&](const spec::Path& path) { return path.size() == 2 && path[0] == "metadata"; });
  out.key("journal_entries_added").begin_array();
  for (const spec::Change& change : updated.changes) {
    if (change.kind == spec::Change::Kind::kItem && change.path == spec::Path{"journal"} &&
        change.after && !change.before) {
      out.copy(change.after->text);
    }
  }
  out.end_array().end_object();
}

Result<int> run_complete_task(const Session& session, const Arguments& arguments) {
  spec::CompleteTask operation{arguments.text("TASK"), given(arguments, "--note"),
                               given(arguments, "--journal-title"),
                               given(arguments, "--journal-content")};
  if (arguments.has("--entry-type")) operation.entry_type = arguments.text("--entry-type");
  operation.bump = given(arguments, "--bump");
  operation.version = given(arguments, "--version");
  return run_update(session, arguments,
                    {.command = "complete-task",
                     .ids = {arguments.text("SPEC"), operation.task},
                     .operation = [&](const workspace::SpecPath&) -> Result<spec::Operation> {
                       return operation;
                     },
                     .older_keys =
                         [&](json::Writer& out, const workspace::Updated& updated) {
                           write_older_diff(out, updated, operation.task);
                         }});
}

}  // namespace

extern const Command kCompleteTask;
constinit const Command kCompleteTask = {
    .name = "complete-task",
    .summary = "complete a task and write its journal entry, as one change",
    .details =
        "Phases that it completes are completed and journaled with it. Repeated, it changes "
        "nothing and\nis a success; a blocked task is refused (5).",
    .example = "sdd complete-task billing-2026-02-11-001 task-1-2 --note 'tests pass'",
    .options = kCompleteTaskOptions,
    .run = run_complete_task};

}  // namespace sdd::cli
