#include "repair/merge_rules.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <unordered_map>

#include "base/time.h"
#include "spec/settle.h"

namespace sdd::repair {
namespace {

using spec::Change;
using spec::Node;
using spec::Status;

// Members of a node's metadata that tell how its work went.
constexpr std::array<std::string_view, 6> kStory = {"started_at",       "completed_at",
                                                    "actual_hours",     "journaled_at",
                                                    "needs_journaling", "status_note"};

int rank(Status status) {
  switch (status) {
    case Status::kPending:
      return 0;
    case Status::kInProgress:
      return 1;
    case Status::kCompleted:
      return 2;
    case Status::kBlocked:
      break;
  }
  return -1;
}

// The earlier of two times, by side. Texts decide between equal instants, so that it does not
// matter which side is called ours.
Side earlier(json::Value ours, json::Value theirs) {
  const auto own = parse_rfc3339(ours.string());
  const auto other = parse_rfc3339(theirs.string());
  if (own && other && *own != *other) return *own < *other ? Side::kOurs : Side::kTheirs;
  if (own.has_value() != other.has_value()) return own ? Side::kOurs : Side::kTheirs;
  return ours.raw() <= theirs.raw() ? Side::kOurs : Side::kTheirs;
}

Side earlier_completion(const Node& ours, const Node& theirs) {
  const json::Value own = ours.metadata.completed_at;
  const json::Value other = theirs.metadata.completed_at;
  if (own.raw() != other.raw()) return earlier(own, other);
  return earlier(ours.metadata_value, theirs.metadata_value);
}

// What follows from the rest: any of the two will do, the same whoever is called ours.
Side settle_derived(const Change& theirs, const Change& ours) {
  const std::string_view own = ours.after ? std::string_view(ours.after->text) : "";
  const std::string_view other = theirs.after ? std::string_view(theirs.after->text) : "";
  if (theirs.path.size() == 1 && theirs.path[0] == "last_updated" && ours.after && theirs.after) {
    const auto time = [](std::string_view json) {
      return json.size() < 2 ? std::nullopt : parse_rfc3339(json.substr(1, json.size() - 2));
    };
    const auto own_time = time(own);
    const auto other_time = time(other);
    if (own_time && other_time && *own_time != *other_time) {
      return *own_time < *other_time ? Side::kTheirs : Side::kOurs;
    }
  }
  return own < other ? Side::kTheirs : Side::kOurs;
}

}  // namespace

Side Rules::settle_status(std::string_view id) const {
  const Node* base = versions_.base.find(id);
  const Node* ours = versions_.ours.find(id);
  const Node* theirs = versions_.theirs.find(id);
  if (base == nullptr || ours == nullptr || theirs == nullptr || !ours->status || !theirs->status ||
      !base->status) {
    return Side::kNeither;
  }
  const int own = rank(*ours->status);
  const int other = rank(*theirs->status);
  const int from = rank(*base->status);
  if (own < 0 || other < 0 || own == other) return Side::kNeither;
  const int further = std::max(own, other);
  const int nearer = std::min(own, other);
  // Both went on from the base, or both went back.
  if (nearer <= from && further >= from) return Side::kNeither;
  return own > other ? Side::kOurs : Side::kTheirs;
}

Side Rules::teller(std::string_view id) const {
  const Node* base = versions_.base.find(id);
  const Node* ours = versions_.ours.find(id);
  const Node* theirs = versions_.theirs.find(id);
  if (base == nullptr || ours == nullptr || theirs == nullptr || base->status == ours->status ||
      base->status == theirs->status) {
    return Side::kNeither;
  }
  if (ours->status != theirs->status) return settle_status(id);
  if (ours->status == Status::kCompleted) {
    return earlier_completion(*ours, *theirs);
  }
  if (ours->status == Status::kInProgress) {
    return earlier(ours->metadata.started_at, theirs->metadata.started_at);
  }
  return Side::kNeither;
}

// A note that a journal entry of the node repeats is not lost with the member.
bool Rules::is_told_in_journal(const spec::Spec& spec, std::string_view id,
                               std::string_view note) const {
  return std::any_of(spec.journal().begin(), spec.journal().end(),
                     [&](const spec::JournalEntry& entry) {
                       return entry.task_id().string() == id &&
                              entry.content().string().find(note) != std::string_view::npos;
                     });
}

Side Rules::settle(const Change& theirs, const Change& ours) const {
  if (theirs.derived && ours.derived) return settle_derived(theirs, ours);
  const std::string_view id = node_of(theirs);
  const spec::Path& path = theirs.path;
  if (id.empty() || theirs.kind == Change::Kind::kItem) return Side::kNeither;
  if (path.size() == 3 && path[2] == "status") return settle_status(id);
  if (path.size() != 4 || path[2] != "metadata") return Side::kNeither;
  const std::string& member = path[3];
  if (std::find(kStory.begin(), kStory.end(), member) == kStory.end()) return Side::kNeither;
  const Node* own_node = versions_.ours.find(id);
  const Node* other_node = versions_.theirs.find(id);
  const bool is_parent = own_node != nullptr && other_node != nullptr &&
                         own_node->child_count > 0 && other_node->child_count > 0;
  if (!theirs.after || !ours.after) {
    // Whether a parent is complete follows from its children, and then so does this: reopened().
    const bool follows = member != "started_at" && member != "status_note" && is_parent;
    if (!follows) return Side::kNeither;
    return theirs.after ? Side::kTheirs : Side::kOurs;
  }
  // Journaled by one side is journaled.
  if (member == "needs_journaling") {
    if (ours.after->text == "false") return Side::kOurs;
    return theirs.after->text == "false" ? Side::kTheirs : Side::kNeither;
  }
  // A parent may have been completed in the base, opened and completed again.
  const bool both_closed =
      is_parent && own_node->status == Status::kCompleted &&
      other_node->status == Status::kCompleted &&
      own_node->metadata.completed_at.raw() != other_node->metadata.completed_at.raw();
  const Side side = both_closed ? earlier_completion(*own_node, *other_node) : teller(id);
  if (member == "journaled_at" && side == Side::kNeither) {
    return earlier(own_node->metadata.journaled_at, other_node->metadata.journaled_at);
  }
  if (member == "status_note" && side != Side::kNeither) {
    const spec::Spec& loser = side == Side::kOurs ? versions_.theirs : versions_.ours;
    const Node* node = side == Side::kOurs ? other_node : own_node;
    const std::string_view note = node->metadata_value.find("status_note").string();
    return is_told_in_journal(loser, id, note) ? side : Side::kNeither;
  }
  return side;
}

spec::Changes Rules::reopened(const spec::Spec& joined, const spec::Changes& changes) const {
  struct Said {
    std::string_view status;  // as JSON
    bool dropped = false;
  };
  std::unordered_map<std::string_view, Said> said;
  for (const Change& change : changes) {
    if (change.path.empty() || node_of(change).empty()) continue;
    Said& node = said[node_of(change)];
    if (change.path.back() == "status" && change.after) node.status = change.after->text;
    node.dropped = node.dropped || (change.path.size() == 4 && !change.after);
  }
  const auto is_closed = [](const spec::Spec& spec, std::string_view id) {
    const Node* node = spec.find(id);
    return node != nullptr && node->status == Status::kCompleted;
  };
  spec::Draft draft(joined);
  for (const Node& node : joined.nodes()) {
    if (node.child_count == 0 || node.hidden) continue;
    if (!is_closed(versions_.ours, node.id) && !is_closed(versions_.theirs, node.id)) continue;
    const Said& now = said[node.id];
    const bool closed =
        now.status.empty() ? node.status == Status::kCompleted : now.status == "\"completed\"";
    if (!closed && !now.dropped) drop_completion(draft, node);
  }
  return draft.take().value_or(spec::Changes());
}

}  // namespace sdd::repair
