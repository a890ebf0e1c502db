// 1. Replay: the lost updates, oldest first, each as it was; then what is derived.
// 2. Entries: for each node that says it was journaled and is not, the sources are asked in turn.
// 3. Notes for those that no source has.
// 4. Where everything came to stand is told at the end, when nothing moves any more.
#include "workspace/repair/missing.h"

#include <fmt/core.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "base/strings.h"
#include "spec/journal.h"
#include "spec/settle.h"
#include "spec/update_all.h"
#include "workspace/locked_spec.h"
#include "workspace/lost_updates.h"
#include "workspace/repair/entry_search.h"
#include "workspace/repair/journal_places.h"

namespace sdd::workspace {
namespace {

using spec::Change;
using spec::Changes;

// The bytes of a spec as they change, parsed again after each step.
class Document {
 public:
  explicit Document(std::string bytes) : bytes_(std::move(bytes)) {}

  Result<void> parse() {
    if (parser_.parse(bytes_, tree_)) {
      spec_.emplace(tree_);
      return {};
    }
    return fail(ErrorKind::kDamaged, "the spec is no JSON");
  }
  Result<void> apply(const Changes& changes) {
    const auto edits = spec::edits_for(tree_, changes);
    if (!edits) return tl::unexpected(edits.error());
    auto after = apply_edits(bytes_, *edits);
    if (!after) return tl::unexpected(after.error());
    bytes_ = std::move(*after);
    return parse();
  }

  const std::string& bytes() const { return bytes_; }
  const spec::Spec& spec() const { return *spec_; }
  json::Value root() const { return tree_.root(); }

 private:
  std::string bytes_;
  json::Parser parser_;
  json::Tree tree_;
  std::optional<spec::Spec> spec_;
};

// What was recovered, before it is known where it will stand.
struct Piece {
  Change change;
  std::string source;
  Span span;
};

class Restoring {
 public:
  explicit Restoring(const MissingWish& wish) : wish_(wish), document_(wish.before) {}

  Result<MissingPlan> run() {
    Result<void> done = document_.parse();
    if (done) done = replay();
    if (done) done = find_entries();
    if (!done) return tl::unexpected(done.error());
    RepairPlan& plan = result_.plan;
    plan.agreed_on = document_.bytes();
    if (done = write_notes(); !done) return tl::unexpected(done.error());
    tell_pieces();
    plan.after = document_.bytes();
    plan.base = "file";
    plan.base_bytes = wish_.before;
    return std::move(result_);
  }

 private:
  Result<void> apply(const Changes& changes) {
    const auto applied = document_.apply(changes);
    if (!applied) return applied;
    Changes& all = result_.plan.changes;
    all.insert(all.end(), changes.begin(), changes.end());
    return {};
  }

  // 1.
  Result<void> replay() {
    const LostUpdates updates(wish_.specs_dir);
    const auto lost = updates.look(wish_.place, wish_.before, document_.spec());
    if (!lost) return tl::unexpected(lost.error());
    std::vector<std::string> ids;
    for (const LostUpdate& one : *lost) {
      if (const auto done = replay(one, ids); !done) return done;
    }
    return ids.empty() ? Result<void>() : settle(ids);
  }

  Result<void> replay(const LostUpdate& one, std::vector<std::string>& ids) {
    const std::string name =
        fmt::format("'{}' of {} was overwritten", printable(one.update.command),
                    format_rfc3339(one.update.time));
    const std::string pointer = spec::pointer_of(one.lost.front());
    if (!wish_.replay) {
      if (one.doubt.empty()) result_.not_replayed.push_back({pointer, name});
      return {};
    }
    if (!one.doubt.empty()) {
      result_.plan.lost.push_back({pointer, name + "; " + one.doubt});
      return {};
    }
    Changes changes = one.lost;
    place_by_time(document_.root(), changes);
    if (const auto done = apply(changes); !done) {
      result_.plan.lost.push_back(
          {pointer, name + ", and cannot be done again: " + done.error().message});
      return {};
    }
    for (const Change& change : changes) {
      ids.emplace_back(spec::node_of(change));
      add_logged_piece(change, one.update.id);
    }
    stamp(one.update);
    return {};
  }

  // What an update stated stands in its line of the log.
  void add_logged_piece(const Change& change, const std::string& id) {
    const auto log = std::find_if(
        wish_.sources.begin(), wish_.sources.end(),
        [](const FoundSource& one) { return one.source.kind == repair::SourceKind::kLog; });
    if (log == wish_.sources.end() || !change.after) return;
    const std::string& bytes = log->source.bytes;
    const std::size_t line = bytes.find("{\"id\":\"" + id + "\"");
    if (line == std::string::npos) return;
    const std::size_t place = bytes.find("\"pointer\":\"" + spec::pointer_of(change) + "\"", line);
    const std::size_t at =
        bytes.find("\"new\":" + change.after->text, place == std::string::npos ? line : place);
    if (at == std::string::npos) return;
    const std::size_t begin = at + std::string_view("\"new\":").size();
    pieces_.push_back({change, log->source.id, {begin, begin + change.after->text.size()}});
  }

