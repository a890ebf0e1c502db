// 1. Refuse lines whose keys may have very many parts.
// 2. Let toml++ read the document, without exceptions.
// 3. Copy its tree into plain values: the depth is bounded by 1 and by TOML_MAX_NESTED_VALUES.
#include "workspace/toml.h"

#include <fmt/core.h>

#include <algorithm>
#include <cctype>
#include <optional>
#include <utility>

#include "base/strings.h"

#define TOML_EXCEPTIONS 0
#define TOML_ENABLE_FORMATTERS 0
#define TOML_MAX_NESTED_VALUES 16
#include <toml++/toml.h>

namespace sdd::workspace {
namespace {

static_assert(TOML_MAX_NESTED_VALUES == kTomlDepth);

Position position_of(const toml::source_position& place) {
  return {std::max<std::size_t>(place.line, 1), std::max<std::size_t>(place.column, 1)};
}

// The first line with more than kTomlDots dots. Quotes are not looked at: what a key is and what a
// text, only the library knows for sure.
std::optional<std::size_t> line_of_a_long_key(std::string_view bytes) {
  std::size_t line = 1;
  std::size_t dots = 0;
  for (const char c : bytes) {
    if (c == '\n') {
      ++line;
      dots = 0;
    } else if (c == '.' && ++dots > kTomlDots) {
      return line;
    }
  }
  return std::nullopt;
}

// What the library says, in our words' form: "expected value, saw '\n'".
std::string message_of(const toml::parse_error& error) {
  constexpr std::string_view kLead = "Error while parsing ";
  std::string message = printable(error.description());
  if (message.starts_with(kLead)) message.erase(0, message.find(": ") + 2);
  if (!message.empty()) message[0] = static_cast<char>(std::tolower(message[0]));
  return message;
}

// NOLINTBEGIN(misc-no-recursion): no deeper than the keys (kTomlDots) and values (kTomlDepth)
TomlValue copy_of(const toml::node& node);

void copy_members(const toml::table& table, std::vector<TomlMember>& members) {
  for (const auto& [key, value] : table) {
    members.push_back({std::string(key.str()), position_of(key.source().begin), copy_of(value)});
  }
  std::stable_sort(members.begin(), members.end(), [](const TomlMember& a, const TomlMember& b) {
    return std::pair(a.place.line, a.place.column) < std::pair(b.place.line, b.place.column);
  });
}

TomlValue copy_of(const toml::node& node) {
  TomlValue copy;
  copy.place = position_of(node.source().begin);
  if (const auto* text = node.as_string()) {
    copy.kind = TomlKind::kText;
    copy.text = text->get();
  } else if (const auto* number = node.as_integer()) {
    copy.kind = TomlKind::kWhole;
    copy.number = number->get();
  } else if (node.is_boolean()) {
    copy.kind = TomlKind::kFlag;
  } else if (const auto* list = node.as_array()) {
    copy.kind = TomlKind::kList;
    for (const toml::node& item : *list) copy.items.push_back(copy_of(item));
  } else if (const auto* table = node.as_table()) {
    copy.kind = TomlKind::kTable;
    copy_members(*table, copy.members);
  }
  return copy;
}
// NOLINTEND(misc-no-recursion)

}  // namespace

const TomlValue* TomlValue::find(std::string_view name) const {
  const auto found = std::find_if(members.begin(), members.end(),
                                  [&](const TomlMember& member) { return member.name == name; });
  return found == members.end() ? nullptr : &found->value;
}

const char* kind_name(TomlKind kind) {
  switch (kind) {
    case TomlKind::kText:
      return "text";
    case TomlKind::kWhole:
      return "a whole number";
    case TomlKind::kFlag:
      return "true or false";
    case TomlKind::kList:
      return "a list";
    case TomlKind::kTable:
      return "a table";
    case TomlKind::kOther:
      break;
  }
  return "a fraction, date or time";
}

tl::expected<TomlValue, TomlError> read_toml(std::string_view bytes) {
  if (const auto line = line_of_a_long_key(bytes)) {
    return tl::unexpected(
        TomlError{{*line, 1}, fmt::format("more than {} dots in one line", kTomlDots)});
  }
  const toml::parse_result parsed = toml::parse(bytes, std::string_view());
  if (!parsed) {
    return tl::unexpected(
        TomlError{position_of(parsed.error().source().begin), message_of(parsed.error())});
  }
  return copy_of(parsed.table());
}

}  // namespace sdd::workspace
