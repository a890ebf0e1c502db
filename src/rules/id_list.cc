#include "rules/id_list.h"

#include "base/strings.h"

namespace sdd::rules {

std::string id_list(const std::vector<std::string_view>& ids, std::size_t most) {
  std::vector<std::string> words;
  for (std::size_t i = 0; i < ids.size() && i < most; ++i) words.push_back(quote(ids[i]));
  if (ids.size() > most) words.push_back(std::to_string(ids.size() - most) + " more");
  return join_and(words);
}

}  // namespace sdd::rules
