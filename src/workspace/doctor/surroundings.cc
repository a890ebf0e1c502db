// What else is at work here: other schemas, other programs of our name, writers without locks.
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <sstream>

#include "base/strings.h"
#include "base/time.h"
#include "git/repository.h"
#include "json/embedded_schema.h"
#include "json/equality.h"
#include "json/tree.h"
#include "spec/spec.h"
#include "store/file.h"
#include "store/hash.h"
#include "store/update_log.h"
#include "workspace/doctor/examination.h"
#include "workspace/schema_choice.h"

namespace sdd::workspace::doctor {
namespace {

namespace fs = std::filesystem;

constexpr const char* kThisProgram = "/proc/self/exe";

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

bool same_meaning(const std::string& a, const std::string& b) {
  json::Parser parser;
  json::Tree one;
  json::Tree other;
  return parser.parse(a, one) && parser.parse(b, other) && json::same(one.root(), other.root());
}

bool is_program(const fs::path& file) {
  struct stat status = {};
  return ::stat(file.c_str(), &status) == 0 && S_ISREG(status.st_mode) &&
         ::access(file.c_str(), X_OK) == 0;
}

// The first `sdd` that a shell finds; empty when it finds none.
fs::path first_on_path() {
  std::istringstream folders(environment("PATH"));
  for (std::string folder; std::getline(folders, folder, ':');) {
    const fs::path file = fs::path(folder.empty() ? "." : folder) / "sdd";
    if (is_program(file)) return file;
  }
  return {};
}

// "2.39.5"; "" when there is no git.
std::string version_of_git() {
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(::popen("git --version 2>/dev/null", "re"),
                                                   ::pclose);
  if (pipe == nullptr) return "";
  char line[128] = {};
  if (std::fgets(line, sizeof line, pipe.get()) == nullptr) return "";
  std::istringstream words(line);
  std::string git;
  std::string version;
  words >> git >> version >> version;
  return version;
}

// The id of what HEAD has in the place of a spec; "" without git.
std::string committed(const git::Repository* repository, const std::string& file) {
  if (repository == nullptr) return "";
  std::error_code error;
  const fs::path real = fs::canonical(file, error);
  const fs::path path = real.lexically_relative(repository->top_level());
  const auto blob = repository->head_blob(path.string());
  return blob ? *blob : "";
}

// Whether a program wrote the spec that keeps no log: it has a last_updated that is later than our
// last update, and no commit brought it.
bool was_written_by_others(const Patient& patient, const SpecPath& spec,
                           const git::Repository* repository) {
  const auto log = store::read_log(patient.files, patient.home.log_file(spec.file));
  if (!log || log->updates.empty()) return false;
  const auto bytes = store::read_whole(patient.files, spec.file);
  if (!bytes) return false;
  const std::string blob = store::git_blob_id(*bytes);
  const store::Update& last = log->updates.back();
  if (blob == last.after || blob == last.before || blob == committed(repository, spec.file)) {
    return false;
  }
  json::Parser parser;
  json::Tree tree;
  if (!parser.parse(*bytes, tree)) return false;
  const auto stamp = parse_rfc3339(spec::Spec(tree).last_updated.string());
  return stamp && *stamp > last.time;
}

}  // namespace

Diagnosis examine_schema(const Patient& patient) {
  const fs::path here = patient.layout.root();
  const auto choice = choose_schema("", &patient.layout, here);
  if (!choice) return {Health::kError, choice.error().message};
  if (choice->built_in) return {Health::kGood, "the built-in one"};
  const auto text = schema_text("", &patient.layout, here);
  if (!text) return {Health::kError, text.error().message};
  const std::string built_in(json::embedded_spec_schema());
  const fs::path own = own_schema(patient.layout);
  const auto other = store::read_whole(patient.files, own);
  if (other && !same_meaning(*text, *other)) {
    return {Health::kWarning,
            "two schemas drifted apart: specs are held against the first, others may use the "
            "second",
            {choice->source, patient.layout.shown(own.string())}};
  }
  if (same_meaning(*text, built_in)) return {Health::kGood, choice->source + ", as built in"};
  return {Health::kNote,
          "the repository's own differs from the built-in one, and is used: 'sdd schema' prints it",
          {choice->source}};
}

Diagnosis examine_writers(const Patient& patient) {
  const auto repository = git::open_repository(patient.layout.root());
  std::vector<std::string> files;
  for (const SpecPath& spec : patient.specs) {
    if (was_written_by_others(patient, spec, repository ? repository->get() : nullptr)) {
      files.push_back(patient.layout.shown(spec.file));
    }
  }
  if (files.empty()) return {Health::kGood, "none seen"};
  std::string text =
      counted(files.size(), "spec") +
      ": another program set last_updated after our last update, perhaps the older toolkit, which "
      "knows no lock: let all updates go through sdd";
  return {Health::kNote, std::move(text), std::move(files)};
}

Diagnosis examine_programs(const Patient&) {
  const std::string git = version_of_git();
  std::string text = std::string("sdd ") + SDD_VERSION + ", " +
                     (git.empty() ? std::string("no git") : "git " + git);
  const std::string legacy = environment("SDD_LEGACY");
  if (!legacy.empty() && !is_program(legacy)) {
    return {Health::kWarning, "$SDD_LEGACY names no program: " + quoted_path(legacy)};
  }
  if (!legacy.empty()) text += "; commands that sdd lacks go to " + quoted_path(legacy);
  const fs::path first = first_on_path();
  if (first.empty()) {
    return {Health::kNote, text + "; hooks and drivers find no sdd in $PATH: add its folder"};
  }
  std::error_code error;
  if (!fs::equivalent(first, kThisProgram, error)) {
    return {Health::kWarning,
            text + "; hooks and drivers run another sdd, the first in $PATH",
            {first.string()}};
  }
  return {Health::kGood, std::move(text)};
}

}  // namespace sdd::workspace::doctor
