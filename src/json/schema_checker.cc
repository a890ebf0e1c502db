#include "json/schema_checker.h"

#include <array>
#include <compare>

#include "base/strings.h"
#include "json/equality.h"
#include "json/format.h"
#include "json/pattern_cache.h"
#include "json/schema_messages.h"

namespace sdd::json {
namespace {

// TypeBits of a value; a real that is whole is an integer too, which is asked for separately.
constexpr std::array<std::uint8_t, 11> kBits = {0,
                                                kTypeNull,
                                                kTypeBoolean,
                                                kTypeBoolean,
                                                kTypeInteger | kTypeNumber,
                                                kTypeInteger | kTypeNumber,
                                                kTypeNumber,
                                                kTypeString,
                                                kTypeArray,
                                                kTypeObject,
                                                kTypeString};

std::uint8_t bits_of(Value value) { return kBits[static_cast<std::size_t>(value.kind())]; }

// What a keyword may look through of a value for one step.
constexpr std::uint64_t kBytesPerStep = 64;

// 1.0 is an integer.
bool is_whole_for(std::uint8_t types, Value value) {
  return (types & kTypeInteger) != 0 && value.kind() == Kind::kReal &&
         Decimal(value.raw()).is_whole();
}

bool is_longer_than(std::string_view text, std::uint64_t most) {
  return text.size() > most && count_code_points(text) > most;
}

bool is_shorter_than(std::string_view text, std::uint64_t least) {
  return text.size() < least || (text.size() < least * 4 && count_code_points(text) < least);
}

}  // namespace

// NOLINTBEGIN(misc-no-recursion): no deeper than kMaxDepth

bool SchemaChecker::check(std::uint32_t number, Value value) {
  const CompiledSchema& schema = program_.schemas[number];
  const std::uint8_t bits = bits_of(value);
  const bool has_type = (schema.types & bits) != 0;
  if (has_type && schema.count == 0 && !schema.never) return true;
  return check_closely(schema, value, bits, has_type || is_whole_for(schema.types, value));
}

bool SchemaChecker::check_closely(const CompiledSchema& schema, Value value, std::uint8_t bits,
                                  bool has_type) {
  spend(1);
  if (depth_ >= kMaxDepth) budget_ = 0;
  if (exhausted()) return false;
  if (schema.never) return report_never(schema, value);
  if (!has_type) report_type(schema, value);
  if (!has_type && out_ == nullptr) return false;
  ++depth_;
  const Instruction* const first = program_.instructions.data() + schema.first;
  bool good = has_type;
  for (const Instruction* at = first; at != first + schema.count; ++at) {
    if ((at->kinds & bits) == 0 || execute(*at, value)) continue;
    good = false;
    if (out_ == nullptr) break;
  }
  --depth_;
  return good;
}

bool SchemaChecker::execute(const Instruction& instruction, Value value) {
  switch (instruction.keyword) {
    case Keyword::kProperties:
      return check_members(instruction, value);
    case Keyword::kItems:
      return check_items(instruction, value);
    case Keyword::kPropertyNames:
      return check_names(instruction, value);
    case Keyword::kDependencies:
      return check_dependencies(instruction, value);
    case Keyword::kAllOf:
      return check_all(instruction, value);
    case Keyword::kAnyOf:
      return check_any(instruction, value);
    case Keyword::kOneOf:
      return check_one(instruction, value);
    case Keyword::kIf:
      return check_if(instruction, value);
    default:
      spend(value.span().size() / kBytesPerStep);
      if (is_allowed(instruction, value)) return true;
      break;
  }
  if (out_ == nullptr) return false;
  return report(value, instruction, describe(program_, instruction, value));
}

bool SchemaChecker::is_allowed(const Instruction& instruction, Value value) {
  const std::uint64_t operand = instruction.operand;
  const auto source = [&] { return program_.source(instruction.document, instruction.source); };
  switch (instruction.keyword) {
    case Keyword::kEnum:
      return is_in_enum(program_.enums[operand], value);
    case Keyword::kConst:
      return same(value, source());
    case Keyword::kMaximum:
      return std::is_lteq(compare_numbers(value, source()));
    case Keyword::kExclusiveMaximum:
      return std::is_lt(compare_numbers(value, source()));
    case Keyword::kMinimum:
      return std::is_gteq(compare_numbers(value, source()));
    case Keyword::kExclusiveMinimum:
      return std::is_gt(compare_numbers(value, source()));
    case Keyword::kMultipleOf:
      return program_.divisors[operand].divides(Decimal(value.raw()));
    case Keyword::kMaxLength:
      return !is_longer_than(value.string(), operand);
    case Keyword::kMinLength:
      return !is_shorter_than(value.string(), operand);
    case Keyword::kPattern:
      return matches(program_, program_.pattern_sets[operand], value.string()) != 0;
    case Keyword::kFormat:
      return conforms(static_cast<Format>(operand), value.string());
    case Keyword::kMaxItems:
    case Keyword::kMaxProperties:
      return value.size() <= operand;
    case Keyword::kMinItems:
    case Keyword::kMinProperties:
      return value.size() >= operand;
    case Keyword::kUniqueItems:
      return value.size() < 2 || !first_repetition(value);
    case Keyword::kContains:
      return contains(instruction, value);
    default:  // kNot
      return !ask(instruction.schema(), value);
  }
}

// NOLINTEND(misc-no-recursion)

bool SchemaChecker::is_in_enum(const EnumCheck& check, Value value) {
  if (value.is_string() || value.kind() == Kind::kKey) {
    constexpr std::size_t kFew = 8;
    const std::string_view text = value.string();
    if (check.strings.size() > kFew) {
      return std::binary_search(check.strings.begin(), check.strings.end(), text);
    }
    return std::any_of(check.strings.begin(), check.strings.end(),
                       [text](std::string_view allowed) { return same_text(allowed, text); });
  }
  spend(check.others.size());
  return std::any_of(check.others.begin(), check.others.end(),
                     [value](Value allowed) { return same(allowed, value); });
}

std::uint64_t SchemaChecker::matches(const Program& program, const PatternSet& set,
                                     std::string_view text) {
  PatternCache& cache = PatternCache::of_this_thread();
  if (const auto known = cache.find(set.id, text)) return *known;
  std::uint64_t bits = 0;
  for (std::uint32_t i = 0; i < set.count; ++i) {
    if (program.patterns[set.first + i].matches(text)) bits |= std::uint64_t{1} << i;
  }
  cache.keep(set.id, text, bits);
  return bits;
}

}  // namespace sdd::json
