#include "cli/bank_run.h"

#include <fmt/core.h>

#include "base/strings.h"
#include "base/time.h"
#include "report/unified_diff.h"

namespace sdd::cli {
namespace {

using workspace::BankUpdated;
using workspace::EntryChange;

const char* word_of(EntryChange::Kind kind) {
  switch (kind) {
    case EntryChange::Kind::kAdded:
      return "added";
    case EntryChange::Kind::kClosed:
      return "closed";
    case EntryChange::Kind::kMoved:
      break;
  }
  return "moved";
}

void write_change(json::Writer& out, const EntryChange& change) {
  out.begin_object();
  out.key("change").string(word_of(change.kind));
  out.key("title").string(change.title);
  out.key("spec");
  change.spec.empty() ? out.null() : out.string(change.spec);
  out.key("date");
  change.date ? out.string(bank::to_string(*change.date)) : out.null();
  out.key("path").string(change.path);
  out.key("line").integer(static_cast<std::int64_t>(change.line));
  if (!change.from.empty()) out.key("from").string(change.from);
  out.end_object();
}

void write_answer(json::Writer& out, const BankUpdated& updated) {
  out.begin_object();
  out.key("success").boolean(true);
  out.key("path").string(updated.files[0].shown);
  out.key("changes").begin_array();
  for (const EntryChange& change : updated.changes) write_change(out, change);
  out.end_array();
  out.key("revision").string(updated.files[0].revision);
  out.key("files").begin_array();
  for (const workspace::BankFileUpdate& file : updated.files) {
    out.begin_object();
    out.key("path").string(file.shown);
    out.key("revision").string(file.revision);
    out.key("created").boolean(file.created && !file.after.empty());
    out.end_object();
  }
  out.end_array();
  if (updated.merged) out.key("merged").boolean(true);
  if (!updated.remarks.empty()) {
    out.key("remarks").begin_array();
    for (const std::string& remark : updated.remarks) out.string(remark);
    out.end_array();
  }
  out.end_object();
}

std::string answer_json(const BankUpdated& updated) {
  json::Writer out(json::Writer::kCompact);
  write_answer(out, updated);
  return out.text();
}

std::string text_of(const BankUpdated& updated) {
  if (updated.changes.empty()) return "nothing to do: it is so already\n";
  std::string out;
  for (const EntryChange& change : updated.changes) {
    out += word_of(change.kind);
    if (!change.from.empty()) out += " from " + printable(change.from);
    out +=
        fmt::format(": {}:{} {}\n", printable(change.path), change.line, printable(change.title));
  }
  if (updated.merged) out += "merged with what another program wrote\n";
  return out;
}

std::string diff_of(const BankUpdated& updated) {
  std::string out;
  for (const workspace::BankFileUpdate& file : updated.files) {
    out += report::unified_diff(file.shown, file.before, file.edits);
  }
  return out;
}

Result<void> tell(const Session& session, const BankUpdated& updated, bool dry_run) {
  for (const std::string& remark : updated.remarks) session.tell("sdd: " + remark);
  if (!updated.answered.empty()) {
    return session.print(session.json() ? updated.answered
                                        : std::string("done already, under this request id\n"));
  }
  if (session.json()) {
    json::Writer out = session.writer();
    write_answer(out, updated);
    return session.print(out);
  }
  return session.print(dry_run ? diff_of(updated) : text_of(updated));
}

}  // namespace

Result<int> run_bank(
    const Session& session, const Arguments& arguments, const workspace::Layout& layout,
    const BankCommand& command,
    const std::function<Result<BankUpdated>(const workspace::BankUpdating&)>& operation) {
  workspace::UpdateRequest common;
  const auto options = take_update_options(arguments, common);
  if (!options) return tl::unexpected(options.error());
  const workspace::BankUpdating updating{.layout = layout,
                                         .request = {.command = command.command,
                                                     .ids = command.ids,
                                                     .answer = answer_json,
                                                     .lock_timeout = common.lock_timeout,
                                                     .if_match = common.if_match,
                                                     .request_id = common.request_id,
                                                     .dry_run = common.dry_run,
                                                     .without_lock = common.without_lock}};
  const auto updated = operation(updating);
  if (!updated) return tl::unexpected(updated.error());
  auto told = tell(session, *updated, common.dry_run);
  if (!common.dry_run) told = Session::printed_when_done(std::move(told));
  if (!told) return tl::unexpected(told.error());
  return 0;
}

bank::Date today() {
  return bank::leading_date(format_rfc3339(now()).substr(0, 10)).value_or(bank::Date{});
}

Result<bank::Date> date_of(const std::string& word, const char* option) {
  if (word == "today") return today();
  const auto date = bank::leading_date(word);
  if (date && bank::to_string(*date) == word) return *date;
  return fail(ErrorKind::kUsage, fmt::format("{} takes a date, YYYY-MM-DD, or 'today', not {}",
                                             option, sdd::quote(word)));
}

}  // namespace sdd::cli
