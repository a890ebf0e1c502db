// Lines that this program writes for itself and reads again: the update log's, a lock's holder.
//
//   LineWriter out;
//   out.text("id", id).number("pid", 4711).texts("ids", ids).raw("changes", json);
//   append(out.sealed());       // {"id":"…","pid":4711,"ids":["…"],"changes":…,"checksum":"…"}\n
//
//   std::optional<LineReader> in = LineReader::open(line);     // without its "\n"
//   if (in && in->text("id", id) && in->number("pid", pid) && … && in->at_end()) …
//
// A line is a JSON object with members in one fixed order, so that people and `jq` can read it; but
// it is no use as JSON unless all of it is ours: the last member is a checksum (the first 16 digits
// of the SHA-256) of everything before it, and a line whose checksum is wrong does not open.
//
// The reader asks for members in the order in which they were written. `raw` is JSON text of the
// caller's, kept as it is and not looked into; it must stand last and on one line.
//
// Text that is no UTF-8 is written with U+FFFD in place of each wrong byte, control characters as
// \u00XX.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sdd::store {

class LineWriter {
 public:
  LineWriter& text(std::string_view name, std::string_view value);
  LineWriter& number(std::string_view name, std::int64_t value);
  LineWriter& texts(std::string_view name, const std::vector<std::string>& values);
  // `json` must not be empty, nor hold a line end.
  LineWriter& raw(std::string_view name, std::string_view json);
  // The whole line, with its checksum and its line end.
  std::string sealed() const;

 private:
  void name(std::string_view name);
  void append_quoted(std::string_view text);

  std::string line_ = "{";
};

class LineReader {
 public:
  // Nothing when `line` has no checksum, or a wrong one. `line` must outlive the reader.
  static std::optional<LineReader> open(std::string_view line);

  // Whether the next member has this name.
  bool next_is(std::string_view name) const;
  // Each reads the next member when it has this name and this kind; else nothing is read, and every
  // later call fails, too.
  bool text(std::string_view name, std::string& value);
  bool number(std::string_view name, std::int64_t& value);
  bool texts(std::string_view name, std::vector<std::string>& values);
  // All that is left.
  bool raw(std::string_view name, std::string& json);
  // Whether every member was read.
  bool at_end() const { return !broken_ && rest_.empty(); }

 private:
  explicit LineReader(std::string_view rest) : rest_(rest) {}
  bool broken();
  bool take(std::string_view expected);
  bool take_name(std::string_view name);
  bool take_quoted(std::string& value);

  std::string_view rest_;
  bool first_ = true;
  bool broken_ = false;
};

}  // namespace sdd::store
