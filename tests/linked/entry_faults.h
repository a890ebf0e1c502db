// Faults of task entries (SDD601 to SDD614), planted into the logs.
#pragma once

#include <string>
#include <utility>

#include "linked/faults.h"

namespace sdd::test::linked {

inline EntryPlace done_entry(Model& model, bench::Random& random) {
  return pick_entry(model, random, [](const Log&, const Entry& entry) { return entry.done; });
}

inline EntryPlace open_entry(Model& model, bench::Random& random) {
  return pick_entry(model, random, [](const Log&, const Entry& entry) { return !entry.done; });
}

inline EntryPlace any_entry(Model& model, bench::Random& random) {
  return pick_entry(model, random, [](const Log&, const Entry&) { return true; });
}

// One that has its file's date where it has none of its own.
inline EntryPlace done_entry_of_log(Model& model, bench::Random& random) {
  return pick_entry(model, random,
                    [](const Log& log, const Entry& entry) { return is_log(log) && entry.done; });
}

inline Expected done_without_date(Model& model, bench::Random& random) {
  const EntryPlace place = done_entry_of_log(model, random);
  place.entry().remove("Done");
  return place.expected("SDD601", 'w');
}

inline Expected open_without_start(Model& model, bench::Random& random) {
  const EntryPlace place = last_entry(model, active_work_without_spec(model));
  place.entry().remove("Started");
  static_cast<void>(random);
  return place.expected("SDD602", 'e');
}

inline Expected open_with_done_date(Model& model, bench::Random& random) {
  const EntryPlace place = open_entry(model, random);
  place.entry().set("Done", place.entry().value("Started"));
  return place.expected("SDD603", 'e', "Done");
}

inline Expected missing_field(Model& model, bench::Random& random) {
  const EntryPlace place = any_entry(model, random);
  const bool needed = random.chance(50);
  place.entry().remove(needed ? random.pick(std::array{"Owner", "Summary"})
                              : random.pick(std::array{"Tests", "Risks"}));
  return place.expected("SDD604", needed ? 'e' : 'n');
}

inline Expected bad_date(Model& model, bench::Random& random) {
  const EntryPlace place = done_entry_of_log(model, random);
  place.entry().set("Done",
                    random.pick(std::array{"2026-02-30", "yesterday", "26-02-11", "2026-2-1"}));
  return place.expected("SDD605", 'e', "Done");
}

inline Expected done_before_start(Model& model, bench::Random& random) {
  const EntryPlace place = done_entry(model, random);
  place.entry().set("Started", "2030-01-01");
  return place.expected("SDD606", 'e', "Done");
}

inline Expected irregular_entry(Model& model, bench::Random& random) {
  const EntryPlace place = done_entry(model, random);
  Entry& entry = place.entry();
  std::string& head = entry.lines[0];
  const std::string spec = entry.value("Spec").substr(1, entry.value("Spec").size() - 2);
  switch (random.below(6)) {
    case 0:
      head[3] = 'X';
      return place.expected("SDD607", 'w');
    case 1:  // [TAG] Title
      head.erase(head.find("]** ") + 1, 2);
      head.erase(head.find("**"), 2);
      return place.expected("SDD607", 'w');
    case 2:  // **[TAG] Title**
      head.erase(head.find("]** ") + 1, 2);
      head += "**";
      return place.expected("SDD607", 'w');
    case 3: {
      *entry.field("Done") = "  - Done:" + entry.value("Done");
      return place.expected("SDD607", 'w', "Done");
    }
    case 4:
      entry.set("Spec", random.chance(50) ? spec : "[" + spec + "](" + spec + ")");
      return place.expected("SDD607", 'w', "Spec");
    default: {
      entry.lines.insert(entry.field("Owner"), "");
      Expected expected = place.expected("SDD607", 'w');
      expected.trail.emplace_back("\n\n");
      expected.below = 1;  // the trail ends at the end of the line before the blank one
      return expected;
    }
  }
}

inline Expected unbalanced_backticks(Model& model, bench::Random& random) {
  const EntryPlace place = any_entry(model, random);
  place.entry().set("Risks", "Low, see `grep");
  return place.expected("SDD608", 'w', "Risks");
}

// The log of the detached head has two entries.
inline Expected entries_run_together(Model& model, bench::Random& random) {
  const EntryPlace place = last_entry(model, active_work_without_spec(model));
  place.entry().joined = true;
  static_cast<void>(random);
  return place.expected("SDD609", 'n');
}

inline Expected repeated_field(Model& model, bench::Random& random) {
  const EntryPlace place = any_entry(model, random);
  const std::string line = "  - Owner: Somebody else";
  place.entry().lines.push_back(line);
  Expected expected = place.expected("SDD610", 'w');
  expected.trail.push_back(line);
  return expected;
}

// The later of the two stands in the same log, or in current_tasks.md.
inline Expected repeated_entry(Model& model, bench::Random& random) {
  const EntryPlace place = last_entry(model, done_work(model, random));
  Entry copy = place.entry();
  copy.set("Owner", "Somebody else");
  const std::string head = place.head();
  std::vector<Entry>& current = model.logs.front().entries;
  if (!is_log(*place.log) || random.chance(50)) {
    current.insert(current.begin(), std::move(copy));
    return {.code = "SDD611", .severity = 'w', .path = kBank + kCurrentTasks, .trail = {head}};
  }
  place.log->entries.push_back(std::move(copy));
  return {.code = "SDD611", .severity = 'w', .path = kBank + place.log->name, .last = head};
}

inline Expected superseded_open_entry(Model& model, bench::Random& random) {
  const EntryPlace place = last_entry(model, model.works[0]);
  place.entry().lines[0] += ": verify-1-1 passed";
  Entry open = other_entry(place.entry(), "verify-1-1 waits for an account", false);
  const std::string head = open.lines[0];
  std::vector<Entry>& entries = place.log->entries;
  entries.insert(entries.begin() + static_cast<std::ptrdiff_t>(place.index), std::move(open));
  static_cast<void>(random);
  return {.code = "SDD612", .severity = 'w', .path = kBank + place.log->name, .trail = {head}};
}

inline Expected mangled_path(Model& model, bench::Random& random) {
  const EntryPlace place = any_entry(model, random);
  std::string spec = place.entry().value("Spec");
  for (std::size_t at = spec.find("__"); at != std::string::npos; at = spec.find("__")) {
    spec.replace(at, 2, "**");
  }
  place.entry().set("Spec", random.chance(50) ? spec : spec.substr(1, spec.size() - 2));
  return place.expected("SDD613", 'e', "Spec");
}

inline Expected slug_mismatch(Model& model, bench::Random& random) {
  const EntryPlace first = pick_entry(model, random, [](const Log& log, const Entry& entry) {
    return is_log(log) && &entry == &log.entries.front();
  });
  for (Entry& entry : first.log->entries) entry.set("Branch", "`feature/another-branch`");
  return first.expected("SDD614", 'w', "Branch");
}

inline constexpr Plant kEntryFaults[] = {done_without_date,
                                         open_without_start,
                                         open_with_done_date,
                                         missing_field,
                                         bad_date,
                                         done_before_start,
                                         irregular_entry,
                                         unbalanced_backticks,
                                         entries_run_together,
                                         repeated_field,
                                         repeated_entry,
                                         superseded_open_entry,
                                         mangled_path,
                                         slug_mismatch};

}  // namespace sdd::test::linked
