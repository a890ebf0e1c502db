// 1. The schemas that are applied to the document: its root schema, and all that those apply to the
//    same value (allOf, anyOf, oneOf, if, then, else, dependencies; `not` checks nothing for us).
// 2. The schemas that those apply to the member `name`, and again all beside them.
// 3. A member of `object` is looked at when one of these names it, has a pattern that it matches,
//    or an additionalProperties that says something.
#include "json/schema_coverage.h"

#include <algorithm>

#include "json/pattern_cache.h"
#include "json/schema_checker.h"

namespace sdd::json {
namespace {

using Numbers = std::vector<std::uint32_t>;

void add_new(Numbers& numbers, std::uint32_t number) {
  if (number == kNoSchema) return;
  if (std::find(numbers.begin(), numbers.end(), number) == numbers.end()) numbers.push_back(number);
}

void add_beside(const Program& program, const Instruction& instruction, Numbers& numbers) {
  switch (instruction.keyword) {
    case Keyword::kAllOf:
    case Keyword::kAnyOf:
    case Keyword::kOneOf:
    case Keyword::kIf:
      for (const std::uint32_t number : list_of(program, instruction)) add_new(numbers, number);
      break;
    case Keyword::kDependencies:
      for (const Dependency& dependency : program.dependencies[instruction.operand]) {
        add_new(numbers, dependency.schema);
      }
      break;
    default:
      break;
  }
}

// The member checks of the schemas and of all that those apply to the same value.
std::vector<const MemberCheck*> member_checks(const Program& program, Numbers numbers) {
  std::vector<const MemberCheck*> checks;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const CompiledSchema& schema = program.schemas[numbers[i]];
    for (std::uint32_t at = schema.first; at < schema.first + schema.count; ++at) {
      const Instruction& instruction = program.instructions[at];
      add_beside(program, instruction, numbers);
      if (instruction.keyword == Keyword::kProperties) {
        checks.push_back(&program.members[instruction.operand]);
      }
    }
  }
  return checks;
}

// `true`, `{}`, and what holds annotations only.
bool says_nothing(const CompiledSchema& schema) {
  return schema.count == 0 && schema.types == kAnyType && !schema.never;
}

// Calls `found` with the number of each schema that `check` applies to a member of that name.
template <typename Found>
void for_each_schema_of(const Program& program, const MemberCheck& check, std::string_view key,
                        const Found& found) {
  bool is_known = false;
  const auto tell = [&](std::uint32_t number) {
    is_known = true;
    found(number);
  };
  const std::uint32_t named = check.names.find(key);
  if (named != NameTable::kAbsent && check.named[named].schema != kNoSchema) {
    tell(check.named[named].schema);
  }
  for (std::uint32_t begin = 0; begin < check.patterns.count;
       begin += PatternCache::kMostPatterns) {
    PatternSet piece = check.patterns;
    piece.first += begin;
    piece.count = std::min<std::uint32_t>(piece.count - begin, PatternCache::kMostPatterns);
    piece.id += begin / PatternCache::kMostPatterns;
    const std::uint64_t bits = SchemaChecker::matches(program, piece, key);
    for (std::uint32_t i = 0; i < piece.count; ++i) {
      if (((bits >> i) & 1U) != 0) tell(check.pattern_schemas[begin + i]);
    }
  }
  if (is_known || check.additional == kNoSchema) return;
  if (!says_nothing(program.schemas[check.additional])) found(check.additional);
}

}  // namespace

std::vector<Value> find_unchecked_members(const Program& program, std::string_view name,
                                          Value object) {
  Numbers numbers;
  for (const MemberCheck* check : member_checks(program, {program.root})) {
    for_each_schema_of(program, *check, name,
                       [&](std::uint32_t number) { add_new(numbers, number); });
  }
  const std::vector<const MemberCheck*> checks = member_checks(program, std::move(numbers));
  std::vector<Value> unchecked;
  const bool speaks_of_members =
      std::any_of(checks.begin(), checks.end(), [](const MemberCheck* check) {
        return check->patterns.count > 0 ||
               std::any_of(check->named.begin(), check->named.end(),
                           [](const auto& named) { return named.schema != kNoSchema; });
      });
  if (!speaks_of_members) return unchecked;
  for (const Member member : object.members()) {
    bool looked_at = false;
    for (const MemberCheck* check : checks) {
      for_each_schema_of(program, *check, member.key.string(), [&](auto) { looked_at = true; });
    }
    if (!looked_at) unchecked.push_back(member.key);
  }
  return unchecked;
}

}  // namespace sdd::json
