// A specs folder with one file, and an update of it as workspace/ will do it, on the smallest
// document that can be merged: a set of words, one a line, closed by END.
#pragma once

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "store/exchange.h"
#include "store/file.h"
#include "store/file_lock.h"
#include "store/hash.h"
#include "store/process.h"
#include "store/settle.h"
#include "store/update_log.h"
#include "tests/support.h"
#include "tests/temp_folder.h"

namespace sdd::store {

using Words = std::set<std::string>;

inline std::string words_text(const Words& words) {
  std::string text;
  for (const std::string& word : words) text += word + '\n';
  return text + "END\n";
}

inline bool is_whole(std::string_view text) { return text == "END\n" || text.ends_with("\nEND\n"); }

inline Words words_of(std::string_view text) {
  Words words;
  std::istringstream in{std::string(text)};
  for (std::string line; std::getline(in, line);) {
    if (line != "END") words.insert(line);
  }
  return words;
}

// Joins two sets on a base. A word "clash" cannot be merged with anything.
inline MergeAnswer merge_words(std::string_view base, std::string_view theirs,
                               std::string_view ours) {
  if (!is_whole(theirs)) return {MergeAnswer::kUnreadable, {}, "it is no whole document"};
  const Words before = words_of(base);
  const Words left = words_of(theirs);
  const Words right = words_of(ours);
  if (left.contains("clash")) return {MergeAnswer::kConflict, {}, "both changed one word"};
  Words merged;
  for (const Words* side : {&left, &right}) {
    const Words& other = side == &left ? right : left;
    for (const std::string& word : *side) {
      if (!before.contains(word) || other.contains(word)) merged.insert(word);
    }
  }
  return {MergeAnswer::kMerged, words_text(merged), {}};
}

// Where thousands of rooms are made and given up in seconds: memory, where there is such a place.
inline std::filesystem::path quick_place() {
  return ::access("/dev/shm", W_OK) == 0 ? "/dev/shm" : std::filesystem::temp_directory_path();
}

struct Room {
  explicit Room(const std::filesystem::path& place = std::filesystem::temp_directory_path(),
                const Words& words = {"base"})
      : folder(place) {
    for (const char* status : {"pending", "active", "completed"}) {
      std::filesystem::create_directories(folder.path() / "specs" / status);
    }
    folder.write("specs/active/a.json", words_text(words));
  }

  std::filesystem::path specs() const { return folder.path() / "specs"; }
  std::filesystem::path file() const { return specs() / "active/a.json"; }
  Home home() const { return Home(specs()); }
  std::string bytes() const { return test::read_bytes(file()); }
  Words words() const { return words_of(bytes()); }

  // The names in a folder of `.sdd`, sorted.
  std::vector<std::filesystem::path> in(const char* inner) const {
    std::vector<std::filesystem::path> found;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(specs() / ".sdd" / inner, error)) {
      found.push_back(entry.path());
    }
    std::sort(found.begin(), found.end());
    return found;
  }

  // Whether a file of `.sdd/displaced` has this word.
  bool displaced(const std::string& word) const {
    const auto kept = in("displaced");
    return std::any_of(kept.begin(), kept.end(), [&](const std::filesystem::path& each) {
      return words_of(test::read_bytes(each)).contains(word);
    });
  }

  test::TempFolder folder;
};

struct Updated {
  bool acknowledged = false;
  Standing standing = Standing::kOld;  // when not acknowledged
  Error error;
  bool merged = false;
  bool window = false;
  std::vector<Kept> kept;  // told by settle and by the exchange
};

// Adds a word to the file: lock, settle, log, exchange, acknowledge.
class RoomUpdate {
 public:
  RoomUpdate(FileSystem& files, Clock& clock, std::filesystem::path file)
      : files_(files), clock_(clock), file_(std::move(file)) {}

  Updated add(const std::string& word) {
    const Result<Target> target = find_target(files_, file_);
    if (!target) return failed_with(target.error());
    const Result<Home> home = Home::of(files_, target->path);
    if (!home) return failed_with(home.error());
    Locks locks(files_, clock_);
    const auto lock =
        locks.acquire({*home, target->path, "add", {word}, std::chrono::milliseconds(60'000), ""});
    if (!lock) return failed_with(lock.error().error);
    Result<UpdateLog> log = UpdateLog::open(files_, home->log_file(target->path));
    if (!log) return failed_with(log.error());
    const KnowsBlob knows = [&](const std::string& blob) { return log->knows(blob); };
    const TakeIn take_in = [&](std::string_view theirs) {
      return take_left_over(*home, *target, theirs);
    };
    const Result<Settled> settled = settle(files_, clock_, *home, target->path, knows, take_in);
    if (!settled) return failed_with(settled.error());
    told_ = settled->kept;
    return change(*home, *target, *log, word);
  }

 private:
  Updated change(const Home& home, const Target& target, UpdateLog& log, const std::string& word) {
    if (const auto checked = check_target(files_, target); !checked) {
      return failed_with(checked.error());
    }
    const Answer<std::string> before = read_whole(files_, target.path);
    if (!before) return failed_with(Error{ErrorKind::kIo, "read", {}});
    Words words = words_of(*before);
    words.insert(word);
    const std::string after = words_text(words);
    const auto intend = [&](std::string_view from, std::string_view to) {
      const Process self = this_process();
      return log.intend({word,
                         now(),
                         self.pid,
                         self.host,
                         "add",
                         git_blob_id(from),
                         git_blob_id(to),
                         "[]",
                         false,
                         {},
                         {},
                         {}});
    };
    if (const auto logged = intend(*before, after); !logged) return failed_with(logged.error());
    Exchange exchange(files_, clock_, home);
    auto done = exchange.replace({target, *before, after, merge_words, intend});
    if (!done) {
      Updated updated = failed_with(done.error().error);
      updated.standing = done.error().standing;
      tell(updated, done.error().kept);
      return updated;
    }
    Updated updated = failed_with({});
    tell(updated, done->kept);
    updated.merged = done->merged;
    updated.window = done->window;
    const Result<void> acknowledged = log.done({word, now(), done->stamp, "{}"});
    updated.acknowledged = acknowledged.has_value();
    if (!acknowledged) updated.standing = Standing::kNew;
    return updated;
  }

  // A foreign version that a death left: merged into what stands there.
  Result<bool> take_left_over(const Home& home, const Target& target, std::string_view theirs) {
    const Answer<std::string> now = read_whole(files_, target.path);
    if (!now || !is_whole(theirs) || words_of(theirs).contains("clash")) return false;
    Words words = words_of(*now);
    words.merge(words_of(theirs));
    Exchange exchange(files_, clock_, home);
    const auto done = exchange.replace({target, *now, words_text(words), merge_words, {}});
    if (!done) return tl::unexpected(done.error().error);
    return true;
  }

  Updated failed_with(Error error) {
    Updated updated;
    updated.error = std::move(error);
    updated.kept = told_;
    return updated;
  }

  static void tell(Updated& updated, const std::vector<Kept>& kept) {
    updated.kept.insert(updated.kept.end(), kept.begin(), kept.end());
  }

  FileSystem& files_;
  Clock& clock_;
  std::filesystem::path file_;
  std::vector<Kept> told_;
};

}  // namespace sdd::store
