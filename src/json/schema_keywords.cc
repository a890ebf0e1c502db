#include "json/schema_keywords.h"

#include <algorithm>

namespace sdd::json {
namespace {

struct Name {
  std::string_view text;
  std::uint8_t keyword;
};

constexpr std::uint8_t kForeign = 0xFF;
constexpr std::uint8_t of(Keyword keyword) { return static_cast<std::uint8_t>(keyword); }

// Sorted. The keywords of other drafts are here too, so that each name is looked up once.
constexpr std::array<Name, 54> kNames = {{
    {"$anchor", kForeign},
    {"$dynamicAnchor", kForeign},
    {"$dynamicRef", kForeign},
    {"$id", of(Keyword::kId)},
    {"$recursiveAnchor", kForeign},
    {"$recursiveRef", kForeign},
    {"$ref", of(Keyword::kRef)},
    {"$schema", of(Keyword::kMeta)},
    {"$vocabulary", kForeign},
    {"additionalItems", of(Keyword::kAdditionalItems)},
    {"additionalProperties", of(Keyword::kAdditionalProperties)},
    {"allOf", of(Keyword::kAllOf)},
    {"anyOf", of(Keyword::kAnyOf)},
    {"const", of(Keyword::kConst)},
    {"contains", of(Keyword::kContains)},
    {"definitions", of(Keyword::kDefinitions)},
    {"dependencies", of(Keyword::kDependencies)},
    {"dependentRequired", kForeign},
    {"dependentSchemas", kForeign},
    {"disallow", kForeign},
    {"divisibleBy", kForeign},
    {"else", of(Keyword::kElse)},
    {"enum", of(Keyword::kEnum)},
    {"exclusiveMaximum", of(Keyword::kExclusiveMaximum)},
    {"exclusiveMinimum", of(Keyword::kExclusiveMinimum)},
    {"extends", kForeign},
    {"format", of(Keyword::kFormat)},
    {"if", of(Keyword::kIf)},
    {"items", of(Keyword::kItems)},
    {"maxContains", kForeign},
    {"maxItems", of(Keyword::kMaxItems)},
    {"maxLength", of(Keyword::kMaxLength)},
    {"maxProperties", of(Keyword::kMaxProperties)},
    {"maximum", of(Keyword::kMaximum)},
    {"minContains", kForeign},
    {"minItems", of(Keyword::kMinItems)},
    {"minLength", of(Keyword::kMinLength)},
    {"minProperties", of(Keyword::kMinProperties)},
    {"minimum", of(Keyword::kMinimum)},
    {"multipleOf", of(Keyword::kMultipleOf)},
    {"not", of(Keyword::kNot)},
    {"oneOf", of(Keyword::kOneOf)},
    {"pattern", of(Keyword::kPattern)},
    {"patternProperties", of(Keyword::kPatternProperties)},
    {"prefixItems", kForeign},
    {"properties", of(Keyword::kProperties)},
    {"propertyDependencies", kForeign},
    {"propertyNames", of(Keyword::kPropertyNames)},
    {"required", of(Keyword::kRequired)},
    {"then", of(Keyword::kThen)},
    {"type", of(Keyword::kType)},
    {"unevaluatedItems", kForeign},
    {"unevaluatedProperties", kForeign},
    {"uniqueItems", of(Keyword::kUniqueItems)},
}};
static_assert(std::is_sorted(kNames.begin(), kNames.end(),
                             [](const Name& a, const Name& b) { return a.text < b.text; }));

const Name* find_name(std::string_view text) {
  const auto* const at = std::lower_bound(
      kNames.begin(), kNames.end(), text,
      [](const Name& name, std::string_view wanted) { return name.text < wanted; });
  return at == kNames.end() || at->text != text ? nullptr : at;
}

// A number below 64 that tells most names apart: valijson asks each object for forty of them.
unsigned shape_of(std::string_view name) {
  if (name.empty()) return 0;
  const std::size_t front = static_cast<unsigned char>(name.front());
  const std::size_t back = static_cast<unsigned char>(name.back());
  return static_cast<unsigned>((name.size() * 5 + front * 11 + back) % 64);
}

}  // namespace

std::string_view to_string(Keyword keyword) {
  for (const Name& name : kNames) {
    if (name.keyword == of(keyword)) return name.text;
  }
  return {};
}

std::optional<Keyword> keyword_of(std::string_view name) {
  const Name* const found = find_name(name);
  if (found == nullptr || found->keyword == kForeign) return std::nullopt;
  return static_cast<Keyword>(found->keyword);
}

Holds holds(Keyword keyword) {
  switch (keyword) {
    case Keyword::kAdditionalItems:
    case Keyword::kAdditionalProperties:
    case Keyword::kContains:
    case Keyword::kElse:
    case Keyword::kIf:
    case Keyword::kNot:
    case Keyword::kPropertyNames:
    case Keyword::kThen:
      return Holds::kSchema;
    case Keyword::kAllOf:
    case Keyword::kAnyOf:
    case Keyword::kOneOf:
      return Holds::kSchemas;
    case Keyword::kDefinitions:
    case Keyword::kPatternProperties:
    case Keyword::kProperties:
      return Holds::kSchemaMap;
    case Keyword::kItems:
      return Holds::kSchemaOrList;
    case Keyword::kDependencies:
      return Holds::kSchemaOrNames;
    default:
      return Holds::kNothing;
  }
}

Keywords::Keywords(Value schema) : source_(schema) {
  for (const Member member : schema.members()) {
    const std::string_view name = member.key.string();
    const Name* const found = find_name(name);
    if (found == nullptr) continue;
    if (found->keyword == kForeign) {
      foreign_ = member.key;
      continue;
    }
    at_[found->keyword] = member.value.index();
    present_ |= std::uint64_t{1} << found->keyword;
    shapes_ |= std::uint64_t{1} << shape_of(name);
  }
}

Value Keywords::operator[](Keyword keyword) const {
  return has(keyword) ? Value(source_.tree(), at_[index_of(keyword)]) : Value();
}

Value Keywords::find(std::string_view name) const {
  if (((shapes_ >> shape_of(name)) & 1U) == 0) return {};
  const std::optional<Keyword> keyword = keyword_of(name);
  return keyword ? (*this)[*keyword] : Value();
}

}  // namespace sdd::json
