// run_program.
//
// 1. check() runs the instructions of one schema over one value and goes down where they do. It
//    has two modes: with a list, every violation is written there; without, the first "no" ends it.
// 2. anyOf, oneOf, not, contains and `if` ask their schemas without a list. Only when the answer is
//    "no" and somebody listens are the alternatives run again with a list, to say what the nearest
//    one lacks.
// 3. On the clean path nothing is allocated: messages and pointers are made when there is something
//    to say.
// 4. Each check() is a step. Steps and depth are counted, since a schema can make one value be
//    looked at very often (schema.h): beyond the budget everything answers "no", and the outcome is
//    one violation.
#include "json/schema_run.h"

#include "json/schema_checker.h"

namespace sdd::json {

bool run_program(const Program& program, Value instance, std::vector<Violation>* out) {
  const std::size_t before = out == nullptr ? 0 : out->size();
  SchemaChecker run(program, instance, out);
  const bool good = run.check(program.root, instance);
  if (run.exhausted() && out != nullptr) {
    out->resize(before);
    out->push_back({instance,
                    {},
                    "$schema",
                    "",
                    "schema and document together take too much work to be checked"});
  }
  return good && !run.exhausted();
}

}  // namespace sdd::json
