// What the disk that the specs lie on can do: asked by trying it, with two files of our own.
#include <fcntl.h>
#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <set>

#include "base/strings.h"
#include "store/file.h"
#include "store/file_lock.h"
#include "store/process.h"
#include "workspace/doctor/examination.h"

namespace sdd::workspace::doctor {
namespace {

using store::File;
using Path = store::FileSystem::Path;

constexpr const char* kWindow =
    "what another program writes in the very moment of an update is lost";

// The magic numbers of file systems on this machine's own disks (linux/magic.h).
std::string local_name(std::uint64_t type) {
  constexpr std::array<std::pair<std::uint64_t, const char*>, 10> kNames = {{
      {0xEF53, "ext4"},
      {0x58465342, "XFS"},
      {0x9123683E, "btrfs"},
      {0x01021994, "tmpfs"},
      {0x794C7630, "overlayfs"},
      {0x2FC12FC1, "ZFS"},
      {0xF2F52010, "F2FS"},
      {0xCA451A4E, "bcachefs"},
      {0x4D44, "FAT"},
      {0x2011BAB0, "exFAT"},
  }};
  constexpr std::uint64_t kLow = 0xFFFFFFFF;
  const auto* const found = std::find_if(
      kNames.begin(), kNames.end(), [&](const auto& each) { return each.first == (type & kLow); });
  return found == kNames.end() ? fmt::format("a file system of type {:#x}", type & kLow)
                               : found->second;
}

// Two files in `.sdd/tmp/` of which nobody else knows; gone with it.
class Trial {
 public:
  explicit Trial(const Patient& patient) : files_(patient.files) {
    const auto prepared = patient.home.prepare(files_);
    if (!prepared) {
      error_ = prepared.error().message;
      return;
    }
    const std::string name = fmt::format("doctor-{:08x}", store::random_bits());
    for (const char* letter : {"a", "b"}) {
      Path path = patient.home.temporary() / (name + letter);
      const auto made = File::open(files_, path, O_WRONLY | O_CREAT | O_EXCL, 0600);
      if (!made) {
        error_ = store::io_failure("make", path, made.error()).value().message;
        return;
      }
      paths_.push_back(std::move(path));
    }
  }
  ~Trial() {
    for (const Path& path : paths_) (void)files_.unlink(path);
  }
  Trial(const Trial&) = delete;
  Trial& operator=(const Trial&) = delete;

  // "" when the files are there.
  const std::string& error() const { return error_; }
  const Path& a() const { return paths_[0]; }
  const Path& b() const { return paths_[1]; }

 private:
  store::FileSystem& files_;
  std::vector<Path> paths_;
  std::string error_;
};

Diagnosis cannot_try(const Trial& trial) { return {Health::kError, trial.error()}; }

}  // namespace

Diagnosis examine_file_system(const Patient& patient) {
  const auto type = patient.files.type_of(patient.home.folder());
  if (!type) return {Health::kError, errno_text(type.error().code)};
  const std::string network = store::network_name(*type);
  if (network.empty()) return {Health::kGood, local_name(*type)};
  return {Health::kWarning,
          network +
              ": locks do not keep out other machines; only the update log tells what they "
              "overwrite"};
}

Diagnosis examine_locks(const Patient& patient) {
  const Trial trial(patient);
  if (!trial.error().empty()) return cannot_try(trial);
  const auto first = File::open(patient.files, trial.a(), O_RDWR);
  const auto second = File::open(patient.files, trial.a(), O_RDWR);
  if (!first || !second) return {Health::kError, "a file cannot be opened twice"};
  const auto locked = patient.files.lock(first->fd());
  if (!locked) {
    return {Health::kError,
            "there are none: " + errno_text(locked.error().code) + "; updates need --no-lock"};
  }
  if (patient.files.lock(second->fd())) {
    return {Health::kError, "they exclude nobody; updates need --no-lock"};
  }
  return {Health::kGood, "a second one is refused"};
}

Diagnosis examine_exchange(const Patient& patient) {
  const Trial trial(patient);
  if (!trial.error().empty()) return cannot_try(trial);
  const auto exchanged = patient.files.rename(trial.a(), trial.b(), store::Rename::kExchange);
  if (!exchanged) {
    return {Health::kWarning, fmt::format("two files cannot change places ({}): {}",
                                          errno_text(exchanged.error().code), kWindow)};
  }
  return {Health::kGood, "two files change places in one step"};
}

Diagnosis examine_leases(const Patient& patient) {
  const Trial trial(patient);
  if (!trial.error().empty()) return cannot_try(trial);
  const auto reading = File::open(patient.files, trial.a(), O_RDONLY);
  if (!reading) return {Health::kError, errno_text(reading.error().code)};
  const auto alone = patient.files.has_writer(reading->fd());
  const auto writing = File::open(patient.files, trial.a(), O_WRONLY);
  const auto together = patient.files.has_writer(reading->fd());
  if (!alone || *alone || !writing || !together || !*together) {
    return {Health::kNote, "whether another program still writes a file cannot be told here"};
  }
  return {Health::kGood, "it can be told whether another program still writes a file"};
}

Diagnosis examine_devices(const Patient& patient) {
  const auto own = patient.files.status(patient.home.temporary(), true);
  Diagnosis diagnosis{Health::kGood, "specs and .sdd lie together"};
  if (!own) return {Health::kNote, "there is no .sdd yet"};
  std::set<Path> folders;
  for (const SpecPath& spec : patient.specs) folders.insert(Path(spec.file).parent_path());
  for (const Path& folder : folders) {
    const auto status = patient.files.status(folder, true);
    if (!status || (status->device == own->device && status->mount == own->mount)) continue;
    diagnosis.files.push_back(patient.layout.shown(folder.string()));
  }
  if (diagnosis.files.empty()) return diagnosis;
  diagnosis.health = Health::kNote;
  diagnosis.text = "folders on another device than .sdd: updates write their temporary files there";
  return diagnosis;
}

}  // namespace sdd::workspace::doctor
