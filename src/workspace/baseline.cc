#include "workspace/baseline.h"

#include <fmt/core.h>

#include <optional>
#include <utility>

#include "base/strings.h"
#include "json/limits.h"
#include "json/scan.h"
#include "json/tree.h"
#include "json/writer.h"
#include "text/source_text.h"
#include "workspace/read_file.h"
#include "workspace/replace_file.h"

namespace sdd::workspace {
namespace {

using report::FileReport;
using report::Fingerprint;

constexpr std::string_view kSchemaName = "sdd-baseline/1";

// Reads one element of "findings"; nullopt when it is none.
std::optional<Fingerprint> fingerprint_of(json::Value value) {
  Fingerprint print;
  for (const json::Member member : value.members()) {
    const std::string_view key = member.key.string();
    if (key == "nth") {
      const auto nth = member.value.integer();
      if (!nth || *nth < 1) return std::nullopt;
      print.nth = static_cast<std::size_t>(*nth);
      continue;
    }
    std::string* to = key == "file"    ? &print.file
                      : key == "code"  ? &print.code
                      : key == "at"    ? &print.at
                      : key == "names" ? &print.names
                                       : nullptr;
    if (to == nullptr || !member.value.is_string()) return std::nullopt;
    *to = member.value.string();
  }
  if (print.code.empty()) return std::nullopt;
  return print;
}

// One finding, on one line.
void append_line(const Fingerprint& print, std::string& out) {
  json::Writer line(json::Writer::kCompact);
  line.begin_object();
  line.key("file").string(print.file);
  line.key("code").string(print.code);
  if (!print.at.empty()) line.key("at").string(print.at);
  if (!print.names.empty()) line.key("names").string(print.names);
  if (print.nth > 1) line.key("nth").integer(static_cast<std::int64_t>(print.nth));
  line.end_object();
  out += line.text();
}

// What was found, file by file, so that the lines of the baseline can be told from it.
class Sighting {
 public:
  Sighting(const std::vector<FileReport>& reports, const BaselineScope& scope) : scope_(scope) {
    for (const FileReport& report : reports) {
      const std::string name = scope.name(report);
      files_.insert(name);
      if (report.damaged) damaged_.insert(name);
      prints_.push_back(report::fingerprints(name, report.findings));
      found_.insert(prints_.back().begin(), prints_.back().end());
    }
  }

  const std::set<Fingerprint>& found() const { return found_; }
  const Fingerprint& print(std::size_t report, std::size_t finding) const {
    return prints_[report][finding];
  }
  bool is_gone(const Fingerprint& known) const {
    return !found_.contains(known) && scope_.rule_ran(known.code) &&
           !damaged_.contains(known.file) && (scope_.all_files || files_.contains(known.file));
  }

 private:
  const BaselineScope& scope_;
  std::set<std::string> files_;
  std::set<std::string> damaged_;  // most rules could not look at these
  std::vector<std::vector<Fingerprint>> prints_;
  std::set<Fingerprint> found_;
};

// Counts the findings that are known, and takes them out.
std::size_t take_out(std::vector<FileReport>& reports, const Sighting& seen,
                     const std::set<Fingerprint>& known) {
  std::size_t taken = 0;
  for (std::size_t i = 0; i < reports.size(); ++i) {
    FileReport& report = reports[i];
    std::vector<report::Located> rest;
    for (std::size_t j = 0; j < report.findings.size(); ++j) {
      if (!known.contains(seen.print(i, j))) rest.push_back(std::move(report.findings[j]));
    }
    report.baselined += report.findings.size() - rest.size();
    taken += report.findings.size() - rest.size();
    report.findings = std::move(rest);
  }
  return taken;
}

}  // namespace

Result<Baseline> Baseline::read(const std::filesystem::path& file) {
  std::string bytes;
  const auto read = read_file(file, json::Limits{}.max_bytes, bytes);
  if (!read) return tl::unexpected(read.error());
  return of_text(file.string(), std::move(bytes));
}

Result<Baseline> Baseline::of_text(const std::string& path, std::string bytes) {
  const SourceText source(path, std::move(bytes));
  const auto fail_at = [&](Span span, std::string_view message) {
    const Position place = source.position(span.begin);
    return fail(ErrorKind::kUsage, fmt::format("{}:{}:{}: this is no baseline: {}", printable(path),
                                               place.line, place.column, message));
  };
  json::Parser parser;
  json::Tree tree;
  if (!parser.parse(source.bytes(), tree)) {
    const auto damage = json::scan(source.bytes());
    return fail_at(damage ? damage->span : Span{},
                   (damage ? damage->message : "no JSON") +
                       " (after a merge keep the lines of both sides, or write it anew)");
  }
  const json::Value schema = tree.root().find("schema");
  if (schema.string() != kSchemaName) {
    return fail_at(schema ? schema.span() : Span{},
                   fmt::format("its schema is not '{}'", kSchemaName));
  }
  const json::Value findings = tree.root().find("findings");
  if (!findings.is_array()) return fail_at(findings.span(), "it has no list of findings");
  Baseline baseline;
  for (const json::Value element : findings.elements()) {
    auto print = fingerprint_of(element);
    if (!print) return fail_at(element.span(), "this is not a finding");
    baseline.known_.insert(std::move(*print));
  }
  return baseline;
}

Comparison Baseline::compare(std::vector<FileReport>& reports, const BaselineScope& scope) const {
  const Sighting seen(reports, scope);
  Comparison result;
  for (const Fingerprint& known : known_) result.gone += seen.is_gone(known) ? 1U : 0U;
  for (const Fingerprint& print : seen.found()) result.added += known_.contains(print) ? 0U : 1U;
  result.baselined = take_out(reports, seen, known_);
  return result;
}

Comparison Baseline::renew(std::vector<FileReport>& reports, const BaselineScope& scope) {
  const Sighting seen(reports, scope);
  Comparison result;
  result.gone = std::erase_if(known_, [&](const Fingerprint& p) { return seen.is_gone(p); });
  for (const Fingerprint& print : seen.found())
    result.added += known_.insert(print).second ? 1U : 0U;
  result.baselined = take_out(reports, seen, known_);
  return result;
}

std::string Baseline::text() const {
  std::string out = "{\n\"schema\": \"";
  out += kSchemaName;
  out += "\",\n\"tool\": \"sdd\",\n\"findings\": [";
  const char* between = "\n";
  for (const Fingerprint& print : known_) {
    out += between;
    append_line(print, out);
    between = ",\n";
  }
  return out + "\n]\n}\n";
}

Result<void> Baseline::write(const std::filesystem::path& file) const {
  return replace_file(file, text());
}

}  // namespace sdd::workspace
