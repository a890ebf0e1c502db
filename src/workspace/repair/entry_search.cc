#include "workspace/repair/entry_search.h"

#include <cstdlib>
#include <utility>

#include "json/tree.h"
#include "spec/journal.h"
#include "spec/lists.h"
#include "store/log_lines.h"
#include "workspace/locked_spec.h"

namespace sdd::workspace {

EntrySearch::EntrySearch(const std::vector<FoundSource>& sources) {
  for (const FoundSource& source : sources) {
    if (source.source.kind == repair::SourceKind::kLog) {
      read_log(source);
    } else {
      read_document(source);
    }
  }
}

void EntrySearch::read_document(const FoundSource& source) {
  json::Parser parser;
  json::Tree tree;
  if (!parser.parse(source.source.bytes, tree)) return;
  for (const json::Value entry : tree.root().find("journal").elements()) {
    if (entry.find("task_id").is_string()) add(source, entry.span(), entry.raw());
  }
}

void EntrySearch::read_log(const FoundSource& source) {
  const std::string& bytes = source.source.bytes;
  for (const store::Update& update : store::parse_log(bytes).updates) {
    if (!update.done) continue;
    for (const spec::Change& change : logged_changes(update)) {
      if (change.path != spec::Path{"journal"} || !change.after) continue;
      const std::size_t at = bytes.find(change.after->text);
      if (at == std::string::npos) continue;
      add(source, {at, at + change.after->text.size()}, change.after->text);
    }
  }
}

void EntrySearch::add(const FoundSource& source, Span span, std::string_view text) {
  json::Parser parser;
  json::Tree tree;
  const std::string bytes(text);
  if (!parser.parse(bytes, tree)) return;
  const json::Value node = tree.root().find("task_id");
  const json::Value stamp = tree.root().find("timestamp");
  if (!node.is_string() || !stamp.is_string()) return;
  const auto time = parse_rfc3339(stamp.string());
  if (!time) return;
  entries_[std::string(node.string())].push_back(
      {&source, span, spec::item_key(spec::ListKind::kEntries, tree.root()), *time});
}

std::optional<FoundEntry> EntrySearch::find(std::string_view node,
                                            std::optional<Timestamp> journaled) const {
  const auto found = entries_.find(node);
  if (found == entries_.end()) return std::nullopt;
  std::optional<FoundEntry> best;
  for (const FoundEntry& entry : found->second) {
    if (journaled) {
      if (std::abs(entry.time.microseconds - journaled->microseconds) <= spec::kSameMoment) {
        return entry;
      }
    } else if (!best || (entry.source == best->source && entry.time > best->time)) {
      best = entry;
    }
  }
  return best;
}

}  // namespace sdd::workspace
