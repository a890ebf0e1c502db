// Salvage: a whole document out of a damaged one and whatever else is known of it, without
// inventing anything. Pure: bytes in, bytes and a receipt out.
//
//   std::vector<Source> sources = …;     // what git, backups and the log hold; the best first
//   const Salvaged salvaged = salvage({.stem = "billing-2026-02-11-001", .bytes = damaged}, …);
//   salvaged.refusal;                    // not empty: nothing acceptable can be built
//   salvaged.lost;                       // not empty: writing the result needs consent
//   salvaged.bytes;                      // parse; derived values are recomputed
//
// What is taken, and from where:
// - A node or a journal entry is taken as a whole or not at all, and only where it stands whole in
//   the bytes of a source. What stands there in part is never closed by guessing.
// - A file that parses is kept byte for byte, unless it has keys twice (SDD010).
// - Of a document with a tail behind it the document is kept byte for byte, and what the tail has
//   whole and the document lacks is added.
// - Any other damage: the result is built on the base (the first source with `is_base`), else on
//   the best source that is a whole document, else on a frame made of what stands whole in the
//   file. What the file says is joined to it: repair/merge's rules decide where both say something.
// - In a file that may be made of pieces of two versions, a node or entry whose bytes may cross
//   such a seam counts as whole only if another source says the same.
//
// What is derived (counts, statuses of parents, progress, last_updated) is computed anew at what
// was touched, and listed apart from what was recovered.
//
// salvage() of its own result gives the same bytes. It takes any bytes, needs time linear in them
// (and n log n in what they contain), and has no recursion.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "json/limits.h"
#include "repair/merge.h"
#include "spec/change.h"
#include "text/span.h"

namespace sdd::repair {

enum class SourceKind : std::uint8_t {
  kFile,
  kIndex,
  kHead,
  kRevision,
  kWorktree,
  kBackup,
  kTemp,
  kLog,
};
// "file", "index", "head", "revision", "worktree", "backup", "temp", "log".
const char* to_string(SourceKind kind);

// Bytes that somebody wrote: a whole document, or a damaged one, or (kLog) the lines of an update
// log. The damaged file itself is the source "file" and is not in the list.
struct Source {
  std::string id;  // "head", "revision-1", "backup-2": names it in the receipt; unique
  SourceKind kind = SourceKind::kFile;
  // For people: a path relative to the root, "HEAD:specs/active/x.json", "index stage 2".
  std::string name = {};
  std::string bytes = {};
  // Committed, or known to precede the damage: the merge base (the first such).
  bool is_base = false;
};

struct DamagedSpec {
  // The file's name without ".json": what spec_id must say. A source that is a document of another
  // spec_id is not used. "": not known.
  std::string stem;
  std::string bytes;
  json::Limits limits = {};
};

// A statement of the result that was not in the document that the result was built on, or, of that
// document itself, pointer "". A value that conflict markers cut apart has one for each part, one
// behind the other: their bytes together are the value.
struct Recovered {
  std::string pointer;  // RFC 6901, in the result; of a journal entry with its position
  std::string source;   // Source::id, or "file"
  Span span;            // the bytes of that source in which its value stands
};

// Bytes of the damaged file that are not used, and why.
struct Dropped {
  Span span;
  std::string why;
};

// Something that is known to have been there, and that no source has whole.
struct Lost {
  std::string pointer;
  std::string why;
};

struct Salvaged {
  std::string refusal;  // not empty: there is no result
  std::string bytes;    // the whole document
  std::string base;     // id of the source that the result is built on: "file", or Source::id; ""
                        // for a frame that was put together
  std::vector<Recovered> recovered;
  std::vector<Dropped> dropped;  // in the order of their places
  // Against every source, and ids that the parents' `children` and counts prove to be missing.
  std::vector<Lost> lost;
  // What the file's own document says and the result with it (base "file"), where pieces of two
  // versions may meet and no other source says the same. Not lost, nothing to consent to: whoever
  // read the document in front of the tail would have read it.
  std::vector<Lost> doubts;
  std::vector<Conflict> conflicts;  // both sides of a conflict; then the salvage is refused
  spec::Changes derived;            // recomputed values, last_updated too
};

Salvaged salvage(const DamagedSpec& damaged, const std::vector<Source>& sources);

}  // namespace sdd::repair
