#include "json/schema_messages.h"

#include <fmt/format.h>

#include <array>
#include <utility>
#include <vector>

#include "base/strings.h"
#include "json/equality.h"
#include "json/format.h"

namespace sdd::json {
namespace {

constexpr std::size_t kLongest = 80;        // code points of a quoted text
constexpr std::size_t kMostValues = 12;     // of an enum
constexpr std::size_t kLongestNumber = 40;  // bytes

std::string types_text(std::uint64_t bits) {
  constexpr std::array<std::pair<TypeBit, const char*>, 7> kTypeNames = {{
      {kTypeString, "a string"},
      {kTypeInteger, "an integer"},
      {kTypeNumber, "a number"},
      {kTypeBoolean, "a boolean"},
      {kTypeArray, "an array"},
      {kTypeObject, "an object"},
      {kTypeNull, "null"},
  }};
  std::string text;
  for (const auto& [bit, name] : kTypeNames) {
    if ((bits & bit) == 0) continue;
    if (!text.empty()) text += " or ";
    text += name;
  }
  return text;
}

// The values in the order of the schema.
std::string describe_enum(Value values, Value value) {
  std::string text;
  std::size_t count = 0;
  for (const Value allowed : values.elements()) {
    if (count == kMostValues) {
      text += fmt::format(" … ({} more)", values.size() - count);
      break;
    }
    if (count++ > 0) text += ", ";
    text += allowed.is_string() && !allowed.string().empty() ? printable(allowed.string())
                                                             : shown(allowed);
  }
  return fmt::format("{} is not one of {}", shown(value), text);
}

std::string describe_length(const char* bound, std::uint64_t limit, Value value) {
  return fmt::format("{} has {}, {} is {}", shown(value),
                     counted(count_code_points(value.string()), "character"), bound, limit);
}

std::string describe_size(const char* bound, std::uint64_t limit, Value value) {
  return fmt::format("{} {} here, {} is {}",
                     counted(value.size(), value.is_array() ? "element" : "member"),
                     value.size() == 1 ? "stands" : "stand", bound, limit);
}

std::string describe_repetition(Value array) {
  const auto repetition = first_repetition(array);
  if (!repetition) return "elements repeat";
  return fmt::format("{} stands here twice", shown(repetition->second));
}

}  // namespace

std::string shown(Value value) {
  switch (value.kind()) {
    case Kind::kString:
    case Kind::kKey:
      return quote(value.string(), kLongest);
    case Kind::kInteger:
    case Kind::kUnsigned:
    case Kind::kReal:
      if (value.raw().size() <= kLongestNumber) return std::string(value.raw());
      return std::string(value.raw().substr(0, kLongestNumber)) + "…";
    default:
      return kind_name(value.kind());
  }
}

std::string describe_type(std::uint64_t types, Value value) {
  const std::string wanted = types_text(types);
  switch (value.kind()) {
    case Kind::kArray:
    case Kind::kObject:
      return fmt::format("{} stands here, not {}", kind_name(value.kind()), wanted);
    case Kind::kNull:
      return fmt::format("null stands here, not {}", wanted);
    case Kind::kString:
    case Kind::kKey:
      return fmt::format("{} is a string, not {}", shown(value), wanted);
    default:
      return fmt::format("{} is not {}", shown(value), wanted);
  }
}

std::string describe_missing(std::string_view name) {
  return fmt::format("{} is missing", quote(name));
}

std::string describe(const Program& program, const Instruction& instruction, Value value) {
  const Value source = program.source(instruction.document, instruction.source);
  const std::uint64_t operand = instruction.operand;
  switch (instruction.keyword) {
    case Keyword::kEnum:
      return describe_enum(source, value);
    case Keyword::kConst:
      return fmt::format("{} is not {}", shown(value),
                         source.is_array() || source.is_object() ? "the one value that is allowed"
                                                                 : shown(source));
    case Keyword::kMaximum:
      return fmt::format("{} is above the maximum of {}", shown(value), shown(source));
    case Keyword::kExclusiveMaximum:
      return fmt::format("{} is not below {}", shown(value), shown(source));
    case Keyword::kMinimum:
      return fmt::format("{} is below the minimum of {}", shown(value), shown(source));
    case Keyword::kExclusiveMinimum:
      return fmt::format("{} is not above {}", shown(value), shown(source));
    case Keyword::kMultipleOf:
      return fmt::format("{} is no multiple of {}", shown(value), shown(source));
    case Keyword::kMaxLength:
      return describe_length("the most", operand, value);
    case Keyword::kMinLength:
      return describe_length("the least", operand, value);
    case Keyword::kPattern:
      return fmt::format("{} does not match the pattern {}", shown(value),
                         quote(source.string(), kLongest));
    case Keyword::kFormat:
      return fmt::format("{} is not {}", shown(value), description(static_cast<Format>(operand)));
    case Keyword::kMaxItems:
    case Keyword::kMaxProperties:
      return describe_size("the most", operand, value);
    case Keyword::kMinItems:
    case Keyword::kMinProperties:
      return describe_size("the least", operand, value);
    case Keyword::kUniqueItems:
      return describe_repetition(value);
    case Keyword::kContains:
      return "no element is as 'contains' demands";
    case Keyword::kNot:
      return fmt::format("{} is as it must not be, by 'not'", shown(value));
    default:
      return fmt::format("{} is not allowed here", shown(value));
  }
}

}  // namespace sdd::json
