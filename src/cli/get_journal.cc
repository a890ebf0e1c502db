#include <fmt/core.h>

#include <algorithm>

#include "base/strings.h"
#include "cli/answer.h"
#include "cli/columns.h"
#include "cli/command.h"
#include "workspace/open_spec.h"

namespace sdd::cli {
namespace {

constexpr Option kGetJournalOptions[] = {
    {"SPEC", Takes::kArgument, nullptr, "a spec id or path"},
    {"TASK", Takes::kOptional, nullptr, "only the entries that name this task"},
};

using Entries = std::vector<const spec::JournalEntry*>;

Result<Entries> entries_of(const workspace::OpenSpec& opened, const Arguments& arguments) {
  const std::string task = arguments.text("TASK");
  Entries entries;
  for (const spec::JournalEntry& entry : opened.spec.journal()) {
    if (arguments.has("TASK") && entry.task_id().string() != task) continue;
    entries.push_back(&entry);
  }
  // An entry may name a task that does not exist (SDD404); it is shown all the same.
  if (entries.empty() && arguments.has("TASK")) {
    const auto node = workspace::find_task(opened, task);
    if (!node) return tl::unexpected(node.error());
  }
  return entries;
}

void write_json(const Entries& entries, json::Writer& out) {
  out.begin_array();
  for (const spec::JournalEntry* entry : entries) out.value(entry->value);
  out.end_array();
}

// The lines of a text, each made safe for a terminal and indented.
void append_lines(std::string_view text, std::string& out) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    out += fmt::format("    {}\n", printable(text.substr(0, end)));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

std::string text_of(const Entries& entries, bool color) {
  if (entries.empty()) return "no journal entries\n";
  std::string out;
  for (const spec::JournalEntry* entry : entries) {
    Columns head(color);
    head.row({{std::string(entry->timestamp().string()), Color::kDim},
              {std::string(entry->entry_type().string()), Color::kCyan},
              {std::string(entry->task_id().string()), Color::kBold},
              {std::string(entry->title().string())}});
    out += head.text();
    if (!entry->value.is_object()) {
      out += "    (not an object, but " + std::string(json::kind_name(entry->value.kind())) + ")\n";
    }
    append_lines(entry->content().string(), out);
  }
  return out;
}

Result<int> run_get_journal(const Session& session, const Arguments& arguments) {
  const auto opened = workspace::open_spec(arguments.text("SPEC"), session.places());
  if (!opened) return tl::unexpected(opened.error());
  const auto entries = entries_of(**opened, arguments);
  if (!entries) return tl::unexpected(entries.error());
  return answer(
      session, [&](json::Writer& out) { write_json(*entries, out); },
      [&] { return text_of(*entries, session.color()); });
}

}  // namespace

extern const Command kGetJournal;
constinit const Command kGetJournal = {
    .name = "get-journal",
    .summary = "a spec's journal, or the entries of one task",
    .details = "--json gives the entries as they are written in the file, oldest first.",
    .example = "sdd get-journal billing-2026-02-11-001 task-1-2 --json | jq length",
    .options = kGetJournalOptions,
    .run = run_get_journal};

}  // namespace sdd::cli
