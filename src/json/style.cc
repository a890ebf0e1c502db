#include "json/style.h"

#include <fmt/core.h>

#include <algorithm>
#include <vector>

#include "base/strings.h"

namespace sdd::json {
namespace {

std::size_t first_child_begin(Value container) {
  for (const Member member : container.members()) return member.key.span().begin;
  for (const Value element : container.elements()) return element.span().begin;
  return container.span().begin;
}

unsigned name_kind(Kind kind, bool element) {
  return static_cast<unsigned>(kind) * 2 + (element ? 1U : 0U);
}

bool is_container(Value value) { return value.is_object() || value.is_array(); }

char escape_letter(std::uint32_t value) {
  switch (value) {
    case '"':
    case '\\':
      return static_cast<char>(value);
    case '\b':
      return 'b';
    case '\f':
      return 'f';
    case '\n':
      return 'n';
    case '\r':
      return 'r';
    case '\t':
      return 't';
    default:
      return '\0';
  }
}

void append_unit(std::string& out, std::uint32_t unit, bool upper_case) {
  out += upper_case ? fmt::format("\\u{:04X}", unit) : fmt::format("\\u{:04x}", unit);
}

void append_escape(std::string& out, std::uint32_t value, bool upper_case) {
  if (const char letter = escape_letter(value); letter != '\0') {
    out.push_back('\\');
    out.push_back(letter);
  } else if (value < 0x10000) {
    append_unit(out, value, upper_case);
  } else {
    append_unit(out, 0xD800 + ((value - 0x10000) >> 10U), upper_case);
    append_unit(out, 0xDC00 + ((value - 0x10000) & 0x3FFU), upper_case);
  }
}

}  // namespace

bool is_spread(Value container) {
  if (container.size() == 0) return false;
  const std::size_t begin = container.span().begin;
  const std::string_view lead =
      container.tree()->bytes().substr(begin, first_child_begin(container) - begin);
  return lead.find('\n') != std::string_view::npos;
}

Style::Style(const Tree& tree) : tree_(tree), spread_(is_spread(tree.root())) {
  const std::string_view bytes = tree.bytes();
  first_line_end_ = std::min(bytes.find('\n'), bytes.size());
  if (first_line_end_ < bytes.size() && first_line_end_ > 0 && bytes[first_line_end_ - 1] == '\r') {
    newline_ = "\r\n";
  }
  if (!is_one_line()) find_unit(tree);
  find_blanks(tree);
}

std::string_view Style::indentation_at(std::size_t offset) const {
  // A document on one line may be long; nobody looks for the line's beginning there.
  const std::size_t begin =
      offset <= first_line_end_ ? 0 : tree_.bytes().substr(0, offset).rfind('\n') + 1;
  const std::string_view line = tree_.bytes().substr(begin);
  const std::size_t text = line.find_first_not_of(" \t");
  return line.substr(0, text == std::string_view::npos ? line.size() : text);
}

// The first spread container tells, which nearly always is the root.
void Style::find_unit(const Tree& tree) {
  for (std::uint32_t i = 0; i < tree.size(); ++i) {
    const Value value = tree.at(i);
    if (!is_container(value) || !is_spread(value)) continue;
    const std::string_view outer = indentation_at(value.span().begin);
    const std::string_view inner = indentation_at(first_child_begin(value));
    if (inner.starts_with(outer)) unit_ = inner.substr(outer.size());
    return;
  }
}

// One colon, and the first comma within a line, are like all others.
void Style::find_blanks(const Tree& tree) {
  const std::string_view bytes = tree.bytes();
  for (const Member member : tree.root().members()) {
    const std::size_t end = member.key.span().end;
    colon_ = bytes.substr(end, member.value.span().begin - end);
    break;
  }
  comma_ = colon_.size() > 1 ? ", " : ",";
}

std::optional<bool> Style::spreads(Kind kind, std::string_view name, bool element) const {
  if (!layouts_) find_layouts();
  const auto found = layouts_->find({name, name_kind(kind, element)});
  if (found == layouts_->end()) return std::nullopt;
  return found->second;
}

// One pass over the tree, with the containers that are open.
void Style::find_layouts() const {
  struct Open {
    std::uint32_t end;
    std::string_view name;
  };
  layouts_.emplace();
  std::vector<Open> open;
  std::string_view key;
  for (std::uint32_t i = 0; i < tree_.size(); ++i) {
    while (!open.empty() && open.back().end <= i) open.pop_back();
    const Value value = tree_.at(i);
    if (value.kind() == Kind::kKey) {
      key = value.string();
      continue;
    }
    const bool is_member = i > 0 && tree_.at(i - 1).kind() == Kind::kKey;
    if (!is_container(value) || value.size() == 0) continue;
    const std::string_view name = is_member ? key : open.empty() ? "" : open.back().name;
    layouts_->insert_or_assign({name, name_kind(value.kind(), !is_member)}, is_spread(value));
    open.push_back({tree_.subtree_end(value), name});
  }
}

void Style::find_escapes() const {
  const std::string_view bytes = tree_.bytes();
  std::size_t raw = 0;
  std::size_t escaped = 0;
  escapes_ = Escapes{true, false};
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const auto byte = static_cast<unsigned char>(bytes[i]);
    if (byte >= 0xC0) ++raw;
    if (byte != '\\' || i + 5 >= bytes.size()) continue;
    ++i;
    const std::string_view digits = bytes.substr(i + 1, 4);
    if (bytes[i] != 'u' || digits < "0080") continue;
    ++escaped;
    const auto is_upper = [](char c) { return c >= 'A' && c <= 'F'; };
    if (std::any_of(digits.begin(), digits.end(), is_upper)) escapes_->upper_case = true;
  }
  escapes_->ascii_only = raw <= escaped;
}

