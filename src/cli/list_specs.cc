#include <fmt/core.h>

#include <algorithm>
#include <memory>
#include <optional>

#include "cli/answer.h"
#include "cli/columns.h"
#include "cli/command.h"
#include "spec/outline.h"
#include "spec/progress.h"
#include "workspace/layout.h"
#include "workspace/open_spec.h"

namespace sdd::cli {
namespace {

constexpr Option kListSpecsOptions[] = {
    {"--status", Takes::kValue, "pending|active|completed|archived|all",
     "only the specs of this status folder"},
    {"--detailed", Takes::kNothing, nullptr,
     "also author, description, file, current phase, counts, times"},
};

// What the list says of one spec; the empty ones where its file is damaged.
struct Listed {
  std::string id;  // by which commands find it: the file's name, whatever spec_id says
  std::string folder;
  std::string path;
  std::optional<std::string> title;
  std::optional<spec::Progress> progress;
  std::optional<std::string> author;
  std::optional<std::string> description;
  std::optional<std::string> current_phase;
  std::optional<std::string> generated;
  std::optional<std::string> last_updated;

  int percentage() const { return progress ? progress->percentage() : -1; }
};

std::optional<std::string> text_in(json::Value value) {
  if (!value.is_string()) return std::nullopt;
  return std::string(value.string());
}

void describe(const workspace::OpenSpec& opened, Listed& listed) {
  const spec::Spec& spec = opened.spec;
  listed.title = std::string(spec::title_of(spec));
  listed.progress = spec::ProgressReader(spec).of_spec();
  listed.author = text_in(spec.metadata.find("author"));
  if (!listed.author) listed.author = text_in(spec.metadata.find("owner"));
  listed.description = text_in(spec.metadata.find("description"));
  if (const spec::Node* phase = spec::current_phase(spec)) listed.current_phase = phase->id;
  listed.generated = text_in(spec.generated);
  listed.last_updated = text_in(spec.last_updated);
}

Result<std::vector<Listed>> list_all(const Session& session, const workspace::Layout& layout,
                                     const std::string& folder) {
  const auto specs = layout.specs();
  if (!specs) return tl::unexpected(specs.error());
  std::vector<Listed> all;
  for (const workspace::SpecPath& place : *specs) {
    if (!folder.empty() && folder != "all" && place.status_folder != folder) continue;
    Listed& listed = all.emplace_back();
    listed.id = place.id;
    listed.folder = place.status_folder;
    listed.path = layout.shown(place.file);
    const auto opened = workspace::read_spec(place, listed.path, layout.config().limits);
    if (opened) {
      describe(**opened, listed);
    } else {
      session.tell("sdd: " + opened.error().message);
    }
  }
  const auto order = [](const Listed& a, const Listed& b) {
    if ((a.folder == "active") != (b.folder == "active")) return a.folder == "active";
    if (a.percentage() != b.percentage()) return a.percentage() > b.percentage();
    return a.path < b.path;
  };
  std::sort(all.begin(), all.end(), order);
  return all;
}

void write_json(const std::vector<Listed>& all, bool detailed, json::Writer& out) {
  const auto text = [&](const char* key, const std::optional<std::string>& value) {
    out.key(key);
    value ? out.string(*value) : out.null();
  };
  const auto number = [&](const char* key, std::optional<std::int64_t> value) {
    out.key(key);
    value ? out.integer(*value) : out.null();
  };
  out.begin_array();
  for (const Listed& listed : all) {
    const auto& progress = listed.progress;
    out.begin_object();
    text("spec_id", listed.id);
    text("status", listed.folder);
    text("title", listed.title);
    number("progress_percentage", progress ? std::optional(progress->percentage()) : std::nullopt);
    if (detailed) {
      text("author", listed.author);
      text("description", listed.description);
      text("file_path", listed.path);
      text("current_phase", listed.current_phase);
      number("total_tasks", progress ? std::optional(progress->total) : std::nullopt);
      number("completed_tasks", progress ? std::optional(progress->completed) : std::nullopt);
      text("generated", listed.generated);
      text("last_updated", listed.last_updated);
    }
    out.end_object();
  }
  out.end_array();
}

std::string details_of(const Listed& listed) {
  Columns table(false, "    ");
  const auto row = [&](const char* label, const std::optional<std::string>& value) {
    if (value) table.row({{label}, {shortened(*value, 80)}});
  };
  row("file", listed.path);
  row("author", listed.author);
  row("description", listed.description);
  row("phase", listed.current_phase);
  row("generated", listed.generated);
  row("updated", listed.last_updated);
  return table.text();
}

std::string text_of(const std::vector<Listed>& all, bool detailed, bool color) {
  if (all.empty()) return "no specs\n";
  Columns table(color);
  for (const Listed& listed : all) {
    const auto& progress = listed.progress;
    table.row(
        {{listed.folder},
         {progress ? fmt::format("{}%", progress->percentage()) : "-", Color::kNone, Cell::kRight},
         {progress ? fmt::format("{}/{}", progress->completed, progress->total) : "-", Color::kDim,
          Cell::kRight},
         {listed.id, Color::kBold},
         {listed.title ? shortened(*listed.title, 50) : "(damaged)",
          listed.title ? Color::kNone : Color::kRed}});
  }
  std::string lines = table.text();
  if (!detailed) return lines;
  std::string out;
  std::size_t at = 0;
  for (const Listed& listed : all) {
    const std::size_t end = lines.find('\n', at) + 1;
    out += lines.substr(at, end - at) + details_of(listed);
    at = end;
  }
  return out;
}

Result<int> run_list_specs(const Session& session, const Arguments& arguments) {
  const auto layout = workspace::Layout::find(session.places());
  if (!layout) return tl::unexpected(layout.error());
  const bool detailed = arguments.has("--detailed");
  const auto all = list_all(session, *layout, arguments.text("--status"));
  if (!all) return tl::unexpected(all.error());
  return answer(
      session, [&](json::Writer& out) { write_json(*all, detailed, out); },
      [&] { return text_of(*all, detailed, session.color()); });
}

}  // namespace

extern const Command kListSpecs;
constinit const Command kListSpecs = {
    .name = "list-specs",
    .summary = "the specs of the repository with their progress",
    .details =
        "Active specs come first, then by progress. A damaged file is listed without a title, and\n"
        "what is wrong with it is told on stderr.",
    .example = "sdd list-specs --status active --detailed",
    .options = kListSpecsOptions,
    .run = run_list_specs};

}  // namespace sdd::cli
