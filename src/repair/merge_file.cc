// 1. Equal bytes need no merge, whatever the file is.
// 2. The path, or where it is not known what stands in ours, tells what the file is.
// 3. A spec, or a list of entries, is joined. Where that cannot be done because a version is
//    damaged, the versions are asked which of them it is.
#include "repair/merge_file.h"

#include <fmt/core.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "base/strings.h"
#include "json/scan.h"
#include "rules/engine.h"
#include "rules/table.h"
#include "spec/diff.h"
#include "text/damage.h"
#include "text/source_text.h"

namespace sdd::repair {
namespace {

using Outcome = FileMerge::Outcome;

std::string_view name_in(std::string_view path) {
  return path.substr(path.rfind('/') == std::string_view::npos ? 0 : path.rfind('/') + 1);
}

bool is_spec(std::string_view path, const std::string& bytes) {
  if (!path.empty() && (!path.ends_with(".json") || name_in(path).starts_with('.'))) return false;
  if (!rules::place_of(path).status_folder.empty()) return true;
  json::Parser parser;
  json::Tree tree;
  return parser.parse(bytes, tree) && tree.root().find("hierarchy").is_object();
}

// What a file of the memory bank is for, wherever the bank lies.
bank::Kind bank_kind(std::string_view path) {
  const std::string_view name = name_in(path);
  if (name == "current_tasks.md") return bank::Kind::kCurrentTasks;
  std::string_view folder = path.substr(0, path.size() - name.size());
  if (!folder.empty()) folder.remove_suffix(1);
  if (name_in(folder) != "branch_updates" || !name.ends_with(".md")) return bank::Kind::kOther;
  return bank::kind_of("branch_updates/" + std::string(name));
}

std::string told(const char* name, const std::string& bytes, const json::Damage& damage) {
  const SourceText source("", bytes);
  const Position place = source.position(damage.span.begin);
  const rules::Rule* rule = rules::find_rule(json::to_string(damage.kind));
  return fmt::format("{} is damaged at line {}, column {}: {}{}", name, place.line, place.column,
                     rule == nullptr ? "" : fmt::format("[{}] ", rule->code), damage.message);
}

// The first version that is damaged, as an Error; nothing when all are whole. An empty base is.
template <typename Scan>
std::optional<Error> damage_of(const FileVersions& versions, const Scan& scan) {
  const std::pair<const char*, const std::string*> all[] = {{"their version", &versions.theirs},
                                                            {"our version", &versions.ours},
                                                            {"base", &versions.base}};
  for (const auto& [name, bytes] : all) {
    if (bytes == &versions.base && bytes->empty()) continue;
    if (const std::optional<json::Damage> damage = scan(*bytes)) {
      return Error{ErrorKind::kDamaged, told(name, *bytes, *damage), {}};
    }
  }
  return std::nullopt;
}

Result<FileMerge> merge_spec(const FileVersions& versions) {
  Result<Merged> merged = versions.base.empty()
                              ? merge_unrelated(versions.ours, versions.theirs)
                              : merge(versions.base, versions.ours, versions.theirs);
  if (!merged) {
    const auto damage =
        damage_of(versions, [](const std::string& bytes) { return json::scan(bytes); });
    return tl::unexpected<Error>(damage.value_or(merged.error()));
  }
  FileMerge result;
  result.outcome = merged->conflicts.empty() ? Outcome::kMerged : Outcome::kConflict;
  result.bytes = std::move(merged->bytes);
  for (const Conflict& conflict : merged->conflicts) result.conflicts.push_back(conflict.message);
  return result;
}

Result<FileMerge> merge_entries(const FileVersions& versions, bank::Kind kind,
                                const Markers& markers) {
  const auto damage =
      damage_of(versions, [](const std::string& bytes) { return json::text_damage(bytes); });
  if (damage) return tl::unexpected<Error>(*damage);
  const std::string* base = versions.base.empty() ? nullptr : &versions.base;
  BankMerged merged = merge_bank({base, versions.ours, versions.theirs}, kind, &markers);
  FileMerge result;
  if (merged.conflicts.empty()) {
    result.outcome = Outcome::kMerged;
  } else {
    result.outcome = merged.bytes.empty() ? Outcome::kText : Outcome::kConflict;
  }
  result.bytes = std::move(merged.bytes);
  for (const BankConflict& conflict : merged.conflicts) {
    result.conflicts.push_back(conflict.message);
  }
  return result;
}

// The status at which a task began that both sides have, as far as the statuses of both tell: work
// goes from pending to completed. Nothing for what is no such status.
std::optional<spec::Status> start_of(const spec::Change& change, const spec::Spec& ours,
                                     const spec::Spec& theirs) {
  if (change.path.size() != 3 || change.path[2] != "status") return std::nullopt;
  const spec::Node* own = ours.find(change.path[1]);
  const spec::Node* other = theirs.find(change.path[1]);
  if (own == nullptr || other == nullptr || !own->status || !other->status) return std::nullopt;
  const bool leaves = own->child_count == 0 && other->child_count == 0 && !own->hidden;
  const auto stands_outside = [](const spec::Node& node) {
    return node.status == spec::Status::kBlocked;
  };
  if (!leaves || stands_outside(*own) || stands_outside(*other)) return std::nullopt;
  const bool told_twice = own->metadata.completed_at.raw() != other->metadata.completed_at.raw();
  if (own->status == other->status && told_twice) return spec::Status::kPending;
  return std::min(*own->status, *other->status);
}

}  // namespace

Result<FileMerge> merge_file(std::string_view path, const FileVersions& versions,
                             const Markers& markers) {
  // 1.
  if (versions.ours == versions.theirs) return FileMerge{Outcome::kMerged, versions.ours, {}};
  if (!versions.base.empty()) {
    if (versions.base == versions.theirs) return FileMerge{Outcome::kMerged, versions.ours, {}};
    if (versions.base == versions.ours) return FileMerge{Outcome::kMerged, versions.theirs, {}};
  }
  // 2. and 3.
  const bank::Kind kind = bank_kind(path);
  if (kind == bank::Kind::kLog || kind == bank::Kind::kCurrentTasks) {
    return merge_entries(versions, kind, markers);
  }
  if (is_spec(path, versions.ours)) return merge_spec(versions);
  return FileMerge{};
}

// What only ours says is taken out, and what theirs says differently as well: against that base
// both sides have added it.
Result<Merged> merge_unrelated(const std::string& ours, const std::string& theirs) {
  json::Parser parser;
  json::Tree own_tree;
  json::Tree other_tree;
  if (!parser.parse(ours, own_tree)) return fail(ErrorKind::kDamaged, "'ours' is no JSON document");
  if (!parser.parse(theirs, other_tree)) {
    return fail(ErrorKind::kDamaged, "'theirs' is no JSON document");
  }
  if (ours == theirs) return Merged{ours, {}, {}};
  const spec::Spec own(own_tree);
  const spec::Spec other(other_tree);
  spec::Changes gone;
  for (spec::Change& change : spec::diff(own, other)) {
    if (!change.before || change.moves() || start_of(change, own, other)) continue;
    change.after.reset();
    change.after_spot = {};
    gone.push_back(std::move(change));
  }
  for (const spec::Node& node : own.nodes()) {
    const std::string id(node.id);
    const spec::Path path = {"hierarchy", id, "status"};
    const json::Snippet status{std::string(node.status_value.raw()), true};
    const auto start = start_of(spec::change_member(path, status, std::nullopt), own, other);
    if (!start || node.status == start) continue;
    const json::Snippet word{"\"" + std::string(spec::to_string(*start)) + "\""};
    gone.push_back(spec::change_member(path, status, word));
  }
  const std::string base = spec::apply_changes(ours, gone).value_or("{}");
  return merge(base, ours, theirs);
}

}  // namespace sdd::repair
