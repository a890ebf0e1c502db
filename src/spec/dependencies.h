// Dependencies: who waits for whom, as the nodes' `dependencies {blocks, blocked_by, depends}` say.
//
//   for_each_dependency(spec, [&](const Dependency& dependency) {     // no allocation
//     if (dependency.target == kNoNode) …                             // an id that no node has
//   });
//   const auto found = dependencies(spec);                            // the same as a list
//   for (const DependencyCycle& cycle : dependency_cycles(spec, found)) …
//
// "a blocks b" and "b is blocked_by a" say the same: b waits for a. "b depends a" says it, too,
// from one side only. What is malformed (SDD505) is left out; what hidden nodes say does not count.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "spec/spec.h"

namespace sdd::spec {

enum class DependencyKind : std::uint8_t { kBlockedBy, kDepends, kBlocks };
inline constexpr DependencyKind kDependencyKinds[] = {
    DependencyKind::kBlockedBy, DependencyKind::kDepends, DependencyKind::kBlocks};
std::string_view to_string(DependencyKind kind);  // the member's name: "blocked_by" …

struct Dependency {
  std::uint32_t node = kNoNode;    // whose `dependencies` it stands in
  std::uint32_t target = kNoNode;  // the node it names; kNoNode: there is none of that id
  DependencyKind kind = DependencyKind::kBlockedBy;
  json::Value value;  // the id, where it stands

  std::uint32_t waiter() const { return kind == DependencyKind::kBlocks ? target : node; }
  std::uint32_t blocker() const { return kind == DependencyKind::kBlocks ? node : target; }
};

// Whether every member is an empty list, which is what most nodes have.
inline bool has_only_empty_lists(json::Value dependencies) {
  for (const json::Member member : dependencies.members()) {
    if (!member.value.is_array() || member.value.size() != 0) return false;
  }
  return true;
}

// Calls `found` for every dependency: nodes in file order, of each blocked_by, depends, blocks.
template <typename Found>
void for_each_dependency(const Spec& spec, Found&& found) {
  for (std::uint32_t index = 0; index < spec.nodes().size(); ++index) {
    const Node& node = spec.nodes()[index];
    if (!node.dependencies.is_object() || node.hidden) continue;
    if (has_only_empty_lists(node.dependencies)) continue;
    for (const DependencyKind kind : kDependencyKinds) {
      for (const json::Value id : node.dependencies.find(to_string(kind)).elements()) {
        if (!id.is_string()) continue;
        const Node* target = spec.find(id.string());
        found(Dependency{index, target == nullptr ? kNoNode : spec.index_of(*target), kind, id});
      }
    }
  }
}

std::vector<Dependency> dependencies(const Spec& spec);

// The first element's waiter waits for the second's, and so on; the last waits for the first.
using DependencyCycle = std::vector<Dependency>;

// One cycle for each group of nodes that all wait for one another (strongly connected): a shortest
// one that goes through the group's first nodes, for as many of these as can be looked at in linear
// time; in real files that is all of them. It begins at its first node in file order. Of equal
// statements blocked_by counts before depends, depends before blocks. Iterative.
std::vector<DependencyCycle> dependency_cycles(const Spec& spec,
                                               const std::vector<Dependency>& dependencies);

// For each node the number of its group of nodes that wait for one another; nodes in no cycle have
// a group of their own.
std::vector<std::uint32_t> dependency_groups(const Spec& spec,
                                             const std::vector<Dependency>& dependencies);

}  // namespace sdd::spec
