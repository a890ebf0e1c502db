#include <fmt/core.h>

#include <algorithm>

#include "cli/answer.h"
#include "cli/bank_list.h"
#include "cli/columns.h"
#include "text/source_text.h"

namespace sdd::cli {
namespace {

using rules::EntryView;

// Open ones first, the oldest of them first: they wait longest. Then what is done, newest first.
std::vector<const EntryView*> chosen(const BankList& list) {
  std::vector<const EntryView*> open;
  std::vector<const EntryView*> done;
  for (const EntryView& view : list.repository.view->entries()) {
    if (!list.wants(view.spec_path, view.spec)) continue;
    if (view.entry->done && list.done) done.push_back(&view);
    if (!view.entry->done && list.open) open.push_back(&view);
  }
  open.insert(open.end(), done.rbegin(), done.rend());
  return open;
}

std::size_t line_of(const EntryView& view) {
  return view.file->source->position(view.entry->whole.begin).line;
}

void write_date(json::Writer& out, const char* key, const bank::Field* field) {
  out.key(key);
  const auto date = field != nullptr ? field->date() : std::nullopt;
  date ? out.string(bank::to_string(*date)) : out.null();
}

void write_entry(json::Writer& out, const EntryView& view) {
  out.begin_object();
  out.key("state").string(view.entry->done ? "done" : "open");
  out.key("tags").begin_array();
  for (const std::string_view tag : view.entry->tag_list()) out.string(tag);
  out.end_array();
  out.key("title").string(view.entry->title.view());
  write_date(out, "started", view.entry->field(bank::Key::kStarted));
  write_date(out, "done", view.entry->field(bank::Key::kDone));
  const bank::Field* owner = view.entry->field(bank::Key::kOwner);
  out.key("owner");
  owner != nullptr ? out.string(owner->value.view()) : out.null();
  out.key("work_item");
  view.spec_path.empty() ? out.null() : out.string(view.spec_path);
  write_spec(out, view.spec);
  out.key("path").string(view.file->path);
  out.key("line").integer(static_cast<std::int64_t>(line_of(view)));
  out.key("closed_by");
  if (view.closed_by == nullptr) {
    out.null();
  } else {
    out.begin_object();
    out.key("path").string(view.closed_by->file->path);
    out.key("line").integer(static_cast<std::int64_t>(line_of(*view.closed_by)));
    out.end_object();
  }
  out.end_object();
}

std::string text_of(const std::vector<const EntryView*>& entries, bool color) {
  if (entries.empty()) return "no entries\n";
  Columns table(color);
  const auto width = line_width();
  for (const EntryView* view : entries) {
    const bool done = view->entry->done;
    const char* state = done ? "done" : view->closed_by != nullptr ? "open?" : "open";
    table.row({{state, done ? Color::kGreen : Color::kYellow},
               {view->date ? bank::to_string(*view->date) : "-"},
               {progress_words(view->spec), Color::kDim, Cell::kRight},
               {std::string(view->entry->title.view()), Color::kBold},
               {fmt::format("{}:{}", place_words(view->file->path, !width), line_of(*view)),
                Color::kDim}});
  }
  return width ? table.text_within(*width, 3) : table.text();
}

Result<int> run_entries(const Session& session, const Arguments& arguments) {
  const auto list = open_bank_list(session, arguments);
  if (!list) return tl::unexpected(list.error());
  const std::vector<const EntryView*> entries = chosen(*list);
  return answer(
      session,
      [&](json::Writer& out) {
        out.begin_array();
        for (const EntryView* view : entries) write_entry(out, *view);
        out.end_array();
      },
      [&] { return text_of(entries, session.color()); });
}

}  // namespace

extern const Command kEntries;
constinit const Command kEntries = {
    .name = "entries",
    .summary = "the memory bank's task entries: what is open, since when, how far its spec is",
    .details =
        "Entries of the branch logs and of current_tasks.md: open ones first, the oldest of them\n"
        "at the top; then what is done, newest first. 'open?' is one that a later entry closes.",
    .example = "sdd entries --open",
    .options = kBankListOptions,
    .run = run_entries};

}  // namespace sdd::cli
