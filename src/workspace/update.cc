// 1. Find the file and its home, take the lock. Look the name up again: it may have moved.
// 2. Settle what an earlier death left; finish a move that was begun.
// 3. A repeated request is answered as the first was.
// 4. Read. Compute the changes and the edits that make them. See that the result means the old
//    document plus the changes, and has no error that the old one had not.
// 5. Log the intent. Exchange the file (merging what others wrote meanwhile). Move it. Log that it
//    is done. Only then is success said.
#include "workspace/update.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <thread>
#include <utility>

#include "base/strings.h"
#include "json/writer.h"
#include "repair/merge.h"
#include "rules/engine.h"
#include "rules/rule.h"
#include "store/exchange.h"
#include "store/file_lock.h"
#include "store/hash.h"
#include "store/process.h"
#include "store/settle.h"
#include "store/update_log.h"
#include "workspace/open_spec.h"
#include "workspace/schema_choice.h"

namespace sdd::workspace {
namespace {

namespace fs = std::filesystem;

// Errors that are states of a spec, never reasons to refuse an update (and warnings are none).
bool is_state(std::string_view code) { return code == "SDD307"; }

bool must_not_appear(const rules::Finding& finding) {
  const std::string_view code = finding.rule->code;
  return finding.severity == rules::Severity::kError && !is_state(code) &&
         (code[3] <= '3' || code == "SDD505");
}

// One finding as others of the same kind are counted: by rule and place.
using Fault = std::pair<std::string, std::string>;

std::map<Fault, int> faults_of(rules::Engine& engine, const std::string& bytes,
                               const SpecPath& place) {
  const SourceText source(place.file, bytes);
  std::map<Fault, int> faults;
  for (const rules::Finding& finding : engine.check(source, {place.id, place.status_folder, {}})) {
    if (must_not_appear(finding)) ++faults[{finding.rule->code, finding.pointer}];
  }
  return faults;
}

// The first error that `after` has and `before` had not.
Result<void> check_no_new_fault(const std::string& before, const std::string& after,
                                const SpecPath& place, const Layout* layout,
                                const fs::path& current) {
  const auto schema = choose_schema("", layout, current);
  if (!schema) return tl::unexpected(schema.error());
  rules::Engine engine({.schema = schema->schema.get(), .schema_is_built_in = schema->built_in});
  const std::map<Fault, int> known = faults_of(engine, before, place);
  for (const auto& [fault, count] : faults_of(engine, after, place)) {
    const auto same = known.find(fault);
    if (same != known.end() && same->second >= count) continue;
    return fail(ErrorKind::kRefused,
                fmt::format("the update would bring a fault that the spec has not: {} at {}",
                            fault.first, sdd::quoted(fault.second)));
  }
  return {};
}

std::string changes_json(const spec::Changes& changes, const std::string& from,
                         const std::string& to) {
  json::Writer out(json::Writer::kCompact);
  out.begin_array();
  for (const spec::Change& change : changes) spec::write(out, change);
  if (!to.empty()) {
    out.begin_object();
    out.key("change").string("move");
    out.key("from").string(from);
    out.key("to").string(to);
    out.end_object();
  }
  out.end_array();
  return out.text();
}

store::MergeAnswer join(std::string_view base, std::string_view theirs, std::string_view ours) {
  store::MergeAnswer answer;
  json::Parser parser;
  json::Tree tree;
  const std::string foreign(theirs);
  if (!parser.parse(foreign, tree) || !tree.root().is_object()) {
    answer.kind = store::MergeAnswer::kUnreadable;
    answer.why = "what another program wrote is no whole spec";
    return answer;
  }
  auto merged = repair::merge(std::string(base), std::string(ours), foreign);
  if (!merged) {
    answer.why = merged.error().message;
  } else if (!merged->conflicts.empty()) {
    const repair::Conflict& first = merged->conflicts.front();
    answer.why = fmt::format("another program changed the same at the same time: {} at {}",
                             first.message, sdd::quoted(first.pointer));
  } else {
    answer.kind = store::MergeAnswer::kMerged;
    answer.bytes = std::move(merged->bytes);
  }
  return answer;
}

Error busy_error(const store::LockFailure& failure) {
  Error error = failure.error;
  if (failure.holder) {
    error.holder = {{"pid", std::to_string(failure.holder->pid)},
                    {"host", failure.holder->host},
                    {"command", failure.holder->command},
                    {"since", format_rfc3339(failure.holder->since)}};
  }
  if (failure.excludes_nobody) error.message += "; --no-lock goes on without one";
  return error;
}

class SpecUpdate {
 public:
  SpecUpdate(const UpdateRequest& request, const Places& places)
      : request_(request), places_(places), locks_(files_, clock_) {}

  Result<Updated> run() {
    auto done =
        find().and_then([&] { return lock(); }).and_then([&] { return settle_leftovers(); });
    if (!done) return tl::unexpected(done.error());
    if (answered_before()) return std::move(updated_);
    done = read().and_then([&] { return compute(); });
    if (!done) return tl::unexpected(done.error());
    if (request_.dry_run || (updated_.changes.empty() && request_.move_to.empty())) {
      describe(updated_.after);
      return std::move(updated_);
    }
    done = write();
    if (!done) return tl::unexpected(done.error());
    return std::move(updated_);
  }

