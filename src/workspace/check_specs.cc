// A thread owns its engine and its buffers; results go to their own places, so nothing is shared.
#include "workspace/check_specs.h"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <numeric>
#include <utility>

#include "spec/spec.h"
#include "text/source_text.h"
#include "workspace/parallel.h"
#include "workspace/read_file.h"

namespace sdd::workspace {
namespace {

class Worker {
 public:
  explicit Worker(const CheckRun& run) : run_(run), engine_(run.engine) {}

  report::FileReport check(const SpecPath& spec, const std::vector<std::string>& twins) {
    report::FileReport report;
    report.path = run_.shown(spec.file);
    report.file = spec.file;
    report.spec_id = spec.id;
    std::string bytes = source_.take_bytes();
    const auto read = run_.read ? run_.read(spec.file, run_.engine.limits.max_bytes, bytes)
                                : read_file(spec.file, run_.engine.limits.max_bytes, bytes);
    source_.reset(report.path, std::move(bytes));
    readable_ = read.has_value();
    if (!read) {
      tell_unreadable(report, read.error(), run_.engine.selection);
      return report;
    }
    const rules::Place place{spec.id, spec.status_folder, twins};
    std::vector<rules::Finding> findings = engine_.check(source_, place);
    add_lost_updates(spec, findings);
    for (rules::Finding& finding : findings) {
      report.findings.push_back(report::locate(source_, std::move(finding), run_.with_excerpts));
      if (run_.with_node_facts) add_node_facts(report.findings.back());
      if (run_.with_replacements) {
        const json::Tree* tree = engine_.spec() == nullptr ? nullptr : &engine_.spec()->tree();
        report::add_replacements(source_, tree, report.findings.back());
      }
    }
    describe(report);
    return report;
  }

  // What the links need to know of the file that was checked last.
  rules::SpecFacts facts(const SpecPath& spec, std::string path) const {
    const rules::Place place{spec.id, spec.status_folder, {}};
    return rules::facts_of(readable_ ? engine_.spec() : nullptr, place, std::move(path));
  }

 private:
  void add_lost_updates(const SpecPath& spec, std::vector<rules::Finding>& findings) const {
    if (run_.lost_updates == nullptr || engine_.spec() == nullptr) return;
    auto lost = run_.lost_updates->find(spec, source_, *engine_.spec());
    if (lost.empty()) return;
    findings.insert(findings.end(), std::make_move_iterator(lost.begin()),
                    std::make_move_iterator(lost.end()));
    std::stable_sort(findings.begin(), findings.end(),
                     [](const rules::Finding& a, const rules::Finding& b) {
                       return a.span.begin < b.span.begin;
                     });
    rules::keep_traces_of_loss(findings);
  }

  void add_node_facts(report::Located& located) const {
    const spec::Spec* spec = engine_.spec();
    const spec::Node* node = spec == nullptr ? nullptr : spec->find(located.finding.node);
    if (node == nullptr) return;
    const auto text = [](json::Value value) {
      return value.is_string() ? std::optional(std::string(value.string())) : std::nullopt;
    };
    located.node = {text(node->title), text(node->type_value), text(node->parent_value),
                    text(node->metadata.completed_at)};
  }

  void describe(report::FileReport& report) const {
    const spec::Spec* spec = engine_.spec();
    report.damaged = spec == nullptr;
    if (spec == nullptr) return;
    if (!spec->spec_id.string().empty()) report.spec_id = spec->spec_id.string();
    if (const spec::Node* root = spec->root()) {
      report.total_tasks = root->total;
      report.completed_tasks = root->completed;
    }
  }

  const CheckRun& run_;
  rules::Engine engine_;
  SourceText source_;
  bool readable_ = false;
};

std::size_t lookup_rank(const SpecPath& spec) {
  const auto* folder = std::find(std::begin(rules::kStatusFolders), std::end(rules::kStatusFolders),
                                 spec.status_folder);
  return static_cast<std::size_t>(folder - std::begin(rules::kStatusFolders));
}

}  // namespace

void tell_unreadable(report::FileReport& report, const Error& error,
                     const rules::Selection& selection) {
  rules::Finding finding;
  finding.rule = &rules::kUnreadableFile;
  finding.severity = rules::kUnreadableFile.severity;
  finding.message = error.message;
  report.unreadable = error.message;
  report.damaged = true;
  if (!selection.has(*finding.rule)) return;
  report.findings.push_back(report::locate(SourceText(report.path, ""), std::move(finding), false));
}

std::vector<report::FileReport> check_specs(const std::vector<SpecPath>& specs,
                                            const std::vector<std::vector<std::string>>& twins,
                                            const CheckRun& run,
                                            std::vector<rules::SpecFacts>* facts) {
  std::vector<report::FileReport> reports(specs.size());
  if (facts != nullptr) facts->resize(specs.size());
  for_each_index(
      specs.size(), run.jobs, [&] { return Worker(run); },
      [&](Worker& worker, std::size_t i) {
        reports[i] = worker.check(specs[i], twins[i]);
        if (facts != nullptr) (*facts)[i] = worker.facts(specs[i], run.linked(specs[i].file));
      },
      run.progress);
  return reports;
}

std::vector<std::vector<std::string>> find_twins(const std::vector<SpecPath>& specs,
                                                 const Layout* layout, bool all) {
  std::vector<std::vector<std::string>> twins(specs.size());
  if (layout == nullptr) return twins;
  // Positions in `specs`, equal ids side by side, in lookup order.
  std::vector<std::size_t> order(specs.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::erase_if(order, [&](std::size_t i) {
    return !all &&
           std::filesystem::path(specs[i].file).parent_path().parent_path() != layout->specs_dir();
  });
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    const int ids = specs[a].id.compare(specs[b].id);
    return ids != 0 ? ids < 0 : lookup_rank(specs[a]) < lookup_rank(specs[b]);
  });
  for (std::size_t i = 0; i < order.size(); ++i) {
    const SpecPath& spec = specs[order[i]];
    if (i > 0 && specs[order[i - 1]].id == spec.id) continue;
    const auto add = [&](const SpecPath& other) {
      if (other.file != spec.file) twins[order[i]].push_back(layout->shown(other.file));
    };
    if (!all) {
      for (const SpecPath& other : layout->with_id(spec.id)) add(other);
      continue;
    }
    for (std::size_t j = i + 1; j < order.size() && specs[order[j]].id == spec.id; ++j) {
      add(specs[order[j]]);
    }
  }
  return twins;
}

}  // namespace sdd::workspace
