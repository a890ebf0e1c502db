#include "repair/fix_trial.h"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

#include "base/strings.h"
#include "json/tree.h"
#include "rules/engine.h"
#include "rules/rule.h"
#include "rules/table.h"
#include "spec/catch_up.h"
#include "spec/spec.h"

namespace sdd::repair {
namespace {

bool is_damage(const rules::Finding& finding) {
  const std::string_view code = finding.rule->code;
  return code < "SDD010" || code == "SDD011" || code == "SDD012";
}

bool is_state(const rules::Rule& rule) {
  for (const char* code : {"SDD113", "SDD307", "SDD308", "SDD310", "SDD504", "SDD515"}) {
    if (std::string_view(rule.code) == code) return true;
  }
  const bool is_about_journal = std::string_view(rule.code).starts_with("SDD4");
  return is_about_journal && !rules::belongs(rule, rules::Purpose::kValidate);
}

bool is_number(std::string_view token) {
  return !token.empty() && token.find_first_not_of("0123456789") == std::string_view::npos;
}

// The member that a finding is about. Positions in lists change when something is taken out.
std::string_view member_of(std::string_view pointer) {
  while (!pointer.empty()) {
    const std::size_t slash = pointer.rfind('/');
    const std::string_view token = pointer.substr(slash + 1);
    if (!is_number(token)) return token;
    pointer = pointer.substr(0, slash);
  }
  return pointer;
}

// The node's member that a change is about or lies in; "" where it is about no node's.
std::string_view member_of(const spec::Change& change) {
  return change.path.size() > 2 ? std::string_view(change.path[2]) : std::string_view();
}

// Where a fix changed the spec.
spec::Touched touched_by(const spec::Change& change, std::size_t item) {
  const std::string_view member = member_of(change);
  const bool statuses =
      member == "status" || member == "type" || member == "children" || member == "parent";
  const bool closed = member == "status" && change.after && change.after->text == "\"completed\"";
  return {std::string(spec::node_of(change)), item, statuses, closed};
}

bool may_have_followers(const spec::Change& change) {
  const std::string_view member = member_of(change);
  return change.path[0] == "hierarchy" && member != "metadata" && member != "dependencies";
}

class SpecTrial {
 public:
  SpecTrial(const Wave& wave, Trial& trial) : wave_(wave), trial_(trial) {}

  // The bytes with all changes, and with what follows from them. Errors: changes that cannot be
  // made.
  Result<void> make(const std::string& bytes) {
    spec::Changes all;
    std::vector<spec::Touched> touched;
    for (std::size_t i = 0; i < wave_.items.size(); ++i) {
      trial_.changes.push_back(wave_.items[i].changes);
      for (const spec::Change& change : wave_.items[i].changes) {
        all.push_back(change);
        if (may_have_followers(change)) touched.push_back(touched_by(change, i));
      }
    }
    auto made = apply(bytes, all);
    if (!made) return made;
    return touched.empty() ? Result<void>() : follow(touched);
  }

  bool followed() const { return followed_; }
  bool unknown() const { return unknown_; }

 private:
  Result<void> apply(const std::string& bytes, const spec::Changes& changes) {
    json::Parser parser;
    json::Tree tree;
    if (!parser.parse(bytes, tree)) return fail(ErrorKind::kDamaged, "it is no JSON");
    if (const spec::Spec spec(tree); !read_root_ && spec.root() != nullptr) {
      root_was_ = spec.root()->status;
    }
    read_root_ = true;
    const auto edits = spec::edits_for(tree, changes);
    if (!edits) return tl::unexpected<Error>(edits.error());
    auto made = apply_edits(bytes, *edits);
    if (!made) return tl::unexpected<Error>(made.error());
    trial_.bytes = std::move(*made);
    return {};
  }

