// Roll-up: the status of a node with children follows from theirs. A blocked node stays blocked;
// else any child in progress makes it in_progress, all completed make it completed, some completed
// make it in_progress, none pending.
//
//   for (const spec::NodeStatus& status : spec::check_statuses(spec)) …     // what contradicts
//   spec::recount(spec)[i].total                                            // what should stand
//
// check_statuses() is for rules: each contradiction shows once, at the node that is wrong, not at
// the ones above it. recount() is for updates and fixes: what every node should say, from the
// leaves up, whatever it says now.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "spec/spec.h"

namespace sdd::spec {

// What the children of one node say together. Add each child once; empty: not known.
class RollUp {
 public:
  void add(std::optional<Status> child);
  // The status that follows; empty where it hangs on a child whose status is not known. Without
  // any child: pending.
  std::optional<Status> status() const;
  bool any_started() const { return in_progress_ || completed_; }
  bool any_open() const { return in_progress_ || waiting_; }

 private:
  bool in_progress_ = false;
  bool completed_ = false;
  bool waiting_ = false;  // pending or blocked
  bool unknown_ = false;
};

enum class StatusFault : std::uint8_t {
  kNone,
  kClosedTooEarly,  // completed, though a child is not (SDD305)
  kLagsBehind,      // pending though children started, or open though all are completed (SDD306)
};

struct NodeStatus {
  // What the node's status is, all told: what it states, or where its children contradict that,
  // what follows from them. Empty when unknown.
  std::optional<Status> is;
  StatusFault fault = StatusFault::kNone;
};

// By node index. Like check_counts(): a fault is one only when what the children state and what
// they should state both contradict the node. Children that do not exist or belong elsewhere
// count as unknown.
std::vector<NodeStatus> check_statuses(const Spec& spec);

// True when check_statuses() surely finds no fault. One pass, no allocation.
bool statuses_agree(const Spec& spec);

// Whether a child counts as not completed against a parent that is: it says so, and so do its own
// children.
bool is_surely_open(const Node& node, const NodeStatus& status);
// Whether a node is in progress or completed: likewise.
bool has_surely_begun(const Node& node, const NodeStatus& status);

enum class Completion : std::uint8_t { kComplete, kOpen, kUnclear };

// Whether the spec is complete: root status completed and completed_tasks = total_tasks. Unclear
// where the root says one thing and the nodes below it another (which is a finding of its own), or
// where status or counts of the root are missing.
Completion completion(const Spec& spec);

// What the root alone says, at no cost. kComplete is never the answer where this is false, kOpen
// never where it is true.
bool says_complete(const Spec& spec);

struct Recount {
  std::int64_t total = 0;
  std::int64_t completed = 0;
  std::optional<Status> status;  // empty: hangs on a status that is missing or unknown
};

// A change of one node that has not been made yet.
struct Supposed {
  std::uint32_t node = kNoNode;  // it would say:
  Status status = Status::kPending;
  std::uint32_t parent = kNoNode;  // it would have one child more, a pending leaf
};

// What each node should say, by node index, from the leaves up. Each existing child counts once,
// wherever it says it belongs; childless containers keep 0/0 or 1 and 1 or 0 where they state it,
// else are 0/0. A leaf's status stands; so does that of a blocked node and of a childless one.
std::vector<Recount> recount(const Spec& spec, const Supposed& supposed = {});

}  // namespace sdd::spec
