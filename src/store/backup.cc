#include "store/backup.h"

#include <fcntl.h>

#include <algorithm>
#include <cerrno>
#include <string>
#include <vector>

#include "store/file.h"

namespace sdd::store {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kStampSize = sizeof "20260211T175129.533418Z" - 1;

std::string stamp_of(Timestamp time) {
  std::string text = format_rfc3339(time);
  std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
  return text;
}

// Whether a name is that of a backup of `name`, and not of another file whose name goes on.
bool is_backup_of(const std::string& backup, const std::string& name) {
  if (!backup.starts_with(name + '.')) return false;
  const std::string stamp = backup.substr(name.size() + 1, kStampSize);
  return stamp.size() == kStampSize && stamp[8] == 'T' && stamp.back() == 'Z' &&
         stamp.find_first_not_of("0123456789T.Z") == std::string::npos;
}

// The backups are a convenience: one that cannot be removed stays.
void remove_old(FileSystem& files, const fs::path& folder, const std::string& name) {
  auto names = files.list(folder);
  if (!names) return;
  std::erase_if(*names, [&](const std::string& each) { return !is_backup_of(each, name); });
  std::sort(names->begin(), names->end());
  for (std::size_t i = 0; i + kMostBackups < names->size(); ++i) {
    (void)files.unlink(folder / (*names)[i]);
  }
}

Result<void> write_backup(FileSystem& files, const File& file, const fs::path& name,
                          std::string_view bytes) {
  Answer<void> done = file.write_all(bytes);
  if (done) done = file.sync();
  if (done) done = sync_folder(files, name.parent_path());
  if (done) return {};
  (void)files.unlink(name);
  return io_failure("write the backup", name, done.error());
}

}  // namespace

Result<fs::path> keep_backup(FileSystem& files, const Home& home, const fs::path& file,
                             std::string_view bytes, Timestamp at) {
  constexpr int kMostAlike = 100;
  const fs::path folder = home.own() / "backups";
  const Answer<bool> made = ensure_folder(files, folder);
  if (!made) return io_failure("make the folder", folder, made.error());
  if (*made) (void)sync_folder(files, home.own());
  const std::string name = file.filename().string();
  for (int i = 1; i <= kMostAlike; ++i) {
    const fs::path backup =
        folder / (name + '.' + stamp_of(at) + (i == 1 ? "" : '-' + std::to_string(i)));
    const Answer<File> opened =
        File::open(files, backup, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0600);
    if (!opened && opened.error().code == EEXIST) continue;
    if (!opened) return io_failure("write the backup", backup, opened.error());
    const Result<void> written = write_backup(files, *opened, backup, bytes);
    if (!written) return tl::unexpected<Error>(written.error());
    remove_old(files, folder, name);
    return backup;
  }
  return io_failure("write the backup", folder / name, Errno{EEXIST});
}

}  // namespace sdd::store
