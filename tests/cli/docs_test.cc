// docs/commands.md and docs/rules/ are written from the tables of commands and rules. This test
// says when they are not as the tables are; SDD_UPDATE_DOCS=1 writes them anew.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <string_view>

#include "base/strings.h"
#include "cli/command.h"
#include "cli/explain.h"
#include "cli/help.h"
#include "rules/table.h"
#include "support.h"

namespace sdd {
namespace {

namespace fs = std::filesystem;

// Relative to docs/, with their text.
using Pages = std::map<std::string, std::string>;

// For a cell of a table: `|` would end it.
std::string cell(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '|') out += '\\';
    out += c;
  }
  return out;
}

std::string first_upper(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') {
    text[0] = static_cast<char>(text[0] - 'a' + 'A');
  }
  return text;
}

std::string options_table(std::span<const cli::Option> options) {
  std::string out = "| option | |\n|---|---|\n";
  for (const cli::Option& option : options) {
    out += "| `" + cell(cli::label_of(option)) + "` | " + cell(option.help) + " |\n";
  }
  return out;
}

std::string commands_page() {
  std::string out =
      "# Commands\n\nWritten from the program's own tables; `sdd COMMAND --help` says the "
      "same.\n\n";
  for (const cli::Command* command : cli::all_commands()) {
    out += "- [`" + std::string(command->name) + "`](#" + command->name + "): " + command->summary +
           "\n";
  }
  out += "\n## Options of every command\n\nBefore or after the command's name.\n\n";
  out += options_table(cli::global_options());
  for (const cli::Command* command : cli::all_commands()) {
    out += "\n## " + std::string(command->name) + "\n\n" + first_upper(command->summary) +
           ".\n\n```\n" + cli::usage_of(*command) + "\n```\n";
    if (command->details[0] != '\0') out += "\n" + std::string(command->details) + "\n";
    if (!command->options.empty()) out += "\n" + options_table(command->options);
    out += "\nExample: `" + std::string(command->example) + "`\n";
  }
  return out;
}

void append_example(const char* heading, const rules::Example& example, std::string& out) {
  for (const rules::ExampleFile& file : example) {
    if (file.path == nullptr) continue;
    out += "\n## " + std::string(heading) + "\n\n`" + file.path + "`:\n\n```text\n";
    for (std::string_view rest = file.text; !rest.empty();) {
      const std::size_t end = std::min(rest.find('\n'), rest.size());
      out += printable(rest.substr(0, end)) + "\n";
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    out += "```\n";
  }
}

std::string fix_of(const rules::Rule& rule) {
  return rule.fix == rules::Safety::kNone ? "–" : rules::to_string(rule.fix);
}

std::string rule_page(const rules::Rule& rule) {
  std::string out =
      "# " + std::string(rule.code) + " " + rule.name + "\n\n" + first_upper(rule.title) +
      ".\n\n| severity | fix | run by |\n|---|---|---|\n| " + rules::to_string(rule.severity) +
      " | " + fix_of(rule) + " | " + join_and(cli::commands_of(rule)) + " |\n\n" + rule.why + "\n";
  append_example("Bad", rule.bad, out);
  append_example("Good", rule.good, out);
  return out;
}

std::string rules_index() {
  std::string out =
      "# Rules\n\nWritten from the program's own table; `sdd rules` and `sdd explain CODE` say the "
      "same.\n\nFix: *safe* has one possible result, computed from the files, and changes no "
      "statement; *unsafe* chooses a\nstatus, a type or a parent and says so; *plan* is printed, a "
      "person decides; *repair* needs the proof that\n`sdd repair` gives.\n";
  std::string_view family;
  for (const rules::Rule* rule : rules::all_rules()) {
    if (family != rules::family_name(*rule)) {
      family = rules::family_name(*rule);
      out += "\n## " + first_upper(std::string(family)) +
             "\n\n| code | name | severity | fix | what is wrong |\n|---|---|---|---|---|\n";
    }
    const std::string code = rule->code;
    out += "| [" + code + "](" + code + ".md) | " + rule->name + " | " +
           rules::to_string(rule->severity) + " | " + fix_of(*rule) + " | " + cell(rule->title) +
           " |\n";
  }
  return out;
}

Pages generated_pages() {
  Pages pages = {{"commands.md", commands_page()}, {"rules/README.md", rules_index()}};
  for (const rules::Rule* rule : rules::all_rules()) {
    pages["rules/" + std::string(rule->code) + ".md"] = rule_page(*rule);
  }
  return pages;
}

Pages pages_there(const fs::path& docs) {
  Pages pages = {{"commands.md", test::read_bytes(docs / "commands.md")}};
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(docs / "rules", none)) {
    pages["rules/" + entry.path().filename().string()] = test::read_bytes(entry.path());
  }
  return pages;
}

TEST(Docs, are_as_the_tables_of_commands_and_rules) {
  const fs::path docs = test::source_dir() / "docs";
  const Pages generated = generated_pages();
  if (std::getenv("SDD_UPDATE_DOCS") != nullptr) {
    fs::remove_all(docs / "rules");
    fs::create_directories(docs / "rules");
    for (const auto& [name, text] : generated) std::ofstream(docs / name, std::ios::binary) << text;
  }
  const Pages there = pages_there(docs);
  for (const auto& [name, text] : generated) {
    const auto found = there.find(name);
    EXPECT_TRUE(found != there.end() && found->second == text)
        << "docs/" << name << " is out of date; SDD_UPDATE_DOCS=1 with this test writes it anew";
  }
  for (const auto& [name, text] : there) {
    EXPECT_TRUE(generated.count(name) != 0) << "docs/" << name << " belongs to nothing";
  }
}

}  // namespace
}  // namespace sdd
