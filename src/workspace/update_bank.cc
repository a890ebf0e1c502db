// Adding and closing one entry.
//
// 1. Before the lock: is the draft in form; in which file does the entry stand that is meant?
// 2. Under it: choose again, compute, judge, write (workspace/bank_work.h).
#include "workspace/update_bank.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "bank/blocks.h"
#include "bank/entry_edits.h"
#include "bank/sections.h"
#include "base/strings.h"
#include "rules/bank_engine.h"
#include "store/signals.h"
#include "workspace/bank_files.h"
#include "workspace/bank_work.h"
#include "workspace/read_file.h"

namespace sdd::workspace {
namespace {

namespace fs = std::filesystem;

std::string text_of(const bank::Draft& draft) {
  std::string text = print(draft);
  text.pop_back();
  return text;
}

// Whether a log of this entry alone reads as the draft, and is clean.
Result<void> check_draft(const bank::Draft& draft) {
  const BankDocument alone("entry", print(draft), bank::Kind::kLog);
  for (const rules::Finding& finding : rules::check_document(alone.source, alone.document)) {
    const std::string_view code = finding.rule->code;
    if (code == "SDD614") continue;  // it has no file name yet
    return fail(ErrorKind::kUsage,
                fmt::format("the entry would not be in form: {} ({}){}", finding.message, code,
                            finding.help.empty() ? "" : "; " + finding.help));
  }
  const std::vector<bank::TaskEntry>& entries = alone.document.entries();
  if (entries.size() == 1 && draft_of(entries[0]) == draft && is_in_form(entries[0])) return {};
  return fail(ErrorKind::kUsage,
              "the entry would not be read as it was meant: a value holds a heading, a code block "
              "or blanks at the end of a line");
}

std::size_t line_of(const BankDocument& document, const bank::TaskEntry& entry) {
  return document.source.position(entry.whole.begin).line;
}

// What a reader needs to find an entry.
std::string place_words(const BankDocument& document, const bank::TaskEntry& entry) {
  return fmt::format("{} ({}:{})", draft_of(entry).title,
                     fs::path(document.source.path()).filename().string(),
                     line_of(document, entry));
}

EntryChange change_of(EntryChange::Kind kind, const bank::TaskEntry& entry, std::string path) {
  bank::EntryIdentity identity = identity_of(entry);
  EntryChange change;
  change.kind = kind;
  change.title = std::move(identity.title);
  change.spec = std::move(identity.spec);
  change.date = identity.date;
  change.text = entry.whole.view();
  change.path = std::move(path);
  return change;
}

// The change that adds `draft` to a log.
Result<BankChange> addition(const BankDocument& document, const bank::Draft& draft,
                            const bank::EntryIdentity& identity) {
  for (const bank::TaskEntry& entry : document.document.entries()) {
    if (draft_of(entry) == draft) return BankChange{};
    const bank::EntryIdentity other = identity_of(entry);
    if (other.title != identity.title || other.spec != identity.spec) continue;
    return fail(ErrorKind::kRefused,
                fmt::format("an entry {} about the same spec stands in {}, line {}, already{}",
                            sdd::quote(identity.title), quoted_path(document.source.path()),
                            line_of(document, entry),
                            draft.done && !entry.done ? ": 'sdd close-entry' closes it" : ""));
  }
  BankChange change;
  change.edits = append_entry(document.source.bytes(), document.document, draft);
  change.added.push_back(bank::in_lines_of(document.source.bytes(), text_of(draft)));
  return change;
}

// Which entries of a document a choice fits.
class Chooser {
 public:
  explicit Chooser(const EntryChoice& choice) : choice_(choice) {}

  bool fits(const bank::TaskEntry& entry) const {
    const bank::EntryIdentity identity = identity_of(entry);
    const bool title = choice_.title.empty() || same_title(identity.title);
    return title && (choice_.spec.empty() || identity.spec == choice_.spec);
  }
  std::vector<const bank::TaskEntry*> in(const BankDocument& document, bool done) const {
    std::vector<const bank::TaskEntry*> found;
    for (const bank::TaskEntry& entry : document.document.entries()) {
      if (entry.done == done && fits(entry)) found.push_back(&entry);
    }
    return found;
  }

 private:
  bool same_title(const std::string& title) const {
    return ascii_lower(title) == ascii_lower(choice_.title);
  }

