#include <utility>

#include "cli/bank_run.h"
#include "workspace/bank_links.h"

namespace sdd::cli {
namespace {

constexpr auto kCloseEntryOptions = with_bank_options(std::array{
    Option{"TITLE", Takes::kOptional, nullptr, "the entry's title, capitals aside"},
    Option{"--spec", Takes::kValue, "PATH", "the entry about this work item: its path or name"},
    Option{"--log", Takes::kValue, "LOG", "the entry of this log: its path or name"},
    Option{"--done", Takes::kValue, "DATE",
           "YYYY-MM-DD; else the date that stands there, else today (UTC)"},
});

Result<workspace::EntryChoice> choice_of(const Session& session, const Arguments& arguments,
                                         const workspace::Layout& layout) {
  workspace::EntryChoice choice;
  choice.today = today();
  choice.title = arguments.text("TITLE");
  const std::string spec = arguments.text("--spec");
  if (choice.title.empty() && spec.empty() && !arguments.has("--log")) {
    return fail(ErrorKind::kUsage, "which entry? Say its TITLE, its --spec or its --log");
  }
  if (!spec.empty()) {
    const auto link = workspace::resolve_link(spec, layout, session.places().current);
    // An entry may name a file that is not there any more.
    const bool as_written =
        !link && link.error().kind == ErrorKind::kNotFound && spec.find('/') != std::string::npos;
    if (!link && !as_written) return tl::unexpected(link.error());
    choice.spec = as_written ? spec : link->spec;
  }
  if (arguments.has("--log")) {
    auto log = workspace::resolve_log(arguments.text("--log"), layout, session.places().current);
    if (!log) return tl::unexpected(log.error());
    choice.log = std::move(*log);
  }
  if (arguments.has("--done")) {
    const auto day = date_of(arguments.text("--done"), "--done");
    if (!day) return tl::unexpected(day.error());
    choice.day = *day;
  }
  return choice;
}

Result<int> run_close_entry(const Session& session, const Arguments& arguments) {
  const auto layout = layout_with_bank(session);
  if (!layout) return tl::unexpected(layout.error());
  const auto choice = choice_of(session, arguments, *layout);
  if (!choice) return tl::unexpected(choice.error());
  return run_bank(session, arguments, *layout, {.command = "close-entry", .ids = {choice->title}},
                  [&](const workspace::BankUpdating& updating) {
                    return workspace::close_entry(*choice, updating);
                  });
}

}  // namespace

extern const Command kCloseEntry;
constinit const Command kCloseEntry = {
    .name = "close-entry",
    .summary = "tick a task entry of the memory bank, and say since when it is done",
    .details =
        "Looks through the branch logs and current_tasks.md for the open entry that fits all that\n"
        "is said; several: 3, with their places. An entry that is closed already stays as it is\n"
        "(0); with another date than the one that it has: 5. In current_tasks.md the entry stays "
        "in\n"
        "the section where it stands.",
    .example = "sdd close-entry 'Retry failed payouts'",
    .options = kCloseEntryOptions,
    .run = run_close_entry};

}  // namespace sdd::cli
