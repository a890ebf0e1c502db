// 1. Every entry's title is counted, and its place noted.
// 2. Of each update that adds an entry: acknowledged ones stand there once, refused ones never,
//    those of which nobody knows at most once.
// 3. Of each task the note is that of the last update that was acknowledged, or of a later one of
//    which nobody knows.
// 4. Each writer's entries stand in its order.
// 5. The counts of every node are what counting the leaves below it gives.
#include "workspace/torture/judge.h"

#include <fmt/core.h>

#include <algorithm>
#include <map>

#include "json/tree.h"

namespace sdd::workspace::torture {
namespace {

constexpr std::size_t kMostExamples = 8;

class Judging {
 public:
  explicit Judging(const Evidence& evidence) : evidence_(evidence) {}

  Verdict run() {
    const std::string bytes(evidence_.bytes);
    json::Parser parser;
    json::Tree tree;
    verdict_.parses = parser.parse(bytes, tree) && tree.root().is_object();
    if (!verdict_.parses) return verdict_;
    for (const json::Value entry : tree.root().find("journal").elements()) {
      titles_[std::string(entry.find("title").string())].push_back(++place_);
    }
    const json::Value hierarchy = tree.root().find("hierarchy");
    judge_entries();
    judge_notes(hierarchy);
    judge_order();
    judge_counts(hierarchy);
    judge_foreign();
    return verdict_;
  }

 private:
  void example(const std::string& token, const char* what) {
    if (verdict_.examples.size() < kMostExamples) {
      verdict_.examples.push_back(fmt::format("{} {}", token, what));
    }
  }

  void missing(const Asked& asked) {
    if (evidence_.told.contains(asked.token())) {
      ++verdict_.told;
      return;
    }
    ++verdict_.lost;
    example(asked.token(), "was acknowledged and is not there");
  }

  void judge_entries() {
    for (const Asked& asked : evidence_.asked) {
      if (!asked.entry) continue;
      const auto found = titles_.find(asked.token());
      const std::size_t count = found == titles_.end() ? 0 : found->second.size();
      if (count > 1) {
        ++verdict_.duplicates;
        example(asked.token(), "stands there more than once");
      } else if (count == 0 && asked.acknowledged && !asked.idle) {
        missing(asked);
      } else if (count == 1 && !asked.acknowledged && !asked.perhaps) {
        ++verdict_.untrue;
        example(asked.token(), "was refused and stands there");
      }
    }
  }

  void judge_notes(json::Value hierarchy) {
    std::map<std::string, std::vector<const Asked*>> of_task;
    for (const Asked& asked : evidence_.asked) {
      if (!asked.task.empty()) of_task[asked.task].push_back(&asked);
    }
    for (const auto& [task, all] : of_task) {
      const json::Value metadata = hierarchy.find(task).find("metadata");
      judge_note(std::string(metadata.find("status_note").string()), all);
    }
  }

  void judge_note(const std::string& note, const std::vector<const Asked*>& all) {
    for (auto each = all.rbegin(); each != all.rend(); ++each) {
      const Asked& asked = **each;
      if (asked.token() == note) {
        if (asked.acknowledged || asked.perhaps) return;
        ++verdict_.untrue;
        return example(note, "was refused, and its note stands there");
      }
      // An entry that is missing was counted as such.
      if (asked.acknowledged && !asked.idle) {
        if (!asked.entry) missing(asked);
        return;
      }
    }
  }

  void judge_order() {
    std::map<unsigned, std::size_t> last;
    for (const Asked& asked : evidence_.asked) {
      const auto found = titles_.find(asked.token());
      if (!asked.entry || found == titles_.end()) continue;
      std::size_t& before = last[asked.writer];
      if (found->second.front() < before) {
        ++verdict_.disordered;
        example(asked.token(), "stands before an earlier one of its writer");
      }
      before = std::max(before, found->second.front());
    }
  }

  // Nodes stand behind their parents in the drafts of these runs, so that going backward is enough.
  void judge_counts(json::Value hierarchy) {
    struct Counts {
      std::int64_t total = 0, completed = 0;
    };
    std::map<std::string, Counts, std::less<>> below;
    std::vector<json::Member> nodes;
    for (const json::Member member : hierarchy.members()) nodes.push_back(member);
    for (auto node = nodes.rbegin(); node != nodes.rend(); ++node) {
      const std::string id(node->key.string());
      const json::Value value = node->value;
      Counts counts = below[id];
      if (value.find("type").string() == "task") {
        counts = {1, value.find("status").string() == "completed" ? 1 : 0};
      }
      if (value.find("total_tasks").integer() != counts.total ||
          value.find("completed_tasks").integer() != counts.completed) {
        ++verdict_.wrong_counts;
        example(id, "has wrong counts");
      }
      Counts& parent = below[std::string(value.find("parent").string())];
      parent.total += counts.total;
      parent.completed += counts.completed;
    }
  }

  void judge_foreign() {
    for (const std::string& title : evidence_.foreign) {
      const auto found = titles_.find(title);
      if (found != titles_.end() && found->second.size() > 1) {
        ++verdict_.duplicates;
        example(title, "stands there more than once");
      }
      if (found != titles_.end() ||
          evidence_.kept.find('"' + title + '"') != std::string_view::npos) {
        continue;
      }
      if (evidence_.unseen.contains(title)) {
        ++verdict_.foreign_unseen;
        continue;
      }
      ++verdict_.foreign_lost;
      example(title, "of another program is neither there nor kept");
    }
  }

  const Evidence& evidence_;
  std::map<std::string, std::vector<std::size_t>> titles_;  // and where they stand, from 1
  std::size_t place_ = 0;
  Verdict verdict_;
};

}  // namespace

std::string Asked::token() const { return fmt::format("w{:02}-{:04}", writer, number); }

Verdict judge(const Evidence& evidence) { return Judging(evidence).run(); }

}  // namespace sdd::workspace::torture
