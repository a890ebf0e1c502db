// sdd_torture [--suite short|ci|long] [OPTION…]
//
// Many processes update one spec at once; somebody gets in their way; afterwards what was
// acknowledged is compared with what the file holds. One line for each run, and a last line with
// the totals; exit code 1 when something acknowledged is missing unnoticed, was read broken, stands
// there twice, or something false was said.
//
//   --writers N, --updates N (of each), --seconds S, --readers N, --bytes N, --seed N
//   --kill             SIGKILL, SIGTERM, SIGINT to whoever is under way, at random
//   --stop             SIGSTOP to whoever holds the lock, SIGCONT later
//   --foreign older    a writer that knows no lock: read, change, `.tmp` in 8 KiB pieces, rename
//   --foreign editor   another: read, change, truncate, write in place
//   --full-disk        a disk that is full for moments (a small tmpfs, else RLIMIT_FSIZE)
//   --older-way        the same updates, written as the older toolkit writes: must be found wanting
//   --keep             what a run that failed leaves is not removed
//   --folder DIR       where (a folder of its own is made in it and removed); else the temporary
//   one
//   --sdd FILE         the program; else the one that was built with this
#include <fmt/core.h>
#include <sys/mount.h>

#include <cstdio>
#include <cstdlib>
#include <stdexcept>

#include "disturb.h"
#include "store/in_child.h"
#include "temp_folder.h"

namespace {

namespace fs = std::filesystem;
using namespace sdd::workspace::torture;

// A program with sanitizers takes ten times as long for an update; it must come to its end at
// times.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SDD_SLOW 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SDD_SLOW 1
#endif
#endif
#ifdef SDD_SLOW
constexpr std::chrono::milliseconds kKillEvery{150};
#else
constexpr std::chrono::milliseconds kKillEvery{15};
#endif

struct Plan {
  std::string name = "torture";
  Torture torture = {};
  unsigned seed = 1;
  bool kill = false, stop = false, older = false, editor = false;
  bool full_disk = false, older_way = false;
  bool keep = false;
};

struct Options {
  std::string sdd = SDD_BINARY;
  fs::path folder = fs::temp_directory_path();
  std::string suite;
  Plan plan;
};

unsigned number(const std::string& text) {
  std::size_t end = 0;
  const unsigned long value = std::stoul(text, &end);
  if (end != text.size()) throw std::runtime_error("not a number: " + text);
  return static_cast<unsigned>(value);
}

// Options without a value; false when it is none of them.
bool take_flag(Plan& plan, const std::string& name) {
  if (name == "--kill") return plan.kill = true;
  if (name == "--stop") return plan.stop = true;
  if (name == "--full-disk") return plan.full_disk = true;
  if (name == "--keep") return plan.keep = true;
  if (name == "--older-way") return plan.older_way = true;
  return false;
}

void take_value(Options& options, const std::string& name, const std::string& value) {
  Plan& plan = options.plan;
  if (name == "--suite") {
    options.suite = value;
  } else if (name == "--sdd") {
    options.sdd = value;
  } else if (name == "--folder") {
    options.folder = value;
  } else if (name == "--foreign") {
    (value == "editor" ? plan.editor : plan.older) = true;
  } else if (name == "--writers") {
    plan.torture.writers = number(value);
  } else if (name == "--updates") {
    plan.torture.updates = number(value);
  } else if (name == "--readers") {
    plan.torture.readers = number(value);
  } else if (name == "--bytes") {
    plan.torture.bytes = number(value);
  } else if (name == "--seconds") {
    plan.torture.time = std::chrono::seconds(number(value));
  } else if (name == "--seed") {
    plan.seed = number(value);
  } else {
    throw std::runtime_error("unknown option " + name);
  }
}

Options read_options(const std::vector<std::string>& words) {
  Options options;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (take_flag(options.plan, words[i])) continue;
    if (i + 1 == words.size()) throw std::runtime_error(words[i] + " takes a value");
    take_value(options, words[i], words[i + 1]);
    ++i;
  }
  Torture& torture = options.plan.torture;
  if (torture.updates == 0 && torture.time.count() == 0) torture.updates = 50;
  return options;
}

// What is to hold in every suite, from the mildest to the worst.
std::vector<Plan> plans(const std::string& suite, unsigned seed) {
  unsigned writers = 4;
  unsigned updates = 16;
  if (suite == "ci") {
    writers = 8;
    updates = 50;
  } else if (suite == "long") {
    writers = 16;
    updates = 200;
  } else if (suite != "short") {
    throw std::runtime_error("there are the suites short, ci and long");
  }
  Plan plain;
  plain.seed = seed;
  plain.torture.writers = writers;
  plain.torture.updates = updates;
  plain.torture.readers = 2;
  std::vector<Plan> all(8, plain);
  all[0].name = "undisturbed";
  all[1].name = "killed";
  all[1].kill = true;
  all[2].name = "stopped";
  all[2].stop = true;
  all[3].name = "beside the older tool";
  all[3].older = true;
  all[4].name = "beside an editor";
  all[4].editor = true;
  all[5].name = "on a full disk";
  all[5].full_disk = true;
  all[6].name = "all at once";
  all[6].kill = all[6].stop = all[6].older = true;
  all[7].name = "the older way of writing";
  all[7].older_way = true;
  return all;
}

