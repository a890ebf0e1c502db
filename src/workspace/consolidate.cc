// 1. Lock current_tasks.md and the logs; read them all.
// 2. Choose: every closed entry of the logs. One that stands in current_tasks.md already is
//    refused, unless an update that died wrote it there (step 4), or the user said so: then it only
//    has to leave the log.
// 3. Compute and judge all files.
// 4. Write current_tasks.md, then the logs, then acknowledge: first the logs, current_tasks.md at
//    the end. A death in between leaves entries in both, and in the log of current_tasks.md an
//    intent without `done` that names them by the ids of their bytes: that is how step 2 knows.
#include <fmt/core.h>

#include <algorithm>
#include <set>
#include <utility>

#include "bank/entry_edits.h"
#include "bank/sections.h"
#include "base/strings.h"
#include "json/tree.h"
#include "store/hash.h"
#include "store/signals.h"
#include "workspace/bank_work.h"
#include "workspace/update_bank.h"

namespace sdd::workspace {
namespace {

namespace fs = std::filesystem;

// A closed entry of a log on its way.
struct Moving {
  std::size_t file = 0;  // index of its log
  const bank::TaskEntry* entry = nullptr;
  bank::EntryIdentity identity;
  std::optional<bank::Date> date;  // its own, else that of the log's name
  std::string text;                // what is moved: the entry, and a suppression in front of it
  bool stays = false;              // it stands in current_tasks.md already
};

// The day that a log is named after.
std::optional<bank::Date> day_of(const std::string& path) {
  return bank::leading_date(fs::path(path).filename().string());
}

// An update that died: what it may have written into current_tasks.md and not taken out of the
// logs.
struct Unfinished {
  std::string id;
  std::set<std::string> entries;  // blob ids
  std::set<std::string> logs;     // as the user saw them
};

std::vector<Unfinished> unfinished_of(const store::LogContent& log) {
  std::vector<Unfinished> list;
  for (const store::Update& update : log.updates) {
    if (update.done || update.command != "consolidate") continue;
    json::Parser parser;
    json::Tree tree;
    if (!parser.parse(update.changes, tree)) continue;
    Unfinished unfinished{update.id, {}, {}};
    for (const json::Value change : tree.root().elements()) {
      unfinished.entries.insert(std::string(change.find("entry").string()));
      unfinished.logs.insert(std::string(change.find("from").string()));
    }
    list.push_back(std::move(unfinished));
  }
  return list;
}

const bank::TaskEntry* twin_of(const Moving& moving, const BankDocument& tasks) {
  for (const bank::TaskEntry& entry : tasks.document.entries()) {
    if (identity_of(entry) == moving.identity) return &entry;
  }
  return nullptr;
}

bool holds_only_headings(const std::string& bytes) {
  const std::vector<bank::Section> sections = bank::sections_of(bytes);
  return std::all_of(sections.begin(), sections.end(),
                     [](const bank::Section& section) { return section.is_empty(); });
}

bool would_be_an_entry(const bank::TaskEntry& entry) {
  using bank::Key;
  return std::any_of(entry.fields.begin(), entry.fields.end(), [](const bank::Field& field) {
    return field.id == Key::kOwner || field.id == Key::kSummary || field.id == Key::kDone ||
           field.id == Key::kStarted;
  });
}

class Consolidation {
 public:
  Consolidation(const std::vector<fs::path>& logs, const BankUpdating& updating, bool drop_repeated)
      : logs_(logs), updating_(updating), drop_repeated_(drop_repeated), work_(updating) {}

  Result<BankUpdated> run() {
    std::vector<fs::path> files = {updating_.layout.bank_dir() / "current_tasks.md"};
    files.insert(files.end(), logs_.begin(), logs_.end());
    if (const auto opened = work_.open(files); !opened) return tl::unexpected(opened.error());
    if (work_.answered()) return work_.take();
    if (const auto chosen = choose(); !chosen) return tl::unexpected(chosen.error());
    if (moving_.empty()) return work_.take();
    if (const auto computed = compute(); !computed) return tl::unexpected(computed.error());
    if (const auto written = write(); !written) return tl::unexpected(written.error());
    if (!work_.dry_run()) tell_empty_logs();
    return work_.take();
  }

