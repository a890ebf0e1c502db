#include "workspace/repair/wish.h"

#include <system_error>
#include <utility>

#include "base/strings.h"

namespace sdd::workspace {

namespace fs = std::filesystem;

Result<LockWish> repair_wish(const std::string& file, const Places& places) {
  LockWish wish{.spec = file, .command = "repair", .ids = {file}, .settles = false};
  if (!file.ends_with(".md")) return wish;
  const fs::path path = (places.current / file).lexically_normal();
  Places start = places;
  if (start.path.empty()) start.current = path.parent_path();
  auto layout = Layout::find_with_bank(start);
  if (!layout) return tl::unexpected(layout.error());
  std::error_code error;
  const fs::path bank = fs::weakly_canonical(layout->bank_dir(), error);
  const fs::path inside = fs::weakly_canonical(path, error).lexically_relative(bank);
  if (layout->bank_dir().empty() || inside.empty() || *inside.begin() == "..") {
    return fail(ErrorKind::kUsage, quoted_path(file) + " is no file of a memory bank");
  }
  wish.bank = std::move(*layout);
  return wish;
}

}  // namespace sdd::workspace
