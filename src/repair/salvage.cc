// 1. A file that parses is kept.
// 2. A complete document with a tail behind it is kept, and what the tail has beyond it is added.
// 3. Otherwise the document is built anew: salvaging.cc.
#include "repair/salvage.h"

#include <optional>

#include "json/scan.h"
#include "repair/salvaging.h"

namespace sdd::repair {

const char* to_string(SourceKind kind) {
  switch (kind) {
    case SourceKind::kFile:
      return "file";
    case SourceKind::kIndex:
      return "index";
    case SourceKind::kHead:
      return "head";
    case SourceKind::kRevision:
      return "revision";
    case SourceKind::kWorktree:
      return "worktree";
    case SourceKind::kBackup:
      return "backup";
    case SourceKind::kTemp:
      return "temp";
    case SourceKind::kLog:
      break;
  }
  return "log";
}

Salvaged salvage(const DamagedSpec& damaged, const std::vector<Source>& sources) {
  const std::optional<json::Damage> damage = json::scan(damaged.bytes, damaged.limits);
  if (!damage) {
    Salvaged salvaged;
    salvaged.bytes = damaged.bytes;
    salvaged.base = "file";
    return salvaged;
  }
  Salvaging salvaging(damaged, sources, *damage);
  return damage->document_end > 0 ? salvaging.keep_document() : salvaging.rebuild_document();
}

}  // namespace sdd::repair
