// The module lies in lib/sdd/, beside the program or one folder above it: build/lib/sdd for
// build/sdd, /usr/lib/sdd for /usr/bin/sdd. It is loaded once and stays.
#include <dlfcn.h>
#include <fmt/core.h>

#include <string_view>
#include <system_error>

#include "git/module.h"

namespace sdd::git {
namespace {

namespace fs = std::filesystem;

Result<const Module*> load() {
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  for (const fs::path& folder : {program.parent_path(), program.parent_path().parent_path()}) {
    const fs::path file = folder / "lib" / "sdd" / "sdd_git.so";
    if (!fs::exists(file, error)) continue;
    void* module = dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (module == nullptr)
      return fail(ErrorKind::kIo, fmt::format("cannot ask git: {}", dlerror()));
    const auto entry = reinterpret_cast<ModuleEntry>(dlsym(module, kModuleEntry));
    const Module* found = entry == nullptr ? nullptr : entry();
    if (found != nullptr && std::string_view(found->version) == SDD_VERSION) return found;
    return fail(
        ErrorKind::kIo,
        fmt::format("cannot ask git: '{}' belongs to another version of sdd", file.string()));
  }
  return fail(ErrorKind::kIo, "cannot ask git: 'lib/sdd/sdd_git.so' is not installed with sdd");
}

const Result<const Module*>& module() {
  static const Result<const Module*> loaded = load();
  return loaded;
}

}  // namespace

Result<std::unique_ptr<Repository>> open_repository(const fs::path& folder) {
  if (!module()) return tl::unexpected(module().error());
  return (*module())->open_repository(folder);
}

Result<std::string> user_name(const fs::path& folder) {
  if (!module()) return tl::unexpected(module().error());
  return (*module())->user_name(folder);
}

}  // namespace sdd::git