 private:
  Result<void> choose() {
    const auto log = work_.log(0);
    if (!log) return tl::unexpected(log.error());
    unfinished_ = unfinished_of(*log);
    for (std::size_t file = 1; file <= logs_.size(); ++file) {
      const BankDocument& document = work_.document(file);
      for (const bank::TaskEntry& entry : document.document.entries()) {
        if (!entry.done) continue;
        Moving moving{file,
                      &entry,
                      identity_of(entry),
                      entry.date(),
                      std::string(movable(document.document, entry).view()),
                      false};
        if (!moving.date) moving.date = day_of(document.source.path());
        if (const auto fits = check(moving); !fits) return fits;
        moving_.push_back(std::move(moving));
      }
    }
    return {};
  }

  Result<void> check(Moving& moving) const {
    const std::string title = sdd::quote(moving.identity.title);
    for (const Moving& other : moving_) {
      if (!(other.identity == moving.identity)) continue;
      return fail(ErrorKind::kRefused, fmt::format("the entry {} stands in {} and in {}", title,
                                                   place_of(other), place_of(moving)));
    }
    if (!would_be_an_entry(*moving.entry)) {
      return fail(ErrorKind::kRefused,
                  fmt::format("the entry {} in {} has neither Owner, Summary, Started nor Done: in "
                              "current_tasks.md it would be no entry",
                              title, place_of(moving)));
    }
    const BankDocument& tasks = work_.document(0);
    const bank::TaskEntry* twin = twin_of(moving, tasks);
    if (twin == nullptr) return {};
    const std::string_view bytes = moving.entry->whole.view();
    const bool alike = twin->whole.view() == bytes;
    moving.stays = alike && (drop_repeated_ || was_left_behind(store::git_blob_id(bytes)));
    if (moving.stays) return {};
    return fail(
        ErrorKind::kRefused,
        fmt::format("the entry {} in {} stands in {}, line {}, already{}", title, place_of(moving),
                    quoted_path(tasks.source.path()), tasks.source.position(twin->whole.begin).line,
                    alike ? "; --drop-repeated takes it out of the log" : ", with other words"));
  }

  bool was_left_behind(const std::string& blob) const {
    return std::any_of(unfinished_.begin(), unfinished_.end(),
                       [&](const Unfinished& update) { return update.entries.contains(blob); });
  }

  std::string place_of(const Moving& moving) const {
    const SourceText& source = work_.document(moving.file).source;
    return fmt::format("{}, line {}", quoted_path(source.path()),
                       source.position(moving.entry->whole.begin).line);
  }

  Result<void> compute() {
    std::string together;
    for (const Moving& moving : moving_) {
      if (!moving.stays) together += moving.text + "\n\n";
      EntryChange change;
      change.kind = EntryChange::Kind::kMoved;
      change.title = moving.identity.title;
      change.spec = moving.identity.spec;
      change.date = moving.identity.date;
      change.text = moving.entry->whole.view();
      change.path = work_.document(0).source.path();
      change.from = work_.document(moving.file).source.path();
      work_.updated().changes.push_back(std::move(change));
    }
    carried_ = errors_of(BankDocument("", together, bank::Kind::kCurrentTasks));
    for (std::size_t file = 0; file <= logs_.size(); ++file) {
      computes_.push_back([this, file](const BankDocument& document, bool again) {
        return file == 0 ? insertion(document, again) : removal(document, file, again);
      });
      if (const auto changed = work_.change(file, computes_.back()); !changed) return changed;
    }
    return {};
  }