 private:
  Result<void> find() {
    auto layout = find_layout({request_.spec}, places_);
    if (!layout) return tl::unexpected(layout.error());
    layout_ = std::move(*layout);
    auto place = resolve_spec(request_.spec, where(), places_.current);
    if (!place) return tl::unexpected(place.error());
    updated_.place = std::move(*place);
    updated_.shown = where() != nullptr ? where()->shown(updated_.place.file) : updated_.place.file;
    auto target = store::find_target(files_, updated_.place.file);
    if (!target) return tl::unexpected(target.error());
    target_ = std::move(*target);
    auto home = store::Home::of(files_, target_.path);
    if (!home) return tl::unexpected(home.error());
    home_.emplace(std::move(*home));
    return {};
  }

  const Layout* where() const { return layout_ ? &*layout_ : nullptr; }

  Result<void> lock() {
    if (request_.dry_run) return {};
    const auto prepared = home_->prepare(files_);
    if (!prepared) return prepared;
    if (!request_.without_lock) {
      const char* inherited = std::getenv("SDD_LOCK_FD");
      auto lock = locks_.acquire({*home_, target_.path, request_.command, request_.ids,
                                  request_.lock_timeout, inherited != nullptr ? inherited : ""});
      if (!lock) return tl::unexpected(busy_error(lock.error()));
      lock_ = std::move(*lock);
      if (!lock_.network().empty()) {
        updated_.remarks.push_back(fmt::format(
            "the spec lies on {}: other machines are not kept out, only the update log tells "
            "what they overwrite",
            lock_.network()));
      }
      // Whoever had the lock may have moved the file.
      const auto found = find();
      if (!found) return found;
    }
    auto log = store::UpdateLog::open(files_, home_->log_file(target_.path));
    if (!log) return tl::unexpected(log.error());
    log_.emplace(std::move(*log));
    return {};
  }

  void tell_kept(const std::vector<store::Kept>& kept) {
    for (const store::Kept& one : kept) {
      updated_.remarks.push_back(
          fmt::format("kept {}: {}", quoted_path(one.file.string()), one.why));
    }
  }

  Result<void> settle_leftovers() {
    if (!log_) return {};
    const auto knows = [&](const std::string& blob) { return log_->knows(blob); };
    // What the leftover was based on nobody knows any more: it is kept, and told.
    const auto take_in = [](std::string_view) -> Result<bool> { return false; };
    const auto settled = store::settle(files_, clock_, *home_, target_.path, knows, take_in);
    if (!settled) return tl::unexpected(settled.error());
    tell_kept(settled->kept);
    return {};
  }

  bool answered_before() {
    if (!log_ || request_.request_id.empty()) return false;
    const auto first = log_->find(request_.request_id);
    if (!first || !first->done) return false;
    updated_.answered = first->answer;
    return true;
  }

  // A write in flight is not damage: what does not parse is read again for a while.
  Result<void> read() {
    const json::Limits limits = where() != nullptr ? where()->config().limits : json::Limits{};
    const auto deadline = clock_.now() + std::chrono::milliseconds(200);
    for (;;) {
      auto opened = read_spec(updated_.place, updated_.shown, limits);
      if (opened) {
        opened_ = std::move(*opened);
        break;
      }
      if (opened.error().kind != ErrorKind::kDamaged || clock_.now() >= deadline) {
        if (opened.error().kind == ErrorKind::kDamaged) {
          opened.error().message += "; nothing was written, 'sdd repair' can help";
        }
        return tl::unexpected(opened.error());
      }
      clock_.sleep(std::chrono::milliseconds(10));
    }
    updated_.before = opened_->source.bytes();
    updated_.after = updated_.before;
    updated_.spec_id = opened_->id();
    const std::string revision = store::git_blob_id(updated_.before);
    if (request_.if_match.empty() || request_.if_match == revision) return {};
    return fail(ErrorKind::kRefused, fmt::format("the spec is at revision {}, not at {}", revision,
                                                 printable(request_.if_match)));
  }

  Result<void> compute() {
    auto update = request_.compute(opened_->spec, updated_.place);
    if (!update) return tl::unexpected(update.error());
    updated_.changes = std::move(update->changes);
    for (std::string& remark : update->remarks) updated_.remarks.push_back(std::move(remark));
    if (updated_.changes.empty()) return {};
    auto edits = spec::edits_for(opened_->tree, updated_.changes);
    if (!edits) return tl::unexpected(edits.error());
    updated_.edits = std::move(*edits);
    auto after = apply_edits(updated_.before, updated_.edits);
    if (!after) return tl::unexpected(after.error());
    updated_.after = std::move(*after);
    const auto meant = check_meaning();
    if (!meant) return meant;
    return check_no_new_fault(updated_.before, updated_.after, updated_.place, where(),
                              places_.current);
  }

