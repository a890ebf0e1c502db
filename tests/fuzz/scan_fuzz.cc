// scan() says nullopt for exactly the bytes that simdjson's DOM and json::Parser accept; what it
// points at lies inside the bytes; the first document in front of a trailing fragment is one.
#include <simdjson.h>

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "json/scan.h"
#include "json/seams.h"
#include "json/tree.h"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

bool simdjson_accepts(std::string_view bytes) {
  static simdjson::dom::parser parser = [] {
    simdjson::dom::parser made;
    require(made.allocate(std::size_t{1} << 16U, sdd::json::Limits{}.max_depth) ==
            simdjson::SUCCESS);
    return made;
  }();
  return parser.parse(bytes.data(), bytes.size(), true).error() == simdjson::SUCCESS;
}

bool parser_accepts(std::string_view bytes) {
  static sdd::json::Parser parser;
  sdd::json::Tree tree;
  return parser.parse(std::string(bytes), tree);
}

void check(sdd::Span span, std::size_t size) {
  require(span.begin <= span.end && span.end <= size);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto damage = sdd::json::scan(bytes);
  require(!damage.has_value() == simdjson_accepts(bytes));
  require(!damage.has_value() == parser_accepts(bytes));
  for (const sdd::Span window : sdd::json::seam_windows(bytes)) check(window, size);
  if (!damage) return 0;
  check(damage->span, size);
  for (const sdd::Span range : damage->ranges) check(range, size);
  require(!damage->message.empty());
  if (damage->kind == sdd::json::DamageKind::kTrailing) {
    require(simdjson_accepts(bytes.substr(0, damage->document_end)));
  }
  return 0;
}
