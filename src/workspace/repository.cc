// 1. List the specs, what lies beside them, and the Markdown files.
// 2. Check each spec by itself, then each Markdown file, on several threads.
// 3. See which of the paths exist that the files link to.
// 4. Follow the links; put what is found there to the reports of the files where it stands.
#include "workspace/repository.h"

#include <sys/stat.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <unordered_map>
#include <utility>

#include "json/tree.h"
#include "rules/bank_engine.h"
#include "spec/spec.h"
#include "workspace/document_facts.h"
#include "workspace/parallel.h"
#include "workspace/read_file.h"

namespace sdd::workspace {
namespace {

using report::FileReport;

bool is_there(const std::string& path) {
  struct stat status = {};
  return path.find('\0') == std::string::npos && stat(path.c_str(), &status) == 0;
}

// A path below the root as the file system knows it; an absolute one is itself.
std::string absolute(const Layout& layout, std::string_view path) {
  if (path.starts_with('/')) return std::string(path);
  return layout.root().string() + "/" + std::string(path);
}

std::string folder_in_root(const Layout& layout, const std::filesystem::path& folder) {
  return folder.empty() ? "" : layout.shown(folder.string());
}

struct Listing {
  std::vector<SpecPath> specs;
  std::vector<std::string> leftovers;  // absolute
  std::vector<BankPath> files;
};

Result<Listing> list(const Layout& layout) {
  Listing listing;
  auto specs = layout.specs(&listing.leftovers);
  if (!specs) return tl::unexpected(specs.error());
  listing.specs = std::move(*specs);
  if (layout.bank_dir().empty()) return listing;
  auto files = bank_files(layout.bank_dir());
  if (!files) return tl::unexpected(files.error());
  listing.files = std::move(*files);
  return listing;
}

// Which of the paths exist that files link to, apart from specs and work items.
std::set<std::string, std::less<>> existing_links(const Layout& layout,
                                                  const std::vector<rules::SpecFacts>& specs,
                                                  const std::vector<rules::BankView>& files,
                                                  unsigned jobs) {
  std::set<std::string_view> known;
  for (const rules::SpecFacts& spec : specs) known.insert(spec.path);
  for (const rules::BankView& file : files) known.insert(file.path);
  std::set<std::string_view> asked;
  const auto ask = [&](std::string_view path) {
    path = rules::plain_path(path);
    if (!path.empty() && !known.contains(path)) asked.insert(path);
  };
  for (const rules::SpecFacts& spec : specs) ask(spec.work_item);
  for (const rules::BankView& file : files) {
    for (const std::string_view link : rules::links_of(*file.document)) ask(link);
  }
  const std::vector<std::string_view> paths(asked.begin(), asked.end());
  std::vector<char> found(paths.size(), 0);
  for_each_index(paths.size(), jobs,
                 [&](std::size_t i) { found[i] = is_there(absolute(layout, paths[i])) ? 1 : 0; });
  std::set<std::string, std::less<>> existing;
  for (std::size_t i = 0; i < paths.size(); ++i) {
    if (found[i] != 0) existing.emplace_hint(existing.end(), paths[i]);
  }
  for (const rules::BankView& file : files) existing.insert(file.path);
  return existing;
}

bool holds_entries(const BankPath& file) {
  const bank::Kind kind = bank::kind_of(file.name);
  return kind == bank::Kind::kLog || kind == bank::Kind::kCurrentTasks;
}

// `files[i]` is listing.files[i], nullptr where its text is not to be trusted.
std::unique_ptr<rules::Repository> view_of(const Layout& layout, const Listing& listing,
                                           std::vector<rules::SpecFacts> specs,
                                           const std::vector<std::unique_ptr<BankDocument>>& files,
                                           unsigned jobs) {
  rules::Repository::Parts parts;
  parts.specs = std::move(specs);
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (const auto& file = files[i]) {
      parts.files.push_back({file->source.path(), &file->source, &file->document});
    } else if (holds_entries(listing.files[i])) {
      parts.entries_missing = true;
    }
  }
  parts.root = layout.root().string();
  parts.specs_folder = folder_in_root(layout, layout.specs_dir());
  parts.bank_folder = folder_in_root(layout, layout.bank_dir());
  parts.existing = existing_links(layout, parts.specs, parts.files, jobs);
  for (const std::string& path : listing.leftovers) parts.leftovers.push_back(layout.shown(path));
  return std::make_unique<rules::Repository>(std::move(parts));
}

Result<std::unique_ptr<BankDocument>> read_document(const Layout& layout, const BankPath& file,
                                                    std::size_t max_bytes) {
  std::string bytes;
  const auto read = read_file(file.file, max_bytes, bytes);
  if (!read) return tl::unexpected(read.error());
  return std::make_unique<BankDocument>(layout.shown(file.file), std::move(bytes),
                                        bank::kind_of(file.name));
}

class BankWorker {
 public:
  BankWorker(const Layout& layout, const CheckRun& run) : layout_(layout), run_(run) {
    options_.selection = run.engine.selection;
    options_.exists = [this](std::string_view path) { return is_there(absolute(layout_, path)); };
  }