  // The new bytes must mean the old document plus the changes: undone, they mean the old one.
  Result<void> check_meaning() const {
    const auto back = spec::apply_changes(updated_.after, spec::inverse(updated_.changes));
    if (back && spec::same_meaning(*back, updated_.before)) return {};
    return fail(ErrorKind::kRefused,
                "the edits would not mean what was asked for (a fault of sdd's; nothing was "
                "written)" +
                    (back ? std::string() : ": " + back.error().message));
  }

  Result<fs::path> new_path() const {
    if (request_.move_to.empty()) return fs::path();
    const fs::path specs = target_.path.parent_path().parent_path();
    const fs::path to = specs / request_.move_to / target_.path.filename();
    std::error_code error;
    if (fs::exists(fs::symlink_status(to, error))) {
      return fail(ErrorKind::kRefused, quoted_path(to.string()) + " exists already");
    }
    fs::create_directories(to.parent_path(), error);
    if (error) return tl::unexpected(system_error("make", to.parent_path(), error.value()));
    return to;
  }

  Result<void> write() {
    const auto to = new_path();
    if (!to) return tl::unexpected(to.error());
    entry_.id = request_.request_id.empty()
                    ? fmt::format("{}-{:08x}", format_rfc3339(now()), store::random_bits())
                    : request_.request_id;
    const auto intended = intend(updated_.before, updated_.after);
    if (!intended) return intended;
    store::Exchange exchange(files_, clock_, *home_);
    store::FileStamp stamp;
    if (updated_.after != updated_.before) {
      auto replaced = replace(exchange);
      if (!replaced) return tl::unexpected(replaced.error());
      stamp = *replaced;
    }
    if (!to->empty()) {
      const auto moved = exchange.move(target_.path, *to);
      if (!moved) return tl::unexpected(moved.error().error);
      updated_.place.file = (fs::path(updated_.place.file).parent_path().parent_path() /
                             request_.move_to / to->filename())
                                .string();
      updated_.place.status_folder = request_.move_to;
      if (where() != nullptr) updated_.shown = where()->shown(updated_.place.file);
    }
    describe(updated_.after);
    const auto done =
        log_->done({entry_.id, now(), stamp, request_.answer ? request_.answer(updated_) : "{}"});
    if (done) return {};
    return fail(ErrorKind::kIo, "applied, but the update log could not be finished: " +
                                    done.error().message + " (revision " + updated_.revision + ")");
  }

  Result<void> intend(std::string_view before, std::string_view after) {
    const store::Process self = store::this_process();
    entry_.time = now();
    entry_.pid = self.pid;
    entry_.host = self.host;
    entry_.command = request_.command;
    entry_.before = store::git_blob_id(before);
    entry_.after = store::git_blob_id(after);
    entry_.changes = changes_json(updated_.changes, updated_.place.status_folder, request_.move_to);
    return log_->intend(entry_);
  }

  Result<store::FileStamp> replace(store::Exchange& exchange) {
    store::Replacement replacement{target_, updated_.before, updated_.after, join,
                                   [&](std::string_view standing, std::string_view merged) {
                                     return intend(standing, merged);
                                   }};
    auto replaced = exchange.replace(replacement);
    if (!replaced) {
      tell_kept(replaced.error().kept);
      Error error = replaced.error().error;
      if (replaced.error().standing == store::Standing::kNew) {
        error.message = fmt::format("applied, durability unknown (revision {}): {}",
                                    store::git_blob_id(replaced.error().bytes), error.message);
      }
      for (const std::string& remark : updated_.remarks) error.message += "; " + remark;
      return tl::unexpected(error);
    }
    tell_kept(replaced->kept);
    if (replaced->window) {
      updated_.remarks.push_back(
          "this file system cannot exchange files: what another program writes in the very moment "
          "of an update is lost");
    }
    updated_.merged = replaced->merged;
    updated_.after = std::move(replaced->bytes);
    return replaced->stamp;
  }

  // What the file says of itself now.
  void describe(const std::string& bytes) {
    updated_.revision = store::git_blob_id(bytes);
    json::Parser parser;
    json::Tree tree;
    if (!parser.parse(bytes, tree)) return;
    const spec::Spec spec(tree);
    if (spec.root() == nullptr) return;
    updated_.total_tasks = spec.root()->total;
    updated_.completed_tasks = spec.root()->completed;
  }

  const UpdateRequest& request_;
  const Places& places_;
  store::RealFileSystem files_;
  store::RealClock clock_;
  store::Locks locks_;
  std::optional<Layout> layout_;
  store::Target target_;
  std::optional<store::Home> home_;
  store::FileLock lock_;
  std::optional<store::UpdateLog> log_;
  store::Update entry_;
  std::unique_ptr<OpenSpec> opened_;
  Updated updated_;
};

}  // namespace

Result<Updated> update_spec(const UpdateRequest& request, const Places& places) {
  return SpecUpdate(request, places).run();
}

}  // namespace sdd::workspace
