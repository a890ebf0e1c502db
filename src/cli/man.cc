// sdd(1), written from the tables of commands and options in the man macros of roff.
#include <fmt/format.h>

#include <iterator>

#include "base/strings.h"
#include "cli/app.h"
#include "cli/command.h"
#include "cli/help.h"

namespace sdd::cli {
namespace {

struct Named {
  const char* name = "";
  const char* meaning = "";
};

constexpr Named kEnvironment[] = {
    {"SDD_SPECS_DIR", "the specs folder, as --specs-dir"},
    {"SDD_AUTHOR", "who writes journal entries, as --author; else git's user.name"},
    {"CLAUDE_SDD_SCHEMA_CACHE", "a folder with sdd-spec-schema.json, which then is the schema"},
    {"SDD_LEGACY", "the older toolkit's program, which gets the commands that sdd does not have"},
    {"SDD_NOW", "the time that is written, for tests (RFC 3339)"},
    {"NO_COLOR", "no colour, whatever it says"},
    {"GITHUB_STEP_SUMMARY", "where --format github appends a table of all findings"}};

constexpr Named kFiles[] = {
    {".sdd.toml", "what a repository wants to be checked, at its root"},
    {".sdd-baseline.json", "findings that are known and do not fail"},
    {".sdd/",
     "beside the specs: locks, the update log, backups, what repairs and displaced files "
     "keep; git ignores it"}};

// Text that roff prints as it is: what it would take for a request, an escape or a typographic
// character is spelled out, and so is all beyond ASCII.
std::string roff(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const bool begins_line = at == 0 || text[at - 1] == '\n';
    const CodePoint point = decode_utf8(text, at);
    const char c = text[at];
    at += point.length;
    if (begins_line && (c == '.' || c == '\'')) out += "\\&";
    if (point.value >= 0x80) {
      fmt::format_to(std::back_inserter(out), "\\[u{:04X}]", point.value);
    } else if (c == '\\') {
      out += "\\(rs";
    } else if (c == '-') {
      out += "\\-";
    } else if (c == '\'') {
      out += "\\(aq";
    } else if (c == '`') {
      out += "\\(ga";
    } else if (c == '^') {
      out += "\\(ha";
    } else if (c == '~') {
      out += "\\(ti";
    } else {
      out += c;
    }
  }
  return out;
}

void append_named(const char* name, const char* meaning, std::string& out) {
  fmt::format_to(std::back_inserter(out), ".TP\n.B {}\n{}\n", roff(name), roff(meaning));
}

void append_options(std::span<const Option> options, std::string& out) {
  for (const Option& option : options) {
    append_named(label_of(option).c_str(), option.help, out);
  }
}

void append_command(const Command& command, std::string& out) {
  const auto to = std::back_inserter(out);
  fmt::format_to(to, ".SS {}\n{}.\n.PP\n.B {}\n", roff(command.name), roff(command.summary),
                 roff(usage_of(command)));
  if (command.details[0] != '\0') fmt::format_to(to, ".PP\n{}\n", roff(command.details));
  append_options(command.options, out);
  fmt::format_to(to, ".PP\nExample:\n.PP\n.EX\n{}\n.EE\n", roff(command.example));
}

std::string page() {
  std::string out = fmt::format(
      ".\\\" Written by \"sdd man\" from the program's own tables.\n"
      ".TH SDD 1 \"\" \"sdd {0}\" \"User Commands\"\n"
      ".SH NAME\nsdd \\- guards the files of spec\\-driven development\n"
      ".SH SYNOPSIS\n.B sdd\n[\\fIOPTIONS\\fR] \\fICOMMAND\\fR ...\n"
      ".SH DESCRIPTION\n"
      "Specs (JSON: phases, tasks, counts, a journal) and a memory bank (Markdown logs and work\n"
      "items) are written by people, scripts and agents at the same time.\n"
      ".B sdd\nfinds what is damaged, contradictory or missing in them, says where and what to\n"
      "do, and changes them under a lock without losing anything.\n"
      ".SH OPTIONS\nOf every command, before or after its name.\n",
      version());
  append_options(global_options(), out);
  append_named("--help", "what a command does, and its options", out);
  append_named("--version", "the version", out);
  out += ".SH COMMANDS\n";
  for (const Command* command : all_commands()) append_command(*command, out);
  out += ".SH EXIT STATUS\n";
  for (const ExitMeaning& one : exit_meanings()) {
    append_named(std::to_string(one.code).c_str(), one.meaning, out);
  }
  out += ".SH ENVIRONMENT\n";
  for (const Named& one : kEnvironment) append_named(one.name, one.meaning, out);
  out += ".SH FILES\n";
  for (const Named& one : kFiles) append_named(one.name, one.meaning, out);
  return out;
}

Result<int> run_man(const Session& session, const Arguments&) {
  Result<void> printed;
  if (session.json()) {
    json::Writer out = session.writer();
    out.begin_object().key("text").string(page()).end_object();
    printed = session.print(out);
  } else {
    printed = session.print(page());
  }
  if (!printed) return tl::unexpected(printed.error());
  return 0;
}

}  // namespace

extern const Command kMan;
constinit const Command kMan = {
    .name = "man",
    .summary = "the manual page, in roff",
    .details = "It is installed as sdd(1); this prints it where it is not.",
    .example = "sdd man | man -l -",
    .options = {},
    .run = run_man};

}  // namespace sdd::cli
