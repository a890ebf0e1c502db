#include <fmt/core.h>

#include <filesystem>

#include "base/strings.h"
#include "cli/command.h"
#include "cli/update_run.h"
#include "report/unified_diff.h"
#include "spec/skeleton.h"
#include "store/exchange.h"
#include "store/file_lock.h"
#include "store/hash.h"
#include "store/signals.h"
#include "store/update_log.h"
#include "workspace/locked_spec.h"

namespace sdd::cli {
namespace {

namespace fs = std::filesystem;

constexpr auto kCreateOptions = with_update_options(std::array{
    Option{"NAME", Takes::kArgument, nullptr,
           "the feature's name; the id is made of it and of the date"},
    Option{"--template", Takes::kValue, "simple|medium|complex|security", "how much to begin with"},
    Option{"--category", Takes::kValue, "CATEGORY",
           "investigation, implementation, refactoring, decision or research"},
});

// The first id of this name and day that nothing has.
Result<std::string> free_id(const workspace::Layout& layout, const std::string& name) {
  constexpr int kMost = 999;
  for (int number = 1; number <= kMost; ++number) {
    auto id = spec::spec_id_of(name, now(), number);
    if (!id || layout.with_id(*id).empty()) return id;
  }
  return fail(ErrorKind::kRefused, "all numbers of this name and day are taken");
}

struct Created {
  std::string id;
  std::string shown;
  std::string text;
  std::string answered;  // the request was answered before: this was the answer
};

std::string answer_json(const Created& created) {
  json::Writer out(json::Writer::kCompact);
  out.begin_object();
  out.key("success").boolean(true);
  out.key("spec_id").string(created.id);
  out.key("path").string(created.shown);
  out.key("revision").string(store::git_blob_id(created.text));
  out.end_object();
  return out.text();
}

Result<Created> compose(const workspace::Layout& layout, const Arguments& arguments) {
  const std::string name = arguments.text("NAME");
  const auto id = free_id(layout, name);
  if (!id) return tl::unexpected(id.error());
  spec::Skeleton wish{*id, name};
  if (arguments.has("--template")) wish.form = arguments.text("--template");
  if (arguments.has("--category")) wish.category = arguments.text("--category");
  auto text = spec::skeleton(wish, now());
  if (!text) return tl::unexpected(text.error());
  const fs::path file = layout.specs_dir() / "pending" / (*id + ".json");
  return Created{*id, layout.shown(file.string()), std::move(*text), ""};
}

// One at a time makes specs, with a log of its own, for the spec that another process may just be
// making has none yet.
Result<Created> create(const workspace::Layout& layout, const Arguments& arguments,
                       const workspace::UpdateRequest& options) {
  workspace::Disk disk;
  const auto real = disk.files.real_path(layout.specs_dir());
  if (!real) {
    return tl::unexpected(system_error("find", layout.specs_dir().string(), real.error().code));
  }
  const store::Home home(*real);
  const auto prepared = home.prepare(disk.files);
  if (!prepared) return tl::unexpected(prepared.error());
  const fs::path maker = *real / ".create";
  store::Locks locks(disk.files, disk.clock);
  const auto lock =
      locks.acquire({home, maker, "create", {arguments.text("NAME")}, options.lock_timeout, ""});
  if (!lock && !(lock.error().excludes_nobody && options.without_lock)) {
    return tl::unexpected(workspace::busy_error(lock.error()));
  }
  auto log = store::UpdateLog::open(disk.files, home.log_file(maker));
  if (!log) return tl::unexpected(log.error());
  if (!options.request_id.empty()) {
    const auto first = log->find(options.request_id);
    if (first && first->done) return Created{"", "", "", first->answer};
  }
  auto created = compose(layout, arguments);
  if (!created) return created;
  const fs::path file = *real / "pending" / (created->id + ".json");
  std::error_code error;
  fs::create_directories(file.parent_path(), error);
  if (error) {
    return tl::unexpected(system_error("make", file.parent_path().string(), error.value()));
  }
  const store::SignalsHeld held;
  store::Update entry = store::new_update(options.request_id, "create");
  entry.after = store::git_blob_id(created->text);
  entry.changes = "[]";
  const auto intended = log->intend(entry);
  if (!intended) return tl::unexpected(intended.error());
  constexpr std::uint32_t kMode = 0644;
  const auto made =
      store::Exchange(disk.files, disk.clock, home).create(file, created->text, kMode);
  if (!made) return tl::unexpected(made.error().error);
  const auto done = log->done({entry.id, now(), made->stamp, answer_json(*created)});
  if (!done) return tl::unexpected(done.error());
  return created;
}

Result<int> run_create(const Session& session, const Arguments& arguments) {
  const auto layout = workspace::Layout::find(session.places());
  if (!layout) return tl::unexpected(layout.error());
  workspace::UpdateRequest options;
  const auto taken = take_update_options(arguments, options);
  if (!taken) return tl::unexpected(taken.error());
  if (!options.if_match.empty()) {
    return fail(ErrorKind::kRefused, "a spec that is not there yet is at no revision");
  }
  const auto created =
      options.dry_run ? compose(*layout, arguments) : create(*layout, arguments, options);
  if (!created) return tl::unexpected(created.error());
  auto told = [&]() -> Result<void> {
    const bool again = !created->answered.empty();
    if (session.json()) return session.print(again ? created->answered : answer_json(*created));
    if (again) return session.print("done already, under this request id\n");
    if (options.dry_run) {
      return session.print(report::unified_diff(created->shown, "", {{{0, 0}, created->text}}));
    }
    return session.print("created " + printable(created->shown) + "\n");
  }();
  if (!options.dry_run) told = Session::printed_when_done(std::move(told));
  if (!told) return tl::unexpected(told.error());
  return 0;
}

}  // namespace

extern const Command kCreate;
constinit const Command kCreate = {
    .name = "create",
    .summary = "write the skeleton of a new spec into pending/",
    .details = "Never over a file: the number at the end of the id is the first that is free.",
    .example = "sdd create 'Ledger retry' --template medium",
    .options = kCreateOptions,
    .run = run_create};

}  // namespace sdd::cli
