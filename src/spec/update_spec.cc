// The updates that are about the spec as a whole, and set-metadata: sync-metadata, activate-spec,
// complete-spec, move-spec.
#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <vector>

#include "base/strings.h"
#include "spec/counts.h"
#include "spec/open_work.h"
#include "spec/outline.h"
#include "spec/progress.h"
#include "spec/updating.h"
#include "spec/words.h"

namespace sdd::spec {
namespace {

constexpr std::array<std::string_view, 4> kFolders = {"pending", "active", "completed", "archived"};

// Members of a node's metadata that have a command of their own.
constexpr std::array<std::string_view, 14> kOwned = {
    "started_at",          "completed_at",   "needs_journaling",
    "journaled_at",        "actual_hours",   "status_note",
    "blocked_at",          "blocker_type",   "blocker_description",
    "blocked_by_external", "blocker_ticket", "resolved_blockers",
    "verification_result", "status"};

// What keeps the spec from being finished: open leaves, and phases and groups that are not
// completed.
std::vector<const Node*> unfinished(const Spec& spec) {
  std::vector<const Node*> found;
  for (const OutlineItem& item : outline(spec)) {
    const Node& node = *item.node;
    const bool counts =
        node.is_leaf() || node.type == NodeType::kPhase || node.type == NodeType::kGroup;
    if (counts && node.status != Status::kCompleted) found.push_back(&node);
  }
  return found;
}

double hours_of_leaves(const Spec& spec) {
  double hours = 0;
  for (const Node& node : spec.nodes()) {
    if (!node.is_leaf() || node.hidden) continue;
    const double own = node.metadata_value.find("actual_hours").number().value_or(0);
    if (own > 0) hours += own;
  }
  return hours;
}

Result<void> check_value(const Node& node, std::string_view key, json::Value value) {
  const json::Value category = key == "task_category" ? value : node.metadata.task_category;
  const json::Value file = key == "file_path" ? value : node.metadata.file_path;
  const auto check_word = [&](const auto& words) -> Result<void> {
    if (value.is_string() && is_one_of(words, value.string())) return {};
    return fail(ErrorKind::kUsage, fmt::format("{} is no {}", quote(value.string()), key),
                nearest(value.string(), {words.begin(), words.end()}));
  };
  if (key == "task_category") {
    if (const auto checked = check_word(kTaskCategories); !checked) return checked;
  }
  if (key == "verification_type") return check_word(kVerificationTypes);
  if ((key != "task_category" && key != "file_path") || node.type != NodeType::kTask) return {};
  const bool needs_file = !category || category.is_null() ||
                          category.string() == "implementation" ||
                          category.string() == "refactoring";
  const bool has_file = file && !file.is_null() && !(file.is_string() && file.string().empty());
  if (!needs_file || has_file) return {};
  return refuse(fmt::format("{} would be a task that changes files, and name none: set {} first",
                            quote(node.id), key == "file_path" ? "task_category" : "file_path"));
}

}  // namespace

Result<Update> run(const Spec& spec, const SyncMetadata&, const Occasion& occasion) {
  Updating updating(spec, occasion);
  const Node* root = spec.root();
  if (root == nullptr) return refuse("there is no node 'spec-root' whose counts could be taken");
  Draft& draft = updating.draft();
  const Progress progress = ProgressReader(spec).of(*root);
  const auto percent = percentage(progress.completed, progress.total);
  const Path place = updating.own_metadata("progress_percentage");
  if (draft.at(place).number() != static_cast<double>(percent)) {
    draft.set_number(place, percent, true);
  }
  if (const Node* phase = current_phase(spec); phase != nullptr) {
    const Path phase_place = updating.own_metadata("current_phase");
    const json::Value stands = draft.at(phase_place);
    if (!stands || stands.is_string()) draft.set_text(phase_place, phase->id, true);
  }
  return updating.finish();
}

Result<Update> run(const Spec& spec, const MoveSpec& wish, const Occasion& occasion) {
  if (!is_one_of(kFolders, wish.to)) {
    return fail(ErrorKind::kUsage, fmt::format("{} is no status folder", quote(wish.to)),
                nearest(wish.to, {kFolders.begin(), kFolders.end()}));
  }
  Updating updating(spec, occasion);
  Draft& draft = updating.draft();
  if (wish.finished) {
    const std::vector<const Node*> open = unfinished(spec);
    if (!open.empty()) return refuse(fmt::format("not completed: {}", names_of(open)));
    if (spec.root() != nullptr) {
      updating.roll_up({.node = spec.index_of(*spec.root()), .status = Status::kPending});
    }
  }
  const Path status = updating.own_metadata("status");
  const bool stays = wish.from == wish.to && draft.at(status).string() == wish.to;
  if (stays) return updating.finish();
  draft.set_text(status, wish.to);
  if (wish.to == "active") draft.set_text(updating.own_metadata("activated_date"), updating.time());
  if (wish.to == "completed") {
    draft.set_text(updating.own_metadata("completed_date"), updating.time());
    const double hours = hours_of_leaves(spec);
    if (hours > 0) draft.set(updating.own_metadata("actual_hours"), json_number(hours, 3));
  } else if (wish.to != "archived") {
    draft.remove(updating.own_metadata("completed_date"));
  }
  return updating.finish();
}

Result<Update> run(const Spec& spec, const SetMetadata& wish, const Occasion& occasion) {
  Updating updating(spec, occasion);
  const auto found = updating.find(wish.node);
  if (!found) return tl::unexpected<Error>(found.error());
  if (wish.key.empty() || wish.key.find('.') != std::string::npos) {
    return fail(ErrorKind::kUsage,
                fmt::format("{} is no name of a member of metadata", quote(wish.key)));
  }
  if (is_one_of(kOwned, wish.key)) {
    return refuse(
        fmt::format("{} is written by the commands that change a task's state", quote(wish.key)));
  }
  json::Parser parser;
  json::Tree tree;
  if (!parser.parse(wish.json, tree)) return fail(ErrorKind::kUsage, "the value is no JSON");
  if (const auto checked = check_value(**found, wish.key, tree.root()); !checked) {
    return tl::unexpected<Error>(checked.error());
  }
  updating.draft().set(metadata_path(**found, wish.key), wish.json);
  return updating.finish();
}

}  // namespace sdd::spec
