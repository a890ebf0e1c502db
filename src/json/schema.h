// Schema: JSON Schema draft-07, compiled once, held against many documents.
//
//   const auto schema = Schema::compile(text, "sdd-spec-schema.json");
//   if (!schema) …                              // kBadSchema, with line, column and pointer
//   std::vector<Violation> violations;
//   (*schema)->validate(tree.root(), violations);
//
// Everything of draft-07 that decides about validity is checked, and nothing of it by halves: what
// we do not support makes compile() fail and say so. Not supported are references out of the
// document (nothing is ever loaded; the draft-07 meta-schema itself is here), keywords of other
// drafts, another `$schema` than draft-07 or draft-06, look-around and back-references in patterns,
// schemas nested deeper than 64, a multipleOf of more than 18 digits. Formats: json/format.h lists
// those that are checked; all others are annotations, as are contentEncoding and contentMediaType.
//
// A document in which an object has two equal keys: both values are checked.
//
// Work is bounded: where schema and document together would take unreasonable time (schemas that
// fan out at every level) or depth, the verdict is one violation that says so.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "json/tree.h"

namespace sdd::json {

struct Program;

// One thing that a document does and its schema does not allow.
struct Violation {
  // What is wrong: a value, or the key of a member when `propertyNames` speaks. Its pointer and
  // place follow from it.
  Value instance;
  // `required`, `dependencies`: the name of the member that is missing in `instance`; else empty.
  // Lives as long as the schema.
  std::string_view missing;
  std::string keyword;
  // The keyword's value in the schema document, behind every `$ref`: "/definitions/node/required".
  // In the draft-07 meta-schema, when the schema refers to it: with its URI and `#` in front.
  std::string schema_pointer;
  std::string message;  // "'done' is not one of pending, in_progress, completed, blocked"
};

// So many violations of one document are told.
inline constexpr std::size_t kMostViolations = 12'000;

class Schema {
 public:
  enum class Trust {
    kNone,
    kKnownGood,  // a schema that a test has compiled without this: saves most of the time
  };

  // `name` is for messages: the path, or "built-in". kBadSchema when the text is no JSON, no
  // draft-07 schema, or uses what is not supported.
  static Result<std::shared_ptr<const Schema>> compile(std::string_view text, std::string_view name,
                                                       Trust trust = Trust::kNone);

  ~Schema();
  Schema(const Schema&) = delete;
  Schema& operator=(const Schema&) = delete;

  // Appends every violation of every keyword, in the order in which the document is walked. A
  // missing Value has none. anyOf, oneOf, not and contains give one violation each; the message
  // tells what the nearest alternative lacks. No more than kMostViolations: a document that is
  // wrong everywhere must not cost many times its own memory. May run in many threads at once.
  void validate(Value instance, std::vector<Violation>& out) const;

  // Whether validate() would find nothing; stops at the first violation.
  bool accepts(Value instance) const;

  // Where validate() looks away: the keys of those members of `object` to which no schema is
  // applied when `object` stands under the member `name` of the document. Such a member is valid
  // whatever it holds. Empty when the schema says nothing about single members of that object at
  // all. What only one branch of anyOf, oneOf or `if` looks at counts as looked at.
  std::vector<Value> unchecked_members(std::string_view name, Value object) const;

 private:
  explicit Schema(std::unique_ptr<const Program> program);

  std::unique_ptr<const Program> program_;
};

}  // namespace sdd::json
