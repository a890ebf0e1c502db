#include "spec/change.h"

#include <utility>

#include "base/strings.h"
#include "json/equality.h"

namespace sdd::spec {
namespace {

bool same_value(const std::optional<json::Snippet>& a, const std::optional<json::Snippet>& b) {
  if (!a || !b) return a.has_value() == b.has_value();
  return same_meaning(a->text, b->text);
}

// Texts that mean the same only when they are the same: strings without escapes, whole numbers.
bool is_canonical(std::string_view json) {
  if (json.starts_with('"')) return json.find('\\') == std::string_view::npos;
  if (json == "-0") return false;
  if (json.starts_with('-')) json.remove_prefix(1);
  return all_digits(json) || json == "true" || json == "false" || json == "null";
}

bool means(json::Value value, std::string_view text) {
  if (!value) return false;
  if (value.raw() == text) return true;
  if (is_canonical(value.raw()) && is_canonical(text)) return false;
  const std::string own(text);
  json::Parser parser;
  json::Tree tree;
  return parser.parse(own, tree) && json::same(value, tree.root());
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
  if (is_canonical(a) && is_canonical(b)) return a == b;
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
  if (change.kind == Change::Kind::kItem) {
    const std::optional<ListKind> kind = list_kind(change.path);
    value = kind ? ItemFinder(*kind, value).find(change.key) : json::Value();
  }
  if (!change.after) return !value;
  if (adds_container(change)) {
    return change.after->text == "{}" ? value.is_object() : value.is_array();
  }
  return means(value, change.after->text);
}

}  // namespace sdd::spec
