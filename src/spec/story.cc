// 1. Changes of the journal, of nodes as a whole and of stated statuses are sorted out.
// 2. Of the rest what follows from those is dropped: see the header.
#include "spec/story.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <set>
#include <string_view>
#include <utility>

#include "base/strings.h"
#include "spec/outline.h"

namespace sdd::spec {
namespace {

// Members of a node's metadata that go with its status and its journal entries.
constexpr std::array<std::string_view, 6> kGoesWith = {"started_at",       "completed_at",
                                                       "actual_hours",     "journaled_at",
                                                       "needs_journaling", "status_note"};

class Teller {
 public:
  Story tell(const Spec* before, const Spec* after, const Changes& changes) {
    story_.before = counts_of(before);
    story_.after = counts_of(after);
    // 1.
    for (const Change& change : changes) {
      if (!sort_out(change)) rest_.push_back(&change);
    }
    // 2.
    for (const Change* change : rest_) {
      if (!follows(*change)) story_.others.push_back(*change);
    }
    const Spec* ordered = after == nullptr ? before : after;
    std::stable_sort(story_.statuses.begin(), story_.statuses.end(),
                     [&](const StatusStep& a, const StatusStep& b) {
                       return place(*ordered, a.node) < place(*ordered, b.node);
                     });
    return std::move(story_);
  }

 private:
  static RootCounts counts_of(const Spec* spec) {
    const Node* root = spec == nullptr ? nullptr : spec->root();
    return root == nullptr ? RootCounts{} : RootCounts{root->completed, root->total};
  }

  static std::uint32_t place(const Spec& spec, const std::string& id) {
    const Node* node = spec.find(id);
    return node == nullptr ? kNoNode : spec.index_of(*node);
  }

  // What a snippet says, until the next question.
  json::Value read(const json::Snippet& snippet) {
    return parser_.parse(snippet.text, tree_) ? tree_.root() : json::Value();
  }

  bool sort_out(const Change& change) {
    const Path& path = change.path;
    if (change.kind == Change::Kind::kItem && path.size() == 1 && path[0] == "journal") {
      if (!change.moves()) take_entry(change);
      return true;
    }
    const bool node =
        change.kind == Change::Kind::kMember && path.size() >= 2 && path[0] == "hierarchy";
    if (node && path.size() == 2 && change.before.has_value() != change.after.has_value()) {
      take_node(change);
      return true;
    }
    if (!node || path.size() != 3 || path[2] != "status") return false;
    touched_.insert(path[1]);
    if (change.derived) return true;
    const auto word = [&](const std::optional<json::Snippet>& value) {
      return value ? std::string(read(*value).string()) : std::string();
    };
    story_.statuses.push_back({path[1], word(change.before), word(change.after)});
    return true;
  }

  void take_entry(const Change& change) {
    const json::Value entry = read(change.after ? *change.after : *change.before);
    const auto text = [&](const char* name) { return std::string(entry.find(name).string()); };
    EntryNote note{text("timestamp"), text("entry_type"), text("title"), text("task_id")};
    touched_.insert(note.task);
    std::vector<EntryNote>& list = !change.before  ? story_.entries_added
                                   : !change.after ? story_.entries_removed
                                                   : story_.entries_changed;
    list.push_back(std::move(note));
  }

  void take_node(const Change& change) {
    const json::Value node = read(change.after ? *change.after : *change.before);
    come_or_gone_.insert(change.path[1]);
    std::vector<NodeNote>& list = change.after ? story_.nodes_added : story_.nodes_removed;
    list.push_back({change.path[1], std::string(node.find("type").string()),
                    std::string(node.find("title").string())});
  }

