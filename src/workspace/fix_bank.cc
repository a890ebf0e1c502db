// As for a spec (fix.cc), with the bank for a home, and with edits on the text for Changes. A
// foreign version is not merged: the fixes are made on it anew.
#include <sys/stat.h>

#include <utility>

#include "base/strings.h"
#include "base/time.h"
#include "json/writer.h"
#include "rules/bank_engine.h"
#include "rules/engine.h"
#include "rules/repository.h"
#include "store/backup.h"
#include "store/hash.h"
#include "store/signals.h"
#include "workspace/fix.h"
#include "workspace/locked_files.h"
#include "workspace/repository.h"

namespace sdd::workspace {
namespace {

namespace fs = std::filesystem;

// Whether a dead link is the one that a finding was about: it names the spec that lies at `now`.
bool is_link_to(const bank::Field* field, std::string_view now) {
  const std::string_view path = rules::path_of(field);
  return !path.empty() && path != now && rules::place_of(path).stem == rules::place_of(now).stem;
}

std::string logged(const std::vector<repair::FixAction>& actions) {
  json::Writer out(json::Writer::kCompact);
  out.begin_array();
  for (const repair::FixAction& action : actions) {
    out.begin_object();
    out.key("change").string("fix");
    out.key("code").string(action.rule->code);
    out.key("line").integer(static_cast<std::int64_t>(action.line));
    out.end_object();
  }
  return out.end_array().text();
}

class MarkdownFix {
 public:
  MarkdownFix(const MarkdownToFix& wish, const FixTerms& terms, const Layout& layout)
      : wish_(wish), terms_(terms), layout_(layout), shown_(layout.shown(wish.file)) {
    options_.exists = [this](std::string_view path) { return is_there(path); };
    const std::string name =
        fs::path(wish.file).lexically_relative(layout.bank_dir()).generic_string();
    kind_ = bank::kind_of(name);
  }

  Result<FixedFile> run() {
    const auto bank = disk_.files.real_path(layout_.bank_dir());
    if (!bank) {
      return tl::unexpected(system_error("find", layout_.bank_dir().string(), bank.error().code));
    }
    const store::Home home(*bank);
    LockedFiles files(disk_, home,
                      {"fix",
                       {fs::path(wish_.file).filename().string()},
                       terms_.lock_timeout,
                       terms_.without_lock});
    auto done = terms_.dry_run ? files.look({wish_.file}) : files.take({wish_.file});
    if (done) done = files.read(files[0]);
    if (!done) return tl::unexpected(done.error());
    compute(files[0].bytes);
    if (!terms_.dry_run && !fixed_.made.actions.empty()) {
      done = write(files, home);
      if (!done) return tl::unexpected(done.error());
    }
    fixed_.revision = store::git_blob_id(fixed_.after);
    fixed_.remarks = std::move(files.remarks());
    return std::move(fixed_);
  }

 private:
  bool is_there(std::string_view path) const {
    struct stat status = {};
    const std::string whole = path.starts_with('/')
                                  ? std::string(path)
                                  : layout_.root().string() + "/" + std::string(path);
    return path.find('\0') == std::string_view::npos && stat(whole.c_str(), &status) == 0;
  }

  std::vector<rules::Finding> check(const SourceText& source) const {
    const bank::Document document = bank::Document::of(source, kind_);
    auto findings = rules::check_document(source, document, options_);
    if (rules::is_damaged_text(findings)) return findings;
    for (const bank::TaskEntry& entry : document.entries()) {
      if (!entry.in_task_section) add_link(entry.field(bank::Key::kSddSpec), findings);
    }
    if (const bank::WorkItem* item = document.work_item()) {
      add_link(item->meta(bank::Meta::kSddSpec), findings);
    }
    return findings;
  }

  void add_link(const bank::Field* field, std::vector<rules::Finding>& findings) const {
    for (const rules::Finding& link : wish_.links) {
      const std::string& now = link.fix->edits.front().text;
      if (!is_link_to(field, now) || is_there(rules::path_of(field))) continue;
      rules::Finding finding = link;
      finding.span = field->path()->path.span();
      finding.fix->edits = {{finding.span, now}};
      findings.push_back(std::move(finding));
      return;
    }
  }

  repair::Fixed fixes_of(std::string bytes) const {
    repair::FixWish wish = terms_.wish;
    wish.wanted = [&](const rules::Finding& finding) {
      return !wish_.hidden.contains(name_of(finding)) &&
             (!terms_.wish.wanted || terms_.wish.wanted(finding));
    };
    return repair::fix(
        SourceText(shown_, std::move(bytes)), repair::FileKind::kMarkdown,
        [&](const SourceText& source) { return check(source); }, wish);
  }

  void compute(const std::string& bytes) {
    fixed_.before = bytes;
    fixed_.made = fixes_of(bytes);
    fixed_.after = fixed_.made.bytes;
    fixed_.edits = fixed_.made.edits;
  }

  Result<void> write(LockedFiles& files, const store::Home& home) {
    LockedFile& file = files[0];
    if (terms_.backup) {
      const auto kept =
          store::keep_backup(disk_.files, home, file.target.path, fixed_.before, now());
      if (!kept) return tl::unexpected<Error>(kept.error());
      fixed_.backup = kept->string();
    }
    file.after = fixed_.after;
    const store::SignalsHeld held;
    const std::string id = store::new_update("", "fix").id;
    const auto written =
        files.write(file, {id, logged(fixed_.made.actions),
                           [&](std::string_view, std::string_view theirs, std::string_view ours) {
                             return join(theirs, ours);
                           }});
    if (!written) return written;
    fixed_.written = true;
    fixed_.merged = file.merged;
    if (file.after != fixed_.after) {
      fixed_.after = file.after;
      fixed_.made.bytes = file.after;
      fixed_.made.remaining = check(SourceText(shown_, file.after));
    }
    return files.done(file, id, "{}");
  }

  // After a first merge our side holds what another program wrote; what it writes next may be
  // without. A fix is not worth the risk.
  store::MergeAnswer join(std::string_view theirs, std::string_view ours) const {
    store::MergeAnswer answer;
    if (ours != fixed_.made.bytes) {
      answer.why = "it was written several times";
      return answer;
    }
    repair::Fixed again = fixes_of(std::string(theirs));
    if (theirs.empty() || rules::is_damaged_text(again.remaining)) {
      answer.kind = store::MergeAnswer::kUnreadable;
      answer.why = "what another program wrote is damaged or empty";
      return answer;
    }
    answer.kind = store::MergeAnswer::kMerged;
    answer.bytes = std::move(again.bytes);
    return answer;
  }

  const MarkdownToFix& wish_;
  const FixTerms& terms_;
  const Layout& layout_;
  const std::string shown_;
  Disk disk_;
  rules::BankOptions options_;
  bank::Kind kind_ = bank::Kind::kLog;
  FixedFile fixed_;
};

}  // namespace

Result<FixedFile> fix_markdown(const MarkdownToFix& file, const FixTerms& terms,
                               const Layout& layout) {
  return MarkdownFix(file, terms, layout).run();
}

}  // namespace sdd::workspace
