// 1. List the specs and files of the bank that the merge and each parent have, by their blobs;
// where
//    the merge has a parent's blob nothing of it can be missing.
// 2. For each other version of a parent: which entries, completions and entries of the bank does
// the
//    merge lack?
// 3. Of those, what another parent removed is no loss: a base of the two has it, the other has not.
#include "workspace/merge_loss.h"

#include <fmt/core.h>

#include <algorithm>
#include <set>
#include <utility>

#include "base/strings.h"
#include "json/scan.h"
#include "rules/engine.h"
#include "rules/table.h"
#include "spec/outline.h"
#include "workspace/compare.h"
#include "workspace/merge_sides.h"

namespace sdd::workspace {
namespace {

constexpr std::size_t kShortId = 10;
constexpr std::size_t kMostCommits = 100'000;

std::string shortened(const std::string& commit) { return commit.substr(0, kShortId); }

using SpecPointer = std::shared_ptr<const SpecVersion>;
using Specs = std::vector<SpecPointer>;  // the versions of one id in one commit

class MergeCheck {
 public:
  MergeCheck(const Layout& layout, const git::Repository& repository)
      : layout_(layout),
        repository_(repository),
        blobs_(repository, layout.config().limits),
        sides_(repository, below_top(repository, layout.specs_dir()),
               below_top(repository, layout.bank_dir())) {}

  Result<CheckedMerge> run(const std::string& revision);

 private:
  void check_spec(std::size_t parent, const std::string& id);
  void check_whole_spec(std::size_t parent, const std::string& id);
  void check_entries(std::size_t parent, const std::string& id, const SpecVersion& had,
                     const Specs& now);
  void check_completions(std::size_t parent, const std::string& id, const SpecVersion& had,
                         const Specs& now);
  void check_bank(std::size_t parent);
  void check_bank_entry(std::size_t parent, const BankVersion& had, const BankVersion::Name& name,
                        const bank::TaskEntry& entry);

  Specs versions(const MergeSide& side, const std::string& id);
  const bank::TaskEntry* bank_entry(const MergeSide& side, const BankVersion::Name& name,
                                    const SourceText** source = nullptr);
  bool tell_damage(const std::string& id, const Specs& now);
  report::FileReport& report_on(const std::string& path);
  void tell(const SourceText& source, rules::Finding finding);
  rules::Finding finding_of(std::size_t parent, const std::string& what,
                            const std::string& path) const;
  void not_compared(std::string line);
  void missing_object(const Error& error);
  std::string parent_name(std::size_t parent) const;

