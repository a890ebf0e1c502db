// What `sdd doctor` looks at: a table of examinations, each a question with a function that answers
// it. None changes anything but files of its own in `.sdd/`, which it removes again.
//
//   Result<Patient> patient = Patient::of(files, layout);
//   for (const Examination& each : examinations()) {
//     const Diagnosis diagnosis = each.examine(*patient);
//     diagnosis.health, diagnosis.text, diagnosis.files …
//   }
//
// A new one is a function and a line in the table (examination.cc).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/error.h"
#include "store/file_system.h"
#include "store/home.h"
#include "workspace/layout.h"

namespace sdd::workspace::doctor {

enum class Health : std::uint8_t { kGood, kNote, kWarning, kError };

// "good", "note", "warning", "error".
const char* to_string(Health health);

struct Diagnosis {
  Health health = Health::kGood;
  std::string text;                     // lower case, no full stop
  std::vector<std::string> files = {};  // those that it is about, as the user should see them
};

// A specs folder. All its parts must outlive it.
struct Patient {
  // Errors: a folder that cannot be listed.
  static Result<Patient> of(store::FileSystem& files, const Layout& layout);

  store::FileSystem& files;
  const Layout& layout;
  store::Home home;
  std::vector<SpecPath> specs;
  std::vector<std::string> leftovers;  // other programs' temporary files beside the specs
};

struct Examination {
  const char* name;   // in JSON: "file-system"
  const char* title;  // in text: "file system"
  Diagnosis (*examine)(const Patient& patient);
};

std::span<const Examination> examinations();

// The examinations. Of the disk (disk.cc):
Diagnosis examine_file_system(const Patient& patient);
Diagnosis examine_locks(const Patient& patient);
Diagnosis examine_exchange(const Patient& patient);
Diagnosis examine_leases(const Patient& patient);
Diagnosis examine_devices(const Patient& patient);
// Of what lies there (files.cc):
Diagnosis examine_specs(const Patient& patient);
Diagnosis examine_holders(const Patient& patient);
Diagnosis examine_unfinished(const Patient& patient);
Diagnosis examine_logs(const Patient& patient);
Diagnosis examine_temporary(const Patient& patient);
Diagnosis examine_displaced(const Patient& patient);
Diagnosis examine_foreign(const Patient& patient);
Diagnosis examine_scratch(const Patient& patient);
// Of what else is at work here (surroundings.cc):
Diagnosis examine_schema(const Patient& patient);
Diagnosis examine_writers(const Patient& patient);
Diagnosis examine_programs(const Patient& patient);
// Of git (git.cc); good where there is no repository:
Diagnosis examine_hooks(const Patient& patient);
Diagnosis examine_drivers(const Patient& patient);
Diagnosis examine_union(const Patient& patient);

}  // namespace sdd::workspace::doctor