std::string Style::quote(std::string_view text) const {
  std::string out = "\"";
  std::size_t copied = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte >= 0x20 && byte < 0x7F && byte != '"' && byte != '\\') {
      ++at;
      continue;
    }
    const CodePoint point = decode_utf8(text, at);
    // Most texts need no look at the whole document: their line ends are written alike everywhere.
    if (!escapes_ && (point.value >= 0x80 || is_control(point.value)) && point.value != '\n') {
      find_escapes();
    }
    const bool escape = point.value == '"' || point.value == '\\' || is_control(point.value) ||
                        (point.value >= 0x80 && escapes_->ascii_only);
    if (!escape) {
      at += point.length;
      continue;
    }
    out.append(text.substr(copied, at - copied));
    append_escape(out, point.valid ? point.value : 0xFFFD, escapes_ && escapes_->upper_case);
    at += point.length;
    copied = at;
  }
  out.append(text.substr(copied));
  out.push_back('"');
  return out;
}

namespace {

// What lay_out() needs of a container that is open.
struct OpenContainer {
  std::uint32_t end;
  bool object;
  bool spread;
  bool is_first = true;
  std::string_view name;
};

}  // namespace

void Style::lay_out(Value value, const Room& room, std::string& out) const {
  const Tree& tree = *value.tree();
  std::vector<OpenContainer> open;
  const auto line = [&] {
    out.append(newline_).append(room.indentation);
    for (std::size_t i = 0; i < open.size(); ++i) out.append(unit_);
  };
  const auto close = [&] {
    const OpenContainer done = open.back();
    open.pop_back();
    if (done.spread && !done.is_first) line();
    out.push_back(done.object ? '}' : ']');
  };
  const auto spreads_here = [&](Value container, std::string_view name, bool element) {
    if (open.empty()) return room.spread;
    if (room.as_written) return container.raw().find('\n') != std::string_view::npos;
    return open.back().spread && spreads(container.kind(), name, element).value_or(true);
  };
  std::string_view name = room.name;
  bool element = room.element;
  bool after_key = true;  // the first value stands where it is
  for (std::uint32_t at = value.index(); at < tree.subtree_end(value);) {
    while (!open.empty() && open.back().end == at) close();
    const Value item = tree.at(at);
    if (!after_key) {
      if (!open.back().is_first) out.append(open.back().spread ? "," : comma_);
      open.back().is_first = false;
      if (open.back().spread) line();
      element = item.kind() != Kind::kKey;
      name = element ? open.back().name : item.string();
    }
    after_key = item.kind() == Kind::kKey;
    const bool verbatim = room.as_written && item.raw().find('\n') == std::string_view::npos;
    if (is_container(item) && !verbatim) {
      out.push_back(item.is_object() ? '{' : '[');
      const bool spread = spreads_here(item, name, element);
      open.push_back({tree.subtree_end(item), item.is_object(), spread, true, name});
      ++at;
      continue;
    }
    const bool is_text = item.is_string() || item.kind() == Kind::kKey;
    out.append(is_text && !room.as_written ? quote(item.string()) : std::string(item.raw()));
    if (after_key) out.append(colon_);
    at = after_key ? at + 1 : tree.subtree_end(item);
  }
  while (!open.empty()) close();
}

}  // namespace sdd::json
