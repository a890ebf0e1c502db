// 1. Write the spec.
// 2. Start the disturbances, the readers, the writers: a thread each. A writer starts one program
//    after the other and writes down what it was answered.
// 3. When the writers are done, end the rest; make one more update, which settles what is left.
// 4. Ask sdd what it says was lost. Judge.
#include "workspace/torture/torture.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <fstream>
#include <iterator>
#include <optional>
#include <set>
#include <thread>

#include "base/strings.h"
#include "json/tree.h"
#include "workspace/torture/draft.h"

namespace sdd::workspace::torture {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr const char* kSpecId = "torture-2026-01-01-001";
constexpr unsigned kTasks = 4;
// Nobody waits longer than that beyond the lock's timeout.
constexpr std::chrono::seconds kMostHung{60};

double seconds_since(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

std::string read_bytes(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

// What one thread counts; joined when all are done.
struct Share {
  std::vector<Asked> asked;
  std::vector<double> times;
  Figures figures;
};

class Writer {
 public:
  Writer(const Torture& torture, Arena& arena, unsigned number, Clock::time_point end)
      : torture_(torture), arena_(arena), number_(number), end_(end) {}

  Share run() {
    for (unsigned i = 0; torture_.updates == 0 || i < torture_.updates; ++i) {
      if (i > 0 && torture_.time.count() > 0 && Clock::now() >= end_) break;
      ask(i);
    }
    return std::move(share_);
  }

 private:
  // Of eight updates one adds an entry, one completes a task, six set a status.
  std::vector<std::string> words(Asked& asked) const {
    constexpr std::array kStatuses = {"in_progress", "pending"};
    const unsigned step = asked.number % 8;
    const std::string task = fmt::format("task-{}-{}", number_ + 1, asked.number / 8 % kTasks + 1);
    const std::string token = asked.token();
    const std::string spec = arena_.spec().string();
    asked.entry = step == 0 || step == 2;
    if (step != 0) asked.task = task;
    if (step == 0) {
      return {"add-journal", spec, "--title", token, "--content", "Written by a torture run."};
    }
    if (step == 2) {
      return {"complete-task", spec, task, "--journal-title", token, "--note", token};
    }
    return {"update-status", spec, task, kStatuses.at((step + 1) % 2), "--note", token};
  }

  void ask(unsigned number) {
    Asked asked;
    asked.writer = number_;
    asked.number = number;
    std::vector<std::string> all = torture_.program;
    const std::vector<std::string> own = words(asked);
    all.insert(all.end(), own.begin(), own.end());
    const double timeout = std::chrono::duration<double>(torture_.lock_timeout).count();
    for (const std::string& word :
         {std::string("--request-id"), asked.token(), std::string("--lock-timeout"),
          fmt::format("{:.3f}", timeout), std::string("--json")}) {
      all.push_back(word);
    }
    const auto begin = Clock::now();
    for (unsigned i = 0; i < torture_.tries && !asked.acknowledged; ++i) {
      take(asked, arena_.run_victim(all));
    }
    ++share_.figures.updates;
    if (asked.acknowledged) {
      ++share_.figures.acknowledged;
      share_.times.push_back(seconds_since(begin));
      see(asked);
    }
    share_.asked.push_back(std::move(asked));
  }

  void take(Asked& asked, const Ended& ended) {
    Figures& figures = share_.figures;
    if (ended.signal != 0) {
      ++figures.killed;
      asked.perhaps = true;
    } else if (ended.exit == 0) {
      asked.acknowledged = true;
      asked.idle = !asked.perhaps && ended.out.find("\"changes\":[]") != std::string::npos;
    } else {
      std::size_t& kind = ended.exit == 4   ? figures.busy
                          : ended.exit == 5 ? figures.refused
                                            : figures.failed;
      ++kind;
      if (ended.exit != 4 && figures.failure.empty()) figures.failure = ended.out;
      if (ended.out.find("applied") != std::string::npos) asked.perhaps = true;
    }
  }

  // Where nobody else writes, what was acknowledged can be read at once: nobody else changes this
  // task, and entries stay.
  void see(const Asked& asked) {
    if (torture_.foreign || asked.idle) return;
    const std::string bytes = read_bytes(arena_.spec());
    if (bytes.find('"' + asked.token() + '"') != std::string::npos) return;
    ++share_.figures.unseen;
  }

  const Torture& torture_;
  Arena& arena_;
  unsigned number_;
  Clock::time_point end_;
  Share share_;
};

// Reads the file again and again, as any program would.
Share read_on(const Arena& arena) {
  constexpr std::chrono::microseconds kPause{3'000};
  Share share;
  json::Parser parser;
  json::Tree tree;
  while (!arena.is_over()) {
    const std::uint64_t before = arena.tearings();
    const std::string bytes = read_bytes(arena.spec());
    const bool good = parser.parse(bytes, tree) && tree.root().find("hierarchy").is_object();
    const bool torn = before % 2 != 0 || before != arena.tearings();
    ++share.figures.reads;
    if (!good) ++(torn ? share.figures.their_bad_reads : share.figures.bad_reads);
    arena.pause(kPause);
  }
  return share;
}

void join_shares(std::vector<Share>& shares, std::vector<Asked>& asked, Figures& figures) {
  std::vector<double> times;
  for (Share& share : shares) {
    const Figures& part = share.figures;
    figures.updates += part.updates;
    figures.acknowledged += part.acknowledged;
    figures.killed += part.killed;
    figures.busy += part.busy;
    figures.refused += part.refused;
    figures.failed += part.failed;
    figures.reads += part.reads;
    figures.bad_reads += part.bad_reads;
    figures.their_bad_reads += part.their_bad_reads;
    figures.unseen += part.unseen;
    if (figures.failure.empty()) figures.failure = part.failure;
    asked.insert(asked.end(), share.asked.begin(), share.asked.end());
    times.insert(times.end(), share.times.begin(), share.times.end());
  }
  if (times.empty()) return;
  std::sort(times.begin(), times.end());
  figures.median = times[times.size() / 2];
  figures.longest = times.back();
}

// Adds the updates of which sdd itself says that they were lost (SDD901).
void take_told(const Torture& torture, const Arena& arena, std::set<std::string>& told) {
  constexpr std::string_view kForget = "--forget ";
  std::vector<std::string> words = torture.program;
  for (const char* word : {"validate", "--json", "--select", "SDD901"}) words.emplace_back(word);
  words.push_back(arena.spec().string());
  const std::string out = run_program(words).out;
  json::Parser parser;
  json::Tree tree;
  if (!parser.parse(out, tree)) return;
  for (const json::Value finding : tree.root().find("findings").elements()) {
    const std::string help(finding.find("help").string());
    const std::size_t at = help.find(kForget);
    if (finding.find("code").string() != "SDD901" || at == std::string::npos) continue;
    const std::size_t begin = at + kForget.size();
    told.insert(help.substr(begin, help.find('\'', begin) - begin));
  }
}

std::size_t files_in(const fs::path& folder, std::string* bytes = nullptr) {
  std::size_t count = 0;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    ++count;
    if (bytes != nullptr) *bytes += read_bytes(entry.path());
  }
  return count;
}

class Run {
 public:
  explicit Run(const Torture& torture)
      : torture_(torture),
        arena_(torture.folder, kSpecId),
        begin_(Clock::now()),
        shares_(torture.writers),
        reads_(torture.readers) {}

  Result<Figures> run() {
    const auto drafted = draft();
    if (!drafted) return tl::unexpected(drafted.error());
    work();
    figures_.seconds = seconds_since(begin_);
    std::vector<Asked> asked;
    shares_.insert(shares_.end(), std::make_move_iterator(reads_.begin()),
                   std::make_move_iterator(reads_.end()));
    join_shares(shares_, asked, figures_);
    settle();
    give_verdict(asked);
    return std::move(figures_);
  }

 private:
  Result<void> draft() {
    std::error_code error;
    fs::create_directories(arena_.spec().parent_path(), error);
    const std::string bytes = draft_spec({kSpecId, torture_.writers, kTasks, torture_.bytes});
    std::ofstream(arena_.spec(), std::ios::binary) << bytes;
    figures_.bytes_before = bytes.size();
    if (read_bytes(arena_.spec()) == bytes) return {};
    return fail(ErrorKind::kIo, "cannot write " + quoted_path(arena_.spec().string()));
  }

  void work() {
    const auto end = begin_ + torture_.time;
    std::vector<std::jthread> around;
    for (const Disturbance& each : torture_.disturbances) {
      around.emplace_back([&each, this] { each(arena_); });
    }
    for (Share& share : reads_) around.emplace_back([&share, this] { share = read_on(arena_); });
    around.emplace_back([this] { watch(); });
    if (torture_.foreign) around.emplace_back([this] { listen(); });
    {
      std::vector<std::jthread> writers;
      for (unsigned i = 0; i < torture_.writers; ++i) {
        writers.emplace_back(
            [this, i, end] { shares_[i] = Writer(torture_, arena_, i, end).run(); });
      }
    }
    arena_.end();
  }

  void watch() {
    const auto most = std::chrono::duration_cast<std::chrono::seconds>(torture_.lock_timeout);
    while (!arena_.is_over()) {
      figures_.hung += arena_.kill_older_than(most + kMostHung);
      arena_.pause(std::chrono::seconds(1));
    }
  }

  // The log keeps the last thousand updates only.
  void listen() {
    while (!arena_.is_over()) {
      take_told(torture_, arena_, told_);
      arena_.pause(std::chrono::seconds(2));
    }
  }

  // The next update must find everything in order.
  void settle() {
    std::vector<std::string> words = torture_.program;
    for (const char* word : {"add-journal", "--title", "last", "--content", "The end.", "--json"}) {
      words.emplace_back(word);
    }
    words.push_back(arena_.spec().string());
    const Ended ended = run_program(words);
    if (ended.exit == 0) return;
    ++figures_.failed;
    if (figures_.failure.empty()) figures_.failure = ended.out;
  }

  void give_verdict(const std::vector<Asked>& asked) {
    std::string kept;
    figures_.left = files_in(arena_.own() / "tmp");
    figures_.kept = files_in(arena_.own() / "displaced", &kept);
    const std::string bytes = read_bytes(arena_.spec());
    figures_.bytes_after = bytes.size();
    const std::set<std::string> foreign = arena_.foreign();
    const std::set<std::string> unseen = arena_.overwritten_by_themselves();
    figures_.foreign = foreign.size();
    if (torture_.foreign) take_told(torture_, arena_, told_);
    figures_.verdict = judge({bytes, asked, told_, foreign, unseen, kept});
  }

  const Torture& torture_;
  Arena arena_;
  Clock::time_point begin_;
  std::vector<Share> shares_;
  std::vector<Share> reads_;
  std::set<std::string> told_;
  Figures figures_;
};

}  // namespace

Disturbance killing(std::chrono::milliseconds pause, unsigned seed) {
  return [pause, seed](Arena& arena) {
    constexpr std::array kSignals = {SIGKILL, SIGKILL, SIGTERM, SIGINT};
    std::minstd_rand chance(seed);
    while (!arena.is_over()) {
      const auto most = static_cast<std::minstd_rand::result_type>(pause.count() * 2000);
      arena.pause(std::chrono::microseconds(chance() % most));
      arena.signal_any(kSignals.at(chance() % kSignals.size()), chance);
    }
  };
}

Result<Figures> run(const Torture& torture) {
  std::vector<std::string> words = torture.program;
  words.emplace_back("--version");
  if (run_program(words).exit != 0) {
    return fail(ErrorKind::kNotFound, "cannot run " + quoted_path(torture.program.front()));
  }
  return Run(torture).run();
}

bool is_sound(const Figures& figures, bool foreign_lose) {
  const Verdict& verdict = figures.verdict;
  const bool whole =
      figures.acknowledged > 0 && verdict.parses && figures.bad_reads == 0 && figures.unseen == 0;
  const bool there = verdict.lost == 0 && verdict.duplicates == 0 && verdict.disordered == 0;
  const bool right = verdict.untrue == 0 && verdict.wrong_counts == 0;
  const bool theirs = foreign_lose || verdict.foreign_lost == 0;
  return whole && there && right && theirs && figures.left == 0 && figures.hung == 0;
}

std::string to_line(const Figures& figures) {
  const Verdict& verdict = figures.verdict;
  std::string line = fmt::format(
      "{} updates, {} acknowledged; {} killed, {} busy, {} refused, {} failed, {} hung; "
      "{} bad reads of {}; {} lost, {} not seen at once, {} told, {} twice, {} out of order, {} "
      "untrue, {} wrong counts",
      figures.updates, figures.acknowledged, figures.killed, figures.busy, figures.refused,
      figures.failed, figures.hung, figures.bad_reads, figures.reads, verdict.lost, figures.unseen,
      verdict.told, verdict.duplicates, verdict.disordered, verdict.untrue, verdict.wrong_counts);
  if (figures.foreign > 0) {
    line += fmt::format(
        "; {} foreign writes, {} of them lost, {} overwritten by themselves, {} "
        "half ones read",
        figures.foreign, verdict.foreign_lost, verdict.foreign_unseen, figures.their_bad_reads);
  }
  if (!verdict.parses) line += "; the file is no JSON";
  line += fmt::format(
      "; {} left, {} kept; {} to {} KB; {:.1f} s, {:.0f}/s, one took {:.0f} ms, at "
      "most {:.0f} ms",
      figures.left, figures.kept, figures.bytes_before / 1000, figures.bytes_after / 1000,
      figures.seconds, static_cast<double>(figures.acknowledged) / figures.seconds,
      figures.median * 1e3, figures.longest * 1e3);
  return line;
}

}  // namespace sdd::workspace::torture
