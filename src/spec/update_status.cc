// The updates that change a task's status: update-status, complete-task, mark-blocked,
// unblock-task.
#include <fmt/core.h>

#include <array>
#include <vector>

#include "base/strings.h"
#include "json/writer.h"
#include "spec/open_work.h"
#include "spec/updating.h"
#include "spec/words.h"

namespace sdd::spec {
namespace {

constexpr std::array kBlockerMembers = {"blocked_at", "blocker_type", "blocker_description",
                                        "blocked_by_external", "blocker_ticket"};

tl::unexpected<Error> refuse_blocked(const Node& node) {
  return refuse(fmt::format("{} is blocked: unblock it first", quote(node.id)));
}

// A task whose status is its own; of others it is derived.
Result<void> check_childless(const Spec& spec, const Node& node) {
  if (node.child_count == 0) return {};
  std::vector<const Node*> open = open_work(spec, node);
  std::erase(open, &node);
  if (open.empty()) {
    return refuse(fmt::format("the status of {} follows from its children, which are all completed",
                              quote(node.id)));
  }
  return refuse(fmt::format("the status of {} follows from its children; open below it: {}",
                            quote(node.id), names_of(open)));
}

// Not blocked any more: the blocker's fields become an item of resolved_blockers.
void resolve_blocker(Updating& updating, const Node& node,
                     const std::optional<std::string>& resolution) {
  const json::Value metadata = node.metadata_value;
  json::Writer item(json::Writer::kCompact);
  item.begin_object();
  item.key("blocked_at").value(metadata.find("blocked_at"));
  item.key("blocker_type").value(metadata.find("blocker_type"));
  item.key("description").value(metadata.find("blocker_description"));
  item.key("ticket").value(metadata.find("blocker_ticket"));
  item.key("resolved_at").string(updating.time());
  item.key("resolution");
  resolution ? item.string(*resolution) : item.null();
  for (const char* member : kBlockerMembers) {
    updating.draft().remove(metadata_path(node, member));
  }
  updating.draft().add(metadata_path(node, "resolved_blockers"), item.end_object().text());
}

void write_status(Updating& updating, const Node& node, Status status) {
  updating.draft().set_text(node_path(node, "status"), to_string(status));
}

void write_note(Updating& updating, const Node& node, const std::optional<std::string>& note) {
  if (note) updating.draft().set_text(metadata_path(node, "status_note"), *note);
}

void write_hours(Updating& updating, const Node& node) {
  const auto started = parse_rfc3339(node.metadata.started_at.string());
  if (!started || updating.at() < *started) return;
  const auto spent = static_cast<double>(updating.at().microseconds - started->microseconds);
  updating.draft().set(metadata_path(node, "actual_hours"), json_number(spent / 3.6e9, 3));
}

Supposed supposing(const Spec& spec, const Node& node, Status status) {
  return {.node = spec.index_of(node), .status = status};
}

Result<void> write_version(Updating& updating, const CompleteTask& wish, const Node& node,
                           const std::string& author) {
  if (!wish.bump && !wish.version) return {};
  Result<std::string> version =
      wish.version ? *wish.version : bumped_version(updating.spec(), *wish.bump);
  if (!version) return tl::unexpected<Error>(version.error());
  const std::string text =
      wish.note ? *wish.note : fmt::format("Task Completed: {}", node.title.string());
  return write_revision(updating, *version, author, text);
}

// A node above tasks: there is something to do only where they are all completed and nobody brought
// it up to date.
Result<Update> complete_parent(Updating& updating, const Node& node) {
  const Spec& spec = updating.spec();
  std::vector<const Node*> open = open_work(spec, node);
  std::erase(open, &node);
  if (node.status == Status::kBlocked) return refuse_blocked(node);
  if (!open.empty()) return tl::unexpected<Error>(check_childless(spec, node).error());
  updating.roll_up(supposing(spec, node, Status::kPending), true);
  return updating.finish();
}

}  // namespace

Result<Update> run(const Spec& spec, const UpdateStatus& wish, const Occasion& occasion) {
  Updating updating(spec, occasion);
  const auto found = updating.find(wish.task);
  if (!found) return tl::unexpected<Error>(found.error());
  const Node& node = **found;
  if (const auto checked = check_childless(spec, node); !checked) {
    return tl::unexpected<Error>(checked.error());
  }
  if (node.status == wish.status) {
    write_note(updating, node, wish.note);
    return updating.finish();
  }
  const bool completes = wish.status == Status::kCompleted;
  if (node.status == Status::kBlocked && completes) {
    return refuse_blocked(node);
  }
  write_status(updating, node, wish.status);
  if (node.status == Status::kBlocked) resolve_blocker(updating, node, wish.note);
  Draft& draft = updating.draft();
  if (node.status == Status::kCompleted) drop_completion(draft, node);
  if (wish.status == Status::kInProgress) {
    draft.set_text(metadata_path(node, "started_at"), updating.time());
  }
  if (completes) {
    draft.set_text(metadata_path(node, "completed_at"), updating.time());
    draft.set_flag(metadata_path(node, "needs_journaling"), true);
    draft.remove(metadata_path(node, "journaled_at"));
  }
  write_note(updating, node, wish.note);
  updating.roll_up(supposing(spec, node, wish.status));
  return updating.finish();
}

Result<Update> run(const Spec& spec, const CompleteTask& wish, const Occasion& occasion) {
  Updating updating(spec, occasion);
  const auto found = updating.find(wish.task);
  if (!found) return tl::unexpected<Error>(found.error());
  const Node& node = **found;
  if (node.child_count > 0 && node.status != Status::kCompleted) {
    return complete_parent(updating, node);
  }
  if (node.status == Status::kCompleted) return updating.finish();
  if (node.status == Status::kBlocked) {
    return refuse_blocked(node);
  }
  write_status(updating, node, Status::kCompleted);
  write_note(updating, node, wish.note);
  Draft& draft = updating.draft();
  draft.set_text(metadata_path(node, "completed_at"), updating.time());
  draft.set_flag(metadata_path(node, "needs_journaling"), false);
  write_hours(updating, node);
  updating.mark_journaled(node);
  const std::string note = wish.note ? "\nNote: " + *wish.note : "";
  updating.add_entry(
      wish.entry_type,
      wish.journal_title.value_or(fmt::format("Task Completed: {}", node.title.string())),
      wish.journal_content.value_or(fmt::format("Task {} marked as completed.{}", node.id, note)),
      node.id);
  if (const auto version = write_version(updating, wish, node, occasion.author); !version) {
    return tl::unexpected<Error>(version.error());
  }
  updating.roll_up(supposing(spec, node, Status::kCompleted), true);
  return updating.finish();
}

Result<Update> run(const Spec& spec, const MarkBlocked& wish, const Occasion& occasion) {
  if (!is_one_of(kBlockerTypes, wish.type)) {
    return fail(ErrorKind::kUsage, fmt::format("{} is no type of blocker", quote(wish.type)),
                nearest(wish.type, {kBlockerTypes.begin(), kBlockerTypes.end()}));
  }
  Updating updating(spec, occasion);
  const auto found = updating.find(wish.task);
  if (!found) return tl::unexpected<Error>(found.error());
  const Node& node = **found;
  if (node.status == Status::kCompleted) {
    return refuse(fmt::format("{} is completed: reopen it first", quote(node.id)));
  }
  const json::Value metadata = node.metadata_value;
  if (node.status == Status::kBlocked) {
    const bool is_same = metadata.find("blocker_description").string() == wish.reason &&
                         metadata.find("blocker_type").string() == wish.type &&
                         metadata.find("blocker_ticket").string() == wish.ticket.value_or("");
    if (is_same) return updating.finish();
    return refuse(fmt::format("{} is blocked already, by {}: unblock it first", quote(node.id),
                              quote(metadata.find("blocker_description").string())));
  }
  Draft& draft = updating.draft();
  write_status(updating, node, Status::kBlocked);
  draft.set_text(metadata_path(node, "blocked_at"), updating.time());
  draft.set_text(metadata_path(node, "blocker_type"), wish.type);
  draft.set_text(metadata_path(node, "blocker_description"), wish.reason);
  draft.set_flag(metadata_path(node, "blocked_by_external"),
                 wish.type == "resource" || wish.type == "dependency");
  if (wish.ticket) draft.set_text(metadata_path(node, "blocker_ticket"), *wish.ticket);
  updating.roll_up(supposing(spec, node, Status::kBlocked));
  return updating.finish();
}

Result<Update> run(const Spec& spec, const UnblockTask& wish, const Occasion& occasion) {
  Updating updating(spec, occasion);
  const auto found = updating.find(wish.task);
  if (!found) return tl::unexpected<Error>(found.error());
  const Node& node = **found;
  if (node.status != Status::kBlocked) {
    return refuse(fmt::format("{} is not blocked", quote(node.id)));
  }
  resolve_blocker(updating, node, wish.resolution);
  write_status(updating, node, Status::kPending);
  updating.roll_up(supposing(spec, node, Status::kPending));
  return updating.finish();
}

}  // namespace sdd::spec
