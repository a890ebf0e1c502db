// 1. Grow the tree: phases, their groups, tasks with subtasks, verify nodes, in the file's order.
// 2. Tie dependencies between neighbours, always from the earlier to the later one.
// 3. Work through the leaves in order: none in pending/, some in active/, all in completed/. Each
//    completed leaf gets its times and its journal entry; a phase or group whose last leaf this
//    was closes with it.
// 4. Derive counts and statuses of inner nodes from the back of the list: children stand behind
//    their parents.
#include "plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace sdd::bench {
namespace {

constexpr Micros kSecond = 1'000'000;
constexpr Micros kMinute = 60 * kSecond;

bool is_inner(const PlannedNode& node) { return !node.children.empty(); }

class TreeGrower {
 public:
  TreeGrower(Random& random, std::vector<PlannedNode>& nodes) : random_(random), nodes_(nodes) {}

  void grow(std::size_t count) {
    add(kNone, NodeType::kSpec, "spec-root");
    const std::size_t phases = phase_count(count);
    const std::size_t rest = count - 1 - phases;
    for (std::size_t number = 1; number <= phases; ++number) {
      const std::size_t share = rest / phases + (number <= rest % phases ? 1 : 0);
      phase(number, share);
    }
  }

 private:
  // Three phases are usual; only large specs have more than five.
  std::size_t phase_count(std::size_t count) {
    if (count < 5) return 1;
    if (count < 10) return 2;
    if (count < 60) return std::min<std::size_t>(random_.between(3, 5), (count - 1) / 3);
    return count / 14 + 1;
  }

  void phase(std::size_t number, std::size_t budget) {
    const std::size_t phase = add(0, NodeType::kPhase, fmt::format("phase-{}", number));
    if (budget < 6) {
      const std::size_t checks = budget > 1 ? 1 : 0;
      tasks(phase, number, budget - checks);
      verifies(phase, number, checks);
      return;
    }
    const std::size_t checks = std::max<std::size_t>(1, (budget - 2) * 22 / 100);
    const std::size_t files = add(phase, NodeType::kGroup, fmt::format("phase-{}-files", number));
    tasks(files, number, budget - 2 - checks);
    const std::size_t group = add(phase, NodeType::kGroup, fmt::format("phase-{}-verify", number));
    verifies(group, number, checks);
  }

  void tasks(std::size_t parent, std::size_t phase, std::size_t budget) {
    for (std::size_t number = 1; budget > 0; ++number) {
      const std::size_t task =
          add(parent, NodeType::kTask, fmt::format("task-{}-{}", phase, number));
      --budget;
      if (budget == 0 || !random_.chance(40)) continue;
      const std::size_t parts = std::min(budget, random_.between(2, 3));
      for (std::size_t part = 1; part <= parts; ++part) {
        add(task, NodeType::kSubtask, fmt::format("task-{}-{}-{}", phase, number, part));
      }
      budget -= parts;
    }
  }

  void verifies(std::size_t parent, std::size_t phase, std::size_t count) {
    for (std::size_t number = 1; number <= count; ++number) {
      add(parent, NodeType::kVerify, fmt::format("verify-{}-{}", phase, number));
    }
  }

  std::size_t add(std::size_t parent, NodeType type, std::string id) {
    PlannedNode node;
    node.id = std::move(id);
    node.type = type;
    node.parent = parent;
    nodes_.push_back(std::move(node));
    if (parent != kNone) nodes_[parent].children.push_back(nodes_.size() - 1);
    return nodes_.size() - 1;
  }

  Random& random_;
  std::vector<PlannedNode>& nodes_;
};

void give_titles(Random& random, const Prose& prose, std::vector<PlannedNode>& nodes) {
  for (PlannedNode& node : nodes) {
    if (node.type == NodeType::kGroup) {
      node.title = node.id.ends_with("files") ? "File Modifications" : "Verification";
    } else if (node.type == NodeType::kTask && is_inner(node)) {
      node.title = file_path(random);
    } else {
      node.title = prose.phrase(random, draw_length(random, kTitleLengths));
    }
  }
}

void tie_dependencies(Random& random, std::vector<PlannedNode>& nodes) {
  for (PlannedNode& parent : nodes) {
    for (std::size_t index = 1; index < parent.children.size(); ++index) {
      if (!random.chance(15)) continue;
      const std::size_t earlier = parent.children[index - 1];
      const std::size_t later = parent.children[index];
      nodes[earlier].blocks.push_back(later);
      nodes[later].blocked_by.push_back(earlier);
    }
  }
}

// The person or program that does the work, leaf by leaf.
class Worker {
 public:
  Worker(Random& random, const Prose& prose, Plan& plan)
      : random_(random), prose_(prose), plan_(plan), now_(plan.generated) {}

  void work(std::size_t leaves_to_do) {
    if (plan_.folder == Folder::kPending) return;
    pass(5 * kMinute);
    plan_.activated = now_;
    for (std::size_t index = 0; index < plan_.nodes.size() && leaves_to_do > 0; ++index) {
      if (is_inner(plan_.nodes[index])) continue;
      do_leaf(index);
      close_parents(index);
      --leaves_to_do;
      if (random_.chance(8)) remark(index);
    }
  }

  void finish() {
    if (plan_.folder == Folder::kActive) open_next_leaf();
    if (plan_.folder == Folder::kCompleted) {
      pass(kMinute);
      plan_.completed = now_;
    }
    now_ += static_cast<Micros>(random_.between(20, 90));
    plan_.last_updated = now_;
  }

 private:
  void pass(Micros longest) {
    now_ += static_cast<Micros>(random_.between(1000, static_cast<std::size_t>(longest)));
  }

