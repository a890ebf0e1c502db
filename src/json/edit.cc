// 1. The first wish about a container's members or elements makes a linked list of them; what is
//    added is linked in, what is removed is marked.
// 2. edits() walks each list. Between two items that stay lies a gap; where something in it was
//    removed or is added, the gap is one edit: from the end of the item in front of it to the end
//    of the last removed one. So a comma goes with what stands behind it, and adding after removing
//    restores the bytes. In front of the first item it is the other way round.
// 3. What stands between two neighbours already (comma, line end, blanks) is what goes between new
//    ones.
#include "json/edit.h"

#include <algorithm>
#include <cassert>
#include <optional>
#include <utility>

namespace sdd::json {
namespace {

bool is_container(Value value) { return value.is_object() || value.is_array(); }

bool has_line_end(std::string_view text) { return text.find('\n') != std::string_view::npos; }

std::vector<Value> children_of(Value container) {
  std::vector<Value> children;
  children.reserve(container.size());
  for (const Member member : container.members()) children.push_back(member.value);
  for (const Value element : container.elements()) children.push_back(element);
  return children;
}

// The member or element: with its key.
Span whole_span(Value container, Value child) {
  if (!container.is_object()) return child.span();
  return {child.tree()->at(child.index() - 1).span().begin, child.span().end};
}

// The name of the member that the value is; "" for an element. (Tree::key_of() costs a walk first.)
std::string_view name_of(Value value) {
  if (value.index() == 0) return "";
  const Value before = value.tree()->at(value.index() - 1);
  return before.kind() == Kind::kKey ? before.string() : "";
}

// The nearest container of that kind among the children, those in front first.
std::optional<bool> siblings_spread(const std::vector<Value>& children, Kind kind,
                                    std::size_t near) {
  for (std::size_t i = std::min(near, children.size()); i-- > 0;) {
    if (children[i].kind() == kind && children[i].size() > 0) return is_spread(children[i]);
  }
  for (std::size_t i = near; i < children.size(); ++i) {
    if (children[i].kind() == kind && children[i].size() > 0) return is_spread(children[i]);
  }
  return std::nullopt;
}

}  // namespace

void Editor::set(Value value, Snippet snippet) {
  assert(value.tree() == &tree_);
  settings_.push_back({value, std::move(snippet)});
}

Editor::Container& Editor::touch(Value container) {
  const auto [at, is_new] = containers_.try_emplace(container.index());
  Container& touched = at->second;
  if (!is_new) return touched;
  touched.value = container;
  touched.items.reserve(container.size() + 1);
  for (const Value child : children_of(container)) {
    touched.items.push_back({.old = child, .next = touched.items.size() + 1});
  }
  if (!touched.items.empty()) {
    touched.first = 0;
    touched.last = touched.items.size() - 1;
    touched.items.back().next = kNone;
  }
  touched.old_items = touched.items.size();
  return touched;
}

std::size_t Editor::Container::slot_of(Value child) const {
  const auto end = items.begin() + static_cast<std::ptrdiff_t>(old_items);
  const auto found = std::partition_point(
      items.begin(), end, [child](const Item& item) { return item.old.index() < child.index(); });
  assert(found != end && found->old == child);
  return static_cast<std::size_t>(found - items.begin());
}

Added Editor::add(Value container, Item item, const Place& place) {
  assert(container.tree() == &tree_ && is_container(container));
  Container& touched = touch(container);
  const std::size_t slot = touched.items.size();
  std::size_t behind = touched.last;
  if (place.at == Place::At::kFirst) behind = kNone;
  if (place.at == Place::At::kBehind) behind = touched.slot_of(place.sibling);
  if (place.at == Place::At::kBehindAdded) behind = place.added.slot;
  std::size_t& link = behind == kNone ? touched.first : touched.items[behind].next;
  item.next = std::exchange(link, slot);
  if (item.next == kNone) touched.last = slot;
  touched.items.push_back(std::move(item));
  return {container.index(), slot};
}

Added Editor::add_member(Value object, std::string_view key, Snippet snippet, const Place& place) {
  assert(object.is_object());
  return add(object, {.key = std::string(key), .snippet = std::move(snippet)}, place);
}

Added Editor::add_element(Value array, Snippet snippet, const Place& place) {
  assert(array.is_array());
  return add(array, {.snippet = std::move(snippet)}, place);
}

void Editor::remove(Value container, Value child) {
  Container& touched = touch(container);
  touched.items[touched.slot_of(child)].removed = true;
}

class Editor::Writing {
 public:
  Writing(const Tree& tree, const Style& style) : tree_(tree), style_(style) {}

