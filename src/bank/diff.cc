// 1. List the entries of both sides, each with what it is known by.
// 2. Pair them: within a file first, then across files.
// 3. Pairs that say something else are changes, what has no partner came or went.
// 4. A file that changed without any of these is told as text.
#include "bank/diff.h"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "bank/entry_edits.h"

namespace sdd::bank {
namespace {

using What = BankChange::Kind;

struct Standing {
  const TaskEntry* entry = nullptr;
  std::size_t file = 0;
  bool paired = false;
};
using Alike = std::vector<Standing>;
using ByName = std::map<std::pair<std::string, std::string>, Alike>;

ByName entries_of(const std::vector<FileSides>& files, const Document* FileSides::*side) {
  ByName found;
  for (std::size_t i = 0; i < files.size(); ++i) {
    const Document* document = files[i].*side;
    if (document == nullptr) continue;
    for (const TaskEntry& entry : document->entries()) {
      if (entry.in_task_section) continue;
      const EntryIdentity name = identity_of(entry);
      found[{name.title, name.spec}].push_back({&entry, i, false});
    }
  }
  return found;
}

void compare_field(const std::string& key, std::string before, std::string after,
                   std::vector<FieldChange>& changes) {
  if (before != after) changes.push_back({key, std::move(before), std::move(after)});
}

// Values by key; of a key that stands twice, and of bullets without a key, all in their order.
std::vector<std::pair<std::string, std::string>> values_of(const TaskEntry& entry) {
  std::vector<std::pair<std::string, std::string>> values;
  for (const Field& field : entry.fields) {
    const std::string key(field.key.view());
    const auto known = std::find_if(values.begin(), values.end(),
                                    [&](const auto& value) { return value.first == key; });
    if (known == values.end()) {
      values.emplace_back(key, field.value.view());
    } else {
      known->second += "\n" + std::string(field.value.view());
    }
  }
  return values;
}

std::string value_in(const std::vector<std::pair<std::string, std::string>>& values,
                     const std::string& key) {
  for (const auto& [name, value] : values) {
    if (name == key) return value;
  }
  return {};
}

std::vector<FieldChange> fields_between(const TaskEntry& before, const TaskEntry& after) {
  std::vector<FieldChange> changes;
  compare_field("tags", std::string(before.tags.view()), std::string(after.tags.view()), changes);
  const auto old_values = values_of(before);
  const auto new_values = values_of(after);
  for (const auto& [key, value] : old_values) {
    compare_field(key, value, value_in(new_values, key), changes);
  }
  for (const auto& now : new_values) {
    const std::string& name = now.first;
    const bool known = std::any_of(old_values.begin(), old_values.end(),
                                   [&](const auto& old) { return old.first == name; });
    if (!known) compare_field(name, "", now.second, changes);
  }
  return changes;
}

std::string ticked(const std::vector<Box>& boxes) {
  const auto done =
      std::count_if(boxes.begin(), boxes.end(), [](const Box& box) { return box.ticked; });
  return boxes.empty() ? "" : fmt::format("{}/{}", done, boxes.size());
}

std::vector<FieldChange> fields_between(const WorkItem& before, const WorkItem& after) {
  std::vector<FieldChange> changes;
  compare_field("title", std::string(before.title.view()), std::string(after.title.view()),
                changes);
  for (std::size_t i = 0; i < kMetaCount; ++i) {
    const auto key = static_cast<Meta>(i);
    const auto value = [&](const WorkItem& item) {
      const Field* field = item.meta(key);
      return field == nullptr ? std::string() : std::string(field->value.view());
    };
    compare_field(std::string(name_of(key)), value(before), value(after), changes);
  }
  compare_field("criteria", ticked(before.criteria), ticked(after.criteria), changes);
  compare_field("checklist", ticked(before.checklist), ticked(after.checklist), changes);
  return changes;
}

class BankDiffer {
 public:
  explicit BankDiffer(const std::vector<FileSides>& files)
      : files_(files),
        before_(entries_of(files, &FileSides::before)),
        after_(entries_of(files, &FileSides::after)) {}

