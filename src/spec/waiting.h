// What dependencies do to the work that is open: dependencies that lead nowhere, nodes that cannot
// be started however long one waits, nodes that many others wait for.
//
//   const auto all = spec::dependencies(spec);
//   for (const spec::Stuck& stuck : spec::stuck_nodes(spec, all)) …
//
// Completed nodes neither wait nor are waited for. All lists are in file order.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "spec/dependencies.h"
#include "spec/spec.h"

namespace sdd::spec {

struct MissingDependency {
  const Node* node = nullptr;  // whose dependencies name it
  std::string_view id;
};

// Each pair once.
std::vector<MissingDependency> missing_dependencies(const Spec& spec,
                                                    const std::vector<Dependency>& dependencies);

struct Stuck {
  const Node* node = nullptr;
  std::vector<const Node*> waits_for;  // those of its blockers that do not move by themselves
};

// Open nodes that wait for one that is blocked, or for each other in a circle, or for one that is
// stuck in this sense itself. (A missing dependency makes nobody stuck: it is a slip.)
std::vector<Stuck> stuck_nodes(const Spec& spec, const std::vector<Dependency>& dependencies);

struct Bottleneck {
  const Node* node = nullptr;
  std::size_t waiting = 0;  // how many open nodes wait for it directly
};

// Open nodes that at least `threshold` others wait for.
std::vector<Bottleneck> bottlenecks(const Spec& spec, const std::vector<Dependency>& dependencies,
                                    std::size_t threshold);

}  // namespace sdd::spec
