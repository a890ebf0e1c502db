#include <algorithm>
#include <unordered_map>

#include "base/strings.h"
#include "rules/engine.h"
#include "rules/links/entry_places.h"
#include "rules/repository.h"
#include "rules/rule.h"

namespace sdd::rules {
namespace {

// The id without leading zeros in its last part: `demo-2026-01-02-0102` and `demo-2026-01-02-102`
// are told apart by a slip of the hand only.
std::string loose_id(std::string_view id) {
  const std::size_t dash = id.rfind('-');
  if (dash == std::string_view::npos) return std::string(id);
  const std::size_t digit = std::min(id.find_first_not_of('0', dash + 1), id.size());
  return std::string(id.substr(0, dash + 1)) + std::string(id.substr(digit));
}

// Finds the one spec that a dead link can mean under another id: it differs by leading zeros only,
// or it is the one that names the work item back. Made when it is first asked.
class Renames {
 public:
  explicit Renames(const Repository& repository) : repository_(repository) {}

  // nullptr: there is none, or more than one.
  const SpecFacts* find(std::string_view id, const ItemView* item) {
    if (!made_) make();
    const SpecFacts* found = nullptr;
    const auto [first, last] = by_loose_id_.equal_range(loose_id(id));
    const auto [front, back] = by_item_.equal_range(item);
    for (auto one = first; one != last; ++one) {
      if (found != nullptr && found != one->second) return nullptr;
      found = one->second;
    }
    for (auto one = front; item != nullptr && one != back; ++one) {
      if (found != nullptr && found != one->second) return nullptr;
      found = one->second;
    }
    return found;
  }

 private:
  void make() {
    made_ = true;
    for (const SpecFacts& spec : repository_.specs()) {
      by_loose_id_.emplace(loose_id(spec.id), &spec);
      if (const ItemView* item = repository_.item_at(spec.work_item)) by_item_.emplace(item, &spec);
    }
  }

  const Repository& repository_;
  bool made_ = false;
  std::unordered_multimap<std::string, const SpecFacts*> by_loose_id_;
  std::unordered_multimap<const ItemView*, const SpecFacts*> by_item_;
};

void check_link(const Repository& repository, const BankView& file, const bank::Field* field,
                const ItemView* item, Renames& renames, LinkReport& report) {
  const std::string_view path = path_of(field);
  if (path.empty() || repository.exists(path)) return;
  Finding& finding = report.add(file, place_of_link(*field),
                                "the SDD Spec " + quoted_path(path) + " does not exist");
  const std::string id = place_of(path).stem;
  const auto moved = repository.specs_with_id(id);
  if (moved.size() == 1) {
    const std::string there = printable(moved[0]->path);
    finding.help = "the spec now lies in " + moved[0]->status_folder + "/: " + there;
    finding.fix = {Safety::kSafe, "write " + there};
    finding.fix->edits.push_back({finding.span, moved[0]->path});
  } else if (const SpecFacts* spec = moved.empty() ? renames.find(id, item) : nullptr) {
    finding.help = "the spec is now " + printable(spec->path);
    finding.fix = {Safety::kPlan, "write " + printable(spec->path)};
  } else if (moved.size() > 1) {
    finding.help = "the id lies in " + std::to_string(moved.size()) + " status folders (SDD114)";
  }
}

void check_sdd_links(const Repository& repository, LinkReport& report) {
  Renames renames(repository);
  for (const EntryView& view : repository.entries()) {
    check_link(repository, *view.file, view.entry->field(bank::Key::kSddSpec), view.item, renames,
               report);
  }
  for (const ItemView& view : repository.items()) {
    check_link(repository, *view.file, view.item->meta(bank::Meta::kSddSpec), &view, renames,
               report);
  }
}

}  // namespace

constinit const Rule kDeadSddLink = {
    .code = "SDD802",
    .name = "dead-sdd-link",
    .severity = Severity::kError,
    .fix = Safety::kSafe,
    .title = "an SDD Spec names a spec that does not exist there",
    .why =
        "A spec moves from folder to folder while it is worked on, and its id is sometimes mended; "
        "links to it stay behind. Where the spec lies now is told when there is one candidate.",
    .bad = {{{"meta/sdd/specs/completed/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-03T10:00:00Z",
  "metadata": {"work_item_spec": "meta/memory_bank/specs/work_items/2026-01-02__feature__demo.md"},
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "completed", "parent": null, "children": ["task-1-1"], "total_tasks": 1, "completed_tasks": 1, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "completed", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 1, "metadata": {"file_path": "a.py", "completed_at": "2026-01-03T10:00:00Z", "needs_journaling": false, "journaled_at": "2026-01-03T10:00:00Z"}}
  },
  "journal": [
    {"timestamp": "2026-01-03T10:00:00Z", "entry_type": "status_change", "title": "Task Completed: Write it", "author": "demo", "content": "Done.", "metadata": {}, "task_id": "task-1-1"}
  ]
})"},
             {"meta/memory_bank/specs/work_items/2026-01-02__feature__demo.md", R"(# Demo

## Meta

- Type: feature
- Status: done
- Owner: Ada
- Branch: `feature/demo`
- SDD Spec: `meta/sdd/specs/active/demo-2026-01-02-001.json`
- Created: 2026-01-02
- Updated: 2026-01-03
)"},
             {"meta/memory_bank/branch_updates/2026-01-03-feature-demo.md",
              R"(- [x] **[FEATURE]** Demo
  - Spec: `meta/memory_bank/specs/work_items/2026-01-02__feature__demo.md`
  - Owner: Ada
  - Branch: `feature/demo`
  - Done: 2026-01-03
  - Summary: It works.
  - Tests: `make test`
  - Risks: Low
)"}}},
    .good = {{{"meta/sdd/specs/completed/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-03T10:00:00Z",
  "metadata": {"work_item_spec": "meta/memory_bank/specs/work_items/2026-01-02__feature__demo.md"},
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "completed", "parent": null, "children": ["task-1-1"], "total_tasks": 1, "completed_tasks": 1, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "completed", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 1, "metadata": {"file_path": "a.py", "completed_at": "2026-01-03T10:00:00Z", "needs_journaling": false, "journaled_at": "2026-01-03T10:00:00Z"}}
  },
  "journal": [
    {"timestamp": "2026-01-03T10:00:00Z", "entry_type": "status_change", "title": "Task Completed: Write it", "author": "demo", "content": "Done.", "metadata": {}, "task_id": "task-1-1"}
  ]
})"},
              {"meta/memory_bank/specs/work_items/2026-01-02__feature__demo.md", R"(# Demo

## Meta

- Type: feature
- Status: done
- Owner: Ada
- Branch: `feature/demo`
- SDD Spec: `meta/sdd/specs/completed/demo-2026-01-02-001.json`
- Created: 2026-01-02
- Updated: 2026-01-03
)"},
              {"meta/memory_bank/branch_updates/2026-01-03-feature-demo.md",
               R"(- [x] **[FEATURE]** Demo
  - Spec: `meta/memory_bank/specs/work_items/2026-01-02__feature__demo.md`
  - Owner: Ada
  - Branch: `feature/demo`
  - Done: 2026-01-03
  - Summary: It works.
  - Tests: `make test`
  - Risks: Low
)"}}},
    .check = check_sdd_links};

}  // namespace sdd::rules
