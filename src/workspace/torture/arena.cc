#include "workspace/torture/arena.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <functional>
#include <thread>

#include "store/home.h"

namespace sdd::workspace::torture {
namespace {

// The child's output goes into memory: what is tortured may be the disk.
class Output {
 public:
  Output() : fd_(::memfd_create("sdd-torture", MFD_CLOEXEC)) {}
  ~Output() {
    if (fd_ >= 0) ::close(fd_);
  }
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;

  int fd() const { return fd_; }
  std::string text() const {
    std::string text;
    std::array<char, 4096> part{};
    for (;;) {
      const ssize_t size = ::pread(fd_, part.data(), part.size(), static_cast<off_t>(text.size()));
      if (size <= 0) return text;
      text.append(part.data(), static_cast<std::size_t>(size));
    }
  }

 private:
  int fd_;
};

// Starts a program; 0 when that was not possible.
pid_t start(const std::vector<std::string>& words, const Output& output) {
  std::vector<std::string> copies = words;
  std::vector<char*> arguments;
  for (std::string& word : copies) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  std::vector<char*> environment;
  for (char** each = environ; *each != nullptr; ++each) {
    if (std::strncmp(*each, "SDD_", 4) != 0) environment.push_back(*each);
  }
  environment.push_back(nullptr);
  posix_spawn_file_actions_t actions{};
  if (::posix_spawn_file_actions_init(&actions) != 0) return 0;
  pid_t child = 0;
  const bool started =
      ::posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0) == 0 &&
      ::posix_spawn_file_actions_adddup2(&actions, output.fd(), STDOUT_FILENO) == 0 &&
      ::posix_spawn_file_actions_adddup2(&actions, output.fd(), STDERR_FILENO) == 0 &&
      ::posix_spawn(&child, copies.front().c_str(), &actions, nullptr, arguments.data(),
                    environment.data()) == 0;
  ::posix_spawn_file_actions_destroy(&actions);
  return started ? child : 0;
}

// Waits for the child; `before_reaping` is called when it has ended and its pid is still its own.
Ended finish(pid_t child, const Output& output, const std::function<void()>& before_reaping) {
  siginfo_t info{};
  while (::waitid(P_PID, static_cast<id_t>(child), &info, WEXITED | WNOWAIT) != 0 &&
         errno == EINTR) {
  }
  before_reaping();
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  Ended ended;
  if (WIFSIGNALED(status)) {
    ended.signal = WTERMSIG(status);
  } else {
    ended.exit = WEXITSTATUS(status);
  }
  ended.out = output.text();
  return ended;
}

}  // namespace

Ended run_program(const std::vector<std::string>& words) {
  const Output output;
  const pid_t child = start(words, output);
  return child == 0 ? Ended{} : finish(child, output, [] {});
}

Arena::Path Arena::lock_file() const { return store::Home(folder_ / "specs").lock_file(spec_); }

void Arena::pause(std::chrono::microseconds time) const {
  constexpr std::chrono::microseconds kStep{20'000};
  const auto end = Clock::now() + time;
  while (!over_ && Clock::now() < end) {
    const auto left = std::chrono::duration_cast<std::chrono::microseconds>(end - Clock::now());
    std::this_thread::sleep_for(std::min(kStep, left));
  }
}

Ended Arena::run_victim(const std::vector<std::string>& words) {
  const Output output;
  pid_t child = 0;
  {
    const std::lock_guard<std::mutex> guard(mutex_);
    child = start(words, output);
    if (child == 0) return {};
    victims_[child] = Clock::now();
  }
  return finish(child, output, [&] {
    const std::lock_guard<std::mutex> guard(mutex_);
    victims_.erase(child);
  });
}

bool Arena::signal_any(int number, std::minstd_rand& chance) {
  const std::lock_guard<std::mutex> guard(mutex_);
  if (victims_.empty()) return false;
  auto victim = victims_.begin();
  std::advance(victim, static_cast<std::ptrdiff_t>(chance() % victims_.size()));
  return ::kill(victim->first, number) == 0;
}

bool Arena::signal(pid_t victim, int number) {
  const std::lock_guard<std::mutex> guard(mutex_);
  return victims_.contains(victim) && ::kill(victim, number) == 0;
}

std::size_t Arena::kill_older_than(std::chrono::seconds age) {
  const std::lock_guard<std::mutex> guard(mutex_);
  std::size_t killed = 0;
  for (auto& [victim, since] : victims_) {
    if (Clock::now() - since < age) continue;
    since = Clock::now();
    killed += ::kill(victim, SIGKILL) == 0 ? 1 : 0;
  }
  return killed;
}

void Arena::foreign_wrote(const std::string& title, const std::vector<std::string>& unseen) {
  const std::lock_guard<std::mutex> guard(mutex_);
  foreign_.insert(title);
  unseen_.insert(unseen.begin(), unseen.end());
}

std::set<std::string> Arena::foreign() const {
  const std::lock_guard<std::mutex> guard(mutex_);
  return foreign_;
}

std::set<std::string> Arena::overwritten_by_themselves() const {
  const std::lock_guard<std::mutex> guard(mutex_);
  return unseen_;
}

}  // namespace sdd::workspace::torture
