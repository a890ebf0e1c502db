#include "disturb.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <iterator>

#include "spec/update.h"
#include "store/holder.h"

namespace sdd::workspace::torture {
namespace {

namespace fs = std::filesystem;
using std::chrono::microseconds;
using std::chrono::milliseconds;

constexpr std::size_t kPiece = 8192;

std::string read_bytes(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

class Chance {
 public:
  explicit Chance(unsigned seed) : engine_(seed) {}
  microseconds up_to(milliseconds most) {
    return microseconds(engine_() %
                        static_cast<std::minstd_rand::result_type>(microseconds(most).count()));
  }

 private:
  std::minstd_rand engine_;
};

// The spec with the operation done; "" when the bytes are none, or the operation is refused.
std::string with_operation(const std::string& bytes, const spec::Operation& operation) {
  json::Parser parser;
  json::Tree tree;
  if (!parser.parse(bytes, tree)) return {};
  const auto update = spec::update(spec::Spec(tree), operation, {now(), false, "another program"});
  if (!update) return {};
  return spec::apply_changes(bytes, update->changes).value_or("");
}

bool write_in_pieces(const fs::path& file, const std::string& bytes) {
  constexpr microseconds kBetween{200};
  const int fd = ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (fd < 0) return false;
  bool written = true;
  for (std::size_t at = 0; at < bytes.size() && written; at += kPiece) {
    const std::string piece = bytes.substr(at, kPiece);
    written = ::write(fd, piece.data(), piece.size()) == static_cast<ssize_t>(piece.size());
    ::usleep(kBetween.count());
  }
  return ::close(fd) == 0 && written;
}

fs::path older_temporary(const fs::path& spec) {
  fs::path temporary = spec;
  return temporary.replace_extension(".tmp");
}

bool write_as_older(const fs::path& spec, const std::string& bytes) {
  const fs::path temporary = older_temporary(spec);
  return write_in_pieces(temporary, bytes) && ::rename(temporary.c_str(), spec.c_str()) == 0;
}

std::vector<std::string> missing_in(const std::string& bytes,
                                    const std::vector<std::string>& titles) {
  std::vector<std::string> missing;
  for (const std::string& title : titles) {
    if (bytes.find('"' + title + '"') == std::string::npos) missing.push_back(title);
  }
  return missing;
}

// The word behind `name`; "" when it is not there.
std::string option(const std::vector<std::string>& words, const std::string& name) {
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {
    if (words[i] == name) return words[i + 1];
  }
  return {};
}

}  // namespace

Disturbance stopping(unsigned seed) {
  return [seed](Arena& arena) {
    Chance chance(seed);
    while (!arena.is_over()) {
      arena.pause(chance.up_to(milliseconds(100)));
      const auto holder = store::parse_holder(read_bytes(arena.lock_file()));
      if (!holder) continue;
      const auto pid = static_cast<pid_t>(holder->pid);
      if (!arena.signal(pid, SIGSTOP)) continue;
      arena.pause(chance.up_to(milliseconds(300)));
      arena.signal(pid, SIGCONT);
    }
  };
}

Disturbance foreign_writer(Foreign how, const std::string& name, unsigned seed) {
  return [how, name, seed](Arena& arena) {
    Chance chance(seed);
    std::vector<std::string> written;
    while (!arena.is_over()) {
      const std::string title = fmt::format("{}-{:04}", name, written.size());
      const std::string seen = read_bytes(arena.spec());
      const std::string bytes =
          with_operation(seen, spec::AddJournal{title, "Written without a lock."});
      if (bytes.empty()) continue;
      arena.pause(chance.up_to(milliseconds(20)));
      if (arena.is_over()) return;
      if (how == Foreign::kEditor) arena.begin_tearing();
      const bool done = how == Foreign::kEditor ? write_in_pieces(arena.spec(), bytes)
                                                : write_as_older(arena.spec(), bytes);
      if (how == Foreign::kEditor) arena.end_tearing();
      if (done) arena.foreign_wrote(title, missing_in(seen, written));
      written.push_back(title);
      arena.pause(chance.up_to(milliseconds(80)));
    }
  };
}

Disturbance filling_the_disk(unsigned seed) {
  return [seed](Arena& arena) {
    Chance chance(seed);
    const fs::path ballast = arena.folder() / "ballast";
    const std::string block(4096, 'x');
    while (!arena.is_over()) {
      arena.pause(chance.up_to(milliseconds(100)));
      const int fd = ::open(ballast.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
      if (fd < 0) continue;
      while (::write(fd, block.data(), block.size()) > 0) {
      }
      ::close(fd);
      arena.pause(chance.up_to(milliseconds(100)));
      ::unlink(ballast.c_str());
    }
    ::unlink(ballast.c_str());
  };
}

Disturbance limiting_files(unsigned seed) {
  return [seed](Arena& arena) {
    Chance chance(seed);
    std::signal(SIGXFSZ, SIG_IGN);  // the programs inherit that: writing fails with EFBIG
    rlimit before{};
    ::getrlimit(RLIMIT_FSIZE, &before);
    rlimit small = before;
    small.rlim_cur = fs::file_size(arena.spec());
    while (!arena.is_over()) {
      arena.pause(chance.up_to(milliseconds(100)));
      ::setrlimit(RLIMIT_FSIZE, &small);
      arena.pause(chance.up_to(milliseconds(50)));
      ::setrlimit(RLIMIT_FSIZE, &before);
    }
  };
}

Disturbance mending() {
  return [](Arena& arena) {
    constexpr unsigned kPatience = 20;  // looks
    std::string good = read_bytes(arena.spec());
    json::Parser parser;
    json::Tree tree;
    for (unsigned broken = 0; !arena.is_over();) {
      arena.pause(milliseconds(5));
      std::string bytes = read_bytes(arena.spec());
      if (parser.parse(bytes, tree)) {
        good = std::move(bytes);
        broken = 0;
      } else if (++broken > kPatience) {
        std::ofstream(arena.spec(), std::ios::binary) << good;
      }
    }
    if (!parser.parse(read_bytes(arena.spec()), tree)) {
      std::ofstream(arena.spec(), std::ios::binary) << good;
    }
  };
}

int write_the_older_way(const std::vector<std::string>& words) {
  constexpr std::size_t kLeast = 2;
  if (words.front() == "--version") return 0;
  if (words.size() < kLeast) return 3;
  const bool entry = words[0] == "add-journal";
  const bool complete = words[0] == "complete-task";
  const fs::path spec =
      words[0] == "add-journal" && words[1].starts_with("--") ? words.back() : words[1];
  spec::Operation operation =
      spec::AddJournal{option(words, "--title"), option(words, "--content")};
  if (complete) {
    spec::CompleteTask wish{.task = words.at(2)};
    wish.note = option(words, "--note");
    wish.journal_title = option(words, "--journal-title");
    operation = wish;
  } else if (!entry) {
    operation =
        spec::UpdateStatus{words.at(2), spec::status(words.at(3)).value_or(spec::Status::kPending),
                           option(words, "--note")};
  }
  // It fails on a torn file, and whoever called it tries again.
  constexpr unsigned kTries = 200;
  std::string bytes = with_operation(read_bytes(spec), operation);
  for (unsigned i = 0; i < kTries && bytes.empty(); ++i) {
    ::usleep(10'000);
    bytes = with_operation(read_bytes(spec), operation);
  }
  return !bytes.empty() && write_as_older(spec, bytes) ? 0 : 1;
}

}  // namespace sdd::workspace::torture
