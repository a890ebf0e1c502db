#include "cli/explain.h"

#include <fmt/core.h>

#include "base/strings.h"
#include "cli/answer.h"
#include "cli/columns.h"
#include "cli/command.h"
#include "rules/table.h"

namespace sdd::cli {
namespace {

constexpr Option kExplainOptions[] = {
    {"RULE", Takes::kArgument, nullptr, "a rule's code (SDD302) or name (completed-mismatch)"},
};

constexpr std::size_t kWidth = 96;

Result<const rules::Rule*> rule_of(const std::string& word) {
  if (const rules::Rule* rule = rules::find_rule(word)) return rule;
  Error unknown = rules::unknown_rule(word);
  unknown.kind = ErrorKind::kNotFound;
  return tl::unexpected(std::move(unknown));
}

void write_example(const rules::Example& example, json::Writer& out) {
  out.begin_array();
  for (const rules::ExampleFile& file : example) {
    if (file.path == nullptr) continue;
    out.begin_object();
    out.key("path").string(file.path);
    out.key("text").string(file.text);
    out.end_object();
  }
  out.end_array();
}

void write_json(const rules::Rule& rule, json::Writer& out) {
  out.begin_object();
  out.key("code").string(rule.code);
  out.key("name").string(rule.name);
  out.key("severity").string(rules::to_string(rule.severity));
  out.key("fix").string(rules::to_string(rule.fix));
  out.key("title").string(rule.title);
  out.key("why").string(rule.why);
  out.key("bad");
  write_example(rule.bad, out);
  out.key("good");
  write_example(rule.good, out);
  out.key("commands").begin_array();
  for (const std::string& name : commands_of(rule)) out.string(name);
  out.end_array().end_object();
}

// `text` in lines of at most kWidth code points, broken at blanks.
std::string wrapped(std::string_view text) {
  std::string out;
  std::size_t width = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    const std::size_t length = count_code_points(word);
    if (width > 0) {
      const bool fits = width + 1 + length <= kWidth;
      out += fits ? ' ' : '\n';
      width = fits ? width + 1 : 0;
    }
    out += word;
    width += length;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out + '\n';
}

void append_example(const char* heading, const rules::Example& example, std::string& out) {
  for (const rules::ExampleFile& file : example) {
    if (file.path == nullptr) continue;
    out += fmt::format("\n{} ({})\n", heading, file.path);
    for (std::string_view rest = file.text; !rest.empty();) {
      const std::size_t end = std::min(rest.find('\n'), rest.size());
      out += fmt::format("  {}\n", printable(rest.substr(0, end)));
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
}

std::string text_of(const rules::Rule& rule, bool color) {
  std::string out = fmt::format(
      "{} {}: {}\n{}, {}; run by {}\n\n{}", painted(rule.code, Color::kBold, color),
      painted(rule.name, Color::kBold, color), rule.title, rules::to_string(rule.severity),
      rule.fix == rules::Safety::kNone ? std::string("no fix")
                                       : fmt::format("fix: {}", rules::to_string(rule.fix)),
      join_and(commands_of(rule)), wrapped(rule.why));
  append_example("Bad", rule.bad, out);
  append_example("Good", rule.good, out);
  return out;
}

Result<int> run_explain(const Session& session, const Arguments& arguments) {
  const auto rule = rule_of(arguments.text("RULE"));
  if (!rule) return tl::unexpected(rule.error());
  return answer(
      session, [&](json::Writer& out) { write_json(**rule, out); },
      [&] { return text_of(**rule, session.color()); });
}

}  // namespace

std::vector<std::string> commands_of(const rules::Rule& rule) {
  // It is about a commit, not about files.
  if (std::string_view(rule.code) == "SDD907") return {"check-merge"};
  constexpr std::pair<const char*, rules::Purpose> kRuns[] = {
      {"validate", rules::Purpose::kValidate},
      {"check-journaling", rules::Purpose::kJournaling},
      {"check", rules::Purpose::kCheck}};
  std::vector<std::string> names;
  for (const auto& [name, purpose] : kRuns) {
    if (find_command(name) != nullptr && rules::belongs(rule, purpose)) names.emplace_back(name);
  }
  return names;
}

extern const Command kExplain;
constinit const Command kExplain = {
    .name = "explain",
    .summary = "what a rule finds, why that is wrong, and an example of each",
    .details = "",
    .example = "sdd explain SDD302",
    .options = kExplainOptions,
    .run = run_explain};

}  // namespace sdd::cli
