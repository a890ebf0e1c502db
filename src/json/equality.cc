#include "json/equality.h"

#include <algorithm>
#include <functional>
#include <vector>

#include "json/decimal.h"

namespace sdd::json {
namespace {

// The members by key, of equal keys the last only.
std::vector<Member> sorted_members(Value object) {
  std::vector<Member> members;
  members.reserve(object.size());
  for (const Member member : object.members()) members.push_back(member);
  std::stable_sort(members.begin(), members.end(), [](const Member& a, const Member& b) {
    return a.key.string() < b.key.string();
  });
  std::size_t kept = 0;
  for (std::size_t i = 0; i < members.size(); ++i) {
    const bool repeated = kept > 0 && members[kept - 1].key.string() == members[i].key.string();
    if (!repeated) ++kept;
    members[kept - 1] = members[i];
  }
  members.resize(kept);
  return members;
}

// NOLINTBEGIN(misc-no-recursion): as deep as a document, which is Limits::max_depth

std::strong_ordering order_of_objects(Value a, Value b) {
  const std::vector<Member> left = sorted_members(a);
  const std::vector<Member> right = sorted_members(b);
  if (left.size() != right.size()) return left.size() <=> right.size();
  for (std::size_t i = 0; i < left.size(); ++i) {
    const auto keys = left[i].key.string() <=> right[i].key.string();
    if (std::is_neq(keys)) return keys;
    const auto values = order(left[i].value, right[i].value);
    if (std::is_neq(values)) return values;
  }
  return std::strong_ordering::equal;
}

std::strong_ordering order_of_arrays(Value a, Value b) {
  if (a.size() != b.size()) return a.size() <=> b.size();
  auto other = b.elements().begin();
  for (const Value element : a.elements()) {
    const auto elements = order(element, *other);
    if (std::is_neq(elements)) return elements;
    ++other;
  }
  return std::strong_ordering::equal;
}

// NOLINTEND(misc-no-recursion)

// Kinds that never hold the same value have different ranks: all numbers are one, a key is a
// string.
int rank(Kind kind) {
  if (kind == Kind::kKey) return static_cast<int>(Kind::kString);
  if (kind == Kind::kUnsigned || kind == Kind::kReal) return static_cast<int>(Kind::kInteger);
  return static_cast<int>(kind);
}

std::uint64_t mix(std::uint64_t seed, std::uint64_t value) {
  seed ^= value + 0x9E3779B97F4A7C15U + (seed << 6U) + (seed >> 2U);
  return seed * 0xBF58476D1CE4E5B9U;
}

}  // namespace

std::strong_ordering compare_numbers(Value a, Value b) {
  const auto left = a.integer();
  const auto right = b.integer();
  if (left && right) return *left <=> *right;
  return Decimal(a.raw()) <=> Decimal(b.raw());
}

// NOLINTBEGIN(misc-no-recursion): see above

std::strong_ordering order(Value a, Value b) {
  if (rank(a.kind()) != rank(b.kind())) return rank(a.kind()) <=> rank(b.kind());
  if (a.is_number()) return compare_numbers(a, b);
  if (a.is_array()) return order_of_arrays(a, b);
  if (a.is_object()) return order_of_objects(a, b);
  return a.string() <=> b.string();
}

std::uint64_t same_hash(Value value) {
  if (value.is_number()) return mix(1, Decimal(value.raw()).hash());
  if (rank(value.kind()) == rank(Kind::kString))
    return mix(2, std::hash<std::string_view>{}(value.string()));
  auto hash = static_cast<std::uint64_t>(value.kind());
  for (const Value element : value.elements()) hash = mix(hash, same_hash(element));
  if (value.is_object()) {
    for (const Member& member : sorted_members(value)) {
      hash = mix(hash, std::hash<std::string_view>{}(member.key.string()));
      hash = mix(hash, same_hash(member.value));
    }
  }
  return hash;
}

// NOLINTEND(misc-no-recursion)

std::optional<std::pair<Value, Value>> first_repetition(Value array) {
  struct Item {
    std::uint64_t hash;
    Value value;
  };
  std::vector<Item> items;
  items.reserve(array.size());
  for (const Value element : array.elements()) items.push_back({same_hash(element), element});
  // Hashes settle nearly all comparisons; where they do not, the order of the values does, so that
  // no choice of elements makes this quadratic.
  std::sort(items.begin(), items.end(), [](const Item& a, const Item& b) {
    if (a.hash != b.hash) return a.hash < b.hash;
    const auto values = order(a.value, b.value);
    return std::is_eq(values) ? a.value.index() < b.value.index() : std::is_lt(values);
  });
  std::optional<std::pair<Value, Value>> found;
  for (std::size_t i = 1; i < items.size(); ++i) {
    const Item& earlier = items[i - 1];
    const Item& later = items[i];
    if (earlier.hash != later.hash || !same(earlier.value, later.value)) continue;
    if (!found || later.value.index() < found->second.index()) found = {earlier.value, later.value};
  }
  return found;
}

}  // namespace sdd::json
