// Limits: what keeps a hostile or broken file from costing more than it is worth (SDD011).
#pragma once

#include <cstddef>

namespace sdd::json {

struct Limits {
  std::size_t max_bytes = std::size_t{64} << 20U;
  std::size_t max_depth = 512;  // brackets open at once; a long chain of `children` is no depth
};

// Whether a document of `bytes` bytes has more structural characters (brackets, colons, commas and
// first bytes of strings, numbers and atoms) than any spec. Specs have one in eight to twelve
// bytes; up to this limit, one in three, memory stays within twelve times the file.
constexpr bool too_dense(std::size_t structurals, std::size_t bytes) {
  constexpr std::size_t kSmall = std::size_t{1} << 17U;
  return structurals > kSmall && structurals > bytes / 3;
}

}  // namespace sdd::json
