// 1. Nothing to do when there is no log, or nobody else ever changed the file.
// 2. From the newest update to the oldest: what of it no later one changed again must hold, or must
//    have been changed to something new: what went back to an earlier value was overwritten.
// 3. Of each change of somebody else's behind a missing update git is asked; where git cannot
//    explain it, the update is a finding.
#include "workspace/lost_updates.h"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <set>
#include <system_error>
#include <tuple>
#include <utility>

#include "base/strings.h"
#include "rules/rule.h"
#include "store/file_system.h"
#include "store/hash.h"
#include "store/home.h"
#include "workspace/locked_spec.h"

namespace sdd::workspace {
namespace {

namespace fs = std::filesystem;

// The places that later updates wrote to.
class Covered {
 public:
  bool has(const spec::Change& change) const {
    spec::Path path;
    for (const std::string& part : change.path) {
      path.push_back(part);
      if (members_.contains(path)) return true;
    }
    return change.kind == spec::Change::Kind::kItem && items_.contains({change.path, change.key});
  }

  void add(const spec::Change& change) {
    if (change.kind == spec::Change::Kind::kItem) {
      items_.insert({change.path, change.key});
    } else {
      members_.insert(change.path);
    }
  }

 private:
  std::set<spec::Path> members_;
  std::set<std::pair<spec::Path, std::string>> items_;
};

json::Value at_path(json::Value document, const spec::Path& path) {
  for (const std::string& part : path) document = document.find(part);
  return document;
}

// An entry of the journal whose text was edited has another identity; its time tells that it stays.
bool stays_edited(const spec::Change& change, json::Value document) {
  json::Parser parser;
  json::Tree added;
  if (!parser.parse(change.after->text, added)) return false;
  const json::Value time = added.root().find("timestamp");
  if (!time.is_string()) return false;
  const auto elements = at_path(document, change.path).elements();
  return std::any_of(elements.begin(), elements.end(), [&](json::Value element) {
    return element.find("timestamp").string() == time.string();
  });
}

bool is_record(const spec::Change& change) {
  if (change.kind != spec::Change::Kind::kItem || change.before || !change.after) return false;
  const auto kind = spec::list_kind(change.path);
  return kind == spec::ListKind::kEntries || kind == spec::ListKind::kRevisions;
}

// The log's changes by the place that they speak of.
class LoggedPlaces {
 public:
  explicit LoggedPlaces(const std::vector<spec::Changes>& updates) {
    for (std::size_t at = 0; at < updates.size(); ++at) {
      for (const spec::Change& change : updates[at])
        changes_[key_of(change)].push_back({at, &change});
    }
  }

  // Whether the document has a value that this place had before one of the updates [0, end).
  bool went_back(const spec::Change& change, std::size_t end, json::Value document) const {
    const auto found = changes_.find(key_of(change));
    if (found == changes_.end()) return false;
    return std::any_of(found->second.begin(), found->second.end(), [&](const auto& older) {
      return older.first < end && spec::holds(spec::inverse(*older.second), document);
    });
  }

 private:
  using Key = std::tuple<spec::Change::Kind, spec::Path, std::string>;
  static Key key_of(const spec::Change& change) { return {change.kind, change.path, change.key}; }

