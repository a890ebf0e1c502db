// parse_log() takes any bytes: it never crashes, and what newer_half() keeps of them are the newest
// updates, with the others counted.
#include <cstddef>
#include <cstdint>
#include <string>

#include "store/log_lines.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t kMostUpdates = 8;
  constexpr std::size_t kMostBytes = 4096;
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  const auto all = sdd::store::parse_log(bytes);
  const auto newer = sdd::store::parse_log(sdd::store::newer_half(bytes, kMostUpdates, kMostBytes));
  if (newer.losses.torn != 0 || newer.updates.size() > all.updates.size()) __builtin_trap();
  const std::size_t gone = all.updates.size() - newer.updates.size();
  for (std::size_t i = 0; i < newer.updates.size(); ++i) {
    if (newer.updates[i].id != all.updates[gone + i].id) __builtin_trap();
  }
  return 0;
}
