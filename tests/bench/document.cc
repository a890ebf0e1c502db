#include "document.h"

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <string_view>
#include <utility>

namespace sdd::bench {
namespace {

constexpr std::array<const char*, 4> kLevels{"low", "medium", "medium", "high"};

// A number of hours as the older toolkit spells it: three digits at most, never without a point.
std::string hours(Micros duration) {
  std::string text = fmt::format("{:.3f}", static_cast<double>(duration) / 3.6e9);
  while (text.back() == '0' && text[text.size() - 2] != '.') text.pop_back();
  return text;
}

class DocumentMaker {
 public:
  DocumentMaker(Random& random, const Prose& prose, const Plan& plan, const DocumentWish& wish)
      : random_(random), prose_(prose), plan_(plan), wish_(wish) {}

  Value make() {
    Value document = Value::object();
    document.add("spec_id", Value::text(wish_.spec_id));
    document.add("title", Value::text(root().title));
    document.add("generated", Value::text(timestamp(plan_.generated, true)));
    document.add("last_updated", Value::text(timestamp(plan_.last_updated)));
    if (wish_.top_level) add_state(document);
    document.add("metadata", spec_metadata());
    document.add("hierarchy", hierarchy());
    if (!plan_.journal.empty()) document.add("journal", journal());
    return document;
  }

 private:
  const PlannedNode& root() const { return plan_.nodes[0]; }

  std::string sentence(const Quantiles& lengths) {
    return prose_.sentence(random_, draw_length(random_, lengths));
  }

  Value sentences(std::size_t count) {
    Value list = Value::list();
    for (std::size_t index = 0; index < count; ++index) {
      list.items.push_back(Value::text(sentence(kDescriptionLengths)));
    }
    return list;
  }

  void add_state(Value& target) {
    target.add("status", Value::text(to_string(plan_.folder)));
    target.add("progress_percentage", Value::number(100 * root().completed / root().total));
    target.add("current_phase", Value::text(plan_.nodes[plan_.current_phase].id));
  }

  Value spec_metadata() {
    Value metadata = Value::object();
    if (!wish_.lean) {
      metadata.add("title", Value::text(root().title));
      metadata.add("description", Value::text(sentence(kDescriptionLengths)));
      metadata.add("objectives", sentences(random_.between(2, 4)));
      metadata.add("owner", Value::text(owner(random_)));
      metadata.add("template", Value::text("medium"));
      metadata.add("security_sensitive", Value::boolean(random_.chance(20)));
    }
    metadata.add("complexity", Value::text(random_.pick(kLevels)));
    metadata.add("estimated_hours", Value::number(random_.between(2, 60)));
    metadata.add("work_item_spec", Value::text(work_item()));
    if (!wish_.top_level) add_state(metadata);
    if (plan_.activated != 0)
      metadata.add("activated_date", Value::text(timestamp(plan_.activated)));
    if (!wish_.lean && random_.chance(40)) metadata.add("assumptions", sentences(3));
    if (plan_.completed != 0) {
      metadata.add("completed_date", Value::text(timestamp(plan_.completed)));
      metadata.add("actual_hours", Value::literal(hours(plan_.completed - plan_.activated)));
    }
    if (!wish_.lean && random_.chance(10)) add_revision(metadata);
    return metadata;
  }

  std::string work_item() {
    const std::string_view id = wish_.spec_id;  // feature-YYYY-MM-DD-NNN
    return fmt::format("meta/memory_bank/specs/work_items/{}__feature__{}.md",
                       id.substr(id.size() - 14, 10), id.substr(0, id.size() - 15));
  }

  void add_revision(Value& metadata) {
    Value revision = Value::object();
    revision.add("version", Value::text("1.1"));
    revision.add("date", Value::text(timestamp(plan_.last_updated)));
    revision.add("author", Value::text(owner(random_)));
    revision.add("changes", Value::text(sentence(kChangesLengths)));
    Value revisions = Value::list();
    revisions.items.push_back(std::move(revision));
    metadata.add("revisions", std::move(revisions));
    metadata.add("version", Value::text("1.1"));
  }

  Value hierarchy() {
    Value hierarchy = Value::object();
    for (const PlannedNode& planned : plan_.nodes) hierarchy.add(planned.id, node(planned));
    return hierarchy;
  }

  Value node(const PlannedNode& planned) {
    Value node = Value::object();
    node.add("type", Value::text(to_string(planned.type)));
    node.add("title", Value::text(planned.title));
    if (random_.chance(9)) node.add("description", Value::text(sentence(kDescriptionLengths)));
    node.add("status", Value::text(to_string(planned.status)));
    node.add("parent", planned.parent == kNone ? Value::literal("null")
                                               : Value::text(plan_.nodes[planned.parent].id));
    node.add("children", ids(planned.children));
    const bool tied = !planned.blocks.empty() || !planned.blocked_by.empty();
    if (tied || random_.chance(20)) node.add("dependencies", dependencies(planned));
    node.add("total_tasks", Value::number(planned.total));
    node.add("completed_tasks", Value::number(planned.completed));
    node.add("metadata", node_metadata(planned));
    return node;
  }

  Value ids(const std::vector<std::size_t>& nodes) const {
    Value list = Value::list();
    for (const std::size_t index : nodes) list.items.push_back(Value::text(plan_.nodes[index].id));
    return list;
  }

  Value dependencies(const PlannedNode& planned) const {
    Value dependencies = Value::object();
    dependencies.add("blocks", ids(planned.blocks));
    dependencies.add("blocked_by", ids(planned.blocked_by));
    dependencies.add("depends", Value::list());
    return dependencies;
  }

