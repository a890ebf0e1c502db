// What lies beside the specs: leftovers of updates that died, versions that were kept, logs.
#include <fcntl.h>
#include <fmt/core.h>

#include <algorithm>
#include <cerrno>
#include <csignal>

#include "base/strings.h"
#include "base/time.h"
#include "store/file.h"
#include "store/hash.h"
#include "store/holder.h"
#include "store/process.h"
#include "store/target.h"
#include "store/temporary.h"
#include "store/update_log.h"
#include "workspace/doctor/examination.h"
#include "workspace/torture/torture.h"

namespace sdd::workspace::doctor {
namespace {

namespace fs = std::filesystem;

// The names in a folder, sorted; none where it is not there.
std::vector<std::string> names_in(const Patient& patient, const fs::path& folder) {
  auto names = patient.files.list(folder);
  if (!names) return {};
  std::sort(names->begin(), names->end());
  return std::move(*names);
}

std::string shown(const Patient& patient, const fs::path& file) {
  return patient.layout.shown(file.string());
}

Diagnosis none() { return {Health::kGood, "none"}; }

// "none", or how many and what to do.
Diagnosis told(Health health, std::vector<std::string> files, const char* noun,
               const char* advice) {
  if (files.empty()) return none();
  std::string text = counted(files.size(), noun) + ": " + advice;
  return {health, std::move(text), std::move(files)};
}

// Whether a process of this machine is there.
bool is_alive(std::int64_t pid) {
  return pid > 0 && (::kill(static_cast<pid_t>(pid), 0) == 0 || errno == EPERM);
}

// Each log of the home with the spec that it belongs to.
template <typename Look>
void each_log(const Patient& patient, const Look& look) {
  for (const SpecPath& spec : patient.specs) {
    const fs::path path = patient.home.log_file(spec.file);
    const auto log = store::read_log(patient.files, path);
    if (log) look(spec, path, *log);
  }
}

}  // namespace

Diagnosis examine_specs(const Patient& patient) {
  Diagnosis diagnosis{Health::kGood,
                      counted(patient.specs.size(), "spec") + ", all can be updated"};
  std::size_t refused = 0;
  for (const SpecPath& spec : patient.specs) {
    std::string why;
    const auto target = store::find_target(patient.files, spec.file);
    const auto status = target ? store::check_target(patient.files, *target)
                               : Result<store::FileStatus>(tl::unexpected(target.error()));
    if (!status) {
      why = status.error().message;
    } else {
      const auto folder = patient.files.status(target->path.parent_path(), true);
      if (folder && folder->mount != status->mount) why = "is mounted as a single file";
    }
    if (why.empty()) continue;
    ++refused;
    diagnosis.files.push_back(fmt::format("{}: {}", shown(patient, spec.file), why));
  }
  if (refused == 0) return diagnosis;
  diagnosis.health = Health::kWarning;
  diagnosis.text = fmt::format("{} of {} cannot be updated", refused, patient.specs.size());
  return diagnosis;
}

Diagnosis examine_holders(const Patient& patient) {
  std::vector<std::string> held;
  const fs::path folder = patient.home.own() / "locks";
  for (const std::string& name : names_in(patient, folder)) {
    if (!name.ends_with(".lock")) continue;
    const auto file = store::File::open(patient.files, folder / name, O_RDONLY | O_NOFOLLOW);
    if (!file || patient.files.lock(file->fd())) continue;  // free: closing gives it back
    const auto text = file->read_all();
    const auto holder = text ? store::parse_holder(*text) : std::nullopt;
    held.push_back(holder ? describe(*holder, now()) : "somebody has " + name);
  }
  return told(Health::kNote, std::move(held), "lock", "wait, or end whoever has it");
}

Diagnosis examine_unfinished(const Patient& patient) {
  std::vector<std::string> files;
  each_log(patient, [&](const SpecPath& spec, const fs::path&, const store::LogContent& log) {
    if (log.updates.empty() || log.updates.back().done || log.updates.back().forgotten) return;
    const store::Update& last = log.updates.back();
    const auto bytes = store::read_whole(patient.files, spec.file);
    const std::string blob = bytes ? store::git_blob_id(*bytes) : "";
    if (blob == last.before || blob.empty()) return;  // it came to nothing
    files.push_back(fmt::format("{}: '{}' of {} {}", shown(patient, spec.file),
                                printable(last.command), format_rfc3339(last.time),
                                blob == last.after ? "is in the file" : "may be in the file"));
  });
  return told(Health::kNote, std::move(files), "update",
              "nobody was told that it was done; repeated with its request id it is done once");
}

Diagnosis examine_logs(const Patient& patient) {
  std::vector<std::string> files;
  each_log(patient, [&](const SpecPath&, const fs::path& path, const store::LogContent& log) {
    if (log.losses.lines == 0) return;
    files.push_back(fmt::format("{}: {} cannot be read", shown(patient, path),
                                counted(log.losses.lines, "line")));
  });
  return told(Health::kWarning, std::move(files), "damaged log",
              "what it does not tell is not found when it is lost");
}

Diagnosis examine_temporary(const Patient& patient) {
  std::vector<std::string> files;
  for (const std::string& name : names_in(patient, patient.home.temporary())) {
    const auto parsed = store::parse_temporary_name(name);
    if (!parsed || is_alive(parsed->pid)) continue;
    files.push_back(shown(patient, patient.home.temporary() / name));
  }
  return told(Health::kNote, std::move(files), "file", "the spec's next update settles them");
}

Diagnosis examine_displaced(const Patient& patient) {
  std::vector<std::string> files;
  for (const std::string& name : names_in(patient, patient.home.displaced())) {
    files.push_back(shown(patient, patient.home.displaced() / name));
  }
  return told(Health::kWarning, std::move(files), "file",
              "versions that other programs wrote and that could not be merged; look, then delete "
              "them");
}

Diagnosis examine_foreign(const Patient& patient) {
  std::vector<std::string> files;
  for (const std::string& file : patient.leftovers) files.push_back(patient.layout.shown(file));
  return told(Health::kWarning, std::move(files), "file",
              "a writer without locks is at work, or died");
}

Diagnosis examine_scratch(const Patient& patient) {
  std::vector<std::string> files;
  for (const std::string& name : names_in(patient, patient.home.own())) {
    if (name.starts_with(torture::kScratch))
      files.push_back(shown(patient, patient.home.own() / name));
  }
  return told(Health::kNote, std::move(files), "folder",
              "of 'sdd doctor --torture', running or cut short; the next one removes it");
}

}  // namespace sdd::workspace::doctor
