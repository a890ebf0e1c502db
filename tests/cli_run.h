// Running the real program in tests.
#pragma once

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "support.h"
#include "temp_folder.h"

namespace sdd::test {

struct Ran {
  int exit = -1;             // the exit code; 128 + signal when one ended it
  std::string out;           // stdout
  std::string err;           // stderr
  std::size_t peak_kib = 0;  // most memory it had resident
};

// Runs the program that was built with these tests.
inline Ran run_sdd(const std::vector<std::string>& words, const std::filesystem::path& folder) {
  const TempFolder results;
  const std::string out = (results.path() / "out").string();
  const std::string err = (results.path() / "err").string();
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
    execv(program.c_str(), arguments.data());
    _exit(127);
  }
  Ran ran;
  int status = 0;
  struct rusage usage = {};
  wait4(child, &status, 0, &usage);
  ran.exit = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  ran.out = read_bytes(out);
  ran.err = read_bytes(err);
  ran.peak_kib = static_cast<std::size_t>(usage.ru_maxrss);
  return ran;
}

}  // namespace sdd::test
