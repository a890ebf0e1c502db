// 1. Find the file, take the lock, settle what an earlier death left (locked_spec.h).
// 2. A repeated request that was done is answered as it was.
// 3. One that died with its effect in the file is acknowledged now.
// 4. Read. Compute the changes and the edits that make them. See that the result means the old
//    document plus the changes, and has no error that the old one had not.
// 5. Log the intent. Exchange the file (merging what others wrote meanwhile). Move it. Log that it
//    is done. Only then is success said.
#include "workspace/update.h"

#include <fmt/core.h>

#include <map>
#include <utility>

#include "base/strings.h"
#include "json/writer.h"
#include "rules/engine.h"
#include "rules/rule.h"
#include "store/exchange.h"
#include "store/hash.h"
#include "store/signals.h"
#include "store/update_log.h"
#include "workspace/joining.h"
#include "workspace/locked_spec.h"
#include "workspace/open_spec.h"
#include "workspace/replace_failure.h"
#include "workspace/schema_choice.h"

namespace sdd::workspace {
namespace {

// Errors that are states of a spec, never reasons to refuse an update (and warnings are none).
bool is_state(std::string_view code) { return code == "SDD307"; }

bool must_not_appear(const rules::Rule& rule) {
  const std::string_view code = rule.code;
  return rule.severity == rules::Severity::kError && !is_state(code) &&
         (code[3] <= '3' || code == "SDD505");
}

// One finding as others of the same kind are counted: by rule and place.
using Fault = std::pair<std::string, std::string>;

std::map<Fault, int> faults_in(rules::Engine& engine, const SourceText& source,
                               const SpecPath& place) {
  std::map<Fault, int> faults;
  for (const rules::Finding& finding : engine.check(source, {place.id, place.status_folder, {}})) {
    const bool error = finding.severity == rules::Severity::kError;
    if (error && must_not_appear(*finding.rule)) ++faults[{finding.rule->code, finding.pointer}];
  }
  return faults;
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

class SpecUpdate {
 public:
  SpecUpdate(const UpdateRequest& request, const Places& places, Disk& disk)
      : request_(request),
        places_(places),
        disk_(disk),
        locked_(disk, places,
                {.spec = request.spec,
                 .command = request.command,
                 .ids = request.ids,
                 .timeout = request.lock_timeout,
                 .without_lock = request.without_lock}) {}

  Result<Updated> run() {
    Result<void> done = locked_.find();
    if (done && !request_.dry_run) done = locked_.lock();
    if (done && answered_before()) return finished();
    if (done) done = read();
    if (done && applied_before()) return finished();
    if (done) done = check_revision().and_then([&] { return compute(); });
    if (!done) return tl::unexpected(done.error());
    describe();
    const bool changed = is_changed() || !move_to().empty();
    if (request_.dry_run || !changed) return finished();
    if (request_.before_write) done = request_.before_write(before(), locked_);
    if (done) done = write();
    if (!done) return tl::unexpected(done.error());
    return finished();
  }

 private:
  const Layout* where() const { return locked_.layout(); }

  std::string move_to() const {
    return request_.move_to == locked_.place().status_folder ? "" : request_.move_to;
  }

  bool is_changed() const { return !updated_.changes.empty() || opened_->had_mark; }

  // The file's bytes, and what they become.
  std::string_view before() const {
    return opened_->had_mark ? with_mark_ : opened_->source.bytes();
  }
  std::string_view after() const {
    if (updated_.merged) return updated_.after;
    return after_engine_ ? after_source_.bytes() : before();
  }

  Updated finished() {
    if (opened_ && !updated_.merged) {
      updated_.after = after_engine_ ? after_source_.take_bytes() : std::string(before());
    }
    if (opened_) {
      updated_.before = opened_->had_mark ? std::move(with_mark_) : opened_->source.take_bytes();
    }
    updated_.place = locked_.place();
    updated_.shown = locked_.shown();
    for (std::string& remark : locked_.remarks()) updated_.remarks.push_back(std::move(remark));
    return std::move(updated_);
  }

  bool answered_before() {
    if (request_.dry_run || request_.request_id.empty()) return false;
    first_ = locked_.log().find(request_.request_id);
    if (!first_ || !first_->done) return false;
    updated_.answered = first_->answer;
    return true;
  }

  // The update was begun under this request id, and died. Its effect is in the file: what it could
  // not say is said now.
  bool applied_before() {
    if (!first_) return false;
    const spec::Changes changes = logged_changes(*first_);
    std::size_t effects = 0;
    for (const spec::Change& change : changes) {
      if (change.derived || spec::adds_container(change)) continue;
      if (!spec::holds(change, opened_->tree.root())) return false;
      ++effects;
    }
    const auto move = logged_move(*first_);
    if (move && move->to != locked_.place().status_folder) return false;
    if (effects == 0 && !move) return false;
    updated_.changes = changes;
    updated_.remarks.push_back("an earlier run under this request id had done it, and died");
    describe();
    return acknowledge(first_->id, {}).has_value();
  }

  // A write in flight is not damage: what does not parse is read again for a while.
  Result<void> read() {
    const json::Limits limits = where() != nullptr ? where()->config().limits : json::Limits{};
    constexpr auto kPatience = std::chrono::milliseconds(200);
    constexpr auto kPause = std::chrono::milliseconds(10);
    const auto deadline = disk_.clock.now() + kPatience;
    for (;;) {
      auto opened = read_spec(locked_.place(), locked_.shown(), limits,
                              static_cast<bool>(request_.compute_from));
      if (opened) {
        opened_ = std::move(*opened);
        break;
      }
      if (opened.error().kind != ErrorKind::kDamaged || disk_.clock.now() >= deadline) {
        if (opened.error().kind == ErrorKind::kDamaged) {
          const bool says_help = opened.error().message.find("repair") != std::string::npos;
          opened.error().message +=
              says_help ? "; nothing was written" : "; nothing was written, 'sdd repair' can help";
        }
        return tl::unexpected(opened.error());
      }
      disk_.clock.sleep(kPause);
    }
    if (opened_->had_mark) with_mark_ = std::string(kByteOrderMark) + opened_->source.bytes();
    updated_.spec_id = opened_->id();
    return {};
  }

  Result<void> check_revision() const {
    if (request_.if_match.empty()) return {};
    const std::string revision = store::git_blob_id(before());
    if (request_.if_match == revision) return {};
    return fail(ErrorKind::kRefused, fmt::format("the spec is at revision {}, not at {}", revision,
                                                 printable(request_.if_match)));
  }

  Result<void> compute() {
    auto update = request_.compute_from ? request_.compute_from(*opened_)
                                        : request_.compute(opened_->spec, locked_.place());
    if (!update) return tl::unexpected(update.error());
    updated_.changes = std::move(update->changes);
    for (std::string& remark : update->remarks) updated_.remarks.push_back(std::move(remark));
    if (!is_changed()) return {};
    auto edits = spec::edits_for(opened_->tree, updated_.changes);
    if (!edits) return tl::unexpected(edits.error());
    updated_.edits = std::move(*edits);
    if (opened_->had_mark) take_mark_off();
    auto after = apply_edits(before(), updated_.edits, json::Parser::kPadding);
    if (!after) return tl::unexpected(after.error());
    after_source_.reset(locked_.shown(), std::move(*after));
    return check_after();
  }

  void take_mark_off() {
    for (Edit& edit : updated_.edits) {
      edit.span.begin += kByteOrderMark.size();
      edit.span.end += kByteOrderMark.size();
    }
    updated_.edits.insert(updated_.edits.begin(), {{0, kByteOrderMark.size()}, ""});
  }

  // No error that the old bytes had not; those are looked at only when the new ones have any. And
  // the new bytes must mean the old document plus the changes: undone, they mean the old one.
  Result<void> check_after() {
    auto schema = choose_schema("", where(), places_.current);
    if (!schema) return tl::unexpected(schema.error());
    schema_ = std::move(schema->schema);
    rules::Engine::Options options{
        .schema = schema_.get(), .schema_is_built_in = schema->built_in, .runs = must_not_appear};
    after_engine_.emplace(options);
    std::map<Fault, int> faults = faults_in(*after_engine_, after_source_, locked_.place());
    if (!faults.empty()) {
      // Some are none where another rule speaks for them.
      options.runs = nullptr;
      after_engine_.emplace(options);
      faults = faults_in(*after_engine_, after_source_, locked_.place());
      rules::Engine engine(options);
      const std::map<Fault, int> known = faults_in(engine, opened_->source, locked_.place());
      for (const auto& [fault, count] : faults) {
        const auto same = known.find(fault);
        if (same != known.end() && same->second >= count) continue;
        return fail(ErrorKind::kRefused,
                    fmt::format("the update would bring a fault that the spec has not: {} at {}",
                                fault.first, sdd::quote(fault.second)));
      }
    }
    return check_meaning();
  }

  Result<void> check_meaning() const {
    const spec::Spec* after = after_engine_->spec();
    std::string why;
    if (after != nullptr) {
      const auto edits = spec::edits_for(after->tree(), spec::inverse(updated_.changes));
      const std::string& old = opened_->source.bytes();
      if (edits && edits_give(after_source_.bytes(), *edits, old)) return {};
      const auto back =
          edits ? apply_edits(after_source_.bytes(), *edits) : tl::unexpected(edits.error());
      if (back && spec::same_meaning(*back, old)) return {};
      if (!back) why = ": " + back.error().message;
    }
    return fail(ErrorKind::kRefused,
                "the edits would not mean what was asked for (a fault of sdd's; nothing was "
                "written)" +
                    why);
  }

  // Interrupted or told to end, the process does so before these steps or after them.
  Result<void> write() {
    const std::string to = move_to();
    if (!to.empty()) {
      const auto room = locked_.place_in(to);
      if (!room) return tl::unexpected(room.error());
    }
    const store::SignalsHeld held;
    entry_ = store::new_update(request_.request_id, request_.command);
    entry_.changes = changes_json(updated_.changes, locked_.place().status_folder, to);
    const auto intended = intend(store::git_blob_id(before()), updated_.revision);
    if (!intended) return intended;
    store::FileStamp stamp;
    if (after() != before()) {
      auto replaced = replace();
      if (!replaced) return tl::unexpected(replaced.error());
      stamp = *replaced;
    }
    if (!to.empty()) {
      const auto moved = locked_.move_to(to);
      if (!moved) {
        Error error = explained(moved.error());
        if (moved.error().standing == store::Standing::kOld && after() != before()) {
          error.kind = ErrorKind::kIo;
          error.message = "applied, but the spec was not moved: " + error.message;
        }
        return tl::unexpected(error);
      }
      updated_.moved = true;
    }
    if (updated_.merged) describe();
    const auto done = acknowledge(entry_.id, stamp);
    if (done) return {};
    return fail(ErrorKind::kIo, "applied, but the update log could not be finished: " +
                                    done.error().message + " (revision " + updated_.revision + ")");
  }

  Result<void> intend(std::string before, std::string after) {
    entry_.before = std::move(before);
    entry_.after = std::move(after);
    return locked_.log().intend(entry_);
  }

  Result<void> acknowledge(const std::string& id, const store::FileStamp& stamp) {
    updated_.place = locked_.place();
    updated_.shown = locked_.shown();
    return locked_.log().done(
        {id, now(), stamp, request_.answer ? request_.answer(updated_) : "{}"});
  }

  Result<store::FileStamp> replace() {
    store::Exchange exchange(disk_.files, disk_.clock, locked_.home());
    store::Replacement replacement{locked_.target(), before(), after(), join_specs,
                                   [&](std::string_view standing, std::string_view merged) {
                                     return intend(store::git_blob_id(standing),
                                                   store::git_blob_id(merged));
                                   }};
    auto replaced = exchange.replace(replacement);
    if (!replaced) {
      locked_.tell_kept(replaced.error().kept);
      Error error = explained(replaced.error());
      for (const std::string& remark : locked_.remarks()) error.message += "; " + remark;
      return tl::unexpected(error);
    }
    locked_.tell_kept(replaced->kept);
    if (replaced->window) {
      locked_.remarks().push_back(
          "this file system cannot exchange files: what another program writes in the very moment "
          "of an update is lost");
    }
    updated_.merged = replaced->merged;
    if (replaced->merged) updated_.after = std::move(replaced->bytes);
    return replaced->stamp;
  }

  // What the file says of itself now.
  void describe() {
    updated_.revision = store::git_blob_id(after());
    if (!after_engine_) return tell_counts(opened_->spec);
    if (!updated_.merged) return tell_counts(*after_engine_->spec());
    json::Parser parser;
    json::Tree tree;
    if (parser.parse(updated_.after, tree)) tell_counts(spec::Spec(tree));
  }

  void tell_counts(const spec::Spec& spec) {
    if (spec.root() == nullptr) return;
    updated_.total_tasks = spec.root()->total;
    updated_.completed_tasks = spec.root()->completed;
  }

  const UpdateRequest& request_;
  const Places& places_;
  Disk& disk_;
  LockedSpec locked_;
  std::optional<store::Update> first_;  // of this request id, in the log
  store::Update entry_;
  std::unique_ptr<OpenSpec> opened_;
  std::string with_mark_;  // the file's bytes where a byte order mark is among them
  std::shared_ptr<const json::Schema> schema_;
  SourceText after_source_;
  std::optional<rules::Engine> after_engine_;  // it has checked after_source_
  Updated updated_;
};

}  // namespace

Result<Updated> update_spec(const UpdateRequest& request, const Places& places) {
  Disk disk;
  return update_spec(request, places, disk);
}

Result<Updated> update_spec(const UpdateRequest& request, const Places& places, Disk& disk) {
  return SpecUpdate(request, places, disk).run();
}

}  // namespace sdd::workspace
