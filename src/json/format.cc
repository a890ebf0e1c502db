#include "json/format.h"

#include <arpa/inet.h>

#include <array>
#include <string>

#include "base/strings.h"
#include "base/time.h"
#include "json/pattern.h"

namespace sdd::json {
namespace {

bool is_address(int family, std::string_view text) {
  constexpr std::size_t kLongest = 45;
  if (text.size() > kLongest || text.find('\0') != std::string_view::npos) return false;
  std::array<unsigned char, sizeof(in6_addr)> address{};
  return inet_pton(family, std::string(text).c_str(), address.data()) == 1;
}

bool is_json_pointer(std::string_view text) {
  if (!text.empty() && text.front() != '/') return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '~') continue;
    if (i + 1 == text.size() || (text[i + 1] != '0' && text[i + 1] != '1')) return false;
  }
  return true;
}

bool is_relative_json_pointer(std::string_view text) {
  const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  if (digits == 0 || (digits > 1 && text.front() == '0')) return false;
  const std::string_view rest = text.substr(digits);
  return rest == "#" || is_json_pointer(rest);
}

}  // namespace

std::optional<Format> format_of(std::string_view name) {
  if (name == "date-time") return Format::kDateTime;
  if (name == "date") return Format::kDate;
  if (name == "time") return Format::kTime;
  if (name == "ipv4") return Format::kIpv4;
  if (name == "ipv6") return Format::kIpv6;
  if (name == "json-pointer") return Format::kJsonPointer;
  if (name == "relative-json-pointer") return Format::kRelativeJsonPointer;
  if (name == "regex") return Format::kRegex;
  return std::nullopt;
}

bool conforms(Format format, std::string_view text) {
  switch (format) {
    case Format::kDate:
      return is_rfc3339_date(text);
    case Format::kDateTime:
      return is_rfc3339(text);
    case Format::kIpv4:
      return is_address(AF_INET, text);
    case Format::kIpv6:
      return is_address(AF_INET6, text);
    case Format::kJsonPointer:
      return is_json_pointer(text);
    case Format::kRegex:
      return is_ecma_pattern(text);
    case Format::kRelativeJsonPointer:
      return is_relative_json_pointer(text);
    case Format::kTime:
      return is_rfc3339_time(text);
  }
  return true;
}

const char* description(Format format) {
  switch (format) {
    case Format::kDate:
      return "an RFC 3339 date such as 2026-02-11";
    case Format::kDateTime:
      return "an RFC 3339 date-time such as 2026-02-11T17:51:29Z";
    case Format::kIpv4:
      return "an IPv4 address";
    case Format::kIpv6:
      return "an IPv6 address";
    case Format::kJsonPointer:
      return "a JSON pointer";
    case Format::kRegex:
      return "a regular expression of ECMA 262";
    case Format::kRelativeJsonPointer:
      return "a relative JSON pointer";
    case Format::kTime:
      return "an RFC 3339 time with a zone such as 17:51:29Z";
  }
  return "";
}

}  // namespace sdd::json
