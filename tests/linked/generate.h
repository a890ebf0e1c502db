// make_model(): a small repository in which everything agrees, by chance of a seed: works that are
// done, under way and still to come, with and without a spec; their entries in logs of one or
// several branches and in current_tasks.md; claims that are true; guides, templates, older tasks.
//
// The specs are those of the benchmarks' generator, so that they have their journal, too.
#pragma once

#include <fmt/format.h>

#include <array>
#include <string>
#include <utility>
#include <vector>

#include "bench/document.h"
#include "bench/plan.h"
#include "bench/random.h"
#include "bench/text.h"
#include "linked/model.h"

namespace sdd::test::linked {

class Maker {
 public:
  explicit Maker(std::uint64_t seed) : random_(seed), prose_(seed % 3 == 0 ? 30 : 0) {}

  Model make() {
    model_.logs.push_back(tasks());
    add_work("completed", true);
    add_work("completed", true);
    add_work("active", false);
    add_work("pending", false);
    add_work("", true);
    add_work("", false);
    for (std::size_t i = random_.below(3); i > 0; --i) add_work("completed", true);
    add_guides();
    return std::move(model_);
  }

 private:
  static constexpr bench::Micros kDay = bench::Micros{86'400} * 1'000'000;

  static std::string day(bench::Micros at) { return bench::timestamp(at).substr(0, 10); }

  void add_work(const std::string& folder, bool done) {
    const std::size_t number = model_.works.size();
    Work work;
    work.generated = static_cast<bench::Micros>(20'495 + 4 * number) * kDay +
                     static_cast<bench::Micros>(random_.below(60'000)) * 1'000'000;
    work.updated = work.generated + static_cast<bench::Micros>(random_.below(2)) * kDay;
    work.folder = folder;
    work.done = done;
    slug_ = bench::slug(random_) + "-" + std::to_string(number);
    type_ = random_.pick(std::array{"feature", "bugfix", "docs", "refactor"});
    work.spec_id = fmt::format("{}-{}-{:03}", slug_, day(work.generated), number);
    work.item = day(work.generated) + "__" + type_ + "__" + slug_ + ".md";
    if (work.has_spec()) make_spec(work);
    make_item(work);
    model_.works.push_back(std::move(work));
    add_entries(number);
  }

  void make_spec(Work& work) {
    const auto folder = work.folder == "completed" ? bench::Folder::kCompleted
                        : work.folder == "active"  ? bench::Folder::kActive
                                                   : bench::Folder::kPending;
    const bench::Plan plan =
        bench::make_plan(random_, prose_, {random_.between(6, 12), folder, work.generated});
    const bool top_level = random_.chance(20);
    work.spec =
        bench::make_document(random_, prose_, plan, {work.spec_id, random_.chance(50), top_level});
    *work.spec.find("metadata")->find("work_item_spec") = bench::Value::text(work.item_path());
    work.style.escape_non_ascii = random_.chance(70);
    work.style.short_lists_inline = random_.chance(20);
    work.style.final_newline = random_.chance(60);
    work.updated = plan.last_updated;
    work.closed = plan.completed;
    work.total = plan.nodes[0].total;
    for (const bench::PlannedNode& node : plan.nodes) {
      if (node.children.empty() && node.completed_at != 0) work.done_leaves.push_back(node.id);
    }
  }

  void make_item(Work& work) {
    const std::string status =
        work.done ? random_.pick(std::array{"done", "completed", "Done"})
        : work.folder == "pending"
            ? "draft"
            : random_.pick(std::array{"active", "in_progress", "In progress", "blocked"});
    const std::string spec = work.has_spec() ? "`" + work.spec_path() + "`" : "N/A";
    work.meta = {
        "- Type: " + type_,
        "- Status: " + status,
        "- Owner: " + bench::owner(random_),
        "- Branch: `" + type_ + "/" + slug_ + "`",
        (random_.chance(50) ? "- SDD Spec: " : "- SDD Spec (JSON, required for non-trivial): ") +
            spec,
        "- Created: " + day(work.generated),
        "- Updated: " + day(work.updated)};
    for (std::size_t i = random_.between(1, 4); i > 0; --i) {
      work.criteria.push_back((work.done ? "- [x] " : "- [ ] ") + prose_.sentence(random_, 40));
    }
    work.text = "## Context\n\n" + prose_.sentence(random_, 120) + "\nSee `" + kBank +
                "guides/how.md`" + (work.has_spec() ? " and `" + work.spec_path() + ":1`" : "") +
                ".\n";
    work.snippet = entry(work, 0, !random_.chance(50), work.updated, "Proposed");
  }

  // One entry about a work. The snippet of a work item is of no `number`.
  Entry entry(const Work& work, std::size_t number, bool done, bench::Micros at,
              const std::string& step) {
    Entry entry;
    entry.work = number;
    entry.done = done;
    entry.lines = {fmt::format("- [{}] **[{}]** {} {} ({})", done ? 'x' : ' ',
                               random_.chance(50) ? "BUG][BILLING" : "FEATURE", step,
                               prose_.phrase(random_, 30), slug_),
                   "  - Spec: `" + work.item_path() + "`"};
    if (work.has_spec() && random_.chance(40)) {
      entry.lines.push_back("  - SDD Spec: `" + work.spec_path() + "`");
    }
    entry.lines.push_back("  - Owner: " + bench::owner(random_));
    entry.lines.push_back("  - Branch: `" + type_ + "/" + slug_ + "`");
    entry.lines.push_back((done ? "  - Done: " : "  - Started: ") + day(at));
    entry.lines.push_back("  - Summary: " + prose_.sentence(random_, 150) + claim(work));
    entry.lines.push_back("  - Tests: `make test`, `grep -c '{}' \\`, 12/13 passed");
    if (random_.chance(30)) entry.lines.push_back("  - Next: nothing\n    - at all");
    entry.lines.push_back("  - Risks: Low (1/2 of them known)");
    return entry;
  }

  // A count that is true, or nothing.
  std::string claim(const Work& work) {
    if (work.folder != "completed" || !random_.chance(50)) return "";
    const char* form = random_.pick(std::array{" SDD spec ({0}/{0}).", " SDD-спек ({0}/{0})!",
                                               " The spec progress is now {0}/{0} (100%).",
                                               " SDD {0}/{0} closed."});
    return fmt::format(fmt::runtime(form), work.total);
  }

  void add_entries(std::size_t number) {
    const Work& work = model_.works[number];
    if (work.folder == "pending" && random_.chance(50)) return;
    // The works without a spec share a log of a detached head.
    const bool shared = !work.has_spec();
    const bench::Micros first = shared ? 0 : work.generated;
    if (random_.chance(60) && !shared) {
      put(entry(work, number, true, first, "First"), log_of(first));
    }
    const bench::Micros last = shared ? model_.works[number].generated : work.updated;
    Entry closing = entry(work, number, work.done, last, "Last");
    if (shared) closing.set("Branch", "`HEAD (no branch)`");
    if (work.has_spec() && number > 0 && random_.chance(25)) {
      std::vector<Entry>& current = model_.logs.front().entries;
      current.insert(current.begin(), std::move(closing));
    } else {
      put(std::move(closing), shared ? shared_log() : log_of(last));
    }
  }

  std::string log_of(bench::Micros at) {
    return "branch_updates/" + day(at) + "-" + type_ + "-" + slug_ + ".md";
  }

  static std::string shared_log() { return "branch_updates/2026-01-01-head-no-branch.md"; }

  void put(Entry entry, const std::string& name) {
    for (Log& log : model_.logs) {
      if (log.name == name) return log.entries.push_back(std::move(entry));
    }
    Log& log = model_.logs.emplace_back();
    log.name = name;
    log.head = random_.pick(std::array{"", "### Done\n\n", "# Log\n\nSome words.\n\n", "# Log\n"});
    log.tail = random_.pick(std::array{"", "\n- [x] a checklist line\n", "\n## Notes\n\nNone.\n"});
    log.entries.push_back(std::move(entry));
  }

  static Log tasks() {
    return {kCurrentTasks,
            "# Current tasks\n\n## Done\n\n",
            "\n## Older\n\n- [x] **[BUG]** Older task\n  - **Spec**: `lost.md`\n- [ ] Decide\n",
            {}};
  }

  void add_guides() {
    model_.others[kBank + "README.md"] =
        "- [ ] **[TAG]** Title\n  - Spec: `" + kItems + "gone.md`\n  - Owner: you\n";
    model_.others[kItems + "_template.md"] = "# Title\n\n- Status: draft | active | done\n";
    model_.others[kBank + "guides/how.md"] = "Write `" + kBank +
                                             "branch_updates/YYYY-MM-DD-<slug>.md`, see `" + kBank +
                                             "README.md` and `src/gone.cc`.\n";
    model_.others[kBank + "branch_updates/2026-01-01-notes.md"] = "# Operations\n\n- Spec: x\n";
    model_.others[kSpecs + "active/contracts/notes.json"] = "no spec";
  }

  bench::Random random_;
  bench::Prose prose_;
  Model model_;
  std::string slug_;  // of the work in the making
  std::string type_;
};

inline Model make_model(std::uint64_t seed) { return Maker(seed).make(); }

}  // namespace sdd::test::linked
