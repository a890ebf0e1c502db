// salvage() takes any bytes: it never crashes, what it gives is JSON or nothing, and salvaging that
// changes nothing. The input is the damaged file, and behind a record separator (0x1E) the sources:
// a base, a backup, an update log.
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "json/tree.h"
#include "repair/salvage.h"

namespace {

bool is_json(const std::string& bytes) {
  sdd::json::Parser parser;
  sdd::json::Tree tree;
  return parser.parse(bytes, tree);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using sdd::repair::SourceKind;
  constexpr char kBetween = 0x1E;
  constexpr SourceKind kKinds[] = {SourceKind::kHead, SourceKind::kBackup, SourceKind::kLog};
  std::vector<std::string> parts(1);
  for (std::size_t i = 0; i < size; ++i) {
    const char c = static_cast<char>(data[i]);
    if (c == kBetween && parts.size() <= 3) {
      parts.emplace_back();
    } else {
      parts.back().push_back(c);
    }
  }
  std::vector<sdd::repair::Source> sources;
  for (std::size_t i = 1; i < parts.size(); ++i) {
    sources.push_back({"source-" + std::to_string(i), kKinds[i - 1], "a source", parts[i], i == 1});
  }
  const auto salvaged = sdd::repair::salvage({.stem = "", .bytes = parts[0]}, sources);
  if (!salvaged.refusal.empty()) return 0;
  if (!is_json(salvaged.bytes)) __builtin_trap();
  const auto again = sdd::repair::salvage({.stem = "", .bytes = salvaged.bytes}, sources);
  if (!again.refusal.empty() || again.bytes != salvaged.bytes) __builtin_trap();
  return 0;
}
