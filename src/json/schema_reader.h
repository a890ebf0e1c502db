// SchemaReader: valijson reads schema objects for us, one at a time.
//
//   SchemaReader reader;
//   const auto statements = reader.read(Keywords(object));   // what this object demands
//
// Of each object valijson sees a shallow view: a sub-schema stands in it as `true`, lists and maps
// of them are empty, unknown keywords and annotations are not there, and numbers, patterns and
// constants are blanks, since its doubles and C strings would not keep them. What it understood
// comes back as statements in its order; the values and sub-schemas that they speak of are read
// from the source, by keyword.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/error.h"
#include "json/schema_keywords.h"

namespace sdd::json {

// Bits of Statement::value for kType.
enum TypeBit : std::uint8_t {
  kTypeArray = 1,
  kTypeBoolean = 2,
  kTypeInteger = 4,
  kTypeNull = 8,
  kTypeNumber = 16,
  kTypeObject = 32,
  kTypeString = 64,
};

struct Statement {
  Keyword keyword = Keyword::kType;
  // kType: TypeBits. minLength and its like: the count. Everything else: 0.
  std::uint64_t value = 0;
};

class SchemaReader {
 public:
  SchemaReader();
  ~SchemaReader();
  SchemaReader(const SchemaReader&) = delete;
  SchemaReader& operator=(const SchemaReader&) = delete;

  // What the object demands. `properties`, `patternProperties` and `additionalProperties` are one
  // statement (kProperties), so are `items` and `additionalItems` (kItems), `if`, `then` and `else`
  // (kIf). Objects that look alike to valijson are read once. Valid as long as the reader.
  // kBadSchema, with valijson's words, for what it does not take.
  Result<const std::vector<Statement>*> read(const Keywords& keywords);

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
  std::unordered_map<std::string, std::vector<Statement>> known_;  // by look
};

}  // namespace sdd::json
