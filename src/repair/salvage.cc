// 1. A file that parses is kept.
// 2. A complete document with a tail behind it is kept without the tail.
// 3. Otherwise the best source that is a whole document of this spec takes its place.
#include "repair/salvage.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "json/scan.h"
#include "json/tree.h"
#include "spec/spec.h"

namespace sdd::repair {
namespace {

// Whether the bytes are a whole document of that spec.
bool is_document_of(const std::string& stem, const Source& source, const json::Limits& limits) {
  if (source.kind == SourceKind::kLog) return false;
  json::Parser parser(limits);
  json::Tree tree;
  if (!parser.parse(source.bytes, tree)) return false;
  const spec::Spec spec(tree);
  return spec.root() != nullptr && (stem.empty() || spec.spec_id.string() == stem);
}

}  // namespace

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
  Salvaged salvaged;
  const std::optional<json::Damage> damage = json::scan(damaged.bytes, damaged.limits);
  if (!damage) {
    salvaged.bytes = damaged.bytes;
    salvaged.base = "file";
    return salvaged;
  }
  const std::size_t end = damage->document_end;
  if (end > 0) {
    salvaged.bytes = damaged.bytes.substr(0, end);
    salvaged.base = "file";
    salvaged.recovered.push_back({"", "file", {0, end}});
    salvaged.dropped.push_back({{end, damaged.bytes.size()}, "stands behind the document"});
    return salvaged;
  }
  const auto best = std::find_if(sources.begin(), sources.end(), [&](const Source& source) {
    return is_document_of(damaged.stem, source, damaged.limits);
  });
  if (best == sources.end()) {
    salvaged.refusal = "no source holds a whole document of this spec";
    return salvaged;
  }
  salvaged.bytes = best->bytes;
  salvaged.base = best->id;
  salvaged.recovered.push_back({"", best->id, {0, best->bytes.size()}});
  if (!damaged.bytes.empty()) {
    salvaged.dropped.push_back({{0, damaged.bytes.size()}, damage->message});
  }
  return salvaged;
}

}  // namespace sdd::repair
