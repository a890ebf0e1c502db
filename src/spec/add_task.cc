// add-task: a new node at the end of the hierarchy, and its id at the end of its parent's list.
//
// Its members stand in the order of those of the last node of its type; `id` and `dependencies` are
// there when that node has them.
#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

#include "base/strings.h"
#include "json/writer.h"
#include "spec/updating.h"
#include "spec/words.h"

namespace sdd::spec {
namespace {

constexpr std::array<std::string_view, 11> kMembers = {
    "id",           "type",        "title",           "status",   "parent",     "children",
    "dependencies", "total_tasks", "completed_tasks", "metadata", "description"};

bool is_required(std::string_view member) {
  return member != "id" && member != "dependencies" && member != "description";
}

// "1-2" of "task-1-2", "1" of "phase-1-files": the numbers that ids below it begin with.
std::string numbers_of(std::string_view id) {
  std::string numbers;
  std::size_t at = id.find('-');
  const bool is_phase = id.starts_with("phase");
  while (at != std::string_view::npos) {
    const std::size_t end = std::min(id.find('-', at + 1), id.size());
    const std::string_view part = id.substr(at + 1, end - at - 1);
    if (!all_digits(part)) break;
    numbers.append(numbers.empty() ? "" : "-").append(part);
    if (is_phase) break;
    at = end == id.size() ? std::string_view::npos : end;
  }
  return numbers.empty() ? "1" : numbers;
}

std::string_view word_of_type(std::string_view type) {
  return type == "verify" ? "verify" : "task";
}

const Node* last_of_type(const Spec& spec, std::string_view type) {
  const Node* last = nullptr;
  for (const Node& node : spec.nodes()) {
    if (!node.hidden && node.type_value.string() == type) last = &node;
  }
  return last;
}

std::vector<std::string_view> members_like(const Node* model, const AddTask& wish) {
  const auto is_wanted = [&](std::string_view member) {
    if (member == "description") return wish.description.has_value();
    return is_required(member) || (model != nullptr && model->value.find(member));
  };
  std::vector<std::string_view> members;
  if (model != nullptr) {
    for (const json::Member member : model->value.members()) {
      const std::string_view name = member.key.string();
      const bool is_new = std::find(members.begin(), members.end(), name) == members.end();
      if (is_one_of(kMembers, name) && is_new && is_wanted(name)) members.push_back(name);
    }
  }
  for (const std::string_view name : kMembers) {
    const bool is_new = std::find(members.begin(), members.end(), name) == members.end();
    if (is_new && is_wanted(name)) members.push_back(name);
  }
  return members;
}

void write_metadata(json::Writer& out, const AddTask& wish) {
  out.begin_object();
  if (wish.category) out.key("task_category").string(*wish.category);
  if (wish.file_path) out.key("file_path").string(*wish.file_path);
  if (wish.type == "verify") out.key("verification_type").string("manual");
  out.end_object();
}

void write_member(json::Writer& out, std::string_view name, const AddTask& wish,
                  std::string_view id) {
  out.key(name);
  if (name == "id") out.string(id);
  if (name == "type") out.string(wish.type);
  if (name == "title") out.string(wish.title);
  if (name == "status") out.string("pending");
  if (name == "parent") out.string(wish.parent);
  if (name == "children") out.begin_array().end_array();
  if (name == "total_tasks") out.integer(1);
  if (name == "completed_tasks") out.integer(0);
  if (name == "description") out.string(*wish.description);
  if (name == "metadata") write_metadata(out, wish);
  if (name == "dependencies") {
    out.begin_object();
    for (const char* list : {"blocks", "blocked_by", "depends"}) {
      out.key(list).begin_array().end_array();
    }
    out.end_object();
  }
}

Result<void> check(const AddTask& wish, const Node& parent) {
  constexpr std::array<std::string_view, 3> kTypes = {"task", "subtask", "verify"};
  if (!is_one_of(kTypes, wish.type)) {
    return fail(ErrorKind::kUsage, fmt::format("{} is no type of task", quote(wish.type)),
                nearest(wish.type, {kTypes.begin(), kTypes.end()}));
  }
  if (wish.title.empty()) return fail(ErrorKind::kUsage, "a task needs a title");
  if (wish.category && !is_one_of(kTaskCategories, *wish.category)) {
    return fail(ErrorKind::kUsage, fmt::format("{} is no category", quote(*wish.category)),
                nearest(*wish.category, {kTaskCategories.begin(), kTaskCategories.end()}));
  }
  const std::string_view category =
      wish.category ? std::string_view(*wish.category) : "implementation";
  const bool needs_file = category == "implementation" || category == "refactoring";
  if (wish.type == "task" && needs_file && wish.file_path.value_or("").empty()) {
    return fail(ErrorKind::kRefused,
                fmt::format("a task of category {} names the file that it changes (--file-path), "
                            "or is of another --category",
                            category));
  }
  if (parent.is_leaf() && parent.status == Status::kCompleted) {
    return fail(ErrorKind::kRefused,
                fmt::format("{} is completed, and its completion would be lost", quote(parent.id)));
  }
  return {};
}

}  // namespace

std::string new_task_id(const Spec& spec, const AddTask& task) {
  const std::string beginning =
      fmt::format("{}-{}-", word_of_type(task.type), numbers_of(task.parent));
  std::uint64_t last = 0;
  for (const Node& node : spec.nodes()) {
    if (!node.id.starts_with(beginning)) continue;
    const std::string_view rest = node.id.substr(beginning.size());
    std::uint64_t number = 0;
    const auto read = std::from_chars(rest.data(), rest.data() + rest.size(), number);
    const bool is_number = read.ec == std::errc() && read.ptr == rest.data() + rest.size();
    if (is_number && number < UINT64_MAX) last = std::max(last, number);
  }
  return beginning + std::to_string(last + 1);
}

Result<Update> run(const Spec& spec, const AddTask& wish, const Occasion& occasion) {
  Updating updating(spec, occasion);
  const auto found = updating.find(wish.parent);
  if (!found) return tl::unexpected<Error>(found.error());
  const Node& parent = **found;
  if (const auto checked = check(wish, parent); !checked) {
    return tl::unexpected<Error>(checked.error());
  }
  const std::string id = new_task_id(spec, wish);
  json::Writer node(json::Writer::kCompact);
  node.begin_object();
  for (const std::string_view name : members_like(last_of_type(spec, wish.type), wish)) {
    write_member(node, name, wish, id);
  }
  updating.draft().set({"hierarchy", id}, node.end_object().text());
  updating.draft().add(node_path(parent, "children"), json_text(id));
  updating.roll_up({.parent = spec.index_of(parent)});
  return updating.finish();
}

}  // namespace sdd::spec
