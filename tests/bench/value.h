// Value: one JSON value that is about to be written, byte for byte as the real writers do it.
//
//   Value node = Value::object();
//   node.add("title", Value::text("Check the ledger"));
//   node.add("total_tasks", Value::literal("1"));
//   std::string bytes = write(node, Style{});
//
// Members keep the order in which they were added; numbers keep their spelling. There are only a
// handful of levels, so writing may recurse.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace sdd::bench {

struct Value {
  enum class Kind { kText, kLiteral, kList, kObject };

  static Value text(std::string_view text) { return {Kind::kText, std::string(text), {}, {}}; }
  // `spelling` is written as it stands: a number, true, false or null.
  static Value literal(std::string_view spelling) {
    return {Kind::kLiteral, std::string(spelling), {}, {}};
  }
  static Value number(std::size_t number) { return literal(std::to_string(number)); }
  static Value boolean(bool truth) { return literal(truth ? "true" : "false"); }
  static Value list() { return {Kind::kList, {}, {}, {}}; }
  static Value list(const std::vector<std::string>& texts);
  static Value object() { return {Kind::kObject, {}, {}, {}}; }

  // Adds a member; the caller takes care that the key is new.
  void add(std::string_view key, Value value);

  // The member of that name, or nullptr. Linear.
  Value* find(std::string_view key);

  // Takes the member away, if it is there.
  void remove(std::string_view key);

  Kind kind = Kind::kObject;
  std::string spelling;           // of a text (unescaped UTF-8) or a literal
  std::vector<Value> items;       // of a list or an object
  std::vector<std::string> keys;  // of an object, as many as items
};

// How a file is written. The default is what nearly all real files have.
struct Style {
  std::string indent = "  ";
  bool escape_non_ascii = true;     // \uXXXX instead of UTF-8
  bool short_lists_inline = false;  // lists of one or two texts on one line
  bool final_newline = true;
};

// The document as bytes.
std::string write(const Value& value, const Style& style);

}  // namespace sdd::bench