  std::map<Key, std::vector<std::pair<std::size_t, const spec::Change*>>> changes_;
};

// What of the update at `at` is missing; nothing when it is not lost.
spec::Changes missing_of(const spec::Changes& stated, const LoggedPlaces& places, std::size_t at,
                         json::Value document) {
  spec::Changes missing;
  bool record_gone = false;
  bool all_undone = true;
  for (const spec::Change& change : stated) {
    if (spec::holds(change, document)) {
      // Perhaps by chance: an earlier version had the same.
      all_undone = all_undone && places.went_back(change, at, document);
      continue;
    }
    const bool edited = is_record(change) && stays_edited(change, document);
    record_gone = record_gone || (is_record(change) && !edited);
    all_undone = all_undone && !edited && places.went_back(change, at + 1, document);
    missing.push_back(change);
  }
  return record_gone || all_undone ? missing : spec::Changes{};
}

// The nearest thing that is there, from the change's place upward.
json::Value place_of(const spec::Change& change, json::Value document) {
  json::Value found = document;
  for (const std::string& part : change.path) {
    const json::Value next = found.find(part);
    if (!next) break;
    found = next;
  }
  return found;
}

std::string what_is_lost(const LostUpdate& lost) {
  constexpr std::size_t kShown = 3;
  std::string text;
  for (std::size_t i = 0; i < std::min(kShown, lost.lost.size()); ++i) {
    text += (i == 0 ? "" : "; ") + spec::to_line(lost.lost[i]);
  }
  if (lost.lost.size() > kShown) text += fmt::format("; {} more", lost.lost.size() - kShown);
  return text;
}

void tell(rules::Report& report, json::Value document, const LostUpdate& one,
          const std::string& spec_id) {
  rules::Finding& finding = report.add(
      place_of(one.lost.front(), document),
      fmt::format("'{}' of {} is not in the file any more: {}", printable(one.update.command),
                  format_rfc3339(one.update.time), what_is_lost(one)));
  finding.node = std::string(spec::node_of(one.lost.front()));
  finding.help = fmt::format(
      "it was overwritten; 'sdd repair {0} --replay' brings it back, 'sdd history {0} --forget "
      "{1}' "
      "when it was meant",
      printable(spec_id), printable(one.update.id));
  if (one.doubt.empty()) return;
  finding.severity = rules::Severity::kNote;
  finding.help = one.doubt + ": " + finding.help;
}

std::string without_cr(std::string bytes) {
  std::erase(bytes, '\r');
  return bytes;
}

}  // namespace

std::vector<LostUpdate> missing_updates(const store::LogContent& log, json::Value document) {
  std::vector<LostUpdate> lost;
  Covered covered;
  std::vector<spec::Changes> all;
  for (const store::Update& update : log.updates) all.push_back(logged_changes(update));
  const LoggedPlaces places(all);
  for (std::size_t at = log.updates.size(); at-- > 0;) {
    const store::Update& update = log.updates[at];
    const spec::Changes& changes = all[at];
    if (update.done && !update.forgotten) {
      spec::Changes stated;
      for (const spec::Change& change : changes) {
        if (!change.derived && !spec::adds_container(change) && !covered.has(change)) {
          stated.push_back(change);
        }
      }
      spec::Changes missing = missing_of(stated, places, at, document);
      if (!missing.empty()) lost.push_back({update, at, std::move(missing), {}});
    }
    for (const spec::Change& change : changes) covered.add(change);
  }
  std::reverse(lost.begin(), lost.end());
  return lost;
}

struct LostUpdates::Verdict {
  std::set<std::string> held;            // blobs of breaches that git holds
  std::optional<Timestamp> explains_to;  // what was done before this moment is explained
  std::string doubt;  // why git cannot be asked; "" when it can, or there is none
};

LostUpdates::LostUpdates(fs::path specs_dir) : specs_dir_(std::move(specs_dir)) {
  if (specs_dir_.empty()) return;
  std::error_code error;
  const fs::path folder = store::Home(specs_dir_).log_file("x").parent_path();
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    logs_.insert(entry->path().filename().string());
  }
}

// Asked for every spec of a run: no path is taken apart where there is no log at all.
bool LostUpdates::may_have_log(const SpecPath& place) const {
  const std::string& folder = specs_dir_.native();
  const bool lies_there = !folder.empty() && !place.status_folder.empty() &&
                          place.file.size() > folder.size() && place.file.starts_with(folder) &&
                          place.file[folder.size()] == '/';
  if (!lies_there) return true;
  return !logs_.empty() && logs_.contains(store::Home(specs_dir_).log_file(place.file).filename());
}

