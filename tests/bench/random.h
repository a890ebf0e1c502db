// Random: the generator's only source of chance. The same seed gives the same numbers on every
// machine and with every standard library (whose distributions differ, so none is used here).
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>

namespace sdd::bench {

class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  // 64 fresh bits (splitmix64, Steele et al. 2014).
  std::uint64_t next() {
    state_ += 0x9E3779B97F4A7C15u;
    std::uint64_t bits = state_;
    bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9u;
    bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EBu;
    return bits ^ (bits >> 31);
  }

  // A number in [0, count); `count` is at least 1. The bias of the remainder does not matter here.
  std::size_t below(std::size_t count) { return next() % count; }

  // A number in [low, high].
  std::size_t between(std::size_t low, std::size_t high) { return low + below(high - low + 1); }

  // A number in [0, 1).
  double fraction() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }

  // True in `percent` of 100 cases.
  bool chance(std::size_t percent) { return below(100) < percent; }

  // One element of an array or vector.
  template <typename List>
  const auto& pick(const List& list) {
    return list[below(std::size(list))];
  }

 private:
  std::uint64_t state_;
};

}  // namespace sdd::bench
