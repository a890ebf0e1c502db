#include <algorithm>

#include "cli/answer.h"
#include "cli/bank_list.h"
#include "cli/columns.h"

namespace sdd::cli {
namespace {

using rules::ItemView;

std::string text_in(const ItemView& view, bank::Meta key) {
  const bank::Field* field = view.item->meta(key);
  return field != nullptr ? std::string(field->value.view()) : std::string();
}

std::size_t open_boxes(const ItemView& view) {
  return static_cast<std::size_t>(std::count_if(view.item->criteria.begin(),
                                                view.item->criteria.end(),
                                                [](const bank::Box& box) { return !box.ticked; }));
}

// Open ones first; both by path, which begins with their day.
std::vector<const ItemView*> chosen(const BankList& list) {
  std::vector<const ItemView*> open;
  std::vector<const ItemView*> done;
  for (const ItemView& view : list.repository.view->items()) {
    if (!list.wants(view.file->path, view.spec)) continue;
    if (view.is_done() && list.done) done.push_back(&view);
    if (!view.is_done() && list.open) open.push_back(&view);
  }
  open.insert(open.end(), done.rbegin(), done.rend());
  return open;
}

void write_item(json::Writer& out, const ItemView& view) {
  const auto text = [&](const char* key, const std::string& value) {
    out.key(key);
    value.empty() ? out.null() : out.string(value);
  };
  const auto number = [&](const char* key, std::size_t value) {
    out.key(key).integer(static_cast<std::int64_t>(value));
  };
  out.begin_object();
  out.key("state").string(view.is_done() ? "done" : "open");
  text("status", text_in(view, bank::Meta::kStatus));
  text("title", std::string(view.item->title.view()));
  text("type", text_in(view, bank::Meta::kType));
  text("owner", text_in(view, bank::Meta::kOwner));
  text("created", text_in(view, bank::Meta::kCreated));
  text("updated", text_in(view, bank::Meta::kUpdated));
  number("criteria", view.item->criteria.size());
  number("open_criteria", open_boxes(view));
  number("entries", view.entries.size());
  write_spec(out, view.spec);
  out.key("path").string(view.file->path);
  out.end_object();
}

std::string text_of(const std::vector<const ItemView*>& items, bool color) {
  if (items.empty()) return "no work items\n";
  Columns table(color);
  const auto width = line_width();
  for (const ItemView* view : items) {
    const std::string status = text_in(*view, bank::Meta::kStatus);
    const std::string created = text_in(*view, bank::Meta::kCreated);
    const std::size_t all = view->item->criteria.size();
    const std::size_t ticked = all - open_boxes(*view);
    const std::string title(view->item->title.view());
    table.row({{status.empty() ? "-" : shortened(status, 20),
                view->is_done() ? Color::kGreen : Color::kYellow},
               {created.empty() ? "-" : shortened(created, 10)},
               {progress_words(view->spec), Color::kDim, Cell::kRight},
               {all == 0 ? "-" : std::to_string(ticked) + " of " + std::to_string(all), Color::kDim,
                Cell::kRight},
               {title, Color::kBold},
               {place_words(view->file->path, !width), Color::kDim}});
  }
  return width ? table.text_within(*width, 4) : table.text();
}

Result<int> run_work_items(const Session& session, const Arguments& arguments) {
  const auto list = open_bank_list(session, arguments);
  if (!list) return tl::unexpected(list.error());
  const std::vector<const ItemView*> items = chosen(*list);
  return answer(
      session,
      [&](json::Writer& out) {
        out.begin_array();
        for (const ItemView* view : items) write_item(out, *view);
        out.end_array();
      },
      [&] { return text_of(items, session.color()); });
}

}  // namespace

extern const Command kWorkItems;
constinit const Command kWorkItems = {
    .name = "work-items",
    .summary = "the memory bank's work items: status, since when, how far the spec is",
    .details =
        "A line each: status, the day it was created, the progress of its spec, how many of its\n"
        "acceptance criteria are ticked, title, file. Open ones first.",
    .example = "sdd work-items --open",
    .options = kBankListOptions,
    .run = run_work_items};

}  // namespace sdd::cli
