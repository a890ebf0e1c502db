// 1. A file that parses is kept; of keys that stand twice one stays (repeated_keys.h).
// 2. The sides of a conflict are merged (salvage_conflict.h).
// 3. A complete document with a tail behind it is kept, and what the tail has beyond it is added;
//    any other damage is rebuilt (salvaging.cc).
#include "repair/salvage.h"

#include <optional>
#include <utility>

#include "json/scan.h"
#include "repair/repeated_keys.h"
#include "repair/salvage_conflict.h"
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
  if (!damage) return without_repeated_keys(damaged);
  if (damage->kind == json::DamageKind::kConflictMarkers) {
    if (auto merged = salvage_conflict(damaged, sources, *damage)) return std::move(*merged);
  }
  Salvaging salvaging(damaged, sources, *damage);
  return damage->document_end > 0 ? salvaging.keep_document() : salvaging.rebuild_document();
}

}  // namespace sdd::repair
