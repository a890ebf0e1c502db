#include "cli/app.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstdio>

#include "base/strings.h"
#include "base/time.h"
#include "cli/command.h"
#include "cli/help.h"
#include "cli/legacy.h"
#include "cli/parse.h"
#include "json/writer.h"
#include "report/form.h"

namespace sdd::cli {
namespace {

bool contains(const std::vector<std::string>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// Whether JSON was asked for, also where the command line as a whole makes no sense.
bool wants_json(const std::vector<std::string>& words) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] == "--json" || words[i] == "--format=json") return true;
    if (words[i] == "--format" && i + 1 < words.size() && words[i + 1] == "json") return true;
  }
  return false;
}

int print_failure(const Error& error, const std::vector<std::string>& words,
                  const Command* command = nullptr) {
  const bool has_own = command != nullptr && command->failure != 0;
  const int code = has_own ? command->failure : exit_code(error.kind);
  if (wants_json(words)) {
    json::Writer out(contains(words, "--no-compact") ? json::Writer::kIndented
                                                     : json::Writer::kCompact);
    out.begin_object().key("success").boolean(false);
    out.key("error").begin_object();
    out.key("code").integer(code);
    out.key("kind").string(to_string(error.kind));
    out.key("message").string(error.message);
    if (!error.candidates.empty()) {
      out.key("candidates").begin_array();
      for (const std::string& candidate : error.candidates) out.string(candidate);
      out.end_array();
    }
    if (error.holder) {
      out.key("holder").begin_object();
      out.key("pid").integer(error.holder->pid);
      out.key("host").string(error.holder->host);
      out.key("command").string(error.holder->command);
      out.key("ids").begin_array();
      for (const std::string& id : error.holder->ids) out.string(id);
      out.end_array();
      out.key("since").string(error.holder->since);
      out.end_object();
    }
    out.end_object().end_object();
    std::printf("%s\n", out.text().c_str());
    return code;
  }
  std::fprintf(stderr, "sdd: error: %s\n", error.message.c_str());
  if (!error.candidates.empty()) {
    std::vector<std::string> names;
    for (const std::string& candidate : error.candidates) names.push_back(sdd::quote(candidate));
    std::fprintf(stderr, "  did you mean %s?\n", join_or(names).c_str());
  }
  return code;
}

Error unknown_command(const std::string& name) {
  if (is_legacy_command(name)) {
    return {ErrorKind::kLegacy,
            sdd::quote(name) +
                " belongs to the older toolkit; set SDD_LEGACY to the path of that "
                "program to have such commands handed on",
            {}};
  }
  std::vector<std::string_view> names;
  for (const Command* command : all_commands()) names.emplace_back(command->name);
  return {ErrorKind::kUsage, "unknown command " + sdd::quote(name), nearest(name, names)};
}

Error unfit_form(const Command& command, const report::Form& form) {
  std::vector<std::string> fitting;
  for (const Command* other : all_commands()) {
    if (other->tells_findings) fitting.emplace_back(other->name);
  }
  return {ErrorKind::kUsage,
          fmt::format("{} has no form '{}', only text and json; {} have", sdd::quote(command.name),
                      form.name, join_and(fitting)),
          {}};
}

Result<int> run_command(const Command& command, const std::vector<std::string>& words) {
  const auto arguments = parse(command, words);
  if (!arguments) return tl::unexpected(arguments.error());
  const auto clock = check_clock();
  if (!clock) return tl::unexpected(clock.error());
  const auto session = Session::of(*arguments);
  if (!session) return tl::unexpected(session.error());
  if (session->form() != nullptr && !command.tells_findings) {
    return tl::unexpected(unfit_form(command, *session->form()));
  }
  return command.run(*session, *arguments);
}

}  // namespace

const char* version() { return SDD_VERSION; }

int run(const std::vector<std::string>& words) {
  const std::size_t at = find_command_word(words);
  if (at == words.size()) {
    if (contains(words, "--version")) {
      std::printf("sdd %s\n", version());
      return 0;
    }
    const bool asked = contains(words, "--help") || contains(words, "-h");
    std::fputs(overview().c_str(), asked ? stdout : stderr);
    return asked ? 0 : exit_code(ErrorKind::kUsage);
  }
  const Command* command = find_command(words[at]);
  if (command == nullptr) {
    if (const auto handed_on = hand_to_legacy(words)) return print_failure(*handed_on, words);
    return print_failure(unknown_command(words[at]), words);
  }
  std::vector<std::string> rest = words;
  rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(at));
  const auto options_end = std::find(rest.begin(), rest.end(), "--");
  if (std::find(rest.begin(), options_end, "--help") != options_end ||
      std::find(rest.begin(), options_end, "-h") != options_end) {
    std::fputs(help_of(*command).c_str(), stdout);
    return 0;
  }
  const Result<int> code = run_command(*command, rest);
  return code ? *code : print_failure(code.error(), words, command);
}

}  // namespace sdd::cli
