// Writer: JSON text (RFC 8259), on one line or indented by two blanks, members in the order given.
//
//   Writer out(Writer::kCompact);
//   out.begin_object();
//   out.key("errors").integer(1);
//   out.key("findings").begin_array();
//   …
//   out.end_array();
//   out.end_object();
//   out.text()                           // {"errors":1,"findings":[]}
//
// Non-ASCII text stays as it is; what could move a cursor or hide (C0, DEL, C1, line separators,
// bidirectional controls) is written as \uXXXX, and a byte that is no UTF-8 as U+FFFD. Calls that
// do not fit (a value without its key in an object) are the caller's fault and are asserted.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "json/tree.h"

namespace sdd::json {

class Writer {
 public:
  enum Layout { kCompact, kIndented };
  explicit Writer(Layout layout) : indented_(layout == kIndented) {}

  Writer& begin_object();
  Writer& end_object();
  Writer& begin_array();
  Writer& end_array();
  Writer& key(std::string_view name);

  Writer& string(std::string_view text);
  Writer& integer(std::int64_t number);
  // A number with at most `digits` decimal places, trailing zeros dropped.
  Writer& decimal(double number, int digits);
  Writer& boolean(bool value);
  Writer& null();
  // A copy of a value of a document: numbers keep their spelling, a missing value becomes null.
  Writer& value(Value value);
  // The same for a JSON text; one that is none becomes null.
  Writer& copy(const std::string& text);

  const std::string& text() const { return out_; }

 private:
  void before_value();
  void line();
  void close(char bracket);
  void append_quoted(std::string_view text);

  std::string out_;
  std::size_t depth_ = 0;
  bool indented_;
  bool empty_ = true;       // nothing stands yet in the container that is open
  bool after_key_ = false;  // a key waits for its value
};

}  // namespace sdd::json