LostUpdates::Verdict LostUpdates::ask_git(const fs::path& folder,
                                          const std::vector<Breach>& breaches,
                                          const std::string& bytes) const {
  const std::lock_guard alone(one_at_a_time_);
  if (!repository_ || asked_ != folder) repository_ = git::open_repository(folder);
  asked_ = folder;
  const auto& opened = *repository_;
  Verdict verdict;
  if (!opened) {
    if (opened.error().kind != ErrorKind::kNotRepository) verdict.doubt = opened.error().message;
    return verdict;
  }
  const std::string now = store::git_blob_id(bytes);
  const auto ask = [&](const std::string& blob, const std::string& for_blob) {
    const auto held = (*opened)->holds_blob(blob);
    if (!held) verdict.doubt = held.error().message;
    if (held && *held) verdict.held.insert(for_blob);
  };
  for (const Breach& breach : breaches) {
    if (!breach.blob.empty()) ask(breach.blob, breach.blob);
    if (breach.blob == now) ask(store::git_blob_id(without_cr(bytes)), now);
  }
  const auto moved = (*opened)->head_moved();
  if (!moved) {
    verdict.doubt = moved.error().message;
  } else if (*moved) {
    // git's times are whole seconds: within the same one it is not known what came first.
    constexpr std::int64_t kSecond = 1'000'000;
    verdict.explains_to = Timestamp{(*moved)->microseconds + kSecond};
  }
  return verdict;
}

Result<std::vector<LostUpdate>> LostUpdates::look(const SpecPath& place, const std::string& bytes,
                                                  const spec::Spec& spec) const {
  if (!may_have_log(place)) return std::vector<LostUpdate>{};
  store::RealFileSystem files;
  const auto real = files.real_path(place.file);
  if (!real) return std::vector<LostUpdate>{};
  const auto home = store::Home::of(files, *real);
  if (!home) return std::vector<LostUpdate>{};
  const auto log = store::read_log(files, home->log_file(*real));
  if (!log) return tl::unexpected(log.error());
  return judged(*real, *log, bytes, spec);
}

Result<std::vector<LostUpdate>> LostUpdates::judged(const fs::path& file,
                                                    const store::LogContent& log,
                                                    const std::string& bytes,
                                                    const spec::Spec& spec) const {
  std::vector<LostUpdate> judged;
  // 1.
  if (log.updates.empty()) return judged;
  const auto breaches = breaches_of(log, store::git_blob_id(bytes));
  if (breaches.empty()) return judged;
  // 2.
  std::vector<LostUpdate> lost = missing_updates(log, spec.tree().root());
  if (lost.empty()) return judged;
  // 3.
  const Verdict git = ask_git(file.parent_path(), breaches, bytes);
  for (LostUpdate& one : lost) {
    if (git.explains_to && one.update.time < *git.explains_to) continue;
    std::size_t behind = 0;
    std::size_t explained = 0;
    for (const Breach& breach : breaches) {
      if (breach.at <= one.at) continue;
      ++behind;
      explained += breach.put_back || git.held.contains(breach.blob) ? 1 : 0;
    }
    if (behind == explained) continue;
    one.doubt = git.doubt;
    if (explained > 0) one.doubt = "somebody may have taken it back on purpose";
    if (one.update.gap_behind) one.doubt = "lines of the log behind it are missing";
    judged.push_back(std::move(one));
  }
  return judged;
}

std::vector<rules::Finding> LostUpdates::find(const SpecPath& place, const SourceText& source,
                                              const spec::Spec& spec) const {
  std::vector<rules::Finding> findings;
  rules::Report report(&spec.tree(), findings);
  report.set_rule(&rules::kLostUpdate);
  const auto lost = look(place, source.bytes(), spec);
  if (!lost) {
    report
        .add(spec.tree().root(),
             "whether an update was lost cannot be told: " + lost.error().message)
        .severity = rules::Severity::kNote;
    return findings;
  }
  for (const LostUpdate& one : *lost) tell(report, spec.tree().root(), one, place.id);
  return findings;
}

}  // namespace sdd::workspace
