// Verdicts side by side with the older toolkit's, over the shared corpus: 123 real specs and 41
// conformance cases. What it reports and we do not is `fewer`, and must be zero outside the list
// below; what we report and it does not is `more`, and must be of a kind that docs/differences.md
// names.
#include <fmt/core.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <iostream>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/strings.h"
#include "json/embedded_schema.h"
#include "json/schema.h"
#include "json/tree.h"
#include "rules/engine.h"
#include "rules/table.h"
#include "spec/spec.h"
#include "support.h"
#include "text/source_text.h"

namespace sdd::test {
namespace {

// A message of the older toolkit, by a part of it, and the codes that say the same here.
struct Sameness {
  std::string_view part;
  std::string_view codes;
};
constexpr Sameness kSame[] = {
    {"missing metadata.file_path", "SDD513"},
    {"doesn't follow recommended format", "SDD111 SDD101"},
    {"missing metadata.verification_type", "SDD510"},
    {"missing metadata.expected", "SDD511"},
    {"missing metadata.command", "SDD511"},
    {"should have total_tasks=", "SDD301"},
    {"missing required field", "SDD208"},
    {"Missing required field", "SDD101 SDD201"},
    {"is a required property", "SDD208 SDD101 SDD201"},
    {"> total_tasks (", "SDD303 SDD302"},
    {"total_tasks (", "SDD301 SDD213"},
    {"completed_tasks (", "SDD302 SDD303"},
    {"verification_type must be", "SDD510"},
    {"/verification_type': ", "SDD510"},
    {"invalid task_category", "SDD512"},
    {"empty task_category", "SDD512"},
    {"/task_category': ", "SDD512"},
    {"is not of type", "SDD101 SDD505"},
    {"usually not needed", "SDD514"},
    {"should be in ISO 8601", "SDD112"},
    {"'hierarchy' is empty", "SDD201"},
    {"Missing 'spec-root'", "SDD201"},
    {"has null parent", "SDD203 SDD205 SDD206"},
    {"Parent/child mismatch", "SDD205 SDD207"},
    {"non-existent child", "SDD204"},
    {"Cycle detected", "SDD207"},
    {"invalid type", "SDD209"},
    {"/type': ", "SDD209"},
    {"invalid status", "SDD210"},
    {"/status': ", "SDD210"},
    {"empty title", "SDD211"},
    {"does not match '^", "SDD101"},
    {"Bidirectional dependency", "SDD503 SDD505"},
    {"malformed dependencies", "SDD505"},
    {"must be a dictionary", "SDD505"},
    {"Circular dependency", "SDD502"},
};

// What the older toolkit reports and we do not, each with its reason in docs/differences.md.
constexpr std::string_view kNotOurs[] = {
    "generated-offset: 'generated' should be in ISO 8601",
    "completed-gt-total: Node 'phase-1' completed_tasks (0)",
    "history/active/299e6293b7__public-pages-simple-ux-2026-08-07-001.json: Node 'phase-",
    "history/active/ae0ef57053__simplify-public-airis-pages-ux-2026-08-07-1752.json: Node 'phase-",
    "history/active/ae0ef57053__simplify-public-airis-pages-ux-2026-08-07-1752.json: Leaf node",
};

// Kinds of findings that the older toolkit lacks or tells otherwise: docs/differences.md names
// them.
std::set<std::string> codes_in_differences() {
  const std::string text = read_bytes(source_dir() / "docs" / "differences.md");
  std::set<std::string> codes;
  for (std::size_t at = text.find("SDD"); at != std::string::npos; at = text.find("SDD", at + 1)) {
    if (all_digits(text.substr(at + 3, 3))) codes.insert(text.substr(at, 6));
  }
  return codes;
}

struct Comparison {
  std::size_t agreed = 0;
  std::vector<std::string> fewer;
  std::map<std::string, std::size_t> more;  // by code
};

// The node that an issue speaks of: its location, or the second part of 'hierarchy/task-1-1/…'.
std::string node_of(const json::Value& issue) {
  const std::string_view location = issue.find("location").string();
  if (!location.empty()) return std::string(location);
  const std::string_view message = issue.find("message").string();
  constexpr std::string_view kAt = "at 'hierarchy/";
  const std::size_t at = message.find(kAt);
  if (at == std::string_view::npos) return "";
  const std::string_view rest = message.substr(at + kAt.size());
  return std::string(rest.substr(0, rest.find_first_of("/'")));
}

void compare(const std::string& name, const std::vector<rules::Finding>& findings,
             const json::Value& issues, Comparison& all) {
  std::vector<bool> matched(findings.size(), false);
  for (const json::Value issue : issues.elements()) {
    const std::string_view message = issue.find("message").string();
    const auto* same = std::find_if(std::begin(kSame), std::end(kSame), [&](const Sameness& s) {
      return message.find(s.part) != std::string_view::npos;
    });
    ASSERT_NE(same, std::end(kSame)) << "unknown message of the older toolkit: " << message;
    const std::string node = node_of(issue);
    bool found = false;
    for (std::size_t i = 0; i < findings.size(); ++i) {
      if (same->codes.find(findings[i].rule->code) == std::string_view::npos) continue;
      // A cycle and a mismatch between two nodes may be told at either of them.
      const bool either = std::string_view(findings[i].rule->code) == "SDD502";
      if (!node.empty() && !either && findings[i].node != node) continue;
      matched[i] = true;
      found = true;
    }
    if (found) {
      ++all.agreed;
    } else {
      all.fewer.push_back(fmt::format("{}: {}", name, message));
    }
  }
  for (std::size_t i = 0; i < findings.size(); ++i) {
    if (!matched[i] && findings[i].severity != rules::Severity::kNote) {
      ++all.more[findings[i].rule->code];
    }
  }
}

// What check-journaling names, side by side. The older toolkit asks the flag alone: its verdicts
// name every completed node that has it.
struct JournalComparison {
  std::size_t agreed = 0;
  std::size_t as_notes = 0;                 // it names the phase or group, here it is a note
  std::size_t with_entry = 0;               // it names the task, whose entry is there: SDD403
  std::map<std::string, std::size_t> more;  // by code and, of unjournaled ones, type
  std::vector<std::string> unexplained;
};

void compare_journaling(const std::string& name, rules::Engine& engine, const SourceText& source,
                        const json::Value& named, JournalComparison& all) {
  std::set<std::string> theirs;
  for (const json::Value id : named.elements()) theirs.emplace(id.string());
  for (const rules::Finding& finding : engine.check(source, rules::place_of(source.path()))) {
    const std::string code = finding.rule->code;
    const std::size_t was_named = theirs.erase(finding.node);
    if (code == "SDD403") {
      all.with_entry += was_named;
    } else if (was_named == 1) {
      ++(finding.severity == rules::Severity::kNote ? all.as_notes : all.agreed);
      if (code != "SDD401") all.unexplained.push_back(name + ": " + finding.node + " is " + code);
    } else if (finding.severity != rules::Severity::kNote) {
      const spec::Node* node = engine.spec() ? engine.spec()->find(finding.node) : nullptr;
      ++all.more[code == "SDD401" && node != nullptr && node->type
                     ? code + " " + std::string(to_string(*node->type))
                     : code];
    }
  }
  for (const std::string& id : theirs) all.unexplained.push_back(name + ": we lack " + id);
}

void report_journaling(const std::string& what, const JournalComparison& all) {
  const std::set<std::string> documented = codes_in_differences();
  for (const std::string& line : all.unexplained) ADD_FAILURE() << line;
  for (const auto& [kind, count] : all.more) {
    std::cout << "  journaling, more: " << count << " × " << kind << "\n";
    EXPECT_TRUE(documented.count(kind.substr(0, 6)) != 0)
        << kind << " is not in docs/differences.md";
  }
  std::cout << what << ", journaling: agreed " << all.agreed << ", as notes " << all.as_notes
            << ", named although journaled " << all.with_entry << "\n";
}

std::size_t report_comparison(const std::string& what, const Comparison& all) {
  std::size_t unexplained = 0;
  std::size_t more = 0;
  for (const std::string& line : all.fewer) {
    const bool known = std::any_of(std::begin(kNotOurs), std::end(kNotOurs),
                                   [&](std::string_view s) { return line.starts_with(s); });
    if (!known) ++unexplained;
    std::cout << "  fewer" << (known ? " (explained)" : "") << ": " << line << "\n";
  }
  const std::set<std::string> documented = codes_in_differences();
  for (const auto& [code, count] : all.more) {
    more += count;
    std::cout << "  more: " << count << " × " << code << "\n";
    EXPECT_TRUE(documented.count(code) != 0) << code << " is not in docs/differences.md";
  }
  std::cout << what << ": agreed " << all.agreed << ", more " << more << ", fewer "
            << all.fewer.size() << "\n";
  return unexplained;
}

TEST(Reference, specs_of_the_corpus) {
  const auto corpus = shared("corpus");
  if (!corpus) return;
  const std::string verdicts = read_bytes(*corpus / "reference-verdicts.json");
  json::Parser parser;
  json::Tree tree;
  ASSERT_TRUE(parser.parse(verdicts, tree));
  const std::string schema_text =
      read_bytes(*corpus / "airis/meta/sdd/schema/sdd-spec-schema.json");
  const auto schema = json::Schema::compile(schema_text, "the corpus's schema");
  ASSERT_TRUE(schema) << schema.error().message;
  rules::Engine engine({rules::Purpose::kValidate, {}, schema->get(), false});
  rules::Engine journaling({.purpose = rules::Purpose::kJournaling});
  JournalComparison journals;
  Comparison all;
  std::size_t files = 0;
  for (const json::Member member : tree.root().members()) {
    const std::string path(member.key.string());
    const SourceText source(path, read_bytes(*corpus / path));
    ++files;
    Comparison one;
    compare(path, engine.check(source, rules::place_of(path)), member.value.find("issues"), one);
    compare_journaling(path, journaling, source, member.value.find("unjournaled"), journals);
    std::size_t more = 0;
    for (const auto& [code, count] : one.more) {
      more += count;
      all.more[code] += count;
    }
    all.agreed += one.agreed;
    all.fewer.insert(all.fewer.end(), one.fewer.begin(), one.fewer.end());
    std::cout << fmt::format("{}: agreed {}, more {}, fewer {}\n", path, one.agreed, more,
                             one.fewer.size());
  }
  EXPECT_EQ(files, 123U);
  EXPECT_EQ(report_comparison("123 specs", all), 0U);
  report_journaling("123 specs", journals);
}

std::string decode_base64(std::string_view text) {
  constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  std::uint32_t bits = 0;
  int have = 0;
  for (const char c : text) {
    const std::size_t digit = kDigits.find(c);
    if (digit == std::string_view::npos) continue;
    bits = bits << 6U | static_cast<std::uint32_t>(digit);
    have += 6;
    if (have >= 8) {
      have -= 8;
      out.push_back(static_cast<char>(bits >> have & 0xFFU));
    }
  }
  return out;
}

TEST(Reference, conformance_cases) {
  const auto corpus = shared("corpus");
  if (!corpus) return;
  const std::string lines = read_bytes(*corpus / "conformance.jsonl");
  json::Parser parser;
  const auto built_in = json::Schema::compile(json::embedded_spec_schema(), "built-in");
  ASSERT_TRUE(built_in) << built_in.error().message;
  rules::Engine engine({rules::Purpose::kValidate, {}, built_in->get(), true});
  rules::Engine journaling({.purpose = rules::Purpose::kJournaling});
  JournalComparison journals;
  Comparison all;
  std::size_t cases = 0;
  for (std::size_t at = 0; at < lines.size();) {
    const std::size_t end = std::min(lines.find('\n', at), lines.size());
    const std::string line = lines.substr(at, end - at);
    at = end + 1;
    if (line.empty()) continue;
    ++cases;
    json::Tree tree;
    ASSERT_TRUE(parser.parse(line, tree)) << line;
    const json::Value root = tree.root();
    const std::string name(root.find("name").string());
    const json::Value input = root.find("input");
    const SourceText source(
        name, input ? std::string(input.raw()) : decode_base64(root.find("input_b64").string()));
    const std::string_view status = input.find("metadata").find("status").string();
    const rules::Place place{std::string(input.find("spec_id").string()),
                             rules::is_status_folder(status) ? std::string(status) : "",
                             {}};
    const std::vector<rules::Finding> findings = engine.check(source, place);
    const json::Value expect = root.find("expect");
    if (expect.find("issues")) {
      compare(name, findings, expect.find("issues"), all);
      compare_journaling(name, journaling, source, expect.find("check_journaling"), journals);
    } else {
      // What it could not read, or crashed on, has at least one error here.
      EXPECT_TRUE(std::any_of(findings.begin(), findings.end(), [](const rules::Finding& f) {
        return f.severity == rules::Severity::kError;
      })) << name;
    }
  }
  EXPECT_EQ(cases, 41U);
  EXPECT_EQ(report_comparison("41 conformance cases", all), 0U);
  report_journaling("41 conformance cases", journals);
}

}  // namespace
}  // namespace sdd::test
