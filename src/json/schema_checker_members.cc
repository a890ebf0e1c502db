#include <fmt/format.h>

#include <bit>

#include "base/strings.h"
#include "json/pattern_cache.h"
#include "json/schema_checker.h"
#include "json/schema_messages.h"

namespace sdd::json {

// NOLINTBEGIN(misc-no-recursion): no deeper than kMaxDepth

bool SchemaChecker::check_members(const Instruction& instruction, Value object) {
  const MemberCheck& check = program_.members[instruction.operand];
  spend(object.size() / 4);
  std::uint64_t seen = 0;  // the first 64 required names
  bool good = true;
  for (const Member member : object.members()) {
    bool is_known = false;
    const std::uint32_t at = check.names.find(member.key.string());
    if (at != NameTable::kAbsent) {
      const MemberCheck::Named named = check.named[at];
      if (named.required < 64) seen |= std::uint64_t{1} << named.required;
      is_known = named.schema != kNoSchema;
      if (is_known) good = this->check(named.schema, member.value) && good;
    }
    if (check.patterns.count > 0) good = check_patterns(check, member, is_known) && good;
    if (!is_known && check.additional != kNoSchema) {
      good = check_additional(instruction, check, member) && good;
    }
    if (!good && out_ == nullptr) return false;
  }
  return check_required(instruction, check, object, seen) && good;
}

// patternProperties: every pattern that the key matches counts, and makes the member a known one.
bool SchemaChecker::check_patterns(const MemberCheck& check, Member member, bool& is_known) {
  bool good = true;
  // Sets of more than 64 patterns are asked in pieces.
  for (std::uint32_t begin = 0; begin < check.patterns.count;
       begin += PatternCache::kMostPatterns) {
    PatternSet piece = check.patterns;
    piece.first += begin;
    piece.count = std::min<std::uint32_t>(piece.count - begin, PatternCache::kMostPatterns);
    piece.id += begin / PatternCache::kMostPatterns;
    for (std::uint64_t bits = matches(program_, piece, member.key.string()); bits != 0;
         bits &= bits - 1) {
      const auto at = begin + static_cast<std::uint32_t>(std::countr_zero(bits));
      is_known = true;
      good = this->check(check.pattern_schemas[at], member.value) && good;
    }
  }
  return good;
}

bool SchemaChecker::check_additional(const Instruction& instruction, const MemberCheck& check,
                                     Member member) {
  if (!program_.schemas[check.additional].never) return this->check(check.additional, member.value);
  if (out_ == nullptr) return false;
  return report(member.value, instruction.document, check.additional_source,
                Keyword::kAdditionalProperties,
                fmt::format("{} is no member that is allowed here", shown(member.key)));
}

bool SchemaChecker::check_required(const Instruction& instruction, const MemberCheck& check,
                                   Value object, std::uint64_t seen) {
  bool good = true;
  for (std::size_t i = 0; i < check.required.size(); ++i) {
    const bool is_there = i < 64 ? ((seen >> i) & 1U) != 0 : bool(object.find(check.required[i]));
    if (is_there) continue;
    good = false;
    if (out_ == nullptr) break;
    report(object, instruction.document, check.required_source, Keyword::kRequired,
           describe_missing(check.required[i]), check.required[i]);
  }
  return good;
}

bool SchemaChecker::check_items(const Instruction& instruction, Value array) {
  spend(array.size() / 4);
  const SchemaList list = list_of(program_, instruction);
  const bool is_tuple = program_.source(instruction.document, instruction.source).is_array();
  bool good = true;
  std::uint32_t position = 0;
  for (const Value element : array.elements()) {
    ++position;
    const std::uint32_t schema = list.first[is_tuple && position < list.count ? position : 0];
    if (schema == kNoSchema || check(schema, element)) continue;
    good = false;
    if (out_ == nullptr) break;
  }
  return good;
}

bool SchemaChecker::check_names(const Instruction& instruction, Value object) {
  bool good = true;
  for (const Member member : object.members()) {
    if (check(instruction.schema(), member.key)) continue;
    good = false;
    if (out_ == nullptr) break;
  }
  return good;
}

bool SchemaChecker::check_dependencies(const Instruction& instruction, Value object) {
  bool good = true;
  for (const Dependency& dependency : program_.dependencies[instruction.operand]) {
    spend(1 + object.size() / 8);
    if (!object.find(dependency.name)) continue;
    if (dependency.schema != kNoSchema) good = check(dependency.schema, object) && good;
    for (const std::string_view need : dependency.needs) {
      spend(1 + object.size() / 8);
      if (object.find(need)) continue;
      good = false;
      if (out_ == nullptr) return false;
      report(object, instruction.document, dependency.source, Keyword::kDependencies,
             fmt::format("{}, which {} demands", describe_missing(need), quote(dependency.name)),
             need);
    }
    if (!good && out_ == nullptr) return false;
  }
  return good;
}

// NOLINTEND(misc-no-recursion)

}  // namespace sdd::json