  bool follows(const Change& change) {
    if (change.derived || adds_container(change)) return true;
    const Path& path = change.path;
    if (path.size() < 3 || path[0] != "hierarchy") return false;
    if (come_or_gone_.contains(path[1])) return true;
    if (change.kind == Change::Kind::kItem) {
      const json::Value item = read(change.after ? *change.after : *change.before);
      return path[2] == "children" && come_or_gone_.contains(std::string(item.string()));
    }
    return path.size() == 4 && path[2] == "metadata" && touched_.contains(path[1]) &&
           std::find(kGoesWith.begin(), kGoesWith.end(), path[3]) != kGoesWith.end();
  }

  Story story_;
  std::vector<const Change*> rest_;
  std::set<std::string> touched_;       // nodes with another status or an entry about them
  std::set<std::string> come_or_gone_;  // nodes
  json::Parser parser_;
  json::Tree tree_;
};

std::string word(const std::string& text) { return text.empty() ? "?" : printable(text); }

std::string told(const EntryNote& entry) {
  const std::string task = entry.task.empty() ? "" : fmt::format(" ({})", printable(entry.task));
  return fmt::format("\"{}\"{}", printable(entry.title), task);
}

std::string told(const NodeNote& node) {
  return fmt::format("{} \"{}\" ({})", printable(node.id), printable(node.title), word(node.type));
}

std::string told(const RootCounts& counts) {
  const auto number = [](std::optional<std::int64_t> value) {
    return value ? std::to_string(*value) : std::string("?");
  };
  return number(counts.completed) + "/" + number(counts.total);
}

// `journal +1: "…"` on one line, several on a line each below it.
void tell_entries(const char* head, const std::vector<EntryNote>& entries,
                  std::vector<std::string>& lines) {
  if (entries.empty()) return;
  lines.push_back(fmt::format("journal {}{}", head, entries.size()));
  if (entries.size() == 1) {
    lines.back() += ": " + told(entries.front());
    return;
  }
  for (const EntryNote& entry : entries) lines.push_back("  " + told(entry));
}

}  // namespace

Story story_of(const Spec* before, const Spec* after, const Changes& changes) {
  return Teller().tell(before, after, changes);
}

bool Story::empty() const {
  return statuses.empty() && entries_added.empty() && entries_removed.empty() &&
         entries_changed.empty() && nodes_added.empty() && nodes_removed.empty() &&
         others.empty() && before == after;
}

std::vector<std::string> Story::lines() const {
  std::vector<std::string> lines;
  for (const StatusStep& step : statuses) {
    lines.push_back(
        fmt::format("{}: {} → {}", printable(step.node), word(step.before), word(step.after)));
  }
  for (const NodeNote& node : nodes_added) lines.push_back("+ " + told(node));
  for (const NodeNote& node : nodes_removed) lines.push_back("- " + told(node));
  for (const Change& change : others) lines.push_back(to_line(change));
  tell_entries("+", entries_added, lines);
  tell_entries("-", entries_removed, lines);
  tell_entries("rewritten: ", entries_changed, lines);
  if (before != after) lines.push_back(fmt::format("counts {} → {}", told(before), told(after)));
  return lines;
}

std::string Story::summary() const {
  std::vector<std::string> parts;
  const auto add = [&](std::size_t count, const char* noun) {
    if (count > 0) parts.push_back(counted(count, noun));
  };
  if (!statuses.empty()) {
    parts.push_back(statuses.size() == 1 ? "1 status"
                                         : std::to_string(statuses.size()) + " statuses");
  }
  add(nodes_added.size(), "new node");
  add(nodes_removed.size(), "removed node");
  if (!entries_added.empty()) parts.push_back(fmt::format("journal +{}", entries_added.size()));
  if (!entries_removed.empty()) parts.push_back(fmt::format("journal -{}", entries_removed.size()));
  add(entries_changed.size(), "rewritten entry");
  add(others.size(), "other change");
  if (before != after) parts.push_back(fmt::format("counts {} → {}", told(before), told(after)));
  std::string line;
  for (const std::string& part : parts) line += (line.empty() ? "" : ", ") + part;
  return line;
}

}  // namespace sdd::spec
