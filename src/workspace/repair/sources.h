// Sources: everything that is still known of a file, best first, as repair::salvage() takes it.
//
//   SourceSearch search{.files = disk.files, .home = home, .file = real_path, …};
//   Result<FoundSources> sources = find_sources(search, damaged);
//   for (const FoundSource& one : sources->found) … one.source.bytes, one.sha256 …
//
// In this order: what the user names (`--from`); git's index, HEAD, the versions of earlier commits
// and of other branches, tags and stashes; the other work trees; our backups and the older
// toolkit's; what lies beside the file (`*.backup`, `*.tmp`, …); versions of others that we kept;
// leftovers in `.sdd/tmp`; the update log. A spec is looked for in all four status folders. Bytes
// that an earlier source has, and the damaged bytes themselves, are no source. Nothing is written.
//
// What cannot be read is passed by, and told in `remarks`: a repair with less is better than none.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "repair/salvage.h"
#include "store/file_system.h"
#include "store/home.h"

namespace sdd::workspace {

struct FoundSource {
  repair::Source source;
  std::string sha256;
  std::string blob;            // of git: the id of the blob; else ""
  std::filesystem::path file;  // of a file: absolute; else ""
  // The file changes or goes by itself (the update log, temporary files): who wants to read these
  // bytes again needs a copy.
  bool passes = false;
};

struct SourceSearch {
  store::FileSystem& files;
  const store::Home& home;
  std::filesystem::path file;  // real
  // A path as the user should see it.
  std::function<std::string(const std::string&)> shown;
  std::vector<std::string> from;  // revisions, or paths of files
  std::filesystem::path current;  // what those paths are relative to
  std::size_t most_bytes = 0;     // larger files are passed by
  // The file holds conflict markers: HEAD and what came before may be one of the sides, and are no
  // base; the index's stage 1 is.
  bool merging = false;
};

struct FoundSources {
  std::vector<FoundSource> found;
  std::vector<std::string> remarks;
};

// Errors: kNotFound for a `from` that is neither a file nor a revision that has the file; what
// reading such a file gives.
Result<FoundSources> find_sources(const SourceSearch& search, std::string_view damaged);

}  // namespace sdd::workspace
