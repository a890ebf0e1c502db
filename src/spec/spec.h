// Spec: what a spec file means. Reading cannot fail: a part that is missing or of the wrong kind is
// a missing json::Value or an empty optional, so that rules can speak about it.
//
//   spec::Spec spec(tree);                       // tree: json/tree.h, parsed
//   const spec::Node* task = spec.find("task-1-1");
//   task->status                                 // empty when missing or not one of the four
//   task->status_value.span()                    // where it stands
//   for (const spec::Child& child : spec.children(*task)) …
//
// A Spec points into its tree and lives no longer. It is read in one pass; nothing is followed:
// parents and children are resolved by id, cycles stay for the rules to find. Of members with the
// same key the last counts, as for every JSON reader (SDD010 reports the others).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "json/tree.h"

namespace sdd::spec {

enum class NodeType : std::uint8_t { kSpec, kPhase, kGroup, kTask, kSubtask, kVerify, kResearch };
enum class Status : std::uint8_t { kPending, kInProgress, kCompleted, kBlocked };

std::string_view to_string(NodeType type);
std::string_view to_string(Status status);
std::optional<NodeType> node_type(std::string_view name);
std::optional<Status> status(std::string_view name);
// All names, in the order of the enumerations: for "did you mean".
const std::vector<std::string_view>& node_type_names();
const std::vector<std::string_view>& status_names();

inline constexpr std::uint32_t kNoNode = UINT32_MAX;

// An element of `children`: what stands there, and the node of that id (kNoNode: none, or the
// element is no string).
struct Child {
  json::Value value;
  std::uint32_t node = kNoNode;
};

// The metadata members that rules ask for; everything else is found with metadata.find().
struct NodeMetadata {
  json::Value task_category;
  json::Value file_path;
  json::Value verification_type;
  json::Value needs_journaling;
  json::Value journaled_at;
  json::Value completed_at;
  json::Value started_at;
};

struct Node {
  std::string_view id;
  json::Value key;    // the member's key in the hierarchy
  json::Value value;  // what stands there: an object, or an SDD212 fault
  // A later member has the same key: no JSON reader sees this node, nothing leads to it (SDD010).
  bool hidden = false;

  json::Value type_value;
  json::Value title;
  json::Value status_value;
  json::Value parent_value;
  json::Value children_value;
  json::Value total_value;
  json::Value completed_value;
  json::Value metadata_value;
  json::Value dependencies;
  NodeMetadata metadata;

  std::optional<NodeType> type;
  std::optional<Status> status;
  std::optional<std::int64_t> total;      // empty unless an integer ≥ 0 (1.0 is one)
  std::optional<std::int64_t> completed;  // likewise
  std::uint32_t parent = kNoNode;         // the node that parent_value names
  std::uint32_t first_child = 0;          // children(): a range of Spec's child list
  std::uint32_t child_count = 0;

  // spec, phase, group: counts the tasks below it even when there are none.
  bool is_container() const {
    return type == NodeType::kSpec || type == NodeType::kPhase || type == NodeType::kGroup;
  }
  // A node without children whose type is not spec, phase or group: counts as one task.
  bool is_leaf() const { return child_count == 0 && !is_container(); }
};

// An element of `journal`. `value` is what stands there, the rest its members. (Kept small: a file
// can hold millions of them. What every rule asks for is found once.)
struct JournalEntry {
  json::Value value;
  // Where the members stand in the tree; 0: missing.
  std::uint32_t timestamp_at = 0, task_id_at = 0;

  json::Value timestamp() const { return member(timestamp_at); }
  json::Value task_id() const { return member(task_id_at); }
  json::Value title() const { return value.find("title"); }
  json::Value content() const { return value.find("content"); }
  json::Value entry_type() const { return value.find("entry_type"); }

 private:
  json::Value member(std::uint32_t at) const {
    return at == 0 ? json::Value() : json::Value(value.tree(), at);
  }
};

class Spec {
 public:
  explicit Spec(const json::Tree& tree) { read(tree); }
  Spec() = default;  // a spec without anything; read() fills it
  Spec(const Spec&) = delete;
  Spec& operator=(const Spec&) = delete;

  // Forgets what it held and reads another tree; the buffers stay.
  void read(const json::Tree& tree);

  const json::Tree& tree() const { return *tree_; }
  json::Value root_value() const { return tree_->root(); }

  // Members of the document.
  json::Value spec_id, title, generated, last_updated, metadata, hierarchy, journal_value;
  json::Value status_value, progress_percentage, current_phase;  // newer files, at the top level

  // A member of the document's metadata, or of the document itself where newer files keep it;
  // metadata first. Missing when neither has it.
  json::Value metadata_or_top(std::string_view name) const;

  // In file order. Of two nodes with one id both stand here, find() gives the last.
  const std::vector<Node>& nodes() const { return nodes_; }
  const Node* find(std::string_view id) const;
  const Node* at(std::uint32_t index) const { return index == kNoNode ? nullptr : &nodes_[index]; }
  std::uint32_t index_of(const Node& node) const {
    return static_cast<std::uint32_t>(&node - nodes_.data());
  }
  const Node* root() const { return root_; }  // the node `spec-root`, or nullptr
  std::span<const Child> children(const Node& node) const {
    return {children_.data() + node.first_child, node.child_count};
  }
  // Ids of all nodes, for "did you mean".
  std::vector<std::string_view> ids() const;

  const std::vector<JournalEntry>& journal() const { return journal_; }

 private:
  void read_node(json::Value key, json::Value value);
  void read_journal();
  void index_ids();
  void resolve();

  const json::Tree* tree_ = nullptr;
  const Node* root_ = nullptr;
  std::vector<Node> nodes_;
  std::vector<Child> children_;
  std::vector<JournalEntry> journal_;
  std::vector<std::uint32_t> slots_;  // open addressing over the ids; kNoNode = free
};

}  // namespace sdd::spec
