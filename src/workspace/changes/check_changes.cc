// 1. Ask git which specs and files of the memory bank differ.
// 2. Check each changed spec by itself, and against the version that it continues.
// 3. Check each changed Markdown file by itself; see which entries are gone from the whole bank.
// 4. Follow the links from and to what changed.
#include "workspace/changes/check_changes.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>
#include <utility>

#include "bank/entry_edits.h"
#include "rules/bank_engine.h"
#include "rules/engine.h"
#include "rules/versions.h"
#include "workspace/changes/bank_state.h"
#include "workspace/changes/changed_files.h"
#include "workspace/changes/linked_files.h"
#include "workspace/document_facts.h"

namespace sdd::workspace {
namespace {

using report::FileReport;

// What links ask of a spec; its link's place is no part of it.
bool same_facts(const rules::SpecFacts& a, const rules::SpecFacts& b) {
  return a.path == b.path && a.readable == b.readable && a.complete == b.complete &&
         a.root_status == b.root_status && a.total == b.total && a.completed == b.completed &&
         a.last_updated == b.last_updated && a.work_item == b.work_item;
}

class ChangeCheck {
 public:
  ChangeCheck(const ChangeScope& scope, CheckRun run, GitFolders folders)
      : scope_(scope),
        run_(std::move(run)),
        folders_(std::move(folders)),
        now_(scope.backwards ? scope.before : scope.now),
        bank_(folders_, now_, run_.engine.limits.max_bytes) {}

  Result<RepositoryCheck> check() {
    const bool everything = run_.engine.purpose == rules::Purpose::kCheck;
    std::vector<std::string> below;
    if (!folders_.specs.empty()) below.push_back(folders_.specs);
    if (everything && !folders_.bank.empty()) below.push_back(folders_.bank);
    if (below.empty()) return std::move(check_);
    auto changes = scope_.repository.changes(scope_.before.state(), scope_.now.state(), below);
    if (!changes) return tl::unexpected(changes.error());
    if (scope_.backwards) turn_round(*changes);
    auto specs = read_changed_specs(folders_, *changes, scope_.before, now_, run_.engine.limits);
    if (!specs) return tl::unexpected(specs.error());
    specs_ = std::move(*specs);
    check_specs_alone();
    if (!everything) return std::move(check_);
    if (compares()) compare_specs();
    const auto listed = bank_.list();
    if (!listed) return tl::unexpected(listed.error());
    check_bank_files(*changes);
    if (compares()) {
      const auto compared = compare_bank(*changes);
      if (!compared) return tl::unexpected(compared.error());
      for (auto& found : rules::check_versions(versions_, run_.engine.selection)) {
        add(report_of(found.path), SourceText(found.path, ""), std::move(found.finding));
      }
    }
    const auto linked = follow_links();
    if (!linked) return tl::unexpected(linked.error());
    finish();
    return std::move(check_);
  }

 private:
  bool compares() const { return scope_.history && !scope_.backwards; }

  static void turn_round(std::vector<git::PathChange>& changes) {
    for (git::PathChange& change : changes) {
      change.after = std::exchange(change.before, "");
      change.is_there = !change.after.empty();
    }
  }

  // The report of a file, by its path relative to the root.
  FileReport& report_of(const std::string& path) {
    const std::string file = folders_.absolute(folders_.in_git(path));
    const auto [known, is_new] = by_file_.emplace(file, check_.reports.size());
    if (is_new) {
      FileReport& report = check_.reports.emplace_back();
      report.file = file;
      report.path = run_.shown(file);
    }
    return check_.reports[known->second];
  }

  void add(FileReport& report, const SourceText& source, rules::Finding finding) const {
    report.findings.push_back(report::locate(source, std::move(finding), run_.with_excerpts));
  }

  // Files of the same id in other folders, told once: at the first of them in lookup order.
  std::vector<std::string> twins_of(const SpecPath& spec,
                                    const std::set<std::string>& changed) const {
    std::vector<std::string> twins;
    bool is_first = true;
    for (const std::string_view folder : rules::kStatusFolders) {
      const std::string path = folders_.specs + "/" + std::string(folder) + "/" + spec.id + ".json";
      if (folder == spec.status_folder) {
        is_first = false;
      } else if (now_.exists(path)) {
        if (is_first && changed.contains(path)) return {};
        twins.push_back(folders_.in_root(path));
      }
    }
    return twins;
  }

