// The keywords of JSON Schema draft-07, and one schema object taken apart by them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "json/tree.h"

namespace sdd::json {

// In the order of their names. Annotations and whatever a schema invents are not in the list.
enum class Keyword : std::uint8_t {
  kId,    // $id
  kRef,   // $ref
  kMeta,  // $schema
  kAdditionalItems,
  kAdditionalProperties,
  kAllOf,
  kAnyOf,
  kConst,
  kContains,
  kDefinitions,
  kDependencies,
  kElse,
  kEnum,
  kExclusiveMaximum,
  kExclusiveMinimum,
  kFormat,
  kIf,
  kItems,
  kMaxItems,
  kMaxLength,
  kMaxProperties,
  kMaximum,
  kMinItems,
  kMinLength,
  kMinProperties,
  kMinimum,
  kMultipleOf,
  kNot,
  kOneOf,
  kPattern,
  kPatternProperties,
  kProperties,
  kPropertyNames,
  kRequired,
  kThen,
  kType,
  kUniqueItems,
};
inline constexpr std::size_t kKeywordCount = 37;

// "additionalItems" for kAdditionalItems.
std::string_view to_string(Keyword keyword);
std::optional<Keyword> keyword_of(std::string_view name);

// How a keyword holds schemas.
enum class Holds : std::uint8_t {
  kNothing,
  kSchema,         // not, if, contains …
  kSchemas,        // allOf, anyOf, oneOf: an array
  kSchemaMap,      // properties, definitions …: a member each
  kSchemaOrList,   // items
  kSchemaOrNames,  // dependencies: a member each, schemas or arrays of names
};
Holds holds(Keyword keyword);

// The keywords of one schema object, each with its value; missing ones are missing Values. The last
// of two equal keys counts, as everywhere.
class Keywords {
 public:
  // `schema` is an object; for anything else there are no keywords.
  explicit Keywords(Value schema);

  Value source() const { return source_; }
  Value operator[](Keyword keyword) const;
  // By name; missing for what is no keyword, and for a keyword that is not there.
  Value find(std::string_view name) const;
  bool has(Keyword keyword) const { return ((present_ >> index_of(keyword)) & 1U) != 0; }
  // Bit i: the keyword i is there.
  std::uint64_t present() const { return present_; }
  // The key of a keyword of another draft that would change a verdict ("unevaluatedItems"): the
  // schema means more than we would check. Missing when there is none.
  Value foreign() const { return foreign_; }

 private:
  static constexpr unsigned index_of(Keyword keyword) { return static_cast<unsigned>(keyword); }

  Value source_;
  Value foreign_;
  std::uint64_t present_ = 0;
  std::uint64_t shapes_ = 0;  // bit shape_of(name): a keyword of that shape is there
  std::array<std::uint32_t, kKeywordCount> at_{};  // index in the tree; valid where present
};

}  // namespace sdd::json
