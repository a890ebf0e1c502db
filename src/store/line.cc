#include "store/line.h"

#include <cassert>
#include <charconv>

#include "base/strings.h"
#include "store/hash.h"

namespace sdd::store {
namespace {

constexpr std::string_view kSealBegin = ",\"checksum\":\"";
constexpr std::string_view kSealEnd = "\"}";
constexpr std::size_t kSealDigits = 16;

std::string checksum(std::string_view text) { return sha256(text).substr(0, kSealDigits); }

int digit_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

}  // namespace

void LineWriter::name(std::string_view name) {
  if (line_.size() > 1) line_ += ',';
  append_quoted(name);
  line_ += ':';
}

void LineWriter::append_quoted(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  line_ += '"';
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = decode_utf8(text, at);
    if (!point.valid) {
      append_utf8(line_, 0xFFFD);
    } else if (point.value == '"' || point.value == '\\') {
      line_ += '\\';
      line_ += text[at];
    } else if (point.value < 0x20 || point.value == 0x7F) {
      line_ += "\\u00";
      line_ += kDigits[point.value >> 4U];
      line_ += kDigits[point.value & 15U];
    } else {
      line_ += text.substr(at, point.length);
    }
    at += point.length;
  }
  line_ += '"';
}

LineWriter& LineWriter::text(std::string_view name, std::string_view value) {
  this->name(name);
  append_quoted(value);
  return *this;
}

LineWriter& LineWriter::number(std::string_view name, std::int64_t value) {
  this->name(name);
  line_ += std::to_string(value);
  return *this;
}

LineWriter& LineWriter::texts(std::string_view name, const std::vector<std::string>& values) {
  this->name(name);
  line_ += '[';
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (i > 0) line_ += ',';
    append_quoted(values[i]);
  }
  line_ += ']';
  return *this;
}

LineWriter& LineWriter::raw(std::string_view name, std::string_view json) {
  assert(!json.empty() && json.find_first_of("\r\n") == std::string_view::npos);
  this->name(name);
  line_ += json;
  return *this;
}

std::string LineWriter::sealed() const {
  std::string line = line_;
  line += kSealBegin;
  line += checksum(line_);
  line += kSealEnd;
  line += '\n';
  return line;
}

std::optional<LineReader> LineReader::open(std::string_view line) {
  constexpr std::size_t kSeal = kSealBegin.size() + kSealDigits + kSealEnd.size();
  if (line.size() <= kSeal || !line.starts_with('{')) return std::nullopt;
  const std::string_view content = line.substr(0, line.size() - kSeal);
  std::string seal(kSealBegin);
  seal += checksum(content);
  seal += kSealEnd;
  if (line.substr(content.size()) != seal) return std::nullopt;
  return LineReader(content.substr(1));
}

bool LineReader::broken() {
  broken_ = true;
  return false;
}

bool LineReader::take(std::string_view expected) {
  if (broken_ || !rest_.starts_with(expected)) return broken();
  rest_.remove_prefix(expected.size());
  return true;
}

bool LineReader::next_is(std::string_view name) const {
  std::string_view rest = rest_;
  if (!first_ && rest.starts_with(',')) rest.remove_prefix(1);
  return !broken_ && rest.starts_with('"') && rest.substr(1).starts_with(name) &&
         rest.substr(1 + name.size()).starts_with("\":");
}

bool LineReader::take_name(std::string_view name) {
  if (!next_is(name)) return broken();
  rest_.remove_prefix((first_ ? 0U : 1U) + name.size() + 3);
  first_ = false;
  return true;
}

bool LineReader::take_quoted(std::string& value) {
  if (!take("\"")) return false;
  std::string text;
  for (;;) {
    const std::size_t plain = rest_.find_first_of("\"\\");
    if (plain == std::string_view::npos) return broken();
    text += rest_.substr(0, plain);
    rest_.remove_prefix(plain);
    if (rest_.starts_with('"')) break;
    if (rest_.starts_with("\\u00") && rest_.size() >= 6) {
      const int high = digit_value(rest_[4]);
      const int low = digit_value(rest_[5]);
      if (high < 0 || low < 0) return broken();
      text += static_cast<char>(16 * high + low);
      rest_.remove_prefix(6);
    } else if (rest_.size() >= 2 && (rest_[1] == '"' || rest_[1] == '\\')) {
      text += rest_[1];
      rest_.remove_prefix(2);
    } else {
      return broken();
    }
  }
  value = std::move(text);
  return take("\"");
}

bool LineReader::text(std::string_view name, std::string& value) {
  return take_name(name) && take_quoted(value);
}

bool LineReader::number(std::string_view name, std::int64_t& value) {
  if (!take_name(name)) return false;
  const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
  if (error != std::errc()) return broken();
  rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
  return rest_.empty() || rest_.starts_with(',') || broken();
}

bool LineReader::texts(std::string_view name, std::vector<std::string>& values) {
  if (!take_name(name) || !take("[")) return false;
  std::vector<std::string> found;
  while (!rest_.starts_with(']')) {
    if (!found.empty() && !take(",")) return false;
    found.emplace_back();
    if (!take_quoted(found.back())) return false;
  }
  values = std::move(found);
  return take("]");
}

bool LineReader::raw(std::string_view name, std::string& json) {
  if (!take_name(name) || rest_.empty()) return broken();
  json = rest_;
  rest_ = {};
  return true;
}

}  // namespace sdd::store
