#include "bank/log_name.h"

#include <algorithm>

#include "base/strings.h"

namespace sdd::bank {

std::string branch_slug(std::string_view branch) {
  const std::string lower = ascii_lower(branch);
  if (lower == "head" || lower == ascii_lower(kNoBranch)) return "head-no-branch";
  std::string slug(branch);
  std::replace(slug.begin(), slug.end(), '/', '-');
  std::replace(slug.begin(), slug.end(), ' ', '-');
  return slug;
}

std::string log_name(Date day, std::string_view branch) {
  return to_string(day) + "-" + branch_slug(branch) + ".md";
}

}  // namespace sdd::bank
