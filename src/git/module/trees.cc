#include "git/module/trees.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

namespace sdd::git {
namespace {

bool is_file(std::uint16_t mode) {
  return mode == GIT_FILEMODE_BLOB || mode == GIT_FILEMODE_BLOB_EXECUTABLE ||
         mode == GIT_FILEMODE_LINK;
}

bool is_below(std::string_view path, std::string_view folder) {
  return folder.empty() ||
         (path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/');
}

Result<Owned<git_object, git_object_free>> object_of(git_repository* repository,
                                                     const std::string& revision,
                                                     git_object_t type) {
  // A whole id is looked up, not parsed: libgit2 tries one that is not there as a tag's
  // description, which costs a search, and memory that it never gives back.
  git_object* named = nullptr;
  git_oid id;
  const bool whole =
      revision.size() == GIT_OID_HEXSZ && git_oid_fromstr(&id, revision.c_str()) == 0;
  const int parsed = whole ? git_object_lookup(&named, repository, &id, GIT_OBJECT_ANY)
                           : git_revparse_single(&named, repository, revision.c_str());
  const Owned<git_object, git_object_free> object(named);
  git_object* peeled = nullptr;
  if (parsed < 0 || git_object_peel(&peeled, object.get(), type) < 0) {
    Error error = failure_to("find the revision '" + revision + "'");
    error.kind = ErrorKind::kNotFound;
    return tl::unexpected(std::move(error));
  }
  return Owned<git_object, git_object_free>(peeled);
}

struct TreeWalk {
  std::string prefix;  // with its slash
  std::vector<TreeFile> files;
};

int take_entry(const char* folder, const git_tree_entry* entry, void* walk) {
  if (!is_file(static_cast<std::uint16_t>(git_tree_entry_filemode(entry)))) return 0;
  auto& found = *static_cast<TreeWalk*>(walk);
  found.files.push_back({found.prefix + folder + git_tree_entry_name(entry),
                         git_oid_tostr_s(git_tree_entry_id(entry))});
  return 0;
}

Result<std::vector<TreeFile>> files_of_tree(git_repository* repository, const std::string& revision,
                                            const std::string& below) {
  TreeWalk walk;
  if (revision.empty()) return walk.files;
  auto tree = tree_of(repository, revision);
  if (!tree) return tl::unexpected(tree.error());
  if (!below.empty()) {
    git_tree_entry* entry = nullptr;
    const int answer = git_tree_entry_bypath(&entry, tree->get(), below.c_str());
    const Owned<git_tree_entry, git_tree_entry_free> folder(entry);
    if (answer == GIT_ENOTFOUND) return walk.files;
    git_tree* inner = nullptr;
    if (answer < 0 || git_tree_entry_type(entry) != GIT_OBJECT_TREE) return walk.files;
    if (git_tree_lookup(&inner, repository, git_tree_entry_id(entry)) < 0) {
      return tl::unexpected(failure_to("read " + revision + ":" + below));
    }
    tree->reset(inner);
    walk.prefix = below + "/";
  }
  if (git_tree_walk(tree->get(), GIT_TREEWALK_PRE, take_entry, &walk) < 0) {
    return tl::unexpected(failure_to("read the files of " + revision));
  }
  std::sort(walk.files.begin(), walk.files.end(),
            [](const TreeFile& a, const TreeFile& b) { return a.path < b.path; });
  return walk.files;
}

PathChange change_of(const git_diff_delta& delta) {
  const auto blob = [](const git_diff_file& file) {
    const bool known = (file.flags & GIT_DIFF_FLAG_EXISTS) != 0 &&
                       (file.flags & GIT_DIFF_FLAG_VALID_ID) != 0 && git_oid_is_zero(&file.id) == 0;
    return known ? std::string(git_oid_tostr_s(&file.id)) : std::string();
  };
  const bool is_gone = delta.status == GIT_DELTA_DELETED;
  const char* path = is_gone ? delta.old_file.path : delta.new_file.path;
  return {path, blob(delta.old_file), blob(delta.new_file), !is_gone};
}

bool concerns_files(const git_diff_delta& delta) {
  const bool was = delta.status != GIT_DELTA_ADDED && delta.status != GIT_DELTA_UNTRACKED;
  return is_file(was ? delta.old_file.mode : delta.new_file.mode) || is_file(delta.new_file.mode);
}

}  // namespace

Result<Owned<git_commit, git_commit_free>> commit_of(git_repository* repository,
                                                     const std::string& revision) {
  auto object = object_of(repository, revision, GIT_OBJECT_COMMIT);
  if (!object) return tl::unexpected(object.error());
  return Owned<git_commit, git_commit_free>(reinterpret_cast<git_commit*>(object->release()));
}

Result<Owned<git_tree, git_tree_free>> tree_of(git_repository* repository,
                                               const std::string& revision) {
  auto object = object_of(repository, revision, GIT_OBJECT_TREE);
  if (!object) return tl::unexpected(object.error());
  return Owned<git_tree, git_tree_free>(reinterpret_cast<git_tree*>(object->release()));
}

Result<Owned<git_index, git_index_free>> index_of(git_repository* repository) {
  git_index* found = nullptr;
  if (git_repository_index(&found, repository) < 0) {
    return tl::unexpected(failure_to("read git's index"));
  }
  Owned<git_index, git_index_free> index(found);
  if (git_index_read(index.get(), 0) < 0) return tl::unexpected(failure_to("read git's index"));
  return index;
}

Result<std::vector<std::string>> walk_between(git_repository* repository,
                                              const std::vector<std::string>& without,
                                              const std::string& to, std::size_t most) {
  git_revwalk* made = nullptr;
  if (git_revwalk_new(&made, repository) < 0) {
    return tl::unexpected(failure_to("walk through git's history"));
  }
  const Owned<git_revwalk, git_revwalk_free> walk(made);
  git_revwalk_sorting(walk.get(), GIT_SORT_TOPOLOGICAL | GIT_SORT_TIME);
  const auto last = commit_of(repository, to);
  if (!last) return tl::unexpected(last.error());
  if (git_revwalk_push(walk.get(), git_commit_id(last->get())) < 0) {
    return tl::unexpected(failure_to("walk through git's history"));
  }
  for (const std::string& revision : without) {
    const auto commit = commit_of(repository, revision);
    if (!commit) return tl::unexpected(commit.error());
    if (git_revwalk_hide(walk.get(), git_commit_id(commit->get())) < 0) {
      return tl::unexpected(failure_to("walk through git's history"));
    }
  }
  std::vector<std::string> commits;
  git_oid id;
  int answer = 0;
  while (commits.size() < most && (answer = git_revwalk_next(&id, walk.get())) == 0) {
    commits.emplace_back(git_oid_tostr_s(&id));
  }
  if (answer < 0 && answer != GIT_ITEROVER) {
    return tl::unexpected(failure_to("walk through git's history"));
  }
  return commits;
}

Result<std::vector<std::string>> merge_bases_of(git_repository* repository, const std::string& a,
                                                const std::string& b) {
  const auto one = commit_of(repository, a);
  if (!one) return tl::unexpected(one.error());
  const auto other = commit_of(repository, b);
  if (!other) return tl::unexpected(other.error());
  git_oidarray found = {nullptr, 0};
  const int answer =
      git_merge_bases(&found, repository, git_commit_id(one->get()), git_commit_id(other->get()));
  if (answer == GIT_ENOTFOUND) return std::vector<std::string>{};
  if (answer < 0) return tl::unexpected(failure_to("find the merge bases of " + a + " and " + b));
  std::vector<std::string> ids;
  for (std::size_t i = 0; i < found.count; ++i) ids.emplace_back(git_oid_tostr_s(&found.ids[i]));
  git_oidarray_dispose(&found);
  return ids;
}

Result<std::vector<TreeFile>> files_of(git_repository* repository, const State& state,
                                       const std::string& below) {
  if (state.kind == State::Kind::kRevision) {
    return files_of_tree(repository, state.revision, below);
  }
  const auto index = index_of(repository);
  if (!index) return tl::unexpected(index.error());
  std::vector<TreeFile> files;
  std::size_t at = 0;
  if (!below.empty()) {
    const int answer = git_index_find_prefix(&at, index->get(), (below + "/").c_str());
    if (answer == GIT_ENOTFOUND) return files;
  }
  for (; at < git_index_entrycount(index->get()); ++at) {
    const git_index_entry* entry = git_index_get_byindex(index->get(), at);
    if (!is_below(entry->path, below)) break;
    if (git_index_entry_stage(entry) != 0 || !is_file(static_cast<std::uint16_t>(entry->mode))) {
      continue;
    }
    files.push_back({entry->path, git_oid_tostr_s(&entry->id)});
  }
  return files;
}

Result<std::vector<PathChange>> changes_between(git_repository* repository, const State& from,
                                                const State& to,
                                                const std::vector<std::string>& below) {
  Owned<git_tree, git_tree_free> before;
  if (!from.revision.empty()) {
    auto tree = tree_of(repository, from.revision);
    if (!tree) return tl::unexpected(tree.error());
    before = std::move(*tree);
  }
  git_diff_options options;
  git_diff_options_init(&options, GIT_DIFF_OPTIONS_VERSION);
  options.flags =
      GIT_DIFF_DISABLE_PATHSPEC_MATCH | GIT_DIFF_SKIP_BINARY_CHECK | GIT_DIFF_INCLUDE_TYPECHANGE;
  std::vector<const char*> folders;
  for (const std::string& folder : below) folders.push_back(folder.c_str());
  const bool all = std::find(below.begin(), below.end(), "") != below.end();
  if (!all) options.pathspec = {const_cast<char**>(folders.data()), folders.size()};
  git_diff* made = nullptr;
  int answer = 0;
  if (to.kind == State::Kind::kIndex) {
    const auto index = index_of(repository);
    if (!index) return tl::unexpected(index.error());
    answer = git_diff_tree_to_index(&made, repository, before.get(), index->get(), &options);
  } else if (to.kind == State::Kind::kWorkTree) {
    options.flags |= GIT_DIFF_INCLUDE_UNTRACKED | GIT_DIFF_RECURSE_UNTRACKED_DIRS;
    answer = git_diff_tree_to_workdir_with_index(&made, repository, before.get(), &options);
  } else {
    Owned<git_tree, git_tree_free> after;
    if (!to.revision.empty()) {
      auto tree = tree_of(repository, to.revision);
      if (!tree) return tl::unexpected(tree.error());
      after = std::move(*tree);
    }
    answer = git_diff_tree_to_tree(&made, repository, before.get(), after.get(), &options);
  }
  const Owned<git_diff, git_diff_free> diff(made);
  if (answer < 0) return tl::unexpected(failure_to("compare two states of the repository"));
  std::vector<PathChange> changes;
  for (std::size_t i = 0; i < git_diff_num_deltas(diff.get()); ++i) {
    const git_diff_delta& delta = *git_diff_get_delta(diff.get(), i);
    const bool unmerged = delta.status == GIT_DELTA_CONFLICTED;
    if (unmerged || delta.status == GIT_DELTA_UNMODIFIED || !concerns_files(delta)) continue;
    changes.push_back(change_of(delta));
  }
  std::sort(changes.begin(), changes.end(),
            [](const PathChange& a, const PathChange& b) { return a.path < b.path; });
  return changes;
}

Result<std::vector<std::string>> conflicts_of(git_repository* repository) {
  const auto index = index_of(repository);
  if (!index) return tl::unexpected(index.error());
  std::set<std::string> paths;
  for (std::size_t i = 0; i < git_index_entrycount(index->get()); ++i) {
    const git_index_entry* entry = git_index_get_byindex(index->get(), i);
    if (git_index_entry_stage(entry) != 0) paths.insert(entry->path);
  }
  return std::vector<std::string>(paths.begin(), paths.end());
}

}  // namespace sdd::git
