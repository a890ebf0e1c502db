#include "json/tree.h"

#include <charconv>
#include <cstring>

#include "base/strings.h"

namespace sdd::json {

const char* kind_name(Kind kind) {
  switch (kind) {
    case Kind::kMissing:
      return "nothing";
    case Kind::kNull:
      return "null";
    case Kind::kTrue:
      return "true";
    case Kind::kFalse:
      return "false";
    case Kind::kInteger:
    case Kind::kUnsigned:
    case Kind::kReal:
      return "a number";
    case Kind::kString:
      return "a string";
    case Kind::kArray:
      return "an array";
    case Kind::kObject:
      return "an object";
    case Kind::kKey:
      return "a key";
  }
  return "nothing";
}

// Up to 16 bytes are compared as two words that may overlap.
bool same_bytes(const char* a, const char* b, std::size_t size) {
  const auto same_ends = [&](auto word) {
    auto other = word;
    const auto same_at = [&](std::size_t at) {
      std::memcpy(&word, a + at, sizeof word);
      std::memcpy(&other, b + at, sizeof other);
      return word == other;
    };
    return same_at(0) && same_at(size - sizeof word);
  };
  if (size >= 8 && size <= 16) return same_ends(std::uint64_t{});
  if (size >= 4 && size < 8) return same_ends(std::uint32_t{});
  return size == 0 || std::memcmp(a, b, size) == 0;
}

std::optional<std::int64_t> Value::integer() const {
  if (kind() != Kind::kInteger) return std::nullopt;
  const std::string_view text = raw();
  // Nearly all of them: counts.
  if (text.size() == 1) return text[0] - '0';
  std::int64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

std::optional<double> Value::number() const {
  if (!is_number()) return std::nullopt;
  const std::string_view text = raw();
  double value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

std::optional<bool> Value::boolean() const {
  if (!is_boolean()) return std::nullopt;
  return kind() == Kind::kTrue;
}

std::string_view Tree::text(const Node& node) const {
  const std::size_t at = std::size_t{node.payload} * 4;
  std::uint32_t length = 0;
  std::memcpy(&length, decoded_.data() + at, sizeof length);
  return {decoded_.data() + at + sizeof length, length};
}

// One pass: the containers that are still open at a value are the ones around it.
const Tree::Link& Tree::link(Value value) const {
  if (links_.size() == size_) return links_[value.index()];
  links_.resize(size_);
  std::vector<Link> open;  // {container, elements seen so far}
  for (std::uint32_t at = 0; at < size_; ++at) {
    while (!open.empty() && nodes_[open.back().parent].next <= at) open.pop_back();
    links_[at] = open.empty() ? Link{kNoParent, 0} : open.back();
    const auto kind = static_cast<Kind>(nodes_[at].kind);
    if (!open.empty() && kind != Kind::kKey) ++open.back().ordinal;
    if (kind == Kind::kArray || kind == Kind::kObject) open.push_back({at, 0});
  }
  return links_[value.index()];
}

// From the root down, past what lies in front.
Value Tree::find_parent(std::uint32_t index) const {
  std::uint32_t parent = 0;
  for (std::uint32_t child = 1; child != index;) {
    if (nodes_[child].next > index) {
      parent = child++;
    } else {
      child = nodes_[child].next;
    }
  }
  return {this, parent};
}

Value Tree::parent_of(Value value) const {
  if (!value || value.index() == 0) return {};
  if (links_.size() != size_ && asked_ < kFew) {
    ++asked_;
    return find_parent(value.index());
  }
  return {this, link(value).parent};
}

Value Tree::key_of(Value value) const {
  const Value parent = parent_of(value);
  return parent.is_object() ? Value(this, value.index() - 1) : Value();
}

std::string Tree::pointer(Value value) const {
  std::vector<Value> path;
  if (value.kind() == Kind::kKey) value = at(value.index() + 1);
  for (; value && value.index() != 0; value = parent_of(value)) path.push_back(value);
  std::string pointer;
  for (auto step = path.rbegin(); step != path.rend(); ++step) {
    const Value key = key_of(*step);
    append_token(pointer, key ? std::string(key.string()) : std::to_string(link(*step).ordinal));
  }
  return pointer;
}

Value Tree::resolve(std::string_view pointer) const {
  Value value = root();
  while (value && !pointer.empty()) {
    if (pointer.front() != '/') return {};
    pointer.remove_prefix(1);
    const std::size_t end = std::min(pointer.find('/'), pointer.size());
    std::string token;
    for (std::size_t i = 0; i < end; ++i) {
      if (pointer[i] != '~') {
        token.push_back(pointer[i]);
      } else if (i + 1 < end && (pointer[i + 1] == '0' || pointer[i + 1] == '1')) {
        token.push_back(pointer[++i] == '0' ? '~' : '/');
      } else {
        return {};
      }
    }
    pointer.remove_prefix(end);
    if (value.is_object()) {
      value = value.find(token);
      continue;
    }
    if (!all_digits(token) || (token.size() > 1 && token[0] == '0') || token.size() > 9) return {};
    std::size_t left = std::stoul(token);
    Value found;
    for (const Value element : value.elements()) {
      if (left-- == 0) {
        found = element;
        break;
      }
    }
    value = found;
  }
  return value;
}

void append_token(std::string& pointer, std::string_view token) {
  pointer.push_back('/');
  for (;;) {
    std::size_t plain = 0;
    while (plain < token.size() && token[plain] != '~' && token[plain] != '/') ++plain;
    pointer.append(token.substr(0, plain));
    if (plain == token.size()) return;
    pointer += token[plain] == '~' ? "~0" : "~1";
    token.remove_prefix(plain + 1);
  }
}

}  // namespace sdd::json
