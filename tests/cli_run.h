// Running the real program in tests.
#pragma once

#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "support.h"
#include "temp_folder.h"

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SDD_SANITIZED 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SDD_SANITIZED 1
#endif

namespace sdd::test {

// A sanitizer keeps books of its own: memory says nothing then, and LeakSanitizer cannot work in a
// process that is traced.
#ifdef SDD_SANITIZED
inline constexpr bool kMeasuresMemory = false;
#else
inline constexpr bool kMeasuresMemory = true;
#endif

struct Ran {
  int exit = -1;             // the exit code; 128 + signal when one ended it
  std::string out;           // stdout
  std::string err;           // stderr
  std::size_t peak_kib = 0;  // most memory it had resident; 0 when that could not be read
};

// The most memory a process had resident, in KiB. (getrusage would count what this process had when
// it forked.)
inline std::size_t peak_kib_of(pid_t process) {
  std::ifstream status("/proc/" + std::to_string(process) + "/status");
  for (std::string word; status >> word;) {
    std::size_t kib = 0;
    if (word == "VmHWM:" && status >> kib) return kib;
  }
  return 0;
}

// Waits for a traced child; reads its memory when it is about to end.
inline int wait_for_traced(pid_t child, std::size_t& peak_kib) {
  int status = 0;
  bool first = true;
  while (waitpid(child, &status, 0) == child && WIFSTOPPED(status)) {
    const bool ending = status >> 8 == (SIGTRAP | PTRACE_EVENT_EXIT << 8);
    if (first) ptrace(PTRACE_SETOPTIONS, child, nullptr, PTRACE_O_TRACEEXIT | PTRACE_O_EXITKILL);
    if (ending) peak_kib = peak_kib_of(child);
    const int signal = first || ending ? 0 : WSTOPSIG(status);
    first = false;
    ptrace(PTRACE_CONT, child, nullptr, signal);
  }
  return status;
}

// Runs the program that was built with these tests.
inline Ran run_sdd(const std::vector<std::string>& words, const std::filesystem::path& folder) {
  const TempFolder results;
  const std::string out = (results.path() / "out").string();
  const std::string err = (results.path() / "err").string();
  std::fflush(nullptr);  // or the child would write what waits in the buffers once more
  const pid_t child = fork();
  if (child == 0) {
    std::vector<char*> arguments;
    std::string program = SDD_BINARY;
    arguments.push_back(program.data());
    std::vector<std::string> copies = words;
    for (std::string& word : copies) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    if (chdir(folder.c_str()) != 0 || freopen("/dev/null", "r", stdin) == nullptr ||
        freopen(out.c_str(), "w", stdout) == nullptr ||
        freopen(err.c_str(), "w", stderr) == nullptr) {
      _exit(126);
    }
    if (kMeasuresMemory) ptrace(PTRACE_TRACEME, 0, nullptr, nullptr);
    execv(program.c_str(), arguments.data());
    _exit(127);
  }
  Ran ran;
  const int status = wait_for_traced(child, ran.peak_kib);
  ran.exit = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  ran.out = read_bytes(out);
  ran.err = read_bytes(err);
  return ran;
}

}  // namespace sdd::test