  Value node_metadata(const PlannedNode& planned) {
    Value metadata = Value::object();
    switch (planned.type) {
      case NodeType::kPhase:
        if (random_.chance(15)) metadata.add("purpose", Value::text(sentence(kChangesLengths)));
        if (random_.chance(20)) metadata.add("risk_level", Value::text(random_.pick(kLevels)));
        break;
      case NodeType::kTask:
        add_task(metadata, planned);
        break;
      case NodeType::kSubtask:
        metadata.add("task_category", Value::text(category()));
        if (random_.chance(15)) metadata.add("details", sentences(2));
        break;
      case NodeType::kVerify:
        add_verify(metadata, planned);
        break;
      default:
        break;
    }
    add_progress(metadata, planned);
    return metadata;
  }

  const char* category() {
    static constexpr std::array<const char*, 6> kCategories{"implementation", "implementation",
                                                            "implementation", "refactoring",
                                                            "investigation",  "decision"};
    return random_.pick(kCategories);
  }

  // Files belong to implementation and refactoring, and to nothing else.
  void add_task(Value& metadata, const PlannedNode& planned) {
    const bool inner = !planned.children.empty();
    const std::string_view kind = inner ? "implementation" : category();
    if (kind == "implementation" || kind == "refactoring") {
      metadata.add("file_path", Value::text(inner ? planned.title : file_path(random_)));
    }
    if (kind != "implementation" || random_.chance(60)) {
      metadata.add("task_category", Value::text(kind));
    }
    metadata.add("estimated_hours", Value::number(random_.between(1, 8)));
    if (random_.chance(30)) metadata.add("changes", Value::text(sentence(kChangesLengths)));
    if (random_.chance(15)) metadata.add("details", Value::text(sentence(kChangesLengths)));
  }

  void add_verify(Value& metadata, const PlannedNode& planned) {
    static constexpr std::array<const char*, 8> kTypes{"auto",   "auto",   "auto",     "auto",
                                                       "manual", "manual", "fidelity", "run-tests"};
    const std::string_view type = random_.pick(kTypes);
    metadata.add("verification_type", Value::text(type));
    if (type == "fidelity") {
      metadata.add("agent", Value::text("fidelity-review"));
      metadata.add("scope", Value::text("phase"));
      metadata.add("target", Value::text(plan_.nodes[planned.parent].id));
    } else {
      const std::size_t length = draw_length(random_, kCommandLengths);
      metadata.add("command", Value::text(command(random_, length)));
      metadata.add("expected", Value::text(sentence(kExpectedLengths)));
    }
    if (planned.status == Status::kCompleted && random_.chance(25)) {
      metadata.add("verification_result", verification_result(planned));
    }
  }

  Value verification_result(const PlannedNode& planned) {
    Value result = Value::object();
    result.add("date", Value::text(timestamp(planned.completed_at)));
    result.add("status", Value::text("PASSED"));
    result.add("command", Value::text(command(random_, draw_length(random_, kCommandLengths))));
    result.add("output", Value::text(sentence(kNoteLengths)));
    result.add("issues", Value::literal("null"));
    result.add("notes", Value::text(sentence(kNoteLengths)));
    return result;
  }

  static void add_progress(Value& metadata, const PlannedNode& planned) {
    if (planned.started_at != 0) {
      metadata.add("started_at", Value::text(timestamp(planned.started_at)));
    }
    if (planned.status == Status::kBlocked) {
      metadata.add("blocked_at", Value::text(timestamp(planned.started_at)));
      metadata.add("blocker_type", Value::text("dependency"));
      metadata.add("blocker_description", Value::text(planned.note));
      metadata.add("blocked_by_external", Value::boolean(true));
    }
    if (planned.completed_at == 0) return;
    if (!planned.note.empty()) metadata.add("status_note", Value::text(planned.note));
    metadata.add("completed_at", Value::text(timestamp(planned.completed_at)));
    metadata.add("needs_journaling", Value::boolean(false));
    if (planned.started_at != 0) {
      const Micros duration = planned.completed_at - planned.started_at;
      metadata.add("actual_hours", Value::literal(hours(duration)));
    }
    metadata.add("journaled_at", Value::text(timestamp(planned.journaled_at)));
  }

  Value journal() {
    Value journal = Value::list();
    const std::string author = owner(random_);
    for (const PlannedEntry& planned : plan_.journal) {
      Value entry = Value::object();
      entry.add("timestamp", Value::text(timestamp(planned.at)));
      entry.add("entry_type", Value::text(planned.type));
      entry.add("title", Value::text(planned.title));
      entry.add("author", Value::text(author));
      entry.add("content", Value::text(planned.content));
      entry.add("metadata", Value::object());
      if (planned.node != kNone) entry.add("task_id", Value::text(plan_.nodes[planned.node].id));
      journal.items.push_back(std::move(entry));
    }
    return journal;
  }

  Random& random_;
  const Prose& prose_;
  const Plan& plan_;
  const DocumentWish& wish_;
};

}  // namespace

std::string timestamp(Micros at, bool whole_seconds) {
  using std::chrono::days;
  using std::chrono::microseconds;
  const std::chrono::sys_time<microseconds> moment{microseconds(at)};
  const auto midnight = std::chrono::floor<days>(moment);
  const std::chrono::year_month_day date(midnight);
  const Micros in_day = (moment - midnight).count();
  const Micros seconds = in_day / 1'000'000;
  std::string text =
      fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                  seconds / 3600, seconds / 60 % 60, seconds % 60);
  if (!whole_seconds) text += fmt::format(".{:06}", in_day % 1'000'000);
  return text + "Z";
}

Value make_document(Random& random, const Prose& prose, const Plan& plan,
                    const DocumentWish& wish) {
  return DocumentMaker(random, prose, plan, wish).make();
}

}  // namespace sdd::bench
