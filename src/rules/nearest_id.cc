#include "rules/nearest_id.h"

#include "base/strings.h"

namespace sdd::rules {

std::string NearestId::find(std::string_view word) {
  if (pairs_left_ == 0) return {};
  if (!ids_) ids_ = spec_.ids();
  pairs_left_ -= std::min(pairs_left_, ids_->size());
  for (std::string& name : nearest(word, *ids_, 2)) {
    if (name != word) return std::move(name);
  }
  return {};
}

std::string NearestId::question(std::string_view word) {
  const std::string name = find(word);
  return name.empty() ? name : "did you mean " + quote(name) + "?";
}

}  // namespace sdd::rules
