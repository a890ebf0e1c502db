// Skeleton: the text of a new spec, for `sdd create`.
//
//   Result<std::string> id = spec_id_of("Ledger retry", now, 1);   // "ledger-retry-2026-02-11-001"
//   Result<std::string> text = skeleton({.id = *id, .title = "Ledger retry"}, now);
//
// What it makes has no error by our rules. Its phases are empty: what is to be done nobody can
// know.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "base/error.h"
#include "base/time.h"

namespace sdd::spec {

inline constexpr std::array<std::string_view, 4> kTemplates = {"simple", "medium", "complex",
                                                               "security"};

// An id from a name in words: letters and digits of ASCII, other runs become one '-', the date in
// UTC, a number from 1 to 999. kUsage when nothing of the name is left, or for another number.
Result<std::string> spec_id_of(std::string_view name, Timestamp now, int number);

struct Skeleton {
  std::string id;
  std::string title;
  std::string form = "simple";              // kTemplates
  std::string category = "implementation";  // kTaskCategories
};

// The file's bytes: two blanks a level, a line end at the end. kUsage for a word that is not known.
Result<std::string> skeleton(const Skeleton& wish, Timestamp now);

}  // namespace sdd::spec
