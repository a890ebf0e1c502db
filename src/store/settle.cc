#include "store/settle.h"

#include <algorithm>
#include <cerrno>
#include <utility>

#include "store/displaced.h"
#include "store/file.h"
#include "store/hash.h"
#include "store/temporary.h"

namespace sdd::store {
namespace {

using Path = std::filesystem::path;

class Settling {
 public:
  Settling(FileSystem& files, Clock& clock, const Home& home, Path target, const KnowsBlob& knows,
           const TakeIn& take_in)
      : files_(files),
        clock_(clock),
        home_(home),
        target_(std::move(target)),
        key_(key_of(target_)),
        knows_(knows),
        take_in_(take_in) {}

  Result<Settled> run() {
    if (Result<void> done = settle_in(home_.temporary(), false); !done) {
      return tl::unexpected(done.error());
    }
    if (may_lie_beside()) {
      if (Result<void> done = settle_in(target_.parent_path(), true); !done) {
        return tl::unexpected(done.error());
      }
    }
    return std::move(settled_);
  }

 private:
  // Listing a folder of thousands of specs costs more than the rest together.
  bool may_lie_beside() const {
    const Answer<FileStatus> inside = files_.status(home_.temporary(), true);
    const Answer<FileStatus> beside = files_.status(target_.parent_path(), true);
    return inside && beside && (inside->device != beside->device || inside->mount != beside->mount);
  }

  Result<void> settle_in(const Path& folder, bool beside) {
    Answer<std::vector<std::string>> names = files_.list(folder);
    if (!names && names.error().code == ENOENT) return {};
    if (!names) return io_failure("list", folder, names.error());
    std::sort(names->begin(), names->end());
    std::vector<Path> ready;
    for (const std::string& name : *names) {
      const std::optional<TemporaryName> parsed = parse_temporary_name(name);
      if (!parsed || parsed->key != key_ || parsed->beside != beside) continue;
      // Drafts, and second names of the target, go first: while it has two names it is not changed.
      if (parsed->draft || is_target(folder / name)) {
        remove(folder / name);
      } else {
        ready.push_back(folder / name);
      }
    }
    for (const Path& file : ready) {
      if (Result<void> done = settle_one(file); !done) return done;
    }
    return {};
  }

  // After a power loss one file may have both names: an exchange of which only half reached the
  // disk.
  bool is_target(const Path& file) const {
    const Answer<FileStatus> ours = files_.status(file, false);
    const Answer<FileStatus> there = files_.status(target_, false);
    return ours && there && ours->same_file(*there);
  }

  Result<void> settle_one(const Path& file) {
    const Answer<Look> look = look_when_still(files_, clock_, file);
    if (!look) {
      settled_.kept.push_back({file, "left over from an earlier run, and it cannot be read"});
      return {};
    }
    if (look->writer == Writer::kSome) {
      keep(file, look->bytes, "another program still has it open for writing");
      return {};
    }
    if (knows_(git_blob_id(look->bytes)) || stands_at_target(look->bytes)) {
      remove(file);
      return {};
    }
    const Result<bool> merged = take_in_(look->bytes);
    if (!merged) return tl::unexpected(merged.error());
    if (!*merged) {
      keep(file, look->bytes, "another program wrote it, and an update that died overwrote it");
      return {};
    }
    ++settled_.merged;
    (void)files_.unlink(file);  // what stays is merged again, which changes nothing
    return {};
  }

  bool stands_at_target(const std::string& bytes) const {
    const Answer<bool> there = file_holds(files_, target_, false, bytes);
    return there && *there;
  }

  void remove(const Path& file) {
    if (files_.unlink(file)) {
      ++settled_.removed;
    } else {
      settled_.kept.push_back({file, "left over from an earlier run, and it cannot be removed"});
    }
  }

  void keep(const Path& file, std::string_view bytes, const char* why) {
    const Result<Path> kept = keep_displaced(files_, home_, key_, file, bytes);
    settled_.kept.push_back({kept ? *kept : file, why});
  }

  FileSystem& files_;
  Clock& clock_;
  const Home& home_;
  const Path target_;
  const std::string key_;
  const KnowsBlob& knows_;
  const TakeIn& take_in_;
  Settled settled_;
};

}  // namespace

Result<Settled> settle(FileSystem& files, Clock& clock, const Home& home,
                       const std::filesystem::path& target, const KnowsBlob& knows,
                       const TakeIn& take_in) {
  return Settling(files, clock, home, target, knows, take_in).run();
}

}  // namespace sdd::store
