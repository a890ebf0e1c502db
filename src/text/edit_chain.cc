#include "text/edit_chain.h"

#include <algorithm>
#include <string>
#include <utility>

namespace sdd {

EditChain::EditChain(std::string_view bytes) : size_(bytes.size()), parts_{{{0, size_}, ""}} {}

EditChain::Part EditChain::Part::cut(std::size_t from, std::size_t to) const {
  if (text.empty()) return {{kept.begin + from, kept.begin + to}, ""};
  return {{}, text.substr(from, to - from)};
}

void EditChain::add(const std::vector<Edit>& edits) {
  std::vector<Part> parts;
  std::size_t part = 0;    // of parts_, the one that is being taken
  std::size_t begin = 0;   // where it begins in what was given so far
  std::size_t offset = 0;  // what is taken or left out ends here
  // Goes on to `to`; keeps what lies before it, or leaves it out.
  const auto go_to = [&](std::size_t to, bool keep) {
    while (offset < to) {
      const std::size_t end = begin + parts_[part].size();
      const std::size_t until = std::min(end, to);
      if (keep) parts.push_back(parts_[part].cut(offset - begin, until - begin));
      offset = until;
      if (offset < end) continue;
      begin = end;
      ++part;
    }
  };
  for (const Edit& edit : sorted(edits)) {
    go_to(edit.span.begin, true);
    if (!edit.text.empty()) parts.push_back({{}, edit.text});
    go_to(edit.span.end, false);
  }
  std::size_t end = begin;
  for (std::size_t i = part; i < parts_.size(); ++i) end += parts_[i].size();
  go_to(end, true);
  parts_ = std::move(parts);
}

std::vector<Edit> EditChain::edits() const {
  std::vector<Edit> edits;
  Edit gap;  // between what is kept: what goes, what comes
  const auto close = [&] {
    if (!gap.span.empty() || !gap.text.empty()) edits.push_back(gap);
  };
  for (const Part& part : parts_) {
    if (!part.text.empty()) {
      gap.text += part.text;
      continue;
    }
    gap.span.end = part.kept.begin;
    close();
    gap = {{part.kept.end, part.kept.end}, ""};
  }
  gap.span.end = size_;
  close();
  return edits;
}

}  // namespace sdd
