// Rule: one thing that can be wrong, as data: its code and name, how bad it is, why it matters, an
// example pair, and the check.
//
// A rule is one file, rules/<family>/<name>.cc, in this order: identity, explanation, example pair,
// check, helpers of the check. Its one mention elsewhere is a line in rules/table.inc. `sdd
// explain`, docs/rules/ and the tests are derived from the table: `bad` must give findings of
// this rule and of no other, `good` none at all.
//
//   constinit const Rule kEmptyTitle = {
//       .code = "SDD211", .name = "empty-title", .severity = Severity::kWarning, .fix =
//       Safety::kNone, .title = "a node's title is empty", .why = "…one or two sentences…", .bad =
//       {{{"specs/active/demo-2026-01-02-001.json", R"({…})"}}}, .good =
//       {{{"specs/active/demo-2026-01-02-001.json", R"({…})"}}}, .check = [](const spec::Spec&
//       spec, Report& report) {
//         for (const spec::Node& node : spec.nodes()) {
//           if (node.title.is_string() && node.title.string().empty()) {
//             report.add(node.title, "title is empty").node = node.id;
//           }
//         }
//       }};
//
// What a check reads is the type of its first parameter. Checks are pure: no clock, no file.
#pragma once

#include <array>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "rules/finding.h"

namespace sdd {
class SourceText;
namespace bank {
class Document;
}
namespace json {
struct Damage;
class Schema;
class Tree;
class Value;
}  // namespace json
namespace spec {
class Journal;
class Spec;
struct Node;
}  // namespace spec
}  // namespace sdd

namespace sdd::rules {

class LinkReport;
class Report;
class Repository;
struct SpecVersions;
struct Versions;

// A file that is no JSON, and what json::scan() says about it.
struct DamagedFile {
  const SourceText& source;
  const json::Damage& damage;
};

// Where a spec file lies, as far as rules care.
struct Place {
  std::string stem;                // the file's name without ".json"
  std::string status_folder;       // "pending", "active", "completed", "archived"; "" when in none
  std::vector<std::string> twins;  // paths of other files with this stem in other status folders
};

// A spec together with its journal, its place and the schema in use.
struct SpecFile {
  const SourceText& source;
  const spec::Spec& spec;
  const spec::Journal& journal;
  const Place& place;
  const json::Schema* schema;  // nullptr: no schema is checked
  bool schema_is_built_in;
  const std::vector<std::string>& required_metadata;  // of `metadata`, by .sdd.toml
};

// Whether a file or folder of the repository exists; `path` is relative to its root.
using PathExists = std::function<bool(std::string_view path)>;

// A Markdown file of the memory bank and what it says.
struct BankFile {
  const SourceText& source;
  const bank::Document& document;
  const PathExists& exists;  // empty: nobody knows
};

// The check of a rule, by what it reads. std::monostate: the rule is found elsewhere (SDD012: a
// file that cannot be read has nothing that a check could look at).
using Check =
    std::variant<std::monostate, void (*)(const DamagedFile&, Report&),
                 void (*)(const json::Tree&, Report&), void (*)(const spec::Spec&, Report&),
                 void (*)(const SpecFile&, Report&), void (*)(const BankFile&, Report&),
                 void (*)(const Repository&, LinkReport&), void (*)(const SpecVersions&, Report&),
                 void (*)(const Versions&, LinkReport&)>;

struct ExampleFile {
  const char* path = nullptr;
  std::string_view text;
};
// A small set of whole files; the first ones that have a path count. A path that begins with
// kBaseMark is that of the file as it was before (rules about history).
using Example = std::array<ExampleFile, 3>;
inline constexpr std::string_view kBaseMark = "base:";

struct Rule {
  const char* code;   // "SDD302"; never reused
  const char* name;   // "completed-mismatch": what is wrong, never the remedy
  Severity severity;  // of a usual finding; a check may lower it (Report::add returns the finding)
  Safety fix;         // the best fix that a finding of this rule can have
  const char* title;  // one line
  const char* why;    // why it is bad, and how it comes about
  Example bad;
  Example good;
  Check check;
};

// So many findings of one file are told; of a file with more the engine says only that (SDD011).
// Nobody reads them, and each costs memory that the file did not.
inline constexpr std::size_t kMaxFindings = 10'000;

// Collects findings for one file. The engine sets the rule before each check.
class Report {
 public:
  explicit Report(const json::Tree* tree, std::vector<Finding>& findings)
      : tree_(tree), findings_(&findings) {}

  void set_rule(const Rule* rule) { rule_ = rule; }
  // Whether there were more than kMaxFindings.
  bool overflowed() const { return overflowed_; }

  // A finding at a value: its span, its pointer. `value` must belong to the tree and not be
  // missing. The finding may be changed (severity, help, node, fix, related) until the next add().
  Finding& add(json::Value value, std::string message);
  // A finding about a member that `object` lacks: stands at the key of `object` (the document's
  // first brace when it is the root).
  Finding& add_missing(json::Value object, std::string_view member, std::string message);
  // A finding at a node: at its key in the hierarchy, about the node's value.
  Finding& add(const spec::Node& node, std::string message);
  // A finding at bytes.
  Finding& add(Span span, std::string message);

 private:
  Finding& push(Span span, std::string message);

  const json::Tree* tree_;
  std::vector<Finding>* findings_;
  const Rule* rule_ = nullptr;
  bool overflowed_ = false;
  Finding beyond_;  // takes what a check says of a finding that is not kept
};

// "did you mean 'completed'?" for the nearest candidates; "" when nothing is near.
std::string did_you_mean(std::string_view word, const std::vector<std::string_view>& candidates);

// The constants that the rule files define.
#define SDD_RULE(rule) extern const Rule rule;
#include "rules/table.inc"
#undef SDD_RULE

}  // namespace sdd::rules
