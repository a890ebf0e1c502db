// Keeping bytes in `<home>/.sdd/salvage/`: the damaged file before anything is done to it, what was
// made of it, the receipt, and sources that pass.
//
//   Result<fs::path> copy = keep(disk, home, key, salvage_name(file, bytes), bytes);
//
// Nothing there is ever deleted or written over by us.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/error.h"
#include "store/file_system.h"
#include "store/home.h"

namespace sdd::workspace {

inline constexpr const char* kReceiptEnding = ".proof.json";
inline constexpr const char* kResultEnding = ".repaired";

std::filesystem::path salvage_folder(const store::Home& home);

// The copy's name: "<file name>.<utc>.<first 8 digits of the SHA-256>".
std::string salvage_name(const std::filesystem::path& file, std::string_view bytes);

// An older copy of the same bytes of this file; "" when there is none.
std::filesystem::path kept_before(store::FileSystem& files, const store::Home& home,
                                  const std::filesystem::path& file, std::string_view bytes);

// Writes the bytes under a new name: `name`, or with "-2" and so on before `ending`. They have
// reached the disk when it returns. `key`: of the file that it is about (store::key_of), for the
// temporary file. Errors: the system's; then nothing is left.
Result<std::filesystem::path> keep(store::FileSystem& files, const store::Home& home,
                                   const std::string& key, const std::string& name,
                                   std::string_view bytes, const std::string& ending = "");

}  // namespace sdd::workspace
