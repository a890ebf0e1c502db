// 1. Read the words of every suppression: each is a set of rules that it silences, and counts what
//    it silenced.
// 2. Ask every word about every finding in its reach. All are asked, not the first that fits: a
//    finding under two suppressions makes neither idle.
// 3. Take out what was silenced.
// 4. Tell what is wrong with the suppressions, where their rules ran on all their files.
#include "workspace/suppression.h"

#include <fmt/core.h>

#include <algorithm>
#include <deque>
#include <utility>

#include "base/strings.h"
#include "json/tree.h"
#include "rules/rule.h"
#include "rules/table.h"
#include "text/source_text.h"

namespace sdd::workspace {
namespace {

using report::FileReport;
using report::Located;

// One rule, family or prefix that a suppression names.
struct Word {
  std::string text;
  rules::Selection rules;
  std::size_t silenced = 0;
};

struct Silencer {
  const report::Suppression* comment = nullptr;  // one of the two
  const ConfigSuppression* entry = nullptr;
  std::vector<Word> words;
  std::vector<std::string> faults;  // what is wrong with it, in words
  bool met_a_file = false;
  bool met_damage = false;  // a file that most rules could not look at
};

std::vector<Word> words_of(const std::vector<std::string>& codes,
                           std::vector<std::string>& faults) {
  std::vector<Word> words;
  for (const std::string& code : codes) {
    auto rules = rules::Selection::of({code}, {});
    if (rules) {
      words.push_back({code, std::move(*rules)});
      continue;
    }
    const Error& error = rules.error();
    faults.push_back(error.message +
                     (error.candidates.empty()
                          ? ""
                          : ", did you mean " + sdd::quote(error.candidates.front()) + "?"));
  }
  return words;
}

Silencer of_comment(const report::Suppression& comment) {
  Silencer silencer;
  silencer.comment = &comment;
  if (comment.codes.empty()) {
    silencer.faults.emplace_back("this suppression names no rule, so it suppresses nothing");
  } else if (comment.because.empty()) {
    silencer.faults.emplace_back("this suppression gives no reason, so it suppresses nothing");
  } else {
    silencer.words = words_of(comment.codes, silencer.faults);
  }
  return silencer;
}

bool is_about_node(const rules::Finding& finding, const std::string& node) {
  if (finding.node == node) return true;
  std::string pointer = "/hierarchy";
  json::append_token(pointer, node);
  return finding.pointer.starts_with(pointer) &&
         (finding.pointer.size() == pointer.size() || finding.pointer[pointer.size()] == '/');
}

bool reaches(const Silencer& silencer, const rules::Finding& finding) {
  if (silencer.comment != nullptr) {
    if (std::string_view(finding.rule->code) < "SDD100") return false;
    const Span covered = silencer.comment->covered;
    return covered.begin <= finding.span.begin && finding.span.begin < covered.end;
  }
  return silencer.entry->node.empty() || is_about_node(finding, silencer.entry->node);
}

// Takes out of `report` what the silencers silence. Returns how many findings that were.
std::size_t take_out(FileReport& report, const std::vector<Silencer*>& silencers) {
  return std::erase_if(report.findings, [&](const Located& located) {
    bool silenced = false;
    for (Silencer* silencer : silencers) {
      if (!reaches(*silencer, located.finding)) continue;
      for (Word& word : silencer->words) {
        if (!word.rules.has(*located.finding.rule)) continue;
        ++word.silenced;
        silenced = true;
      }
    }
    return silenced;
  });
}

bool all_ran(const Word& word, const SuppressionRun& run) {
  const auto rules = rules::all_rules();
  return std::all_of(rules.begin(), rules.end(), [&](const rules::Rule* rule) {
    return !word.rules.has(*rule) || run.rule_ran(*rule);
  });
}

// Everything that is to be said about a suppression when all was looked at.
std::vector<std::string> faults_of(const Silencer& silencer, const SuppressionRun& run) {
  std::vector<std::string> faults = silencer.faults;
  if (!run.all_files) return faults;
  if (silencer.entry != nullptr && !silencer.met_a_file) {
    faults.push_back("no file fits " + sdd::quote(silencer.entry->spec) +
                     ", so this suppresses nothing");
    return faults;
  }
  for (const Word& word : silencer.words) {
    if (word.silenced > 0 || silencer.met_damage || !all_ran(word, run)) continue;
    faults.push_back(printable(word.text) + " finds nothing here, so there is nothing to suppress");
  }
  return faults;
}

constexpr const char* kForm = "the form is <!-- sdd: ignore CODE because REASON -->";

Located finding_at(Located place, std::string message) {
  place.finding.rule = &rules::kIdleSuppression;
  place.finding.severity = rules::kIdleSuppression.severity;
  place.finding.message = std::move(message);
  return place;
}

Silencer of_entry(const ConfigSuppression& entry) {
  Silencer silencer;
  silencer.entry = &entry;
  silencer.words = words_of(entry.codes, silencer.faults);
  return silencer;
}

void tell_comments(FileReport& report, std::deque<Silencer>& silencers, const SuppressionRun& run) {
  for (const Silencer& silencer : silencers) {
    for (const std::string& fault : faults_of(silencer, run)) {
      Located& told = report.findings.emplace_back(finding_at(silencer.comment->place, fault));
      if (silencer.words.empty()) told.finding.help = kForm;
    }
  }
  std::stable_sort(
      report.findings.begin(), report.findings.end(),
      [](const Located& a, const Located& b) { return a.location.offset < b.location.offset; });
}

// The report of .sdd.toml; without findings when nothing is wrong with it.
FileReport report_of_config(const std::deque<Silencer>& entries, const SuppressionRun& run) {
  FileReport report;
  report.path = run.config_path;
  report.file = run.config.file().string();
  const SourceText source(report.path, run.config.text);
  for (const Silencer& silencer : entries) {
    for (std::string& fault : faults_of(silencer, run)) {
      rules::Finding finding;
      finding.span = silencer.entry->span;
      report.findings.push_back(finding_at(
          report::locate(source, std::move(finding), run.with_excerpts), std::move(fault)));
    }
  }
  return report;
}

}  // namespace

report::Suppression suppression_at(const SourceText& source, Span comment,
                                   std::vector<std::string> codes, std::string because,
                                   Span covered, bool with_excerpt) {
  rules::Finding finding;
  finding.span = comment;
  return {report::locate(source, std::move(finding), with_excerpt), std::move(codes),
          std::move(because), covered};
}

std::size_t suppress(std::vector<FileReport>& reports, const SuppressionRun& run) {
  std::deque<Silencer> entries;
  for (const ConfigSuppression& entry : run.config.suppressions) entries.push_back(of_entry(entry));
  const bool tells = run.rule_ran(rules::kIdleSuppression);
  std::size_t suppressed = 0;
  for (FileReport& report : reports) {
    if (entries.empty() && report.suppressions.empty()) continue;
    std::vector<Silencer*> reaching;
    std::deque<Silencer> comments;
    for (const report::Suppression& comment : report.suppressions) {
      reaching.push_back(&comments.emplace_back(of_comment(comment)));
    }
    const std::string name = run.name(report);
    const std::string path = run.path(report);
    for (Silencer& silencer : entries) {
      const std::string& pattern = silencer.entry->spec;
      if (!fits(pattern, name) && !fits(pattern, path)) continue;
      silencer.met_a_file = true;
      silencer.met_damage = silencer.met_damage || report.damaged;
      reaching.push_back(&silencer);
    }
    suppressed += take_out(report, reaching);
    if (tells && !comments.empty()) tell_comments(report, comments, run);
  }
  if (!tells || entries.empty()) return suppressed;
  FileReport config = report_of_config(entries, run);
  if (!config.findings.empty()) reports.push_back(std::move(config));
  return suppressed;
}

// The last `*` is where a mismatch goes back to, one byte further each time.
bool fits(std::string_view pattern, std::string_view text) {
  std::size_t p = 0;
  std::size_t t = 0;
  std::size_t star = std::string_view::npos;
  std::size_t from = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      from = t;
    } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == text[t])) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++from;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

}  // namespace sdd::workspace
