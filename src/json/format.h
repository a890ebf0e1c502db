// The formats that are checked. All others, known to draft-07 or not, are annotations, as the
// standard allows (section 7.2): they change no verdict.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace sdd::json {

enum class Format : std::uint8_t {
  kDate,                 // RFC 3339 full-date
  kDateTime,             // RFC 3339 date-time
  kIpv4,                 // RFC 2673, 3.2: four decimal numbers, no leading zeros
  kIpv6,                 // RFC 4291, 2.2; no zone
  kJsonPointer,          // RFC 6901, as a string
  kRegex,                // ECMA 262 with the flag u, Annex B's harmless escapes allowed
  kRelativeJsonPointer,  // draft-handrews-relative-json-pointer-01
  kTime,                 // RFC 3339 full-time
};

// The format a schema names; nothing for one that is not checked.
std::optional<Format> format_of(std::string_view name);

bool conforms(Format format, std::string_view text);

// "an RFC 3339 date-time such as 2026-02-11T17:51:29Z", for messages.
const char* description(Format format);

}  // namespace sdd::json
