#include "cli/help.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string_view>

namespace sdd::cli {
namespace {

constexpr ExitMeaning kExitMeanings[] = {{0, "clean or done"},  {1, "warnings"}, {2, "errors"},
                                         {3, "could not work"}, {4, "busy"},     {5, "refused"}};

std::string exit_codes() {
  std::string out;
  for (const ExitMeaning& one : kExitMeanings) {
    out += fmt::format("{}{} {}", out.empty() ? "Exit codes: " : ", ", one.code, one.meaning);
  }
  return out + ".\n";
}

void append_options(std::span<const Option> options, std::string& out) {
  for (const Option& option : options) {
    fmt::format_to(std::back_inserter(out), "  {:<28} {}\n", label_of(option), option.help);
  }
}

}  // namespace

std::span<const ExitMeaning> exit_meanings() { return kExitMeanings; }

bool is_positional(const Option& option) { return option.name[0] != '-'; }

std::string long_name(const Option& option) {
  const std::string_view names = option.name;
  const std::size_t comma = names.find(',');
  return std::string(comma == std::string_view::npos ? names : names.substr(comma + 1));
}

std::string short_name(const Option& option) {
  const std::string_view names = option.name;
  const std::size_t comma = names.find(',');
  return std::string(comma == std::string_view::npos ? std::string_view() : names.substr(0, comma));
}

std::vector<std::string> choices_of(const Option& option) {
  std::vector<std::string> choices;
  std::string_view rest = option.value == nullptr ? "" : option.value;
  if (rest.find('|') == std::string_view::npos) return choices;
  while (!rest.empty()) {
    const std::size_t bar = std::min(rest.find('|'), rest.size());
    choices.emplace_back(rest.substr(0, bar));
    rest.remove_prefix(std::min(bar + 1, rest.size()));
  }
  return choices;
}

std::string label_of(const Option& option) {
  std::string label = option.name;
  const std::size_t comma = label.find(',');
  if (comma != std::string::npos) label.insert(comma + 1, " ");
  if (option.value != nullptr) label += fmt::format(" {}", option.value);
  return label;
}

std::string usage_of(const Command& command) {
  std::string usage = fmt::format("sdd {} [OPTIONS]", command.name);
  for (const Option& option : command.options) {
    if (option.takes == Takes::kArgument) usage += fmt::format(" {}", option.name);
    if (option.takes == Takes::kOptional) usage += fmt::format(" [{}]", option.name);
    if (option.takes == Takes::kArguments) usage += fmt::format(" [{}…]", option.name);
  }
  return usage;
}

std::string overview() {
  std::string out =
      "sdd guards the files of spec-driven development: spec JSON and the memory bank.\n\n"
      "Usage: sdd [OPTIONS] COMMAND …\n\nCommands:\n";
  for (const Command* command : all_commands()) {
    fmt::format_to(std::back_inserter(out), "  {:<16} {}\n", command->name, command->summary);
  }
  out += "\nOptions of every command, before or after its name:\n";
  append_options(global_options(), out);
  out += "  --help, --version\n\n";
  out += exit_codes();
  out += "More about a command: sdd COMMAND --help. About a rule: sdd explain SDD302.\n";
  return out;
}

std::string help_of(const Command& command) {
  std::string out =
      fmt::format("{}: {}\n\nUsage: {}\n", command.name, command.summary, usage_of(command));
  if (command.details[0] != '\0') out += fmt::format("\n{}\n", command.details);
  if (!command.options.empty()) {
    out += "\nOptions:\n";
    append_options(command.options, out);
  }
  out += "\nOptions of every command:\n";
  append_options(global_options(), out);
  out += fmt::format("\nExample:\n  {}\n\n{}", command.example, exit_codes());
  return out;
}

}  // namespace sdd::cli
