#include "json/schema.h"

#include "json/schema_compiler.h"
#include "json/schema_coverage.h"
#include "json/schema_run.h"

namespace sdd::json {

Schema::Schema(std::unique_ptr<const Program> program) : program_(std::move(program)) {}

Schema::~Schema() = default;

Result<std::shared_ptr<const Schema>> Schema::compile(std::string_view text, std::string_view name,
                                                      Trust trust) {
  auto program = compile_program(text, name, trust == Trust::kKnownGood);
  if (!program) return tl::unexpected(program.error());
  return std::shared_ptr<const Schema>(
      new Schema(std::make_unique<const Program>(*std::move(program))));
}

void Schema::validate(Value instance, std::vector<Violation>& out) const {
  if (instance) run_program(*program_, instance, &out);
}

bool Schema::accepts(Value instance) const {
  return !instance || run_program(*program_, instance, nullptr);
}

std::vector<Value> Schema::unchecked_members(std::string_view name, Value object) const {
  return find_unchecked_members(*program_, name, object);
}

}  // namespace sdd::json
