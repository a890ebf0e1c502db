// What a salvage says about its result: where each statement comes from, which bytes are not used,
// what is lost.
#include <fmt/core.h>

#include <algorithm>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "base/strings.h"
#include "json/tree.h"
#include "repair/salvaging.h"
#include "spec/journal.h"
#include "spec/lists.h"
#include "spec/spec.h"

namespace sdd::repair {
namespace {

// The ids of nodes that say they were journaled, and that no entry names.
std::set<std::string> nodes_without_entry(const std::string& bytes, const json::Limits& limits) {
  std::set<std::string> ids;
  json::Parser parser(limits);
  json::Tree tree;
  if (!parser.parse(bytes, tree)) return ids;
  const spec::Spec spec(tree);
  const spec::Journal journal(spec);
  for (const spec::Node& node : spec.nodes()) {
    if (journal.fault_of(node) == spec::JournalFault::kLostEntry) ids.emplace(node.id);
  }
  return ids;
}

// Whether the bytes say anything: more than brackets, and the names of what they hold.
bool says_something(std::string_view bytes) {
  while (!bytes.empty()) {
    for (const std::string_view frame : {R"("hierarchy")", R"("journal")"}) {
      if (bytes.starts_with(frame)) bytes.remove_prefix(frame.size());
    }
    if (bytes.empty()) break;
    constexpr std::string_view kStructure = " \t\r\n{}[],:";
    if (kStructure.find(bytes.front()) == std::string_view::npos) return true;
    bytes.remove_prefix(1);
  }
  return false;
}

std::string named(Claims kind, const Claim& claim) {
  if (kind != &Statements::entries) return fmt::format("'{}'", printable(claim.name));
  return fmt::format("the entry '{}'", printable(claim.value.find("title").string()));
}

std::string pointer_of(Claims kind, const Claim& claim) {
  if (kind == &Statements::entries) return "/journal/-";
  if (kind == &Statements::nodes) return pointer_to_node(claim.name);
  std::string pointer;
  json::append_token(pointer, claim.name);
  return pointer;
}

}  // namespace

std::string pointer_to_node(const std::string& id) {
  std::string pointer = "/hierarchy";
  json::append_token(pointer, id);
  return pointer;
}

Salvaged Salvaging::finished(const std::string& bytes, const Chosen& chosen, Salvaged salvaged) {
  salvaged.bytes = bytes;
  if (!chosen.empty()) {
    std::set<std::string> touched;
    for (const Claim* node : chosen.nodes) touched.insert(node->name);
    Result<Finished> finished = finish(bytes, touched, latest_update(chosen), damaged_.limits);
    if (!finished) {
      salvaged.refusal = finished.error().message;
      salvaged.bytes.clear();
      return salvaged;
    }
    salvaged.bytes = std::move(finished->bytes);
    salvaged.derived.insert(salvaged.derived.end(), finished->derived.begin(),
                            finished->derived.end());
    note_missing(*finished, salvaged);
  }
  note_recovered(chosen, salvaged);
  note_doubts(salvaged);
  if (!document_.is_document) note_lost_entries(salvaged);
  return salvaged;
}

void Salvaging::note_recovered(const Chosen& chosen, Salvaged& salvaged) const {
  for (const Claim* member : chosen.members) {
    salvaged.recovered.push_back(
        {pointer_of(&Statements::members, *member), member->source, member->span});
  }
  for (const Claim* node : chosen.nodes) {
    salvaged.recovered.push_back({pointer_to_node(node->name), node->source, node->span});
  }
  if (chosen.entries.empty()) return;
  json::Parser parser(damaged_.limits);
  json::Tree tree;
  if (!parser.parse(salvaged.bytes, tree)) return;
  std::unordered_map<std::string, std::size_t> positions;
  std::size_t position = 0;
  for (const json::Value entry : tree.root().find("journal").elements()) {
    positions.emplace(spec::item_key(spec::ListKind::kEntries, entry), position++);
  }
  for (const Claim* entry : chosen.entries) {
    const auto found = positions.find(entry->name);
    if (found == positions.end()) continue;
    salvaged.recovered.push_back(
        {fmt::format("/journal/{}", found->second), entry->source, entry->span});
  }
}

void Salvaging::note_missing(const Finished& finished, Salvaged& salvaged) const {
  std::set<std::string> told;
  for (const Finished::Missing& missing : finished.missing) {
    if (!told.insert(missing.id).second) continue;
    const char* how = missing.as_parent ? "names it as its parent" : "lists it as a child";
    salvaged.lost.push_back(
        {pointer_to_node(missing.id),
         fmt::format("'{}' {}, and no source has it whole", printable(missing.named_by), how)});
  }
  if (base_ || told.empty()) return;
  // What the root says it counted, against what is there.
  json::Parser parser(damaged_.limits);
  json::Tree tree;
  if (!parser.parse(salvaged.bytes, tree)) return;
  const spec::Spec spec(tree);
  const auto root = std::find_if(file_.nodes.begin(), file_.nodes.end(), [](const Claim& claim) {
    return claim.name == "spec-root" && !claim.in_doubt;
  });
  if (root == file_.nodes.end() || spec.root() == nullptr || !spec.root()->total) return;
  const auto counted = root->value.find("total_tasks").integer();
  if (!counted || *counted <= *spec.root()->total) return;
  salvaged.lost.push_back({"/hierarchy", fmt::format("'spec-root' counted {} tasks, {} are there",
                                                     *counted, *spec.root()->total)});
}

void Salvaging::note_lost_entries(Salvaged& salvaged) const {
  const std::set<std::string> before =
      base_ ? nodes_without_entry(sources_[*base_].bytes, damaged_.limits)
            : std::set<std::string>{};
  for (const std::string& id : nodes_without_entry(salvaged.bytes, damaged_.limits)) {
    if (before.contains(id)) continue;
    salvaged.lost.push_back(
        {"/journal/-",
         fmt::format("'{}' was journaled, and no source has the entry", printable(id))});
  }
}

void Salvaging::note_doubts(Salvaged& salvaged) const {
  const bool stays = document_.is_document;
  for (const Claims kind : {&Statements::nodes, &Statements::entries, &Statements::members}) {
    for (const Claim& claim : document_.*kind) {
      if (!claim.in_doubt) continue;
      salvaged.doubts.push_back(
          {pointer_of(kind, claim), named(kind, claim) + " may be made of two versions"});
    }
    for (const Claim& claim : file_.*kind) {
      if (!claim.in_doubt || (stays && base_claim(kind, claim.name) != nullptr)) continue;
      salvaged.lost.push_back(
          {pointer_of(kind, claim),
           named(kind, claim) +
               ": in the file it may be made of two versions, and no other source says the same"});
    }
  }
}

void Salvaging::note_dropped(std::size_t from, Salvaged& salvaged) const {
  const auto is_recovered = [&](const Claim& claim) {
    return std::any_of(
        salvaged.recovered.begin(), salvaged.recovered.end(),
        [&](const Recovered& each) { return each.source == "file" && each.span == claim.span; });
  };
  std::vector<Span> used;
  for (const Claims kind : {&Statements::nodes, &Statements::entries, &Statements::members}) {
    for (const Claim& claim : file_.*kind) {
      // Behind a document most repeats what the document says.
      if (from == 0 || is_recovered(claim)) used.push_back(claim.place);
      if (!claim.in_doubt) continue;
      salvaged.dropped.push_back(
          {claim.place, fmt::format("{} may be made of two versions", named(kind, claim))});
    }
  }
  for (const Claim* claim : passed_over_) {
    salvaged.dropped.push_back({claim->place, "another version of this is in the result"});
  }
  std::sort(used.begin(), used.end(), [](Span a, Span b) { return a.begin < b.begin; });
  used.push_back({damaged_.bytes.size(), damaged_.bytes.size()});
  const std::string_view bytes = damaged_.bytes;
  std::size_t at = from;
  for (const Span span : used) {
    if (span.begin > at && (from > 0 || says_something(bytes.substr(at, span.begin - at)))) {
      salvaged.dropped.push_back(
          {{at, span.begin},
           from > 0 ? "stands behind the document" : "nothing stands whole in these bytes"});
    }
    at = std::max(at, span.end);
  }
  std::stable_sort(salvaged.dropped.begin(), salvaged.dropped.end(),
                   [](const Dropped& a, const Dropped& b) { return a.span.begin < b.span.begin; });
}

}  // namespace sdd::repair