  void check_specs_alone() {
    std::vector<SpecPath> places;
    std::vector<std::vector<std::string>> twins;
    std::unordered_map<std::string, const std::string*> bytes;
    std::set<std::string> changed;
    for (const auto& spec : specs_.now) changed.insert(spec->path);
    for (const auto& spec : specs_.now) {
      places.push_back(*spec_at(folders_, spec->path));
      twins.push_back(twins_of(places.back(), changed));
      bytes.emplace(places.back().file, &spec->bytes);
    }
    run_.jobs = 1;
    run_.lost_updates = nullptr;
    run_.linked = [this](const std::string& file) {
      return folders_.in_root(file.substr(folders_.top.size()));
    };
    run_.read = [&](const std::string& file, std::size_t, std::string& into) -> Result<void> {
      into = *bytes.at(file);
      return {};
    };
    check_.reports = check_specs(places, twins, run_, &facts_);
    for (std::size_t i = 0; i < check_.reports.size(); ++i) {
      by_file_.emplace(check_.reports[i].file, i);
    }
    check_.summary.specs = specs_.now.size();
    check_.summary.files = specs_.now.size();
  }

  void compare_specs() {
    std::vector<rules::VersionedSpec> before;
    std::vector<rules::VersionedSpec> now;
    for (const auto& spec : specs_.before) before.push_back(spec->view(folders_));
    for (const auto& spec : specs_.now) now.push_back(spec->view(folders_));
    const auto pairs = rules::pair_specs(before, now);
    for (std::size_t i = 0; i < before.size(); ++i) {
      if (!pairs[i]) {
        if (!lies_elsewhere(before[i])) versions_.gone.push_back(before[i]);
        continue;
      }
      const rules::VersionedSpec& after = now[*pairs[i]];
      if (before[i].spec == nullptr || after.spec == nullptr) continue;
      const SourceText source(after.path, specs_.now[*pairs[i]]->bytes);
      for (rules::Finding& finding : rules::check_spec_versions(
               {source, *before[i].spec, *after.spec}, run_.engine.selection)) {
        add(report_of(after.path), source, std::move(finding));
      }
    }
  }

  // Whether a file of that id, which did not change, lies in another folder.
  bool lies_elsewhere(const rules::VersionedSpec& spec) const {
    return std::any_of(
        std::begin(rules::kStatusFolders), std::end(rules::kStatusFolders),
        [&](std::string_view folder) {
          return now_.exists(folders_.specs + "/" + std::string(folder) + "/" + spec.id + ".json");
        });
  }

  void check_bank_files(const std::vector<git::PathChange>& changes) {
    rules::BankOptions options;
    options.selection = run_.engine.selection;
    options.exists = [this](std::string_view path) {
      const std::string in_git = folders_.in_git(path);
      return !in_git.empty() && now_.exists(in_git);
    };
    for (const git::PathChange& change : changes) {
      if (!is_bank_file(folders_, change.path)) continue;
      versions_.changed.push_back(folders_.in_root(change.path));
      const auto file = bank_.at(change.path);
      if (!file) continue;
      changed_.bank_files.push_back(change.path);
      ++check_.summary.files;
      FileReport& report = report_of(folders_.in_root(change.path));
      const BankDocument* document = bank_.document(*file);
      if (document == nullptr) {
        tell_unreadable(report, Error{ErrorKind::kIo, "cannot read " + change.path, {}},
                        run_.engine.selection);
        continue;
      }
      auto findings = rules::check_document(document->source, document->document, options);
      report.damaged = rules::is_damaged_text(findings);
      for (rules::Finding& finding : findings) add(report, document->source, std::move(finding));
    }
    versions_.bank_folder = folders_.bank.empty() ? "" : folders_.in_root(folders_.bank);
    versions_.branch = scope_.branch;
    versions_.integration_branch = scope_.layout.config().integration_branch;
  }

  // Entries of changed files that are not there any more, unless another file has them now, or the
  // same file has one about the same work that is new.
  Result<void> compare_bank(const std::vector<git::PathChange>& changes) {
    for (const git::PathChange& change : changes) {
      if (!is_bank_file(folders_, change.path) || change.before.empty()) continue;
      auto bytes = scope_.before.read(change.path, change.before, run_.engine.limits.max_bytes);
      if (!bytes) return tl::unexpected(bytes.error());
      if (!*bytes) continue;
      const BankDocument before(
          folders_.in_root(change.path), std::move(**bytes),
          bank::kind_of(std::string_view(change.path).substr(folders_.bank.size() + 1)));
      const auto file = bank_.at(change.path);
      find_gone(before, file ? bank_.document(*file) : nullptr);
    }
    return {};
  }

