// 1. Read the sources: documents, what stands whole in damaged ones, what logs added. Those of
//    another spec are put aside.
// 2. Read what stands whole in the file, and doubt what may be made of two versions.
// 3. Choose, name by name, among the whole versions that differ from the base.
// 4. Put what was chosen into the base's bytes (rebuild.h).
#include "repair/salvaging.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "json/tree.h"
#include "repair/fragments.h"
#include "repair/seam_doubt.h"
#include "repair/soundness.h"
#include "spec/draft.h"

namespace sdd::repair {
namespace {

const std::array<Claims, 3> kKinds = {&Statements::nodes, &Statements::entries,
                                      &Statements::members};

const Claim* find(const std::vector<Claim>& claims, std::string_view name) {
  const auto found = std::find_if(claims.begin(), claims.end(),
                                  [&](const Claim& claim) { return claim.name == name; });
  return found == claims.end() ? nullptr : &*found;
}

std::optional<Timestamp> updated(const Statements& statements) {
  std::optional<Timestamp> latest;
  for (const Claim& member : statements.members) {
    if (member.name != "last_updated") continue;
    const auto time = parse_rfc3339(member.value.string());
    if (time && (!latest || *time > *latest)) latest = time;
  }
  return latest;
}

// Pieces of two versions meet in these bytes, or may meet.
bool is_spliced(json::DamageKind kind) {
  return kind == json::DamageKind::kInterleaved || kind == json::DamageKind::kNulHole ||
         kind == json::DamageKind::kInvalidUtf8;
}

// Whether a line is not indented as the brackets say: another version's brackets were lost.
bool is_out_of_step(const std::string& bytes, const json::Limits& limits) {
  const std::vector<Fragment> fragments = find_fragments(bytes, limits);
  return std::any_of(fragments.begin(), fragments.end(),
                     [](const Fragment& fragment) { return !fragment.in_step; });
}

// Whether a node is unsound that is sound in the base, or not there.
bool is_less_sound(const Statements& document, const Statements& base) {
  const std::set<std::string> now = unsound_nodes(*document.tree);
  const std::set<std::string> before = unsound_nodes(*base.tree);
  return !std::includes(before.begin(), before.end(), now.begin(), now.end());
}

// What is computed anew is not taken from a version.
bool is_derived_member(const std::string& name) {
  return name == "last_updated" || name == "progress_percentage" || name == "current_phase";
}

}  // namespace

Salvaging::Salvaging(const DamagedSpec& damaged, const std::vector<Source>& sources,
                     const json::Damage& damage)
    : damaged_(damaged), sources_(sources), damage_(damage) {
  read_sources();
}

bool Salvaging::is_usable(const Statements& statements) const {
  const Claim* id = find(statements.members, "spec_id");
  if (statements.is_document && find(statements.nodes, "spec-root") == nullptr) return false;
  return damaged_.stem.empty() || id == nullptr || id->value.string() == damaged_.stem;
}

void Salvaging::read_sources() {
  for (const Source& source : sources_) {
    Statements statements;
    if (source.kind == SourceKind::kLog) {
      statements = read_log(source.id, source.bytes, damaged_.limits);
    } else {
      statements = read_document(source.id, source.bytes, damaged_.limits);
      const bool whole = statements.is_document && !repeats_a_key(statements.tree->root());
      if (!whole) {
        statements = read_fragments(source.id, source.bytes, damaged_.limits);
        doubt(statements, source.bytes, {.spliced = true}, {});
      }
    }
    if (!is_usable(statements)) statements = {};
    said_.push_back(std::move(statements));
  }
  for (std::size_t i = 0; i < said_.size(); ++i) {
    witnesses_.add(said_[i]);
    if (!said_[i].is_document) continue;
    const bool is_better = base_ && sources_[i].is_base && !sources_[*base_].is_base;
    if (!base_ || is_better) base_ = i;
  }
}

// Whether what a source says may be newer than the base: not history, not another worktree's work.
bool Salvaging::contributes(std::size_t source) const {
  const SourceKind kind = sources_[source].kind;
  if (kind == SourceKind::kLog) return true;
  if (sources_[source].is_base || source == base_) return false;
  if (kind != SourceKind::kIndex && kind != SourceKind::kBackup && kind != SourceKind::kTemp) {
    return false;
  }
  const auto time = updated(said_[source]);
  return time && (!base_time_ || *time > *base_time_);
}

// Points into `base` afterwards.
void Salvaging::set_base(const Statements& base) {
  base_nodes_.clear();
  base_entries_.clear();
  base_members_.clear();
  base_time_ = updated(base);
  for (const Claim& claim : base.nodes) base_nodes_[claim.name] = &claim;
  for (const Claim& claim : base.entries) base_entries_.emplace(claim.name, &claim);
  for (const Claim& claim : base.members) base_members_[claim.name] = &claim;
}

const Claim* Salvaging::base_claim(Claims kind, const std::string& name) const {
  const Named& named = kind == &Statements::nodes
                           ? base_nodes_
                           : (kind == &Statements::entries ? base_entries_ : base_members_);
  const auto found = named.find(name);
  return found == named.end() ? nullptr : found->second;
}

// Step 3. In the order in which the names first appear.
std::vector<const Claim*> Salvaging::choose(Claims kind) {
  std::map<std::string, std::size_t> places;
  std::vector<const Claim*> best;
  const auto consider = [&](const Claim& claim, bool of_file) {
    if (claim.in_doubt || (base_ && kind == &Statements::members && is_derived_member(claim.name)))
      return;
    const Claim* base = base_claim(kind, claim.name);
    if (base != nullptr && agree(kind, *base, claim)) return;
    const auto [place, is_new] = places.try_emplace(claim.name, best.size());
    if (is_new) {
      best.push_back(&claim);
      return;
    }
    const Claim*& chosen = best[place->second];
    if (agree(kind, *chosen, claim)) return;
    const bool better = is_better(kind, *chosen, claim);
    const Claim* other = better ? chosen : &claim;
    if (better) chosen = &claim;
    if (other->source == "file" && of_file) passed_over_.push_back(other);
  };
  for (const Claim& claim : file_.*kind) consider(claim, true);
  for (std::size_t i = 0; i < said_.size(); ++i) {
    if (!contributes(i)) continue;
    const bool is_log = sources_[i].kind == SourceKind::kLog;
    for (const Claim& claim : said_[i].*kind) {
      const auto time = parse_rfc3339(claim.value.find("timestamp").string());
      // What a log added before the base was written the base has, or somebody took it out.
      if (is_log && base_time_ && time && *time <= *base_time_) continue;
      consider(claim, false);
    }
  }
  return best;
}

std::optional<std::string> Salvaging::latest_update(const Chosen& chosen) const {
  if (chosen.empty()) return std::nullopt;
  std::optional<Timestamp> latest;
  std::string json;
  const auto consider = [&](json::Value value) {
    const auto time = parse_rfc3339(value.string());
    if (!time || (latest && *latest >= *time)) return;
    latest = time;
    json = value.raw();
  };
  for (const Claim& member : file_.members) {
    if (member.name == "last_updated") consider(member.value);
  }
  for (const Claim* entry : chosen.entries) consider(entry->value.find("timestamp"));
  for (const Claim* node : chosen.nodes) {
    for (const char* name : {"started_at", "blocked_at", "completed_at", "journaled_at"}) {
      consider(node->value.find("metadata").find(name));
    }
  }
  return latest ? std::optional(json) : std::nullopt;
}

// What stands whole behind the document and has no place in it yet.
std::vector<const Claim*> Salvaging::lacking(Claims kind) {
  std::vector<const Claim*> found;
  std::set<std::string> names;
  for (const Claim& claim : file_.*kind) {
    const Claim* own = base_claim(kind, claim.name);
    if (own != nullptr) {
      if (!agree(kind, *own, claim)) passed_over_.push_back(&claim);
    } else if (!claim.in_doubt && names.insert(claim.name).second) {
      found.push_back(&claim);
    }
  }
  return found;
}

// Nodes that the document lists as children and does not have, and all below them.
void Salvaging::restore_missing_children(Chosen& chosen) const {
  std::vector<json::Value> open;
  for (const auto& [id, claim] : base_nodes_) open.push_back(claim->value);
  std::set<std::string> there;
  for (const Claim* node : chosen.nodes) {
    there.insert(node->name);
    open.push_back(node->value);
  }
  while (!open.empty()) {
    const json::Value node = open.back();
    open.pop_back();
    for (const json::Value child : node.find("children").elements()) {
      const std::string id(child.string());
      if (!child.is_string() || base_nodes_.contains(id) || there.contains(id)) continue;
      for (const Statements& statements : said_) {
        const Claim* claim = find(statements.nodes, id);
        if (claim == nullptr || claim->in_doubt) continue;
        chosen.nodes.push_back(claim);
        there.insert(id);
        open.push_back(claim->value);
        break;
      }
    }
  }
}

// Updates add nodes and entries, and leave a fresh time in what they touch. A document that lacks
// what the base has, or says something else without a fresh time where pieces may meet, is
// nobody's. Without a base: one that contradicts itself and is out of step.
bool Salvaging::is_nobodys(const Statements& document) const {
  if (!document.is_document) return false;
  if (!base_) {
    return !unsound_nodes(*document.tree).empty() &&
           is_out_of_step(*document.text, damaged_.limits);
  }
  const Statements& base = said_[*base_];
  if (is_less_sound(document, base)) return true;
  const auto is_stale = [&](const Claim& claim) {
    const auto newest = newest_time(claim.value);
    return !newest || (base.newest && *newest <= *base.newest);
  };
  // Where nodes that nobody doubts were changed without a time, too, that is the way of the file;
  // even there members are changed and added, not taken away.
  const bool edited =
      std::any_of(document.nodes.begin(), document.nodes.end(), [&](const Claim& claim) {
        return !claim.in_doubt && is_stale(claim) && !witnesses_.confirm(&Statements::nodes, claim);
      });
  for (const Claims kind : {&Statements::nodes, &Statements::entries}) {
    const bool tells = kind == &Statements::entries || !edited;
    for (const Claim& before : base.*kind) {
      const Claim* now = base_claim(kind, before.name);
      if (now == nullptr) return true;
      if (!now->in_doubt) continue;
      if (changes_a_kind(now->value, before.value)) return true;
      if (!is_stale(*now)) continue;
      if (tells || lacks_a_member(now->value, before.value)) return true;
    }
    for (const Claim& claim : document.*kind) {
      if (tells && claim.in_doubt && is_stale(claim)) return true;
    }
  }
  return false;
}

Salvaged Salvaging::keep_document() {
  const std::size_t end = damage_.document_end;
  Salvaged salvaged;
  salvaged.base = "file";
  salvaged.recovered.push_back({"", "file", {0, end}});
  const std::string bytes = damaged_.bytes.substr(0, end);
  document_ = read_document("file", bytes, damaged_.limits);
  set_base(document_);
  doubt(document_, bytes, {.strict = true}, witnesses_);
  const bool repeats = document_.tree != nullptr && repeats_a_key(document_.tree->root());
  if (repeats || is_nobodys(document_)) {
    document_ = {};
    return rebuild_document(true);
  }
  file_ = read_fragments("file", damaged_.bytes, damaged_.limits, end);
  // Behind the end of the shorter version only the longer one was written.
  for (const Claims kind : kKinds) {
    for (Claim& claim : file_.*kind) claim.in_doubt = claim.repeats || !claim.in_step;
  }
  file_.members.clear();
  Chosen chosen;
  if (document_.is_document) {
    chosen.nodes = lacking(&Statements::nodes);
    chosen.entries = lacking(&Statements::entries);
    restore_missing_children(chosen);
  }
  const Result<std::string> joined = put(bytes, chosen, damaged_.limits);
  if (!joined) {
    salvaged.refusal = joined.error().message;
    return salvaged;
  }
  salvaged = finished(*joined, chosen, std::move(salvaged));
  note_dropped(end, salvaged);
  return salvaged;
}

// A seam that does not lie where seams are likely is taken for a slip.
Salvaged Salvaging::rebuild_document() {
  const Span error{damage_.span.begin, damage_.span.end + 1};
  const bool slip = damage_.kind == json::DamageKind::kSyntax;
  return rebuild_document(is_spliced(damage_.kind) ||
                          (slip && SeamDoubt(damaged_.bytes).is_possible(error)));
}

Salvaged Salvaging::rebuild_document(bool spliced) {
  file_ = read_fragments("file", damaged_.bytes, damaged_.limits);
  if (!is_usable(file_)) file_.members.clear();
  doubt(file_, damaged_.bytes, {.spliced = spliced, .strict = base_.has_value()}, witnesses_);
  if (!base_) {
    set_base({});
    return frame_document();
  }
  set_base(said_[*base_]);
  Chosen chosen{choose(&Statements::nodes), choose(&Statements::entries),
                choose(&Statements::members)};
  // A node that hangs on nothing has no place in a whole document.
  std::set<std::string> there;
  for (const Claim* node : chosen.nodes) there.insert(node->name);
  std::erase_if(chosen.nodes, [&](const Claim* node) {
    const json::Value parent = node->value.find("parent");
    const std::string id(parent.string());
    const bool hangs = !parent.is_string() || base_nodes_.contains(id) || there.contains(id);
    if (!hangs && node->source == "file") passed_over_.push_back(node);
    return !hangs;
  });
  const Source& base = sources_[*base_];
  Salvaged salvaged;
  salvaged.base = base.id;
  salvaged.recovered.push_back({"", base.id, {0, base.bytes.size()}});
  const Result<std::string> bytes = put(base.bytes, chosen, damaged_.limits);
  if (!bytes) {
    salvaged.refusal = bytes.error().message;
    return salvaged;
  }
  salvaged = finished(*bytes, chosen, std::move(salvaged));
  note_dropped(0, salvaged);
  return salvaged;
}

Salvaged Salvaging::frame_document() {
  Chosen chosen{choose(&Statements::nodes), choose(&Statements::entries),
                choose(&Statements::members)};
  const auto has = [](const std::vector<const Claim*>& claims, std::string_view name) {
    return std::any_of(claims.begin(), claims.end(),
                       [&](const Claim* claim) { return claim->name == name; });
  };
  Salvaged salvaged;
  if (!has(chosen.nodes, "spec-root")) {
    const bool nothing = chosen.nodes.empty() && chosen.entries.empty();
    salvaged.refusal = nothing ? "no source holds a whole document of this spec"
                               : "'spec-root' does not stand whole in the file, and no source "
                                 "holds a whole document of this spec";
    return salvaged;
  }
  std::string bytes = frame(chosen);
  if (!has(chosen.members, "spec_id") && !damaged_.stem.empty()) {
    // Told by the file's name.
    spec::Change change = spec::change_member({"spec_id"}, std::nullopt,
                                              json::Snippet{spec::json_text(damaged_.stem)});
    change.derived = true;
    change.after_spot.at = spec::Spot::At::kFirst;
    const auto named = spec::apply_changes(bytes, {change});
    if (named) {
      bytes = *named;
      salvaged.derived.push_back(std::move(change));
    }
  }
  for (const char* name : {"generated", "last_updated"}) {
    if (!has(chosen.members, name)) {
      salvaged.lost.push_back({std::string("/") + name, "no source has it whole"});
    }
  }
  salvaged = finished(bytes, chosen, std::move(salvaged));
  note_dropped(0, salvaged);
  return salvaged;
}

}  // namespace sdd::repair
