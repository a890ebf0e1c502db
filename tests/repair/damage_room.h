// Damage room: specs damaged in every way that formats.md knows, with the documents that their
// writers meant.
//
//   DamageRoom room(seed);
//   const DamagedCase damaged = room.next();
//   damaged.bytes, damaged.base, damaged.writers
//
// A base is a generated spec, or one of the shared corpus where it is there. Each writer makes a
// few updates of it. Every fourth race is for chimeras: the writers touch one and the same node or
// the same moment, and pieces meet inside of it.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "bench/generate.h"
#include "bench/random.h"
#include "repair/writer_race.h"
#include "spec/random_updates.h"
#include "spec/spec_files.h"
#include "spec/update.h"

namespace sdd::test {

enum class Shape { kTail, kSplice, kNulHole, kCut, kEmpty, kConflict, kSlip };
inline constexpr std::size_t kShapes = 7;
inline const char* to_string(Shape shape) {
  constexpr const char* kNames[] = {"document + tail", "splice",   "NUL hole", "cut off",
                                    "empty",           "conflict", "slip"};
  return kNames[static_cast<std::size_t>(shape)];
}

struct DamagedCase {
  Shape shape = Shape::kTail;
  std::string stem;
  std::string bytes;
  std::string base;
  std::vector<std::string> writers;  // the whole documents that they had in memory
  bool chimera = false;              // made so that pieces meet inside a touched node
};

class DamageRoom {
 public:
  explicit DamageRoom(std::uint64_t seed) : random_(seed), files_(corpus()) {}

  DamagedCase next() {
    for (;;) {
      DamagedCase made = start();
      const std::size_t kind = random_.below(100);
      const bool done = kind < 72   ? race(made)
                        : kind < 80 ? cut(made)
                        : kind < 88 ? zero_pages(made)
                        : kind < 96 ? conflict(made)
                        : kind < 98 ? empty(made)
                                    : slip(made);
      if (done) return made;
    }
  }

 private:
  static const std::vector<SpecFile>& corpus() {
    static const std::vector<SpecFile> kFiles = [] {
      std::vector<SpecFile> files;
      for (SpecFile& file : spec_files()) {
        if (file.name.starts_with("airis") && ReadSpec(file.bytes).spec.root() != nullptr) {
          files.push_back(std::move(file));
        }
      }
      return files;
    }();
    return kFiles;
  }

  DamagedCase start() {
    DamagedCase made;
    if (!files_.empty() && random_.chance(40)) {
      made.base = random_.pick(files_).bytes;
    } else {
      const std::size_t size =
          random_.chance(20) ? random_.between(60'000, 135'000) : random_.between(2'000, 45'000);
      made.base = bench::generate_one(random_.next(), size).bytes;
    }
    const ReadSpec read(made.base);
    made.stem = read.spec.spec_id.string();
    made.chimera = random_.chance(25);
    const std::string target = made.chimera ? node_at_a_seam(made.base, read) : "";
    const std::size_t writers = random_.chance(15) ? random_.between(3, 4) : 2;
    for (std::size_t i = 0; i < writers; ++i) made.writers.push_back(version(made.base, i, target));
    return made;
  }

  // A task in which a piece of the base ends, else any.
  std::string node_at_a_seam(const std::string& base, const ReadSpec& read) {
    const std::vector<std::size_t> ends = WriterPieces(base).ends();
    std::vector<std::string> found;
    for (const spec::Node& node : read.spec.nodes()) {
      const Span span = node.value.span();
      const bool hit = std::any_of(ends.begin(), ends.end(), [&](std::size_t end) {
        return span.begin < end && end < span.end;
      });
      if (hit && node.is_leaf()) found.emplace_back(node.id);
    }
    if (!found.empty()) return random_.pick(found);
    return std::string(random_.pick(read.spec.nodes()).id);
  }

  std::string version(const std::string& base, std::size_t number, const std::string& target) {
    RandomUpdates updates(random_.next(), std::string(1, static_cast<char>('A' + number)));
    spec::Occasion occasion{.now = *parse_rfc3339("2026-11-20T00:00:00.123456Z"), .author = "w"};
    occasion.now.microseconds += static_cast<std::int64_t>(random_.below(5'000'000));
    std::string bytes = base;
    const std::size_t steps = random_.chance(80) ? 1 : 2;
    for (std::size_t done = 0, tries = 0; done < steps && tries < 8; ++tries) {
      const ReadSpec read(bytes);
      spec::Operation operation = updates.next(read.spec);
      if (!target.empty()) {
        // Of equal length, so that nothing shows.
        if (random_.chance(40)) {
          operation = spec::MarkBlocked{target, "needs more", "technical", {}};
        } else {
          operation = spec::CompleteTask{.task = target, .note = "done by hand"};
        }
      }
      const auto made = update(read.spec, operation, occasion);
      if (!made || made->changes.empty()) continue;
      bytes = spec::apply_changes(bytes, made->changes).value();
      occasion.now.microseconds += 1'234'567;
      ++done;
    }
    return bytes;
  }

