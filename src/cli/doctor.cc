#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <string_view>
#include <system_error>
#include <utility>

#include "base/strings.h"
#include "cli/command.h"
#include "store/process.h"
#include "workspace/doctor/examination.h"
#include "workspace/torture/torture.h"

namespace sdd::cli {
namespace {

namespace fs = std::filesystem;
using workspace::doctor::Diagnosis;
using workspace::doctor::Health;
using workspace::torture::kScratch;

constexpr Option kDoctorOptions[] = {
    {"--torture", Takes::kValue, "SECONDS",
     "let processes update a spec on this disk, be killed, and see what is lost"},
};

// A folder of ours on the disk in question, gone with it. Those of runs that were cut short go,
// too: they have our prefix and the number of a process that is no more.
class Scratch {
 public:
  static Result<Scratch> in(const fs::path& parent) {
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(parent, error)) {
      if (is_left_over(entry.path().filename().string())) fs::remove_all(entry.path(), error);
    }
    const fs::path path = parent / fmt::format("{}{}", kScratch, store::this_process().pid);
    fs::create_directories(parent, error);
    if (!fs::create_directory(path, error)) {
      return tl::unexpected(system_error("make", path.string(), error ? error.value() : EEXIST));
    }
    return Scratch(path);
  }
  ~Scratch() {
    std::error_code error;
    if (!path_.empty()) fs::remove_all(path_, error);
  }
  Scratch(Scratch&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  Scratch& operator=(Scratch&&) = delete;

  const fs::path& path() const { return path_; }

 private:
  explicit Scratch(fs::path path) : path_(std::move(path)) {}

  static bool is_left_over(const std::string& name) {
    if (!name.starts_with(kScratch)) return false;
    const std::string pid = name.substr(kScratch.size());
    const bool is_number = !pid.empty() && pid.find_first_not_of("0123456789") == std::string::npos;
    return is_number && !fs::exists("/proc/" + pid);
  }

  fs::path path_;
};

struct Examined {
  const workspace::doctor::Examination* examination = nullptr;
  Diagnosis diagnosis;
};

Result<std::vector<Examined>> examine(store::FileSystem& files, const workspace::Layout& layout) {
  const auto patient = workspace::doctor::Patient::of(files, layout);
  if (!patient) return tl::unexpected(patient.error());
  std::vector<Examined> all;
  for (const auto& each : workspace::doctor::examinations()) {
    all.push_back({&each, each.examine(*patient)});
  }
  return all;
}

Result<workspace::torture::Figures> torture(const fs::path& parent, double seconds) {
  const auto scratch = Scratch::in(parent);
  if (!scratch) return tl::unexpected(scratch.error());
  workspace::torture::Torture wish;
  wish.folder = scratch->path();
  std::error_code error;
  wish.program = {fs::read_symlink("/proc/self/exe", error).string()};
  wish.time = std::chrono::milliseconds(static_cast<std::int64_t>(seconds * 1000));
  constexpr std::chrono::milliseconds kKillEvery{50};
  wish.disturbances = {workspace::torture::killing(kKillEvery, store::random_bits())};
  return workspace::torture::run(wish);
}

Result<double> seconds_of(const Arguments& arguments) {
  constexpr double kMost = 3600;
  const std::string word = arguments.text("--torture");
  double seconds = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), seconds);
  if (error == std::errc() && end == word.data() + word.size() && seconds > 0 && seconds <= kMost) {
    return seconds;
  }
  return fail(ErrorKind::kUsage, "--torture takes seconds from 0 to 3600, not " + sdd::quote(word));
}

void write_figures(json::Writer& out, const workspace::torture::Figures& figures, bool sound) {
  const auto& verdict = figures.verdict;
  out.begin_object();
  out.key("sound").boolean(sound);
  out.key("seconds").decimal(figures.seconds, 1);
  const std::pair<const char*, std::size_t> counts[] = {
      {"updates", figures.updates},
      {"acknowledged", figures.acknowledged},
      {"killed", figures.killed},
      {"failed", figures.failed + figures.busy + figures.refused + figures.hung},
      {"reads", figures.reads},
      {"bad_reads", figures.bad_reads},
      {"lost", verdict.lost + figures.unseen},
      {"duplicates", verdict.duplicates},
      {"out_of_order", verdict.disordered},
      {"untrue", verdict.untrue},
      {"wrong_counts", verdict.wrong_counts},
      {"left", figures.left},
  };
  for (const auto& [name, count] : counts) out.key(name).integer(static_cast<std::int64_t>(count));
  out.key("median_ms").decimal(figures.median * 1e3, 1);
  out.key("longest_ms").decimal(figures.longest * 1e3, 1);
  out.end_object();
}

