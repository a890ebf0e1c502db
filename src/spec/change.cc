#include "spec/change.h"

#include <algorithm>
#include <utility>

#include "json/equality.h"

namespace sdd::spec {
namespace {

bool same_value(const std::optional<json::Snippet>& a, const std::optional<json::Snippet>& b) {
  if (!a || !b) return a.has_value() == b.has_value();
  return same_meaning(a->text, b->text);
}

bool means(json::Value value, std::string_view text) {
  if (!value) return false;
  if (value.raw() == text) return true;
  const std::string own(text);
  json::Parser parser;
  json::Tree tree;
  return parser.parse(own, tree) && json::same(value, tree.root());
}

json::Value find_item(json::Value list, const Path& path, const std::string& key) {
  const std::optional<ListKind> kind = list_kind(path);
  if (!kind) return {};
  const std::vector<std::string> keys = item_keys(*kind, list);
  const auto at = std::find(keys.begin(), keys.end(), key);
  if (at == keys.end()) return {};
  return *std::next(list.elements().begin(), at - keys.begin());
}

}  // namespace

Change change_member(Path path, std::optional<json::Snippet> before,
                     std::optional<json::Snippet> after) {
  Change change;
  change.path = std::move(path);
  change.before = std::move(before);
  change.after = std::move(after);
  return change;
}

Change add_item(Path list, std::string key, json::Snippet item) {
  Change change;
  change.kind = Change::Kind::kItem;
  change.path = std::move(list);
  change.key = std::move(key);
  change.after = std::move(item);
  return change;
}

Change remove_item(Path list, std::string key, json::Snippet item, Spot spot) {
  Change change = add_item(std::move(list), std::move(key), std::move(item));
  change.before.swap(change.after);
  change.before_spot = std::move(spot);
  return change;
}

std::string pointer_of(const Change& change) {
  std::string pointer;
  for (const std::string& name : change.path) json::append_token(pointer, name);
  if (change.kind == Change::Kind::kItem) pointer += "/-";
  return pointer;
}

std::string_view node_of(const Change& change) {
  if (change.path.size() < 2 || change.path[0] != "hierarchy") return "";
  return change.path[1];
}

Change inverse(const Change& change) {
  Change back = change;
  back.before.swap(back.after);
  std::swap(back.before_spot, back.after_spot);
  return back;
}

Changes inverse(const Changes& changes) {
  Changes back;
  back.reserve(changes.size());
  for (auto change = changes.rbegin(); change != changes.rend(); ++change) {
    back.push_back(inverse(*change));
  }
  return back;
}

bool same_meaning(std::string_view a, std::string_view b) {
  const std::string own(a);
  json::Parser parser;
  json::Tree tree;
  return parser.parse(own, tree) && means(tree.root(), b);
}

bool same(const Change& a, const Change& b) {
  return a.kind == b.kind && a.path == b.path && a.key == b.key && a.before_spot == b.before_spot &&
         a.after_spot == b.after_spot && same_value(a.before, b.before) &&
         same_value(a.after, b.after);
}

bool adds_container(const Change& change) {
  if (change.before || !change.after || change.kind == Change::Kind::kItem) return false;
  return (change.after->text == "{}" && is_frame(change.path)) ||
         (change.after->text == "[]" && list_kind(change.path));
}

bool holds(const Change& change, json::Value document) {
  json::Value value = document;
  for (const std::string& name : change.path) value = value.find(name);
  if (change.kind == Change::Kind::kItem) value = find_item(value, change.path, change.key);
  if (!change.after) return !value;
  if (adds_container(change)) {
    return change.after->text == "{}" ? value.is_object() : value.is_array();
  }
  return means(value, change.after->text);
}

}  // namespace sdd::spec
