#include "rules/versions.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <variant>

#include "json/equality.h"
#include "rules/rule.h"
#include "spec/lists.h"
#include "text/source_text.h"

namespace sdd::rules {
namespace {

// At least this part of the node ids of a spec stands in the one that continues it, in percent.
constexpr std::size_t kSameNodes = 80;

bool has_most_nodes_of(const spec::Spec& now, const spec::Spec& before) {
  const auto& nodes = before.nodes();
  const auto kept = std::count_if(nodes.begin(), nodes.end(), [&](const spec::Node& node) {
    return now.find(node.id) != nullptr;
  });
  return !nodes.empty() && static_cast<std::size_t>(kept) * 100 >= nodes.size() * kSameNodes;
}

bool is_renamed(const VersionedSpec& before, const VersionedSpec& now) {
  if (before.spec == nullptr || now.spec == nullptr) return false;
  const json::Value generated = before.spec->generated;
  return generated.is_string() && !generated.string().empty() &&
         now.spec->generated.string() == generated.string() &&
         has_most_nodes_of(*now.spec, *before.spec);
}

// What an entry is about, for one whose title was edited.
std::pair<std::string_view, std::string_view> moment_of(json::Value entry) {
  return {entry.find("timestamp").string(), entry.find("task_id").string()};
}

// Whether only the title or only the content differs: else it is another entry of that moment.
bool shares_words(json::Value a, json::Value b) {
  return a.find("title").string() == b.find("title").string() ||
         a.find("content").string() == b.find("content").string();
}

bool gives_a_reason(std::string_view type) {
  return type == "deviation" || type == "blocker" || type == "decision";
}

template <typename Subject, typename Collector>
void run_all(const Subject& subject, const Selection& selection, Collector& report) {
  for (const Rule* rule : all_rules()) {
    const auto* check = std::get_if<void (*)(const Subject&, Collector&)>(&rule->check);
    if (check == nullptr || !selection.has(*rule)) continue;
    report.set_rule(rule);
    (*check)(subject, report);
  }
}

}  // namespace

std::vector<std::optional<std::size_t>> pair_specs(const std::vector<VersionedSpec>& before,
                                                   const std::vector<VersionedSpec>& now) {
  std::vector<std::optional<std::size_t>> pairs(before.size());
  std::unordered_map<std::string_view, std::size_t> by_path;
  std::unordered_map<std::string_view, std::size_t> by_id;
  for (std::size_t i = 0; i < now.size(); ++i) {
    by_path.emplace(now[i].path, i);
    by_id.emplace(now[i].id, i);
  }
  std::set<std::size_t> taken;
  for (std::size_t i = 0; i < before.size(); ++i) {
    const auto same_path = by_path.find(before[i].path);
    const auto same_id = by_id.find(before[i].id);
    if (same_path != by_path.end()) {
      pairs[i] = same_path->second;
    } else if (same_id != by_id.end()) {
      pairs[i] = same_id->second;
    }
    if (pairs[i]) taken.insert(*pairs[i]);
  }
  for (std::size_t i = 0; i < before.size(); ++i) {
    for (std::size_t j = 0; j < now.size() && !pairs[i]; ++j) {
      if (!taken.contains(j) && is_renamed(before[i], now[j])) pairs[i] = j;
    }
    if (pairs[i]) taken.insert(*pairs[i]);
  }
  return pairs;
}

std::vector<ChangedEntry> changed_entries(const SpecVersions& versions) {
  const json::Value before = versions.before.journal_value;
  const json::Value now = versions.now.journal_value;
  const auto old_keys = spec::item_keys(spec::ListKind::kEntries, before);
  const auto new_keys = spec::item_keys(spec::ListKind::kEntries, now);
  std::unordered_map<std::string_view, json::Value> by_key;
  std::size_t at = 0;
  for (const json::Value entry : now.elements()) by_key.emplace(new_keys[at++], entry);
  // Entries that the base did not have, by what they are about.
  std::multimap<std::pair<std::string_view, std::string_view>, json::Value> fresh;
  for (const json::Value entry : new_entries(versions)) fresh.emplace(moment_of(entry), entry);
  std::vector<ChangedEntry> changed;
  at = 0;
  for (const json::Value entry : before.elements()) {
    const auto found = by_key.find(old_keys[at++]);
    if (found != by_key.end()) {
      if (!json::same(found->second, entry)) changed.push_back({entry, found->second});
      continue;
    }
    auto [edited, last] = fresh.equal_range(moment_of(entry));
    while (edited != last && !shares_words(entry, edited->second)) ++edited;
    if (edited == last) edited = fresh.end();
    changed.push_back({entry, edited == fresh.end() ? json::Value() : edited->second});
    if (edited != fresh.end()) fresh.erase(edited);
  }
  return changed;
}

std::vector<json::Value> new_entries(const SpecVersions& versions) {
  const auto old_keys = spec::item_keys(spec::ListKind::kEntries, versions.before.journal_value);
  const std::unordered_set<std::string_view> known(old_keys.begin(), old_keys.end());
  const auto new_keys = spec::item_keys(spec::ListKind::kEntries, versions.now.journal_value);
  std::vector<json::Value> fresh;
  std::size_t at = 0;
  for (const json::Value entry : versions.now.journal_value.elements()) {
    if (!known.contains(new_keys[at++])) fresh.push_back(entry);
  }
  return fresh;
}

json::Value reason_for(const SpecVersions& versions, std::string_view node) {
  json::Value reason;
  for (const json::Value entry : new_entries(versions)) {
    if (!gives_a_reason(entry.find("entry_type").string())) continue;
    const bool about_node = entry.find("task_id").string() == node;
    if (!reason || about_node) reason = entry;
    if (about_node) break;
  }
  return reason;
}

Span place_of_member(const spec::Spec& spec, json::Value member) {
  const json::Value key = member ? spec.tree().key_of(member) : json::Value();
  if (key) return key.span();
  const Span whole = spec.root_value().span();
  return {whole.begin, std::min(whole.begin + 1, whole.end)};
}

std::vector<Finding> check_spec_versions(const SpecVersions& versions, const Selection& selection) {
  std::vector<Finding> findings;
  Report report(&versions.now.tree(), findings);
  run_all(versions, selection, report);
  std::stable_sort(findings.begin(), findings.end(),
                   [](const Finding& a, const Finding& b) { return a.span.begin < b.span.begin; });
  return findings;
}

std::vector<LinkReport::Found> check_versions(const Versions& versions,
                                              const Selection& selection) {
  LinkReport report;
  run_all(versions, selection, report);
  std::vector<LinkReport::Found> found = std::move(report.found());
  std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
    return std::make_tuple(std::string_view(a.path), std::string_view(a.finding.rule->code)) <
           std::make_tuple(std::string_view(b.path), std::string_view(b.finding.rule->code));
  });
  return found;
}

}  // namespace sdd::rules
