// 1. From the children up, each node learns which fix touched it or something below it.
// 2. Those nodes get the counts they must have (counts.h), and the status that their children give
//    them where they lag behind (roll_up.h).
// 3. Where the root was reached: progress_percentage, and after a change of status current_phase
//    and a status that repeats the root's.
#include "spec/catch_up.h"

#include <algorithm>
#include <cstdint>
#include <unordered_map>
#include <utility>

#include "base/time.h"
#include "spec/counts.h"
#include "spec/draft.h"
#include "spec/kinship.h"
#include "spec/roll_up.h"
#include "spec/settle.h"

namespace sdd::spec {
namespace {

constexpr std::size_t kNobody = SIZE_MAX;

// What is known of a node while the walk goes up.
struct Reached {
  std::size_t by = kNobody;        // the first fix that touched it or something below
  std::size_t statuses = kNobody;  // likewise, of those that changed statuses
  bool closed = false;
};

int rank(Status status) {
  return status == Status::kCompleted ? 2 : status == Status::kInProgress ? 1 : 0;
}

class CatchUp {
 public:
  CatchUp(const Spec& spec, const std::vector<Touched>& touched)
      : spec_(spec),
        kin_(spec),
        counts_(check_counts(spec)),
        statuses_(check_statuses(spec)),
        reached_(spec.nodes().size()),
        after_(spec.nodes().size()) {
    for (const Touched& each : touched) {
      const Node* node = spec.find(each.id);
      if (node == nullptr) continue;
      Reached& here = reached_[spec.index_of(*node)];
      here.by = std::min(here.by, each.by);
      if (each.statuses) here.statuses = std::min(here.statuses, each.by);
      here.closed = here.closed || each.closed;
    }
  }

  CaughtUp run(std::optional<Status> root_was) {
    for (const std::uint32_t index : kin_.children_first()) {
      const Node& node = spec_.nodes()[index];
      Recount& after = after_[index];
      after = {node.total.value_or(0), node.completed.value_or(0), node.status};
      inherit(node, index);
      if (reached_[index].by == kNobody || node.hidden || !node.value.is_object()) continue;
      settle_count(node, "total_tasks", node.total_value, node.total, counts_[index].total,
                   after.total);
      settle_count(node, "completed_tasks", node.completed_value, node.completed,
                   counts_[index].completed, after.completed);
      if (reached_[index].statuses != kNobody) settle_status(node, index);
    }
    settle_whole(root_was);
    return std::move(caught_);
  }

 private:
  void inherit(const Node& node, std::uint32_t index) {
    Reached& here = reached_[index];
    for (const Child& child : spec_.children(node)) {
      if (child.node == kNoNode) continue;
      here.by = std::min(here.by, reached_[child.node].by);
      here.statuses = std::min(here.statuses, reached_[child.node].statuses);
    }
  }

  void add(Change change, std::size_t by) { caught_.changes.push_back({std::move(change), by}); }

  void set(Path path, json::Value before, std::string text, bool derived, std::size_t by) {
    std::optional<json::Snippet> old;
    if (before) old = json::Snippet{std::string(before.raw()), true};
    Change change = change_member(std::move(path), std::move(old), json::Snippet{std::move(text)});
    change.derived = derived;
    add(std::move(change), by);
  }

  // What is no count, or missing, has a finding of its own.
  void settle_count(const Node& node, const char* member, json::Value value,
                    std::optional<std::int64_t> stated, const CheckedCount& count,
                    std::int64_t& after) {
    if (!stated || count.must_be.has(*stated)) return;
    if (!count.must_be.is_exact()) {
      caught_.unknown = true;
      return;
    }
    after = count.must_be.least;
    set(node_path(node, member), value, std::to_string(after), true,
        reached_[spec_.index_of(node)].by);
  }

  void settle_status(const Node& node, std::uint32_t index) {
    const std::optional<Status> is = statuses_[index].is;
    const bool lags = node.child_count > 0 && node.status && is && rank(*is) > rank(*node.status) &&
                      *node.status != Status::kBlocked && *is != Status::kBlocked;
    if (lags) {
      after_[index].status = is;
      set(node_path(node, "status"), node.status_value, '"' + std::string(to_string(*is)) + '"',
          true, reached_[index].statuses);
    }
    const bool closes = lags ? is == Status::kCompleted : reached_[index].closed;
    if (closes && (node.type == NodeType::kPhase || node.type == NodeType::kGroup)) {
      close(node, index);
    }
  }

  void close(const Node& node, std::uint32_t index) {
    const json::Value metadata = node.metadata_value;
    if (node.metadata.completed_at || (metadata && !metadata.is_object())) return;
    const std::size_t by = reached_[index].statuses;
    if (!metadata) set(node_path(node, "metadata"), {}, "{}", false, by);
    if (node.metadata.needs_journaling.boolean() != true) {
      set(metadata_path(node, "needs_journaling"), node.metadata.needs_journaling, "true", false,
          by);
    }
    const json::Value latest = latest_completion(spec_, node, closing_);
    const auto began = parse_rfc3339(node.metadata.started_at.string());
    const auto closed = parse_rfc3339(latest.string());
    if (!closed || (began && *closed < *began)) return;
    closing_[index] = latest;
    set(metadata_path(node, "completed_at"), {}, std::string(latest.raw()), false, by);
  }

  void settle_whole(std::optional<Status> root_was) {
    const Node* root = spec_.root();
    if (root == nullptr) return;
    const Reached& whole = reached_[spec_.index_of(*root)];
    if (whole.by == kNobody || !root->total || !root->completed) return;
    Draft draft(spec_);
    if (whole.statuses != kNobody) {
      settle_spec(draft, spec_, after_, root_was);
    } else {
      settle_progress(draft, spec_, after_[spec_.index_of(*root)]);
    }
    auto changes = draft.take();
    if (!changes) return;  // something else stands there, and has a finding of its own
    for (Change& change : *changes) add(std::move(change), whole.by);
  }

  const Spec& spec_;
  const Kinship kin_;
  const std::vector<NodeCounts> counts_;
  const std::vector<NodeStatus> statuses_;
  std::vector<Reached> reached_;
  std::vector<Recount> after_;
  std::unordered_map<std::uint32_t, json::Value> closing_;
  CaughtUp caught_;
};

}  // namespace

CaughtUp catch_up(const Spec& spec, const std::vector<Touched>& touched,
                  std::optional<Status> root_was) {
  return CatchUp(spec, touched).run(root_was);
}

}  // namespace sdd::spec
