// The merge of documents that can be merged.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "repair/merge.h"

namespace sdd::repair {

inline std::vector<std::string> conflict_pointers(const Merged& merged) {
  std::vector<std::string> pointers;
  for (const Conflict& conflict : merged.conflicts) pointers.push_back(conflict.pointer);
  return pointers;
}

inline Merged merged_of(const std::string& base, const std::string& ours,
                        const std::string& theirs) {
  const Result<Merged> merged = merge(base, ours, theirs);
  EXPECT_TRUE(merged) << merged.error().message;
  return merged.value_or(Merged{});
}

}  // namespace sdd::repair
