#include "json/complaint.h"

#include <fmt/core.h>

#include "base/strings.h"

namespace sdd::json {
namespace {

constexpr std::size_t kShown = 32;  // code points of the file's text in a message

std::string shown(std::string_view bytes, Span span) {
  return quote(bytes.substr(span.begin, span.size()), kShown);
}

std::string word_help(std::string_view word) {
  const std::string lower = ascii_lower(word);
  if (lower == "true" || lower == "false") return fmt::format("write {} in lower case", lower);
  if (lower == "null" || lower == "none" || lower == "nil" || lower == "undefined") {
    return "write null";
  }
  if (lower == "nan" || lower == "inf" || lower == "infinity") {
    return "JSON has no NaN and no infinity: write null or a text";
  }
  return "put the word in double quotes";
}

std::string slip_help(std::string_view bytes, const Structure& seen) {
  const std::string_view found = bytes.substr(seen.found.begin, seen.found.size());
  switch (seen.slip) {
    case Slip::kNone:
      return "";
    case Slip::kTrailingComma:
      return fmt::format("remove the comma in front of '{}'", found);
    case Slip::kExtraComma:
      return "remove one of the two commas";
    case Slip::kComment:
      return "JSON has no comments: remove it";
    case Slip::kSingleQuotes:
    case Slip::kCurlyQuotes:
      return "JSON texts stand in plain double quotes";
    case Slip::kWord:
      return word_help(found);
    case Slip::kKeyWord:
      return "put the key in double quotes";
    case Slip::kNoComma:
      return "put a comma in front of it";
    case Slip::kNoColon:
      return "put ':' between the key and its value";
    case Slip::kNoValue:
      return "write the value, or remove the key";
    case Slip::kOpenString:
      return "put the closing '\"' where the text ends; a line break inside a text is written \\n";
    case Slip::kQuoteInString:
      return "a double quote inside a text is written \\\"";
    case Slip::kWrongBracket:
      return "'{' is closed by '}' and '[' by ']': look for a bracket too many or too few above";
    case Slip::kNumber:
      return "JSON numbers look like -12, 0.5 or 1e9; put anything else in double quotes";
  }
  return "";
}

std::string control_help(char c) {
  switch (c) {
    case '\t':
      return "write it as \\t";
    case '\b':
      return "write it as \\b";
    case '\f':
      return "write it as \\f";
    default:
      return fmt::format("write it as \\u{:04x}", static_cast<unsigned char>(c));
  }
}

}  // namespace

std::string_view expectation(Expect expected) {
  switch (expected) {
    case Expect::kRoot:
      return "a value";
    case Expect::kFirstKey:
      return "a key in double quotes or '}' after '{'";
    case Expect::kKey:
      return "a key in double quotes after ','";
    case Expect::kColon:
      return "':' after the key";
    case Expect::kMemberValue:
      return "a value after ':'";
    case Expect::kFirstElement:
      return "a value or ']' after '['";
    case Expect::kElement:
      return "a value after ','";
    case Expect::kCommaInObject:
      return "',' or '}' after a member";
    case Expect::kCommaInArray:
      return "',' or ']' after an element";
    case Expect::kEnd:
      break;
  }
  return "nothing after the document";
}

Complaint complain(std::string_view bytes, const Structure& seen) {
  Complaint complaint{seen.found, "", slip_help(bytes, seen)};
  if (seen.slip == Slip::kOpenString) {
    complaint.message =
        fmt::format("the text {} is not closed on its line", shown(bytes, seen.found));
  } else if (seen.slip == Slip::kNumber) {
    complaint.message = fmt::format("{} is no JSON number", shown(bytes, seen.found));
  } else {
    complaint.message =
        fmt::format("expected {}, found {}", expectation(seen.expected), shown(bytes, seen.found));
  }
  return complaint;
}

Complaint complain(std::string_view bytes, const FlawedLexeme& flaw) {
  const std::string text = shown(bytes, flaw.at);
  switch (flaw.flaw) {
    case Flaw::kControl:
      return {flaw.at, fmt::format("control character {} in a text", text),
              control_help(bytes[flaw.at.begin])};
    case Flaw::kEscape:
      return {flaw.at, fmt::format("unknown escape {} in a text", text),
              "a backslash is written \\\\"};
    case Flaw::kSurrogate:
      return {
          flaw.at, fmt::format("unpaired surrogate escape {} in a text", text),
          "write both halves of the character, such as \\ud83d\\ude00, or the character itself"};
    case Flaw::kIntegerRange:
      return {flaw.at, fmt::format("the number {} does not fit in 64 bits", text),
              "put it in double quotes"};
    case Flaw::kRealRange:
      return {flaw.at, fmt::format("the number {} is larger than any double", text),
              "put it in double quotes"};
    default:
      return {flaw.at, fmt::format("{} is no JSON", text), ""};
  }
}

}  // namespace sdd::json
