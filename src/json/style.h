// Style: how a document is spelled where JSON leaves a choice, so that what is added looks like
// what stands there: line ends, indentation, blanks behind colons and commas, which containers
// stand on one line, \uXXXX or raw UTF-8.
//
//   const Style style(tree);
//   style.quote("naïve")                       // "na\u00efve", where the document writes so
//   style.lay_out(value, {.indentation = "    ", .spread = true}, text);
//
// What decides, in this order: the containers beside the new value (the caller passes that on as
// `spread`), containers of the same name elsewhere in the document (`children` of another node),
// the document as a whole. A document in which nothing tells between escapes and raw UTF-8 gets
// escapes, as the programs that write these files do.
//
// A Style keeps a reference to its tree, and reads more of it only when asked. Not for two threads.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "json/tree.h"

namespace sdd::json {

// Whether a container's first child stands on a line of its own. False for anything empty.
bool is_spread(Value container);

class Style {
 public:
  explicit Style(const Tree& tree);

  std::string_view newline() const { return newline_; }  // "\n" or "\r\n"
  std::string_view unit() const { return unit_; }        // what one level is indented by
  std::string_view colon() const { return colon_; }      // ": " or the like
  std::string_view comma() const { return comma_; }      // within a line: ", " or the like
  bool is_spread_document() const { return spread_; }    // the root is
  bool is_one_line() const { return first_line_end_ == tree_.bytes().size(); }

  // The blanks at the beginning of the line in which the byte at `offset` stands.
  std::string_view indentation_at(std::size_t offset) const;

  // Whether containers of that kind and name stand on several lines: as the last one in the
  // document that is not empty does. Nothing where there is none. `element`: those in an array of
  // that name.
  std::optional<bool> spreads(Kind kind, std::string_view name, bool element) const;

  // A JSON string of `text`, which is valid UTF-8.
  std::string quote(std::string_view text) const;

  struct Room {
    std::string_view indentation = {};  // of the line on which the value begins
    bool spread = true;                 // the value itself, where it is a container
    bool as_written = false;            // strings and lines as they are in the value's own document
    std::string_view name = {};         // of the member that it becomes, or of the array
    bool element = false;               // it becomes an element of that array
  };
  // Appends a value of any document, spelled as this one spells its values.
  void lay_out(Value value, const Room& room, std::string& out) const;

 private:
  struct Layouts;
  void find_unit(const Tree& tree);
  void find_blanks(const Tree& tree);
  void find_layouts() const;
  void find_escapes() const;

  using Name = std::pair<std::string_view, unsigned>;  // the name; kind and whether of elements

  const Tree& tree_;
  std::string_view newline_ = "\n";
  std::string unit_ = "  ";
  std::string colon_ = ": ";
  std::string comma_ = ", ";
  bool spread_ = false;
  std::size_t first_line_end_ = 0;  // the document's size where there is but one line
  mutable std::optional<std::map<Name, bool>> layouts_;
  struct Escapes {
    bool ascii_only;
    bool upper_case;  // \u00E9
  };
  mutable std::optional<Escapes> escapes_;
};

}  // namespace sdd::json
