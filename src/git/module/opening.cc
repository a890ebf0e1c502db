// 1. Open what `folder` lies in; where it lies in none, what GIT_DIR names.
// 2. Open what the environment speaks about: GIT_DIR, else the repository of the current folder.
// 3. Where both are one, the index, the objects and the work tree of the environment are used.
#include "git/module/opening.h"

#include <git2/sys/odb_backend.h>
#include <git2/sys/repository.h>

#include <array>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>

namespace sdd::git {
namespace {

namespace fs = std::filesystem;

using OwnedRepository = Owned<git_repository, git_repository_free>;

// A variable of the environment; "" when it is not set. libgit2 reads none of them unless asked,
// and refuses some.
std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

std::string absolute(const std::string& path) {
  std::error_code error;
  return fs::absolute(path, error).lexically_normal().string();
}

Error cannot_open(const fs::path& folder, int answer) {
  Error error = failure_to("open the git repository of '" + folder.string() + "'");
  if (answer == GIT_ENOTFOUND) error.kind = ErrorKind::kNotRepository;
  // Without any safe.directory libgit2 1.5 says that there is none, and not why it was looked for.
  const bool unsafe = error.message.find("'safe.directory'") != std::string::npos;
  if (answer == GIT_EOWNER || unsafe) {
    error.kind = ErrorKind::kPermission;
    error.message = "the git repository of '" + folder.string() +
                    "' belongs to somebody else: 'git config --global --add safe.directory FOLDER' "
                    "trusts it";
  }
  if (error.message.ends_with("extensions.objectformat")) {
    error.message += " (its ids are SHA-256, and libgit2 " LIBGIT2_VERSION " reads SHA-1)";
  }
  return error;
}

int open_at(const fs::path& folder, unsigned flags, OwnedRepository& repository) {
  git_repository* found = nullptr;
  const int answer = git_repository_open_ext(&found, folder.c_str(), flags, nullptr);
  repository.reset(found);
  return answer;
}

// Whether the environment says anything that changes how a repository is read.
bool speaks() {
  constexpr std::array kNames = {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE",
                                 "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES"};
  for (const char* name : kNames) {
    if (!variable(name).empty()) return true;
  }
  return false;
}

// The one that the environment speaks about; none when there is no such repository.
OwnedRepository meant_by_environment() {
  OwnedRepository repository;
  const std::string folder = variable("GIT_DIR");
  if (folder.empty()) {
    (void)open_at(".", 0, repository);
  } else {
    (void)open_at(absolute(folder), GIT_REPOSITORY_OPEN_NO_SEARCH, repository);
  }
  return repository;
}

bool are_one(git_repository* a, git_repository* b) {
  return std::string_view(git_repository_path(a)) == git_repository_path(b);
}

// A push keeps its objects apart (quarantine) until the hooks have agreed; git names the folders.
bool add_objects(git_repository* repository) {
  git_odb* found = nullptr;
  if (git_repository_odb(&found, repository) < 0) return false;
  const Owned<git_odb, git_odb_free> objects(found);
  std::string folders = variable("GIT_OBJECT_DIRECTORY");
  folders += ":" + variable("GIT_ALTERNATE_OBJECT_DIRECTORIES");
  for (std::size_t begin = 0; begin < folders.size();) {
    const std::size_t end = std::min(folders.find(':', begin), folders.size());
    const std::string folder = folders.substr(begin, end - begin);
    begin = end + 1;
    std::error_code error;
    if (folder.empty() || !fs::is_directory(folder, error)) continue;
    if (git_odb_add_disk_alternate(objects.get(), absolute(folder).c_str()) < 0) return false;
  }
  return true;
}

bool use_index(git_repository* repository, const std::string& file) {
  git_index* opened = nullptr;
  if (git_index_open(&opened, absolute(file).c_str()) < 0) return false;
  const Owned<git_index, git_index_free> index(opened);
  return git_repository_set_index(repository, index.get()) == 0;
}

bool use_environment(git_repository* repository) {
  const std::string index = variable("GIT_INDEX_FILE");
  if (!index.empty() && !use_index(repository, index)) return false;
  const std::string work_tree = variable("GIT_WORK_TREE");
  if (!work_tree.empty() &&
      git_repository_set_workdir(repository, absolute(work_tree).c_str(), 0) < 0) {
    return false;
  }
  return add_objects(repository);
}

}  // namespace

Error failure_to(const std::string& action) {
  const git_error* last = git_error_last();
  std::string message = "cannot " + action;
  if (last != nullptr && last->message != nullptr) message += std::string(": ") + last->message;
  return {ErrorKind::kIo, std::move(message), {}};
}

void allow_extensions() {
  // A partial clone lacks objects, and says so when one is asked for. The others concern writers.
  std::array<const char*, 3> names = {"partialclone", "preciousobjects", "worktreeconfig"};
  (void)git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, names.data(), names.size());
}

Result<OwnedRepository> open_as_git_does(const fs::path& folder) {
  OwnedRepository repository;
  const int answer = open_at(folder, 0, repository);
  if (answer == 0 && !speaks()) return repository;
  if (answer < 0 && (answer != GIT_ENOTFOUND || variable("GIT_DIR").empty())) {
    return tl::unexpected(cannot_open(folder, answer));
  }
  OwnedRepository meant = meant_by_environment();
  if (answer < 0) {
    if (meant == nullptr) return tl::unexpected(cannot_open(folder, answer));
    repository = std::move(meant);
  } else if (meant == nullptr || !are_one(repository.get(), meant.get())) {
    return repository;
  }
  if (!use_environment(repository.get())) {
    return tl::unexpected(failure_to("use what git's environment says"));
  }
  return repository;
}

}  // namespace sdd::git
