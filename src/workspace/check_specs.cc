// Each thread takes the next file from a common counter: large and small files level out by
// themselves. A thread owns its engine and its buffers; results go to their own places, so nothing
// else is shared.
#include "workspace/check_specs.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <set>
#include <thread>
#include <unordered_map>
#include <utility>

#include "json/limits.h"
#include "spec/spec.h"
#include "text/source_text.h"
#include "workspace/read_file.h"

namespace sdd::workspace {
namespace {

class Worker {
 public:
  explicit Worker(const CheckRun& run) : run_(run), engine_(run.engine) {}

  report::FileReport check(const SpecPath& spec, const std::vector<std::string>& twins) {
    report::FileReport report;
    report.path = run_.shown(spec.file);
    report.spec_id = spec.id;
    std::string bytes = source_.take_bytes();
    const auto read = read_file(spec.file, json::Limits{}.max_bytes, bytes);
    source_.reset(report.path, std::move(bytes));
    if (!read) {
      rules::Finding finding;
      finding.rule = &rules::kUnreadableFile;
      finding.severity = rules::kUnreadableFile.severity;
      finding.message = read.error().message;
      if (run_.engine.selection.has(*finding.rule)) {
        report.findings.push_back(report::locate(source_, std::move(finding), false));
      }
      return report;
    }
    const rules::Place place{spec.id, spec.status_folder, twins};
    for (rules::Finding& finding : engine_.check(source_, place)) {
      report.findings.push_back(report::locate(source_, std::move(finding), run_.with_excerpts));
    }
    describe(report);
    return report;
  }

 private:
  void describe(report::FileReport& report) const {
    const spec::Spec* spec = engine_.spec();
    if (spec == nullptr) return;
    if (spec->spec_id.is_string()) report.spec_id = spec->spec_id.string();
    if (const spec::Node* root = spec->root()) {
      report.total_tasks = root->total;
      report.completed_tasks = root->completed;
    }
  }

  const CheckRun& run_;
  rules::Engine engine_;
  SourceText source_;
};

// Of the files with one id the first, in lookup order, that is among those to be checked.
const SpecPath& first_chosen(const std::vector<SpecPath>& same,
                             const std::vector<SpecPath>& chosen) {
  for (const std::string_view folder : rules::kStatusFolders) {
    for (const SpecPath& candidate : same) {
      if (candidate.status_folder != folder) continue;
      const auto is_candidate = [&](const SpecPath& spec) { return spec.file == candidate.file; };
      if (std::any_of(chosen.begin(), chosen.end(), is_candidate)) return candidate;
    }
  }
  return same.front();
}

}  // namespace

std::vector<report::FileReport> check_specs(const std::vector<SpecPath>& specs,
                                            const std::vector<std::vector<std::string>>& twins,
                                            const CheckRun& run) {
  std::vector<report::FileReport> reports(specs.size());
  std::atomic<std::size_t> next = 0;
  std::atomic<std::size_t> done = 0;
  std::mutex progress_mutex;
  const auto work = [&] {
    Worker worker(run);
    for (std::size_t i = next++; i < specs.size(); i = next++) {
      reports[i] = worker.check(specs[i], twins[i]);
      const std::size_t so_far = ++done;
      if (!run.progress) continue;
      const std::unique_lock<std::mutex> lock(progress_mutex, std::try_to_lock);
      if (lock) run.progress(so_far, specs.size());
    }
  };
  const std::size_t jobs = std::min<std::size_t>(std::max(run.jobs, 1U), specs.size());
  std::vector<std::jthread> threads;
  for (std::size_t i = 1; i < jobs; ++i) threads.emplace_back(work);
  work();
  threads.clear();
  return reports;
}

std::vector<std::vector<std::string>> find_twins(const std::vector<SpecPath>& specs,
                                                 const Layout* layout) {
  std::vector<std::vector<std::string>> twins(specs.size());
  if (layout == nullptr) return twins;
  // Files in lookup order by id: one listing serves all; for a few, looking up is cheaper.
  std::unordered_map<std::string, std::vector<SpecPath>> by_id;
  constexpr std::size_t kFew = 16;
  if (specs.size() <= kFew) {
    for (const SpecPath& spec : specs) by_id[spec.id] = layout->with_id(spec.id);
  } else {
    for (SpecPath& spec : layout->specs()) by_id[spec.id].push_back(std::move(spec));
  }
  std::set<std::filesystem::path> told;
  for (std::size_t i = 0; i < specs.size(); ++i) {
    if (specs[i].file.parent_path().parent_path() != layout->specs_dir()) continue;
    const std::vector<SpecPath>& same = by_id[specs[i].id];
    if (same.size() < 2) continue;
    const SpecPath& teller = first_chosen(same, specs);
    if (teller.file != specs[i].file || !told.insert(teller.file).second) continue;
    for (const SpecPath& other : same) {
      if (other.file != specs[i].file) twins[i].push_back(layout->shown(other.file));
    }
  }
  return twins;
}

}  // namespace sdd::workspace
