// The words that node metadata may hold where programs look for one of a few: spec/words.h.
#pragma once

#include "spec/words.h"

namespace sdd::rules {

using spec::is_one_of;
using spec::kTaskCategories;
using spec::kVerificationTypes;

}  // namespace sdd::rules
