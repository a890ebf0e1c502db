// 1. Told are the bank's files that changed, and those that have the name of a changed spec or work
//    item in them.
// 2. Of what these link to, the work items are read, and every log that names one of these: a work
//    item is judged by all of its entries.
// 3. The specs that any of them links to are read.
// 4. Which paths exist is asked for what is told.
#include "workspace/changes/linked_files.h"

#include <filesystem>
#include <system_error>
#include <utility>

#include "rules/engine.h"
#include "rules/spec_facts.h"

namespace sdd::workspace {
namespace {

std::string name_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? path : path.substr(slash + 1);
}

class Linking {
 public:
  Linking(const GitFolders& folders, const Snapshot& snapshot, BankState& bank,
          const json::Limits& limits)
      : folders_(folders), snapshot_(snapshot), bank_(bank), limits_(limits) {}

  Result<LinkedFiles> run(Changed changed, const std::string& root) {
    choose_told(changed);
    for (const std::size_t file : linked_.told) take(file);
    add_entries_of_items();
    rules::Repository::Parts parts;
    for (const std::size_t file : taken_) {
      if (const BankDocument* document = bank_.document(file)) {
        parts.files.push_back({document->source.path(), &document->source, &document->document});
        parts.existing.insert(document->source.path());
      }
    }
    for (const rules::SpecFacts& spec : changed.specs) {
      known_specs_.insert(spec.path);
      linked_.told_specs.insert(spec.path);
    }
    parts.specs = std::move(changed.specs);
    const auto added = add_specs(parts);
    if (!added) return tl::unexpected(added.error());
    add_existing(parts);
    parts.root = root;
    if (!folders_.specs.empty()) parts.specs_folder = folders_.in_root(folders_.specs);
    if (!folders_.bank.empty()) parts.bank_folder = folders_.in_root(folders_.bank);
    linked_.view = std::make_unique<rules::Repository>(std::move(parts));
    return std::move(linked_);
  }

 private:
  void choose_told(const Changed& changed) {
    std::vector<std::string> names = changed.spec_ids;
    for (const std::string& path : changed.bank_files) {
      const auto file = bank_.at(path);
      if (!file) continue;
      linked_.told.insert(*file);
      if (bank_.kind(*file) == bank::Kind::kWorkItem) names.push_back(name_of(path));
    }
    for (const std::size_t file : bank_.naming(names)) linked_.told.insert(file);
  }

  void take(std::size_t file) { taken_.insert(file); }

  // The work items that what is told consists of or links to, and the entries about these.
  void add_entries_of_items() {
    std::set<std::size_t> items;
    for (const std::size_t file : linked_.told) {
      if (bank_.kind(file) == bank::Kind::kWorkItem) items.insert(file);
      const BankDocument* document = bank_.document(file);
      if (document == nullptr) continue;
      for (const std::string_view link : rules::links_of(document->document)) {
        const auto linked = bank_.at(folders_.in_git(link));
        if (linked && bank_.kind(*linked) == bank::Kind::kWorkItem) items.insert(*linked);
      }
    }
    std::vector<std::string> names;
    for (const std::size_t item : items) {
      take(item);
      names.push_back(name_of(bank_.path(item)));
    }
    for (const std::size_t file : bank_.naming(names)) {
      const bank::Kind kind = bank_.kind(file);
      if (kind == bank::Kind::kLog || kind == bank::Kind::kCurrentTasks) take(file);
    }
  }

  Result<void> add_specs(rules::Repository::Parts& parts) {
    for (const std::size_t file : taken_) {
      const BankDocument* document = bank_.document(file);
      if (document == nullptr) continue;
      for (const std::string_view link : rules::links_of(document->document)) {
        const std::string path = folders_.in_git(link);
        const auto place = spec_at(folders_, path);
        if (!place || !known_specs_.insert(folders_.in_root(path)).second) continue;
        const auto read = read_version(path, "", snapshot_, limits_);
        if (!read) return tl::unexpected(read.error());
        if (*read == nullptr) continue;
        const spec::Spec* spec = (*read)->whole ? &(*read)->spec : nullptr;
        parts.specs.push_back(
            rules::facts_of(spec, {place->id, place->status_folder, {}}, folders_.in_root(path)));
      }
    }
    return {};
  }

  void add_existing(rules::Repository::Parts& parts) {
    const auto ask = [&](std::string_view link) {
      const std::string path(rules::plain_path(link));
      if (path.empty() || parts.existing.contains(path)) return;
      const std::string in_git = folders_.in_git(path);
      std::error_code error;
      const bool is_there = !in_git.empty()
                                ? snapshot_.exists(in_git)
                                : path.starts_with('/') && std::filesystem::exists(path, error);
      if (is_there) parts.existing.insert(path);
    };
    for (const rules::SpecFacts& spec : parts.specs) ask(spec.work_item);
    for (const std::size_t file : linked_.told) {
      const BankDocument* document = bank_.document(file);
      if (document == nullptr) continue;
      for (const std::string_view link : rules::links_of(document->document)) ask(link);
    }
  }

  const GitFolders& folders_;
  const Snapshot& snapshot_;
  BankState& bank_;
  const json::Limits& limits_;
  LinkedFiles linked_;
  std::set<std::size_t> taken_;
  std::set<std::string> known_specs_;
};

}  // namespace

Result<LinkedFiles> find_linked(const GitFolders& folders, const Snapshot& snapshot,
                                BankState& bank, Changed changed, const std::string& root,
                                const json::Limits& limits) {
  return Linking(folders, snapshot, bank, limits).run(std::move(changed), root);
}

}  // namespace sdd::workspace
