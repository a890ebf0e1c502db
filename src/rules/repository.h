// Repository: one repository as rules see it that look at several files at once: the specs, the
// memory bank, which paths exist, what was left behind. A plain view, made by `workspace`; the
// links between its parts are followed once, here.
//
//   Repository repository({specs, files, folders, existing, leftovers});
//   for (const ItemView& item : repository.items()) {
//     item.spec                         // the spec that its Meta names, or nullptr
//     for (const EntryView* entry : item.entries) …   // the log's entries about it, oldest first
//   }
//
// Paths mean what they mean from the root: `./a`, `a/`, `a//b`, `x/../a` and the absolute path of a
// file below the root lead to the same file as `a` does.
//
// Entries are those of the branch logs and of current_tasks.md; the snippet in a work item's Task
// Entry section is none of them. Entries are in the order of time: by their date, and where that
// is the same by file and place. A log grows at its end, current_tasks.md at its head, and an entry
// comes to the latter after the former.
#pragma once

#include <cstddef>
#include <deque>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "bank/document.h"
#include "rules/finding.h"
#include "rules/rule.h"
#include "rules/spec_facts.h"
#include "rules/table.h"

namespace sdd::rules {

// One Markdown file of the memory bank.
struct BankView {
  std::string path;  // relative to the root, with `/`
  const SourceText* source = nullptr;
  const bank::Document* document = nullptr;
};

struct ItemView;

struct EntryView {
  const BankView* file = nullptr;
  const bank::TaskEntry* entry = nullptr;
  std::optional<bank::Date> date;        // its own, else that of the file's name
  std::string_view spec_path;            // what its Spec field names, in the plainest form; or ""
  const ItemView* item = nullptr;        // the work item that is
  const SpecFacts* spec = nullptr;       // the spec its SDD Spec names, else that of the work item
  const EntryView* closed_by = nullptr;  // a later entry that closes what this open one is about
};

struct ItemView {
  const BankView* file = nullptr;
  const bank::WorkItem* item = nullptr;
  const SpecFacts* spec = nullptr;        // what its Meta names, when it exists
  std::vector<const EntryView*> entries;  // about it, oldest first

  bool is_done() const { return item->status == bank::ItemStatus::kDone; }
  const EntryView* last_entry() const { return entries.empty() ? nullptr : entries.back(); }
};

class Repository {
 public:
  struct Parts {
    std::vector<SpecFacts> specs;
    std::vector<BankView> files;
    std::string root = {};     // absolute; "" = not known: then no absolute path is below it
    std::string specs_folder;  // relative to the root, "meta/sdd/specs"; "" = none
    std::string bank_folder;   // likewise
    std::set<std::string, std::less<>> existing;  // of links_of(), those that exist
    std::vector<std::string> leftovers;           // paths of temporary files beside specs
    bool entries_missing = false;                 // a file of entries is damaged or cannot be read
  };

  // Sorts what it gets by path: no result depends on the order of files.
  explicit Repository(Parts parts);
  Repository(const Repository&) = delete;
  Repository& operator=(const Repository&) = delete;

  const std::vector<SpecFacts>& specs() const { return parts_.specs; }
  const std::vector<BankView>& files() const { return parts_.files; }
  const std::vector<std::string>& leftovers() const { return parts_.leftovers; }
  const std::vector<EntryView>& entries() const { return entries_; }  // oldest first
  const std::vector<ItemView>& items() const { return items_; }       // by path
  // Whether there may be entries that nobody could read.
  bool entries_missing() const { return parts_.entries_missing; }

  // The spec at a path as files write it (relative to the root), or with this id; else nullptr. Of
  // several with one id the first in lookup order.
  const SpecFacts* spec_at(std::string_view path) const;
  const SpecFacts* spec_with_id(std::string_view id) const;
  std::vector<const SpecFacts*> specs_with_id(std::string_view id) const;
  // The work item at a path as files write it, else nullptr.
  const ItemView* item_at(std::string_view path) const;
  // Whether there is a file or folder at a path as files write it.
  bool exists(std::string_view path) const;
  // Whether a path lies below the folder of the specs or of the memory bank.
  bool is_ours(std::string_view path) const;

 private:
  void add_entries(const BankView& file);
  void add_item(const BankView& file);
  void sort_entries();
  void link();
  void find_closing_entries();
  std::string_view kept(std::string_view path);

  Parts parts_;
  std::deque<std::string> paths_;  // those that had to be written anew
  std::vector<EntryView> entries_;
  std::vector<ItemView> items_;
  std::unordered_map<std::string_view, const SpecFacts*> spec_by_path_;
  std::unordered_multimap<std::string_view, const SpecFacts*> specs_by_id_;
  std::unordered_map<std::string_view, std::size_t> item_by_path_;
};

// The paths that one file links to or mentions, as far as a rule asks whether they exist.
std::vector<std::string_view> links_of(const bank::Document& document);

// A path as files write it, without what does not count: a leading "./", a trailing "/".
std::string_view plain_path(std::string_view path);

// The path of a link, or "".
std::string_view path_of(const bank::Field* field);

// Collects findings about several files. Of a file with more than kMaxFindings it says only that
// (SDD011).
class LinkReport {
 public:
  struct Found {
    std::string path;  // relative to the root
    Finding finding;   // its span counts in that file; for a leftover it is empty
  };

  void set_rule(const Rule* rule) { rule_ = rule; }
  // A finding at bytes of a file; at a spec's link to its work item; about a file as such. It may
  // be changed until the next add().
  Finding& add(const BankView& file, Span span, std::string message);
  Finding& add(const SpecFacts& spec, std::string message);
  Finding& add(const std::string& path, std::string message);

  std::vector<Found>& found() { return found_; }

 private:
  Finding& push(const std::string& path, Span span, std::string message);

  const Rule* rule_ = nullptr;
  std::vector<Found> found_;
  std::unordered_map<std::string, std::size_t> counts_;  // of findings, by path
  Finding beyond_;  // takes what a check says of a finding that is not kept
};

// Runs every rule that looks at the repository, and keeps what is selected. Sorted by path, place
// and code.
std::vector<LinkReport::Found> check_links(const Repository& repository,
                                           const Selection& selection);

}  // namespace sdd::rules