  void find_gone(const BankDocument& before, const BankDocument* now) {
    std::set<std::string> had;
    for (const bank::TaskEntry& entry : before.document.entries()) {
      had.insert(bank::identity_of(entry).title);
    }
    std::set<std::pair<std::string, std::optional<bank::Date>>> edited;
    std::set<std::string> has;
    if (now != nullptr) {
      for (const bank::TaskEntry& entry : now->document.entries()) {
        const bank::EntryIdentity identity = bank::identity_of(entry);
        has.insert(identity.title);
        if (!had.contains(identity.title)) edited.emplace(identity.spec, identity.date);
      }
    }
    for (const bank::TaskEntry& entry : before.document.entries()) {
      const bank::EntryIdentity identity = bank::identity_of(entry);
      const bool is_there = has.contains(identity.title) ||
                            edited.contains({identity.spec, identity.date}) ||
                            stands_elsewhere(identity);
      if (!is_there) versions_.entries.push_back({before.source.path(), identity.title});
    }
  }

  bool stands_elsewhere(const bank::EntryIdentity& wanted) {
    for (const std::size_t file : bank_.naming({wanted.title})) {
      const BankDocument* document = bank_.document(file);
      if (document == nullptr) continue;
      const auto& entries = document->document.entries();
      const bool has = std::any_of(entries.begin(), entries.end(), [&](const auto& entry) {
        return bank::identity_of(entry).title == wanted.title;
      });
      if (has) return true;
    }
    return false;
  }

  // The ids of specs that links may judge differently than before.
  void find_changed_facts() {
    std::map<std::string, rules::SpecFacts> before;
    for (const auto& spec : specs_.before) {
      const SpecPath place = *spec_at(folders_, spec->path);
      auto facts =
          rules::facts_of(spec->whole ? &spec->spec : nullptr, {place.id, place.status_folder, {}},
                          folders_.in_root(spec->path));
      std::string path = facts.path;
      before.emplace(std::move(path), std::move(facts));
    }
    std::set<std::string> ids;
    for (const rules::SpecFacts& now : facts_) {
      const auto same = before.find(now.path);
      if (same == before.end() || !same_facts(same->second, now)) ids.insert(now.id);
      if (same != before.end()) before.erase(same);
    }
    for (const auto& [path, gone] : before) ids.insert(gone.id);
    changed_.spec_ids.assign(ids.begin(), ids.end());
  }

  Result<void> follow_links() {
    find_changed_facts();
    changed_.specs = facts_;
    auto linked = find_linked(folders_, now_, bank_, std::move(changed_),
                              scope_.layout.root().string(), run_.engine.limits);
    if (!linked) return tl::unexpected(linked.error());
    for (auto& found : rules::check_links(*linked->view, run_.engine.selection)) {
      const auto file = bank_.at(folders_.in_git(found.path));
      if (file && linked->told.contains(*file)) {
        add(report_of(found.path), bank_.document(*file)->source, std::move(found.finding));
      } else if (linked->told_specs.contains(found.path)) {
        add(report_of(found.path), source_of_spec(found.path), std::move(found.finding));
      }
    }
    check_.summary.entries = linked->view->entries().size();
    check_.summary.work_items = linked->view->items().size();
    for (const std::size_t file : linked->told) {
      const auto known = by_file_.find(folders_.absolute(bank_.path(file)));
      const BankDocument* document = bank_.document(file);
      if (known == by_file_.end() || document == nullptr) continue;
      add_document_facts(document->document, document->source, run_.with_excerpts,
                         check_.reports[known->second]);
    }
    return {};
  }

  SourceText source_of_spec(const std::string& path) const {
    for (const auto& spec : specs_.now) {
      if (folders_.in_root(spec->path) == path) return SourceText(path, spec->bytes);
    }
    return SourceText(path, "");
  }

  void finish() {
    for (FileReport& report : check_.reports) {
      std::stable_sort(report.findings.begin(), report.findings.end(),
                       [](const report::Located& a, const report::Located& b) {
                         return a.location.offset < b.location.offset;
                       });
    }
    std::stable_sort(check_.reports.begin(), check_.reports.end(),
                     [](const FileReport& a, const FileReport& b) { return a.file < b.file; });
  }

  const ChangeScope& scope_;
  CheckRun run_;
  GitFolders folders_;
  const Snapshot& now_;
  BankState bank_;
  ChangedSpecs specs_;
  std::vector<rules::SpecFacts> facts_;  // of specs_.now
  Changed changed_;
  rules::Versions versions_;
  RepositoryCheck check_;
  std::unordered_map<std::string, std::size_t> by_file_;
};

}  // namespace

Result<RepositoryCheck> check_changes(const ChangeScope& scope, CheckRun run) {
  auto folders = folders_in_git(scope.repository, scope.layout);
  if (!folders) return tl::unexpected(folders.error());
  return ChangeCheck(scope, std::move(run), std::move(*folders)).check();
}

}  // namespace sdd::workspace
