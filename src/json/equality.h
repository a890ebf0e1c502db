// When two JSON values are the same, as JSON Schema means it: numbers by value (1 is 1.0), strings
// by their text (escapes do not matter), objects without regard to order. Of two equal keys in one
// object the last counts. Recursion is bounded by Limits::max_depth.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <utility>

#include "json/tree.h"

namespace sdd::json {

// <0, 0, >0 for two numbers, exactly.
std::strong_ordering compare_numbers(Value a, Value b);

// A total order over values in which 0 means the same; what comes first otherwise is of no meaning.
std::strong_ordering order(Value a, Value b);

inline bool same(Value a, Value b) { return std::is_eq(order(a, b)); }

// same(a, b) implies same_hash(a) == same_hash(b). Of missing Values: 0.
std::uint64_t same_hash(Value value);

// Two elements of an array that are the same: the first that repeats an earlier one, in file order,
// as (earlier, later). n log n, whatever the elements are.
std::optional<std::pair<Value, Value>> first_repetition(Value array);

}  // namespace sdd::json
