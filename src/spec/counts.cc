// For each node, children first:
// 1. What it must be: a leaf by its type and status, a childless container by what it states, any
//    other node by its children: a sure child adds its value, a doubtful one anything from nothing
//    to its value, an unknown one anything.
// 2. Whether what it states is that, or the sum of what the children state.
// 3. Its value for its own parent: what it states if it may, else what it must be.
#include "spec/counts.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "spec/kinship.h"

namespace sdd::spec {
namespace {

using Stated = std::optional<std::int64_t> Node::*;
using Checked = CheckedCount NodeCounts::*;

void add(CountRange& sum, CountRange more) {
  sum.least = capped_sum(sum.least, more.least);
  sum.most = capped_sum(sum.most, more.most);
}

CountRange completed_of_one(const Node& node) {
  if (!node.status) return {0, 1};
  return node.status == Status::kCompleted ? CountRange{1, 1} : CountRange{0, 0};
}

// An unknown type (SDD209) may have been meant as a container.
bool is_childless_container(const Node& node) {
  return node.is_container() || (!node.type && node.total == 0);
}

// 0/0, or 1 by the status: whichever of the two is stated or, where neither is, fits best.
CountRange total_of_childless(const Node& node) {
  if (!is_childless_container(node)) return {1, 1};
  if (node.total && *node.total <= 1) return {*node.total, *node.total};
  const bool counted = node.completed == 1 && node.status == Status::kCompleted;
  return counted ? CountRange{1, 1} : CountRange{0, 0};
}

void check_childless(const Node& node, NodeCounts& counts) {
  counts.total.must_be = total_of_childless(node);
  if (counts.total.must_be.least == 1) counts.completed.must_be = completed_of_one(node);
  counts.total.children_state = counts.total.must_be.least;
  counts.completed.children_state = counts.completed.must_be.least;
}

class Checker {
 public:
  explicit Checker(const Spec& spec) : spec_(spec), kin_(spec), all_(spec.nodes().size()) {}

  std::vector<NodeCounts> run() {
    for (const std::uint32_t index : kin_.children_first()) {
      const Node& node = spec_.nodes()[index];
      NodeCounts& counts = all_[index];
      if (node.child_count == 0) {
        check_childless(node, counts);
      } else {
        counts.total = sum_of_children(node, &Node::total, &NodeCounts::total);
        counts.completed = sum_of_children(node, &Node::completed, &NodeCounts::completed);
      }
      if (kin_.may_lack_children(index)) {
        counts.total.must_be.most = CountRange::kNoLimit;
        counts.completed.must_be.most = CountRange::kNoLimit;
      }
      judge(node, node.total, counts.total);
      judge(node, node.completed, counts.completed);
    }
    return std::move(all_);
  }

 private:
  CheckedCount sum_of_children(const Node& node, Stated stated, Checked checked) const {
    CheckedCount sum;
    bool any_sure = false;
    const auto children = spec_.children(node);
    for (std::size_t i = 0; i < children.size(); ++i) {
      const Bond bond = kin_.bond(node, i);
      if (bond == Bond::kUnknown) {
        sum.must_be.most = CountRange::kNoLimit;
        continue;
      }
      const Node& child = *spec_.at(children[i].node);
      const CountRange value = (all_[children[i].node].*checked).taken(child.*stated);
      add(sum.must_be, bond == Bond::kSure ? value : CountRange{0, value.most});
      any_sure = any_sure || bond == Bond::kSure;
      if (bond == Bond::kRepeated) continue;
      sum.children_state = capped_sum(sum.children_state, (child.*stated).value_or(value.least));
    }
    // A leaf whose only children are none still counts itself.
    if (!any_sure) sum.must_be.most = std::max<std::int64_t>(sum.must_be.most, 1);
    return sum;
  }

  void judge(const Node& node, std::optional<std::int64_t> stated, CheckedCount& count) const {
    if (!stated || count.must_be.has(*stated)) return;
    const bool follows = node.child_count > 0 && *stated == count.children_state;
    count.is_wrong = !follows && !node.hidden;
  }

  const Spec& spec_;
  const Kinship kin_;
  std::vector<NodeCounts> all_;
};

bool childless_agrees(const Node& node) {
  if (!node.type || !node.status || !node.total || !node.completed) return false;
  const bool counts = *node.total == 1;
  if (!counts && !(node.is_container() && *node.total == 0)) return false;
  return *node.completed == (counts && *node.status == Status::kCompleted ? 1 : 0);
}

}  // namespace

std::vector<NodeCounts> check_counts(const Spec& spec) { return Checker(spec).run(); }

bool counts_agree(const Spec& spec) {
  const std::vector<Node>& nodes = spec.nodes();
  for (const Node& node : nodes) {
    if (node.child_count == 0) {
      if (!childless_agrees(node)) return false;
      continue;
    }
    std::int64_t total = 0;
    std::int64_t completed = 0;
    for (const Child& entry : spec.children(node)) {
      if (entry.node == kNoNode) return false;
      const Node& child = nodes[entry.node];
      if (!child.total || !child.completed) return false;
      total = capped_sum(total, *child.total);
      completed = capped_sum(completed, *child.completed);
    }
    if (node.total != total || node.completed != completed) return false;
  }
  return true;
}

std::int64_t percentage(std::int64_t completed, std::int64_t total) {
  if (total == 0) return 0;
  if (completed <= INT64_MAX / 100) return completed * 100 / total;
  return total >= 100 ? completed / (total / 100) : CountRange::kNoLimit;
}

}  // namespace sdd::spec
