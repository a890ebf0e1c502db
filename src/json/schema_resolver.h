// SchemaResolver: finds every schema object of a document and what each `$ref` means.
//
//   SchemaResolver resolver;
//   resolver.add(document)              // walks it: ids, anchors, one number per schema
//   resolver.target(number)             // the schema a `$ref` leads to, chains followed
//
// A place that only a JSON pointer calls a schema becomes one when it is first referred to; so the
// list of schemas grows while targets are asked for. The draft-07 meta-schema is added when
// somebody refers to it; nothing is loaded from anywhere else.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/error.h"
#include "json/schema_keywords.h"
#include "json/tree.h"

namespace sdd::json {

// The bytes and the tree of one schema document; neither moves.
struct SchemaDocument {
  std::string name;  // for messages: a path, "built-in", or the URI of the meta-schema
  std::string bytes;
  Tree tree;
  // "line 3, column 5 ('/properties/a')" of a value.
  std::string place(Value value) const;
};

// kBadSchema when `text` is no JSON.
Result<std::unique_ptr<SchemaDocument>> read_schema_document(std::string_view text,
                                                             std::string_view name);

struct SchemaPlace {
  Value value;             // an object or a boolean
  Keywords keywords;       // of an object
  std::uint32_t base = 0;  // number of its base URI
  std::uint16_t document = 0;
  std::uint16_t depth = 0;        // schemas around it
  std::optional<Keyword> holder;  // the keyword of the schema around it
};

class SchemaResolver {
 public:
  static constexpr std::uint32_t kNone = UINT32_MAX;
  static constexpr std::size_t kMaxDepth = 64;

  // Takes the document and walks it. kBadSchema for foreign keywords, another `$schema`, an id that
  // two schemas claim, schemas nested deeper than kMaxDepth.
  Result<void> add(std::unique_ptr<SchemaDocument> document, std::string_view uri = {});

  std::size_t size() const { return places_.size(); }
  const SchemaPlace& place(std::uint32_t number) const { return places_[number]; }
  const SchemaDocument& document(std::uint16_t number) const { return *documents_[number]; }
  std::vector<std::unique_ptr<SchemaDocument>> take_documents() { return std::move(documents_); }

  // The number of the schema at `value`; kNone when no schema is known to stand there.
  std::uint32_t number_of(Value value, std::uint16_t document) const;

  // Where `$ref` leads, through other `$ref`s; `number` itself when it has none. kBadSchema when it
  // leads nowhere, out of what is here, to what is no schema, or in a circle.
  Result<std::uint32_t> target(std::uint32_t number);

  // kBadSchema: "schema 'a.json', line 3, column 5 (/type): problem", for a value of the schema at
  // `place`.
  tl::unexpected<Error> bad(const SchemaPlace& place, Value value, std::string_view problem) const;

 private:
  Result<void> walk(const SchemaPlace& start);
  Result<std::uint32_t> enter(const SchemaPlace& place);
  Result<void> note_id(std::uint32_t number);
  Result<std::uint32_t> follow(std::uint32_t number);
  Result<std::uint32_t> follow_pointer(std::uint32_t resource, std::string_view pointer,
                                       std::uint32_t from);
  Result<std::uint32_t> find_resource(const std::string& uri, std::uint32_t from);
  tl::unexpected<Error> bad(std::uint32_t number, Keyword keyword, std::string_view problem) const;

  std::vector<std::unique_ptr<SchemaDocument>> documents_;
  std::deque<SchemaPlace> places_;
  std::vector<std::vector<std::uint32_t>> numbers_;  // by document and index in its tree
  std::vector<std::string> bases_;
  std::unordered_map<std::string, std::uint32_t> by_uri_;  // "uri", or "uri#anchor"
};

}  // namespace sdd::json
