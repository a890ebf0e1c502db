// Faults of the journal (SDD401 to SDD412), planted into the spec of a work.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "bench/document.h"
#include "linked/faults.h"

namespace sdd::test::linked {

inline constexpr bench::Micros kOneSecond = 1'000'000;

inline bench::Value& node_metadata(Work& work, const std::string& id) {
  return *work.spec.find("hierarchy")->find(id)->find("metadata");
}

inline void set(bench::Value& object, std::string_view key, bench::Value value) {
  if (bench::Value* known = object.find(key)) {
    *known = std::move(value);
  } else {
    object.add(key, std::move(value));
  }
}

inline void remove_journal_of(Work& work, const std::string& id) {
  std::erase_if(work.spec.find("journal")->items, [&](bench::Value& entry) {
    const bench::Value* task = entry.find("task_id");
    return task != nullptr && task->spelling == id;
  });
}

// Adds a note about nothing in particular at the end of the journal.
inline bench::Value& add_note(Work& work, bench::Micros at) {
  if (work.spec.find("journal") == nullptr) work.spec.add("journal", bench::Value::list());
  bench::Value note = bench::Value::object();
  note.add("timestamp", bench::Value::text(bench::timestamp(at)));
  note.add("entry_type", bench::Value::text("note"));
  note.add("title", bench::Value::text("A late note"));
  note.add("author", bench::Value::text("ada"));
  note.add("content", bench::Value::text("It was quiet."));
  note.add("metadata", bench::Value::object());
  return work.spec.find("journal")->items.emplace_back(std::move(note));
}

inline Expected at_node(const std::string& code, char severity, const Work& work,
                        const std::string& id, const std::string& member = "") {
  Expected expected{.code = code,
                    .severity = severity,
                    .path = work.spec_path(),
                    .trail = {"\"hierarchy\": {", "\"" + id + "\": {"}};
  if (!member.empty()) expected.trail.push_back("\"" + member + "\": ");
  return expected;
}

// At a member of the last journal entry; the journal is the last thing in a spec.
inline Expected at_last_entry(const std::string& code, char severity, const Work& work,
                              const std::string& text) {
  return {.code = code, .severity = severity, .path = work.spec_path(), .last = text};
}

inline Expected unjournaled_completion(Model& model, bench::Random& random) {
  Work& work = done_work(model, random);
  const std::string id = random.pick(work.done_leaves);
  set(node_metadata(work, id), "needs_journaling", bench::Value::boolean(true));
  node_metadata(work, id).remove("journaled_at");
  remove_journal_of(work, id);
  return at_node("SDD401", 'w', work, id);
}

inline Expected lost_journal_entry(Model& model, bench::Random& random) {
  Work& work = done_work(model, random);
  const std::string id = random.pick(work.done_leaves);
  if (random.chance(30)) node_metadata(work, id).remove("journaled_at");
  remove_journal_of(work, id);
  return at_node("SDD402", 'e', work, id);
}

inline Expected stale_journal_flag(Model& model, bench::Random& random) {
  Work& work = done_work(model, random);
  const std::string id = random.pick(work.done_leaves);
  set(node_metadata(work, id), "needs_journaling", bench::Value::boolean(true));
  return at_node("SDD403", 'n', work, id, "needs_journaling");
}

inline Expected journal_unknown_task(Model& model, bench::Random& random) {
  Work& work = done_work(model, random);
  add_note(work, work.closed).add("task_id", bench::Value::text("task-99-1"));
  return at_last_entry("SDD404", 'e', work, "\"task-99-1\"");
}

inline Expected journal_out_of_order(Model& model, bench::Random& random) {
  Work& work = done_work(model, random);
  add_note(work, work.generated);
  return at_last_entry("SDD405", 'w', work, "\"timestamp\": ");
}

inline Expected repeated_journal_entry(Model& model, bench::Random& random) {
  Work& work = done_work(model, random);
  std::vector<bench::Value>& entries = work.spec.find("journal")->items;
  entries.push_back(bench::Value(entries.back()));
  return at_last_entry("SDD406", 'n', work, "\"title\": ");
}

inline Expected unknown_entry_type(Model& model, bench::Random& random) {
  Work& work = done_work(model, random);
  set(add_note(work, work.closed), "entry_type", bench::Value::text("opinion"));
  return at_last_entry("SDD407", 'w', work, "\"opinion\"");
}

inline Expected malformed_journal_entry(Model& model, bench::Random& random) {
  Work& work = done_work(model, random);
  bench::Value& note = add_note(work, work.closed);
  if (random.chance(50)) {
    note = bench::Value::text("a late word");
    return at_last_entry("SDD408", 'e', work, "\"a late word\"");
  }
  set(note, "title", bench::Value::number(7));
  return at_last_entry("SDD408", 'e', work, "\"title\": 7");
}

inline Expected completion_without_trace(Model& model, bench::Random& random) {
  Work& work = done_work(model, random);
  const std::string id = random.pick(work.done_leaves);
  node_metadata(work, id).remove("needs_journaling");
  node_metadata(work, id).remove("journaled_at");
  remove_journal_of(work, id);
  return at_node("SDD409", 'w', work, id);
}

// By more than a minute, which clocks may differ, or by less.
inline Expected update_after_stamp(Model& model, bench::Random& random) {
  Work& work = active_work(model);
  const bool clocks = random.chance(30);
  add_note(work, work.updated + (clocks ? 30 : 600) * kOneSecond);
  return {.code = "SDD410",
          .severity = clocks ? 'n' : 'e',
          .path = work.spec_path(),
          .trail = {"\"last_updated\": "}};
}

inline Expected impossible_times(Model& model, bench::Random& random) {
  Work& work = done_work(model, random);
  const std::string id = random.pick(work.done_leaves);
  set(node_metadata(work, id), "started_at",
      bench::Value::text(bench::timestamp(work.updated + kOneSecond)));
  return at_node("SDD411", 'w', work, id, "completed_at");
}

inline Expected journaled_after_close(Model& model, bench::Random& random) {
  Work& work = done_work(model, random);
  add_note(work, work.closed + 3'600 * kOneSecond);
  *work.spec.find("last_updated") =
      bench::Value::text(bench::timestamp(work.closed + 3'601 * kOneSecond));
  return {.code = "SDD412",
          .severity = 'n',
          .path = work.spec_path(),
          .trail = {"\"completed_date\": "}};
}

inline constexpr Plant kJournalFaults[] = {
    unjournaled_completion,   lost_journal_entry,     stale_journal_flag, journal_unknown_task,
    journal_out_of_order,     repeated_journal_entry, unknown_entry_type, malformed_journal_entry,
    completion_without_trace, update_after_stamp,     impossible_times,   journaled_after_close};

}  // namespace sdd::test::linked
