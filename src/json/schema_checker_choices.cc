#include <fmt/format.h>

#include "base/strings.h"
#include "json/schema_checker.h"
#include "json/schema_messages.h"

namespace sdd::json {
namespace {

// An anyOf of more is not looked into for its message.
constexpr std::uint32_t kMostAlternatives = 16;
// Violations of one alternative that are looked at.
constexpr std::size_t kMostOfAlternative = 20;

}  // namespace

// NOLINTBEGIN(misc-no-recursion): no deeper than kMaxDepth

// check() without a list: is the value valid against that schema?
bool SchemaChecker::ask(std::uint32_t number, Value value) {
  std::vector<Violation>* const out = out_;
  out_ = nullptr;
  const bool good = check(number, value);
  out_ = out;
  return good;
}

bool SchemaChecker::check_all(const Instruction& instruction, Value value) {
  bool good = true;
  for (const std::uint32_t schema : list_of(program_, instruction)) {
    if (check(schema, value)) continue;
    good = false;
    if (out_ == nullptr) break;
  }
  return good;
}

bool SchemaChecker::check_any(const Instruction& instruction, Value value) {
  for (const std::uint32_t schema : list_of(program_, instruction)) {
    if (ask(schema, value)) return true;
  }
  if (out_ == nullptr) return false;
  return report(value, instruction, nearest_alternative(instruction, value));
}

bool SchemaChecker::check_one(const Instruction& instruction, Value value) {
  const SchemaList list = list_of(program_, instruction);
  std::uint32_t count = 0;
  for (const std::uint32_t schema : list) count += ask(schema, value) ? 1 : 0;
  if (count == 1) return true;
  if (out_ == nullptr) return false;
  if (count == 0) return report(value, instruction, nearest_alternative(instruction, value));
  std::vector<std::string> fitting;
  for (std::uint32_t i = 0; i < list.count; ++i) {
    if (ask(list.first[i], value)) fitting.push_back(std::to_string(i + 1));
  }
  return report(value, instruction,
                fmt::format("{} fits the alternatives {} and must fit exactly one", shown(value),
                            join_and(fitting)));
}

bool SchemaChecker::check_if(const Instruction& instruction, Value value) {
  const SchemaList list = list_of(program_, instruction);
  if (list.first[1] == kNoSchema && list.first[2] == kNoSchema) return true;
  const std::uint32_t next = ask(list.first[0], value) ? list.first[1] : list.first[2];
  return next == kNoSchema || check(next, value);
}

bool SchemaChecker::contains(const Instruction& instruction, Value array) {
  for (const Value element : array.elements()) {
    if (ask(instruction.schema(), element)) return true;
  }
  return false;
}

// What the alternative that comes nearest lacks: one of the right type, with the fewest violations.
// Inside an alternative nothing is told about alternatives.
std::string SchemaChecker::nearest_alternative(const Instruction& instruction, Value value) {
  const SchemaList list = list_of(program_, instruction);
  std::string none = fmt::format("{} fits none of {} alternatives", shown(value), list.count);
  if (in_alternative_ || list.count > kMostAlternatives) return none;
  std::vector<Violation> best;
  std::size_t best_score = SIZE_MAX;
  for (const std::uint32_t schema : list) {
    std::vector<Violation> violations = violations_of_alternative(schema, value);
    const bool other_type = std::any_of(
        violations.begin(), violations.end(),
        [value](const Violation& v) { return v.instance == value && v.keyword == "type"; });
    const std::size_t score = violations.size() + (other_type ? kMostOfAlternative : 0);
    if (score >= best_score) continue;
    best_score = score;
    best = std::move(violations);
  }
  if (best.empty()) return none;
  const std::string here = value.tree()->pointer(value);
  const std::string there = value.tree()->pointer(best.front().instance).substr(here.size());
  return fmt::format("{}; the nearest says{}: {}", none,
                     there.empty() ? "" : " of " + printable(there), best.front().message);
}

std::vector<Violation> SchemaChecker::violations_of_alternative(std::uint32_t schema, Value value) {
  std::vector<Violation> violations;
  std::vector<Violation>* const out = std::exchange(out_, &violations);
  in_alternative_ = true;
  check(schema, value);
  in_alternative_ = false;
  out_ = out;
  return violations;
}

// NOLINTEND(misc-no-recursion)

const std::string& SchemaChecker::pointer_of(std::uint16_t document, std::uint32_t source) {
  const auto [known, is_new] = pointers_.try_emplace({document, source});
  if (is_new) {
    const SchemaDocument& home = *program_.documents[document];
    if (document > 0) known->second = home.name + "#";
    known->second += home.tree.pointer(home.tree.at(source));
  }
  return known->second;
}

bool SchemaChecker::report(Value instance, std::uint16_t document, std::uint32_t source,
                           Keyword keyword, std::string message, std::string_view missing) {
  if (out_ == nullptr || (in_alternative_ && out_->size() == kMostOfAlternative)) return false;
  if (out_->size() >= kMostViolations) return false;
  spend(kStepsPerViolation);
  out_->push_back({instance, missing, std::string(to_string(keyword)), pointer_of(document, source),
                   std::move(message)});
  return false;
}

bool SchemaChecker::report_type(const CompiledSchema& schema, Value value) {
  if (out_ == nullptr) return false;
  const Value home = program_.source(schema.document, schema.source);
  return report(value, schema.document, home.find("type").index(), Keyword::kType,
                describe_type(schema.types, value));
}

// `false` speaks for the keyword that holds it; as a whole schema it has none.
bool SchemaChecker::report_never(const CompiledSchema& schema, Value value) {
  if (out_ == nullptr) return false;
  report(value, schema.document, schema.source, schema.holder.value_or(Keyword::kNot),
         fmt::format("{} is not allowed here", shown(value)));
  if (!schema.holder && !out_->empty()) out_->back().keyword = "false";
  return false;
}

bool SchemaChecker::report(Value instance, const Instruction& instruction, std::string message) {
  return report(instance, instruction.document, instruction.source, instruction.keyword,
                std::move(message));
}

}  // namespace sdd::json