  const EntryChoice& choice_;
};

Result<std::vector<fs::path>> files_of(const EntryChoice& choice, const Layout& layout) {
  if (!choice.log.empty()) return std::vector<fs::path>{choice.log};
  const auto all = bank_files(layout.bank_dir());
  if (!all) return tl::unexpected(all.error());
  std::vector<fs::path> files;
  for (const BankPath& path : *all) {
    const bank::Kind kind = bank::kind_of(path.name);
    if (kind == bank::Kind::kLog || kind == bank::Kind::kCurrentTasks)
      files.emplace_back(path.file);
  }
  return files;
}

std::string what_was_asked(const EntryChoice& choice, const Layout& layout) {
  std::string words = "no entry";
  if (!choice.title.empty()) words += " " + sdd::quote(choice.title);
  if (!choice.spec.empty()) words += " about " + quoted_path(choice.spec);
  return words + " in " +
         quoted_path(
             layout.shown(choice.log.empty() ? layout.bank_dir().string() : choice.log.string()));
}

// The titles of open entries that are near: spelled nearly so, or holding these words.
std::vector<std::string> near_titles(const EntryChoice& choice,
                                     const std::vector<std::string>& open) {
  if (choice.title.empty()) return {};
  std::vector<std::string> found =
      nearest(choice.title, std::vector<std::string_view>(open.begin(), open.end()));
  for (const std::string& title : open) {
    if (found.size() >= 3) break;
    const bool holds = ascii_lower(title).find(ascii_lower(choice.title)) != std::string::npos;
    if (holds && std::find(found.begin(), found.end(), title) == found.end()) {
      found.push_back(title);
    }
  }
  return found;
}

// What a look through the files found.
struct Search {
  std::vector<std::string> open;         // places of open entries that fit
  fs::path with_open;                    // the last file that has one
  fs::path with_done;                    // the last one that has a closed one
  std::vector<std::string> open_titles;  // of all open entries
};

void search(const BankDocument& document, const fs::path& file, const Chooser& chooser,
            Search& found) {
  for (const bank::TaskEntry& entry : document.document.entries()) {
    if (!entry.done) found.open_titles.push_back(draft_of(entry).title);
    if (!chooser.fits(entry)) continue;
    (entry.done ? found.with_done : found.with_open) = file;
    if (!entry.done) found.open.push_back(place_words(document, entry));
  }
}

// The file that holds the entry that is meant.
Result<fs::path> find_entry(const EntryChoice& choice, const Layout& layout) {
  const auto files = files_of(choice, layout);
  if (!files) return tl::unexpected(files.error());
  const Chooser chooser(choice);
  Search found;
  for (const fs::path& file : *files) {
    std::string bytes;
    const auto got = read_file(file.string(), bank::kMaxMarkdownBytes, bytes);
    if (!got && !choice.log.empty()) return tl::unexpected(got.error());
    const std::string name = file.lexically_relative(layout.bank_dir()).generic_string();
    search({layout.shown(file.string()), std::move(bytes), bank::kind_of(name)}, file, chooser,
           found);
  }
  if (found.open.size() > 1) {
    return fail(
        ErrorKind::kAmbiguous,
        fmt::format("{} open entries fit; say which by TITLE, --spec and --log", found.open.size()),
        found.open);
  }
  if (!found.with_open.empty()) return found.with_open;
  // Closed already: the newest, for logs are named by their days.
  if (!found.with_done.empty()) return found.with_done;
  return fail(ErrorKind::kNotFound, what_was_asked(choice, layout),
              near_titles(choice, found.open_titles));
}

// The change that closes the entry with these bytes.
BankChange closing(const BankDocument& document, const bank::TaskEntry& entry,
                   std::optional<bank::Date> day) {
  BankChange change;
  change.edits = close_entry(document.source.bytes(), entry, day);
  if (change.edits.empty()) return change;
  change.removed.emplace_back(entry.whole.view());
  std::vector<Edit> inside = change.edits;
  for (Edit& edit : inside) {
    edit.span.begin -= entry.whole.begin;
    edit.span.end -= entry.whole.begin;
  }
  const auto closed = apply_edits(entry.whole.view(), inside);
  if (closed) change.added.push_back(*closed);
  return change;
}

class Closing {
 public:
  explicit Closing(const EntryChoice& choice) : choice_(choice), chooser_(choice) {}

  Result<BankChange> compute(const BankDocument& document, bool again) {
    return again ? same_again(document) : choose(document);
  }
  // The entry as it stood, and as it stands now.
  const std::string& closed() const { return after_; }
  std::vector<std::string> remarks;

 private:
  Result<BankChange> choose(const BankDocument& document) {
    const auto open = chooser_.in(document, false);
    if (open.size() > 1) {
      std::vector<std::string> places;
      for (const bank::TaskEntry* entry : open) places.push_back(place_words(document, *entry));
      return fail(ErrorKind::kAmbiguous, "several open entries fit; say which by TITLE and --spec",
                  places);
    }
    if (open.size() == 1) return close(document, *open[0]);
    const auto done = chooser_.in(document, true);
    if (done.empty()) {
      return fail(ErrorKind::kBusy, "the entry was moved meanwhile, to another file");
    }
    return already_closed(document, *done.back());
  }

