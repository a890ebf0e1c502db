#include "text/edit.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstddef>

namespace sdd {
namespace {

bool stands_before(const Edit& a, const Edit& b) {
  if (a.span.begin != b.span.begin) return a.span.begin < b.span.begin;
  return a.span.empty() && !b.span.empty();
}

Result<void> check(const std::vector<Edit>& edits, std::size_t size) {
  std::size_t end = 0;
  for (const Edit& edit : edits) {
    if (edit.span.begin > edit.span.end || edit.span.end > size) {
      return fail(ErrorKind::kRefused,
                  fmt::format("a change of bytes {} to {} reaches beyond the {} that there are",
                              edit.span.begin, edit.span.end, size));
    }
    if (edit.span.begin < end) {
      return fail(ErrorKind::kRefused,
                  fmt::format("two changes contradict each other at byte {}", edit.span.begin));
    }
    end = edit.span.end;
  }
  return {};
}

}  // namespace

std::vector<Edit> sorted(std::vector<Edit> edits) {
  std::stable_sort(edits.begin(), edits.end(), stands_before);
  return edits;
}

Result<std::string> apply_edits(std::string_view bytes, const std::vector<Edit>& edits,
                                std::size_t room) {
  const std::vector<Edit> in_order = sorted(edits);
  if (const auto checked = check(in_order, bytes.size()); !checked) {
    return tl::unexpected<Error>(checked.error());
  }
  std::size_t size = bytes.size() + room;
  for (const Edit& edit : in_order) size += edit.text.size();
  std::string changed;
  changed.reserve(size);
  std::size_t copied = 0;
  for (const Edit& edit : in_order) {
    changed.append(bytes.substr(copied, edit.span.begin - copied));
    changed.append(edit.text);
    copied = edit.span.end;
  }
  changed.append(bytes.substr(copied));
  return changed;
}

bool edits_give(std::string_view bytes, const std::vector<Edit>& edits, std::string_view expected) {
  const std::vector<Edit> in_order = sorted(edits);
  if (!check(in_order, bytes.size())) return false;
  const auto goes_on_with = [&expected](std::string_view part) {
    const bool same = expected.starts_with(part);
    if (same) expected.remove_prefix(part.size());
    return same;
  };
  std::size_t copied = 0;
  for (const Edit& edit : in_order) {
    const std::string_view between = bytes.substr(copied, edit.span.begin - copied);
    if (!goes_on_with(between) || !goes_on_with(edit.text)) return false;
    copied = edit.span.end;
  }
  return bytes.substr(copied) == expected;
}

std::vector<Edit> invert_edits(const std::vector<Edit>& edits, std::string_view bytes) {
  std::vector<Edit> inverse;
  inverse.reserve(edits.size());
  std::size_t grown = 0;   // by what stands in front of this edit the bytes have become longer
  std::size_t shrunk = 0;  // or shorter
  for (const Edit& edit : sorted(edits)) {
    const std::size_t begin = edit.span.begin + grown - shrunk;
    inverse.push_back({{begin, begin + edit.text.size()},
                       std::string(bytes.substr(edit.span.begin, edit.span.size()))});
    grown += edit.text.size();
    shrunk += edit.span.size();
  }
  return inverse;
}

}  // namespace sdd
