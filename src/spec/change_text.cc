#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/strings.h"
#include "json/writer.h"
#include "spec/change.h"

namespace sdd::spec {
namespace {

constexpr std::size_t kLongest = 60;  // code points of a value in a line

std::string_view word_of(const Change& change) {
  const bool item = change.kind == Change::Kind::kItem;
  if (!change.before) return item ? "add-item" : "add";
  if (!change.after) return item ? "remove-item" : "remove";
  if (item && change.moves()) return "move-item";
  return item ? "set-item" : "set";
}

// Reads a snippet for as long as it is needed.
class Snippets {
 public:
  json::Value read(const std::optional<json::Snippet>& snippet) {
    if (!snippet || !parser_.parse(snippet->text, tree_)) return {};
    return tree_.root();
  }

 private:
  json::Parser parser_;
  json::Tree tree_;
};

void write_spot(json::Writer& out, std::string_view name, const Spot& spot) {
  if (spot.at == Spot::At::kFirst) out.key(name).null();
  if (spot.at == Spot::At::kBehind) out.key(name).string(spot.sibling);
}

Spot read_spot(json::Value value) {
  if (!value) return {};
  if (value.is_null()) return {Spot::At::kFirst, {}};
  return {Spot::At::kBehind, std::string(value.string())};
}

// The names of a pointer, "~1" and "~0" resolved; nothing for what is none.
std::optional<Path> path_of(std::string_view pointer) {
  Path path;
  if (!pointer.starts_with('/')) return std::nullopt;
  for (std::size_t i = 0; i < pointer.size(); ++i) {
    if (pointer[i] == '/') {
      path.emplace_back();
    } else if (pointer[i] != '~') {
      path.back().push_back(pointer[i]);
    } else {
      ++i;
      if (i == pointer.size() || (pointer[i] != '0' && pointer[i] != '1')) return std::nullopt;
      path.back().push_back(pointer[i] == '0' ? '~' : '/');
    }
  }
  return path;
}

tl::unexpected<Error> no_change(std::string_view why) {
  return fail(ErrorKind::kUsage, fmt::format("this is no change: {}", why));
}

}  // namespace

void write(json::Writer& out, const Change& change) {
  Snippets snippets;
  out.begin_object();
  out.key("pointer").string(pointer_of(change));
  out.key("change").string(word_of(change));
  if (change.kind == Change::Kind::kItem) out.key("key").string(change.key);
  out.key("old").value(snippets.read(change.before));
  out.key("new").value(snippets.read(change.after));
  write_spot(out, "stood_behind", change.before_spot);
  write_spot(out, "behind", change.after_spot);
  if (change.derived) out.key("derived").boolean(true);
  out.end_object();
}

Result<Change> read_change(json::Value value) {
  constexpr std::array<std::string_view, 7> kWords = {
      "add", "remove", "set", "add-item", "remove-item", "set-item", "move-item"};
  const std::string_view word = value.find("change").string();
  if (std::find(kWords.begin(), kWords.end(), word) == kWords.end()) {
    return no_change("its member 'change' has none of the known words");
  }
  std::optional<Path> path = path_of(value.find("pointer").string());
  if (!path) return no_change("its member 'pointer' is no RFC 6901 pointer");
  if (!value.find("old") || !value.find("new")) return no_change("'old' or 'new' is missing");
  Change change;
  if (word.ends_with("-item")) {
    change.kind = Change::Kind::kItem;
    change.key = value.find("key").string();
    if (path->back() != "-" || change.key.empty()) return no_change("it names no item");
    path->pop_back();
  }
  change.path = std::move(*path);
  if (!word.starts_with("add")) change.before = {std::string(value.find("old").raw()), false};
  if (!word.starts_with("remove")) change.after = {std::string(value.find("new").raw()), false};
  change.before_spot = read_spot(value.find("stood_behind"));
  change.after_spot = read_spot(value.find("behind"));
  change.derived = value.find("derived").boolean().value_or(false);
  return change;
}

namespace {

bool is_plain(std::string_view text) {
  if (text.empty() || text.size() > kLongest) return false;
  for (const char c : text) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (!letter && std::string_view("_-.:+").find(c) == std::string_view::npos) return false;
  }
  return true;
}

std::string short_value(json::Value value) {
  if (value.is_string()) {
    return is_plain(value.string()) ? std::string(value.string()) : quote(value.string(), kLongest);
  }
  json::Writer out(json::Writer::kCompact);
  const std::string text = printable(out.value(value).text());
  if (count_code_points(text) <= kLongest) return text;
  return value.is_array() ? counted(value.size(), "element") : counted(value.size(), "member");
}

// "task-1-1: metadata.started_at", "journal" …
std::string subject_of(const Change& change) {
  const std::string_view node = node_of(change);
  std::string subject = node.empty() ? "" : printable(node) + ": ";
  for (std::size_t i = node.empty() ? 0 : 2; i < change.path.size(); ++i) {
    if (i > (node.empty() ? 0U : 2U)) subject += ".";
    subject += printable(change.path[i]);
  }
  if (!node.empty() && change.path.size() == 2) subject += "node";
  return subject;
}

// What an item or a node is known by: its title, version or text.
std::string name_of(json::Value value) {
  for (const char* member : {"title", "version"}) {
    const json::Value name = value.find(member);
    if (!name.is_string()) continue;
    const json::Value task = value.find("task_id");
    std::string text = quote(name.string(), kLongest);
    if (task.is_string()) text += fmt::format(" ({})", printable(task.string()));
    return text;
  }
  return short_value(value);
}

}  // namespace

std::string to_line(const Change& change) {
  Snippets before;
  Snippets after;
  const json::Value old_value = before.read(change.before);
  const json::Value new_value = after.read(change.after);
  const std::string subject = subject_of(change);
  const bool item = change.kind == Change::Kind::kItem;
  const bool whole = item || (change.path.size() == 2 && !node_of(change).empty());
  if (whole) {
    if (!old_value) return fmt::format("{} + {}", subject, name_of(new_value));
    if (!new_value) return fmt::format("{} - {}", subject, name_of(old_value));
    const bool moves = item && change.moves();
    return fmt::format("{} {} {}", subject, name_of(new_value), moves ? "moved" : "changed");
  }
  if (!old_value) return fmt::format("{} + {}", subject, short_value(new_value));
  if (!new_value) return fmt::format("{} - {}", subject, short_value(old_value));
  return fmt::format("{} {} → {}", subject, short_value(old_value), short_value(new_value));
}

}  // namespace sdd::spec