void write_examined(json::Writer& out, const Examined& one) {
  out.begin_object();
  out.key("check").string(one.examination->name);
  out.key("health").string(to_string(one.diagnosis.health));
  out.key("message").string(one.diagnosis.text);
  out.key("files").begin_array();
  for (const std::string& file : one.diagnosis.files) out.string(file);
  out.end_array();
  out.end_object();
}

std::string text_of(const Examined& one) {
  const Diagnosis& diagnosis = one.diagnosis;
  std::string out = fmt::format("{:<8} {}: {}\n", to_string(diagnosis.health),
                                one.examination->title, printable(diagnosis.text));
  for (const std::string& file : diagnosis.files) out += "           " + printable(file) + "\n";
  return out;
}

std::string text_of(const workspace::torture::Figures& figures, bool sound) {
  if (sound) {
    return fmt::format(
        "{:<8} torture: {} updates acknowledged in {:.1f} s, {} tries killed; nothing lost, {} "
        "reads and none broken; an update took {:.0f} ms, at most {:.0f} ms\n",
        to_string(Health::kGood), figures.acknowledged, figures.seconds, figures.killed,
        figures.reads, figures.median * 1e3, figures.longest * 1e3);
  }
  std::string text =
      fmt::format("{:<8} torture: {}\n", to_string(Health::kError), to_line(figures));
  for (const std::string& example : figures.verdict.examples) {
    text += "           " + printable(example) + "\n";
  }
  return text;
}

int exit_of(Health worst) {
  if (worst == Health::kError) return 2;
  return worst == Health::kWarning ? 1 : 0;
}

// Where there is no specs folder, torture takes place in --path, else here.
fs::path torture_place(const Session& session, const Result<workspace::Layout>& layout) {
  if (layout) return layout->specs_dir() / ".sdd";
  const workspace::Places& places = session.places();
  return places.path.empty() ? places.current : fs::absolute(places.path);
}

struct Findings {
  fs::path specs_dir;  // empty: there is none
  std::vector<Examined> examined;
  std::optional<workspace::torture::Figures> figures;
  bool sound = true;
  Health worst = Health::kGood;
};

Result<int> tell(const Session& session, const Findings& findings) {
  const int code = findings.sound ? exit_of(findings.worst) : 2;
  if (session.json()) {
    json::Writer out = session.writer();
    out.begin_object();
    out.key("specs_dir");
    findings.specs_dir.empty() ? out.null() : out.string(findings.specs_dir.string());
    out.key("health").string(to_string(findings.worst));
    out.key("checks").begin_array();
    for (const Examined& one : findings.examined) write_examined(out, one);
    out.end_array();
    out.key("torture");
    findings.figures ? write_figures(out, *findings.figures, findings.sound)
                     : static_cast<void>(out.null());
    out.end_object();
    const auto printed = session.print(out);
    if (!printed) return tl::unexpected(printed.error());
    return code;
  }
  std::string text;
  for (const Examined& one : findings.examined) text += text_of(one);
  if (findings.figures) text += text_of(*findings.figures, findings.sound);
  const auto printed = session.print(text);
  if (!printed) return tl::unexpected(printed.error());
  return code;
}

Result<int> run_doctor(const Session& session, const Arguments& arguments) {
  Findings findings;
  const auto layout = workspace::Layout::find(session.places());
  if (!layout && !arguments.has("--torture")) return tl::unexpected(layout.error());
  store::RealFileSystem files;
  if (layout) {
    findings.specs_dir = layout->specs_dir();
    auto examined = examine(files, *layout);
    if (!examined) return tl::unexpected(examined.error());
    findings.examined = std::move(*examined);
  }
  for (const Examined& one : findings.examined) {
    findings.worst = std::max(findings.worst, one.diagnosis.health);
  }
  if (arguments.has("--torture")) {
    const auto seconds = seconds_of(arguments);
    if (!seconds) return tl::unexpected(seconds.error());
    const auto figures = torture(torture_place(session, layout), *seconds);
    if (!figures) return tl::unexpected(figures.error());
    findings.sound = is_sound(*figures, false);
    findings.figures = *figures;
    if (!findings.sound) findings.worst = Health::kError;
  }
  return tell(session, findings);
}

}  // namespace

extern const Command kDoctor;
constinit const Command kDoctor = {
    .name = "doctor",
    .summary = "whether this disk keeps what sdd promises, and what earlier runs left behind",
    .details =
        "Tries locks and the exchange of files where the specs lie, and names leftovers. With\n"
        "--torture, processes update a spec of 133 KB in a scratch folder there, some are killed "
        "and\nask again, and what was acknowledged is compared with what the file holds. Exit code "
        "1 with a\nwarning, 2 with an error.",
    .example = "sdd doctor --torture 5",
    .options = kDoctorOptions,
    .run = run_doctor};

}  // namespace sdd::cli
