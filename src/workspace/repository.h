// One repository with its memory bank, read whole: what `sdd check`, `sdd entries` and `sdd
// work-items` look at.
//
//   auto layout = Layout::find_with_bank(places);
//   auto checked = check_repository(*layout, run);     // findings about everything
//   auto opened = open_repository(*layout, jobs);      // or only what it says
//   for (const rules::EntryView& entry : (*opened)->view().entries()) …
//
// Specs are read, checked and forgotten one by one (their rules::SpecFacts stay); the Markdown
// files stay in memory until the links between them are followed. Temporary files beside the specs
// are told (SDD908), never read.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "bank/document.h"
#include "base/error.h"
#include "report/findings_json.h"
#include "report/located.h"
#include "rules/repository.h"
#include "text/source_text.h"
#include "workspace/bank_files.h"
#include "workspace/check_specs.h"
#include "workspace/layout.h"

namespace sdd::workspace {

// A Markdown file and what it says; the document points into the source.
struct BankDocument {
  BankDocument(std::string path, std::string bytes, bank::Kind kind)
      : source(std::move(path), std::move(bytes)), document(bank::Document::of(source, kind)) {}

  SourceText source;  // its path is relative to the root
  bank::Document document;
};

// Owns what a rules::Repository points into.
struct OpenRepository {
  std::vector<std::unique_ptr<BankDocument>> documents;  // by path
  std::unique_ptr<rules::Repository> view;
};

// Files that cannot be read are passed over; of a damaged Markdown file counts what is readable in
// it (an entry may then stand there twice). Errors: a folder that cannot be listed.
Result<OpenRepository> open_repository(const Layout& layout, unsigned jobs);

struct RepositoryCheck {
  std::vector<report::FileReport> reports;  // specs, Markdown files, leftovers: each by path
  report::CheckSummary summary;
};

// Every rule over everything. Of `run`, `linked` is not asked. Errors: a folder that cannot be
// listed.
Result<RepositoryCheck> check_repository(const Layout& layout, CheckRun run);

}  // namespace sdd::workspace