  // last_updated goes where the update had it, unless it is later already.
  void stamp(const store::Update& update) {
    for (const Change& change : logged_changes(update)) {
      if (change.path == spec::Path{"last_updated"} && change.after) last_ = change.after->text;
    }
  }

  Result<void> settle(std::vector<std::string> ids) {
    std::erase(ids, "");
    auto derived = spec::settle(document_.spec(), ids);
    if (!derived) return tl::unexpected(derived.error());
    add_stamp(*derived);
    for (Change& change : *derived) change.derived = true;
    if (const auto done = apply(*derived); !done) return done;
    result_.plan.derived = std::move(*derived);
    return {};
  }

  void add_stamp(Changes& derived) const {
    json::Parser parser;
    json::Tree tree;
    const json::Value stands = document_.root().find("last_updated");
    if (last_.empty() || !stands.is_string() || !parser.parse(last_, tree)) return;
    const auto now_there = parse_rfc3339(stands.string());
    const auto wanted = parse_rfc3339(tree.root().string());
    if (!now_there || !wanted || *wanted <= *now_there) return;
    derived.push_back(spec::change_member(
        {"last_updated"}, json::Snippet{std::string(stands.raw()), true}, json::Snippet{last_}));
  }

  // 2.
  Result<void> find_entries() {
    const spec::Spec& spec = document_.spec();
    const spec::Journal journal(spec);
    const EntrySearch search(wish_.sources);
    Changes changes;
    if (spec.tree().root().find("journal").is_array()) {
      for (const spec::Node& node : spec.nodes()) {
        if (!is_lost(journal, node)) continue;
        const auto found = search.find(node.id, spec::times_of(node).journaled);
        if (!found) {
          lost_nodes_.emplace_back(node.id);
          continue;
        }
        Change change = spec::add_item(
            {"journal"}, found->key,
            json::Snippet{found->source->source.bytes.substr(found->span.begin, found->span.size()),
                          false});
        pieces_.push_back({change, found->source->source.id, found->span});
        changes.push_back(std::move(change));
      }
    } else {
      for (const spec::Node& node : spec.nodes()) {
        if (is_lost(journal, node)) lost_nodes_.emplace_back(node.id);
      }
    }
    if (changes.empty()) return {};
    place_by_time(document_.root(), changes);
    return apply(changes);
  }

  static bool is_lost(const spec::Journal& journal, const spec::Node& node) {
    return node.status == spec::Status::kCompleted &&
           journal.fault_of(node) == spec::JournalFault::kLostEntry;
  }

  // 3.
  Result<void> write_notes() {
    if (lost_nodes_.empty()) return {};
    std::vector<spec::Operation> notes;
    for (const std::string& id : lost_nodes_) {
      const spec::Node* node = document_.spec().find(id);
      const json::Value time = node->metadata.journaled_at;
      const std::string when =
          time.is_string() ? "at " + printable(time.string()) : std::string("at a time not told");
      notes.push_back(spec::AddJournal{
          fmt::format("Lost entry: {}", node->title.string()),
          fmt::format("The journal entry of {} was lost. The task says that it was journaled {}; "
                      "nothing that is left of that time holds the entry.",
                      id, when),
          id});
      result_.plan.lost.push_back(
          {"/hierarchy/" + id,
           fmt::format("its journal entry, written {}, is in no source; a note will say so",
                       when)});
      result_.plan.agreed_on += "\nnote " + id;
    }
    auto update = spec::update_all(document_.spec(), notes, wish_.occasion);
    if (!update) return tl::unexpected(update.error());
    if (const auto done = apply(update->changes); !done) return done;
    result_.plan.written = std::move(update->changes);
    return {};
  }

  // 4.
  void tell_pieces() {
    if (pieces_.empty() && result_.plan.written.empty()) return;
    result_.plan.recovered.push_back({"", "file", {0, wish_.before.size()}});
    for (const Piece& piece : pieces_) {
      result_.plan.recovered.push_back(
          {place_of(document_.root(), piece.change), piece.source, piece.span});
    }
  }

  const MissingWish& wish_;
  Document document_;
  std::vector<Piece> pieces_;
  std::vector<std::string> lost_nodes_;
  std::string last_;  // JSON: the last_updated of the newest update that was replayed
  MissingPlan result_;
};

}  // namespace

Result<MissingPlan> plan_missing(const MissingWish& wish) { return Restoring(wish).run(); }

}  // namespace sdd::workspace
