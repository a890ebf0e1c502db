// Replacing: one replacement on its way; the inside of Exchange::replace (store/exchange.h).
//
//   Replacing work(files, clock, home, replacement);
//   return work.run();
//
// The steps, in order, stand at the head of replacing.cc; the way back when others were in the way,
// in replacing_back.cc; the way without exchange of names, in replacing_plainly.cc.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/displaced.h"
#include "store/exchange.h"
#include "store/file.h"
#include "store/temporary.h"

namespace sdd::store {

class Replacing {
 public:
  using Outcome = tl::expected<Replaced, ReplaceFailure>;

  Replacing(FileSystem& files, Clock& clock, const Home& home, const Replacement& request);

  Outcome run();

 private:
  using Path = std::filesystem::path;

  static constexpr int kMostRounds = 8;

  // What a look at a file, which should hold what was expected, comes to.
  struct Verdict {
    enum Kind { kContained, kMerged, kRefused } kind = kRefused;
    Look look;
    std::string text;  // kMerged: the merged bytes; kRefused: why
  };
  // A file of somebody else's under one of our names; its bytes are merged into what we want.
  struct Taken {
    Path name;
    std::string bytes;
    bool written = false;  // somebody still has it open for writing
  };
  enum class Swap { kDone, kNotDone, kUnknown };

  // The steps.
  Result<Temporary> make_ready();
  // False: it held something else, which is merged into what is wanted now.
  Result<bool> stands_as_expected();
  Swap swap(const Temporary& ours, Errno& error);
  Result<Verdict> judge(const Path& name);
  Result<void> take_over(Verdict verdict);
  Outcome finish(const Look& last);
  Error swap_error(Errno error) const;
  Error unsynced() const;

  // The way back.
  Outcome go_back(Error error);
  Path newest_foreign();
  enum class Back { kNotDone, kOursCameOut, kTheirsCameOut };
  Back put_back(const Path& name);
  Outcome failure(Error error, Standing standing);

  // Without exchange.
  Outcome replace_plainly(Temporary ours);
  Outcome put_plainly(const Temporary& ours, const File& old, const Look& look);
  void keep_what_came_late(const File& old, std::string_view bytes);

  // Whether this file stands at the target.
  Answer<bool> stands(const FileStatus& file) const;
  bool sync_folders();
  // The text, for as long as the replacement lasts.
  std::string_view hold(std::string text) { return texts_.emplace_back(std::move(text)); }
  std::string_view held(const Look& look) const {
    return look.as_expected ? expected_ : look.bytes;
  }
  Replaced replaced(const Temporary& ours);
  MergeAnswer merge(std::string_view theirs) const;
  // Removes a file under our name; one into which somebody still writes is kept.
  void dispose(const Path& name, std::string_view bytes, bool written);
  void keep(const Path& name, std::string_view bytes, const char* why);

  FileSystem& files_;
  Clock& clock_;
  const Home& home_;
  const Replacement& request_;
  const Path target_;
  const std::string key_;
  Temporary::Place place_;

  // Of the request, or of texts_.
  std::string_view wanted_;    // what is to stand at the target
  std::string_view expected_;  // what stands there, as far as we know
  std::deque<std::string> texts_;
  std::optional<Temporary> exchanged_;  // ours, which was put there; its name holds what came out
  std::string_view put_;                // its bytes
  std::optional<FileStatus> previous_;  // ours, which was put there the round before
  std::vector<Taken> taken_;            // oldest first
  bool merged_ = false;
  std::vector<Kept> kept_;
};

}  // namespace sdd::store