  const Layout& layout_;
  const git::Repository& repository_;
  Blobs blobs_;
  CheckedMerge checked_;
  MergeSides sides_;
  std::set<std::string> damaged_;  // ids whose damage is told
};

void MergeCheck::not_compared(std::string line) {
  checked_.not_compared.push_back(std::move(line));
}

void MergeCheck::missing_object(const Error& error) {
  checked_.complete = false;
  const char* why = repository_.is_shallow() ? " (this clone is shallow)" : "";
  not_compared(printable(error.message) + why);
}

Specs MergeCheck::versions(const MergeSide& side, const std::string& id) {
  Specs found;
  const auto files = side.specs.find(id);
  if (files == side.specs.end()) return found;
  for (const git::TreeFile& file : files->second) {
    auto version = blobs_.spec(file);
    if (version) {
      found.push_back(std::move(*version));
    } else {
      missing_object(version.error());
    }
  }
  return found;
}

std::string MergeCheck::parent_name(std::size_t parent) const {
  return fmt::format("parent {} ({})", parent + 1, shortened(checked_.parents[parent]));
}

report::FileReport& MergeCheck::report_on(const std::string& path) {
  const std::string file = (repository_.top_level() / path).string();
  const std::string shown = layout_.shown(file);
  for (report::FileReport& report : checked_.reports) {
    if (report.path == shown) return report;
  }
  report::FileReport& report = checked_.reports.emplace_back();
  report.path = shown;
  report.file = file;
  report.spec_id = rules::place_of(path).stem;
  return report;
}

void MergeCheck::tell(const SourceText& source, rules::Finding finding) {
  report_on(source.path()).findings.push_back(report::locate(source, std::move(finding), false));
}

rules::Finding MergeCheck::finding_of(std::size_t parent, const std::string& what,
                                      const std::string& path) const {
  rules::Finding finding;
  finding.rule = rules::find_rule("SDD907");
  finding.severity = finding.rule->severity;
  finding.message = fmt::format("merge {} lacks {}, which {} has", shortened(checked_.commit), what,
                                parent_name(parent));
  finding.help =
      fmt::format("`git show {}:{}` has it", shortened(checked_.parents[parent]), printable(path));
  return finding;
}

// Whether all versions in the merge are damaged; that is told instead of what they lack.
bool MergeCheck::tell_damage(const std::string& id, const Specs& now) {
  if (now.empty() ||
      std::any_of(now.begin(), now.end(), [](const SpecPointer& one) { return one->whole; })) {
    return false;
  }
  if (!damaged_.insert(id).second) return true;
  const SourceText& source = now.front()->source;
  rules::Finding finding;
  finding.rule = rules::find_rule("SDD907");
  finding.severity = finding.rule->severity;
  finding.message = fmt::format("merge {} left a damaged spec", shortened(checked_.commit));
  if (const auto damage = json::scan(source.bytes(), layout_.config().limits)) {
    finding.message += ": " + damage->message;
    finding.span = damage->span;
  }
  tell(source, std::move(finding));
  return true;
}

// 2.
void MergeCheck::check_spec(std::size_t parent, const std::string& id) {
  const auto now_files = sides_.merge().specs.find(id);
  if (now_files == sides_.merge().specs.end()) return check_whole_spec(parent, id);
  std::set<std::string> blobs;
  for (const git::TreeFile& file : now_files->second) blobs.insert(file.blob);
  for (const git::TreeFile& file : sides_.parents()[parent].specs.at(id)) {
    if (blobs.contains(file.blob)) continue;
    const auto had = blobs_.spec(file);
    if (!had) {
      missing_object(had.error());
      continue;
    }
    if (!(*had)->whole) {
      not_compared(fmt::format("{} is damaged in {}", printable(file.path), parent_name(parent)));
      continue;
    }
    const Specs now = versions(sides_.merge(), id);
    if (now.empty() || tell_damage(id, now)) continue;
    check_entries(parent, id, **had, now);
    check_completions(parent, id, **had, now);
  }
}

void MergeCheck::check_whole_spec(std::size_t parent, const std::string& id) {
  const auto has = [&](const MergeSide& side) { return side.specs.contains(id); };
  if (sides_.removed_elsewhere(parent, has)) return;
  const git::TreeFile& file = sides_.parents()[parent].specs.at(id).front();
  const auto had = blobs_.spec(file);
  if (!had) return missing_object(had.error());
  tell((*had)->source,
       finding_of(parent,
                  fmt::format("the spec {} with {} and {}", sdd::quote(id),
                              counted((*had)->entries.size(), "journal entry"),
                              counted((*had)->completed_leaves.size(), "completed task")),
                  file.path));
}

void MergeCheck::check_entries(std::size_t parent, const std::string& id, const SpecVersion& had,
                               const Specs& now) {
  for (const auto& [entry_key, position] : had.entries) {
    const std::string& key = entry_key;
    const auto in = [&](const SpecPointer& one) { return one->entries.contains(key); };
    const auto has = [&](const MergeSide& side) {
      const Specs all = versions(side, id);
      return std::any_of(all.begin(), all.end(), in);
    };
    if (std::any_of(now.begin(), now.end(), in)) continue;
    if (sides_.removed_elsewhere(parent, has)) {
      continue;
    }
    const spec::JournalEntry& entry = had.spec.journal()[position];
    const std::string_view task = entry.task_id().string();
    const std::string about = task.empty() ? "" : fmt::format(" ({})", printable(task));
    rules::Finding finding =
        finding_of(parent,
                   fmt::format("the journal entry {}{} of {}", sdd::quote(entry.title().string()),
                               about, printable(entry.timestamp().string())),
                   had.source.path());
    const SpecVersion& there = *now.front();
    const json::Value place =
        there.spec.journal_value ? there.spec.journal_value : there.tree.root();
    finding.span = {place.span().begin, place.span().begin + 1};
    finding.pointer = there.tree.pointer(place);
    finding.node = task;
    tell(there.source, std::move(finding));
  }
}

void MergeCheck::check_completions(std::size_t parent, const std::string& id,
                                   const SpecVersion& had, const Specs& now) {
  for (const std::string& node_id : had.completed_leaves) {
    // A task that has become a group is as complete as its children are.
    const auto done = [&](const SpecPointer& one) {
      const spec::Node* node = one->spec.find(node_id);
      return node != nullptr && (node->status == spec::Status::kCompleted || !node->is_leaf());
    };
    const auto has = [&](const MergeSide& side) {
      const Specs all = versions(side, id);
      return std::any_of(all.begin(), all.end(), done);
    };
    if (std::any_of(now.begin(), now.end(), done)) continue;
    if (sides_.removed_elsewhere(parent, has)) {
      continue;
    }
    const SpecVersion& there = *now.front();
    const spec::Node* node = there.spec.find(node_id);
    const std::string now_is =
        node == nullptr ? "is gone" : fmt::format("is {} now", printable(spec::status_word(*node)));
    rules::Finding finding =
        finding_of(parent, fmt::format("the completion of {} ({})", sdd::quote(node_id), now_is),
                   had.source.path());
    const json::Value place = node == nullptr ? there.tree.root() : node->value;
    finding.span =
        node == nullptr ? Span{place.span().begin, place.span().begin + 1} : node->key.span();
    finding.pointer = there.tree.pointer(place);
    finding.node = node_id;
    tell(there.source, std::move(finding));
  }
}

// The entry of that name in a commit; a done one where there are several.
const bank::TaskEntry* MergeCheck::bank_entry(const MergeSide& side, const BankVersion::Name& name,
                                              const SourceText** source) {
  const bank::TaskEntry* found = nullptr;
  for (const auto& [file_name, file] : side.bank) {
    const auto version = blobs_.bank(file, file_name);
    if (!version) {
      missing_object(version.error());
      continue;
    }
    const auto entry = (*version)->entries.find(name);
    if (entry == (*version)->entries.end() || (found != nullptr && !entry->second->done)) continue;
    found = entry->second;
    if (source != nullptr) *source = &(*version)->source;
  }
  return found;
}

void MergeCheck::check_bank(std::size_t parent) {
  for (const auto& [name, file] : sides_.parents()[parent].bank) {
    const auto same = sides_.merge().bank.find(name);
    if (same != sides_.merge().bank.end() && same->second.blob == file.blob) continue;
    const auto had = blobs_.bank(file, name);
    if (!had) {
      missing_object(had.error());
      continue;
    }
    for (const auto& [known, entry] : (*had)->entries) {
      check_bank_entry(parent, **had, known, *entry);
    }
  }
}

void MergeCheck::check_bank_entry(std::size_t parent, const BankVersion& had,
                                  const BankVersion::Name& name, const bank::TaskEntry& entry) {
  const SourceText* source = &had.source;
  const bank::TaskEntry* now = bank_entry(sides_.merge(), name, &source);
  if (now != nullptr && (now->done || !entry.done)) return;
  // What is looked for: the entry, or its tick.
  const bool tick = now != nullptr;
  const auto has = [&](const MergeSide& side) {
    const bank::TaskEntry* there = bank_entry(side, name);
    return there != nullptr && (!tick || there->done);
  };
  if (sides_.removed_elsewhere(parent, has)) return;
  rules::Finding finding =
      finding_of(parent,
                 fmt::format("the {} {}", tick ? "tick of the task entry" : "task entry",
                             sdd::quote(name.first)),
                 had.source.path());
  finding.span = (tick ? *now : entry).head().span();
  tell(tick ? *source : had.source, std::move(finding));
}

Result<CheckedMerge> MergeCheck::run(const std::string& revision) {
  if (!sides_.has_folders()) {
    return fail(ErrorKind::kNotRepository,
                "the specs lie outside of the git repository's work tree");
  }
  const auto commit = repository_.commit(revision);
  if (!commit) return tl::unexpected(commit.error());
  checked_.commit = *commit;
  auto parents = repository_.parents(*commit);
  if (!parents) return tl::unexpected(parents.error());
  checked_.parents = std::move(*parents);
  if (checked_.parents.empty() && repository_.is_shallow()) {
    checked_.complete = false;
    not_compared("this shallow clone ends at the commit; `git fetch --deepen=1` gets its parents");
  }
  if (checked_.parents.size() < 2) return std::move(checked_);
  const auto read = sides_.read(checked_.commit, checked_.parents);
  if (!read) {
    missing_object(read.error());
    return std::move(checked_);
  }
  for (std::size_t parent = 0; parent < sides_.parents().size(); ++parent) {
    for (const auto& [id, files] : sides_.parents()[parent].specs) check_spec(parent, id);
    check_bank(parent);
  }
  const auto by_path = [](const report::FileReport& a, const report::FileReport& b) {
    return a.path < b.path;
  };
  std::stable_sort(checked_.reports.begin(), checked_.reports.end(), by_path);
  return std::move(checked_);
}

}  // namespace

std::size_t CheckedMerge::losses() const {
  std::size_t count = 0;
  for (const report::FileReport& report : reports) count += report.findings.size();
  return count;
}

Result<CheckedMerge> check_merge(const Layout& layout, const git::Repository& repository,
                                 const std::string& revision) {
  return MergeCheck(layout, repository).run(revision);
}

Result<std::vector<std::string>> merges_in(const git::Repository& repository,
                                           const std::string& range) {
  const std::size_t dots = range.find("..");
  if (dots == std::string::npos) {
    auto commit = repository.commit(range);
    if (!commit) return tl::unexpected(commit.error());
    return std::vector<std::string>{std::move(*commit)};
  }
  if (range.compare(dots, 3, "...") == 0) {
    return fail(ErrorKind::kUsage, sdd::quote(range) + ": a range is 'A..B'");
  }
  const auto named = [](const std::string& name) {
    return name.empty() ? std::string("HEAD") : name;
  };
  auto commits = repository.commits_between({named(range.substr(0, dots))},
                                            named(range.substr(dots + 2)), kMostCommits);
  if (!commits) return tl::unexpected(commits.error());
  std::vector<std::string> merges;
  for (std::string& commit : *commits) {
    const auto parents = repository.parents(commit);
    if (!parents) return tl::unexpected(parents.error());
    const bool cut_off = parents->empty() && repository.is_shallow();
    if (parents->size() > 1 || cut_off) merges.push_back(std::move(commit));
  }
  return merges;
}

}  // namespace sdd::workspace
