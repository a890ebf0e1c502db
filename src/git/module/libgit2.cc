// The git module: git/repository.h by libgit2.
#include <git2.h>

#include <cstdint>
#include <utility>

#include "git/module.h"

namespace sdd::git {
namespace {

namespace fs = std::filesystem;

// Owns what libgit2 made; freed by the function that belongs to its type.
template <typename T, void (*kFree)(T*)>
struct Freed {
  void operator()(T* object) const { kFree(object); }
};
template <typename T, void (*kFree)(T*)>
using Owned = std::unique_ptr<T, Freed<T, kFree>>;

Error failure_to(const std::string& action) {
  const git_error* last = git_error_last();
  std::string message = "cannot " + action;
  if (last != nullptr && last->message != nullptr) message += std::string(": ") + last->message;
  return {ErrorKind::kIo, std::move(message), {}};
}

class Libgit2Repository : public Repository {
 public:
  explicit Libgit2Repository(git_repository* repository) : repository_(repository) {}

  fs::path top_level() const override {
    const char* folder = git_repository_workdir(repository_.get());
    if (folder == nullptr) return {};
    std::error_code error;
    return fs::canonical(folder, error);
  }

  Result<std::string> branch() const override {
    git_reference* found = nullptr;
    if (git_reference_lookup(&found, repository_.get(), "HEAD") < 0) {
      return tl::unexpected(failure_to("read HEAD"));
    }
    const Owned<git_reference, git_reference_free> head(found);
    const char* target = git_reference_symbolic_target(head.get());
    const std::string name = target == nullptr ? "" : target;
    constexpr std::string_view kBranches = "refs/heads/";
    return name.starts_with(kBranches) ? name.substr(kBranches.size()) : std::string();
  }

  Result<bool> holds_blob(const std::string& id) const override {
    git_oid oid;
    git_odb* found = nullptr;
    if (git_oid_fromstr(&oid, id.c_str()) < 0 ||
        git_repository_odb(&found, repository_.get()) < 0) {
      return tl::unexpected(failure_to("look into git's object store"));
    }
    const Owned<git_odb, git_odb_free> objects(found);
    return git_odb_exists(objects.get(), &oid) == 1;
  }

  Result<std::string> head_blob(const std::string& path) const override {
    git_object* found = nullptr;
    const int answer = git_revparse_single(&found, repository_.get(), ("HEAD:" + path).c_str());
    const Owned<git_object, git_object_free> object(found);
    if (answer == GIT_ENOTFOUND) return std::string();
    if (answer < 0) return tl::unexpected(failure_to("read HEAD:" + path));
    return std::string(git_oid_tostr_s(git_object_id(object.get())));
  }

  Result<std::optional<Timestamp>> head_moved() const override {
    git_reflog* found = nullptr;
    const int answer = git_reflog_read(&found, repository_.get(), "HEAD");
    if (answer == GIT_ENOTFOUND) return std::nullopt;
    if (answer < 0) return tl::unexpected(failure_to("read HEAD's reflog"));
    const Owned<git_reflog, git_reflog_free> reflog(found);
    const git_reflog_entry* newest = git_reflog_entry_byindex(reflog.get(), 0);
    if (newest == nullptr) return std::nullopt;
    constexpr std::int64_t kMicroseconds = 1'000'000;
    return Timestamp{git_reflog_entry_committer(newest)->when.time * kMicroseconds};
  }

 private:
  Owned<git_repository, git_repository_free> repository_;
};

Result<std::unique_ptr<Repository>> open(const fs::path& folder) {
  git_repository* found = nullptr;
  const int answer = git_repository_open_ext(&found, folder.c_str(), 0, nullptr);
  if (answer == 0) return std::make_unique<Libgit2Repository>(found);
  Error error = failure_to("open the git repository of '" + folder.string() + "'");
  if (answer == GIT_ENOTFOUND) error.kind = ErrorKind::kNotRepository;
  if (answer == GIT_EOWNER) error.kind = ErrorKind::kPermission;
  return tl::unexpected(std::move(error));
}

Result<std::string> name_in(const fs::path& folder) {
  git_repository* opened = nullptr;
  (void)git_repository_open_ext(&opened, folder.c_str(), 0, nullptr);  // none: the user's own files
  const Owned<git_repository, git_repository_free> repository(opened);
  git_config* found = nullptr;
  const int answer = opened != nullptr ? git_repository_config_snapshot(&found, opened)
                                       : git_config_open_default(&found);
  const Owned<git_config, git_config_free> config(found);
  if (answer < 0) return tl::unexpected(failure_to("read git's configuration"));
  git_buf value = GIT_BUF_INIT;
  const int read = git_config_get_string_buf(&value, config.get(), "user.name");
  const std::string name = read == 0 ? value.ptr : "";
  git_buf_dispose(&value);
  if (read == 0 || read == GIT_ENOTFOUND) return name;
  return tl::unexpected(failure_to("read git's user.name"));
}

constexpr Module kModule = {SDD_VERSION, open, name_in};

}  // namespace

extern "C" __attribute__((visibility("default"))) const Module* sdd_git_module() {
  git_libgit2_init();  // once for the process: the module is never unloaded
  return &kModule;
}

}  // namespace sdd::git
