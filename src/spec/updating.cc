#include "spec/updating.h"

#include <fmt/core.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "base/strings.h"
#include "json/writer.h"
#include "spec/settle.h"

namespace sdd::spec {
namespace {

constexpr std::int64_t kDayAhead = 24LL * 3600 * 1'000'000;

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
    names.push_back(quote(nodes[i]->id));
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
    return fail(ErrorKind::kNotFound, fmt::format("there is no node {}", quote(id)),
                nearest(id, spec_.ids()));
  }
  if (!node->value.is_object()) {
    return fail(ErrorKind::kRefused, fmt::format("the node {} is {}, not an object", quote(id),
                                                 json::kind_name(node->value.kind())));
  }
  return node;
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
  draft_.set_flag(metadata_path(node, "needs_journaling"), false);
  draft_.set_text(metadata_path(node, "journaled_at"), time_);
}

void Updating::roll_up(const Supposed& supposed, bool journal) {
  const std::vector<Recount> all = recount(spec_, supposed);
  std::vector<bool> marked(spec_.nodes().size(), false);
  for (const std::uint32_t index : {supposed.node, supposed.parent}) {
    if (index != kNoNode) marked[index] = true;
  }
  for (const std::uint32_t index : nodes_above(spec_, std::move(marked))) {
    const Node& node = spec_.nodes()[index];
    settle_counts(draft_, node, all[index]);
    const bool has_children = node.child_count > 0 || index == supposed.parent;
    if (has_children) roll_up_node(node, all[index], journal);
  }
  settle_spec(draft_, spec_, all, spec_.root() != nullptr ? spec_.root()->status : std::nullopt);
}

void Updating::roll_up_node(const Node& node, const Recount& should, bool journal) {
  if (!should.status || should.status == node.status) return;
  draft_.set_text(node_path(node, "status"), to_string(*should.status), true);
  if (node.status == Status::kCompleted) drop_completion(draft_, node);
  const bool closes = should.status == Status::kCompleted;
  if (!closes || (node.type != NodeType::kPhase && node.type != NodeType::kGroup)) return;
  draft_.set_flag(metadata_path(node, "needs_journaling"), true);
  draft_.set_text(metadata_path(node, "completed_at"), time_);
  if (!journal) {
    draft_.remove(metadata_path(node, "journaled_at"));
    return;
  }
  add_entry("status_change", fmt::format("Phase Completed: {}", node.title.string()),
            fmt::format("All child tasks in phase {} have been completed.", node.id), node.id);
  mark_journaled(node);
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
