// check_statuses, for each node, children first:
// 1. From the children's statuses as they are (NodeStatus::is) follows the node's own; where that
//    contradicts what it states, the former is its status for its own parent.
// 2. It is a fault of this node when the children's statuses as stated contradict it as well.
#include "spec/roll_up.h"

#include "spec/counts.h"
#include "spec/kinship.h"

namespace sdd::spec {
namespace {

bool has_begun(std::optional<Status> status) {
  return status == Status::kInProgress || status == Status::kCompleted;
}

bool is_open(std::optional<Status> status) { return status && *status != Status::kCompleted; }

// The children of one node, in both views.
struct ChildrenView {
  RollUp as_they_are;
  bool any_surely_open = false;
  bool any_surely_started = false;
  bool all_surely_completed = true;

  void add(std::optional<Status> stated, std::optional<Status> is) {
    as_they_are.add(is);
    any_surely_open = any_surely_open || (is_open(stated) && is_open(is));
    any_surely_started = any_surely_started || (has_begun(stated) && has_begun(is));
    all_surely_completed =
        all_surely_completed && stated == Status::kCompleted && is == Status::kCompleted;
  }
};

StatusFault fault_of(Status stated, bool any_open, bool any_started, bool all_completed) {
  switch (stated) {
    case Status::kCompleted:
      return any_open ? StatusFault::kClosedTooEarly : StatusFault::kNone;
    case Status::kPending:
      return any_started ? StatusFault::kLagsBehind : StatusFault::kNone;
    case Status::kInProgress:
      return all_completed ? StatusFault::kLagsBehind : StatusFault::kNone;
    case Status::kBlocked:
      break;
  }
  return StatusFault::kNone;
}

NodeStatus judge(const Node& node, const ChildrenView& children) {
  const RollUp& now = children.as_they_are;
  if (!node.status) return {now.status(), StatusFault::kNone};
  const Status stated = *node.status;
  const StatusFault as_they_are =
      fault_of(stated, now.any_open(), now.any_started(), now.status() == Status::kCompleted);
  const StatusFault fault = fault_of(stated, children.any_surely_open, children.any_surely_started,
                                     children.all_surely_completed);
  return {as_they_are == StatusFault::kNone ? stated : now.status(), fault};
}

Recount recount_childless(const Node& node, std::optional<Status> status) {
  const bool counts = !node.is_container() || node.total == 1;
  const bool completed = counts && status == Status::kCompleted;
  return {counts ? 1 : 0, completed ? 1 : 0, status};
}

}  // namespace

void RollUp::add(std::optional<Status> child) {
  if (!child) {
    unknown_ = true;
  } else if (*child == Status::kInProgress) {
    in_progress_ = true;
  } else if (*child == Status::kCompleted) {
    completed_ = true;
  } else {
    waiting_ = true;
  }
}

std::optional<Status> RollUp::status() const {
  if (in_progress_ || (completed_ && waiting_)) return Status::kInProgress;
  if (unknown_) return std::nullopt;
  return completed_ ? Status::kCompleted : Status::kPending;
}

bool is_surely_open(const Node& node, const NodeStatus& status) {
  return is_open(node.status) && is_open(status.is);
}

bool has_surely_begun(const Node& node, const NodeStatus& status) {
  return has_begun(node.status) && has_begun(status.is);
}

std::vector<NodeStatus> check_statuses(const Spec& spec) {
  const Kinship kin(spec);
  std::vector<NodeStatus> all(spec.nodes().size());
  for (const std::uint32_t index : kin.children_first()) {
    const Node& node = spec.nodes()[index];
    if (node.child_count == 0) {
      all[index].is = node.status;
      continue;
    }
    ChildrenView view;
    const auto children = spec.children(node);
    for (std::size_t i = 0; i < children.size(); ++i) {
      const Bond bond = kin.bond(node, i);
      if (bond == Bond::kRepeated) continue;
      if (bond == Bond::kSure) {
        view.add(spec.at(children[i].node)->status, all[children[i].node].is);
      } else {
        view.add(std::nullopt, std::nullopt);
      }
    }
    if (kin.may_lack_children(index)) view.add(std::nullopt, std::nullopt);
    all[index] = judge(node, view);
    if (node.hidden) all[index].fault = StatusFault::kNone;
  }
  return all;
}

bool statuses_agree(const Spec& spec) {
  for (const Node& node : spec.nodes()) {
    if (node.child_count == 0 || node.status == Status::kBlocked) continue;
    if (!node.status) return false;
    bool any_open = false;
    bool any_started = false;
    bool all_completed = true;
    for (const Child& entry : spec.children(node)) {
      const Node* child = spec.at(entry.node);
      if (child == nullptr) return false;
      any_open = any_open || is_open(child->status);
      any_started = any_started || has_begun(child->status);
      all_completed = all_completed && child->status == Status::kCompleted;
    }
    if (fault_of(*node.status, any_open, any_started, all_completed) != StatusFault::kNone) {
      return false;
    }
  }
  return true;
}

bool says_complete(const Spec& spec) {
  const Node* root = spec.root();
  return root != nullptr && root->status == Status::kCompleted && root->total &&
         root->total == root->completed;
}

Completion completion(const Spec& spec) {
  const Node* root = spec.root();
  if (root == nullptr || !root->status || !root->total || !root->completed) {
    return Completion::kUnclear;
  }
  const std::uint32_t index = spec.index_of(*root);
  const auto status = check_statuses(spec)[index].is;
  const NodeCounts counts = check_counts(spec)[index];
  const CountRange total = counts.total.taken(root->total);
  const CountRange completed = counts.completed.taken(root->completed);
  const bool is_complete = status == Status::kCompleted && total.is_exact() && total == completed;
  const bool stated = says_complete(spec);
  if (stated && is_complete) return Completion::kComplete;
  const bool has_open_work = is_open(status) || completed.most < total.least;
  return !stated && has_open_work ? Completion::kOpen : Completion::kUnclear;
}

std::vector<Recount> recount(const Spec& spec, const Supposed& supposed) {
  const Kinship kin(spec);
  std::vector<Recount> all(spec.nodes().size());
  for (const std::uint32_t index : kin.children_first()) {
    const Node& node = spec.nodes()[index];
    const std::optional<Status> stated = index == supposed.node ? supposed.status : node.status;
    RollUp statuses;
    if (index == supposed.parent) {
      statuses.add(Status::kPending);
      all[index].total = 1;
    } else if (node.child_count == 0) {
      all[index] = recount_childless(node, stated);
      continue;
    }
    const auto children = spec.children(node);
    for (std::size_t i = 0; i < children.size(); ++i) {
      const Bond bond = kin.bond(node, i);
      if (bond == Bond::kUnknown || bond == Bond::kRepeated) continue;
      const Recount& child = all[children[i].node];
      all[index].total = capped_sum(all[index].total, child.total);
      all[index].completed = capped_sum(all[index].completed, child.completed);
      statuses.add(child.status);
    }
    all[index].status = stated == Status::kBlocked ? stated : statuses.status();
  }
  return all;
}

}  // namespace sdd::spec
