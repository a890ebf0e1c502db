#include <fmt/core.h>

#include <algorithm>

#include "base/strings.h"
#include "cli/answer.h"
#include "cli/columns.h"
#include "cli/command.h"
#include "spec/change.h"
#include "store/update_log.h"
#include "workspace/locked_spec.h"

namespace sdd::cli {
namespace {

constexpr Option kHistoryOptions[] = {
    {"SPEC", Takes::kArgument, nullptr, "the spec's id, or the path of its file"},
    {"--forget", Takes::kValue, "ID", "nobody shall report this update as lost any more"},
    {"--all", Takes::kNothing, nullptr, "with --forget's meaning, for every update of the log"},
};

const char* state_of(const store::Update& update) {
  if (update.forgotten) return "forgotten";
  return update.done ? "done" : "begun";
}

// The changes of a log line, one a line, for people.
std::string changes_of(const store::Update& update) {
  std::string out;
  for (const spec::Change& change : workspace::logged_changes(update)) {
    if (!change.derived) out += "    " + spec::to_line(change) + "\n";
  }
  return out;
}

void write_update(json::Writer& out, const store::Update& update) {
  out.begin_object();
  out.key("id").string(update.id);
  out.key("time").string(format_rfc3339(update.time));
  out.key("command").string(update.command);
  out.key("pid").integer(update.pid);
  out.key("host").string(update.host);
  out.key("state").string(state_of(update));
  out.key("before").string(update.before);
  out.key("after").string(update.after);
  out.key("changes").copy(update.changes);
  out.end_object();
}

std::string log_text(const store::LogContent& log) {
  std::string out;
  for (const store::Update& update : log.updates) {
    out += fmt::format("{}  {:<9} {} ({})\n{}", format_rfc3339(update.time), state_of(update),
                       printable(update.command), printable(update.id), changes_of(update));
  }
  if (log.cut > 0) out += counted(log.cut, "older update") + " no longer kept\n";
  if (log.losses.lines > 0) {
    out += counted(log.losses.lines, "line") + " of the log cannot be read\n";
  }
  return out.empty() ? "no updates\n" : out;
}

Result<void> forget(workspace::LockedSpec& locked, const Arguments& arguments) {
  const auto held = locked.lock();
  if (!held) return held;
  const std::string id = arguments.text("--forget");
  bool found = false;
  for (const store::Update& update : locked.log().content().updates) {
    if (!arguments.has("--all") && update.id != id) continue;
    found = true;
    const auto forgotten = locked.log().forget(update.id, now());
    if (!forgotten) return forgotten;
  }
  if (found || arguments.has("--all")) return {};
  return fail(ErrorKind::kNotFound, "the log has no update " + sdd::quote(id));
}

Result<int> run_history(const Session& session, const Arguments& arguments) {
  workspace::Disk disk;
  const std::string spec = arguments.text("SPEC");
  workspace::LockedSpec locked(disk, session.places(),
                               {.spec = spec, .command = "history", .ids = {spec}});
  const auto found = locked.find();
  if (!found) return tl::unexpected(found.error());
  if (arguments.has("--forget") || arguments.has("--all")) {
    const auto forgotten = forget(locked, arguments);
    if (!forgotten) return tl::unexpected(forgotten.error());
  }
  const auto log = store::read_log(disk.files, locked.home().log_file(locked.target().path));
  if (!log) return tl::unexpected(log.error());
  return answer(
      session,
      [&](json::Writer& out) {
        out.begin_array();
        for (const store::Update& update : log->updates) write_update(out, update);
        out.end_array();
      },
      [&] { return log_text(*log); });
}

}  // namespace

extern const Command kHistory;
constinit const Command kHistory = {
    .name = "history",
    .summary = "the update log of a spec: what was changed, when, by which command",
    .details =
        "The log is kept beside the specs, in .sdd/log, and never committed. --forget records "
        "that\n"
        "an update which is no longer in the file was meant to go.",
    .example = "sdd history billing-2026-02-11-001",
    .options = kHistoryOptions,
    .run = run_history};

}  // namespace sdd::cli
