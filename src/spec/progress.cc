#include "spec/progress.h"

#include <algorithm>

#include "spec/counts.h"
#include "spec/outline.h"

namespace sdd::spec {
namespace {

bool states_counts(const Node& node) { return node.total && node.completed; }

}  // namespace

int Progress::percentage() const {
  if (completed >= total) return total > 0 ? 100 : 0;
  return static_cast<int>(std::min<std::int64_t>(spec::percentage(completed, total), 99));
}

ProgressReader::ProgressReader(const Spec& spec) : spec_(spec) {
  const auto& nodes = spec.nodes();
  if (!std::all_of(nodes.begin(), nodes.end(), states_counts)) count_leaves();
}

// The outline backwards: below[d] holds what was met at depth d since the last node above it.
void ProgressReader::count_leaves() {
  counted_.resize(spec_.nodes().size());
  std::vector<Progress> below;
  const std::vector<OutlineItem> items = outline(spec_);
  for (auto item = items.rbegin(); item != items.rend(); ++item) {
    if (below.size() < item->depth + 2U) below.resize(item->depth + 2U);
    Progress own = below[item->depth + 1U];
    below[item->depth + 1U] = {};
    if (item->node->is_leaf()) {
      own = {1, item->node->status == Status::kCompleted ? 1 : 0};
    }
    counted_[spec_.index_of(*item->node)] = own;
    below[item->depth].total += own.total;
    below[item->depth].completed += own.completed;
  }
}

Progress ProgressReader::of(const Node& node) const {
  if (states_counts(node)) return {*node.total, *node.completed};
  return counted_[spec_.index_of(node)];
}

Progress ProgressReader::of_spec() const {
  return spec_.root() == nullptr ? Progress{} : of(*spec_.root());
}

const Node* current_phase(const Spec& spec) {
  const std::vector<const Node*> all = phases(spec);
  for (const Status wanted : {Status::kInProgress, Status::kPending}) {
    for (const Node* phase : all) {
      if (phase->status == wanted) return phase;
    }
  }
  return nullptr;
}

}  // namespace sdd::spec
