#include <fmt/core.h>

#include "base/strings.h"
#include "cli/answer.h"
#include "cli/columns.h"
#include "cli/command.h"
#include "workspace/open_spec.h"

namespace sdd::cli {
namespace {

constexpr Option kTaskInfoOptions[] = {
    {"SPEC", Takes::kArgument, nullptr, "a spec id or path"},
    {"TASK", Takes::kArgument, nullptr, "the id of a task, a phase or any other node"},
};

void write_json(const spec::Node& node, json::Writer& out) {
  out.begin_object();
  out.key("id").string(node.id);
  for (const json::Member member : node.value.members()) {
    if (member.key.string() == "id") continue;
    out.key(member.key.string()).value(member.value);
  }
  out.end_object();
}

// A value as one line: a text as it is, anything else as JSON.
std::string line_of(json::Value value) {
  if (value.is_string()) return shortened(value.string(), 200);
  json::Writer out(json::Writer::kCompact);
  out.value(value);
  return shortened(out.text(), 200);
}

void append_members(json::Value object, const std::string& indent, std::string& out) {
  Columns table(false, indent);
  for (const json::Member member : object.members()) {
    const std::string_view key = member.key.string();
    if (key == "title" || key == "metadata" || key == "dependencies" || key == "id") continue;
    const bool empty =
        member.value.size() == 0 && (member.value.is_array() || member.value.is_object());
    if (empty || member.value.is_null()) continue;
    table.row({{std::string(key)}, {line_of(member.value)}});
  }
  out += table.text();
}

std::string text_of(const spec::Node& node, bool color) {
  std::string out = fmt::format("{} {}\n", painted(printable(node.id), Color::kBold, color),
                                painted(shortened(node.title.string(), 80), color_of(node), color));
  append_members(node.value, "  ", out);
  if (node.dependencies.size() > 0) {
    out += "  dependencies\n";
    append_members(node.dependencies, "    ", out);
  }
  if (node.metadata_value.size() > 0) {
    out += "  metadata\n";
    append_members(node.metadata_value, "    ", out);
  }
  return out;
}

Result<int> run_task_info(const Session& session, const Arguments& arguments) {
  const auto opened = workspace::open_spec(arguments.text("SPEC"), session.places());
  if (!opened) return tl::unexpected(opened.error());
  const auto task = workspace::find_task(**opened, arguments.text("TASK"));
  if (!task) return tl::unexpected(task.error());
  return answer(
      session, [&](json::Writer& out) { write_json(**task, out); },
      [&] { return text_of(**task, session.color()); });
}

}  // namespace

extern const Command kTaskInfo;
constinit const Command kTaskInfo = {
    .name = "task-info",
    .summary = "one task, phase or other node as it stands in the file",
    .details = "--json gives the node's members as they are written, with its id first.",
    .example = "sdd task-info billing-2026-02-11-001 task-1-2",
    .options = kTaskInfoOptions,
    .run = run_task_info};

}  // namespace sdd::cli
