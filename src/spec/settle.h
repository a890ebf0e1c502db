// Settle: brings what is derived into step with what is stated.
//
//   const Changes changes = settle(spec, {"task-1-1", "task-2-3"});    // these have changed
//
// For the nodes named and every node whose lists of children lead to them: total_tasks,
// completed_tasks and, where there are children, the status. A phase or group that becomes complete
// gets the latest completed_at among its children, and needs_journaling true; a node that stops
// being complete loses completed_at, needs_journaling and journaled_at. At the spec:
// progress_percentage, current_phase and a status that repeats the root's, where they stand.
//
// What cannot be told (a status below is unknown) stays. Counts elsewhere, right or wrong, stay.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "spec/draft.h"
#include "spec/roll_up.h"

namespace sdd::spec {

// kRefused where something stands in the way: metadata that is no object.
Result<Changes> settle(const Spec& spec, const std::vector<std::string>& ids);

// The nodes marked (by node index) and all whose lists lead to them, each behind those below it.
// Only nodes that are objects and that readers see.
std::vector<std::uint32_t> nodes_above(const Spec& spec, std::vector<bool> marked);

// Writes a node's counts where they are not these.
void settle_counts(Draft& draft, const Node& node, const Recount& should);
// Writes what follows from the counts at the spec itself. `was`: the root's status before.
void settle_spec(Draft& draft, const Spec& spec, const std::vector<Recount>& all,
                 std::optional<Status> was);
// progress_percentage where it stands, by the root's counts.
void settle_progress(Draft& draft, const Spec& spec, const Recount& whole);
// The latest completed_at among the node's children, as it is written there; `closing` has, by node
// index, that of nodes which are being closed. Missing: none tells.
json::Value latest_completion(const Spec& spec, const Node& node,
                              const std::unordered_map<std::uint32_t, json::Value>& closing);
// Takes away what says when the node was completed.
void drop_completion(Draft& draft, const Node& node);

// The path of a member of a node, or of its metadata.
Path node_path(const Node& node, std::string_view member);
Path metadata_path(const Node& node, std::string_view member);

}  // namespace sdd::spec
