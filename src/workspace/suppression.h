// Suppressions: findings that somebody knows and means, taken out of the reports; and what is wrong
// with the suppressions themselves (SDD810).
//
// There are two kinds. A comment in Markdown, `<!-- sdd: ignore SDD612 because … -->`, covers some
// bytes of its own file (report::Suppression; document_facts.h makes it), but never damage
// (SDD0xx). A [[suppress]] of .sdd.toml covers what is found in files by id, path or
// pattern, all of it or about one node. A comment without a reason suppresses nothing, and neither
// does an unknown code in it; in .sdd.toml both are errors of the file (config.h).
//
// Whether one is idle can be told only when everything that it could suppress was looked for.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "report/located.h"
#include "workspace/config.h"

namespace sdd::workspace {

// A comment, as settle() wants it. `covered` are the bytes whose findings it silences, by where
// they begin; `with_excerpt` as for report::locate.
report::Suppression suppression_at(const SourceText& source, Span comment,
                                   std::vector<std::string> codes, std::string because,
                                   Span covered, bool with_excerpt);

struct SuppressionRun {
  const Config& config;
  // How a file is known: a spec's id, else its path below the root. And that path.
  std::function<std::string(const report::FileReport&)> name;
  std::function<std::string(const report::FileReport&)> path;
  std::function<bool(const rules::Rule&)> rule_ran;
  bool all_files = true;
  bool with_excerpts = false;
  std::string config_path;  // of .sdd.toml, as the user should see it
};

// Takes suppressed findings out of `reports` and adds those about suppressions: to the report of
// the file with the comment; for .sdd.toml as a report of its own, at the end. Returns how many
// were suppressed.
std::size_t suppress(std::vector<report::FileReport>& reports, const SuppressionRun& run);

// Whether `text` fits a pattern: `*` stands for any text, also with slashes, `?` for one byte.
// Takes time in proportion to both lengths multiplied, at most.
bool fits(std::string_view pattern, std::string_view text);

}  // namespace sdd::workspace
