// The git module: git/repository.h by libgit2.
#include <git2.h>

#include <algorithm>
#include <cstdint>
#include <set>
#include <string_view>
#include <utility>

#include "git/module.h"
#include "git/module/opening.h"
#include "git/module/owned.h"
#include "git/module/trees.h"

namespace sdd::git {
namespace {

namespace fs = std::filesystem;

// Collects versions along walks over commits; what both walks meet counts once.
class VersionSearch {
 public:
  VersionSearch(git_repository* repository, const std::vector<std::string>& paths, std::size_t most)
      : repository_(repository), paths_(paths), most_(most) {}

  // Commits that cannot be read (a shallow or partial clone) are passed by, and end the walk where
  // it would have to go through them.
  void walk(git_revwalk* walk, bool ours) {
    git_oid id;
    for (int left = kMostCommits; left > 0 && found_.size() < most_; --left) {
      if (git_revwalk_next(&id, walk) < 0) return;
      look_into(id, ours);
    }
  }

  std::vector<FileVersion> take() { return std::move(found_); }

 private:
  static constexpr int kMostCommits = 20'000;

  void look_into(const git_oid& id, bool ours) {
    git_commit* read = nullptr;
    if (git_commit_lookup(&read, repository_, &id) < 0) return;
    const Owned<git_commit, git_commit_free> commit(read);
    git_tree* root = nullptr;
    if (git_commit_tree(&root, commit.get()) < 0) return;
    const Owned<git_tree, git_tree_free> tree(root);
    for (const std::string& path : paths_) {
      git_tree_entry* entry = nullptr;
      if (git_tree_entry_bypath(&entry, tree.get(), path.c_str()) < 0) continue;
      const Owned<git_tree_entry, git_tree_entry_free> file(entry);
      if (git_tree_entry_type(file.get()) != GIT_OBJECT_BLOB || found_.size() >= most_) continue;
      std::string blob = git_oid_tostr_s(git_tree_entry_id(file.get()));
      if (!seen_.insert(blob).second) continue;
      found_.push_back({git_oid_tostr_s(&id), path, std::move(blob), ours});
    }
  }

  git_repository* repository_;
  const std::vector<std::string>& paths_;
  std::size_t most_;
  std::set<std::string> seen_;
  std::vector<FileVersion> found_;
};

// Whether a remote has promised objects that are not here (`git clone --filter`).
bool is_partial(git_repository* repository) {
  git_config* found = nullptr;
  if (git_repository_config_snapshot(&found, repository) < 0) return false;
  const Owned<git_config, git_config_free> config(found);
  git_config_iterator* all = nullptr;
  if (git_config_iterator_new(&all, config.get()) < 0) return false;
  const Owned<git_config_iterator, git_config_iterator_free> entries(all);
  git_config_entry* entry = nullptr;
  while (git_config_next(&entry, entries.get()) == 0) {
    const std::string_view name = entry->name;
    if (name.starts_with("remote.") && name.ends_with(".promisor")) return true;
  }
  return false;
}

class Libgit2Repository : public Repository {
 public:
  explicit Libgit2Repository(Owned<git_repository, git_repository_free> repository)
      : repository_(std::move(repository)) {}

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

  Result<std::string> blob(const std::string& id) const override {
    git_oid oid;
    git_blob* found = nullptr;
    const int answer = git_oid_fromstr(&oid, id.c_str()) < 0
                           ? GIT_ERROR
                           : git_blob_lookup(&found, repository_.get(), &oid);
    const Owned<git_blob, git_blob_free> held(found);
    if (answer < 0) {
      Error error = failure_to("read git's blob " + id);
      if (answer == GIT_ENOTFOUND) error.kind = ErrorKind::kNotFound;
      if (answer == GIT_ENOTFOUND && is_partial(repository_.get())) {
        error.message += "; this clone is partial: 'git fetch --refetch --no-filter' completes it";
      }
      return tl::unexpected(std::move(error));
    }
    return std::string(static_cast<const char*>(git_blob_rawcontent(held.get())),
                       static_cast<std::size_t>(git_blob_rawsize(held.get())));
  }

  Result<std::string> index_blob(const std::string& path, int stage) const override {
    const auto index = index_of(repository_.get());
    if (!index) return tl::unexpected(index.error());
    const git_index_entry* entry = git_index_get_bypath(index->get(), path.c_str(), stage);
    return entry == nullptr ? std::string() : std::string(git_oid_tostr_s(&entry->id));
  }

