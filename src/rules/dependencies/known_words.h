// The words that node metadata may hold where programs look for one of a few.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

namespace sdd::rules {

inline constexpr std::array<std::string_view, 4> kVerificationTypes = {"auto", "manual", "fidelity",
                                                                       "run-tests"};
inline constexpr std::array<std::string_view, 5> kTaskCategories = {
    "investigation", "implementation", "refactoring", "decision", "research"};

template <std::size_t N>
bool is_one_of(const std::array<std::string_view, N>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace sdd::rules
