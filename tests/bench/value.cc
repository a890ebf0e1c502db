#include "value.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

namespace sdd::bench {
namespace {

// Appends the code point that starts at `at` as \uXXXX and returns its length in bytes. The texts
// are our own: valid UTF-8 of at most three bytes.
std::size_t append_escaped(std::string& out, std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t index) {
    return static_cast<unsigned>(static_cast<unsigned char>(text[index]));
  };
  if (byte(at) < 0xE0) {
    const unsigned code = (byte(at) & 0x1Fu) << 6 | (byte(at + 1) & 0x3Fu);
    fmt::format_to(std::back_inserter(out), "\\u{:04x}", code);
    return 2;
  }
  const unsigned code =
      (byte(at) & 0x0Fu) << 12 | (byte(at + 1) & 0x3Fu) << 6 | (byte(at + 2) & 0x3Fu);
  fmt::format_to(std::back_inserter(out), "\\u{:04x}", code);
  return 3;
}

void append_text(std::string& out, std::string_view text, bool escape_non_ascii) {
  out += '"';
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    if (escape_non_ascii && static_cast<unsigned char>(c) >= 0x80) {
      at += append_escaped(out, text, at);
      continue;
    }
    if (c == '\n') {
      out += "\\n";
    } else if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else {
      out += c;
    }
    ++at;
  }
  out += '"';
}

class Writer {
 public:
  explicit Writer(const Style& style) : style_(style) {}

  void value(const Value& value, std::size_t depth) {
    switch (value.kind) {
      case Value::Kind::kText:
        return append_text(out, value.spelling, style_.escape_non_ascii);
      case Value::Kind::kLiteral:
        out += value.spelling;
        return;
      case Value::Kind::kList:
      case Value::Kind::kObject:
        return container(value, depth);
    }
  }

  std::string out;

 private:
  void container(const Value& value, std::size_t depth) {
    const bool list = value.kind == Value::Kind::kList;
    out += list ? '[' : '{';
    const bool one_line = list && style_.short_lists_inline && value.items.size() <= 2;
    for (std::size_t index = 0; index < value.items.size(); ++index) {
      if (index > 0) out += one_line ? ", " : ",";
      if (!one_line) line(depth + 1);
      if (!list) {
        append_text(out, value.keys[index], style_.escape_non_ascii);
        out += ": ";
      }
      this->value(value.items[index], depth + 1);
    }
    if (!value.items.empty() && !one_line) line(depth);
    out += list ? ']' : '}';
  }

  void line(std::size_t depth) {
    out += '\n';
    for (std::size_t level = 0; level < depth; ++level) out += style_.indent;
  }

  const Style& style_;
};

}  // namespace

Value Value::list(const std::vector<std::string>& texts) {
  Value result = list();
  for (const std::string& item : texts) result.items.push_back(text(item));
  return result;
}

void Value::add(std::string_view key, Value value) {
  keys.emplace_back(key);
  items.push_back(std::move(value));
}

Value* Value::find(std::string_view key) {
  const auto found = std::find(keys.begin(), keys.end(), key);
  return found == keys.end() ? nullptr : &items[static_cast<std::size_t>(found - keys.begin())];
}

void Value::remove(std::string_view key) {
  const auto found = std::find(keys.begin(), keys.end(), key);
  if (found == keys.end()) return;
  items.erase(items.begin() + (found - keys.begin()));
  keys.erase(found);
}

std::string write(const Value& value, const Style& style) {
  Writer writer(style);
  writer.value(value, 0);
  if (style.final_newline) writer.out += '\n';
  return std::move(writer.out);
}

}  // namespace sdd::bench
