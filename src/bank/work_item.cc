#include "bank/work_item.h"

#include <algorithm>

#include "base/strings.h"

namespace sdd::bank {

std::string_view name_of(Meta key) {
  static constexpr std::array<std::string_view, kMetaCount> kNames = {
      "Type", "Status", "Owner", "Branch", "SDD Spec", "Created", "Updated"};
  return kNames[static_cast<std::size_t>(key)];
}

ItemStatus item_status_of(std::string_view text) {
  text = text.substr(0, text.find('('));
  std::string word = ascii_lower(text);
  std::replace(word.begin(), word.end(), '_', ' ');
  std::replace(word.begin(), word.end(), '-', ' ');
  std::erase(word, '`');
  word.erase(0, std::min(word.find_first_not_of(" \t\r\n"), word.size()));
  word.erase(word.find_last_not_of(" \t\r\n") + 1);
  if (word.empty()) return ItemStatus::kMissing;
  if (word == "draft") return ItemStatus::kDraft;
  if (word == "active") return ItemStatus::kActive;
  if (word == "in progress") return ItemStatus::kInProgress;
  if (word == "blocked") return ItemStatus::kBlocked;
  if (word == "done" || word == "completed") return ItemStatus::kDone;
  return ItemStatus::kUnknown;
}

ItemName item_name_of(std::string_view name) {
  ItemName parts;
  name.remove_prefix(name.rfind('/') == std::string_view::npos ? 0 : name.rfind('/') + 1);
  if (!name.ends_with(".md")) return parts;
  name.remove_suffix(3);
  const std::size_t first = name.find("__");
  if (first == std::string_view::npos) return parts;
  const std::size_t second = name.find("__", first + 2);
  constexpr std::size_t kDate = 10;
  if (second == std::string_view::npos) return parts;
  if (first == kDate) parts.date = leading_date(name);
  parts.type = name.substr(first + 2, second - first - 2);
  parts.slug = name.substr(second + 2);
  return parts;
}

}  // namespace sdd::bank