  Result<std::string> blob_at(const std::string& revision, const std::string& path) const override {
    const auto tree = tree_of(repository_.get(), revision);
    if (!tree) return tl::unexpected(tree.error());
    git_tree_entry* entry = nullptr;
    const int answer = git_tree_entry_bypath(&entry, tree->get(), path.c_str());
    const Owned<git_tree_entry, git_tree_entry_free> file(entry);
    if (answer == GIT_ENOTFOUND) return std::string();
    if (answer < 0) return tl::unexpected(failure_to("read " + revision + ":" + path));
    if (git_tree_entry_type(file.get()) != GIT_OBJECT_BLOB) return std::string();
    return std::string(git_oid_tostr_s(git_tree_entry_id(file.get())));
  }

  Result<std::vector<FileVersion>> versions(const std::vector<std::string>& paths, std::size_t most,
                                            bool everywhere) const override {
    VersionSearch search(repository_.get(), paths, most);
    for (const bool ours : {true, false}) {
      if (!ours && !everywhere) continue;
      git_revwalk* made = nullptr;
      if (git_revwalk_new(&made, repository_.get()) < 0) {
        return tl::unexpected(failure_to("walk through git's history"));
      }
      const Owned<git_revwalk, git_revwalk_free> walk(made);
      git_revwalk_sorting(walk.get(), GIT_SORT_TIME);
      ours ? begin_at_head(walk.get()) : begin_everywhere(walk.get());
      search.walk(walk.get(), ours);
    }
    return search.take();
  }

  Result<std::vector<fs::path>> other_worktrees() const override {
    git_strarray names = {nullptr, 0};
    if (git_worktree_list(&names, repository_.get()) < 0) {
      return tl::unexpected(failure_to("list git's work trees"));
    }
    std::set<fs::path> folders;
    for (std::size_t i = 0; i < names.count; ++i) {
      git_worktree* found = nullptr;
      if (git_worktree_lookup(&found, repository_.get(), names.strings[i]) < 0) continue;
      const Owned<git_worktree, git_worktree_free> tree(found);
      folders.insert(git_worktree_path(tree.get()));
    }
    git_strarray_dispose(&names);
    git_repository* opened = nullptr;
    if (git_repository_is_worktree(repository_.get()) == 1 &&
        git_repository_open(&opened, git_repository_commondir(repository_.get())) == 0) {
      const Owned<git_repository, git_repository_free> main(opened);
      const char* folder = git_repository_workdir(main.get());
      if (folder != nullptr) folders.insert(folder);
    }
    std::set<fs::path> others;
    for (const fs::path& folder : folders) {
      std::error_code error;
      const fs::path real = fs::canonical(folder, error);
      if (!error && real != top_level()) others.insert(real);
    }
    return std::vector<fs::path>(others.begin(), others.end());
  }

  Result<std::string> commit(const std::string& revision) const override {
    const auto found = commit_of(repository_.get(), revision);
    if (!found) return tl::unexpected(found.error());
    return std::string(git_oid_tostr_s(git_commit_id(found->get())));
  }

  Result<std::vector<std::string>> parents(const std::string& commit) const override {
    const auto found = commit_of(repository_.get(), commit);
    if (!found) return tl::unexpected(found.error());
    std::vector<std::string> ids;
    for (unsigned i = 0; i < git_commit_parentcount(found->get()); ++i) {
      ids.emplace_back(git_oid_tostr_s(git_commit_parent_id(found->get(), i)));
    }
    return ids;
  }

  Result<std::vector<std::string>> tips(const std::string& prefix) const override {
    git_reference_iterator* made = nullptr;
    if (git_reference_iterator_glob_new(&made, repository_.get(), (prefix + "*").c_str()) < 0) {
      return tl::unexpected(failure_to("list git's references"));
    }
    const Owned<git_reference_iterator, git_reference_iterator_free> references(made);
    std::set<std::string> ids;
    const char* name = nullptr;
    while (git_reference_next_name(&name, references.get()) == 0) {
      git_oid id;
      if (git_reference_name_to_id(&id, repository_.get(), name) == 0) {
        ids.insert(git_oid_tostr_s(&id));
      }
    }
    return std::vector<std::string>(ids.begin(), ids.end());
  }

