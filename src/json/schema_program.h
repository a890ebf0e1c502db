// What a schema is compiled to: for each schema object a run of instructions, in flat vectors.
// Instructions know the value of their keyword in the schema document, so that a violation can say
// where it comes from. Written by schema_compiler.cc, read by schema_run.cc.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <deque>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "json/decimal.h"
#include "json/pattern.h"
#include "json/schema_keywords.h"
#include "json/schema_reader.h"
#include "json/schema_resolver.h"

namespace sdd::json {

inline constexpr std::uint32_t kNoSchema = UINT32_MAX;

inline constexpr std::uint8_t kAnyType = 0x7F;

struct Instruction {
  Keyword keyword = Keyword::kNot;
  std::uint8_t kinds = kAnyType;  // TypeBits of the values it speaks about
  std::uint16_t document = 0;
  std::uint32_t source = 0;  // index of the keyword's value in its document's tree
  // Counts: the count. A list of schemas: see list(). A schema: its number.
  // Otherwise the position in the Program's vector for that keyword.
  std::uint64_t operand = 0;

  std::uint32_t schema() const { return static_cast<std::uint32_t>(operand); }
};

struct CompiledSchema {
  std::uint32_t first = 0;  // its instructions
  std::uint32_t count = 0;
  std::uint8_t types = kAnyType;  // TypeBits that `type` allows; it is no instruction
  bool never = false;             // the schema `false`
  std::optional<Keyword> holder;  // the keyword of the schema around it
  std::uint16_t document = 0;
  std::uint32_t source = 0;
};

// Finds a name among those of one object.
class NameTable {
 public:
  static constexpr std::uint32_t kAbsent = UINT32_MAX;

  // The position of `name`, which is added when it is new.
  std::uint32_t add(std::string_view name);
  std::uint32_t find(std::string_view name) const {
    if (slots_.empty()) return kAbsent;
    for (std::size_t at = hash(name) & mask_; slots_[at].position != kAbsent;
         at = (at + 1) & mask_) {
      if (same_text(slots_[at].name, name)) return slots_[at].position;
    }
    return kAbsent;
  }
  std::size_t size() const { return count_; }

 private:
  struct Slot {
    std::string_view name;
    std::uint32_t position = kAbsent;
  };

  static std::size_t hash(std::string_view name) {
    std::uint64_t head = 0;
    std::uint64_t tail = 0;
    const char* const begin = name.data();
    if (name.size() >= 8) {
      std::memcpy(&head, begin, 8);
      std::memcpy(&tail, begin + name.size() - 8, 8);
    } else if (name.size() >= 4) {
      std::memcpy(&head, begin, 4);
      std::memcpy(&tail, begin + name.size() - 4, 4);
    } else if (!name.empty()) {
      head = static_cast<unsigned char>(name.front());
      tail = static_cast<unsigned char>(name.back());
    }
    const std::uint64_t mixed =
        (head ^ (tail << 29U) ^ (tail >> 35U) ^ name.size()) * std::uint64_t{0x9E3779B97F4A7C15U};
    return static_cast<std::size_t>(mixed >> 32U);
  }
  static void put(std::vector<Slot>& slots, const Slot& slot);

  std::vector<Slot> slots_;  // a power of two, twice as many as names or more
  std::size_t mask_ = 0;
  std::uint32_t count_ = 0;
};

// `pattern`, or all of one object's `patternProperties`: patterns first … first + count - 1.
struct PatternSet {
  std::uint32_t first = 0;
  std::uint32_t count = 0;
  std::uint64_t id = 0;  // unique in this process, for the cache of matches
};

// properties, patternProperties, additionalProperties and required of one object.
struct MemberCheck {
  struct Named {
    std::uint32_t schema = kNoSchema;
    std::uint32_t required = kNoSchema;  // its position in `required`
  };
  NameTable names;
  std::vector<Named> named;  // by position in `names`
  std::vector<std::string_view> required;
  std::uint32_t required_source = 0;  // in the document's tree
  PatternSet patterns;
  std::vector<std::uint32_t> pattern_schemas;
  std::uint32_t additional = kNoSchema;
  std::uint32_t additional_source = 0;
};

struct EnumCheck {
  std::vector<std::string_view> strings;  // sorted
  std::vector<Value> others;
};

struct Dependency {
  std::string_view name;
  std::vector<std::string_view> needs;
  std::uint32_t schema = kNoSchema;
  std::uint32_t source = 0;  // the dependency's value in the document's tree
};

struct Program {
  std::vector<std::unique_ptr<SchemaDocument>> documents;
  std::vector<CompiledSchema> schemas;
  std::uint32_t root = 0;
  std::vector<Instruction> instructions;
  std::vector<std::uint32_t> lists;  // numbers of schemas
  std::vector<MemberCheck> members;
  std::vector<EnumCheck> enums;
  std::vector<std::vector<Dependency>> dependencies;
  std::vector<Divisor> divisors;
  std::deque<Pattern> patterns;
  std::vector<PatternSet> pattern_sets;

  // The keyword's value in the schema.
  Value source(std::uint16_t document, std::uint32_t index) const {
    return documents[document]->tree.at(index);
  }
};

// allOf, anyOf, oneOf: the schemas. items as an array: additionalItems, then the schemas. if: if,
// then, else. kNoSchema stands for what is not there.
struct SchemaList {
  const std::uint32_t* first;
  std::uint32_t count;
  const std::uint32_t* begin() const { return first; }
  const std::uint32_t* end() const { return first + count; }
};
inline std::uint64_t pack_list(std::size_t first, std::size_t count) {
  return std::uint64_t{first} << 32U | count;
}
inline SchemaList list_of(const Program& program, const Instruction& instruction) {
  return {program.lists.data() + (instruction.operand >> 32U),
          static_cast<std::uint32_t>(instruction.operand)};
}

}  // namespace sdd::json
