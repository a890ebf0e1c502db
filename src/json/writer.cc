#include "json/writer.h"

#include <fmt/core.h>

#include <cassert>
#include <vector>

#include "base/strings.h"

namespace sdd::json {

void Writer::line() {
  if (!indented_) return;
  out_.push_back('\n');
  out_.append(depth_ * 2, ' ');
}

void Writer::before_value() {
  if (after_key_) {
    after_key_ = false;
    return;
  }
  if (depth_ == 0) return;
  if (!empty_) out_.push_back(',');
  line();
}

Writer& Writer::begin_object() {
  before_value();
  out_.push_back('{');
  ++depth_;
  empty_ = true;
  return *this;
}

Writer& Writer::begin_array() {
  before_value();
  out_.push_back('[');
  ++depth_;
  empty_ = true;
  return *this;
}

void Writer::close(char bracket) {
  assert(depth_ > 0 && !after_key_);
  --depth_;
  if (!empty_) line();
  out_.push_back(bracket);
  empty_ = false;
}

Writer& Writer::end_object() {
  close('}');
  return *this;
}

Writer& Writer::end_array() {
  close(']');
  return *this;
}

Writer& Writer::key(std::string_view name) {
  assert(!after_key_);
  if (!empty_) out_.push_back(',');
  line();
  append_quoted(name);
  out_ += indented_ ? ": " : ":";
  empty_ = false;
  after_key_ = true;
  return *this;
}

Writer& Writer::string(std::string_view text) {
  before_value();
  append_quoted(text);
  empty_ = false;
  return *this;
}

Writer& Writer::integer(std::int64_t number) {
  before_value();
  out_ += std::to_string(number);
  empty_ = false;
  return *this;
}

Writer& Writer::decimal(double number, int digits) {
  before_value();
  std::string text = fmt::format("{:.{}f}", number, digits);
  if (text.find('.') != std::string::npos) {
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text += '0';
  }
  out_ += text;
  empty_ = false;
  return *this;
}

Writer& Writer::boolean(bool value) {
  before_value();
  out_ += value ? "true" : "false";
  empty_ = false;
  return *this;
}

Writer& Writer::null() {
  before_value();
  out_ += "null";
  empty_ = false;
  return *this;
}

// The stack holds the containers that are open; documents nest at most as deep as the parser's
// limit.
Writer& Writer::copy(const std::string& text) {
  Parser parser;
  Tree tree;
  return parser.parse(text, tree) ? value(tree.root()) : null();
}

Writer& Writer::value(Value value) {
  struct Open {
    std::uint32_t end;
    bool object;
  };
  if (!value) return null();
  const Tree& tree = *value.tree();
  std::vector<Open> open;
  for (std::uint32_t at = value.index();;) {
    while (!open.empty() && open.back().end == at) {
      open.back().object ? end_object() : end_array();
      open.pop_back();
    }
    if (at != value.index() && open.empty()) break;
    const Value item = tree.at(at);
    const std::uint32_t next = at + 1;
    switch (item.kind()) {
      case Kind::kObject:
      case Kind::kArray:
        open.push_back({tree.subtree_end(item), item.is_object()});
        item.is_object() ? begin_object() : begin_array();
        break;
      case Kind::kKey:
        key(item.string());
        break;
      case Kind::kString:
        string(item.string());
        break;
      default:
        before_value();
        out_ += item.raw();
        empty_ = false;
    }
    at = next;
    if (open.empty()) break;
  }
  return *this;
}

void Writer::append_quoted(std::string_view text) {
  out_.push_back('"');
  std::size_t copied = 0;
  std::size_t at = 0;
  const auto flush = [&] { out_.append(text.substr(copied, at - copied)); };
  while (at < text.size()) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte >= 0x20 && byte < 0x7F && byte != '"' && byte != '\\') {
      ++at;
      continue;
    }
    const CodePoint point = decode_utf8(text, at);
    if (point.valid && point.value >= 0x80 && !is_control(point.value)) {
      at += point.length;
      continue;
    }
    flush();
    if (!point.valid) {
      out_ += "\xEF\xBF\xBD";
    } else if (point.value == '"' || point.value == '\\') {
      out_.push_back('\\');
      out_.push_back(static_cast<char>(byte));
    } else if (point.value == '\n') {
      out_ += "\\n";
    } else if (point.value == '\t') {
      out_ += "\\t";
    } else {
      out_ += fmt::format("\\u{:04x}", point.value);
    }
    at += point.length;
    copied = at;
  }
  flush();
  out_.push_back('"');
}

}  // namespace sdd::json
