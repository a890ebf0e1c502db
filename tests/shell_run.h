// Running a line of shell in tests, the program that was built with them first on PATH as `sdd`.
#pragma once

#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>

#include "support.h"
#include "temp_folder.h"

namespace sdd::test {

struct ShellRan {
  int exit = -1;
  std::string out;
  std::string err;
};

// Runs bash with `arguments` (shell words) in `folder`, with nothing in the environment but PATH,
// HOME, a fixed time, UTF-8, no colour, and `environment` ("NAME='value' …").
inline ShellRan run_shell(const std::string& arguments, const std::filesystem::path& folder,
                          const std::string& environment = "") {
  const TempFolder results;
  const auto path = [&](const char* name) { return "'" + (results.path() / name).string() + "'"; };
  std::filesystem::create_directories(results.path() / "bin");
  std::filesystem::create_symlink(SDD_BINARY, results.path() / "bin" / "sdd");
  const std::string command = "cd '" + folder.string() + "' && env -i PATH=" + path("bin") +
                              ":/usr/local/bin:/usr/bin:/bin HOME=" + path("") +
                              " LC_ALL=C.UTF-8 NO_COLOR=1 SDD_NOW=2026-06-01T12:00:00Z " +
                              environment + " timeout 60 bash " + arguments + " >" + path("out") +
                              " 2>" + path("err") + " </dev/null";
  const int status = std::system(command.c_str());
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, read_bytes(results.path() / "out"),
          read_bytes(results.path() / "err")};
}

}  // namespace sdd::test
