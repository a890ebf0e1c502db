// PatternCache: what patterns said about short texts. The keys of a spec (`task-1-1`, …) and of
// thousands of specs are the same few hundred; RE2 sees each of them once.
//
// One per thread, of fixed size: a new text takes the place of an old one.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace sdd::json {

class PatternCache {
 public:
  static constexpr std::size_t kLongest = 46;  // bytes of a text that is kept
  static constexpr std::size_t kMostPatterns = 64;

  // The cache of this thread.
  static PatternCache& of_this_thread();

  // Bit i: pattern i of the set `set` (never 0) matches `text`. Nothing when it is not known.
  std::optional<std::uint64_t> find(std::uint64_t set, std::string_view text) const;
  void keep(std::uint64_t set, std::string_view text, std::uint64_t matches);

 private:
  struct Entry {
    std::uint64_t set = 0;
    std::uint64_t matches = 0;
    std::uint8_t length = 0;
    std::array<char, kLongest + 1> text{};
  };
  static_assert(sizeof(Entry) == 64);
  static constexpr std::size_t kEntries = 2048;

  static std::size_t slot(std::uint64_t set, std::string_view text);

  std::array<std::uint16_t, kEntries> slots_{};  // 1 + the place among the entries; 0: free
  std::vector<Entry> entries_;                   // one for each slot that is taken
};

}  // namespace sdd::json
