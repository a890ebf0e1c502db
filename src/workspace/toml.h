// TOML 1.0 as plain values, each with its place. Made for one small file that people write by hand
// (.sdd.toml): what is read keeps where it stood, so that a wrong key can be pointed at.
//
//   auto document = read_toml(bytes);            // a table
//   if (!document) …                             // TomlError: what is wrong, and where
//   for (const TomlMember& member : document->members) …
//
// The order of a table's members is that of the text. Numbers with a fraction, dates and times are
// kOther: no key takes them. This header names no library; toml.cc is the one source that includes
// toml++ (it costs four seconds to compile).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "text/source_text.h"

namespace sdd::workspace {

enum class TomlKind { kText, kWhole, kFlag, kList, kTable, kOther };

struct TomlMember;

struct TomlValue {
  TomlKind kind = TomlKind::kOther;
  Position place;
  std::string text;                 // kText
  std::int64_t number = 0;          // kWhole
  std::vector<TomlValue> items;     // kList; of `[[name]]` each is a kTable
  std::vector<TomlMember> members;  // kTable

  // The member of a table; nullptr when it has none of this name.
  const TomlValue* find(std::string_view name) const;
};

struct TomlMember {
  std::string name;
  Position place;  // of the name
  TomlValue value;
};

struct TomlError {
  Position place;
  std::string message;  // lower case, safe for a terminal
};

// "text", "a whole number", "a list" …
const char* kind_name(TomlKind kind);

// Values deeper than this, and lines with more dots, are refused: the library descends one call for
// each level, and crashes where a key has some hundred thousand parts.
inline constexpr std::size_t kTomlDepth = 16;
inline constexpr std::size_t kTomlDots = 200;

// Reads a whole document. `bytes` may hold anything; who reads a file limits its size.
tl::expected<TomlValue, TomlError> read_toml(std::string_view bytes);

}  // namespace sdd::workspace
