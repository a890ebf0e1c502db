#include <algorithm>

#include "base/strings.h"
#include "rules/links/entry_places.h"
#include "rules/repository.h"
#include "rules/rule.h"

namespace sdd::rules {
namespace {

// Mangled paths are told by SDD613.
bool is_mangled(const bank::TaskEntry& entry, const bank::Field& field) {
  return std::any_of(
      entry.irregularities.begin(), entry.irregularities.end(), [&](const auto& odd) {
        return odd.kind == bank::Irregularity::Kind::kMangledPath &&
               odd.where.begin >= field.whole.begin && odd.where.end() <= field.whole.end();
      });
}

// What tells a work item from others: date and type, the same for many, are left out.
std::string_view slug_of(std::string_view path) {
  const std::string_view slug = bank::item_name_of(path).slug;
  return slug.empty() ? path.substr(path.rfind('/') + 1) : slug;
}

// Finds the work item that a dead link was meant to name. Comparing costs time: it ends after a
// number of pairs that no real repository comes near.
class NearestItem {
 public:
  explicit NearestItem(const Repository& repository) {
    for (const ItemView& item : repository.items()) {
      slugs_.push_back(slug_of(item.file->path));
      paths_.push_back(item.file->path);
    }
  }

  // "did you mean 'meta/…/2026-01-02__bugfix__x.md'?", or "" when there is not just one.
  std::string question(std::string_view path) {
    if (pairs_left_ < slugs_.size()) return {};
    pairs_left_ -= slugs_.size();
    const std::vector<std::string> slugs = nearest(slug_of(path), slugs_, 1);
    if (slugs.empty() || std::count(slugs_.begin(), slugs_.end(), slugs[0]) != 1) return {};
    const auto at = std::find(slugs_.begin(), slugs_.end(), slugs[0]) - slugs_.begin();
    return "did you mean " + quoted_path(paths_[static_cast<std::size_t>(at)]) + "?";
  }

 private:
  std::vector<std::string_view> slugs_;
  std::vector<std::string_view> paths_;
  std::size_t pairs_left_ = 200'000;
};

void check_spec_links(const Repository& repository, LinkReport& report) {
  NearestItem nearest_item(repository);
  for (const EntryView& view : repository.entries()) {
    const bank::Field* field = view.entry->field(bank::Key::kSpec);
    const std::string_view path = path_of(field);
    if (path.empty() || repository.exists(path) || is_mangled(*view.entry, *field)) continue;
    Finding& finding =
        report.add(*view.file, place_of_link(*field),
                   "the entry's Spec names " + quoted_path(path) + ", and there is no such file");
    finding.help = nearest_item.question(path);
  }
}

}  // namespace

constinit const Rule kDeadSpecLink = {
    .code = "SDD801",
    .name = "dead-spec-link",
    .severity = Severity::kError,
    .fix = Safety::kNone,
    .title = "an entry's Spec names a file that does not exist",
    .why =
        "Whoever reads the log finds no work item behind the entry: it was renamed, never "
        "committed, or its name was mistyped.",
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

- [x] **[FEATURE]** More
  - Spec: `meta/memory_bank/specs/work_items/2026-01-03__feature__more.md`
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
    .check = check_spec_links};

}  // namespace sdd::rules
