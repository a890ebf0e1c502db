#include "workspace/changes/bank_state.h"

#include <algorithm>
#include <utility>

namespace sdd::workspace {

Result<void> BankState::list() {
  if (folders_.bank.empty()) return {};
  auto listed = snapshot_.below(folders_.bank);
  if (!listed) return tl::unexpected(listed.error());
  for (git::TreeFile& file : *listed) {
    if (!is_bank_file(folders_, file.path)) continue;
    files_.push_back({std::move(file.path), std::move(file.blob), {}, false, nullptr});
  }
  std::sort(files_.begin(), files_.end(),
            [](const File& a, const File& b) { return a.path < b.path; });
  return {};
}

bank::Kind BankState::kind(std::size_t file) const {
  return bank::kind_of(std::string_view(files_[file].path).substr(folders_.bank.size() + 1));
}

std::optional<std::size_t> BankState::at(std::string_view path) const {
  const auto found = std::lower_bound(
      files_.begin(), files_.end(), path,
      [](const File& file, std::string_view wanted) { return file.path < wanted; });
  if (found == files_.end() || found->path != path) return std::nullopt;
  return static_cast<std::size_t>(found - files_.begin());
}

const std::string* BankState::bytes(File& file) {
  if (file.document != nullptr) return &file.document->source.bytes();
  if (!file.was_read) {
    file.was_read = true;
    auto read = snapshot_.read(file.path, file.blob, max_bytes_);
    if (read && *read) file.bytes = std::move(**read);
  }
  return file.bytes ? &*file.bytes : nullptr;
}

std::vector<std::size_t> BankState::naming(const std::vector<std::string>& names) {
  std::vector<std::size_t> found;
  if (names.empty()) return found;
  for (std::size_t i = 0; i < files_.size(); ++i) {
    const std::string* text = bytes(files_[i]);
    const bool has =
        text != nullptr && std::any_of(names.begin(), names.end(), [&](const std::string& name) {
          return !name.empty() && text->find(name) != std::string::npos;
        });
    if (has) found.push_back(i);
  }
  return found;
}

const BankDocument* BankState::document(std::size_t file) {
  File& wanted = files_[file];
  if (wanted.document == nullptr && bytes(wanted) != nullptr) {
    wanted.document = std::make_unique<BankDocument>(folders_.in_root(wanted.path),
                                                     std::move(*wanted.bytes), kind(file));
  }
  return wanted.document.get();
}

}  // namespace sdd::workspace
