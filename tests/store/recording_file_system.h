// RecordingFileSystem: writes down what is done to a folder, so that a power loss can be replayed.
//
//   RecordingFileSystem files(real, root);       // root as it stands has reached the disk
//   … the code under test …
//   const CrashReplay replay(files.start(), files.events());
//   replay.states(k, split, [&](const DiskState& state) { … });   // power lost after k events
//
// What may be on the disk after a power loss, by POSIX: of each file what was synced, and any of
// what was written later: nothing, all, half, or its length without its bytes. Of the names in a
// folder what was synced, and any of the later changes, in any combination. A rename, or an
// exchange of names, is one change (file systems with a journal), or, `split`, one for each name
// (those without).
//
// Syncing is recorded, not done.
#pragma once

#include <fcntl.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "store/wrapping_file_system.h"

namespace sdd::store {

// Files and folders are numbered as they come; numbers are not used again, inodes are.
struct DiskState {
  std::map<int, std::string> contents;              // of files
  std::map<int, std::map<std::string, int>> names;  // of folders
  int root = 0;

  // Lays what can be reached from the root out in a folder.
  void lay_out(const std::filesystem::path& folder) const { lay_out(folder, root, {}); }

  // Equal for states that look alike from outside.
  std::string shape() const { return shape(root, 0); }

 private:
  std::map<int, std::filesystem::path> lay_out(const std::filesystem::path& folder, int number,
                                               std::map<int, std::filesystem::path> laid) const {
    std::filesystem::create_directories(folder);
    std::filesystem::permissions(folder, std::filesystem::perms(0700));
    for (const auto& [name, inner] : names.at(number)) {
      const std::filesystem::path path = folder / name;
      if (names.contains(inner)) {
        laid = lay_out(path, inner, std::move(laid));
      } else if (laid.contains(inner)) {
        std::filesystem::create_hard_link(laid.at(inner), path);
      } else {
        std::ofstream(path, std::ios::binary) << contents.at(inner);
        laid.emplace(inner, path);
      }
    }
    return laid;
  }

  std::string shape(int number, int depth) const {
    std::string text;
    for (const auto& [name, inner] : names.at(number)) {
      text += std::string(static_cast<std::size_t>(depth), ' ') + name;
      if (names.contains(inner)) {
        text += "/\n" + shape(inner, depth + 1);
      } else {
        text += ' ' + std::to_string(inner) + ' ' + contents.at(inner) + '\n';
      }
    }
    return text;
  }
};

struct DiskName {
  int folder = 0;
  std::string name;
  int file = 0;  // 0: the name is gone
};

struct DiskEvent {
  enum Kind { kWrite, kCut, kSync, kNames } kind = kWrite;
  int file = 0;                 // kWrite, kCut, kSync (a file or a folder)
  std::string bytes;            // kWrite: appended
  std::size_t size = 0;         // kCut
  std::vector<DiskName> names;  // kNames: changed at once
  bool synced = false;          // kNames: has reached the disk at once
};

class RecordingFileSystem : public WrappingFileSystem {
 public:
  RecordingFileSystem(FileSystem& inner, const Path& root) : WrappingFileSystem(inner) {
    start_.root = scan(root);
  }

  const DiskState& start() const { return start_; }
  const std::vector<DiskEvent>& events() const { return events_; }