  Result<BankChange> insertion(const BankDocument& tasks, bool again) const {
    BankChange change;
    change.carried = carried_;
    std::vector<bank::MovedEntry> entries;
    // The oldest log first, as their names go: of one day the later one counts as the newer.
    std::vector<const Moving*> order;
    for (const Moving& moving : moving_) order.push_back(&moving);
    std::stable_sort(order.begin(), order.end(), [&](const Moving* a, const Moving* b) {
      return work_.document(a->file).source.path() < work_.document(b->file).source.path();
    });
    for (const Moving* moving : order) {
      if (moving->stays) continue;
      const bank::TaskEntry* twin = again ? twin_of(*moving, tasks) : nullptr;
      if (twin != nullptr) {
        if (twin->whole.view() == moving->entry->whole.view()) continue;
        return fail(ErrorKind::kRefused, "the entry " + sdd::quote(moving->identity.title) +
                                             " was written there at the same time");
      }
      entries.push_back({moving->text, moving->date});
      change.added.emplace_back(moving->entry->whole.view());
    }
    change.edits = insert_done_entries(tasks.source.bytes(), tasks.document, entries);
    return change;
  }

  Result<BankChange> removal(const BankDocument& log, std::size_t file, bool again) const {
    BankChange change;
    std::vector<const bank::TaskEntry*> entries;
    for (const Moving& moving : moving_) {
      if (moving.file != file) continue;
      const auto here = std::find_if(log.document.entries().begin(), log.document.entries().end(),
                                     [&](const bank::TaskEntry& entry) {
                                       return again
                                                  ? entry.whole.view() == moving.entry->whole.view()
                                                  : &entry == moving.entry;
                                     });
      if (here != log.document.entries().end()) {
        entries.push_back(&*here);
        change.removed.emplace_back(here->whole.view());
      } else if (twin_of(moving, log) != nullptr) {
        return fail(ErrorKind::kRefused, "the entry " + sdd::quote(moving.identity.title) +
                                             " was changed at the same time");
      }
    }
    change.edits = remove_entries(log.source.bytes(), log.document, entries);
    return change;
  }

  Result<void> write() {
    const store::SignalsHeld held;
    if (const auto written = work_.write(0, computes_[0]); !written) return written;
    for (std::size_t file = 1; file <= logs_.size(); ++file) {
      if (work_.updated().files[file].edits.empty()) continue;
      auto written = work_.write(file, computes_[file]);
      if (written) written = work_.done(file);
      if (!written) return tl::unexpected(half_done(file, written.error()));
    }
    if (const auto done = work_.done(0); !done) return done;
    return settle_unfinished();
  }

  // An update whose logs have all been seen to has nothing left behind any more.
  Result<void> settle_unfinished() {
    std::set<std::string> seen;
    for (const BankFileUpdate& file : work_.updated().files) seen.insert(file.shown);
    for (const Unfinished& update : unfinished_) {
      const bool all =
          std::includes(seen.begin(), seen.end(), update.logs.begin(), update.logs.end());
      if (!all || update.id == work_.id()) continue;
      if (const auto done = work_.done(0, update.id); !done) return done;
    }
    return {};
  }

  // Something was changed: 5 would say that nothing was.
  Error half_done(std::size_t file, Error error) const {
    if (error.kind == ErrorKind::kRefused) error.kind = ErrorKind::kIo;
    error.message = fmt::format(
        "entries of {} stand in both files now, repeat the command to take them out of the log: {}",
        quoted_path(work_.document(file).source.path()), error.message);
    return error;
  }

  void tell_empty_logs() {
    for (std::size_t file = 1; file <= logs_.size(); ++file) {
      const BankFileUpdate& log = work_.updated().files[file];
      if (log.edits.empty() || !holds_only_headings(log.after)) continue;
      work_.updated().remarks.push_back("nothing is left in " + quoted_path(log.shown) +
                                        "; 'git rm' takes it away");
    }
  }

  const std::vector<fs::path>& logs_;
  const BankUpdating& updating_;
  bool drop_repeated_;
  BankWork work_;
  std::vector<Unfinished> unfinished_;
  std::vector<Moving> moving_;
  std::map<std::string, int> carried_;
  std::deque<BankCompute> computes_;
};

}  // namespace

Result<BankUpdated> consolidate(const std::vector<fs::path>& logs, const BankUpdating& updating,
                                bool drop_repeated) {
  return Consolidation(logs, updating, drop_repeated).run();
}

}  // namespace sdd::workspace
