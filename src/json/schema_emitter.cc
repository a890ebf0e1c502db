#include "json/schema_emitter.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>

#include "base/strings.h"
#include "json/format.h"
#include "json/pattern_cache.h"

namespace sdd::json {
namespace {

// The kinds of values that a keyword speaks about.
std::uint8_t kinds_of(Keyword keyword) {
  switch (keyword) {
    case Keyword::kMultipleOf:
    case Keyword::kMaximum:
    case Keyword::kExclusiveMaximum:
    case Keyword::kMinimum:
    case Keyword::kExclusiveMinimum:
      return kTypeNumber;
    case Keyword::kMaxLength:
    case Keyword::kMinLength:
    case Keyword::kPattern:
    case Keyword::kFormat:
      return kTypeString;
    case Keyword::kItems:
    case Keyword::kMaxItems:
    case Keyword::kMinItems:
    case Keyword::kUniqueItems:
    case Keyword::kContains:
      return kTypeArray;
    case Keyword::kMaxProperties:
    case Keyword::kMinProperties:
    case Keyword::kRequired:
    case Keyword::kProperties:
    case Keyword::kPropertyNames:
    case Keyword::kDependencies:
      return kTypeObject;
    default:
      return kAnyType;
  }
}

// An id for a set of `count` patterns, and more for the pieces it is asked in.
std::uint64_t next_pattern_set(std::size_t count) {
  static std::atomic<std::uint64_t> next{1};
  return next.fetch_add(1 + count / PatternCache::kMostPatterns, std::memory_order_relaxed);
}

void add_required(const SchemaPlace& place, MemberCheck& check) {
  const Value required = place.keywords[Keyword::kRequired];
  check.required_source = required ? required.index() : 0;
  for (const Value name : required.elements()) {
    const std::uint32_t at = check.names.add(name.string());
    check.named.resize(check.names.size());
    check.named[at].required = static_cast<std::uint32_t>(check.required.size());
    check.required.push_back(name.string());
  }
}

}  // namespace

std::uint32_t NameTable::add(std::string_view name) {
  const std::uint32_t known = find(name);
  if (known != kAbsent) return known;
  if ((count_ + 1) * std::size_t{2} > slots_.size()) {
    std::vector<Slot> larger(std::max<std::size_t>(8, slots_.size() * 2));
    for (const Slot& slot : slots_) {
      if (slot.position != kAbsent) put(larger, slot);
    }
    slots_ = std::move(larger);
    mask_ = slots_.size() - 1;
  }
  put(slots_, {name, count_});
  return count_++;
}

void NameTable::put(std::vector<Slot>& slots, const Slot& slot) {
  const std::size_t mask = slots.size() - 1;
  std::size_t at = hash(slot.name) & mask;
  while (slots[at].position != kAbsent) at = (at + 1) & mask;
  slots[at] = slot;
}

std::uint32_t SchemaEmitter::number_of(const SchemaPlace& place, Value value) const {
  return value ? resolver_.number_of(value, place.document) : kNoSchema;
}

void SchemaEmitter::append(const SchemaPlace& place, Keyword keyword, std::uint64_t operand) {
  Instruction instruction;
  instruction.keyword = keyword;
  instruction.kinds = kinds_of(keyword);
  instruction.document = place.document;
  const Value source = place.keywords[keyword];
  instruction.source = (source ? source : place.value).index();
  instruction.operand = operand;
  program_.instructions.push_back(instruction);
}

Result<void> SchemaEmitter::emit(const SchemaPlace& place, const Statement& statement,
                                 std::uint32_t first) {
  const Keyword keyword = statement.keyword;
  switch (keyword) {
    case Keyword::kProperties:
    case Keyword::kRequired:
      return emit_members(place, first);
    case Keyword::kMultipleOf:
      return emit_multiple_of(place);
    case Keyword::kPattern:
      return emit_pattern(place);
    case Keyword::kItems:
      emit_items(place);
      break;
    case Keyword::kIf:
      emit_if(place);
      break;
    case Keyword::kAllOf:
    case Keyword::kAnyOf:
    case Keyword::kOneOf:
      emit_list(place, keyword);
      break;
    case Keyword::kDependencies:
      emit_dependencies(place);
      break;
    case Keyword::kEnum:
      emit_enum(place);
      break;
    case Keyword::kNot:
    case Keyword::kContains:
    case Keyword::kPropertyNames:
      append(place, keyword, number_of(place, place.keywords[keyword]));
      break;
    case Keyword::kFormat:
      if (const auto format = format_of(place.keywords[keyword].string())) {
        append(place, keyword, static_cast<std::uint64_t>(*format));
      }
      break;
    default:
      append(place, keyword, statement.value);
      break;
  }
  return {};
}

Result<void> SchemaEmitter::emit_multiple_of(const SchemaPlace& place) {
  const Value source = place.keywords[Keyword::kMultipleOf];
  const auto divisor = Divisor::of(source.raw());
  if (!divisor) {
    return resolver_.bad(place, source,
                         "uses a 'multipleOf' of more than 18 digits, which sdd does not support");
  }
  append(place, Keyword::kMultipleOf, program_.divisors.size());
  program_.divisors.push_back(*divisor);
  return {};
}

void SchemaEmitter::emit_list(const SchemaPlace& place, Keyword keyword) {
  const Value source = place.keywords[keyword];
  const std::size_t first = program_.lists.size();
  for (const Value element : source.elements()) {
    program_.lists.push_back(number_of(place, element));
  }
  append(place, keyword, pack_list(first, source.size()));
}

void SchemaEmitter::emit_items(const SchemaPlace& place) {
  const Value items = place.keywords[Keyword::kItems];
  const std::size_t first = program_.lists.size();
  if (!items.is_array()) {
    program_.lists.push_back(number_of(place, items));
  } else {
    program_.lists.push_back(number_of(place, place.keywords[Keyword::kAdditionalItems]));
    for (const Value element : items.elements()) {
      program_.lists.push_back(number_of(place, element));
    }
  }
  append(place, Keyword::kItems, pack_list(first, program_.lists.size() - first));
}

void SchemaEmitter::emit_if(const SchemaPlace& place) {
  const std::size_t first = program_.lists.size();
  for (const Keyword keyword : {Keyword::kIf, Keyword::kThen, Keyword::kElse}) {
    program_.lists.push_back(number_of(place, place.keywords[keyword]));
  }
  append(place, Keyword::kIf, pack_list(first, 3));
}

void SchemaEmitter::emit_enum(const SchemaPlace& place) {
  const Value source = place.keywords[Keyword::kEnum];
  EnumCheck check;
  for (const Value value : source.elements()) {
    if (value.is_string()) {
      check.strings.push_back(value.string());
    } else {
      check.others.push_back(value);
    }
  }
  std::sort(check.strings.begin(), check.strings.end());
  append(place, Keyword::kEnum, program_.enums.size());
  program_.enums.push_back(std::move(check));
}

Result<void> SchemaEmitter::add_pattern(const SchemaPlace& place, Value source) {
  Translation translation = translate_pattern(source.string());
  if (translation.verdict != Translation::Verdict::kOk) {
    const bool is_invalid = translation.verdict == Translation::Verdict::kInvalid;
    return resolver_.bad(
        place, source,
        fmt::format("pattern {} {} {}{}", quote(source.string()), is_invalid ? "has" : "uses",
                    translation.problem, is_invalid ? "" : ", which sdd does not support"));
  }
  program_.patterns.emplace_back(source.string(), std::move(translation.re2));
  if (trusted_) return {};
  const std::string trouble = program_.patterns.back().trouble();
  if (trouble.empty()) return {};
  return resolver_.bad(
      place, source, fmt::format("pattern {} cannot be run: {}", quote(source.string()), trouble));
}

Result<void> SchemaEmitter::emit_pattern(const SchemaPlace& place) {
  const Value source = place.keywords[Keyword::kPattern];
  PatternSet set;
  set.first = static_cast<std::uint32_t>(program_.patterns.size());
  set.count = 1;
  set.id = next_pattern_set(1);
  append(place, Keyword::kPattern, program_.pattern_sets.size());
  program_.pattern_sets.push_back(set);
  return add_pattern(place, source);
}

void SchemaEmitter::emit_dependencies(const SchemaPlace& place) {
  const Value source = place.keywords[Keyword::kDependencies];
  std::vector<Dependency> dependencies;
  for (const Member member : source.members()) {
    Dependency dependency;
    dependency.name = member.key.string();
    dependency.source = member.value.index();
    if (member.value.is_array()) {
      for (const Value need : member.value.elements()) dependency.needs.push_back(need.string());
    } else {
      dependency.schema = number_of(place, member.value);
    }
    dependencies.push_back(std::move(dependency));
  }
  append(place, Keyword::kDependencies, program_.dependencies.size());
  program_.dependencies.push_back(std::move(dependencies));
}

// One instruction for `properties` and its like and for `required`, whichever comes first.
Result<void> SchemaEmitter::emit_members(const SchemaPlace& place, std::uint32_t first) {
  for (std::size_t i = first; i < program_.instructions.size(); ++i) {
    if (program_.instructions[i].keyword == Keyword::kProperties) return {};
  }
  MemberCheck check;
  add_named(place, check);
  add_required(place, check);
  const Value additional = place.keywords[Keyword::kAdditionalProperties];
  check.additional = number_of(place, additional);
  check.additional_source = additional ? additional.index() : 0;
  check.patterns.first = static_cast<std::uint32_t>(program_.patterns.size());
  const Value patterns = place.keywords[Keyword::kPatternProperties];
  check.patterns.id = next_pattern_set(patterns.size());
  for (const Member member : patterns.members()) {
    if (auto added = add_pattern(place, member.key); !added) return added;
    ++check.patterns.count;
    check.pattern_schemas.push_back(number_of(place, member.value));
  }
  append(place, Keyword::kProperties, program_.members.size());
  program_.members.push_back(std::move(check));
  return {};
}

void SchemaEmitter::add_named(const SchemaPlace& place, MemberCheck& check) const {
  for (const Member member : place.keywords[Keyword::kProperties].members()) {
    const std::uint32_t at = check.names.add(member.key.string());
    check.named.resize(check.names.size());
    check.named[at].schema = number_of(place, member.value);
  }
}

}  // namespace sdd::json
