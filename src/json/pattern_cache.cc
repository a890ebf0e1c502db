#include "json/pattern_cache.h"

#include <cstring>
#include <functional>

namespace sdd::json {

PatternCache& PatternCache::of_this_thread() {
  thread_local PatternCache cache;
  return cache;
}

std::size_t PatternCache::slot(std::uint64_t set, std::string_view text) {
  return (std::hash<std::string_view>{}(text) ^ (set * 0x9E3779B97F4A7C15U >> 20U)) % kEntries;
}

std::optional<std::uint64_t> PatternCache::find(std::uint64_t set, std::string_view text) const {
  if (text.size() > kLongest) return std::nullopt;
  const std::uint16_t place = slots_[slot(set, text)];
  if (place == 0) return std::nullopt;
  const Entry& entry = entries_[place - 1U];
  if (entry.set != set || std::string_view(entry.text.data(), entry.length) != text) {
    return std::nullopt;
  }
  return entry.matches;
}

void PatternCache::keep(std::uint64_t set, std::string_view text, std::uint64_t matches) {
  if (text.size() > kLongest) return;
  std::uint16_t& place = slots_[slot(set, text)];
  if (place == 0) {
    entries_.emplace_back();
    place = static_cast<std::uint16_t>(entries_.size());
  }
  Entry& entry = entries_[place - 1U];
  entry.set = set;
  entry.matches = matches;
  entry.length = static_cast<std::uint8_t>(text.size());
  std::memcpy(entry.text.data(), text.data(), text.size());
}

}  // namespace sdd::json
