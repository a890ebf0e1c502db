#include <fmt/core.h>

#include <algorithm>

#include "base/strings.h"
#include "cli/answer.h"
#include "cli/columns.h"
#include "cli/command.h"
#include "json/tree.h"
#include "spec/change.h"
#include "store/file_lock.h"
#include "store/target.h"
#include "store/update_log.h"
#include "workspace/layout.h"

namespace sdd::cli {
namespace {

constexpr Option kOptions[] = {
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
  json::Parser parser;
  json::Tree tree;
  std::string out;
  if (!parser.parse(update.changes, tree)) return out;
  for (const json::Value element : tree.root().elements()) {
    const auto change = spec::read_change(element);
    if (change && !change->derived) out += "    " + spec::to_line(*change) + "\n";
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

Result<void> forget(store::FileSystem& files, const store::Home& home, const store::Target& target,
                    const Arguments& arguments) {
  store::RealClock clock;
  store::Locks locks(files, clock);
  auto lock = locks.acquire(
      {home, target.path, "history", {target.path.stem().string()}, std::chrono::seconds(10), ""});
  if (!lock) return tl::unexpected(lock.error().error);
  auto log = store::UpdateLog::open(files, home.log_file(target.path));
  if (!log) return tl::unexpected(log.error());
  const std::string id = arguments.text("--forget");
  bool found = false;
  for (const store::Update& update : log->content().updates) {
    if (!arguments.has("--all") && update.id != id) continue;
    found = true;
    const auto forgotten = log->forget(update.id, now());
    if (!forgotten) return forgotten;
  }
  if (found || arguments.has("--all")) return {};
  return fail(ErrorKind::kNotFound, "the log has no update " + sdd::quoted(id));
}

Result<int> run_history(const Session& session, const Arguments& arguments) {
  const auto layout = workspace::find_layout({arguments.text("SPEC")}, session.places());
  if (!layout) return tl::unexpected(layout.error());
  const auto place = workspace::resolve_spec(arguments.text("SPEC"), *layout ? &**layout : nullptr,
                                             session.places().current);
  if (!place) return tl::unexpected(place.error());
  store::RealFileSystem files;
  const auto target = store::find_target(files, place->file);
  if (!target) return tl::unexpected(target.error());
  const auto home = store::Home::of(files, target->path);
  if (!home) return tl::unexpected(home.error());
  if (arguments.has("--forget") || arguments.has("--all")) {
    const auto forgotten = forget(files, *home, *target, arguments);
    if (!forgotten) return tl::unexpected(forgotten.error());
  }
  const auto log = store::read_log(files, home->log_file(target->path));
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
    .options = kOptions,
    .run = run_history};

}  // namespace sdd::cli
