// The sides of a file with conflict markers, as git leaves them: each a text of its own.
//
//   <<<<<<< ours            one block; what stands outside of blocks belongs to all sides
//   …                       ours
//   ||||||| base            only in the style diff3
//   …
//   =======
//   …                       theirs
//   >>>>>>> theirs
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "text/span.h"

namespace sdd::repair {

// A text that was cut out of a file, and where its parts stood.
class CutText {
 public:
  void append(std::string_view bytes, Span part);
  const std::string& text() const { return text_; }
  // Where a range of the text stands in the file: in one part, or in several that markers part.
  std::vector<Span> places_of(Span range) const;

 private:
  struct Part {
    std::size_t begin = 0;  // in the text
    Span place;             // in the file
  };
  std::string text_;
  std::vector<Part> parts_;
};

struct SpecSides {
  CutText ours;
  CutText theirs;
  std::optional<CutText> base;  // when every block says it
};

// `blocks`: text/damage.h's conflict_blocks().
SpecSides cut_sides(std::string_view bytes, const std::vector<Span>& blocks);

}  // namespace sdd::repair