  Result<void> set(const Setting& setting);
  Result<void> walk(const Container& container);

  std::vector<Edit> edits;

 private:
  // What changes between two items that stay.
  struct Gap {
    std::size_t before = kNone;  // slots
    std::size_t after = kNone;
    std::size_t removed_first = kNone;
    std::size_t removed_last = kNone;
    std::vector<std::size_t> added;
  };
  // How new items stand in the container.
  struct Lines {
    std::string separator;
    std::string indentation;
    bool spread = false;
  };

  void enter(const Container& container);
  Result<void> write(const Gap& gap);
  Result<void> open(const Gap& gap);
  bool opens_spread() const;
  Lines lines_beside(std::size_t slot) const;
  Result<void> append(const Item& item, const Lines& lines, std::size_t near, std::string& out);
  bool spreads(Value value, bool as_written, const Style::Room& room, const Lines& lines,
               std::size_t near) const;
  Result<Value> parse(const Snippet& snippet);
  Span span_of(std::size_t slot) const { return whole_span(value_, container_->items[slot].old); }
  std::string_view between(std::size_t begin, std::size_t end) const {
    return tree_.bytes().substr(begin, end - begin);
  }

  const Tree& tree_;
  const Style& style_;
  Parser parser_;
  Tree snippet_tree_;
  // Of the container that is being written.
  const Container* container_ = nullptr;
  Value value_;
  std::vector<Value> children_;
  std::string_view name_;  // of the member that holds the container
};

Result<Value> Editor::Writing::parse(const Snippet& snippet) {
  if (!parser_.parse(snippet.text, snippet_tree_)) {
    return fail(ErrorKind::kUsage, "a value to be written is no JSON");
  }
  return snippet_tree_.root();
}

void Editor::Writing::enter(const Container& container) {
  container_ = &container;
  value_ = container.value;
  children_ = children_of(value_);
  name_ = name_of(value_);
}

// Elements are like their neighbours, members like those of the same name.
bool Editor::Writing::spreads(Value value, bool as_written, const Style::Room& room,
                              const Lines& lines, std::size_t near) const {
  if (!is_container(value) || value.size() == 0) return false;
  if (as_written) return has_line_end(value.raw());
  const auto beside = siblings_spread(children_, value.kind(), near);
  if (!lines.spread) return beside.value_or(false);
  if (room.element && beside) return *beside;
  return style_.spreads(value.kind(), room.name, room.element).value_or(beside.value_or(true));
}

Result<void> Editor::Writing::set(const Setting& setting) {
  const Value old = setting.value;
  const Result<Value> value = parse(setting.snippet);
  if (!value) return tl::unexpected<Error>(value.error());
  const std::string_view key = name_of(old);
  Style::Room room{.as_written = setting.snippet.as_written, .name = key};
  if (is_container(*value) && value->size() > 0) {
    room.indentation = style_.indentation_at(old.span().begin);
    const Value around = tree_.parent_of(old);
    const bool as_around = around ? is_spread(around) : style_.is_spread_document();
    room.spread = room.as_written ? has_line_end(setting.snippet.text)
                  : old.kind() == value->kind() && old.size() > 0
                      ? is_spread(old)
                      : style_.spreads(value->kind(), key, false).value_or(as_around);
  }
  std::string text;
  style_.lay_out(*value, room, text);
  if (text != old.raw()) edits.push_back({old.span(), std::move(text)});
  return {};
}

Result<void> Editor::Writing::walk(const Container& container) {
  enter(container);
  Gap gap;
  for (std::size_t slot = container.first;; slot = container.items[slot].next) {
    const bool at_end = slot == kNone;
    if (!at_end && !container.items[slot].old) {
      gap.added.push_back(slot);
      continue;
    }
    if (!at_end && container.items[slot].removed) {
      if (gap.removed_first == kNone) gap.removed_first = slot;
      gap.removed_last = slot;
      continue;
    }
    gap.after = slot;
    if (!gap.added.empty() || gap.removed_first != kNone) {
      if (const auto written = write(gap); !written) return written;
    }
    if (at_end) return {};
    gap = {};
    gap.before = slot;
  }
}

// What goes between new items next to the old one at `slot`.
Editor::Writing::Lines Editor::Writing::lines_beside(std::size_t slot) const {
  const std::size_t begin = span_of(slot).begin;
  Lines lines;
  if (slot + 1 < children_.size()) {
    lines.separator = between(span_of(slot).end, span_of(slot + 1).begin);
  } else if (slot > 0) {
    lines.separator = between(span_of(slot - 1).end, begin);
  } else {
    const std::string_view lead = between(value_.span().begin + 1, begin);
    lines.separator = has_line_end(lead) ? "," + std::string(lead) : std::string(style_.comma());
  }
  lines.spread = has_line_end(lines.separator);
  // Of "\n    ," too, where commas stand in front, only the blanks.
  const std::string_view line =
      std::string_view(lines.separator).substr(lines.separator.rfind('\n') + 1);
  lines.indentation =
      lines.spread ? line.substr(0, line.find_first_not_of(" \t")) : style_.indentation_at(begin);
  return lines;
}

Result<void> Editor::Writing::append(const Item& item, const Lines& lines, std::size_t near,
                                     std::string& out) {
  const Result<Value> value = parse(item.snippet);
  if (!value) return tl::unexpected<Error>(value.error());
  Style::Room room{.indentation = lines.indentation, .as_written = item.snippet.as_written};
  room.element = value_.is_array();
  room.name = room.element ? name_ : std::string_view(item.key);
  if (value_.is_object()) {
    out += style_.quote(item.key);
    const bool has_neighbour = near < children_.size();
    const Value beside = has_neighbour ? children_[near] : Value();
    out += has_neighbour ? between(tree_.at(beside.index() - 1).span().end, beside.span().begin)
                         : style_.colon();
  }
  room.spread = spreads(*value, room.as_written, room, lines, near);
  style_.lay_out(*value, room, out);
  return {};
}

Result<void> Editor::Writing::write(const Gap& gap) {
  if (gap.before == kNone && gap.after == kNone) return open(gap);
  const bool in_front = gap.before == kNone;
  const std::size_t beside = in_front ? gap.after : gap.before;
  const Lines lines = lines_beside(beside);
  Edit edit;
  if (in_front) {
    const std::size_t begin = span_of(gap.after).begin;
    edit.span = {gap.removed_first == kNone ? begin : span_of(gap.removed_first).begin, begin};
  } else {
    const std::size_t end = span_of(gap.before).end;
    edit.span = {end, gap.removed_last == kNone ? end : span_of(gap.removed_last).end};
  }
  for (const std::size_t slot : gap.added) {
    if (!in_front) edit.text += lines.separator;
    const auto appended = append(container_->items[slot], lines, beside, edit.text);
    if (!appended) return appended;
    if (in_front) edit.text += lines.separator;
  }
  edits.push_back(std::move(edit));
  return {};
}

// Whether the container that is entered, which is empty, would stand on several lines.
bool Editor::Writing::opens_spread() const {
  const Value around = tree_.parent_of(value_);
  if (!around || !is_spread(around)) return false;
  const bool element = around.is_array();
  const std::vector<Value> siblings = children_of(around);
  const auto beside = siblings_spread(siblings, value_.kind(), siblings.size());
  return style_.spreads(value_.kind(), element ? name_of(around) : name_, element)
      .value_or(beside.value_or(true));
}

// Nothing stays: the container was empty, becomes empty, or all of it is replaced.
Result<void> Editor::Writing::open(const Gap& gap) {
  const Span inside{value_.span().begin + 1, value_.span().end - 1};
  Lines lines;
  if (!children_.empty() && !gap.added.empty()) {
    lines = lines_beside(0);
  } else {
    lines.spread = !style_.is_one_line() && opens_spread();
    lines.indentation = style_.indentation_at(inside.begin);
    if (lines.spread) lines.indentation += style_.unit();
    lines.separator = lines.spread ? "," + std::string(style_.newline()) + lines.indentation
                                   : std::string(style_.comma());
  }
  Edit edit{inside, ""};
  if (!children_.empty() && !gap.added.empty()) {
    edit.span = {span_of(0).begin, span_of(children_.size() - 1).end};
  }
  for (std::size_t i = 0; i < gap.added.size(); ++i) {
    if (i > 0) edit.text += lines.separator;
    if (i == 0 && children_.empty() && lines.spread) edit.text += lines.separator.substr(1);
    const auto appended = append(container_->items[gap.added[i]], lines, 0, edit.text);
    if (!appended) return appended;
  }
  if (children_.empty() && lines.spread && !gap.added.empty()) {
    edit.text.append(style_.newline()).append(style_.indentation_at(inside.begin));
  }
  edits.push_back(std::move(edit));
  return {};
}

Result<std::vector<Edit>> Editor::edits() const {
  Writing writing(tree_, style_);
  for (const Setting& setting : settings_) {
    if (const auto done = writing.set(setting); !done) return tl::unexpected<Error>(done.error());
  }
  for (const auto& [index, container] : containers_) {
    if (const auto done = writing.walk(container); !done) {
      return tl::unexpected<Error>(done.error());
    }
  }
  return sorted(std::move(writing.edits));
}

}  // namespace sdd::json
