// 1. Take the markers apart into two versions; the base is their `|||||||` parts, else what git's
//    index has for it (stage 1), else not known.
// 2. Join them (repair/merge_bank.h). What contradicts is told with its lines.
// 3. No error that neither side has may be in the result.
#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <utility>

#include "base/strings.h"
#include "repair/merge_bank.h"
#include "text/damage.h"
#include "workspace/bank_work.h"
#include "workspace/repair/line_runs.h"
#include "workspace/repair/plan.h"
#include "workspace/repository.h"

namespace sdd::workspace {
namespace {

std::size_t line_number(std::string_view bytes, std::size_t at) {
  return static_cast<std::size_t>(
             std::count(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(at), '\n')) +
         1;
}

// " (line 12 and line 19)": where the first lines of both texts stand in the damaged file.
std::string lines_told(const repair::BankConflict& conflict, std::string_view damaged) {
  std::vector<std::string> told;
  std::size_t from = 0;
  for (const std::string& text : {conflict.ours, conflict.theirs}) {
    if (text.empty()) continue;
    const std::size_t at = damaged.find(text.substr(0, text.find('\n')), from);
    if (at == std::string_view::npos) continue;
    from = damaged.find('\n', at);
    if (from == std::string_view::npos) from = damaged.size();
    told.push_back(fmt::format("line {}", line_number(damaged, at)));
  }
  return told.empty() ? "" : " (" + join_and(told) + ")";
}

// Errors of 6xx that neither side has.
std::string new_errors(bank::Kind kind, const std::string& result,
                       const repair::ConflictSides& sides) {
  std::map<std::string, int> known;
  for (const std::string& side : {sides.ours, sides.theirs}) {
    for (const auto& [code, count] : errors_of(BankDocument("", side, kind))) known[code] += count;
  }
  std::vector<std::string> codes;
  for (const auto& [code, count] : errors_of(BankDocument("", result, kind))) {
    if (count > known[code]) codes.push_back(code);
  }
  return join_and(codes);
}

void tell_pieces(const std::string& damaged, RepairPlan& plan) {
  std::vector<Span> used;
  for (const LineRun& run : line_runs(plan.after, damaged)) {
    plan.recovered.push_back({name_of_lines(run.lines), "file", run.bytes});
    used.push_back(run.bytes);
  }
  std::sort(used.begin(), used.end(), [](Span a, Span b) { return a.begin < b.begin; });
  std::size_t at = 0;
  const auto drop = [&](std::size_t end) {
    if (at < end && !is_blank_text(std::string_view(damaged).substr(at, end - at))) {
      plan.dropped.push_back({{at, end}, "conflict markers, and what they set against each other"});
    }
  };
  for (const Span span : used) {
    drop(span.begin);
    at = std::max(at, span.end);
  }
  drop(damaged.size());
}

}  // namespace

RepairPlan plan_bank_merge(bank::Kind kind, const std::string& damaged,
                           const std::vector<FoundSource>& sources) {
  RepairPlan plan;
  // 1.
  const auto sides = repair::split_conflicts(damaged);
  if (!sides) {
    plan.refusal = "the conflict markers are not in their order";
    return plan;
  }
  const auto base = std::find_if(sources.begin(), sources.end(),
                                 [](const FoundSource& one) { return one.source.is_base; });
  const std::string* known = sides->base ? &*sides->base : nullptr;
  if (known == nullptr && base != sources.end()) known = &base->source.bytes;
  // 2.
  repair::BankMerged merged = repair::merge_bank({known, sides->ours, sides->theirs}, kind);
  for (const repair::BankConflict& conflict : merged.conflicts) {
    plan.lost.push_back({"", conflict.message + lines_told(conflict, damaged)});
  }
  if (!merged.conflicts.empty()) {
    plan.refusal = "both sides contradict each other";
    return plan;
  }
  plan.after = std::move(merged.bytes);
  // 3.
  const std::string errors = new_errors(kind, plan.after, *sides);
  if (!errors.empty())
    plan.refusal = "the result would have errors that neither side has: " + errors;
  plan.base = known == nullptr || sides->base ? "file" : base->source.id;
  tell_pieces(damaged, plan);
  return plan;
}

}  // namespace sdd::workspace
