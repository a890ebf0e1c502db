// sdd_bench_run COMMAND ARGUMENTS…: runs one program, its output thrown away, and prints
//
//   WALL_SECONDS CPU_SECONDS PEAK_KIB EXIT_CODE
//
// A scripting language cannot measure programs that last half a millisecond: starting them takes it
// longer than they live, and its own memory counts as theirs (the kernel keeps a process's peak
// over exec). CPU is user + system. A program that a signal ended has the exit code 128 + signal.
#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstring>

namespace {

double seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 2) return 3;
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
  const auto begin = std::chrono::steady_clock::now();
  pid_t child = 0;
  const int error = posix_spawnp(&child, arguments[1], &actions, nullptr, arguments + 1, ::environ);
  if (error != 0) {
    std::fprintf(stderr, "cannot start '%s': %s\n", arguments[1], std::strerror(error));
    return 3;
  }
  int status = 0;
  rusage usage{};
  if (::wait4(child, &status, 0, &usage) != child) return 3;
  const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - begin;
  const int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  std::printf("%.6f %.6f %ld %d\n", wall.count(), seconds(usage.ru_utime) + seconds(usage.ru_stime),
              usage.ru_maxrss, code);
}
