// 1. Sort specs and files by path, index them.
// 2. Collect the entries of logs and of current_tasks.md, oldest first, and the work items.
// 3. Follow the links: work item → spec, entry → work item, entry → spec.
// 4. For each open entry about a node, find a later one that closes it.
#include "rules/repository.h"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

#include "rules/engine.h"
#include "text/source_text.h"

namespace sdd::rules {
namespace {

using bank::Kind;

bool is_journal(Kind kind) { return kind == Kind::kLog || kind == Kind::kCurrentTasks; }

std::string_view file_name(std::string_view path) {
  return path.substr(path.rfind('/') == std::string_view::npos ? 0 : path.rfind('/') + 1);
}

// Whether `path` lies below `folder`.
bool is_below(std::string_view path, std::string_view folder) {
  return !folder.empty() && path.size() > folder.size() + 1 && path.starts_with(folder) &&
         path[folder.size()] == '/';
}

// The names of an entry's work: the work item that it names, its spec. Entries that share one of
// them are about the same work. "" = none.
std::array<std::string_view, 2> works_of(const EntryView& view) {
  return {view.spec_path,
          view.spec != nullptr ? std::string_view(view.spec->path) : std::string_view()};
}

// The path that an entry's Spec names; of one that a formatter spoiled (SDD613) what it was before.
std::string_view spec_path_of(const bank::TaskEntry& entry) {
  const bank::Field* field = entry.field(bank::Key::kSpec);
  if (field == nullptr) return {};
  for (const bank::Irregularity& odd : entry.irregularities) {
    if (odd.kind != bank::Irregularity::Kind::kMangledPath) continue;
    if (!field->whole.span().contains(odd.where.span())) continue;
    const std::string_view ticked = odd.replacement;
    return plain_path(ticked.substr(1, ticked.size() - 2));
  }
  return path_of(field);
}

// Whether a path has parts that can be left out, or begins at the root of the file system.
bool is_roundabout(std::string_view path) {
  const auto has = [&](std::string_view part) { return path.find(part) != std::string_view::npos; };
  return path.starts_with('/') || has("//") || has("/./") || has("/../") || path.ends_with("/.") ||
         path.ends_with("/..");
}

// "a/./b//../c" is "a/c"; what goes above its beginning keeps its "..".
std::string without_detours(std::string_view path) {
  std::vector<std::string_view> parts;
  for (std::size_t at = 0; at < path.size();) {
    const std::size_t end = std::min(path.find('/', at), path.size());
    const std::string_view part = path.substr(at, end - at);
    at = end + 1;
    if (part.empty() || part == ".") continue;
    if (part == ".." && !parts.empty() && parts.back() != "..") {
      parts.pop_back();
    } else {
      parts.push_back(part);
    }
  }
  std::string plain;
  for (const std::string_view part : parts) {
    plain += plain.empty() && !path.starts_with('/') ? "" : "/";
    plain += part;
  }
  return plain;
}

// A roundabout path, from the root.
std::string straightened(std::string_view path, std::string_view root) {
  std::string plain = without_detours(path);
  if (is_below(plain, root)) plain.erase(0, root.size() + 1);
  return plain;
}

}  // namespace

std::string_view plain_path(std::string_view path) {
  while (path.starts_with("./")) path.remove_prefix(2);
  while (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
  return path;
}

std::string_view path_of(const bank::Field* field) {
  if (field == nullptr) return {};
  const auto value = field->path();
  return value ? plain_path(value->path.view()) : std::string_view();
}

std::vector<std::string_view> links_of(const bank::Document& document) {
  std::vector<std::string_view> links;
  const auto add = [&](std::string_view path) {
    if (!path.empty()) links.push_back(path);
  };
  for (const bank::TaskEntry& entry : document.entries()) {
    add(path_of(entry.field(bank::Key::kSpec)));
    add(path_of(entry.field(bank::Key::kSddSpec)));
  }
  if (const bank::WorkItem* item = document.work_item()) {
    add(path_of(item->meta(bank::Meta::kSddSpec)));
  }
  for (const bank::Mention& mention : document.mentions()) add(plain_path(mention.path.view()));
  return links;
}

Repository::Repository(Parts parts) : parts_(std::move(parts)) {
  const auto by_path = [](const auto& a, const auto& b) { return a.path < b.path; };
  std::sort(parts_.specs.begin(), parts_.specs.end(), by_path);
  std::sort(parts_.files.begin(), parts_.files.end(), by_path);
  std::sort(parts_.leftovers.begin(), parts_.leftovers.end());
  for (const SpecFacts& spec : parts_.specs) {
    spec_by_path_.emplace(spec.path, &spec);
    specs_by_id_.emplace(spec.id, &spec);
  }
  for (const BankView& file : parts_.files) {
    if (is_journal(file.document->kind())) add_entries(file);
    if (file.document->work_item() != nullptr) add_item(file);
  }
  sort_entries();
  link();
  find_closing_entries();
}

void Repository::add_entries(const BankView& file) {
  const auto named = bank::leading_date(file_name(file.path));
  for (const bank::TaskEntry& entry : file.document->entries()) {
    EntryView& view = entries_.emplace_back();
    view.file = &file;
    view.entry = &entry;
    view.date = entry.date() ? entry.date() : named;
    view.spec_path = kept(spec_path_of(entry));
  }
}

std::string_view Repository::kept(std::string_view path) {
  if (!is_roundabout(path)) return path;
  return paths_.emplace_back(straightened(path, parts_.root));
}

void Repository::add_item(const BankView& file) {
  item_by_path_.emplace(file.path, items_.size());
  ItemView& view = items_.emplace_back();
  view.file = &file;
  view.item = file.document->work_item();
}

void Repository::sort_entries() {
  const auto key = [](const EntryView& view) {
    const bool current = view.file->document->kind() == Kind::kCurrentTasks;
    const auto place = static_cast<std::int64_t>(view.entry->whole.begin);
    return std::make_tuple(view.date, current, std::string_view(view.file->path),
                           current ? -place : place);
  };
  std::sort(entries_.begin(), entries_.end(),
            [&](const EntryView& a, const EntryView& b) { return key(a) < key(b); });
}

void Repository::link() {
  for (ItemView& view : items_) {
    view.spec = spec_at(path_of(view.item->meta(bank::Meta::kSddSpec)));
  }
  for (EntryView& view : entries_) {
    const auto item = item_by_path_.find(view.spec_path);
    if (item != item_by_path_.end()) {
      view.item = &items_[item->second];
      items_[item->second].entries.push_back(&view);
    }
    view.spec = spec_at(path_of(view.entry->field(bank::Key::kSddSpec)));
    if (view.spec == nullptr && view.item != nullptr) view.spec = view.item->spec;
  }
}

// An entry about several nodes is closed when each of them is.
void Repository::find_closing_entries() {
  using About = std::pair<std::string_view, std::string_view>;  // work, node
  std::map<About, const EntryView*> closed;
  const auto closing = [&](const EntryView& view, std::string_view subject) -> const EntryView* {
    for (const std::string_view work : works_of(view)) {
      const auto found = closed.find({work, subject});
      if (!work.empty() && found != closed.end()) return found->second;
    }
    return nullptr;
  };
  for (auto view = entries_.rbegin(); view != entries_.rend(); ++view) {
    const std::vector<std::string_view> subjects = view->entry->subjects();
    for (const std::string_view subject : subjects) {
      if (view->entry->done) {
        for (const std::string_view work : works_of(*view))
          closed.try_emplace({work, subject}, &*view);
        continue;
      }
      view->closed_by = closing(*view, subject);
      if (view->closed_by == nullptr) break;
    }
  }
}

const SpecFacts* Repository::spec_at(std::string_view path) const {
  const std::string_view plain = plain_path(path);
  const auto found = is_roundabout(plain) ? spec_by_path_.find(straightened(plain, parts_.root))
                                          : spec_by_path_.find(plain);
  return found == spec_by_path_.end() ? nullptr : found->second;
}

std::vector<const SpecFacts*> Repository::specs_with_id(std::string_view id) const {
  std::vector<const SpecFacts*> specs;
  const auto [first, last] = specs_by_id_.equal_range(id);
  for (auto found = first; found != last; ++found) specs.push_back(found->second);
  const auto rank = [](const SpecFacts* spec) {
    return std::find(std::begin(kStatusFolders), std::end(kStatusFolders), spec->status_folder) -
           std::begin(kStatusFolders);
  };
  std::sort(specs.begin(), specs.end(),
            [&](const SpecFacts* a, const SpecFacts* b) { return rank(a) < rank(b); });
  return specs;
}

const SpecFacts* Repository::spec_with_id(std::string_view id) const {
  const auto specs = specs_with_id(id);
  return specs.empty() ? nullptr : specs.front();
}

const ItemView* Repository::item_at(std::string_view path) const {
  const std::string_view plain = plain_path(path);
  const auto found = is_roundabout(plain) ? item_by_path_.find(straightened(plain, parts_.root))
                                          : item_by_path_.find(plain);
  return found == item_by_path_.end() ? nullptr : &items_[found->second];
}

bool Repository::exists(std::string_view path) const {
  const std::string_view plain = plain_path(path);
  if (parts_.existing.contains(plain)) return true;
  if (is_roundabout(plain) && parts_.existing.contains(straightened(plain, parts_.root))) {
    return true;
  }
  return spec_at(plain) != nullptr || item_at(plain) != nullptr;
}

bool Repository::is_ours(std::string_view path) const {
  const auto is_in_one = [&](std::string_view place) {
    return is_below(place, parts_.specs_folder) || is_below(place, parts_.bank_folder);
  };
  return is_roundabout(path) ? is_in_one(straightened(path, parts_.root)) : is_in_one(path);
}

}  // namespace sdd::rules
