#include "spec/draft.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "base/strings.h"
#include "json/writer.h"

namespace sdd::spec {
namespace {

std::string pointer_to(const Path& path, std::size_t length) {
  std::string pointer;
  for (std::size_t i = 0; i < length; ++i) json::append_token(pointer, path[i]);
  return pointer;
}

}  // namespace

std::string json_text(std::string_view text) {
  json::Writer out(json::Writer::kCompact);
  return out.string(text).text();
}

std::string json_number(double number, int digits) {
  json::Writer out(json::Writer::kCompact);
  return out.decimal(number, digits).text();
}

json::Value Draft::at(const Path& path) const {
  json::Value value = spec_.root_value();
  std::size_t i = 0;
  if (path.size() > 1 && path[0] == "hierarchy") {
    const Node* node = spec_.find(path[1]);
    value = node == nullptr ? json::Value() : node->value;
    i = 2;
  }
  for (; value && i < path.size(); ++i) value = value.find(path[i]);
  return value;
}

// Sees to it that a container stands at the path's beginning of that length.
bool Draft::make_frame(const Path& path, std::size_t length, const char* empty_value) {
  const Path beginning(path.begin(), path.begin() + static_cast<std::ptrdiff_t>(length));
  const std::string pointer = pointer_to(path, length);
  if (by_pointer_.contains(pointer)) return true;
  const json::Value value = at(beginning);
  const bool is_list = *empty_value == '[';
  if (is_list ? value.is_array() : value.is_object()) return true;
  if (value) {
    error_ = Error{ErrorKind::kRefused,
                   fmt::format("'{}' is {}, not {}", printable(pointer), kind_name(value.kind()),
                               is_list ? "a list" : "an object"),
                   {}};
    return false;
  }
  by_pointer_.emplace(pointer, changes_.size());
  changes_.push_back(change_member(beginning, std::nullopt, json::Snippet{empty_value}));
  return true;
}

void Draft::set(const Path& path, std::string json, bool derived) {
  if (error_) return;
  for (std::size_t length = 1; length < path.size(); ++length) {
    if (!make_frame(path, length, "{}")) return;
  }
  const auto [known, is_new] = by_pointer_.try_emplace(pointer_to(path, path.size()));
  if (!is_new) {
    changes_[known->second].after = json::Snippet{std::move(json)};
    return;
  }
  known->second = changes_.size();
  const json::Value old = at(path);
  Change change = change_member(path, std::nullopt, json::Snippet{std::move(json)});
  if (old) change.before = json::Snippet{std::string(old.raw()), true};
  change.derived = derived;
  changes_.push_back(std::move(change));
}

void Draft::set_text(const Path& path, std::string_view text, bool derived) {
  set(path, json_text(text), derived);
}

void Draft::set_number(const Path& path, std::int64_t number, bool derived) {
  set(path, std::to_string(number), derived);
}

void Draft::set_flag(const Path& path, bool value) { set(path, value ? "true" : "false"); }

// What will stand in front of a member when it is the next to go.
Spot Draft::spot_in_front(const Path& path) const {
  Path sibling = path;
  sibling.pop_back();
  Spot spot{Spot::At::kFirst, {}};
  for (const json::Member member : at(sibling).members()) {
    const std::string_view name = member.key.string();
    if (name == path.back()) return spot;
    sibling.emplace_back(name);
    const auto known = by_pointer_.find(pointer_to(sibling, sibling.size()));
    sibling.pop_back();
    const bool is_gone = known != by_pointer_.end() && !changes_[known->second].after;
    if (!is_gone) spot = {Spot::At::kBehind, std::string(name)};
  }
  return spot;
}

void Draft::remove(const Path& path) {
  if (error_) return;
  const json::Value old = at(path);
  if (!old) return;
  Spot spot = spot_in_front(path);
  const auto [known, is_new] =
      by_pointer_.try_emplace(pointer_to(path, path.size()), changes_.size());
  if (!is_new) {
    changes_[known->second].after.reset();
    return;
  }
  Change change = change_member(path, json::Snippet{std::string(old.raw()), true}, std::nullopt);
  change.before_spot = std::move(spot);
  changes_.push_back(std::move(change));
}

void Draft::add(const Path& list, std::string json) {
  if (error_) return;
  for (std::size_t length = 1; length < list.size(); ++length) {
    if (!make_frame(list, length, "{}")) return;
  }
  if (!make_frame(list, list.size(), "[]")) return;
  const ListKind kind = list_kind(list).value_or(ListKind::kValues);
  json::Parser parser;
  json::Tree tree;
  if (!parser.parse(json, tree)) {
    error_ = Error{ErrorKind::kUsage, "a value to be written is no JSON", {}};
    return;
  }
  List& known =
      lists_.try_emplace(pointer_to(list, list.size()), List{{kind, at(list)}, {}}).first->second;
  std::string key = item_key(kind, tree.root());
  const std::size_t number = known.items.count(key) + ++known.added[key];
  key = numbered_key(key, number);
  changes_.push_back(add_item(list, std::move(key), {std::move(json)}));
}

Result<Changes> Draft::take() {
  if (error_) return tl::unexpected<Error>(std::move(*error_));
  const auto says_nothing = [](const Change& change) {
    return change.before && change.after && same_meaning(change.before->text, change.after->text);
  };
  changes_.erase(std::remove_if(changes_.begin(), changes_.end(), says_nothing), changes_.end());
  return std::move(changes_);
}

}  // namespace sdd::spec
