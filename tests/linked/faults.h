// Planting one fault into a model: what the tables in *_faults.h share.
#pragma once

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "bench/random.h"
#include "linked/model.h"

namespace sdd::test::linked {

// Changes the model so that it has one fault, and says what must be found.
using Plant = Expected (*)(Model& model, bench::Random& random);

// A work that is done and has a spec; the first one always is.
inline Work& done_work(Model& model, bench::Random& random) { return model.works[random.below(2)]; }
// The one that is under way and has a spec.
inline Work& active_work(Model& model) { return model.works[2]; }
// Done, under way, without a spec.
inline Work& done_work_without_spec(Model& model) { return model.works[4]; }
inline Work& active_work_without_spec(Model& model) { return model.works[5]; }

struct EntryPlace {
  Log* log = nullptr;
  std::size_t index = 0;

  Entry& entry() const { return log->entries[index]; }
  const std::string& head() const { return entry().lines[0]; }
  std::string path() const { return kBank + log->name; }
  // At a field of the entry, at its head when `field` is "".
  Expected expected(const std::string& code, char severity, const std::string& field = "") const {
    Expected expected{.code = code, .severity = severity, .path = path(), .trail = {head()}};
    if (!field.empty()) expected.trail.push_back("  - " + field + ":");
    return expected;
  }
};

using EntryWanted = std::function<bool(const Log&, Entry&)>;

inline std::vector<EntryPlace> entries_where(Model& model, const EntryWanted& wanted) {
  std::vector<EntryPlace> places;
  for (Log& log : model.logs) {
    for (std::size_t i = 0; i < log.entries.size(); ++i) {
      if (wanted(log, log.entries[i])) places.push_back({&log, i});
    }
  }
  return places;
}

inline EntryPlace pick_entry(Model& model, bench::Random& random, const EntryWanted& wanted) {
  return random.pick(entries_where(model, wanted));
}

// The newest entry about a work.
inline EntryPlace last_entry(Model& model, const Work& work) {
  const auto number = static_cast<std::size_t>(&work - model.works.data());
  return entries_where(model,
                       [&](const Log&, const Entry& entry) {
                         return entry.work == number &&
                                entry.lines[0].find("** Last ") != std::string::npos;
                       })
      .at(0);
}

inline bool is_log(const Log& log) { return log.name != kCurrentTasks; }

// An entry that is not about the works: done, whole, and with a head like no other.
inline Entry other_entry(const Entry& like, const std::string& title, bool done) {
  Entry entry = like;
  entry.done = done;
  entry.lines[0] = std::string("- [") + (done ? 'x' : ' ') + "] **[OTHER]** " + title;
  const std::string date = entry.value(like.done ? "Done" : "Started");
  entry.remove("Done");
  entry.remove("Started");
  entry.remove("SDD Spec");
  entry.set(done ? "Done" : "Started", date);
  entry.set("Summary", "Nothing more.");
  return entry;
}

}  // namespace sdd::test::linked
