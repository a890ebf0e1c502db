// Document: a plan as the JSON document that the real writers would have made of it.
#pragma once

#include <string>

#include "plan.h"
#include "random.h"
#include "text.h"
#include "value.h"

namespace sdd::bench {

struct DocumentWish {
  std::string spec_id;
  bool lean = false;       // little spec metadata, as in the smallest real files
  bool top_level = false;  // the newer form: status, progress and phase beside spec_id
};

// `2026-02-11T17:51:29.533418Z`, or without the fraction where that is what a person would write.
std::string timestamp(Micros at, bool whole_seconds = false);

// The whole document. Free of findings of the families 0xx to 5xx, notes included.
Value make_document(Random& random, const Prose& prose, const Plan& plan, const DocumentWish& wish);

}  // namespace sdd::bench
