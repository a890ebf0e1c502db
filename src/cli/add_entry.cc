#include <algorithm>
#include <utility>

#include "bank/log_name.h"
#include "base/strings.h"
#include "cli/bank_run.h"
#include "git/repository.h"
#include "workspace/bank_links.h"

namespace sdd::cli {
namespace {

constexpr auto kAddEntryOptions = with_bank_options(std::array{
    Option{"TITLE", Takes::kArgument, nullptr, "what it is about, on one line"},
    Option{"--tag", Takes::kList, "TAG", "[A-Z0-9/-]+; may be repeated, or A,B"},
    Option{"--spec", Takes::kValue, "PATH",
           "the work item: its path or name; or a spec's id, which leads to its work item"},
    Option{"--sdd-spec", Takes::kValue, "PATH", "the spec, where the entry is to name it"},
    Option{"--summary", Takes::kValue, "TEXT", "what came of it, or will"},
    Option{"--tests", Takes::kValue, "TEXT", "what was run, or N/A"},
    Option{"--risks", Takes::kValue, "TEXT", "one line, or N/A"},
    Option{"--owner", Takes::kValue, "NAME",
           "whose it is (else $SDD_AUTHOR, git's user.name, the login name)"},
    Option{"--branch", Takes::kValue, "NAME", "the branch (else the one that is checked out)"},
    Option{"--started", Takes::kValue, "DATE", "YYYY-MM-DD or today; an open entry has one always"},
    Option{"--done", Takes::kValue, "DATE", "the entry is done, since this day (or today)"},
    Option{"--date", Takes::kValue, "DATE", "the day that the log is named after (today, in UTC)"},
    Option{"--log", Takes::kValue, "LOG",
           "an existing log, in the place of the one by day and branch"},
});

// The lines of a value, without blanks at their ends; without blanks and empty lines around all.
std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    lines.emplace_back(line.substr(0, line.find_last_not_of(" \t\r") + 1));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  while (!lines.empty() && lines.back().empty()) lines.pop_back();
  while (!lines.empty() && lines.front().empty()) lines.erase(lines.begin());
  if (!lines.empty()) lines.front().erase(0, lines.front().find_first_not_of(" \t"));
  return lines;
}

Result<void> check_given(const Arguments& arguments) {
  std::vector<std::string> missing;
  for (const char* option : {"--tag", "--spec", "--summary", "--tests", "--risks"}) {
    if (lines_of(arguments.text(option)).empty()) missing.emplace_back(option);
  }
  if (!missing.empty()) {
    return fail(ErrorKind::kUsage, "an entry has " + join_and(missing) +
                                       ", too; where there is nothing to say, 'N/A'");
  }
  for (const char* option : {"TITLE", "--summary", "--tests", "--risks", "--owner", "--branch"}) {
    const std::string text = arguments.text(option);
    const auto is_control = [](char c) {
      return (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t' && c != '\r') ||
             c == 0x7F;
    };
    if (std::any_of(text.begin(), text.end(), is_control)) {
      return fail(ErrorKind::kUsage,
                  std::string(option) + " holds a control character: " + sdd::quote(text));
    }
  }
  for (const char* option : {"TITLE", "--branch", "--owner"}) {
    const std::string text = arguments.text(option);
    if (text.find('\n') == std::string::npos) continue;
    return fail(ErrorKind::kUsage, std::string(option) + " is one line, not " + sdd::quote(text));
  }
  return {};
}

Result<std::vector<std::string>> tags_of(const Arguments& arguments) {
  std::vector<std::string> tags = arguments.list("--tag");
  const auto fits = [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' || c == '-';
  };
  for (const std::string& tag : tags) {
    if (!tag.empty() && std::all_of(tag.begin(), tag.end(), fits)) continue;
    std::string upper = tag;
    for (char& c : upper) {
      if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    }
    const bool helps = !tag.empty() && std::all_of(upper.begin(), upper.end(), fits);
    return fail(ErrorKind::kUsage,
                "a tag is made of A-Z, 0-9, '/' and '-', which " + sdd::quote(tag) + " is not",
                helps ? std::vector<std::string>{upper} : std::vector<std::string>());
  }
  return tags;
}

Result<std::string> branch_of(const Arguments& arguments, const workspace::Layout& layout) {
  std::string branch = arguments.text("--branch");
  if (branch.empty()) {
    const auto repository = git::open_repository(layout.bank_dir());
    auto read = repository ? (*repository)->branch() : tl::unexpected(repository.error());
    if (!read) {
      Error error = read.error();
      if (error.kind == ErrorKind::kNotRepository) {
        error.message = quoted_path(layout.bank_dir().string()) + " lies in no git repository";
      }
      error.message += "; --branch says which branch it is";
      return tl::unexpected(error);
    }
    branch = read->empty() ? std::string(bank::kNoBranch) : *read;
  }
  if (branch.find('`') == std::string::npos) return branch;
  return fail(ErrorKind::kUsage, "a branch " + sdd::quote(branch) + " cannot stand in back-ticks");
}

struct Days {
  bank::Date log;
  std::optional<bank::Date> started;
  std::optional<bank::Date> done;
};

Result<Days> days_of(const Arguments& arguments) {
  Days days{today(), {}, {}};
  const auto take = [&](const char* option, auto& day) -> Result<void> {
    if (!arguments.has(option)) return {};
    const auto date = date_of(arguments.text(option), option);
    if (!date) return tl::unexpected(date.error());
    day = *date;
    return {};
  };
  auto taken = take("--date", days.log);
  if (taken) taken = take("--started", days.started);
  if (taken) taken = take("--done", days.done);
  if (!taken) return tl::unexpected(taken.error());
  if (!days.done && !days.started) days.started = days.log;
  return days;
}

// Spec and SDD Spec, in back-ticks.
Result<std::vector<bank::DraftField>> links_of(const Session& session, const Arguments& arguments,
                                               const workspace::Layout& layout) {
  const auto& current = session.places().current;
  auto link = workspace::resolve_link(arguments.text("--spec"), layout, current);
  if (!link) return tl::unexpected(link.error());
  if (arguments.has("--sdd-spec")) {
    const auto spec = workspace::resolve_link(arguments.text("--sdd-spec"), layout, current);
    if (!spec) return tl::unexpected(spec.error());
    link->sdd_spec = spec->sdd_spec.empty() ? spec->spec : spec->sdd_spec;
  }
  std::vector<bank::DraftField> fields = {{"Spec", {"`" + link->spec + "`"}}};
  if (!link->sdd_spec.empty()) fields.push_back({"SDD Spec", {"`" + link->sdd_spec + "`"}});
  return fields;
}

Result<workspace::NewEntry> entry_of(const Session& session, const Arguments& arguments,
                                     const workspace::Layout& layout) {
  if (const auto checked = check_given(arguments); !checked) {
    return tl::unexpected(checked.error());
  }
  auto tags = tags_of(arguments);
  if (!tags) return tl::unexpected(tags.error());
  const auto days = days_of(arguments);
  if (!days) return tl::unexpected(days.error());
  const auto branch = branch_of(arguments, layout);
  if (!branch) return tl::unexpected(branch.error());
  auto fields = links_of(session, arguments, layout);
  if (!fields) return tl::unexpected(fields.error());

  fields->push_back({"Owner",
                     {arguments.text("--owner").empty() ? author_of(arguments, layout.bank_dir())
                                                        : arguments.text("--owner")}});
  fields->push_back({"Branch", {"`" + *branch + "`"}});
  if (days->started) fields->push_back({"Started", {to_string(*days->started)}});
  if (days->done) fields->push_back({"Done", {to_string(*days->done)}});
  fields->push_back({"Summary", lines_of(arguments.text("--summary"))});
  fields->push_back({"Tests", lines_of(arguments.text("--tests"))});
  fields->push_back({"Risks", lines_of(arguments.text("--risks"))});

  workspace::NewEntry entry;
  entry.draft = {days->done.has_value(), std::move(*tags), arguments.text("TITLE"),
                 std::move(*fields)};
  entry.log = layout.bank_dir() / "branch_updates" / bank::log_name(days->log, *branch);
  if (arguments.has("--log")) {
    auto log = workspace::resolve_log(arguments.text("--log"), layout, session.places().current);
    if (!log) return tl::unexpected(log.error());
    entry.log = std::move(*log);
  }
  return entry;
}

Result<int> run_add_entry(const Session& session, const Arguments& arguments) {
  const auto layout = layout_with_bank(session);
  if (!layout) return tl::unexpected(layout.error());
  const auto entry = entry_of(session, arguments, *layout);
  if (!entry) return tl::unexpected(entry.error());
  return run_bank(session, arguments, *layout,
                  {.command = "add-entry", .ids = {entry->log.filename().string()}},
                  [&](const workspace::BankUpdating& updating) {
                    return workspace::add_entry(*entry, updating);
                  });
}

}  // namespace

extern const Command kAddEntry;
constinit const Command kAddEntry = {
    .name = "add-entry",
    .summary = "add a task entry to the branch's log in the memory bank",
    .details =
        "The log is branch_updates/YYYY-MM-DD-<branch>.md, made when it is not there. The entry "
        "is\n"
        "checked before anything is written: its form, its dates, and that its work item exists.\n"
        "The same entry once more changes nothing; an other one of this title about this work "
        "item\n"
        "is refused (5): 'sdd close-entry' closes an open entry.",
    .example =
        "sdd add-entry 'Retry failed payouts' --tag BUG --spec payout-retry --summary 'They are "
        "retried.' --tests 'make test' --risks N/A",
    .options = kAddEntryOptions,
    .run = run_add_entry};

}  // namespace sdd::cli
