// A repository of a few files in memory, for tests of the rules that look at several of them.
//
//   const LinkedRepository repository({spec_file({.done = 1}), item_file({}),
//   log_file({log_entry({})})}); repository.lines("SDD8")     // "SDD804 2026-01-03-main.md:6 `1/2`
//   the entry says … [fix] (help)" repository.view().entries()
//
// Without further words the spec, the work item and the entry are about the same work and agree.
// Nothing exists but the files and what is named as existing.
#pragma once

#include <algorithm>
#include <deque>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "bank/document.h"
#include "json/tree.h"
#include "rules/bank_engine.h"
#include "rules/engine.h"
#include "rules/repository.h"
#include "rules/spec_facts.h"
#include "spec/spec.h"
#include "text/source_text.h"

namespace sdd::test {

struct LinkedFile {
  std::string path;
  std::string text;
};

inline const std::string kLinkedSpecs = "meta/sdd/specs";
inline const std::string kLinkedBank = "meta/memory_bank";
inline const std::string kLinkedSpec = "meta/sdd/specs/completed/demo-2026-01-02-001.json";
inline const std::string kActiveSpec = "meta/sdd/specs/active/demo-2026-01-02-001.json";
inline const std::string kLinkedItem =
    "meta/memory_bank/specs/work_items/2026-01-02__feature__demo.md";

struct SpecWords {
  std::string path = kLinkedSpec;
  std::string status = "completed";
  std::string total = "2";  // JSON
  std::string completed = "2";
  std::string updated = "2026-01-03T10:00:00Z";
  std::string work_item = kLinkedItem;  // "": none
};

inline LinkedFile spec_file(const SpecWords& words) {
  const std::string link =
      words.work_item.empty() ? "" : R"("work_item_spec": ")" + words.work_item + "\"";
  return {words.path, R"({"spec_id": "x", "title": "T", "last_updated": ")" + words.updated +
                          "\",\n\"metadata\": {\n" + link +
                          "},\n\"hierarchy\": {\"spec-root\": {\"type\": \"spec\", \"status\": \"" +
                          words.status + R"(", "parent": null, "children": [], "total_tasks": )" +
                          words.total + R"(, "completed_tasks": )" + words.completed + "}}}"};
}

struct ItemWords {
  std::string path = kLinkedItem;
  std::string status = "done";                 // "": no such line
  std::string spec = "`" + kLinkedSpec + "`";  // likewise
  std::string more = {};                       // what follows the Meta block
};

inline LinkedFile item_file(const ItemWords& words) {
  std::string text = "# Demo\n\n## Meta\n\n- Type: feature\n";
  if (!words.status.empty()) text += "- Status: " + words.status + "\n";
  text += "- Owner: Ada\n";
  if (!words.spec.empty()) text += "- SDD Spec: " + words.spec + "\n";
  return {words.path, text + "- Created: 2026-01-02\n" + words.more};
}

struct EntryWords {
  std::string title = "Demo";
  std::string spec = "`" + kLinkedItem + "`";  // "": no such line
  std::string sdd_spec = {};                   // likewise
  std::string date = "2026-01-03";             // Done, of an open entry Started
  bool open = false;
  std::string summary = "It works.";
};

inline std::string log_entry(const EntryWords& words) {
  std::string text =
      std::string("- [") + (words.open ? ' ' : 'x') + "] **[DEMO]** " + words.title + "\n";
  const auto add = [&](const std::string& key, const std::string& value) {
    if (!value.empty()) text += "  - " + key + ": " + value + "\n";
  };
  add("Spec", words.spec);
  add("SDD Spec", words.sdd_spec);
  add("Owner", "Ada");
  add("Branch", "`main`");
  add(words.open ? "Started" : "Done", words.date);
  add("Summary", words.summary);
  add("Tests", "none");
  add("Risks", "none");
  return text;
}

inline LinkedFile log_file(const std::vector<std::string>& entries,
                           const std::string& name = "branch_updates/2026-01-03-main.md") {
  std::string text;
  for (const std::string& one : entries) text += (text.empty() ? "" : "\n") + one;
  return {kLinkedBank + "/" + name, text};
}

