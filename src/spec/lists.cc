#include "spec/lists.h"

#include <unordered_map>

#include "json/writer.h"

namespace sdd::spec {
namespace {

std::string whole_value(json::Value value) {
  json::Writer out(json::Writer::kCompact);
  return out.value(value).text();
}

std::string text_key(std::string_view text) {
  json::Writer out(json::Writer::kCompact);
  return out.string(text).text();
}

std::string entry_key(json::Value entry) {
  const json::Value timestamp = entry.find("timestamp");
  if (!timestamp.is_string()) return whole_value(entry);
  json::Writer out(json::Writer::kCompact);
  out.begin_array();
  for (const json::Value part : {timestamp, entry.find("task_id"), entry.find("title")}) {
    out.value(part);
  }
  return out.end_array().text();
}

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  for (const std::string_view other : words) {
    if (word == other) return true;
  }
  return false;
}

}  // namespace

std::optional<ListKind> list_kind(const Path& path) {
  if (path.size() == 1 && path[0] == "journal") return ListKind::kEntries;
  if (path.size() == 2 && path[0] == "metadata") {
    if (is_one_of(path[1], {"revisions", "revision_history"})) return ListKind::kRevisions;
    if (path[1] == "assumptions") return ListKind::kTexts;
  }
  if (path.size() < 3 || path[0] != "hierarchy") return std::nullopt;
  if (path.size() == 3 && path[2] == "children") return ListKind::kTexts;
  if (path.size() != 4) return std::nullopt;
  if (path[2] == "dependencies" && is_one_of(path[3], {"blocks", "blocked_by", "depends"})) {
    return ListKind::kTexts;
  }
  if (path[2] == "metadata" && path[3] == "resolved_blockers") return ListKind::kValues;
  return std::nullopt;
}

std::string item_key(ListKind kind, json::Value element) {
  switch (kind) {
    case ListKind::kEntries:
      return entry_key(element);
    case ListKind::kRevisions:
      return whole_value(element.find("version").is_string() ? element.find("version") : element);
    case ListKind::kTexts:
      if (element.is_string()) return text_key(element.string());
      break;
    case ListKind::kValues:
      break;
  }
  return whole_value(element);
}

std::string numbered_key(const std::string& key, std::size_t number) {
  return number == 1 ? key : key + " #" + std::to_string(number);
}

std::vector<std::string> item_keys(ListKind kind, json::Value list) {
  std::unordered_map<std::string, std::size_t> seen;
  std::vector<std::string> keys;
  keys.reserve(list.size());
  for (const json::Value element : list.elements()) {
    std::string key = item_key(kind, element);
    const std::size_t number = ++seen[key];
    keys.push_back(numbered_key(key, number));
  }
  return keys;
}

bool ItemFinder::asked_often() {
  constexpr std::size_t kFew = 8;
  if (++questions_ <= kFew) return false;
  if (questions_ > kFew + 1) return true;
  std::size_t i = 0;
  const std::vector<std::string> keys = item_keys(kind_, list_);
  for (const json::Value element : list_.elements()) {
    items_.emplace(keys[i++], element);
    ++counts_[item_key(kind_, element)];
  }
  return true;
}

// A quick no: what the identity begins with is not what stands there. A text with escapes may be
// spelled in more than one way.
bool ItemFinder::may_have(json::Value element, std::string_view key) const {
  json::Value first = element;
  if (kind_ == ListKind::kEntries) first = element.find("timestamp");
  if (kind_ == ListKind::kRevisions) first = element.find("version");
  if (!first.is_string() || first.raw().find('\\') != std::string_view::npos) return true;
  return key.substr(kind_ == ListKind::kEntries ? 1 : 0).starts_with(first.raw());
}

json::Value ItemFinder::find(const std::string& key) {
  if (asked_often()) {
    const auto found = items_.find(key);
    return found == items_.end() ? json::Value() : found->second;
  }
  std::unordered_map<std::string, std::size_t> seen;
  for (const json::Value element : list_.elements()) {
    if (!may_have(element, key)) continue;
    std::string own = item_key(kind_, element);
    const std::size_t number = ++seen[own];
    if (numbered_key(own, number) == key) return element;
  }
  return {};
}

std::size_t ItemFinder::count(const std::string& key) {
  if (asked_often()) {
    const auto found = counts_.find(key);
    return found == counts_.end() ? 0 : found->second;
  }
  std::size_t count = 0;
  for (const json::Value element : list_.elements()) {
    if (may_have(element, key) && item_key(kind_, element) == key) ++count;
  }
  return count;
}

bool is_frame(const Path& path) {
  if (path.size() == 1) return is_one_of(path[0], {"metadata", "hierarchy"});
  return path.size() == 3 && path[0] == "hierarchy" &&
         is_one_of(path[2], {"metadata", "dependencies"});
}

}  // namespace sdd::spec
