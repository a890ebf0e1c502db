// SARIF 2.1.0 (OASIS), one run. What GitHub code scanning, Azure DevOps and editors read.
//
// 1. The rules that found something, in the order of their codes: what each finds, why that is
//    wrong, and where an example is.
// 2. The findings in file order. A place is a region of lines and columns (code points, the end
//    behind the last character, as SARIF has it), with the pointer as its logical name.
// 3. A safe or unsafe fix as replacements. It is what the finding says and no more: `sdd fix` also
//    makes what follows from it, such as the counts above.
//
// Rules have no helpUri: there is no page that would be right for every user, and `sdd explain` is
// at hand. Findings that the baseline knows are not among the results (they do not fail and are not
// shown); their number stands in the run's properties.
#include <algorithm>
#include <set>
#include <string_view>
#include <vector>

#include "base/strings.h"
#include "report/form.h"
#include "rules/rule.h"
#include "rules/table.h"

namespace sdd::report {
namespace {

using json::Writer;

constexpr const char* kSchema =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
constexpr const char* kTop = "SRCROOT";

Writer& number(Writer& out, std::size_t value) {
  return out.integer(static_cast<std::int64_t>(value));
}

void write_text(Writer& out, const char* key, std::string_view text) {
  out.key(key).begin_object().key("text").string(text).end_object();
}

// A path as a URI reference (RFC 3986): what is not unreserved is percent-encoded, so that no byte
// of a name can be taken for a scheme, a query or a line end.
std::string uri_of(const std::string& path) {
  constexpr std::string_view kPlain =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";
  constexpr const char* kDigits = "0123456789ABCDEF";
  std::string uri = path.starts_with('/') ? "file://" : "";
  for (const char c : path) {
    if (kPlain.find(c) != std::string_view::npos) {
      uri += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    uri += {'%', kDigits[byte >> 4U], kDigits[byte & 15U]};
  }
  return uri;
}

void write_artifact(Writer& out, const std::string& path) {
  out.key("artifactLocation").begin_object();
  out.key("uri").string(uri_of(path));
  if (!path.starts_with('/')) out.key("uriBaseId").string(kTop);
  out.end_object();
}

void write_region(Writer& out, const char* key, const Location& location) {
  out.key(key).begin_object();
  number(out.key("startLine"), location.begin.line);
  number(out.key("startColumn"), location.begin.column);
  number(out.key("endLine"), location.end.line);
  number(out.key("endColumn"), location.end.column);
  out.end_object();
}

void write_physical(Writer& out, const std::string& path, const Location& location) {
  out.key("physicalLocation").begin_object();
  write_artifact(out, path);
  write_region(out, "region", location);
  out.end_object();
}

void write_rule(Writer& out, const rules::Rule& rule) {
  out.begin_object();
  out.key("id").string(rule.code);
  out.key("name").string(rule.name);
  write_text(out, "shortDescription", rule.title);
  write_text(out, "fullDescription", rule.why);
  const std::string example = std::string("sdd explain ") + rule.code;
  out.key("help").begin_object();
  out.key("text").string(std::string(rule.why) + "\n\nAn example: " + example);
  out.key("markdown").string(std::string(rule.why) + "\n\nAn example: `" + example + "`");
  out.end_object();
  out.key("defaultConfiguration").begin_object();
  out.key("level").string(rules::to_string(rule.severity)).end_object();
  out.key("properties").begin_object();
  out.key("tags").begin_array().string(rules::family_name(rule)).end_array().end_object();
  out.end_object();
}

void write_fix(Writer& out, const std::string& path, const Located& located) {
  if (located.replacements.empty()) return;
  out.key("fixes").begin_array().begin_object();
  write_text(out, "description", located.finding.fix->title);
  out.key("artifactChanges").begin_array().begin_object();
  write_artifact(out, path);
  out.key("replacements").begin_array();
  for (const Replacement& replacement : located.replacements) {
    out.begin_object();
    write_region(out, "deletedRegion", replacement.location);
    if (!replacement.text.empty()) write_text(out, "insertedContent", replacement.text);
    out.end_object();
  }
  out.end_array().end_object().end_array();
  out.key("properties").begin_object();
  out.key("safety").string(rules::to_string(located.finding.fix->safety)).end_object();
  out.end_object().end_array();
}

void write_location(Writer& out, const std::string& path, const Located& located) {
  const rules::Finding& finding = located.finding;
  out.key("locations").begin_array().begin_object();
  write_physical(out, path, located.location);
  if (!finding.pointer.empty()) {
    out.key("logicalLocations").begin_array().begin_object();
    if (!finding.node.empty()) out.key("name").string(finding.node);
    out.key("fullyQualifiedName").string(finding.pointer);
    out.end_object().end_array();
  }
  out.end_object().end_array();
}

void write_related(Writer& out, const std::string& path, const Located& located) {
  if (located.related.empty()) return;
  out.key("relatedLocations").begin_array();
  for (const LocatedNote& note : located.related) {
    out.begin_object();
    write_physical(out, path, note.location);
    write_text(out, "message", note.message);
    out.end_object();
  }
  out.end_array();
}

void write_result(Writer& out, const std::string& path, const Located& located,
                  std::size_t rule_index) {
  const rules::Finding& finding = located.finding;
  out.begin_object();
  out.key("ruleId").string(finding.rule->code);
  number(out.key("ruleIndex"), rule_index);
  out.key("level").string(rules::to_string(finding.severity));
  write_text(out, "message", message_with_help(finding));
  write_location(out, path, located);
  write_related(out, path, located);
  if (!located.fingerprint.empty()) {
    out.key("partialFingerprints").begin_object();
    out.key("sddFinding/v1").string(located.fingerprint).end_object();
  }
  write_fix(out, path, located);
  out.end_object();
}

std::vector<const rules::Rule*> rules_in(const std::vector<FileReport>& files) {
  std::set<const rules::Rule*> found;
  for (const FileReport& file : files) {
    for (const Located& located : file.findings) found.insert(located.finding.rule);
  }
  std::vector<const rules::Rule*> in_order;
  for (const rules::Rule* rule : rules::all_rules()) {
    if (found.contains(rule)) in_order.push_back(rule);
  }
  return in_order;
}

void write_tool(Writer& out, const FormRun& run, const std::vector<const rules::Rule*>& rules) {
  out.key("tool").begin_object().key("driver").begin_object();
  out.key("name").string("sdd");
  out.key("version").string(run.version);
  out.key("semanticVersion").string(run.version);
  out.key("rules").begin_array();
  for (const rules::Rule* rule : rules) write_rule(out, *rule);
  out.end_array().end_object().end_object();
}

std::string write_sarif(const FormRun& run) {
  const std::vector<const rules::Rule*> rules = rules_in(run.files);
  std::size_t baselined = 0;
  Writer out(run.layout);
  out.begin_object();
  out.key("$schema").string(kSchema);
  out.key("version").string("2.1.0");
  out.key("runs").begin_array().begin_object();
  write_tool(out, run, rules);
  out.key("invocations").begin_array().begin_object();
  out.key("executionSuccessful").boolean(true).end_object().end_array();
  out.key("originalUriBaseIds").begin_object().key(kTop).begin_object();
  write_text(out, "description", "the folder in which sdd was started: the checkout's top");
  out.end_object().end_object();
  out.key("columnKind").string("unicodeCodePoints");
  out.key("results").begin_array();
  for (const FileReport& file : run.files) {
    baselined += file.baselined;
    for (const Located& located : file.findings) {
      const auto at = std::find(rules.begin(), rules.end(), located.finding.rule);
      write_result(out, file.path, located, static_cast<std::size_t>(at - rules.begin()));
    }
  }
  out.end_array();
  out.key("properties").begin_object();
  number(out.key("baselined"), baselined).end_object();
  out.end_object().end_array().end_object();
  return out.text();
}

}  // namespace

constinit const Form kSarif = {.name = "sarif", .shows_fixes = true, .write = write_sarif};

}  // namespace sdd::report
