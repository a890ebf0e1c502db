// Complaint: what a person is told about the place where bytes stop being JSON.
//
//   const Structure seen = read_structure(bytes, 512);
//   Complaint c = complain(bytes, seen);      // for Stop::kUnexpected
//   Complaint c = complain(bytes, flaw);      // for a flaw inside a lexeme
//
// Messages say what was expected and what was found, in words; help says what to do, and is empty
// where nothing better is known than reading the message. Text from the file is made printable.
#pragma once

#include <string>
#include <string_view>

#include "json/structure.h"

namespace sdd::json {

struct Complaint {
  Span span;  // the bytes it is about
  std::string message;
  std::string help;
};

// "a value after ':'", "',' or '}' after a member" …
std::string_view expectation(Expect expected);

// For seen.stop == Stop::kUnexpected.
Complaint complain(std::string_view bytes, const Structure& seen);

// For a flaw that did not stop the reading.
Complaint complain(std::string_view bytes, const FlawedLexeme& flaw);

}  // namespace sdd::json
