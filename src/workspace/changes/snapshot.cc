#include "workspace/changes/snapshot.h"

#include <algorithm>
#include <system_error>
#include <utility>

#include "workspace/read_file.h"

namespace sdd::workspace {
namespace {

namespace fs = std::filesystem;
using git::State;

}  // namespace

Result<std::optional<std::string>> Snapshot::read(const std::string& path,
                                                  std::size_t max_bytes) const {
  return read(path, "", max_bytes);
}

Result<std::optional<std::string>> Snapshot::read(const std::string& path, const std::string& blob,
                                                  std::size_t max_bytes) const {
  std::string bytes;
  if (state_.kind == State::Kind::kWorkTree) {
    const auto read = read_file((top_ / path).string(), max_bytes, bytes);
    if (read) return std::optional(std::move(bytes));
    if (read.error().kind == ErrorKind::kNotFound) return std::optional<std::string>();
    return tl::unexpected(read.error());
  }
  std::string id = blob;
  if (id.empty()) {
    if (state_.kind == State::Kind::kRevision && state_.revision.empty()) {
      return std::optional<std::string>();
    }
    auto found = state_.kind == State::Kind::kIndex ? repository_->index_blob(path, 0)
                                                    : repository_->blob_at(state_.revision, path);
    if (!found) return tl::unexpected(found.error());
    if (found->empty()) return std::optional<std::string>();
    id = std::move(*found);
  }
  auto read = repository_->blob(id);
  if (!read) return tl::unexpected(read.error());
  if (read->size() > max_bytes) read->resize(max_bytes + 1);
  return std::optional(std::move(*read));
}

bool Snapshot::exists(const std::string& path) const {
  if (state_.kind == State::Kind::kWorkTree) {
    std::error_code error;
    return path.find('\0') == std::string::npos && fs::exists(top_ / path, error);
  }
  if (state_.kind == State::Kind::kRevision && state_.revision.empty()) return false;
  const auto blob = state_.kind == State::Kind::kIndex
                        ? repository_->index_blob(path, 0)
                        : repository_->blob_at(state_.revision, path);
  if (blob && !blob->empty()) return true;
  const auto files = repository_->files(state_, path);
  return files && !files->empty();
}

Result<std::vector<git::TreeFile>> Snapshot::below(const std::string& folder) const {
  if (state_.kind != State::Kind::kWorkTree) return repository_->files(state_, folder);
  std::vector<git::TreeFile> files;
  std::error_code error;
  const fs::path start = folder.empty() ? top_ : top_ / folder;
  if (!fs::is_directory(start, error)) return files;
  for (fs::recursive_directory_iterator entry(start, error), end; !error && entry != end;
       entry.increment(error)) {
    std::error_code unknown;
    if (!entry->is_regular_file(unknown)) continue;
    files.push_back({entry->path().lexically_relative(top_).string(), ""});
  }
  if (error) return tl::unexpected(system_error("list", start.string(), error.value()));
  return files;
}

}  // namespace sdd::workspace