  Result<std::string> merge_base(const std::string& a, const std::string& b) const override {
    const auto one = commit_of(repository_.get(), a);
    if (!one) return tl::unexpected(one.error());
    const auto other = commit_of(repository_.get(), b);
    if (!other) return tl::unexpected(other.error());
    git_oid base;
    const int answer = git_merge_base(&base, repository_.get(), git_commit_id(one->get()),
                                      git_commit_id(other->get()));
    if (answer == GIT_ENOTFOUND) return std::string();
    if (answer < 0) return tl::unexpected(failure_to("find the merge base of " + a + " and " + b));
    return std::string(git_oid_tostr_s(&base));
  }

  Result<std::vector<std::string>> merge_bases(const std::string& a,
                                               const std::string& b) const override {
    return merge_bases_of(repository_.get(), a, b);
  }

  Result<std::vector<std::string>> commits_between(const std::vector<std::string>& without,
                                                   const std::string& to,
                                                   std::size_t most) const override {
    return walk_between(repository_.get(), without, to, most);
  }

  Result<std::vector<TreeFile>> files(const State& state, const std::string& below) const override {
    return files_of(repository_.get(), state, below);
  }

  Result<std::vector<PathChange>> changes(const State& from, const State& to,
                                          const std::vector<std::string>& below) const override {
    return changes_between(repository_.get(), from, to, below);
  }

  Result<std::vector<std::string>> conflicted() const override {
    return conflicts_of(repository_.get());
  }

  bool is_shallow() const override { return git_repository_is_shallow(repository_.get()) == 1; }

  fs::path git_dir() const override { return git_repository_path(repository_.get()); }

  fs::path common_dir() const override { return git_repository_commondir(repository_.get()); }

  Result<std::optional<std::string>> config(const std::string& name) const override {
    git_config* found = nullptr;
    if (git_repository_config_snapshot(&found, repository_.get()) < 0) {
      return tl::unexpected(failure_to("read git's configuration"));
    }
    const Owned<git_config, git_config_free> config(found);
    const char* value = nullptr;
    const int answer = git_config_get_string(&value, config.get(), name.c_str());
    if (answer == GIT_ENOTFOUND) return std::nullopt;
    if (answer < 0) return tl::unexpected(failure_to("read git's " + name));
    return std::optional<std::string>(value);
  }

  Result<void> set_config(const std::string& name,
                          const std::optional<std::string>& value) const override {
    git_config* whole = nullptr;
    git_config* own = nullptr;
    const int opened = git_repository_config(&whole, repository_.get());
    const Owned<git_config, git_config_free> config(whole);
    if (opened < 0 || git_config_open_level(&own, config.get(), GIT_CONFIG_LEVEL_LOCAL) < 0) {
      return tl::unexpected(failure_to("open git's configuration"));
    }
    const Owned<git_config, git_config_free> local(own);
    const int answer = value ? git_config_set_string(local.get(), name.c_str(), value->c_str())
                             : git_config_delete_entry(local.get(), name.c_str());
    if (answer < 0 && answer != GIT_ENOTFOUND) {
      return tl::unexpected(failure_to("write git's " + name));
    }
    return {};
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
  // A HEAD without commits, or none at all, begins no walk.
  static void begin_at_head(git_revwalk* walk) { (void)git_revwalk_push_head(walk); }

  // Every reference, and what HEAD was before (an amended commit, a branch that was reset).
  void begin_everywhere(git_revwalk* walk) const {
    (void)git_revwalk_push_glob(walk, "refs/*");
    git_reflog* found = nullptr;
    if (git_reflog_read(&found, repository_.get(), "HEAD") == 0) {
      const Owned<git_reflog, git_reflog_free> reflog(found);
      constexpr std::size_t kMostLines = 500;
      const std::size_t lines = std::min(kMostLines, git_reflog_entrycount(reflog.get()));
      for (std::size_t i = 0; i < lines; ++i) {
        (void)git_revwalk_push(walk,
                               git_reflog_entry_id_new(git_reflog_entry_byindex(reflog.get(), i)));
      }
    }
    (void)git_revwalk_hide_head(walk);
  }

  Owned<git_repository, git_repository_free> repository_;
};

Result<std::unique_ptr<Repository>> open(const fs::path& folder) {
  auto opened = open_as_git_does(folder);
  if (!opened) return tl::unexpected(opened.error());
  return std::make_unique<Libgit2Repository>(std::move(*opened));
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
  allow_extensions();
  return &kModule;
}

}  // namespace sdd::git
