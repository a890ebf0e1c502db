#include "repair/claims.h"

#include <algorithm>
#include <set>
#include <unordered_set>
#include <utility>

#include "json/equality.h"
#include "repair/fragments.h"
#include "repair/seam_doubt.h"
#include "spec/change.h"
#include "spec/lists.h"
#include "text/damage.h"

namespace sdd::repair {
namespace {

struct Owned {
  std::shared_ptr<const std::string> text;
  std::shared_ptr<const json::Tree> tree;  // nullptr: no JSON
};

Owned parsed(std::string bytes, const json::Limits& limits) {
  Owned owned;
  const auto text = std::make_shared<std::string>(std::move(bytes));
  const auto tree = std::make_shared<json::Tree>();
  json::Parser parser(limits);
  if (parser.parse(*text, *tree)) owned.tree = tree;
  owned.text = text;
  return owned;
}

void note_time(Statements& statements, json::Value value) {
  const auto time = newest_time(value);
  if (time && (!statements.newest || *time > *statements.newest)) statements.newest = time;
}

void add(Statements& statements, FragmentKind kind, Claim claim) {
  claim.repeats = repeats_a_key(claim.value);
  note_time(statements, claim.value);
  switch (kind) {
    case FragmentKind::kNode:
      statements.nodes.push_back(std::move(claim));
      return;
    case FragmentKind::kEntry:
      claim.name = spec::item_key(spec::ListKind::kEntries, claim.value);
      statements.entries.push_back(std::move(claim));
      return;
    case FragmentKind::kRootMember:
      if (claim.name != "hierarchy" && claim.name != "journal") {
        statements.members.push_back(std::move(claim));
      }
      return;
  }
}

std::string_view part(const std::string& bytes, Span span) {
  return std::string_view(bytes).substr(span.begin, span.size());
}

// All fragments in one array: the key (or null), the value.
std::string array_of(const std::string& bytes, const std::vector<Fragment>& fragments) {
  std::string text = "[";
  for (const Fragment& fragment : fragments) {
    if (text.size() > 1) text += ',';
    text += fragment.key.empty() ? "null" : part(bytes, fragment.key);
    text += ',';
    text += part(bytes, fragment.span);
  }
  return text + "]";
}

bool reads(const std::string& bytes, const Fragment& fragment, const json::Limits& limits) {
  return parsed(array_of(bytes, {fragment}), limits).tree != nullptr;
}

// What a logged change added as a whole: an entry or a node. `shift`: from the tree to the log.
void add_logged(Statements& statements, const std::string& source, json::Value change,
                std::size_t shift) {
  const json::Value value = change.find("new");
  if (!value.is_object() || change.find("old").is_object()) return;
  const auto read = spec::read_change(change);
  if (!read || read->before) return;
  const bool item = read->kind == spec::Change::Kind::kItem;
  const Span span{value.span().begin + shift, value.span().end + shift};
  Claim claim{.source = source, .place = span, .span = span, .value = value};
  if (item && read->path == spec::Path{"journal"}) {
    add(statements, FragmentKind::kEntry, std::move(claim));
  } else if (!item && read->path.size() == 2 && read->path[0] == "hierarchy") {
    claim.name = read->path[1];
    add(statements, FragmentKind::kNode, std::move(claim));
  }
}

}  // namespace

Statements read_document(const std::string& source, const std::string& bytes,
                         const json::Limits& limits) {
  Statements statements;
  Owned owned = parsed(bytes, limits);
  if (owned.tree == nullptr) return statements;
  statements.text = owned.text;
  statements.tree = owned.tree;
  const json::Value root = owned.tree->root();
  statements.is_document = root.find("hierarchy").is_object();
  if (!statements.is_document) return statements;
  const auto claim = [&](FragmentKind kind, json::Value key, json::Value value) {
    const Span span = value.span();
    const std::size_t begin = key ? key.span().begin : span.begin;
    Claim made{.source = source,
               .name = std::string(key.string()),
               .place = {begin, span.end},
               .span = span,
               .value = value};
    add(statements, kind, std::move(made));
  };
  for (const json::Member member : root.members()) {
    if (member.key.string() != "hierarchy" && member.key.string() != "journal") {
      claim(FragmentKind::kRootMember, member.key, member.value);
    }
  }
  for (const json::Member member : root.find("hierarchy").members()) {
    if (member.value.is_object()) claim(FragmentKind::kNode, member.key, member.value);
  }
  for (const json::Value entry : root.find("journal").elements()) {
    if (entry.is_object()) claim(FragmentKind::kEntry, {}, entry);
  }
  return statements;
}

Statements read_fragments(const std::string& source, const std::string& bytes,
                          const json::Limits& limits, std::size_t from) {
  Statements statements;
  std::vector<Fragment> fragments = find_fragments(bytes, limits, from);
  std::erase_if(fragments, [&](const Fragment& fragment) {
    const bool container = fragment.kind == FragmentKind::kRootMember;
    const std::string_view key = part(bytes, fragment.key);
    return (container && (key == "\"hierarchy\"" || key == "\"journal\"")) ||
           !invalid_utf8_runs(part(bytes, fragment.key)).empty() ||
           !invalid_utf8_runs(part(bytes, fragment.span)).empty();
  });
  Owned owned = parsed(array_of(bytes, fragments), limits);
  if (owned.tree == nullptr) {  // one of them is over a limit
    std::erase_if(fragments, [&](const Fragment& each) { return !reads(bytes, each, limits); });
    owned = parsed(array_of(bytes, fragments), limits);
  }
  if (owned.tree == nullptr) return statements;
  statements.text = owned.text;
  statements.tree = owned.tree;
  auto fragment = fragments.begin();
  json::Value key;
  for (const json::Value value : owned.tree->root().elements()) {
    if (!key) {
      key = value;
      continue;
    }
    Claim claim{.source = source,
                .name = std::string(key.string()),
                .place = {fragment->begin(), fragment->span.end},
                .span = fragment->span,
                .value = value,
                .in_step = fragment->in_step};
    add(statements, fragment->kind, std::move(claim));
    key = {};
    ++fragment;
  }
  return statements;
}

Statements read_log(const std::string& source, const std::string& bytes,
                    const json::Limits& limits) {
  Statements statements;
  // The lines that read, in one array, and where each began.
  std::string text = "[";
  std::vector<std::pair<std::size_t, std::size_t>> begins;  // in the array, in the log
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t end = std::min(bytes.find('\n', at), bytes.size());
    const std::string line = bytes.substr(at, end - at);
    // Alone as in the array, so that none makes the others unreadable.
    if (line.find("\"changes\"") != std::string::npos &&
        parsed("[" + line + "]", limits).tree != nullptr) {
      if (text.size() > 1) text += ',';
      begins.emplace_back(text.size(), at);
      text += line;
    }
    at = end + 1;
  }
  json::Limits all = limits;
  all.max_bytes = std::max(all.max_bytes, text.size() + 1);
  Owned owned = parsed(text + "]", all);
  if (owned.tree == nullptr) return statements;
  statements.text = owned.text;
  statements.tree = owned.tree;
  auto begin = begins.begin();
  for (const json::Value line : owned.tree->root().elements()) {
    for (const json::Value change : line.find("changes").elements()) {
      add_logged(statements, source, change, begin->second - begin->first);
    }
    ++begin;
  }
  return statements;
}

bool same_node(json::Value a, json::Value b) {
  if (!a.is_object() || !b.is_object()) return a && b && json::same(a, b);
  const bool inner = a.find("children").size() > 0;
  const auto is_derived = [inner](std::string_view key) {
    return key == "total_tasks" || key == "completed_tasks" || (inner && key == "status");
  };
  const auto holds = [&](json::Value these, json::Value those) {
    const auto members = these.members();
    return std::all_of(members.begin(), members.end(), [&](const json::Member member) {
      if (is_derived(member.key.string())) return true;
      const json::Value other = those.find(member.key.string());
      return other && json::same(member.value, other);
    });
  };
  return holds(a, b) && holds(b, a);
}

bool repeats_a_key(json::Value value) {
  if (!value) return false;
  const json::Tree& tree = *value.tree();
  for (std::uint32_t at = value.index(); at < tree.subtree_end(value); ++at) {
    const json::Value object = tree.at(at);
    if (object.size() < 2 || !object.is_object()) continue;
    std::unordered_set<std::string_view> keys;
    for (const json::Member member : object.members()) {
      if (!keys.insert(member.key.string()).second) return true;
    }
  }
  return false;
}

}  // namespace sdd::repair
