// SchemaChecker: one run of a compiled schema over one value. schema_run.h starts it; its parts are
// in schema_checker.cc (single values), schema_checker_members.cc (objects and arrays),
// schema_checker_choices.cc (anyOf and its like, reports).
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "json/schema.h"
#include "json/schema_program.h"

namespace sdd::json {

class SchemaChecker {
 public:
  // Steps that a run may take: enough for any schema that looks at each value some hundred times.
  static constexpr std::uint64_t kSteps = 1'000'000;
  static constexpr std::uint64_t kStepsPerNode = 500;
  static constexpr std::uint64_t kStepsPerViolation = 50;
  // Of check(): far from the end of any stack.
  static constexpr std::uint32_t kMaxDepth = 3000;

  // With `out`, every violation is appended to it; without, the first "no" ends a check.
  SchemaChecker(const Program& program, Value root, std::vector<Violation>* out)
      : program_(program), out_(out), budget_(kSteps + root.tree()->size() * kStepsPerNode) {}

  // Whether the value is valid against the schema of that number.
  bool check(std::uint32_t number, Value value);
  // The steps or the depth did not suffice: the outcome is void.
  bool exhausted() const { return budget_ == 0; }

  // Bit i: pattern i of the set, which has at most PatternCache::kMostPatterns, matches `text`.
  static std::uint64_t matches(const Program& program, const PatternSet& set,
                               std::string_view text);

 private:
  bool check_closely(const CompiledSchema& schema, Value value, std::uint8_t bits, bool has_type);
  bool execute(const Instruction& instruction, Value value);
  bool is_allowed(const Instruction& instruction, Value value);
  bool is_in_enum(const EnumCheck& check, Value value);
  bool check_members(const Instruction& instruction, Value object);
  bool check_patterns(const MemberCheck& check, Member member, bool& is_known);
  bool check_additional(const Instruction& instruction, const MemberCheck& check, Member member);
  bool check_required(const Instruction& instruction, const MemberCheck& check, Value object,
                      std::uint64_t seen);
  bool check_items(const Instruction& instruction, Value array);
  bool check_names(const Instruction& instruction, Value object);
  bool check_dependencies(const Instruction& instruction, Value object);
  bool check_all(const Instruction& instruction, Value value);
  bool check_any(const Instruction& instruction, Value value);
  bool check_one(const Instruction& instruction, Value value);
  bool check_if(const Instruction& instruction, Value value);
  bool contains(const Instruction& instruction, Value array);
  bool ask(std::uint32_t number, Value value);
  const std::string& pointer_of(std::uint16_t document, std::uint32_t source);
  void spend(std::uint64_t steps) { budget_ -= std::min(budget_, steps); }

  // All return false.
  bool report(Value instance, std::uint16_t document, std::uint32_t source, Keyword keyword,
              std::string message, std::string_view missing = {});
  bool report(Value instance, const Instruction& instruction, std::string message);
  bool report_type(const CompiledSchema& schema, Value value);
  bool report_never(const CompiledSchema& schema, Value value);
  std::string nearest_alternative(const Instruction& instruction, Value value);
  std::vector<Violation> violations_of_alternative(std::uint32_t schema, Value value);

  const Program& program_;
  std::vector<Violation>* out_;
  std::uint64_t budget_;
  std::uint32_t depth_ = 0;
  bool in_alternative_ = false;  // out_ collects what one alternative of a choice lacks
  std::map<std::pair<std::uint16_t, std::uint32_t>, std::string> pointers_;  // that were reported
};

}  // namespace sdd::json