  Result<void> follow(const std::vector<spec::Touched>& touched) {
    json::Parser parser;
    json::Tree tree;
    const std::string bytes = trial_.bytes;
    if (!parser.parse(bytes, tree)) return fail(ErrorKind::kDamaged, "it makes the file no JSON");
    const spec::CaughtUp caught = spec::catch_up(spec::Spec(tree), touched, root_was_);
    unknown_ = caught.unknown;
    followed_ = !caught.changes.empty();
    spec::Changes all;
    for (const spec::Followed& each : caught.changes) {
      all.push_back(each.change);
      trial_.changes[each.by].push_back(each.change);
    }
    return all.empty() ? Result<void>() : apply(bytes, all);
  }

  const Wave& wave_;
  Trial& trial_;
  std::optional<spec::Status> root_was_;
  bool read_root_ = false;
  bool followed_ = false;
  bool unknown_ = false;
};

bool has_damage(const std::vector<rules::Finding>& findings) {
  return std::any_of(findings.begin(), findings.end(), is_damage);
}

bool any_unsafe(const Wave& wave) {
  return std::any_of(wave.items.begin(), wave.items.end(), [](const WaveItem& item) {
    return item.finding->fix->safety == rules::Safety::kUnsafe;
  });
}

std::string would_bring(const rules::Finding& finding) {
  std::string where;
  if (!finding.node.empty()) where = " at " + quote(finding.node);
  return fmt::format("it would bring {} ({}){}", finding.rule->code, finding.rule->name, where);
}

// What is made as edits on the bytes.
Result<void> make_edits(const std::string& bytes, const Wave& wave, Trial& trial) {
  for (const WaveItem& item : wave.items) {
    trial.edits.insert(trial.edits.end(), item.edits.begin(), item.edits.end());
  }
  auto made = apply_edits(bytes, trial.edits);
  if (!made) return tl::unexpected<Error>(made.error());
  trial.bytes = std::move(*made);
  trial.changes.resize(wave.items.size());
  return {};
}

void judge(const std::vector<rules::Finding>& before, const SpecTrial& spec, Trial& trial) {
  // A damaged file has only one finding; behind it any may come to light, but no other damage.
  if (has_damage(before)) {
    if (!has_damage(trial.findings)) return;
    trial.harm = "the file is damaged beyond that: sdd repair";
    trial.ours = false;
    return;
  }
  if (const rules::Finding* found = new_finding(before, trial.findings)) {
    trial.harm = would_bring(*found);
    if (spec.unknown()) {
      trial.harm = "what the counts above would be is not known: other findings come first";
      trial.ours = false;
    }
  } else if (spec.followed() && rules::may_have_lost_data(trial.findings)) {
    trial.harm = "it would change counts, and other findings show that data may be lost";
    trial.ours = false;
  }
}

}  // namespace

Trial try_wave(const SourceText& now, const std::vector<rules::Finding>& before, const Wave& wave,
               const CheckBytes& check) {
  Trial trial;
  trial.ours = !any_unsafe(wave);
  SpecTrial spec(wave, trial);
  const auto made = wave.by_edits ? make_edits(now.bytes(), wave, trial) : spec.make(now.bytes());
  if (!made) {
    trial.harm = "it cannot be made: " + made.error().message;
    return trial;
  }
  trial.findings = check(SourceText(now.path(), trial.bytes));
  judge(before, spec, trial);
  return trial;
}

const rules::Finding* new_finding(const std::vector<rules::Finding>& before,
                                  const std::vector<rules::Finding>& after) {
  using Kind = std::tuple<const rules::Rule*, std::string_view, std::string_view>;
  const auto kind_of = [](const rules::Finding& finding) {
    return Kind{finding.rule, finding.node, member_of(finding.pointer)};
  };
  std::map<Kind, std::size_t> known;
  for (const rules::Finding& finding : before) ++known[kind_of(finding)];
  for (const rules::Finding& finding : after) {
    if (is_state(*finding.rule)) continue;
    const auto found = known.find(kind_of(finding));
    if (found == known.end() || found->second == 0) return &finding;
    --found->second;
  }
  return nullptr;
}

}  // namespace sdd::repair