  std::vector<BankChange> run() {
    for (auto& [name, standing] : after_) pair(name, standing);
    for (auto& [name, standing] : before_) {
      for (const Standing& one : standing) {
        if (one.paired) continue;
        tell(one,
             {What::kRemoved, files_[one.file].path, {}, std::string(one.entry->title.view()), {}});
      }
    }
    for (std::size_t i = 0; i < files_.size(); ++i) compare_file(i);
    std::stable_sort(told_.begin(), told_.end(), [](const Told& a, const Told& b) {
      return std::tie(a.file, a.gone, a.at) < std::tie(b.file, b.gone, b.at);
    });
    std::vector<BankChange> changes;
    for (Told& one : told_) changes.push_back(std::move(one.change));
    return changes;
  }

 private:
  struct Told {
    std::size_t file = 0;
    bool gone = false;
    std::size_t at = 0;
    BankChange change;
  };

  void tell(const Standing& where, BankChange change) {
    const bool gone = change.kind == What::kRemoved;
    spoken_of_.insert(where.file);
    told_.push_back({where.file, gone, where.entry->whole.begin, std::move(change)});
  }

  static Standing* partner(Alike& alike, const Standing& one, bool same_file) {
    for (Standing& other : alike) {
      if (!other.paired && (!same_file || other.file == one.file)) return &other;
    }
    return nullptr;
  }

  void pair(const ByName::key_type& name, Alike& standing) {
    Alike& old = before_[name];
    for (const bool same_file : {true, false}) {
      for (Standing& one : standing) {
        if (one.paired) continue;
        Standing* other = partner(old, one, same_file);
        if (other == nullptr) continue;
        one.paired = other->paired = true;
        compare(*other, one);
      }
    }
    for (const Standing& one : standing) {
      if (one.paired) continue;
      tell(one,
           {What::kAdded, files_[one.file].path, {}, std::string(one.entry->title.view()), {}});
    }
  }

  void compare(const Standing& old, const Standing& now) {
    BankChange change{What::kChanged,
                      files_[now.file].path,
                      {},
                      std::string(now.entry->title.view()),
                      fields_between(*old.entry, *now.entry)};
    const bool moved = old.file != now.file;
    if (moved) {
      change.from = files_[old.file].path;
      spoken_of_.insert(old.file);
    }
    if (old.entry->done != now.entry->done) {
      change.kind = now.entry->done ? What::kClosed : What::kReopened;
    } else if (change.fields.empty()) {
      if (!moved) return;
      change.kind = What::kMoved;
    }
    tell(now, std::move(change));
  }

  // Work items, and what else differs in a file.
  void compare_file(std::size_t at) {
    const FileSides& file = files_[at];
    const WorkItem* before = file.before == nullptr ? nullptr : file.before->work_item();
    const WorkItem* after = file.after == nullptr ? nullptr : file.after->work_item();
    if (before == nullptr && after == nullptr) {
      if (!spoken_of_.contains(at)) told_.push_back({at, false, 0, text_change(file)});
      return;
    }
    BankChange change{What::kChanged,
                      file.path,
                      {},
                      std::string((after == nullptr ? before : after)->title.view()),
                      {}};
    if (before == nullptr) change.kind = What::kAdded;
    if (after == nullptr) change.kind = What::kRemoved;
    if (before != nullptr && after != nullptr) change.fields = fields_between(*before, *after);
    if (change.kind == What::kChanged && change.fields.empty()) change = text_change(file);
    told_.push_back({at, after == nullptr, 0, std::move(change)});
  }

  static BankChange text_change(const FileSides& file) {
    What kind = What::kText;
    if (file.before == nullptr) kind = What::kAdded;
    if (file.after == nullptr) kind = What::kRemoved;
    return {kind, file.path, {}, {}, {}};
  }

  const std::vector<FileSides>& files_;
  ByName before_;
  ByName after_;
  std::set<std::size_t> spoken_of_;  // files with a change of an entry
  std::vector<Told> told_;
};

}  // namespace

const char* to_string(BankChange::Kind kind) {
  switch (kind) {
    case What::kAdded:
      return "added";
    case What::kRemoved:
      return "removed";
    case What::kChanged:
      return "changed";
    case What::kClosed:
      return "closed";
    case What::kReopened:
      return "reopened";
    case What::kMoved:
      return "moved";
    case What::kText:
      break;
  }
  return "text";
}

std::vector<BankChange> diff_bank(const std::vector<FileSides>& files) {
  return BankDiffer(files).run();
}

}  // namespace sdd::bank
