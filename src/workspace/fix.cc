// 1. Under the lock: compute the fixes on the bytes as they are now. Whatever was found before the
//    lock was had may have been mended meanwhile.
// 2. Everything checked: keep a backup.
// 3. Write as every update does (workspace/update.h).
// 4. See what remains, where another program's change was merged.
#include "workspace/fix.h"

#include <algorithm>
#include <utility>

#include "base/time.h"
#include "store/backup.h"
#include "store/hash.h"
#include "workspace/update.h"

namespace sdd::workspace {
namespace {

class SpecFix {
 public:
  SpecFix(const SpecToFix& spec, const FixTerms& terms, const Places& places, Disk& disk)
      : spec_(spec), terms_(terms), places_(places), disk_(disk), engine_(options_of(terms)) {}

  Result<FixedFile> run() {
    UpdateRequest request;
    request.spec = spec_.place.file;
    request.command = "fix";
    request.ids = {spec_.place.id};
    request.compute_from = [&](const OpenSpec& opened) { return compute(opened); };
    request.lock_timeout = terms_.lock_timeout;
    request.if_match = terms_.if_match;
    request.dry_run = terms_.dry_run;
    request.without_lock = terms_.without_lock;
    if (terms_.backup) {
      request.before_write = [&](std::string_view before, const LockedSpec& locked) {
        return keep(before, locked);
      };
    }
    auto updated = update_spec(request, places_, disk_);
    if (!updated) return tl::unexpected(updated.error());
    take(std::move(*updated));
    return std::move(fixed_);
  }

 private:
  static rules::Engine::Options options_of(const FixTerms& terms) {
    rules::Engine::Options options = terms.engine;
    options.purpose = rules::Purpose::kCheck;
    options.selection = {};
    return options;
  }

  std::vector<rules::Finding> check(const SourceText& source) {
    auto findings = engine_.check(source, {spec_.place.id, spec_.place.status_folder, spec_.twins});
    for (rules::Finding finding : lost_) {
      finding.span = {std::min(finding.span.begin, source.bytes().size()),
                      std::min(finding.span.end, source.bytes().size())};
      findings.push_back(std::move(finding));
    }
    rules::keep_traces_of_loss(findings);
    return findings;
  }

  // Which updates are lost is asked of the bytes that stand in the file, once. Those that a fix
  // would make stand there only in thought: whose they are the log cannot know. A fix neither loses
  // an update nor brings one back.
  void look_for_losses(const SourceText& source) {
    lost_.clear();
    if (terms_.lost_updates == nullptr) return;
    engine_.check(source, {spec_.place.id, spec_.place.status_folder, {}});
    if (engine_.spec() == nullptr) return;
    lost_ = terms_.lost_updates->find(spec_.place, source, *engine_.spec());
  }

  Result<spec::Update> compute(const OpenSpec& opened) {
    std::string bytes = opened.source.bytes();
    if (opened.had_mark) bytes.insert(0, kByteOrderMark);
    repair::FixWish wish = terms_.wish;
    wish.wanted = [&](const rules::Finding& finding) {
      return !spec_.hidden.contains(name_of(finding)) &&
             (!terms_.wish.wanted || terms_.wish.wanted(finding));
    };
    const SourceText before(opened.source.path(), std::move(bytes));
    look_for_losses(before);
    fixed_.made = repair::fix(
        before, repair::FileKind::kSpec, [&](const SourceText& source) { return check(source); },
        wish);
    if (opened.had_mark && !fixed_.made.mark_removed) {
      return fail(ErrorKind::kDamaged, "the byte order mark in front of it was to stay");
    }
    spec::Update update;
    update.changes = fixed_.made.changes;
    return update;
  }

  Result<void> keep(std::string_view before, const LockedSpec& locked) {
    const auto kept =
        store::keep_backup(disk_.files, locked.home(), locked.target().path, before, now());
    if (!kept) return tl::unexpected<Error>(kept.error());
    fixed_.backup = kept->string();
    return {};
  }

  void take(Updated updated) {
    fixed_.written = !terms_.dry_run && updated.after != updated.before;
    fixed_.merged = updated.merged;
    fixed_.before = std::move(updated.before);
    fixed_.after = std::move(updated.after);
    fixed_.edits = std::move(updated.edits);
    fixed_.revision = std::move(updated.revision);
    fixed_.total_tasks = updated.total_tasks;
    fixed_.completed_tasks = updated.completed_tasks;
    fixed_.remarks = std::move(updated.remarks);
    if (fixed_.after == fixed_.made.bytes && lost_.empty()) return;
    const SourceText after(spec_.place.file, fixed_.after);
    if (fixed_.written) look_for_losses(after);
    fixed_.made.bytes = fixed_.after;
    fixed_.made.remaining = check(after);
  }

  const SpecToFix& spec_;
  const FixTerms& terms_;
  const Places& places_;
  Disk& disk_;
  rules::Engine engine_;
  std::vector<rules::Finding> lost_;  // SDD901
  FixedFile fixed_;
};

}  // namespace

FindingName name_of(const rules::Finding& finding) {
  return {finding.rule, finding.node, finding.message};
}

Result<FixedFile> fix_spec(const SpecToFix& spec, const FixTerms& terms, const Places& places) {
  Disk disk;
  return fix_spec(spec, terms, places, disk);
}

Result<FixedFile> fix_spec(const SpecToFix& spec, const FixTerms& terms, const Places& places,
                           Disk& disk) {
  return SpecFix(spec, terms, places, disk).run();
}

}  // namespace sdd::workspace
