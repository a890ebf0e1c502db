#include "rules/counts/count_words.h"

#include <utility>

#include "base/strings.h"
#include "rules/fixes.h"

namespace sdd::rules {
namespace {

std::string sum_of_children(const spec::CheckedCount& count) {
  const spec::CountRange sum = count.must_be;
  // Where the children's own numbers are wrong, the user cannot add up what stands there.
  std::string words = count.children_state == sum.least ? "the children add up to "
                                                        : "the tasks below it add up to ";
  if (sum.is_exact()) return words + std::to_string(sum.least);
  if (sum.most == spec::CountRange::kNoLimit)
    return words + "at least " + std::to_string(sum.least);
  return words + "between " + std::to_string(sum.least) + " and " + std::to_string(sum.most);
}

std::string shown_value(json::Value value) {
  constexpr std::size_t kMostShown = 40;
  if (value.is_array() || value.is_object()) return json::kind_name(value.kind());
  const std::string_view raw = value.raw();
  if (raw.size() <= kMostShown) return printable(raw);
  return printable(raw.substr(0, kMostShown)) + "…";
}

}  // namespace

std::string why_total(const spec::Node& node, const spec::CheckedCount& total) {
  if (node.child_count > 0) return sum_of_children(total);
  return node.is_container() ? "but it has no children" : "a node without children counts as 1";
}

std::string why_completed(const spec::Node& node, const spec::CheckedCount& completed) {
  if (node.child_count > 0) return sum_of_children(completed);
  if (node.is_container() && node.total != 1) return "but it has no children";
  if (!node.status) return "a node without children counts as 1 at most";
  return "but its status is " + std::string(to_string(*node.status));
}

std::string why_no_count(json::Value value) {
  const auto number = value.number();
  if (!number) return "not a number";
  if (*number < 0) return "a count is never negative";
  return value.kind() == json::Kind::kReal ? "not a whole number" : "too large for a count";
}

void add_wrong_count(Report& report, const spec::Node& node, std::string_view member,
                     const std::string& why, const spec::CheckedCount& count) {
  const json::Value value = member == "total_tasks" ? node.total_value : node.completed_value;
  std::string message = std::string(member) + " is " + shown_value(value) + ", " + why;
  Finding& finding = report.add(value, std::move(message));
  finding.node = node.id;
  if (!count.must_be.is_exact()) return;
  const std::string number = std::to_string(count.must_be.least);
  finding.fix = node_fix(node, Safety::kSafe, "set " + std::string(member) + " to " + number,
                         {set_derived(node, member, value, number)});
}

}  // namespace sdd::rules
