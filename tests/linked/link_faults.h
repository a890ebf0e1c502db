// Faults of work items (SDD701 to SDD707) and of the links between files (SDD801 to SDD809).
#pragma once

#include <string>
#include <utility>

#include "linked/faults.h"
#include "linked/journal_faults.h"

namespace sdd::test::linked {

inline void replace_all(std::string& text, const std::string& from, const std::string& to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

inline Work& any_work(Model& model, bench::Random& random) {
  return model.works[random.below(model.works.size())];
}

inline Work& any_done_work(Model& model, bench::Random& random) {
  return random.chance(30) ? done_work_without_spec(model) : done_work(model, random);
}

inline Expected at_meta(const std::string& code, char severity, const Work& work,
                        const std::string& key) {
  return {.code = code,
          .severity = severity,
          .path = work.item_path(),
          .trail = {"## Meta\n", "- " + key}};
}

inline Expected work_item_name(Model& model, bench::Random& random) {
  Work& work = any_work(model, random);
  const std::string old = work.item;
  const std::string slug = std::to_string(random.below(1000)) + ".md";
  work.item = random.pick(std::array<std::string, 4>{"2026-02-30" + old.substr(10), "notes-" + slug,
                                                     "2026-02-11_docs_" + slug,
                                                     "2026-02-11__docs-" + slug});
  for (Log& log : model.logs) {
    for (Entry& entry : log.entries) {
      for (std::string& line : entry.lines) replace_all(line, old, work.item);
    }
  }
  for (std::string& line : work.snippet.lines) replace_all(line, old, work.item);
  if (work.has_spec()) {
    *work.spec.find("metadata")->find("work_item_spec") = bench::Value::text(work.item_path());
  }
  return {.code = "SDD701", .severity = 'w', .path = work.item_path(), .line = 1};
}

inline Expected missing_meta(Model& model, bench::Random& random) {
  Work& work = any_work(model, random);
  const std::string key = random.pick(std::array{"Type", "Status", "Owner", "Created"});
  std::erase(work.meta, work.meta_line(key));
  return {.code = "SDD702", .severity = 'w', .path = work.item_path(), .trail = {"## Meta"}};
}

inline Expected type_mismatch(Model& model, bench::Random& random) {
  Work& work = any_work(model, random);
  work.meta_line("Type") = "- Type: incident";
  return at_meta("SDD703", 'n', work, "Type");
}

inline Expected unknown_work_item_status(Model& model, bench::Random& random) {
  Work& work = any_work(model, random);
  work.meta_line("Status") = random.pick(
      std::array{"- Status: verification_pending", "- Status: dnoe", "- Status: done?"});
  return at_meta("SDD704", 'w', work, "Status");
}

inline Expected done_with_open_criteria(Model& model, bench::Random& random) {
  Work& work = any_done_work(model, random);
  work.criteria[random.below(work.criteria.size())].replace(0, 5, "- [ ]");
  return at_meta("SDD705", 'w', work, "Status");
}

inline Expected impossible_dates(Model& model, bench::Random& random) {
  Work& work = any_work(model, random);
  if (random.chance(50)) {
    work.meta_line("Updated") = "- Updated: 2020-01-01";
    return at_meta("SDD706", 'e', work, "Updated");
  }
  const std::string key = work.snippet.done ? "Done" : "Started";
  work.snippet.set(key, random.pick(std::array{"2020-01-01", "2030-01-01"}));
  return {.code = "SDD706",
          .severity = 'e',
          .path = work.item_path(),
          .trail = {"## Task Entry", "  - " + key + ":"}};
}

inline Expected foreign_task_entry(Model& model, bench::Random& random) {
  Work& work = any_done_work(model, random);
  work.snippet.set("Spec", "`" + active_work(model).item_path() + "`");
  return {.code = "SDD707",
          .severity = 'e',
          .path = work.item_path(),
          .trail = {"## Task Entry", "  - Spec:"}};
}

inline Expected dead_spec_link(Model& model, bench::Random& random) {
  const EntryPlace like = last_entry(model, any_done_work(model, random));
  Entry entry = other_entry(like.entry(), "About something that is gone", random.chance(50));
  entry.set("Spec", "`" + kItems + "2026-02-11__docs__" + std::to_string(random.below(100)) +
                        "-nobody-wrote-this.md`");
  like.log->entries.push_back(std::move(entry));
  return EntryPlace{like.log, like.log->entries.size() - 1}.expected("SDD801", 'e', "Spec");
}

inline Expected dead_sdd_link(Model& model, bench::Random& random) {
  Work& work = done_work(model, random);
  const std::string moved = "`" + kSpecs + "pending/" + work.spec_id + ".json`";
  const std::string renamed = "`" + kSpecs + "completed/" + work.spec_id + "0.json`";
  const std::string& dead = random.chance(50) ? moved : renamed;
  if (random.chance(50)) {
    const EntryPlace place = last_entry(model, work);
    place.entry().set("SDD Spec", dead);
    return place.expected("SDD802", 'e', "SDD Spec");
  }
  work.meta_line("SDD Spec") = "- SDD Spec: " + dead;
  return at_meta("SDD802", 'e', work, "SDD Spec");
}

inline Expected missing_back_link(Model& model, bench::Random& random) {
  Work& work = random.chance(50) ? done_work(model, random) : active_work(model);
  bench::Value& metadata = *work.spec.find("metadata");
  switch (random.below(4)) {
    case 0:
      metadata.remove("work_item_spec");
      return {.code = "SDD803",
              .severity = 'e',
              .path = work.spec_path(),
              .trail = {"\"metadata\": {"}};
    case 1:
      *metadata.find("work_item_spec") = bench::Value::text(kItems + "gone.md");
      return {.code = "SDD803",
              .severity = 'e',
              .path = work.spec_path(),
              .trail = {"\"work_item_spec\": "}};
    case 2:
      work.meta_line("SDD Spec") = "- SDD Spec: N/A";
      return at_meta("SDD803", 'e', work, "SDD Spec");
    default:
      std::erase(work.meta, work.meta_line("SDD Spec"));
      return {.code = "SDD803", .severity = 'e', .path = work.item_path(), .trail = {"## Meta"}};
  }
}

// Of a spec that changed later than the entry says it is a note.
inline Expected count_claim_mismatch(Model& model, bench::Random& random) {
  Work& work = done_work(model, random);
  const EntryPlace place = last_entry(model, work);
  place.entry().set("Summary",
                    "All is done, SDD status consistency: " + std::to_string(work.total - 1) + "/" +
                        std::to_string(work.total) + ".");
  const bool later = random.chance(40);
  if (later) {
    *work.spec.find("last_updated") =
        bench::Value::text(bench::timestamp(work.updated + 100'000 * kOneSecond));
  }
  return place.expected("SDD804", later ? 'n' : 'e', "Summary");
}

inline void close(Entry& entry) {
  const std::string date = entry.value("Started");
  entry.done = true;
  entry.lines[0].replace(0, 5, "- [x]");
  entry.remove("Started");
  entry.set("Done", date);
}

inline Expected done_entry_open_spec(Model& model, bench::Random& random) {
  const EntryPlace place = last_entry(model, active_work(model));
  close(place.entry());
  static_cast<void>(random);
  return place.expected("SDD805", 'w', place.entry().has("SDD Spec") ? "SDD Spec" : "Spec");
}

inline Expected done_item_open_spec(Model& model, bench::Random& random) {
  Work& work = active_work(model);
  work.finish_item();
  if (random.chance(50)) close(last_entry(model, work).entry());
  return at_meta("SDD806", 'e', work, "Status");
}

inline Expected state_drift(Model& model, bench::Random& random) {
  if (random.chance(30)) {
    Work& work = active_work_without_spec(model);
    work.finish_item();
    return last_entry(model, work).expected("SDD807", 'w');
  }
  Work& work = any_done_work(model, random);
  work.meta_line("Status") = "- Status: active";
  const EntryPlace place = last_entry(model, work);
  if (!work.has_spec() || random.chance(50)) return place.expected("SDD807", 'w');
  // Log and work item agree that it is open, the spec is complete.
  Entry& entry = place.entry();
  const std::string date = entry.value("Done");
  entry.lines[0].replace(0, 5, "- [ ]");
  entry.remove("Done");
  entry.set("Started", date);
  return at_meta("SDD807", 'w', work, "Status");
}

inline Expected dead_path(Model& model, bench::Random& random) {
  const std::string dead =
      "`" +
      random.pick(std::array{kBank + "guides/gone.md", kSpecs + "active/gone-2026-01-01-001.json",
                             kBank + "gone/"}) +
      "`";
  switch (random.below(3)) {
    case 0: {
      Work& work = any_work(model, random);
      work.text += "\nMore in " + dead + ".\n";
      return {.code = "SDD808", .severity = 'w', .path = work.item_path(), .trail = {"More in"}};
    }
    case 1: {
      const EntryPlace place = last_entry(model, active_work(model));
      place.entry().set("Summary", "As " + dead + " says.");
      return place.expected("SDD808", 'w', "Summary");
    }
    default:
      model.others[kBank + "guides/how.md"] += "\n- One\n- Two " + dead + "\n";
      return {
          .code = "SDD808", .severity = 'w', .path = kBank + "guides/how.md", .trail = {"- Two"}};
  }
}

inline Expected unlogged_work_item(Model& model, bench::Random& random) {
  Work& work = any_done_work(model, random);
  const auto number = static_cast<std::size_t>(&work - model.works.data());
  for (Log& log : model.logs) {
    std::erase_if(log.entries, [&](const Entry& entry) { return entry.work == number; });
  }
  return at_meta("SDD809", 'w', work, "Status");
}

inline constexpr Plant kLinkFaults[] = {work_item_name,
                                        missing_meta,
                                        type_mismatch,
                                        unknown_work_item_status,
                                        done_with_open_criteria,
                                        impossible_dates,
                                        foreign_task_entry,
                                        dead_spec_link,
                                        dead_sdd_link,
                                        missing_back_link,
                                        count_claim_mismatch,
                                        done_entry_open_spec,
                                        done_item_open_spec,
                                        state_drift,
                                        dead_path,
                                        unlogged_work_item};

}  // namespace sdd::test::linked