  bool race(DamagedCase& made) {
    const Race race(made.writers, random_, 12);
    if (!race.left()) return false;
    made.bytes = *race.left();
    return classify(made);
  }

  // What a race left, by what it is; false: it parses, whoever's document it is. (One of thirteen
  // such is nobody's. No reader can tell, and no repair is asked for.)
  static bool classify(DamagedCase& made) {
    const std::string& bytes = made.bytes;
    if (ReadSpec(bytes).ok) return false;
    if (bytes.empty()) {
      made.shape = Shape::kEmpty;
    } else if (bytes.find('\0') != std::string::npos) {
      made.shape = Shape::kNulHole;
    } else {
      made.shape = Shape::kSplice;
      for (const std::string& writer : made.writers) {
        if (bytes.starts_with(writer)) made.shape = Shape::kTail;
        if (writer.starts_with(bytes)) made.shape = Shape::kCut;
      }
    }
    return true;
  }

  bool cut(DamagedCase& made) {
    made.shape = Shape::kCut;
    made.bytes = made.writers[0].substr(0, random_.between(1, made.writers[0].size() - 1));
    made.writers.resize(1);
    return true;
  }

  bool zero_pages(DamagedCase& made) {
    made.shape = Shape::kNulHole;
    made.bytes = made.writers[0];
    made.writers.resize(1);
    const std::size_t page = 4096;
    const std::size_t first = random_.below(made.bytes.size() / page + 1) * page;
    const std::size_t end = std::min(first + page * random_.between(1, 2), made.bytes.size());
    if (random_.chance(50)) {
      made.bytes.resize(first, '\0');
      made.bytes.resize(made.writers[0].size(), '\0');
    } else {
      std::fill(made.bytes.begin() + static_cast<std::ptrdiff_t>(first),
                made.bytes.begin() + static_cast<std::ptrdiff_t>(end), '\0');
    }
    return true;
  }

  bool empty(DamagedCase& made) {
    made.shape = Shape::kEmpty;
    if (random_.chance(50)) made.bytes = "\n";
    return true;
  }

  // One hunk from the first line that differs to the last.
  bool conflict(DamagedCase& made) {
    const std::string& ours = made.writers[0];
    const std::string& theirs = made.writers[1];
    made.writers.resize(2);
    const auto line_begin = [](const std::string& text, std::size_t at) {
      const std::size_t found = at == 0 ? std::string::npos : text.rfind('\n', at - 1);
      return found == std::string::npos ? 0 : found + 1;
    };
    const std::size_t shorter = std::min(ours.size(), theirs.size());
    std::size_t front = 0;
    while (front < shorter && ours[front] == theirs[front]) ++front;
    if (front == shorter) return false;
    front = line_begin(ours, front);
    std::size_t back = 0;
    while (back < shorter - front &&
           ours[ours.size() - 1 - back] == theirs[theirs.size() - 1 - back])
      ++back;
    back -= std::min(back, ours.find('\n', ours.size() - back) + 1 - (ours.size() - back));
    const auto middle = [&](const std::string& text) {
      return text.substr(front, text.size() - back - front);
    };
    made.shape = Shape::kConflict;
    made.bytes = ours.substr(0, front) + "<<<<<<< ours\n" + middle(ours) + "=======\n" +
                 middle(theirs) + ">>>>>>> theirs\n" + ours.substr(ours.size() - back);
    return true;
  }

  // A comma too many, by hand.
  bool slip(DamagedCase& made) {
    made.shape = Shape::kSlip;
    made.writers.resize(1);
    made.bytes = made.writers[0];
    const std::size_t at = made.bytes.find("\n", random_.below(made.bytes.size()));
    if (at == std::string::npos || at == 0) return false;
    made.bytes.insert(at, ",,");
    return true;
  }

  bench::Random random_;
  const std::vector<SpecFile>& files_;
};

}  // namespace sdd::test
