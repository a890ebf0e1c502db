// 1. Check the bytes. Of the findings whose fixes may be made take those that do not touch each
//    other (fix_wave.h); the others wait for the next round.
// 2. Make them; in a spec add what follows. Check what comes out (fix_trial.h).
// 3. Nothing new: keep it, and go on with 1. Something new: try half of them. One alone that does
//    harm is left out from then on.
// 4. When nothing is left to fix: say the whole as Changes, or edits, on the first bytes.
#include "repair/fix.h"

#include <algorithm>
#include <cassert>
#include <set>
#include <tuple>
#include <utility>

#include "json/tree.h"
#include "repair/fix_trial.h"
#include "repair/fix_wave.h"
#include "spec/diff.h"
#include "spec/spec.h"
#include "text/edit_chain.h"

namespace sdd::repair {
namespace {

// Each round costs a check of the file. A file that needs more holds so many fixes that do harm
// that somebody should look at it.
constexpr std::size_t kMostRounds = 100;

// What makes two findings of different rounds the same.
using Identity = std::tuple<const rules::Rule*, std::string, std::string>;

Identity identity(const rules::Finding& finding) {
  return {finding.rule, finding.node, finding.message};
}

class Fixing {
 public:
  Fixing(const SourceText& before, FileKind kind, const CheckBytes& check, const FixWish& wish)
      : before_(before),
        kind_(kind),
        check_(check),
        wish_(wish),
        now_(before.path(), before.bytes()),
        chain_(before.bytes()) {
    fixed_.bytes = before.bytes();
    fixed_.remaining = check(before);
  }

  Fixed run() {
    std::size_t most = SIZE_MAX;
    for (std::size_t round = 0; round < kMostRounds; ++round) {
      const Wave wave = next_wave(most);
      if (wave.items.empty()) break;
      Trial trial = try_wave(now_, fixed_.remaining, wave, check_);
      if (trial.harm.empty()) {
        take(wave, std::move(trial));
        most = most > SIZE_MAX / 2 ? SIZE_MAX : most * 2;
      } else if (wave.items.size() == 1) {
        leave_out(*wave.items.front().finding, trial.harm, trial.ours);
        most = SIZE_MAX;
      } else {
        most = wave.items.size() / 2;
      }
    }
    for (const WaveItem& item : next_wave(SIZE_MAX).items) {
      leave_out(*item.finding, "it was not tried: too many others in this file do harm", false);
    }
    if (!fixed_.actions.empty()) tell_whole();
    return std::move(fixed_);
  }

 private:
  Wave next_wave(std::size_t most) const {
    std::vector<const rules::Finding*> candidates;
    for (const rules::Finding& finding : fixed_.remaining) {
      if (!may_be_fixed(finding, wish_) || left_out_.contains(identity(finding))) continue;
      candidates.push_back(&finding);
    }
    return wave_of(candidates, most);
  }

  void take(const Wave& wave, Trial trial) {
    for (std::size_t i = 0; i < wave.items.size(); ++i) {
      const rules::Finding& finding = *wave.items[i].finding;
      FixAction action;
      action.rule = finding.rule;
      action.node = finding.node;
      action.title = finding.fix->title;
      action.safety = finding.fix->safety;
      action.line = now_.position(finding.span.begin).line;
      action.changes = std::move(trial.changes[i]);
      for (const Edit& edit : wave.items[i].edits) {
        const std::string old = now_.bytes().substr(edit.span.begin, edit.span.size());
        action.texts.push_back({now_.position(edit.span.begin).line, old, edit.text});
      }
      fixed_.actions.push_back(std::move(action));
    }
    if (kind_ == FileKind::kMarkdown) chain_.add(trial.edits);
    fixed_.bytes = std::move(trial.bytes);
    fixed_.remaining = std::move(trial.findings);
    now_.reset(before_.path(), fixed_.bytes);
  }

  void leave_out(const rules::Finding& finding, const std::string& why, bool ours) {
    left_out_.insert(identity(finding));
    fixed_.skipped.push_back({finding.rule, finding.node, finding.fix->title, why, ours});
  }

  void tell_whole() {
    if (kind_ == FileKind::kMarkdown) {
      fixed_.edits = chain_.edits();
      return;
    }
    std::string first = before_.bytes();
    fixed_.mark_removed =
        first.starts_with(kByteOrderMark) && !fixed_.bytes.starts_with(kByteOrderMark);
    if (fixed_.mark_removed) first.erase(0, kByteOrderMark.size());
    json::Parser parser;
    json::Tree old_tree;
    json::Tree new_tree;
    // What has findings with fixes parses, a mark aside, and fixes were checked.
    const bool both = parser.parse(first, old_tree) && parser.parse(fixed_.bytes, new_tree);
    assert(both);
    if (both) fixed_.changes = spec::diff(spec::Spec(old_tree), spec::Spec(new_tree));
  }

  const SourceText& before_;
  const FileKind kind_;
  const CheckBytes& check_;
  const FixWish& wish_;
  SourceText now_;
  EditChain chain_;
  std::set<Identity> left_out_;
  Fixed fixed_;
};

}  // namespace

bool may_be_fixed(const rules::Finding& finding, const FixWish& wish) {
  if (!finding.fix || (finding.fix->changes.empty() && finding.fix->edits.empty())) return false;
  const rules::Safety safety = finding.fix->safety;
  const bool allowed =
      safety == rules::Safety::kSafe || (wish.unsafe && safety == rules::Safety::kUnsafe);
  return allowed && wish.selection.has(*finding.rule) && (!wish.wanted || wish.wanted(finding));
}

Fixed fix(const SourceText& before, FileKind kind, const CheckBytes& check, const FixWish& wish) {
  return Fixing(before, kind, check, wish).run();
}

}  // namespace sdd::repair
