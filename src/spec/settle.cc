// 1. Counts and statuses as they follow from the leaves (roll_up.h).
// 2. The nodes above those that changed, found along the lists of children, each after those below
//    it: whatever they state differently is set.
// 3. progress_percentage, current_phase and a status at the spec, where they stand.
#include "spec/settle.h"

#include <algorithm>
#include <optional>
#include <unordered_map>

#include "base/time.h"
#include "spec/counts.h"
#include "spec/kinship.h"
#include "spec/outline.h"

namespace sdd::spec {
namespace {

// A word that may stand for the folder the file lies in as well as for the state of its tasks.
bool is_folder_name(std::string_view word) {
  return word == "pending" || word == "active" || word == "completed" || word == "archived";
}

// The first phase in progress, else the first pending one.
const Node* next_phase(const Spec& spec, const std::vector<Recount>& all) {
  const std::vector<const Node*> nodes = phases(spec);
  for (const Status wanted : {Status::kInProgress, Status::kPending}) {
    for (const Node* node : nodes) {
      if (all[spec.index_of(*node)].status == wanted) return node;
    }
  }
  return nullptr;
}

// The statuses of nodes that have children.
class Statuses {
 public:
  Statuses(Draft& draft, const Spec& spec) : draft_(draft), spec_(spec) {}

  void settle(const Node& node, const Recount& should) {
    if (!should.status || should.status == node.status) return;
    draft_.set_text(node_path(node, "status"), to_string(*should.status), true);
    if (node.status == Status::kCompleted) drop_completion(draft_, node);
    const bool closes = should.status == Status::kCompleted;
    if (!closes || (node.type != NodeType::kPhase && node.type != NodeType::kGroup)) return;
    if (node.metadata.completed_at) return;
    draft_.set_flag(metadata_path(node, "needs_journaling"), true);
    if (const json::Value latest = latest_completion(spec_, node, closed_at_)) {
      closed_at_[spec_.index_of(node)] = latest;
      draft_.set(metadata_path(node, "completed_at"), std::string(latest.raw()));
    }
  }

 private:
  Draft& draft_;
  const Spec& spec_;
  std::unordered_map<std::uint32_t, json::Value> closed_at_;  // those that close now
};

}  // namespace

json::Value latest_completion(const Spec& spec, const Node& node,
                              const std::unordered_map<std::uint32_t, json::Value>& closing) {
  json::Value latest;
  std::optional<Timestamp> at;
  for (const Child& child : spec.children(node)) {
    if (child.node == kNoNode) continue;
    const auto closed = closing.find(child.node);
    const json::Value value =
        closed == closing.end() ? spec.nodes()[child.node].metadata.completed_at : closed->second;
    const auto time = parse_rfc3339(value.string());
    if (!time || (at && *time <= *at)) continue;
    latest = value;
    at = time;
  }
  return latest;
}

Path node_path(const Node& node, std::string_view member) {
  return {"hierarchy", std::string(node.id), std::string(member)};
}

Path metadata_path(const Node& node, std::string_view member) {
  return {"hierarchy", std::string(node.id), "metadata", std::string(member)};
}

void drop_completion(Draft& draft, const Node& node) {
  for (const char* member : {"completed_at", "needs_journaling", "journaled_at"}) {
    draft.remove(metadata_path(node, member));
  }
}

std::vector<std::uint32_t> nodes_above(const Spec& spec, std::vector<bool> marked) {
  const Kinship kin(spec);
  std::vector<std::uint32_t> found;
  for (const std::uint32_t index : kin.children_first()) {
    const Node& node = spec.nodes()[index];
    for (const Child& child : spec.children(node)) {
      if (child.node != kNoNode && marked[child.node]) marked[index] = true;
    }
    if (marked[index] && !node.hidden && node.value.is_object()) found.push_back(index);
  }
  return found;
}

void settle_counts(Draft& draft, const Node& node, const Recount& should) {
  if (node.total != should.total) {
    draft.set_number(node_path(node, "total_tasks"), should.total, true);
  }
  if (node.completed != should.completed) {
    draft.set_number(node_path(node, "completed_tasks"), should.completed, true);
  }
}

void settle_progress(Draft& draft, const Spec& spec, const Recount& whole) {
  const auto progress = percentage(whole.completed, whole.total);
  for (const bool top : {false, true}) {
    const json::Value stated =
        (top ? spec.root_value() : spec.metadata).find("progress_percentage");
    if (!stated || stated.number() == static_cast<double>(progress)) continue;
    const Path place = top ? Path{"progress_percentage"} : Path{"metadata", "progress_percentage"};
    draft.set_number(place, progress, true);
  }
}

void settle_spec(Draft& draft, const Spec& spec, const std::vector<Recount>& all,
                 std::optional<Status> was) {
  const Node* root = spec.root();
  if (root == nullptr) return;
  const Recount& whole = all[spec.index_of(*root)];
  settle_progress(draft, spec, whole);
  for (const bool top : {false, true}) {
    const json::Value object = top ? spec.root_value() : spec.metadata;
    const auto place = [&](const char* name) { return top ? Path{name} : Path{"metadata", name}; };
    if (object.find("current_phase").is_string()) {
      const Node* phase = next_phase(spec, all);
      if (phase != nullptr) draft.set_text(place("current_phase"), phase->id, true);
    }
    const std::string_view word = object.find("status").string();
    const bool follows = was && word == to_string(*was) && (top || !is_folder_name(word));
    if (follows && whole.status) draft.set_text(place("status"), to_string(*whole.status), true);
  }
}

Result<Changes> settle(const Spec& spec, const std::vector<std::string>& ids) {
  std::vector<bool> marked(spec.nodes().size(), false);
  for (const std::string& id : ids) {
    if (const Node* node = spec.find(id)) marked[spec.index_of(*node)] = true;
  }
  Draft draft(spec);
  Statuses statuses(draft, spec);
  const std::vector<Recount> all = recount(spec);
  for (const std::uint32_t index : nodes_above(spec, std::move(marked))) {
    const Node& node = spec.nodes()[index];
    settle_counts(draft, node, all[index]);
    if (node.child_count > 0) statuses.settle(node, all[index]);
  }
  settle_spec(draft, spec, all, spec.root() != nullptr ? spec.root()->status : std::nullopt);
  return draft.take();
}

}  // namespace sdd::spec
