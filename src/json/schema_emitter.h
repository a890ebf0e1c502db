// SchemaEmitter: turns what the reader found in a schema object into instructions.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/error.h"
#include "json/schema_program.h"
#include "json/schema_reader.h"
#include "json/schema_resolver.h"

namespace sdd::json {

class SchemaEmitter {
 public:
  // All three outlive the emitter. `trusted`: patterns are compiled when they are first needed.
  SchemaEmitter(const SchemaResolver& resolver, bool trusted, Program& program)
      : resolver_(resolver), trusted_(trusted), program_(program) {}

  // Appends the instruction for one statement (not kType) of the object at `place`, whose
  // instructions begin with `first`. Schemas are referred to by their own numbers, also where a
  // `$ref` stands. kBadSchema for what we cannot do.
  Result<void> emit(const SchemaPlace& place, const Statement& statement, std::uint32_t first);

 private:
  void append(const SchemaPlace& place, Keyword keyword, std::uint64_t operand);
  std::uint32_t number_of(const SchemaPlace& place, Value value) const;
  void emit_list(const SchemaPlace& place, Keyword keyword);
  void emit_items(const SchemaPlace& place);
  void emit_if(const SchemaPlace& place);
  void emit_enum(const SchemaPlace& place);
  void emit_dependencies(const SchemaPlace& place);
  Result<void> emit_multiple_of(const SchemaPlace& place);
  Result<void> emit_pattern(const SchemaPlace& place);
  Result<void> emit_members(const SchemaPlace& place, std::uint32_t first);
  Result<void> add_pattern(const SchemaPlace& place, Value source);
  void add_named(const SchemaPlace& place, MemberCheck& check) const;

  const SchemaResolver& resolver_;
  bool trusted_;
  Program& program_;
};

}  // namespace sdd::json
