// The words that node metadata may hold where programs look for one of a few.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

namespace sdd::spec {

inline constexpr std::array<std::string_view, 4> kVerificationTypes = {"auto", "manual", "fidelity",
                                                                       "run-tests"};
inline constexpr std::array<std::string_view, 5> kTaskCategories = {
    "investigation", "implementation", "refactoring", "decision", "research"};
inline constexpr std::array<std::string_view, 4> kBlockerTypes = {"dependency", "technical",
                                                                  "resource", "decision"};
inline constexpr std::array<std::string_view, 3> kVerdicts = {"PASSED", "FAILED", "PARTIAL"};

template <std::size_t N>
bool is_one_of(const std::array<std::string_view, N>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace sdd::spec
