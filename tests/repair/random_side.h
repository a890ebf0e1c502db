// One side of a merge: a spec after some random updates.
#pragma once

#include <string>

#include "base/time.h"
#include "spec/random_updates.h"
#include "spec/spec_files.h"
#include "spec/update.h"

namespace sdd::test {

// `by_hand`: how many of 100 steps are edits by hand instead of commands. `name` goes into every
// text, so that two sides never say the same.
inline std::string random_side(const std::string& base, std::uint64_t seed, const std::string& name,
                               std::size_t steps, std::size_t by_hand) {
  test::RandomUpdates updates(seed, name);
  spec::Occasion occasion{.now = *parse_rfc3339("2030-01-01T00:00:00Z"), .author = name};
  occasion.now.microseconds += static_cast<std::int64_t>(updates.random().below(1000)) * 1'000'000;
  std::string bytes = base;
  for (std::size_t i = 0; i < steps; ++i) {
    const ReadSpec read(bytes);
    if (read.spec.nodes().empty()) break;
    occasion.now.microseconds += static_cast<std::int64_t>(updates.random().below(600)) * 1'000'000;
    if (updates.random().chance(by_hand)) {
      const spec::Changes changes = updates.by_hand(read.spec);
      bytes = spec::apply_changes(bytes, changes).value_or(bytes);
      continue;
    }
    const auto made = update(read.spec, updates.next(read.spec), occasion);
    if (made) bytes = spec::apply_changes(bytes, made->changes).value();
  }
  return bytes;
}

}  // namespace sdd::test