  Answer<int> open(const Path& path, int flags, unsigned mode) override {
    const bool was_there = inner_.status(path, false).has_value();
    Answer<int> fd = inner_.open(path, flags, mode);
    if (!fd) return fd;
    const std::uint64_t inode = inner_.status(*fd)->inode;
    if (!was_there) {
      numbers_[inode] = next_++;
      name_event({{folder_of(path), path.filename().string(), numbers_[inode]}});
    } else if ((flags & O_TRUNC) != 0) {
      cut(numbers_.at(inode), 0);
    }
    return fd;
  }
  Answer<std::size_t> write(int fd, const char* bytes, std::size_t size) override {
    Answer<std::size_t> written = inner_.write(fd, bytes, size);
    if (written) {
      DiskEvent event;
      event.file = number_of(fd);
      event.bytes.assign(bytes, *written);
      events_.push_back(event);
    }
    return written;
  }
  Answer<void> truncate(int fd, std::uint64_t size) override {
    cut(number_of(fd), size);
    return inner_.truncate(fd, size);
  }
  Answer<void> sync(int fd) override {
    DiskEvent event;
    event.kind = DiskEvent::kSync;
    event.file = number_of(fd);
    events_.push_back(event);
    return {};
  }
  Answer<void> rename(const Path& from, const Path& to, Rename how) override {
    if (before_rename) before_rename(++renames_);
    const int moved = number_at(from);
    const int there = number_at(to);
    if (exchange_error != 0 && how == Rename::kExchange) return failed(exchange_error);
    const Answer<void> renamed = inner_.rename(from, to, how);
    if (!renamed) return renamed;
    name_event({{folder_of(to), to.filename().string(), moved},
                {folder_of(from), from.filename().string(), how == Rename::kExchange ? there : 0}});
    return renamed;
  }
  Answer<void> unlink(const Path& path) override {
    const Answer<void> done = inner_.unlink(path);
    if (done) name_event({{folder_of(path), path.filename().string(), 0}});
    return done;
  }
  Answer<void> make_folder(const Path& path, unsigned mode) override {
    const Answer<void> made = inner_.make_folder(path, mode);
    if (!made) return made;
    const int number = next_++;
    numbers_[inner_.status(path, false)->inode] = number;
    start_.names[number];  // empty, and out of reach until a name leads to it
    name_event({{folder_of(path), path.filename().string(), number}});
    return made;
  }

  // Somebody else replaces a file; his has reached the disk.
  void replace_from_outside(const Path& path, const std::string& bytes) {
    const Path temporary = path.string() + ".tmp";
    std::ofstream(temporary, std::ios::binary) << bytes;
    std::filesystem::rename(temporary, path);
    const int number = next_++;
    numbers_[inner_.status(path, false)->inode] = number;
    start_.contents[number] = bytes;
    name_event({{folder_of(path), path.filename().string(), number}});
    events_.back().synced = true;
  }

  // Exchanges fail with this errno when it is not 0.
  int exchange_error = 0;
  // Called before each rename with its number, from 1. What it does is recorded like the rest.
  std::function<void(int number)> before_rename;

 private:
  int scan(const Path& path) {
    const int number = next_++;
    numbers_[inner_.status(path, false)->inode] = number;
    if (!std::filesystem::is_directory(path)) {
      std::ifstream in(path, std::ios::binary);
      start_.contents[number] = {std::istreambuf_iterator<char>(in), {}};
      return number;
    }
    start_.names[number];
    for (const auto& entry : std::filesystem::directory_iterator(path)) {
      const int inner = scan(entry.path());
      start_.names[number][entry.path().filename()] = inner;
    }
    return number;
  }

  int number_of(int fd) { return numbers_.at(inner_.status(fd)->inode); }
  int number_at(const Path& path) {
    const Answer<FileStatus> status = inner_.status(path, false);
    return status ? numbers_.at(status->inode) : 0;
  }
  int folder_of(const Path& path) { return number_at(path.parent_path()); }

  void cut(int file, std::uint64_t size) {
    DiskEvent event;
    event.kind = DiskEvent::kCut;
    event.file = file;
    event.size = size;
    events_.push_back(event);
  }
  void name_event(std::vector<DiskName> names) {
    DiskEvent event;
    event.kind = DiskEvent::kNames;
    event.names = std::move(names);
    events_.push_back(event);
  }

  DiskState start_;
  std::vector<DiskEvent> events_;
  std::map<std::uint64_t, int> numbers_;  // of inodes
  int next_ = 1;
  int renames_ = 0;
};

class CrashReplay {
 public:
  CrashReplay(DiskState start, std::vector<DiskEvent> events)
      : start_(std::move(start)), events_(std::move(events)) {}

