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

std::string numbered_key(std::string key, std::size_t number) {
  return number == 1 ? key : key + " #" + std::to_string(number);
}

std::vector<std::string> item_keys(ListKind kind, json::Value list) {
  std::unordered_map<std::string, std::size_t> seen;
  std::vector<std::string> keys;
  keys.reserve(list.size());
  for (const json::Value element : list.elements()) {
    std::string key = item_key(kind, element);
    const std::size_t number = ++seen[key];
    keys.push_back(numbered_key(std::move(key), number));
  }
  return keys;
}

bool is_frame(const Path& path) {
  if (path.size() == 1) return is_one_of(path[0], {"metadata", "hierarchy"});
  return path.size() == 3 && path[0] == "hierarchy" &&
         is_one_of(path[2], {"metadata", "dependencies"});
}

}  // namespace sdd::spec