// A disk of its own for the run, which nobody else sees and which goes with the process.
// It holds the spec, its copies, what it grows by, and the log; not much more.
bool mount_small_disk(const fs::path& folder, const Torture& torture) {
  constexpr std::size_t kOfUpdate = 4096;
  const std::size_t updates = std::size_t{torture.writers} * torture.updates;
  const std::string size = fmt::format("size={}", 8 * torture.bytes + kOfUpdate * updates);
  return sdd::store::enter_own_mounts() &&
         ::mount("tmpfs", folder.c_str(), "tmpfs", 0, size.c_str()) == 0;
}

void disturb(Plan& plan, bool mounted) {
  auto& disturbances = plan.torture.disturbances;
  const unsigned seed = plan.seed;
  if (plan.kill) disturbances.push_back(killing(kKillEvery, seed));
  if (plan.stop) disturbances.push_back(stopping(seed));
  if (plan.older) disturbances.push_back(foreign_writer(Foreign::kOlder, "older", seed));
  if (plan.editor) disturbances.push_back(foreign_writer(Foreign::kEditor, "editor", seed));
  if (plan.full_disk) {
    disturbances.push_back(mounted ? filling_the_disk(seed) : limiting_files(seed));
  }
  if (plan.older_way) disturbances.push_back(mending());
  plan.torture.foreign = plan.older || plan.editor;
  plan.torture.foreign_lose = plan.older && plan.editor;
}

// What a run ends with when all is well, but nothing could be mounted.
constexpr int kWithoutDisk = 2;

// Returns 0 when what must hold holds. The older way of writing must be caught: that shows that
// this program sees what it looks for.
int run_plan(Plan plan, const Options& options) {
  const sdd::test::TempFolder room(options.folder);
  const bool mounted = plan.full_disk && mount_small_disk(room.path(), plan.torture);
  plan.torture.folder = room.path();
  plan.torture.program = {options.sdd};
  if (plan.older_way) {
    plan.torture.program = {fs::read_symlink("/proc/self/exe").string(), "--as-older"};
    plan.torture.tries = 1;
  }
  disturb(plan, mounted);
  const char* how = !plan.full_disk ? "" : mounted ? " (tmpfs)" : " (RLIMIT_FSIZE)";
  const auto figures = run(plan.torture);
  if (!figures) {
    fmt::print("{}: {}\n", plan.name, figures.error().message);
    return 1;
  }
  const bool sound = is_sound(*figures, plan.torture.foreign_lose) != plan.older_way;
  fmt::print("{}{}: {} x {}: {}{}\n", plan.name, how, plan.torture.writers, plan.torture.updates,
             to_line(*figures), sound ? "" : " FAILED");
  if (!sound) {
    for (const std::string& example : figures->verdict.examples) fmt::print("  {}\n", example);
  }
  const bool expected = plan.full_disk || plan.older_way;
  if (!figures->failure.empty() && !expected) fmt::print("  {}\n", figures->failure);
  if (!sound && plan.keep) {
    const fs::path kept = room.path().string() + "-kept";
    fs::copy(room.path(), kept, fs::copy_options::recursive);
    fmt::print("  kept in {}\n", kept.string());
  }
  if (!sound) return 1;
  return plan.full_disk && !mounted ? kWithoutDisk : 0;
}

}  // namespace

int main(int count, char** arguments) {
  const std::vector<std::string> words(arguments + 1, arguments + count);
  if (!words.empty() && words.front() == "--as-older") {
    return write_the_older_way({words.begin() + 1, words.end()});
  }
  try {
    const Options options = read_options(words);
    const std::vector<Plan> all = options.suite.empty() ? std::vector<Plan>{options.plan}
                                                        : plans(options.suite, options.plan.seed);
    std::size_t failed = 0;
    std::size_t skipped = 0;  // a small disk, where none may be mounted
    for (const Plan& plan : all) {
      // A process for each: one that mounts a disk cannot get rid of it.
      sdd::store::InChild child([&] {
        const int result = run_plan(plan, options);
        std::fflush(stdout);
        return result;
      });
      const int result = child.wait();
      failed += result == 0 || result == kWithoutDisk ? 0 : 1;
      skipped += result == kWithoutDisk ? 1 : 0;
    }
    fmt::print("{} passed, {} failed, {} skipped\n", all.size() - failed, failed, skipped);
    return failed == 0 ? 0 : 1;
  } catch (const std::exception& error) {
    fmt::print(stderr, "sdd_torture: {}\n", error.what());
    return 3;
  }
}
