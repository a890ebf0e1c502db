#include "cli/update_run.h"

#include <fmt/core.h>
#include <pwd.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <utility>
#include <variant>

#include "base/strings.h"
#include "git/repository.h"
#include "report/unified_diff.h"
#include "spec/diff.h"
#include "spec/update_all.h"

namespace sdd::cli {
namespace {

void write_value(json::Writer& out, const std::optional<json::Snippet>& value) {
  value ? out.copy(value->text) : out.null();
}

void write_answer(json::Writer& out, const UpdateCommand& command,
                  const workspace::Updated& updated) {
  out.begin_object();
  out.key("success").boolean(true);
  out.key("spec_id").string(updated.spec_id);
  out.key("task_id");
  command.ids.size() > 1 ? out.string(command.ids[1]) : out.null();
  out.key("path").string(updated.shown);
  out.key("changes").begin_array();
  for (const spec::Change& change : updated.changes) {
    out.begin_object();
    out.key("pointer").string(spec::pointer_of(change));
    write_value(out.key("old"), change.before);
    write_value(out.key("new"), change.after);
    out.end_object();
  }
  out.end_array();
  out.key("revision").string(updated.revision);
  out.key("total_tasks");
  updated.total_tasks ? out.integer(*updated.total_tasks) : out.null();
  out.key("completed_tasks");
  updated.completed_tasks ? out.integer(*updated.completed_tasks) : out.null();
  if (updated.merged) out.key("merged").boolean(true);
  if (command.older_keys) command.older_keys(out, updated);
  if (!updated.remarks.empty()) {
    out.key("remarks").begin_array();
    for (const std::string& remark : updated.remarks) out.string(remark);
    out.end_array();
  }
  out.end_object();
}

std::string text_of(const workspace::Updated& updated) {
  std::string out;
  for (const spec::Change& change : spec::stated_only(updated.changes)) {
    if (!spec::adds_container(change)) out += spec::to_line(change) + "\n";
  }
  if (updated.changes.empty() && !updated.moved) out += "nothing to do: it is so already\n";
  if (updated.moved) out += "moved to " + printable(updated.shown) + "\n";
  if (updated.completed_tasks && updated.total_tasks) {
    out += fmt::format("{}: {}/{}{}\n", printable(updated.spec_id), *updated.completed_tasks,
                       *updated.total_tasks,
                       updated.merged ? ", merged with what another program wrote" : "");
  }
  return out;
}

std::string answer_json(const UpdateCommand& command, const workspace::Updated& updated) {
  json::Writer out(json::Writer::kCompact);
  write_answer(out, command, updated);
  return out.text();
}

Result<void> tell(const Session& session, const UpdateCommand& command,
                  const workspace::Updated& updated, bool dry_run) {
  for (const std::string& remark : updated.remarks) session.tell("sdd: " + remark);
  if (!updated.answered.empty()) {
    return session.print(session.json() ? updated.answered
                                        : std::string("done already, under this request id\n"));
  }
  if (session.json()) {
    json::Writer out = session.writer();
    write_answer(out, command, updated);
    return session.print(out);
  }
  if (dry_run) {
    return session.print(report::unified_diff(updated.shown, updated.before, updated.edits));
  }
  return session.print(text_of(updated));
}

}  // namespace

std::optional<std::string> given(const Arguments& arguments, const std::string& name) {
  return arguments.has(name) ? std::optional(arguments.text(name)) : std::nullopt;
}

namespace {

// Asking git takes as long as the rest of an update: only who signs something is asked for.
bool is_signed(const spec::Operation& operation) {
  return std::holds_alternative<spec::CompleteTask>(operation) ||
         std::holds_alternative<spec::AddJournal>(operation) ||
         std::holds_alternative<spec::BulkJournal>(operation) ||
         std::holds_alternative<spec::AddRevision>(operation);
}

}  // namespace

std::string author_of(const Arguments& arguments, const std::filesystem::path& folder) {
  if (arguments.has("--author")) return arguments.text("--author");
  const char* set = std::getenv("SDD_AUTHOR");
  if (set != nullptr && *set != '\0') return set;
  const auto name = git::user_name(folder);
  if (name && !name->empty()) return *name;
  const passwd* user = getpwuid(getuid());
  return user != nullptr ? user->pw_name : "unknown";
}

spec::Occasion occasion_of(const Arguments& arguments, const workspace::SpecPath& place,
                           const std::vector<spec::Operation>& operations) {
  const bool asks = std::any_of(operations.begin(), operations.end(), is_signed);
  const std::filesystem::path folder = std::filesystem::path(place.file).parent_path();
  return {now(), std::getenv("SDD_NOW") != nullptr, asks ? author_of(arguments, folder) : ""};
}

Result<void> take_update_options(const Arguments& arguments, workspace::UpdateRequest& request) {
  request.dry_run = arguments.has("--dry-run");
  request.without_lock = arguments.has("--no-lock");
  request.if_match = arguments.text("--if-match");
  request.request_id = arguments.text("--request-id");
  if (!arguments.has("--lock-timeout")) return {};
  const std::string word = arguments.text("--lock-timeout");
  char* end = nullptr;
  const double seconds = std::strtod(word.c_str(), &end);
  if (word.empty() || *end != '\0' || !(seconds >= 0 && seconds <= 86'400)) {
    return fail(ErrorKind::kUsage,
                "--lock-timeout takes seconds from 0 to 86400, not " + sdd::quote(word));
  }
  request.lock_timeout = std::chrono::milliseconds(std::llround(seconds * 1000));
  return {};
}

Result<int> run_update(const Session& session, const Arguments& arguments,
                       const UpdateCommand& command) {
  workspace::UpdateRequest request;
  request.spec = command.ids.front();
  request.command = command.command;
  request.ids = command.ids;
  request.move_to = command.move_to;
  const auto options = take_update_options(arguments, request);
  if (!options) return tl::unexpected(options.error());
  request.compute = [&](const spec::Spec& spec,
                        const workspace::SpecPath& place) -> Result<spec::Update> {
    if (command.operations) {
      return spec::update_all(spec, *command.operations,
                              occasion_of(arguments, place, *command.operations));
    }
    const auto operation = command.operation(place);
    if (!operation) return tl::unexpected(operation.error());
    return spec::update(spec, *operation, occasion_of(arguments, place, {*operation}));
  };
  request.answer = [&](const workspace::Updated& updated) { return answer_json(command, updated); };
  const auto updated = workspace::update_spec(request, session.places());
  if (!updated) return tl::unexpected(updated.error());
  auto told = tell(session, command, *updated, request.dry_run);
  if (!request.dry_run) told = Session::printed_when_done(std::move(told));
  if (!told) return tl::unexpected(told.error());
  return 0;
}

Result<int> run_update(const Session& session, const Arguments& arguments, const char* command,
                       std::vector<std::string> ids, spec::Operation operation) {
  return run_update(session, arguments,
                    {.command = command,
                     .ids = std::move(ids),
                     .operation = [operation = std::move(operation)](const workspace::SpecPath&)
                         -> Result<spec::Operation> { return operation; }});
}

}  // namespace sdd::cli
