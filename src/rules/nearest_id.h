// NearestId: the node id that a mistyped one was meant to be, for "did you mean".
//
//   NearestId nearest(spec);
//   finding.help = nearest.question("task-1-l");   // "did you mean 'task-1-1'?", or ""
//
// Comparing a word with every id costs time; a file of 50,000 wrong ids must not cost its square.
// So one NearestId compares a fixed number of pairs (far more than any real file asks for) and then
// knows nothing any more.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "spec/spec.h"

namespace sdd::rules {

class NearestId {
 public:
  explicit NearestId(const spec::Spec& spec) : spec_(spec) {}

  // The nearest id, or "" when none is near; never `word` itself.
  std::string find(std::string_view word);
  // find() as a question for a finding's help line; "" when none is near.
  std::string question(std::string_view word);

 private:
  const spec::Spec& spec_;
  std::optional<std::vector<std::string_view>> ids_;  // read at the first question
  std::size_t pairs_left_ = 200'000;
};

}  // namespace sdd::rules