  Result<BankChange> close(const BankDocument& document, const bank::TaskEntry& entry) {
    const bank::Field* done = entry.field(bank::Key::kDone);
    day_ = choice_.day;
    if (!day_ && (done == nullptr || !done->date())) day_ = choice_.today;
    BankChange change = closing(document, entry, day_);
    before_ = entry.whole.view();
    after_ = change.added.empty() ? before_ : change.added[0];
    return change;
  }

  Result<BankChange> already_closed(const BankDocument& document, const bank::TaskEntry& entry) {
    const bank::Field* done = entry.field(bank::Key::kDone);
    if (done == nullptr || !done->date()) {
      if (choice_.day) return close(document, entry);
      remarks.push_back(printable(place_words(document, entry)) +
                        " is closed and has no Done date; --done DATE gives it one");
    } else if (choice_.day && done->date() != choice_.day) {
      return fail(
          ErrorKind::kRefused,
          fmt::format("{} was closed on {}, not on {}", printable(place_words(document, entry)),
                      to_string(*done->date()), to_string(*choice_.day)));
    }
    return BankChange{};
  }

  Result<BankChange> same_again(const BankDocument& document) const {
    for (const bank::TaskEntry& entry : document.document.entries()) {
      if (entry.whole.view() == before_) return closing(document, entry, day_);
    }
    for (const bank::TaskEntry& entry : document.document.entries()) {
      if (entry.whole.view() == after_) return BankChange{};
    }
    return fail(ErrorKind::kRefused, "the entry was changed at the same time");
  }

  const EntryChoice& choice_;
  Chooser chooser_;
  std::optional<bank::Date> day_;
  std::string before_;
  std::string after_;
};

// Tells the change of the entry with this text in a file that was changed.
void tell_change(BankWork& work, EntryChange::Kind kind, const std::string& text,
                 bank::Kind document_kind) {
  const BankFileUpdate& file = work.updated().files[0];
  const BankDocument alone("", text, document_kind);
  if (alone.document.entries().empty()) return;
  work.updated().changes.push_back(change_of(kind, alone.document.entries()[0], file.shown));
}

// The rest of an update of one file, when its change is known.
Result<BankUpdated> finish(BankWork& work, const BankCompute& compute) {
  if (work.updated().changes.empty()) return work.take();
  const store::SignalsHeld held;
  if (const auto written = work.write(0, compute); !written) return tl::unexpected(written.error());
  if (const auto done = work.done(0); !done) return tl::unexpected(done.error());
  return work.take();
}

}  // namespace

Result<BankUpdated> add_entry(const NewEntry& entry, const BankUpdating& updating) {
  if (const auto checked = check_draft(entry.draft); !checked) {
    return tl::unexpected(checked.error());
  }
  const BankDocument alone("", print(entry.draft), bank::Kind::kLog);
  const bank::EntryIdentity identity = identity_of(alone.document.entries()[0]);
  BankWork work(updating);
  if (const auto opened = work.open({entry.log}); !opened) return tl::unexpected(opened.error());
  if (work.answered()) return work.take();
  std::string added;
  const BankCompute compute = [&](const BankDocument& document, bool) {
    auto change = addition(document, entry.draft, identity);
    if (change && !change->added.empty()) added = change->added[0];
    return change;
  };
  if (const auto changed = work.change(0, compute); !changed) {
    return tl::unexpected(changed.error());
  }
  if (!added.empty()) {
    tell_change(work, EntryChange::Kind::kAdded, added, bank::Kind::kLog);
  }
  return finish(work, compute);
}

Result<BankUpdated> close_entry(const EntryChoice& choice, const BankUpdating& updating) {
  const auto file = find_entry(choice, updating.layout);
  if (!file) return tl::unexpected(file.error());
  BankWork work(updating);
  if (const auto opened = work.open({*file}); !opened) return tl::unexpected(opened.error());
  if (work.answered()) return work.take();
  Closing closing(choice);
  const BankCompute compute = [&](const BankDocument& document, bool again) {
    return closing.compute(document, again);
  };
  if (const auto changed = work.change(0, compute); !changed) {
    return tl::unexpected(changed.error());
  }
  work.updated().remarks = closing.remarks;
  if (!work.updated().files[0].edits.empty()) {
    tell_change(work, EntryChange::Kind::kClosed, closing.closed(),
                work.document(0).document.kind());
  }
  return finish(work, compute);
}

}  // namespace sdd::workspace