  void do_leaf(std::size_t index) {
    PlannedNode& node = plan_.nodes[index];
    if (random_.chance(30)) node.started_at = now_;
    pass(40 * kMinute);
    if (random_.chance(75)) {
      node.note = prose_.sentence(random_, draw_length(random_, kNoteLengths));
    }
    std::string content = fmt::format("Task {} marked as completed.", node.id);
    if (random_.chance(80)) {
      content += "\nNote: " + prose_.sentence(random_, draw_length(random_, kEntryLengths));
    }
    complete(index, "Task Completed: " + node.title, std::move(content));
  }

  void complete(std::size_t index, std::string title, std::string content) {
    PlannedNode& node = plan_.nodes[index];
    node.status = Status::kCompleted;
    node.completed_at = now_;
    now_ += static_cast<Micros>(random_.between(1'500, 9'000));
    plan_.journal.push_back({now_, index, "status_change", std::move(title), std::move(content)});
    node.journaled_at = now_ + 5;
    now_ += 10;
  }

  // Phases and groups of which this was the last open leaf. An inner task closes silently.
  void close_parents(std::size_t index) {
    for (std::size_t at = index; at != 0; at = plan_.nodes[at].parent) {
      const std::size_t above = plan_.nodes[at].parent;
      const PlannedNode& parent = plan_.nodes[above];
      if (parent.children.back() != at || above == 0) return;
      if (parent.type == NodeType::kTask) continue;
      const bool phase = parent.type == NodeType::kPhase;
      complete(above, fmt::format("{} Completed: {}", phase ? "Phase" : "Group", parent.title),
               fmt::format("All child tasks in {} {} have been completed.",
                           phase ? "phase" : "group", parent.id));
    }
  }

  // Not every entry is a change of status.
  void remark(std::size_t index) {
    static constexpr std::array<const char*, 5> kTypes{"decision", "decision", "note", "note",
                                                       "deviation"};
    pass(kMinute);
    plan_.journal.push_back({now_, random_.chance(50) ? index : kNone, random_.pick(kTypes),
                             prose_.phrase(random_, draw_length(random_, kTitleLengths)),
                             prose_.sentence(random_, draw_length(random_, kEntryLengths))});
    now_ += 10;
  }

  void open_next_leaf() {
    for (std::size_t index = 0; index < plan_.nodes.size(); ++index) {
      PlannedNode& node = plan_.nodes[index];
      if (is_inner(node) || node.status == Status::kCompleted) continue;
      if (!random_.chance(60)) return;
      pass(kMinute);
      node.status = Status::kInProgress;
      node.started_at = now_;
      // Only where something beside it is done: else its parent would count as untouched.
      const bool first = plan_.nodes[node.parent].children.front() == index;
      if (!first && random_.chance(10)) block(index);
      return;
    }
  }

  void block(std::size_t index) {
    PlannedNode& node = plan_.nodes[index];
    node.status = Status::kBlocked;
    node.note = prose_.sentence(random_, draw_length(random_, kNoteLengths));
    plan_.journal.push_back({now_, index, "blocker", "Task Blocked: " + node.title, node.note});
  }

  Random& random_;
  const Prose& prose_;
  Plan& plan_;
  Micros now_;
};

std::size_t leaves_to_do(Random& random, const Plan& plan) {
  const auto leaves = static_cast<std::size_t>(
      std::count_if(plan.nodes.begin(), plan.nodes.end(),
                    [](const PlannedNode& node) { return !is_inner(node); }));
  if (plan.folder == Folder::kCompleted) return leaves;
  return plan.folder == Folder::kPending ? 0 : random.below(leaves);
}

void roll_up(std::vector<PlannedNode>& nodes) {
  for (std::size_t index = nodes.size(); index-- > 0;) {
    PlannedNode& node = nodes[index];
    if (!is_inner(node)) {
      node.completed = node.status == Status::kCompleted ? 1 : 0;
      continue;
    }
    node.total = 0;
    bool started = false;
    for (const std::size_t child : node.children) {
      node.total += nodes[child].total;
      node.completed += nodes[child].completed;
      started = started || nodes[child].status != Status::kPending;
    }
    node.status = node.completed == node.total ? Status::kCompleted
                  : started                    ? Status::kInProgress
                                               : Status::kPending;
  }
}

}  // namespace

const char* to_string(Folder folder) {
  static constexpr std::array<const char*, 3> kNames{"pending", "active", "completed"};
  return kNames[static_cast<std::size_t>(folder)];
}

const char* to_string(NodeType type) {
  static constexpr std::array<const char*, 6> kNames{"spec", "phase",   "group",
                                                     "task", "subtask", "verify"};
  return kNames[static_cast<std::size_t>(type)];
}

const char* to_string(Status status) {
  static constexpr std::array<const char*, 4> kNames{"pending", "in_progress", "completed",
                                                     "blocked"};
  return kNames[static_cast<std::size_t>(status)];
}

Plan make_plan(Random& random, const Prose& prose, const PlanWish& wish) {
  Plan plan;
  plan.folder = wish.folder;
  plan.generated = wish.generated;
  TreeGrower(random, plan.nodes).grow(wish.nodes);
  give_titles(random, prose, plan.nodes);
  tie_dependencies(random, plan.nodes);
  Worker worker(random, prose, plan);
  worker.work(leaves_to_do(random, plan));
  worker.finish();
  roll_up(plan.nodes);
  for (const std::size_t phase : plan.nodes[0].children) {
    plan.current_phase = phase;
    if (plan.nodes[phase].status != Status::kCompleted) break;
  }
  return plan;
}

}  // namespace sdd::bench