  // Calls `visit` with each state that power lost after `count` events may leave, no two alike.
  // Returns how many name changes were open.
  std::size_t states(std::size_t count, bool split,
                     const std::function<void(const DiskState&)>& visit) const {
    const std::vector<Change> changes = name_changes(count, split);
    std::vector<std::size_t> open;
    for (std::size_t i = 0; i < changes.size(); ++i) {
      if (!changes[i].synced) open.push_back(i);
    }
    std::set<std::string> seen;
    const std::vector<std::map<int, std::string>> contents = file_contents(count);
    for (std::uint32_t subset = 0; subset < (1U << std::min<std::size_t>(open.size(), kMostOpen));
         ++subset) {
      for (const auto& files : contents) {
        const DiskState state = apply(changes, open, subset, files);
        if (seen.insert(state.shape()).second) visit(state);
      }
    }
    return open.size();
  }

  static constexpr std::size_t kMostOpen = 14;

 private:
  struct Change {
    std::vector<DiskName> names;
    bool synced = false;
  };

  std::vector<Change> name_changes(std::size_t count, bool split) const {
    std::vector<Change> changes;
    for (std::size_t i = 0; i < count; ++i) {
      if (events_[i].kind != DiskEvent::kNames) continue;
      if (!split) {
        changes.push_back({events_[i].names, events_[i].synced});
        for (const DiskName& name : events_[i].names) {
          changes.back().synced = changes.back().synced || synced_after(name.folder, i, count);
        }
        continue;
      }
      for (const DiskName& name : events_[i].names) {
        changes.push_back({{name}, events_[i].synced || synced_after(name.folder, i, count)});
      }
    }
    return changes;
  }

  bool synced_after(int file, std::size_t event, std::size_t count) const {
    for (std::size_t i = event + 1; i < count; ++i) {
      if (events_[i].kind == DiskEvent::kSync && events_[i].file == file) return true;
    }
    return false;
  }

  // Every combination of what may be in the files that have unsynced bytes.
  std::vector<std::map<int, std::string>> file_contents(std::size_t count) const {
    std::map<int, std::array<std::string, 4>> variants;
    std::map<int, std::string> now = start_.contents;
    std::map<int, std::string> synced = start_.contents;
    for (std::size_t i = 0; i < count; ++i) {
      const DiskEvent& event = events_[i];
      if (event.kind == DiskEvent::kNames) {
        for (const DiskName& name : event.names) {
          if (name.file != 0 && !start_.names.contains(name.file)) now[name.file];
        }
      }
      if (event.kind == DiskEvent::kWrite) now[event.file] += event.bytes;
      if (event.kind == DiskEvent::kCut) now[event.file].resize(event.size);
      if (event.kind == DiskEvent::kSync && now.contains(event.file)) {
        synced[event.file] = now[event.file];
      }
    }
    std::vector<std::map<int, std::string>> all = {synced};
    for (const auto& [file, bytes] : now) {
      const std::string old = synced[file];
      std::set<std::string> choices = {old, bytes};
      if (bytes.size() > old.size()) {
        choices.insert(bytes.substr(0, (old.size() + bytes.size() + 1) / 2));
        choices.insert(bytes.substr(0, old.size()) + std::string(bytes.size() - old.size(), '\0'));
      }
      std::vector<std::map<int, std::string>> next;
      for (const auto& each : all) {
        for (const std::string& choice : choices) {
          next.push_back(each);
          next.back()[file] = choice;
        }
      }
      all = std::move(next);
    }
    return all;
  }

  DiskState apply(const std::vector<Change>& changes, const std::vector<std::size_t>& open,
                  std::uint32_t subset, const std::map<int, std::string>& contents) const {
    DiskState state = start_;
    state.contents = contents;
    for (std::size_t i = 0; i < changes.size(); ++i) {
      const auto place = std::find(open.begin(), open.end(), i);
      const auto bit = static_cast<std::size_t>(place - open.begin());
      // Of very many open changes only the last ones are varied; the others are there.
      const bool there = place == open.end() || bit + kMostOpen < open.size() ||
                         (subset >> (bit % kMostOpen) & 1U) != 0;
      if (!there) continue;
      for (const DiskName& name : changes[i].names) {
        if (name.file == 0) {
          state.names[name.folder].erase(name.name);
        } else {
          state.names[name.folder][name.name] = name.file;
        }
      }
    }
    return state;
  }

  DiskState start_;
  std::vector<DiskEvent> events_;
};

}  // namespace sdd::store
