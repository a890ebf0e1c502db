// roll_up():
// 1. Counts and statuses as they will be, from the leaves up (roll_up.h).
// 2. The nodes above the one that changes, found along the lists of children, each after those
//    below it: whatever they state differently is set.
// 3. progress_percentage, current_phase and a status at the top, where they stand.
#include "spec/updating.h"

#include <fmt/core.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "base/strings.h"
#include "json/writer.h"
#include "spec/counts.h"
#include "spec/journal.h"
#include "spec/kinship.h"
#include "spec/outline.h"

namespace sdd::spec {
namespace {

constexpr std::int64_t kDayAhead = 24LL * 3600 * 1'000'000;

// A word that may stand for the folder the file lies in as well as for the state of its tasks.
bool is_folder_name(std::string_view word) {
  return word == "pending" || word == "active" || word == "completed" || word == "archived";
}

// The nodes that the change reaches: the node itself, and all whose lists lead to it.
std::vector<std::uint32_t> reached(const Spec& spec, const Supposed& supposed) {
  const Kinship kin(spec);
  std::vector<bool> is_reached(spec.nodes().size(), false);
  if (supposed.node != kNoNode) is_reached[supposed.node] = true;
  if (supposed.parent != kNoNode) is_reached[supposed.parent] = true;
  std::vector<std::uint32_t> found;
  for (const std::uint32_t index : kin.children_first()) {
    const Node& node = spec.nodes()[index];
    for (const Child& child : spec.children(node)) {
      if (child.node != kNoNode && is_reached[child.node]) is_reached[index] = true;
    }
    if (is_reached[index] && !node.hidden && node.value.is_object()) found.push_back(index);
  }
  return found;
}

}  // namespace

Timestamp moment_of(const Spec& spec, const Occasion& occasion, std::vector<std::string>& remarks) {
  if (occasion.exact) return occasion.now;
  const std::int64_t limit = occasion.now.microseconds + kDayAhead;
  std::int64_t moment = occasion.now.microseconds;
  std::optional<Timestamp> too_late;
  const auto look_at = [&](json::Value value) {
    const auto time = parse_rfc3339(value.string());
    if (!time) return;
    if (time->microseconds <= limit) {
      moment = std::max(moment, time->microseconds + 1);
    } else if (!too_late || *too_late < *time) {
      too_late = time;
    }
  };
  look_at(spec.last_updated);
  for (const JournalEntry& entry : spec.journal()) look_at(entry.timestamp());
  if (too_late) {
    remarks.push_back(
        fmt::format("the newest time in the file, {}, lies more than a day ahead of the clock: "
                    "the clock's time was written",
                    format_rfc3339(*too_late)));
  }
  return {moment};
}

std::string names_of(const std::vector<const Node*>& nodes) {
  constexpr std::size_t kMost = 5;
  std::vector<std::string> names;
  for (std::size_t i = 0; i < std::min(kMost, nodes.size()); ++i) {
    names.push_back(quoted(nodes[i]->id));
  }
  if (nodes.size() > kMost) names.push_back(fmt::format("{} more", nodes.size() - kMost));
  return join_and(names);
}

Updating::Updating(const Spec& spec, const Occasion& occasion)
    : spec_(spec), occasion_(occasion), draft_(spec) {
  update_.at = moment_of(spec, occasion, update_.remarks);
  time_ = format_rfc3339(update_.at);
}

Result<const Node*> Updating::find(std::string_view id) const {
  const Node* node = spec_.find(id);
  if (node == nullptr) {
    return fail(ErrorKind::kNotFound, fmt::format("there is no node {}", quoted(id)),
                nearest(id, spec_.ids()));
  }
  if (!node->value.is_object()) {
    return fail(ErrorKind::kRefused, fmt::format("the node {} is {}, not an object", quoted(id),
                                                 json::kind_name(node->value.kind())));
  }
  return node;
}

Path Updating::path(const Node& node, std::string_view member) {
  return {"hierarchy", std::string(node.id), std::string(member)};
}

Path Updating::metadata(const Node& node, std::string_view member) {
  return {"hierarchy", std::string(node.id), "metadata", std::string(member)};
}

Path Updating::own_metadata(std::string_view member) const {
  if (!spec_.metadata.find(member) && spec_.root_value().find(member)) return {std::string(member)};
  return {"metadata", std::string(member)};
}

void Updating::add_entry(std::string_view type, std::string_view title, std::string_view content,
                         std::string_view task) {
  json::Writer entry(json::Writer::kCompact);
  entry.begin_object();
  entry.key("timestamp").string(time_).key("entry_type").string(type);
  entry.key("title").string(title).key("author").string(occasion_.author);
  entry.key("content").string(content).key("metadata").begin_object().end_object();
  if (!task.empty()) entry.key("task_id").string(task);
  draft_.add({"journal"}, entry.end_object().text());
}

void Updating::mark_journaled(const Node& node) {
  draft_.set_flag(metadata(node, "needs_journaling"), false);
  draft_.set_text(metadata(node, "journaled_at"), time_);
}

void Updating::drop_completion(const Node& node) {
  for (const char* member : {"completed_at", "needs_journaling", "journaled_at"}) {
    draft_.remove(metadata(node, member));
  }
}

void Updating::roll_up(const Supposed& supposed, bool journal) {
  const std::vector<Recount> all = recount(spec_, supposed);
  for (const std::uint32_t index : reached(spec_, supposed)) {
    const Node& node = spec_.nodes()[index];
    if (node.total != all[index].total) {
      draft_.set_number(path(node, "total_tasks"), all[index].total, true);
    }
    if (node.completed != all[index].completed) {
      draft_.set_number(path(node, "completed_tasks"), all[index].completed, true);
    }
    const bool has_children = node.child_count > 0 || index == supposed.parent;
    if (has_children) roll_up_node(node, all[index], journal);
  }
  roll_up_spec(all);
}

void Updating::roll_up_node(const Node& node, const Recount& should, bool journal) {
  if (!should.status || should.status == node.status) return;
  draft_.set_text(path(node, "status"), to_string(*should.status), true);
  if (node.status == Status::kCompleted) drop_completion(node);
  const bool closes = should.status == Status::kCompleted;
  if (!closes || (node.type != NodeType::kPhase && node.type != NodeType::kGroup)) return;
  draft_.set_flag(metadata(node, "needs_journaling"), true);
  draft_.set_text(metadata(node, "completed_at"), time_);
  if (!journal) {
    draft_.remove(metadata(node, "journaled_at"));
    return;
  }
  add_entry("status_change", fmt::format("Phase Completed: {}", node.title.string()),
            fmt::format("All child tasks in phase {} have been completed.", node.id), node.id);
  mark_journaled(node);
}

void Updating::roll_up_spec(const std::vector<Recount>& all) {
  const Node* root = spec_.root();
  if (root == nullptr) return;
  const Recount& whole = all[spec_.index_of(*root)];
  const auto progress = percentage(whole.completed, whole.total);
  const std::vector<Path> places = {{"metadata"}, {}};
  std::optional<std::string_view> phase;
  for (Path place : places) {
    const json::Value object = place.empty() ? spec_.root_value() : spec_.metadata;
    place.emplace_back("progress_percentage");
    if (const json::Value value = object.find(place.back());
        value && value.number() != static_cast<double>(progress)) {
      draft_.set_number(place, progress, true);
    }
    place.back() = "current_phase";
    if (object.find(place.back()).is_string()) {
      if (!phase) {
        phase = "";
        for (const Status wanted : {Status::kPending, Status::kInProgress}) {
          const std::vector<const Node*> nodes = phases(spec_);
          const auto first = std::find_if(nodes.begin(), nodes.end(), [&](const Node* node) {
            return all[spec_.index_of(*node)].status == wanted;
          });
          if (first != nodes.end()) phase = (*first)->id;
        }
      }
      if (!phase->empty()) draft_.set_text(place, *phase, true);
    }
    place.back() = "status";
    const std::string_view word = object.find(place.back()).string();
    const bool follows = root->status && word == to_string(*root->status) &&
                         (place.size() == 1 || !is_folder_name(word));
    if (follows && whole.status) draft_.set_text(place, to_string(*whole.status), true);
  }
}

Result<Update> Updating::finish() {
  Result<Changes> changes = draft_.take();
  if (!changes) return tl::unexpected<Error>(changes.error());
  update_.changes = std::move(*changes);
  if (update_.changes.empty()) {
    update_.remarks.clear();
    return std::move(update_);
  }
  const auto before = parse_rfc3339(spec_.last_updated.string());
  const bool is_ahead = before && *before > update_.at && !occasion_.exact;
  if (is_ahead || spec_.last_updated.string() == time_) return std::move(update_);
  Change stamp = change_member({"last_updated"}, std::nullopt, json::Snippet{json_text(time_)});
  if (spec_.last_updated) stamp.before = json::Snippet{std::string(spec_.last_updated.raw()), true};
  stamp.derived = true;
  update_.changes.push_back(std::move(stamp));
  return std::move(update_);
}

Result<Update> update(const Spec& spec, const Operation& operation, const Occasion& occasion) {
  if (!spec.root_value().is_object()) {
    return fail(ErrorKind::kRefused, "the file is no object, so it is no spec");
  }
  return std::visit([&](const auto& wish) { return run(spec, wish, occasion); }, operation);
}

}  // namespace sdd::spec