  // Fills `report`; the document stays nullptr when its text is not to be trusted.
  void check(const BankPath& file, FileReport& report, std::unique_ptr<BankDocument>& kept) const {
    report.path = run_.shown(file.file);
    report.file = file.file;
    auto read = read_document(layout_, file, run_.engine.limits.max_bytes);
    if (!read) return tell_unreadable(report, read.error(), run_.engine.selection);
    BankDocument& opened = **read;
    auto findings = rules::check_document(opened.source, opened.document, options_);
    report.damaged = rules::is_damaged_text(findings);
    for (rules::Finding& finding : findings) {
      report.findings.push_back(
          report::locate(opened.source, std::move(finding), run_.with_excerpts));
      if (run_.with_replacements) {
        report::add_replacements(opened.source, nullptr, report.findings.back());
      }
    }
    if (!report.damaged) kept = std::move(*read);
  }

 private:
  const Layout& layout_;
  const CheckRun& run_;
  rules::BankOptions options_;
};

// Reads specs only for what the links need.
class FactsReader {
 public:
  rules::SpecFacts read(const SpecPath& spec, std::string path) {
    const rules::Place place{spec.id, spec.status_folder, {}};
    const bool parsed = read_file(spec.file, json::Limits{}.max_bytes, bytes_).has_value() &&
                        parser_.parse(bytes_, tree_);
    if (parsed) spec_.read(tree_);
    return rules::facts_of(parsed ? &spec_ : nullptr, place, std::move(path));
  }

 private:
  std::string bytes_;
  json::Parser parser_;
  json::Tree tree_;
  spec::Spec spec_;
};

// Puts what was found between the files to the reports of the files where it stands.
class LinkFindings {
 public:
  LinkFindings(const Layout& layout, const CheckRun& run, std::vector<FileReport>& reports,
               const rules::Repository& view)
      : layout_(layout), run_(run), reports_(reports) {
    for (std::size_t i = 0; i < reports.size(); ++i) by_file_.emplace(reports[i].file, i);
    for (const rules::BankView& file : view.files()) sources_.emplace(file.path, file.source);
  }

  void add(rules::LinkReport::Found found) {
    const auto [known, is_new] =
        by_file_.try_emplace(absolute(layout_, found.path), reports_.size());
    if (is_new) {
      reports_.emplace_back().path = run_.shown(known->first);
      reports_.back().file = known->first;
    }
    found_[known->second].push_back(std::move(found));
  }

  // Finds where in the files they stand. Each file is one thread's.
  void put() {
    std::vector<std::pair<std::size_t, std::vector<Found>>> files;
    for (auto& [report, found] : found_) files.emplace_back(report, std::move(found));
    for_each_index(files.size(), run_.jobs, [&](std::size_t i) {
      FileReport& report = reports_[files[i].first];
      put(files[i].second, report);
      std::stable_sort(report.findings.begin(), report.findings.end(),
                       [](const report::Located& a, const report::Located& b) {
                         return a.location.offset < b.location.offset;
                       });
    });
  }

 private:
  using Found = rules::LinkReport::Found;