class LinkedRepository {
 public:
  explicit LinkedRepository(std::vector<LinkedFile> files, std::vector<std::string> existing = {},
                            std::vector<std::string> leftovers = {})
      : view_(parts_of(std::move(files), std::move(existing), std::move(leftovers))) {}

  const rules::Repository& view() const { return view_; }

  // The findings between the files, and those of the Markdown files alone, whose codes begin so.
  std::vector<std::string> lines(std::string_view prefix = "SDD8") const {
    std::vector<rules::LinkReport::Found> found = rules::check_links(view_, rules::Selection());
    for (const rules::BankView& file : view_.files()) {
      for (rules::Finding& one : rules::check_document(*file.source, *file.document)) {
        found.push_back({file.path, std::move(one)});
      }
    }
    std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
      return std::tie(a.path, a.finding.span.begin) < std::tie(b.path, b.finding.span.begin);
    });
    std::vector<std::string> lines;
    for (const rules::LinkReport::Found& one : found) {
      if (std::string_view(one.finding.rule->code).starts_with(prefix)) lines.push_back(line(one));
    }
    return lines;
  }

 private:
  rules::Repository::Parts parts_of(std::vector<LinkedFile> files,
                                    std::vector<std::string> existing,
                                    std::vector<std::string> leftovers) {
    rules::Repository::Parts parts;
    parts.root = "/home/ada/demo";
    parts.specs_folder = kLinkedSpecs;
    parts.bank_folder = kLinkedBank;
    parts.leftovers = std::move(leftovers);
    parts.existing.insert(existing.begin(), existing.end());
    for (LinkedFile& file : files) {
      const SourceText& source = sources_.emplace_back(file.path, std::move(file.text));
      if (file.path.ends_with(".json")) {
        parts.specs.push_back(facts_of_file(source));
        continue;
      }
      documents_.push_back(
          bank::Document::of(source, bank::kind_of(file.path.substr(kLinkedBank.size() + 1))));
      parts.files.push_back({file.path, &source, &documents_.back()});
      parts.existing.insert(file.path);
    }
    return parts;
  }

  static rules::SpecFacts facts_of_file(const SourceText& source) {
    json::Parser parser;
    json::Tree tree;
    spec::Spec spec;
    const bool parsed = parser.parse(source.bytes(), tree);
    if (parsed) spec.read(tree);
    return rules::facts_of(parsed ? &spec : nullptr, rules::place_of(source.path()), source.path());
  }

  // "SDD804 2026-01-03-main.md:6 `49/49` message [safe: fix] (help)"; of a note "SDD804n".
  std::string line(const rules::LinkReport::Found& found) const {
    const rules::Finding& finding = found.finding;
    std::string line = finding.rule->code;
    if (finding.severity == rules::Severity::kNote) line += "n";
    line += " " + found.path.substr(found.path.rfind('/') + 1);
    for (const SourceText& source : sources_) {
      if (source.path() != found.path) continue;
      line += ":" + std::to_string(source.position(finding.span.begin).line) + " `" +
              source.bytes().substr(finding.span.begin, finding.span.size()) + "`";
    }
    line += " " + finding.message;
    if (finding.fix) {
      line += std::string(" [") + to_string(finding.fix->safety) + ": " + finding.fix->title + "]";
    }
    return finding.help.empty() ? line : line + " (" + finding.help + ")";
  }

  std::deque<SourceText> sources_;
  std::deque<bank::Document> documents_;
  rules::Repository view_;
};

using LinkedLines = std::vector<std::string>;

// The findings of a repository of a spec, a work item and a log.
inline LinkedLines link_lines(const SpecWords& spec, const ItemWords& item,
                              const std::vector<EntryWords>& entries,
                              std::string_view prefix = "SDD8") {
  std::vector<std::string> texts;
  for (const EntryWords& words : entries) texts.push_back(log_entry(words));
  return LinkedRepository({spec_file(spec), item_file(item), log_file(texts)}).lines(prefix);
}

}  // namespace sdd::test
