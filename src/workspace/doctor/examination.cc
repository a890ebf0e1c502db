#include "workspace/doctor/examination.h"

#include <array>
#include <utility>

namespace sdd::workspace::doctor {
namespace {

constexpr Examination kExaminations[] = {
    {"file-system", "file system", examine_file_system},
    {"locks", "locks", examine_locks},
    {"exchange", "exchange of files", examine_exchange},
    {"leases", "leases", examine_leases},
    {"devices", "one device", examine_devices},
    {"specs", "spec files", examine_specs},
    {"holders", "locks held now", examine_holders},
    {"unfinished", "unfinished updates", examine_unfinished},
    {"logs", "update logs", examine_logs},
    {"temporary-files", "temporary files", examine_temporary},
    {"displaced-files", "displaced files", examine_displaced},
    {"foreign-temporary-files", "other programs' temporary files", examine_foreign},
    {"scratch-folders", "scratch folders", examine_scratch},
    {"schema", "schema", examine_schema},
    {"other-writers", "writers without locks", examine_writers},
    {"programs", "programs", examine_programs},
    {"git-hooks", "git's hooks", examine_hooks},
    {"git-drivers", "git's drivers", examine_drivers},
    {"git-union", "git's union merge", examine_union},
};

}  // namespace

const char* to_string(Health health) {
  constexpr std::array kNames = {"good", "note", "warning", "error"};
  return kNames.at(static_cast<std::size_t>(health));
}

Result<Patient> Patient::of(store::FileSystem& files, const Layout& layout) {
  std::vector<std::string> leftovers;
  auto specs = layout.specs(&leftovers);
  if (!specs) return tl::unexpected(specs.error());
  const auto real = files.real_path(layout.specs_dir());
  if (!real) {
    return tl::unexpected(system_error("open", layout.specs_dir().string(), real.error().code));
  }
  return Patient{files, layout, store::Home(*real), std::move(*specs), std::move(leftovers)};
}

std::span<const Examination> examinations() { return kExaminations; }

}  // namespace sdd::workspace::doctor
