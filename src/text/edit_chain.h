// EditChain: several rounds of edits, each on the bytes that the one before left, as one list of
// edits on the first bytes.
//
//   EditChain chain(bytes);
//   chain.add(first_round);             // edits on `bytes`
//   chain.add(second_round);            // edits on what the first round gives
//   apply_edits(bytes, chain.edits())   // what both give
//
// Takes time in proportion to all edits of all rounds, for each round.
#pragma once

#include <string_view>
#include <vector>

#include "text/edit.h"

namespace sdd {

class EditChain {
 public:
  // Only the size of `bytes` counts.
  explicit EditChain(std::string_view bytes);

  // The edits must be such that apply_edits() takes them on what was given so far.
  void add(const std::vector<Edit>& edits);
  std::vector<Edit> edits() const;

 private:
  // What stands there now, from front to back: bytes of the first text, or new ones.
  struct Part {
    Span kept;  // of the first text; empty: `text`
    std::string text;
    std::size_t size() const { return text.empty() ? kept.size() : text.size(); }
    Part cut(std::size_t from, std::size_t to) const;
  };

  std::size_t size_;
  std::vector<Part> parts_;
};

}  // namespace sdd
