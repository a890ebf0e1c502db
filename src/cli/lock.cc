// 1. Take the spec's lock, keep what the file holds.
// 2. Start the command; it inherits the lock ($SDD_LOCK_FD), so that an sdd inside it may go on.
// 3. What it left must be JSON where it was before; else the old bytes go back, its own are kept.
#include <fmt/core.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <filesystem>

#include "base/strings.h"
#include "cli/command.h"
#include "cli/update_run.h"
#include "json/tree.h"
#include "store/displaced.h"
#include "store/file.h"
#include "workspace/locked_spec.h"

namespace sdd::cli {
namespace {

constexpr Option kLockOptions[] = {
    {"SPEC", Takes::kArgument, nullptr, "the spec's id, or the path of its file"},
    {"COMMAND", Takes::kArguments, nullptr, "a program and its arguments, behind --"},
    {"--lock-timeout", Takes::kValue, "SECONDS", "how long to wait for the lock (10)"},
};

constexpr int kNotFound = 127;   // as shells say it
constexpr int kCannotRun = 126;  // likewise
constexpr int kBySignal = 128;   // plus its number

bool is_whole(const std::string& bytes) {
  json::Parser parser;
  json::Tree tree;
  return parser.parse(bytes, tree);
}

// Whoever waits for a child leaves Ctrl-C to it.
class InterruptsIgnored {
 public:
  InterruptsIgnored()
      : interrupt_(std::signal(SIGINT, SIG_IGN)), quit_(std::signal(SIGQUIT, SIG_IGN)) {}
  ~InterruptsIgnored() {
    std::signal(SIGINT, interrupt_);
    std::signal(SIGQUIT, quit_);
  }
  InterruptsIgnored(const InterruptsIgnored&) = delete;
  InterruptsIgnored& operator=(const InterruptsIgnored&) = delete;

 private:
  using Handler = void (*)(int);
  Handler interrupt_;
  Handler quit_;
};

Result<int> run_child(const std::vector<std::string>& words) {
  std::vector<char*> argv;
  for (const std::string& word : words) argv.push_back(const_cast<char*>(word.c_str()));
  argv.push_back(nullptr);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t defaults;
  sigemptyset(&defaults);
  sigaddset(&defaults, SIGINT);
  sigaddset(&defaults, SIGQUIT);
  posix_spawnattr_setsigdefault(&attributes, &defaults);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
  const InterruptsIgnored ignored;
  pid_t child = 0;
  const int failed = posix_spawnp(&child, argv[0], nullptr, &attributes, argv.data(), environ);
  posix_spawnattr_destroy(&attributes);
  if (failed != 0) {
    Error error = system_error("run", words.front(), failed);
    return tl::unexpected(std::move(error));
  }
  int status = 0;
  while (waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) return tl::unexpected(system_error("wait for", words.front(), errno));
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : kBySignal + WTERMSIG(status);
}

// The file is as the command left it; `before` are the bytes that it found.
Result<void> put_back(workspace::Disk& disk, const workspace::LockedSpec& locked,
                      const std::string& before, const std::string& after) {
  const auto& file = locked.target().path;
  const auto kept = store::keep_copy(disk.files, locked.home(), store::key_of(file), after);
  if (!kept) return tl::unexpected(kept.error());
  store::Exchange exchange(disk.files, disk.clock, locked.home());
  const auto join = [](std::string_view, std::string_view, std::string_view) {
    return store::MergeAnswer{store::MergeAnswer::kConflict, "",
                              "another program writes the file at the same time"};
  };
  const auto replaced = exchange.replace({locked.target(), after, before, join, {}});
  if (!replaced) return tl::unexpected(replaced.error().error);
  return fail(
      ErrorKind::kRefused,
      fmt::format("the command left no JSON: the spec is as it was before, what the command "
                  "wrote is kept in {}",
                  quoted_path(kept->string())));
}

Result<void> check_result(workspace::Disk& disk, workspace::LockedSpec& locked,
                          const std::string& before) {
  const auto found = locked.find();
  if (!found) return {};  // moved or removed by the command: there is nothing to put back
  const auto after = store::read_whole(disk.files, locked.target().path, false);
  if (!after) {
    return tl::unexpected(system_error("read", locked.target().path.string(), after.error().code));
  }
  if (*after == before || is_whole(*after) || !is_whole(before)) return {};
  return put_back(disk, locked, before, *after);
}

Result<int> run_lock(const Session& session, const Arguments& arguments) {
  const std::vector<std::string> words = arguments.list("COMMAND");
  if (words.empty())
    return fail(ErrorKind::kUsage, "what is to be run? sdd lock SPEC -- COMMAND …");
  workspace::UpdateRequest options;
  const auto taken = take_update_options(arguments, options);
  if (!taken) return tl::unexpected(taken.error());
  workspace::Disk disk;
  const std::string spec = arguments.text("SPEC");
  workspace::LockedSpec locked(disk, session.places(),
                               {.spec = spec,
                                .command = "lock",
                                .ids = {spec, words.front()},
                                .timeout = options.lock_timeout});
  auto held = locked.find().and_then([&] { return locked.lock(); });
  if (!held) return tl::unexpected(held.error());
  for (const std::string& remark : locked.remarks()) session.tell("sdd: " + remark);
  const auto before = store::read_whole(disk.files, locked.target().path, false);
  if (!before) {
    return tl::unexpected(system_error("read", locked.target().path.string(), before.error().code));
  }
  const char* outer = std::getenv("SDD_LOCK_FD");
  const auto shared = locked.held().share_with_children(outer != nullptr ? outer : "");
  if (!shared) return tl::unexpected(shared.error());
  setenv("SDD_LOCK_FD", shared->c_str(), 1);
  const auto code = run_child(words);
  const auto checked = check_result(disk, locked, *before);
  if (!checked) return tl::unexpected(checked.error());
  if (code) return *code;
  session.tell("sdd: " + code.error().message);
  return code.error().kind == ErrorKind::kNotFound ? kNotFound : kCannotRun;
}

}  // namespace

extern const Command kLock;
constinit const Command kLock = {
    .name = "lock",
    .summary = "run any program while holding the spec's lock",
    .details =
        "For an editor, or a script that changes the file itself. Its exit code is the answer. An\n"
        "sdd that runs inside for the same spec goes on under the same lock. Where the program "
        "leaves\na damaged file, the old one is put back (5), and the damaged one kept.",
    .example =
        "sdd lock billing-2026-02-11-001 -- $EDITOR specs/active/billing-2026-02-11-001.json",
    .options = kLockOptions,
    .run = run_lock};

}  // namespace sdd::cli