  void put(std::vector<Found>& found, FileReport& report) const {
    const auto kept = sources_.find(found.front().path);
    if (kept != sources_.end()) {
      for (Found& each : found) put(std::move(each.finding), *kept->second, report);
      return;
    }
    // A spec was forgotten when it had been checked: it is read again, which happens for few. One
    // that is shorter now was changed meanwhile; then the finding stands at its beginning.
    const std::string path = found.front().path;
    const bool has_place = std::any_of(found.begin(), found.end(),
                                       [](const Found& each) { return each.finding.span.end > 0; });
    std::string bytes;
    if (has_place && !read_file(report.file, run_.engine.limits.max_bytes, bytes)) bytes.clear();
    const SourceText nowhere(path, "");
    const SourceText source(path, std::move(bytes));
    for (Found& each : found) {
      rules::Finding& finding = each.finding;
      if (finding.span.end > source.bytes().size()) finding.span = {};
      const bool is_placed = finding.span.end > 0;
      put(std::move(finding), is_placed ? source : nowhere, report);
    }
  }

  void put(rules::Finding finding, const SourceText& source, FileReport& report) const {
    report.findings.push_back(report::locate(source, std::move(finding), run_.with_excerpts));
    if (run_.with_replacements) {
      report::add_replacements(source, nullptr, report.findings.back());
    }
  }

  const Layout& layout_;
  const CheckRun& run_;
  std::vector<FileReport>& reports_;
  std::unordered_map<std::string, std::size_t> by_file_;
  std::unordered_map<std::string_view, const SourceText*> sources_;
  std::map<std::size_t, std::vector<Found>> found_;  // by report
};

report::CheckSummary summary_of(const Listing& listing, const rules::Repository& view) {
  report::CheckSummary summary;
  summary.files = listing.specs.size() + listing.files.size();
  summary.specs = listing.specs.size();
  summary.entries = view.entries().size();
  summary.work_items = view.items().size();
  return summary;
}

}  // namespace

Result<OpenRepository> open_repository(const Layout& layout, unsigned jobs) {
  auto listing = list(layout);
  if (!listing) return tl::unexpected(listing.error());
  std::vector<rules::SpecFacts> facts(listing->specs.size());
  for_each_index(
      facts.size(), jobs, [] { return FactsReader(); },
      [&](FactsReader& reader, std::size_t i) {
        facts[i] = reader.read(listing->specs[i], layout.shown(listing->specs[i].file));
      });
  OpenRepository opened;
  opened.documents.resize(listing->files.size());
  for_each_index(listing->files.size(), jobs, [&](std::size_t i) {
    auto read = read_document(layout, listing->files[i], json::Limits{}.max_bytes);
    if (read) opened.documents[i] = std::move(*read);
  });
  opened.view = view_of(layout, *listing, std::move(facts), opened.documents, jobs);
  return opened;
}

Result<RepositoryCheck> check_repository(const Layout& layout, CheckRun run) {
  auto listing = list(layout);
  if (!listing) return tl::unexpected(listing.error());
  run.linked = [&](const std::string& file) { return layout.shown(file); };
  RepositoryCheck check;
  std::vector<rules::SpecFacts> facts;
  check.reports =
      check_specs(listing->specs, find_twins(listing->specs, &layout, true), run, &facts);

  const std::size_t specs = check.reports.size();
  std::vector<std::unique_ptr<BankDocument>> documents(listing->files.size());
  check.reports.resize(specs + documents.size());
  const BankWorker worker(layout, run);
  for_each_index(documents.size(), run.jobs, [&](std::size_t i) {
    worker.check(listing->files[i], check.reports[specs + i], documents[i]);
  });

  const auto view = view_of(layout, *listing, std::move(facts), documents, run.jobs);
  LinkFindings links(layout, run, check.reports, *view);
  for (auto& found : rules::check_links(*view, run.engine.selection)) links.add(std::move(found));
  links.put();
  for (std::size_t i = 0; i < documents.size(); ++i) {
    if (documents[i] == nullptr) continue;
    add_document_facts(documents[i]->document, documents[i]->source, run.with_excerpts,
                       check.reports[specs + i]);
  }
  check.summary = summary_of(*listing, *view);
  return check;
}

}  // namespace sdd::workspace
