// Seam doubt: whether a node or an entry that reads well may be made of two versions.
//
//   const SeamDoubt doubt(bytes);
//   if (doubt.is_likely(span)) …     // a seam may well lie in these bytes
//   if (doubt.is_possible(span)) …   // one cannot be ruled out
//
// Two writers without locks on one temporary file leave a file whose pieces meet where one of them
// had gathered 8 KiB (json/seams.h). Where the versions are of equal length up to there, nothing
// shows: a node can begin as one writer meant it, and end as the other did. That was seen in one of
// fifty files of more than 8 KiB that are a document with a tail. Where they are shifted by the
// length of whole lines, these lines are missing or stand twice. Either way the node holds a fresh
// time, of the update that made the versions differ, or names of members that no other node has
// together.
//
// So an ordinary member is in doubt only where a seam is likely (the windows of json/seams.h, which
// hold 96 of 100 seams), and a fresh or an odd one wherever a seam is possible: the
// k-th lies at most as far in front of 8192 k as the longest texts that stand at the ends of the
// first k pieces are long, which holds whatever the other version was (counted: all but 4 of
// 2,700).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "json/tree.h"
#include "text/span.h"

namespace sdd::repair {

class SeamDoubt {
 public:
  // A file of one piece has no seams, and one in which no line is indented was not written so.
  explicit SeamDoubt(std::string_view bytes);

  bool is_likely(Span span) const { return crosses(likely_, span); }
  bool is_possible(Span span) const { return crosses(possible_, span); }
  bool none() const { return likely_.empty() && possible_.empty(); }

 private:
  static bool crosses(const std::vector<Span>& windows, Span span);

  std::vector<Span> likely_;
  std::vector<Span> possible_;
};

// The latest time that stands anywhere in the value; empty: none does.
std::optional<Timestamp> newest_time(json::Value value);

// Whether the value holds a time within ten minutes of `newest`, or after it.
bool is_fresh(json::Value value, std::optional<Timestamp> newest);

// The names of the members of a node or an entry, and of a node's metadata, with its type and
// status: what tools write looks alike, what was pieced together does not.
std::string pattern_of(json::Value value);

}  // namespace sdd::repair
