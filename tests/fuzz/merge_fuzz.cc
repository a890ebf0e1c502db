// merge() takes any three documents: it never crashes, what it gives is JSON, and a side that
// changed nothing leaves the other side's bytes alone; only what is no JSON, or is refused in
// words, has no merge. The input is base, ours and theirs with a record separator (0x1E) between
// them.
#include <cstddef>
#include <cstdint>
#include <string>

#include "json/tree.h"
#include "repair/merge.h"

namespace {

bool is_json(const std::string& bytes) {
  sdd::json::Parser parser;
  sdd::json::Tree tree;
  return parser.parse(bytes, tree);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr char kBetween = 0x1E;
  const std::string input(reinterpret_cast<const char*>(data), size);
  const std::size_t first = input.find(kBetween);
  const std::size_t second = first == std::string::npos ? first : input.find(kBetween, first + 1);
  if (second == std::string::npos) return 0;
  const std::string base = input.substr(0, first);
  const std::string ours = input.substr(first + 1, second - first - 1);
  const std::string theirs = input.substr(second + 1);
  const auto merged = sdd::repair::merge(base, ours, theirs);
  if (merged && !is_json(merged->bytes)) __builtin_trap();
  const bool all_json = is_json(base) && is_json(ours) && is_json(theirs);
  if (merged && !all_json) __builtin_trap();
  if (!merged && all_json && merged.error().kind != sdd::ErrorKind::kRefused) __builtin_trap();
  const auto ours_alone = sdd::repair::merge(base, ours, base);
  if (ours_alone && ours_alone->bytes != ours) __builtin_trap();
  return 0;
}
