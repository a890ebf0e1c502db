// Plan: what happens in one generated spec: its tree, how far the work has come, and when.
//
//   Plan plan = make_plan(random, PlanWish{.nodes = 40, .folder = Folder::kActive, ...});
//
// The plan is consistent by construction, so that a spec written from it has no finding: leaves
// are done in the order of the file, a dependency points forward only, counts and statuses of
// inner nodes follow from their children, each completion has its journal entry, and time only
// grows.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "random.h"
#include "text.h"

namespace sdd::bench {

enum class Folder { kPending, kActive, kCompleted };
enum class NodeType { kSpec, kPhase, kGroup, kTask, kSubtask, kVerify };
enum class Status { kPending, kInProgress, kCompleted, kBlocked };

const char* to_string(Folder folder);
const char* to_string(NodeType type);
const char* to_string(Status status);

// Microseconds since 1970-01-01T00:00:00Z.
using Micros = std::int64_t;

inline constexpr std::size_t kNone = static_cast<std::size_t>(-1);

struct PlannedNode {
  std::string id;
  NodeType type = NodeType::kTask;
  Status status = Status::kPending;
  std::size_t parent = kNone;
  std::vector<std::size_t> children;
  std::vector<std::size_t> blocks;
  std::vector<std::size_t> blocked_by;
  std::size_t total = 1;
  std::size_t completed = 0;
  Micros started_at = 0;    // 0: not known
  Micros completed_at = 0;  // 0: not completed, or an inner task, which bears no time
  Micros journaled_at = 0;
  std::string title;
  std::string note;
};

struct PlannedEntry {
  Micros at = 0;
  std::size_t node = kNone;  // kNone: about the whole spec
  std::string type;
  std::string title;
  std::string content;
};

struct Plan {
  Folder folder = Folder::kPending;
  std::vector<PlannedNode> nodes;  // in the order of the file; [0] is the root
  std::vector<PlannedEntry> journal;
  Micros generated = 0;
  Micros activated = 0;  // 0: pending
  Micros completed = 0;  // 0: not completed
  Micros last_updated = 0;
  std::size_t current_phase = kNone;  // the first open phase, else the last one
};

struct PlanWish {
  std::size_t nodes = 10;  // at least 3; kept exactly
  Folder folder = Folder::kPending;
  Micros generated = 0;
};

Plan make_plan(Random& random, const Prose& prose, const PlanWish& wish);

}  // namespace sdd::bench
