#include <fmt/core.h>

#include <iterator>

#include "base/strings.h"
#include "cli/answer.h"
#include "cli/columns.h"
#include "cli/command.h"
#include "spec/journal.h"
#include "spec/outline.h"
#include "spec/progress.h"
#include "workspace/open_spec.h"

namespace sdd::cli {
namespace {

constexpr Option kStatusReportOptions[] = {
    {"SPEC", Takes::kArgument, nullptr, "a spec id or path"},
};

struct Standing {
  explicit Standing(const workspace::OpenSpec& file)
      : opened(file), progress(file.spec), unjournaled(spec::unjournaled(file.spec).size()) {
    for (const spec::OutlineItem& item : spec::outline(file.spec)) {
      const spec::Node& node = *item.node;
      if (node.type == spec::NodeType::kPhase) phases.push_back(&node);
      if (node.status == spec::Status::kBlocked) blocked.push_back(&node);
      if (node.status == spec::Status::kInProgress && !node.is_container()) {
        in_progress.push_back(&node);
      }
    }
  }

  std::string_view status() const {
    const spec::Node* root = opened.spec.root();
    return root == nullptr ? std::string_view() : spec::status_word(*root);
  }

  const workspace::OpenSpec& opened;
  spec::ProgressReader progress;
  std::vector<const spec::Node*> phases;
  std::vector<const spec::Node*> in_progress;
  std::vector<const spec::Node*> blocked;
  std::size_t unjournaled;
};

// What is in the way of a blocked node; missing where the file does not say.
json::Value reason_of(const spec::Node& node) {
  const json::Value reason = node.metadata_value.find("blocker_description");
  return reason.is_string() ? reason : json::Value();
}

void write_progress(const spec::Progress& progress, json::Writer& out) {
  out.key("total_tasks").integer(progress.total);
  out.key("completed_tasks").integer(progress.completed);
  out.key("percentage").integer(progress.percentage());
}

void write_json(const Standing& standing, json::Writer& out) {
  const auto write_name = [&](const spec::Node& node) {
    out.key("id").string(node.id);
    out.key("title").string(node.title.string());
  };
  out.begin_object();
  out.key("spec_id").string(standing.opened.id());
  out.key("title").string(spec::title_of(standing.opened.spec));
  out.key("status").string(standing.status());
  out.key("path").string(standing.opened.source.path());
  out.key("progress").begin_object();
  write_progress(standing.progress.of_spec(), out);
  out.end_object();
  out.key("phases").begin_array();
  for (const spec::Node* phase : standing.phases) {
    out.begin_object();
    write_name(*phase);
    out.key("status").string(spec::status_word(*phase));
    write_progress(standing.progress.of(*phase), out);
    out.end_object();
  }
  out.end_array().key("in_progress").begin_array();
  for (const spec::Node* node : standing.in_progress) {
    out.begin_object();
    write_name(*node);
    out.end_object();
  }
  out.end_array().key("blocked").begin_array();
  for (const spec::Node* node : standing.blocked) {
    out.begin_object();
    write_name(*node);
    out.key("reason").value(reason_of(*node));
    out.end_object();
  }
  out.end_array();
  out.key("unjournaled").integer(static_cast<std::int64_t>(standing.unjournaled));
  out.end_object();
}

void append_phases(const Standing& standing, bool color, std::string& out) {
  Columns table(color, "  ");
  for (const spec::Node* phase : standing.phases) {
    const spec::Progress own = standing.progress.of(*phase);
    table.row({{std::string(spec::status_word(*phase)), color_of(*phase)},
               {progress_bar(own.percentage(), 10)},
               {fmt::format("{}/{}", own.completed, own.total), Color::kNone, Cell::kRight},
               {std::string(phase->id)},
               {shortened(phase->title.string(), 50)}});
  }
  if (!table.empty()) out += "\nPhases\n" + table.text();
}

void append_tasks(const char* heading, const std::vector<const spec::Node*>& nodes, bool color,
                  std::string& out) {
  Columns table(color, "  ");
  for (const spec::Node* node : nodes) {
    std::string what = shortened(node->title.string(), 60);
    if (const json::Value reason = reason_of(*node)) what += ": " + shortened(reason.string(), 100);
    table.row({{std::string(node->id), color_of(*node)}, {std::move(what)}});
  }
  if (!table.empty()) out += fmt::format("\n{}\n{}", heading, table.text());
}

std::string text_of(const Standing& standing, bool color) {
  const spec::Progress all = standing.progress.of_spec();
  std::string out =
      fmt::format("{}\n{}: {}\n\n  {} {:3}%  {} of {} completed\n", heading(standing.opened, color),
                  printable(standing.opened.source.path()),
                  standing.status().empty() ? "no status" : printable(standing.status()),
                  progress_bar(all.percentage()), all.percentage(), all.completed,
                  counted(static_cast<std::size_t>(all.total), "task"));
  append_phases(standing, color, out);
  append_tasks("In progress", standing.in_progress, color, out);
  append_tasks("Blocked", standing.blocked, color, out);
  if (standing.unjournaled > 0) {
    out += fmt::format("\n{} without a journal entry\n",
                       counted(standing.unjournaled, "completed task"));
  }
  return out;
}

Result<int> run_status_report(const Session& session, const Arguments& arguments) {
  const auto opened = workspace::open_spec(arguments.text("SPEC"), session.places());
  if (!opened) return tl::unexpected(opened.error());
  const Standing standing(**opened);
  return answer(
      session, [&](json::Writer& out) { write_json(standing, out); },
      [&] { return text_of(standing, session.color()); });
}

}  // namespace

extern const Command kStatusReport;
constinit const Command kStatusReport = {
    .name = "status-report",
    .summary = "where a spec stands: phases, work in progress, blocked work",
    .details = "",
    .example = "sdd status-report billing-2026-02-11-001",
    .options = kStatusReportOptions,
    .run = run_status_report};

}  // namespace sdd::cli
