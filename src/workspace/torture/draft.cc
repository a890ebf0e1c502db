#include "workspace/torture/draft.h"

#include <fmt/core.h>

#include <algorithm>

#include "json/writer.h"

namespace sdd::workspace::torture {
namespace {

constexpr const char* kTime = "2026-01-01T00:00:00.000000Z";
constexpr const char* kTitle = "Torture";
// What a task takes beside its description.
constexpr std::size_t kTaskBytes = 420;

struct DraftNode {
  std::string id;
  const char* type = "task";
  std::string parent;
  std::vector<std::string> children;
  unsigned total = 1;
  std::string description;
};

void write_node(json::Writer& out, const DraftNode& node) {
  out.key(node.id).begin_object();
  out.key("type").string(node.type);
  out.key("title").string(node.parent.empty() ? kTitle : "Title of " + node.id);
  out.key("status").string("pending");
  out.key("parent");
  node.parent.empty() ? out.null() : out.string(node.parent);
  out.key("children").begin_array();
  for (const std::string& child : node.children) out.string(child);
  out.end_array();
  out.key("total_tasks").integer(node.total);
  out.key("completed_tasks").integer(0);
  out.key("metadata").begin_object();
  if (!node.description.empty()) {
    out.key("description").string(node.description);
    out.key("task_category").string("implementation");
    out.key("file_path").string("src/" + node.id + ".cc");
  }
  out.end_object();
  out.end_object();
}

// Text of so many bytes, no two places alike.
std::string prose(std::size_t bytes) {
  std::string text;
  for (unsigned word = 0; text.size() < bytes; ++word) text += fmt::format("word {} ", word);
  text.resize(bytes);
  return text;
}

void write_hierarchy(json::Writer& out, const DraftWish& wish) {
  const std::size_t each = wish.bytes / std::max(1U, wish.writers * wish.tasks);
  const std::string description = prose(each > kTaskBytes ? each - kTaskBytes : 20);
  DraftNode root{"spec-root", "spec", "", {}, wish.writers * wish.tasks, ""};
  for (unsigned phase = 1; phase <= wish.writers; ++phase) {
    root.children.push_back(fmt::format("phase-{}", phase));
  }
  write_node(out, root);
  for (const std::string& phase : root.children) {
    DraftNode node{phase, "phase", "spec-root", {}, wish.tasks, ""};
    for (unsigned task = 1; task <= wish.tasks; ++task) {
      node.children.push_back(fmt::format("task-{}-{}", phase.substr(6), task));
    }
    write_node(out, node);
    for (const std::string& task : node.children) {
      write_node(out, {task, "task", phase, {}, 1, description});
    }
  }
}

}  // namespace

std::string draft_spec(const DraftWish& wish) {
  json::Writer out(json::Writer::kIndented);
  out.begin_object();
  out.key("spec_id").string(wish.spec_id);
  out.key("title").string(kTitle);
  out.key("generated").string(kTime);
  out.key("last_updated").string(kTime);
  out.key("metadata").begin_object();
  out.key("status").string("active");
  out.key("activated_date").string(kTime);
  out.key("progress_percentage").integer(0);
  out.end_object();
  out.key("hierarchy").begin_object();
  write_hierarchy(out, wish);
  out.end_object();
  out.key("journal").begin_array().end_array();
  out.end_object();
  return out.text() + "\n";
}

}  // namespace sdd::workspace::torture
