// compile_program.
//
// 1. The document is parsed and, unless trusted, held against the meta-schema of draft-07.
// 2. The resolver walks it: one number per schema object.
// 3. Each schema in turn: a `$ref` stands for its target, a boolean for itself; of an object the
//    reader says what it demands, and each statement becomes an instruction. What instructions need
//    beyond a number (names, patterns, constants) is read from the source.
// 4. References to a `$ref` are replaced by references to its target: none is followed at run time.
// 5. A schema that applies itself to the same value without end is refused.
#include "json/schema_compiler.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/strings.h"
#include "json/meta_schema.h"
#include "json/schema_emitter.h"
#include "json/schema_run.h"

namespace sdd::json {
namespace {

class Compiler {
 public:
  explicit Compiler(bool trusted) : emitter_(resolver_, trusted, program_) {}

  Result<Program> run(std::unique_ptr<SchemaDocument> document) {
    if (auto added = resolver_.add(std::move(document)); !added) {
      return tl::unexpected(added.error());
    }
    // The list grows while references are followed.
    for (std::uint32_t number = 0; number < resolver_.size(); ++number) {
      if (auto done = compile(number); !done) return tl::unexpected(done.error());
    }
    replace_references();
    if (auto ends = check_ends(); !ends) return tl::unexpected(ends.error());
    program_.documents = resolver_.take_documents();
    for (const auto& one : program_.documents) one->tree.prepare_to_share();
    return std::move(program_);
  }

 private:
  Result<void> compile(std::uint32_t number) {
    const SchemaPlace& place = resolver_.place(number);
    CompiledSchema schema;
    schema.document = place.document;
    schema.source = place.value.index();
    schema.holder = place.holder;
    schema.first = static_cast<std::uint32_t>(program_.instructions.size());
    targets_.push_back(number);
    if (place.keywords.has(Keyword::kRef)) {
      const auto target = resolver_.target(number);
      if (!target) return tl::unexpected(target.error());
      targets_.back() = *target;
    } else if (place.value.is_boolean()) {
      schema.never = place.value.kind() == Kind::kFalse;
    } else {
      const auto statements = reader_.read(place.keywords);
      if (!statements) return resolver_.bad(place, place.value, statements.error().message);
      for (const Statement& statement : **statements) {
        if (statement.keyword == Keyword::kType) {
          schema.types = static_cast<std::uint8_t>(statement.value);
          continue;
        }
        if (auto done = emitter_.emit(place, statement, schema.first); !done) return done;
      }
    }
    schema.count = static_cast<std::uint32_t>(program_.instructions.size()) - schema.first;
    program_.schemas.push_back(schema);
    return {};
  }

  void replace(std::uint32_t& number) const {
    if (number != kNoSchema) number = targets_[number];
  }

  void replace_references() {
    replace(program_.root);
    for (std::uint32_t& number : program_.lists) replace(number);
    for (MemberCheck& check : program_.members) {
      for (MemberCheck::Named& named : check.named) replace(named.schema);
      for (std::uint32_t& number : check.pattern_schemas) replace(number);
      replace(check.additional);
    }
    for (std::vector<Dependency>& list : program_.dependencies) {
      for (Dependency& dependency : list) replace(dependency.schema);
    }
    for (Instruction& instruction : program_.instructions) {
      if (holds(instruction.keyword) != Holds::kSchema || instruction.keyword == Keyword::kIf) {
        continue;
      }
      instruction.operand = targets_[instruction.schema()];
    }
  }

  // The schemas that `number` applies to the same value.
  std::vector<std::uint32_t> beside(std::uint32_t number) const {
    std::vector<std::uint32_t> numbers;
    const CompiledSchema& schema = program_.schemas[number];
    for (std::uint32_t i = 0; i < schema.count; ++i) {
      const Instruction& instruction = program_.instructions[schema.first + i];
      switch (instruction.keyword) {
        case Keyword::kAllOf:
        case Keyword::kAnyOf:
        case Keyword::kOneOf:
        case Keyword::kIf:
          for (const std::uint32_t child : list_of(program_, instruction)) {
            if (child != kNoSchema) numbers.push_back(child);
          }
          break;
        case Keyword::kNot:
          numbers.push_back(instruction.schema());
          break;
        case Keyword::kDependencies:
          for (const Dependency& dependency : program_.dependencies[instruction.operand]) {
            if (dependency.schema != kNoSchema) numbers.push_back(dependency.schema);
          }
          break;
        default:
          break;
      }
    }
    return numbers;
  }

  // Depth first, with a list of its own: a schema met again while it is open applies itself.
  Result<void> check_ends() const {
    enum class State : std::uint8_t { kNew, kOpen, kDone };
    struct Step {
      std::uint32_t number;
      std::vector<std::uint32_t> rest;
    };
    std::vector<State> states(program_.schemas.size(), State::kNew);
    for (std::uint32_t start = 0; start < program_.schemas.size(); ++start) {
      if (states[start] != State::kNew) continue;
      states[start] = State::kOpen;
      std::vector<Step> path;
      path.push_back({start, beside(start)});
      while (!path.empty()) {
        if (path.back().rest.empty()) {
          states[path.back().number] = State::kDone;
          path.pop_back();
          continue;
        }
        const std::uint32_t next = path.back().rest.back();
        path.back().rest.pop_back();
        if (states[next] == State::kOpen) {
          const SchemaPlace& place = resolver_.place(next);
          return resolver_.bad(place, place.value,
                               "this schema applies itself to the same value without end");
        }
        if (states[next] == State::kDone) continue;
        states[next] = State::kOpen;
        path.push_back({next, beside(next)});
      }
    }
    return {};
  }

  SchemaResolver resolver_;
  SchemaReader reader_;
  std::vector<std::uint32_t> targets_;  // by number: itself, or where its `$ref` leads
  Program program_;
  SchemaEmitter emitter_;
};

const Program& meta_program() {
  static const Program program = [] {
    auto document = read_schema_document(meta_schema_text(), kMetaSchemaUri);
    return *Compiler(true).run(*std::move(document));
  }();
  return program;
}

Result<void> check_against_meta_schema(const SchemaDocument& document) {
  std::vector<Violation> violations;
  run_program(meta_program(), document.tree.root(), &violations);
  if (violations.empty()) return {};
  const auto first = std::min_element(violations.begin(), violations.end(),
                                      [](const Violation& a, const Violation& b) {
                                        return a.instance.index() < b.instance.index();
                                      });
  return fail(ErrorKind::kBadSchema, fmt::format("schema {}, {}: {}", quote(document.name),
                                                 document.place(first->instance), first->message));
}

}  // namespace

Result<Program> compile_program(std::string_view text, std::string_view name, bool trusted) {
  auto document = read_schema_document(text, name);
  if (!document) return tl::unexpected(document.error());
  if (!trusted) {
    if (auto good = check_against_meta_schema(**document); !good) {
      return tl::unexpected(good.error());
    }
  }
  return Compiler(trusted).run(*std::move(document));
}

}  // namespace sdd::json
