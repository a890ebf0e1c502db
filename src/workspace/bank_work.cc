#include "workspace/bank_work.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "bank/entry_edits.h"
#include "base/strings.h"
#include "base/time.h"
#include "json/writer.h"
#include "rules/bank_engine.h"
#include "store/hash.h"

namespace sdd::workspace {
namespace {

namespace fs = std::filesystem;

bool counts(const rules::Finding& finding) {
  return finding.severity == rules::Severity::kError && finding.rule->code[3] == '6';
}

// What the edits make of a document. Errors: kRefused when other entries than those meant would
// change, or an error would appear.
Result<std::string> judged(const BankDocument& before, const BankChange& change) {
  auto bytes = apply_edits(before.source.bytes(), change.edits);
  if (!bytes) return bytes;
  const BankDocument after(before.source.path(), *bytes, before.document.kind());
  if (!bank::same_entries_but(before.document, after.document, change.removed, change.added)) {
    return fail(ErrorKind::kRefused,
                quoted_path(before.source.path()) +
                    " cannot take the change: what stands around its place (an open code block or "
                    "comment?) would make something else of it");
  }
  std::map<std::string, int> known = errors_of(before);
  for (const auto& [code, count] : change.carried) known[code] += count;
  for (const rules::Finding& finding : rules::check_document(after.source, after.document)) {
    if (!counts(finding) || --known[finding.rule->code] >= 0) continue;
    return fail(ErrorKind::kRefused, fmt::format("{} would have an error that it has not: {} ({})",
                                                 quoted_path(before.source.path()), finding.message,
                                                 finding.rule->code));
  }
  return bytes;
}

std::map<std::string_view, int> lines_of(std::string_view text) {
  std::map<std::string_view, int> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    ++lines[text.substr(0, end)];
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

// Whether every line that `ours` has more often than `base` stands in `joined` as often. After a
// first merge our side holds what another program wrote, too; what it writes next may be without.
bool has_all_lines(std::string_view joined, std::string_view ours, std::string_view base) {
  const auto wanted = lines_of(ours);
  auto known = lines_of(base);
  auto there = lines_of(joined);
  return std::all_of(wanted.begin(), wanted.end(), [&](const auto& line) {
    return line.second <= known[line.first] || line.second <= there[line.first];
  });
}

// Puts in what `ours` has and neither `base` nor `joined`: entries that another program wrote in
// front of our first exchange, and that came to our side then.
Result<std::string> with_entries_of(const BankDocument& ours, const BankDocument& base,
                                    std::string joined) {
  for (const bank::TaskEntry& entry : ours.document.entries()) {
    const BankDocument now(ours.source.path(), joined, ours.document.kind());
    const auto has = [](const BankDocument& document, const auto& is_it) {
      const auto& entries = document.document.entries();
      return std::any_of(entries.begin(), entries.end(), is_it);
    };
    const auto is_same = [&](const bank::TaskEntry& other) {
      return other.whole.view() == entry.whole.view();
    };
    // One that says something else of the same is for nobody to choose.
    const auto is_twin = [&](const bank::TaskEntry& other) {
      return identity_of(other) == identity_of(entry);
    };
    if (has(base, is_same) || has(now, is_twin)) continue;
    const std::string text(movable(ours.document, entry).view());
    const bool in_log = ours.document.kind() == bank::Kind::kLog;
    if (!in_log && !entry.done) continue;  // nobody knows where it goes
    auto more = apply_edits(
        joined, in_log ? append_entry_text(joined, now.document, text, entry.done)
                       : insert_done_entries(joined, now.document, {{text, entry.date()}}));
    if (!more) return more;
    joined = std::move(*more);
  }
  return joined;
}

// Does the same change on what another program wrote.
class Joining {
 public:
  // `first`: what the change made of the bytes as they were read. The others must outlive it.
  Joining(const BankDocument& document, std::string first, const BankCompute& compute)
      : document_(document), first_(std::move(first)), compute_(compute) {}

  store::MergeAnswer operator()(std::string_view base, std::string_view theirs,
                                std::string_view ours) const {
    store::MergeAnswer answer;
    const BankDocument foreign = of(theirs);
    if (!check_whole(foreign) || (theirs.empty() && !base.empty())) {
      answer.kind = store::MergeAnswer::kUnreadable;
      answer.why = "what another program wrote is damaged or empty";
      return answer;
    }
    auto joined = join(foreign, base, ours);
    if (joined) {
      answer.kind = store::MergeAnswer::kMerged;
      answer.bytes = std::move(*joined);
    } else {
      answer.why = joined.error().message;
    }
    return answer;
  }

 private:
  BankDocument of(std::string_view bytes) const {
    return {document_.source.path(), std::string(bytes), document_.document.kind()};
  }

  Result<std::string> join(const BankDocument& foreign, std::string_view base,
                           std::string_view ours) const {
    const auto change = compute_(foreign, true);
    if (!change) return tl::unexpected(change.error());
    auto joined = judged(foreign, *change);
    if (!joined || ours == first_) return joined;
    joined = with_entries_of(of(ours), of(base), std::move(*joined));
    if (!joined || has_all_lines(*joined, ours, base)) return joined;
    return fail(ErrorKind::kRefused, "it was written several times, from different versions");
  }

  const BankDocument& document_;
  std::string first_;
  const BankCompute& compute_;
};

const char* word_of(EntryChange::Kind kind) {
  switch (kind) {
    case EntryChange::Kind::kAdded:
      return "add-entry";
    case EntryChange::Kind::kClosed:
      return "close-entry";
    case EntryChange::Kind::kMoved:
      break;
  }
  return "move-entry";
}

}  // namespace

std::map<std::string, int> errors_of(const BankDocument& document) {
  std::map<std::string, int> errors;
  for (const rules::Finding& finding : rules::check_document(document.source, document.document)) {
    if (counts(finding)) ++errors[finding.rule->code];
  }
  return errors;
}

Result<void> check_whole(const BankDocument& document) {
  const auto findings = rules::check_document(document.source, document.document);
  if (document.document.complete() && !rules::is_damaged_text(findings)) return {};
  std::string why = "it is too long";
  if (!findings.empty()) {
    why = findings.front().message + " (" + findings.front().rule->code + ")";
  }
  return fail(ErrorKind::kDamaged, quoted_path(document.source.path()) + " is damaged: " + why +
                                       "; nothing was written");
}

BankWork::BankWork(const BankUpdating& updating)
    : updating_(updating), disk_(updating.disk != nullptr ? *updating.disk : own_disk_) {}

Result<void> BankWork::open(const std::vector<fs::path>& files) {
  const BankRequest& request = updating_.request;
  const fs::path& bank = updating_.layout.bank_dir();
  const auto real = disk_.files.real_path(bank);
  if (!real) return tl::unexpected(system_error("find", bank.string(), real.error().code));
  home_.emplace(*real);
  files_.emplace(
      disk_, *home_,
      LockTerms{request.command, request.ids, request.lock_timeout, request.without_lock});
  const auto held = dry_run() ? files_->look(files) : files_->take(files);
  if (!held) return held;
  for (const fs::path& file : files) {
    updated_.files.emplace_back();
    updated_.files.back().shown = updating_.layout.shown(file.string());
    kinds_.push_back(bank::kind_of(file.lexically_relative(bank).generic_string()));
    documents_.emplace_back();
  }
  if (!request.request_id.empty() && (*files_)[0].log) {
    const auto first = (*files_)[0].log->find(request.request_id);
    if (first && first->done) updated_.answered = first->answer;
    if (answered()) return {};
  }
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (const auto got = read(i); !got) return got;
  }
  const std::string revision = store::git_blob_id((*files_)[0].bytes);
  if (!request.if_match.empty() && (!(*files_)[0].exists || request.if_match != revision)) {
    return fail(ErrorKind::kRefused,
                fmt::format("{} is {}, not at {}", quoted_path(updated_.files[0].shown),
                            (*files_)[0].exists ? "at revision " + revision : "not there",
                            printable(request.if_match)));
  }
  id_ = store::new_update(request.request_id, "").id;
  return {};
}

// A write in flight is not damage: what is damaged is read again for a while.
Result<void> BankWork::read(std::size_t index) {
  LockedFile& file = (*files_)[index];
  const auto deadline = disk_.clock.now() + std::chrono::milliseconds(200);
  for (;;) {
    if (const auto got = files_->read(file); !got) return got;
    BankFileUpdate& update = updated_.files[index];
    documents_[index] = std::make_unique<BankDocument>(update.shown, file.bytes, kinds_[index]);
    update.before = update.after = file.bytes;
    update.created = !file.exists;
    const auto whole = check_whole(*documents_[index]);
    if (whole || disk_.clock.now() >= deadline) return whole;
    disk_.clock.sleep(std::chrono::milliseconds(10));
  }
}

Result<store::LogContent> BankWork::log(std::size_t index) {
  return store::read_log(disk_.files, home_->log_file((*files_)[index].target.path));
}

Result<void> BankWork::change(std::size_t index, const BankCompute& compute) {
  auto change = compute(document(index), false);
  if (!change) return tl::unexpected(change.error());
  auto after = judged(document(index), *change);
  if (!after) return tl::unexpected(after.error());
  updated_.files[index].edits = std::move(change->edits);
  updated_.files[index].after = *after;
  (*files_)[index].after = std::move(*after);
  return {};
}

Result<void> BankWork::write(std::size_t index, const BankCompute& compute) {
  if (dry_run()) return {};
  LockedFile& file = (*files_)[index];
  const auto written =
      files_->write(file, {id_, changes_json(), Joining(document(index), file.after, compute)});
  if (!written) return written;
  updated_.files[index].after = file.after;
  updated_.merged = updated_.merged || file.merged;
  return {};
}

Result<void> BankWork::done(std::size_t index) { return done(index, id_); }

Result<void> BankWork::done(std::size_t index, const std::string& id) {
  if (dry_run()) return {};
  describe();
  const auto& answer = updating_.request.answer;
  return files_->done((*files_)[index], id, answer ? answer(updated_) : "{}");
}

// What the log keeps of the change: the entry's title, and the blob id of its bytes.
std::string BankWork::changes_json() const {
  json::Writer out(json::Writer::kCompact);
  out.begin_array();
  for (const EntryChange& change : updated_.changes) {
    out.begin_object();
    out.key("change").string(word_of(change.kind));
    out.key("title").string(change.title);
    out.key("spec").string(change.spec);
    if (!change.from.empty()) out.key("from").string(change.from);
    out.key("entry").string(store::git_blob_id(change.text));
    out.end_object();
  }
  out.end_array();
  return out.text();
}

// Lines and revisions, as they are at the end.
void BankWork::describe() {
  for (std::size_t i = 0; i < updated_.files.size(); ++i) {
    BankFileUpdate& file = updated_.files[i];
    file.revision = store::git_blob_id(file.after);
    const BankDocument document(file.shown, file.after, kinds_[i]);
    for (const bank::TaskEntry& entry : document.document.entries()) {
      for (EntryChange& change : updated_.changes) {
        if (change.path != file.shown || change.text != entry.whole.view()) continue;
        change.line = document.source.position(entry.whole.begin).line;
      }
    }
  }
}

BankUpdated BankWork::take() {
  if (!answered()) describe();
  std::vector<std::string>& remarks = files_->remarks();
  updated_.remarks.insert(updated_.remarks.begin(), remarks.begin(), remarks.end());
  return std::move(updated_);
}

}  // namespace sdd::workspace
