// 1. One walk over the document's members, one over the hierarchy's, one over the journal's.
// 2. The ids go into an open-addressing table (a power of two, at most half full).
// 3. Parents and children are looked up in it.
#include "spec/spec.h"

#include <functional>

namespace sdd::spec {
namespace {

using json::Member;
using json::Value;

template <typename T, typename Place = Value>
struct Slot {
  std::string_view name;
  Place T::*place;
};

void put(Value& place, Value value) { place = value; }
void put(std::uint32_t& place, Value value) { place = value.index(); }

constexpr Slot<Node> kNodeMembers[] = {
    {"type", &Node::type_value},           {"title", &Node::title},
    {"status", &Node::status_value},       {"parent", &Node::parent_value},
    {"children", &Node::children_value},   {"total_tasks", &Node::total_value},
    {"metadata", &Node::metadata_value},   {"completed_tasks", &Node::completed_value},
    {"dependencies", &Node::dependencies},
};

constexpr Slot<NodeMetadata> kMetadataMembers[] = {
    {"task_category", &NodeMetadata::task_category},
    {"file_path", &NodeMetadata::file_path},
    {"verification_type", &NodeMetadata::verification_type},
    {"needs_journaling", &NodeMetadata::needs_journaling},
    {"journaled_at", &NodeMetadata::journaled_at},
    {"completed_at", &NodeMetadata::completed_at},
    {"started_at", &NodeMetadata::started_at},
};

constexpr Slot<JournalEntry, std::uint32_t> kEntryMembers[] = {
    {"timestamp", &JournalEntry::timestamp_at},
    {"task_id", &JournalEntry::task_id_at},
};

constexpr Slot<Spec> kSpecMembers[] = {
    {"spec_id", &Spec::spec_id},
    {"title", &Spec::title},
    {"generated", &Spec::generated},
    {"last_updated", &Spec::last_updated},
    {"metadata", &Spec::metadata},
    {"hierarchy", &Spec::hierarchy},
    {"journal", &Spec::journal_value},
    {"status", &Spec::status_value},
    {"progress_percentage", &Spec::progress_percentage},
    {"current_phase", &Spec::current_phase},
};

// The lengths of the names, as bits: most keys of metadata are told apart from them by that.
template <typename T, typename Place, std::size_t N>
constexpr std::uint32_t lengths_of(const Slot<T, Place> (&slots)[N]) {
  std::uint32_t lengths = 0;
  for (const Slot<T, Place>& slot : slots) lengths |= std::uint32_t{1} << slot.name.size();
  return lengths;
}

template <const auto& kSlots, typename T>
void assign(const Member& member, T& target) {
  constexpr std::uint32_t kLengths = lengths_of(kSlots);
  const std::string_view key = member.key.string();
  if (key.size() > 31 || ((kLengths >> key.size()) & 1U) == 0) return;
  for (const auto& slot : kSlots) {
    if (json::same_text(slot.name, key)) {
      put(target.*slot.place, member.value);
      return;
    }
  }
}

// Draft-07 counts 1.0 among the integers, so a count may be spelled so.
std::optional<std::int64_t> count_of(Value value) {
  if (const auto count = value.integer()) return *count >= 0 ? count : std::nullopt;
  constexpr double kLargestExact = 9007199254740992.0;
  const auto number = value.number();
  if (!number || *number < 0 || *number > kLargestExact) return std::nullopt;
  const auto count = static_cast<std::int64_t>(*number);
  if (static_cast<double>(count) < *number) return std::nullopt;
  return count;
}

template <typename Enum>
std::optional<Enum> named(const std::vector<std::string_view>& names, std::string_view name) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (json::same_text(names[i], name)) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

std::size_t hash_of(std::string_view id) { return std::hash<std::string_view>{}(id); }

}  // namespace

const std::vector<std::string_view>& node_type_names() {
  static const std::vector<std::string_view> names = {"spec",    "phase",  "group",   "task",
                                                      "subtask", "verify", "research"};
  return names;
}

const std::vector<std::string_view>& status_names() {
  static const std::vector<std::string_view> names = {"pending", "in_progress", "completed",
                                                      "blocked"};
  return names;
}

std::string_view to_string(NodeType type) {
  return node_type_names()[static_cast<std::size_t>(type)];
}
std::string_view to_string(Status status) {
  return status_names()[static_cast<std::size_t>(status)];
}
std::optional<NodeType> node_type(std::string_view name) {
  return named<NodeType>(node_type_names(), name);
}
std::optional<Status> status(std::string_view name) { return named<Status>(status_names(), name); }

void Spec::read(const json::Tree& tree) {
  tree_ = &tree;
  root_ = nullptr;
  nodes_.clear();
  children_.clear();
  journal_.clear();
  for (const Slot<Spec>& slot : kSpecMembers) this->*slot.place = Value();
  for (const Member member : tree.root().members()) assign<kSpecMembers>(member, *this);

  nodes_.reserve(hierarchy.size());
  for (const Member member : hierarchy.members()) read_node(member.key, member.value);
  index_ids();
  resolve();
  read_journal();
}

void Spec::read_node(Value key, Value value) {
  Node& node = nodes_.emplace_back();
  node.id = key.string();
  node.key = key;
  node.value = value;
  for (const Member member : value.members()) assign<kNodeMembers>(member, node);
  for (const Member member : node.metadata_value.members()) {
    assign<kMetadataMembers>(member, node.metadata);
  }
  if (node.type_value.is_string()) node.type = node_type(node.type_value.string());
  if (node.status_value.is_string()) node.status = spec::status(node.status_value.string());
  node.total = count_of(node.total_value);
  node.completed = count_of(node.completed_value);
}

void Spec::index_ids() {
  std::size_t size = 16;
  while (size < nodes_.size() * 2) size *= 2;
  slots_.assign(size, kNoNode);
  for (std::uint32_t i = 0; i < nodes_.size(); ++i) {
    std::size_t slot = hash_of(nodes_[i].id) & (size - 1);
    while (slots_[slot] != kNoNode && nodes_[slots_[slot]].id != nodes_[i].id) {
      slot = (slot + 1) & (size - 1);
    }
    if (slots_[slot] != kNoNode) nodes_[slots_[slot]].hidden = true;
    slots_[slot] = i;
  }
  root_ = find("spec-root");
}

const Node* Spec::find(std::string_view id) const {
  if (slots_.empty()) return nullptr;
  std::size_t slot = hash_of(id) & (slots_.size() - 1);
  while (slots_[slot] != kNoNode) {
    const Node& node = nodes_[slots_[slot]];
    if (json::same_text(node.id, id)) return &node;
    slot = (slot + 1) & (slots_.size() - 1);
  }
  return nullptr;
}

void Spec::resolve() {
  const auto index = [&](Value name) {
    const Node* node = name.is_string() ? find(name.string()) : nullptr;
    return node == nullptr ? kNoNode : index_of(*node);
  };
  for (Node& node : nodes_) {
    node.parent = index(node.parent_value);
    node.first_child = static_cast<std::uint32_t>(children_.size());
    for (const Value child : node.children_value.elements()) {
      children_.push_back({child, index(child)});
    }
    node.child_count = static_cast<std::uint32_t>(children_.size()) - node.first_child;
  }
}

void Spec::read_journal() {
  journal_.reserve(journal_value.size());
  for (const Value element : journal_value.elements()) {
    JournalEntry& entry = journal_.emplace_back();
    entry.value = element;
    for (const Member member : element.members()) assign<kEntryMembers>(member, entry);
  }
}

Value Spec::metadata_or_top(std::string_view name) const {
  const Value inside = metadata.find(name);
  return inside ? inside : root_value().find(name);
}

std::vector<std::string_view> Spec::ids() const {
  std::vector<std::string_view> ids;
  ids.reserve(nodes_.size());
  for (const Node& node : nodes_) ids.push_back(node.id);
  return ids;
}

}  // namespace sdd::spec
