// Completions for shells, written from the tables of commands and options: a text with gaps for
// each shell, filled from the tables.
//
// What each shell is told is the same: the commands; behind a command its options and those of
// every command; the choices of an option or argument that has some; spec ids for SPEC; and names
// of files for everything else. Spec ids come from `sdd list-specs`, which looks where the user is.
#include <fmt/format.h>

#include <iterator>
#include <map>
#include <string_view>
#include <vector>

#include "cli/command.h"
#include "cli/help.h"

namespace sdd::cli {
namespace {

constexpr Option kCompletionsOptions[] = {
    {"SHELL", Takes::kArgument, "bash|zsh|fish", "the shell"},
};

using Gaps = std::map<std::string, std::string>;

// `text` with the lines or words "@NAME@" replaced.
std::string filled(std::string_view text, const Gaps& gaps) {
  std::string out;
  while (!text.empty()) {
    const std::size_t begin = text.find('@');
    const std::size_t end =
        begin == std::string_view::npos ? std::string_view::npos : text.find('@', begin + 1);
    const auto gap = end == std::string_view::npos
                         ? gaps.end()
                         : gaps.find(std::string(text.substr(begin + 1, end - begin - 1)));
    if (gap == gaps.end()) {
      const std::size_t next = begin == std::string_view::npos ? text.size() : begin + 1;
      out += text.substr(0, next);
      text.remove_prefix(next);
      continue;
    }
    out += text.substr(0, begin);
    out += gap->second;
    text.remove_prefix(end + 1);
  }
  return out;
}

bool takes_value(const Option& option) {
  return option.takes == Takes::kValue || option.takes == Takes::kList;
}

bool is_spec(const Option& option) { return std::string_view(option.name) == "SPEC"; }

std::string joined(const std::vector<std::string>& words, const char* between = " ") {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : between) + word;
  return out;
}

std::vector<std::string> command_names() {
  std::vector<std::string> names;
  for (const Command* command : all_commands()) names.emplace_back(command->name);
  return names;
}

// Every name of the options among `options`, positionals left out.
std::string names_of(std::span<const Option> options) {
  std::vector<std::string> names;
  for (const Option& option : options) {
    if (is_positional(option)) continue;
    names.push_back(long_name(option));
    if (const std::string brief = short_name(option); !brief.empty()) names.push_back(brief);
  }
  return joined(names);
}

// `text` with every character of `special` behind a backslash; a single quote as `quote`.
std::string escaped(std::string_view text, std::string_view special, std::string_view quote) {
  std::string out;
  for (const char c : text) {
    if (c == '\'') {
      out += quote;
      continue;
    }
    if (special.find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

// bash

constexpr std::string_view kBash =
    R"shell(# bash completion for sdd, written by "sdd completions bash".

_sdd_specs() {
  sdd list-specs --json 2>/dev/null | grep -o '"spec_id":"[^"]*"' | cut -d '"' -f 4
}

_sdd_takes_value() {
  case $1 in
@VALUED@      return 0 ;;
  esac
  return 1
}

_sdd() {
  local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
  local command='' words='' place=0 i
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; ++i)); do
    if _sdd_takes_value "$command ${COMP_WORDS[i]}"; then
      ((++i))
    elif [[ ${COMP_WORDS[i]} == -* ]]; then
      :
    elif [[ -z $command ]]; then
      command=${COMP_WORDS[i]}
    else
      ((++place))
    fi
  done
  if [[ $before == -* ]]; then
    case "$command $before" in
@VALUES@    esac
  fi
  if [[ -n $words ]]; then
    :
  elif _sdd_takes_value "$command $before"; then
    return # the name of a file, as the shell completes it
  elif [[ $current == -* ]]; then
    case $command in
@OPTIONS@    esac
    words="$words @GLOBALS@ --help"
  elif [[ -z $command ]]; then
    words='@COMMANDS@'
  else
    case "$command $place" in
@ARGUMENTS@    esac
  fi
  [[ -z $words ]] || mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
}

complete -o bashdefault -o default -F _sdd sdd
)shell";

// The options that take a value, and the choices of those that have some. `pattern` is what stands
// in front of an option's name: the command, or what fits each of them.
struct BashValues {
  std::vector<std::string> valued;
  std::string choices;

  void add(const std::string& pattern, std::span<const Option> options) {
    for (const Option& option : options) {
      if (is_positional(option) || !takes_value(option)) continue;
      valued.push_back(pattern + "' " + long_name(option) + "'");
      const std::vector<std::string> words = choices_of(option);
      if (words.empty()) continue;
      fmt::format_to(std::back_inserter(choices), "      {}) words='{}' ;;\n", valued.back(),
                     joined(words));
    }
  }
};

void append_bash_arguments(const Command& command, std::string& out) {
  std::size_t place = 0;
  for (const Option& option : command.options) {
    if (!is_positional(option)) continue;
    const std::vector<std::string> choices = choices_of(option);
    const std::string words = !choices.empty()  ? "'" + joined(choices) + "'"
                              : is_spec(option) ? "$(_sdd_specs)"
                                                : "";
    const bool repeats = option.takes == Takes::kArguments;
    if (!words.empty()) {
      fmt::format_to(std::back_inserter(out), "      '{} '{}) words={} ;;\n", command.name,
                     repeats ? "*" : std::to_string(place), words);
    }
    ++place;
  }
}

std::string bash() {
  std::string options;
  std::string arguments;
  BashValues values;
  for (const Command* command : all_commands()) {
    fmt::format_to(std::back_inserter(options), "      {}) words='{}' ;;\n", command->name,
                   names_of(command->options));
    values.add(command->name, command->options);
    append_bash_arguments(*command, arguments);
  }
  values.add("*", global_options());
  return filled(kBash, {{"VALUED", "    " + joined(values.valued, " | \\\n    ") + ")\n"},
                        {"VALUES", values.choices},
                        {"OPTIONS", options},
                        {"GLOBALS", names_of(global_options())},
                        {"COMMANDS", joined(command_names())},
                        {"ARGUMENTS", arguments}});
}

// zsh

constexpr std::string_view kZsh = R"shell(#compdef sdd
# zsh completion for sdd, written by "sdd completions zsh".

_sdd_specs() {
  local -a specs
  specs=(${(f)"$(sdd list-specs --json 2>/dev/null | grep -o '"spec_id":"[^"]*"' | cut -d '"' -f 4)"})
  _describe -t specs 'spec' specs || _files
}

_sdd() {
  local curcontext=$curcontext state line
  local -a commands globals
  commands=(
@COMMANDS@  )
  globals=(
@GLOBALS@    '--help[what the command does]'
  )
  _arguments -C $globals '1:command:->command' '*::argument:->argument'
  case $state in
    command) _describe -t commands 'sdd command' commands ;;
    argument)
      case $line[1] in
@CASES@      esac
      ;;
  esac
}

if [[ $funcstack[1] == _sdd ]]; then _sdd "$@"; else compdef _sdd sdd; fi
)shell";

std::string zsh_text(std::string_view text) { return escaped(text, "\\[]:", "'\\''"); }

// What completes a value or an argument.
std::string zsh_action(const Option& option) {
  const std::vector<std::string> choices = choices_of(option);
  if (!choices.empty()) return "(" + joined(choices) + ")";
  return is_spec(option) ? "_sdd_specs" : "_files";
}

void append_zsh_options(std::span<const Option> options, const char* indent, std::string& out) {
  const auto to = std::back_inserter(out);
  for (const Option& option : options) {
    if (is_positional(option)) {
      const char* place = option.takes == Takes::kArguments  ? "*:"
                          : option.takes == Takes::kOptional ? "::"
                                                             : ":";
      fmt::format_to(to, "{}'{}{}:{}'", indent, place, zsh_text(option.name), zsh_action(option));
    } else {
      const bool is_list = option.takes == Takes::kList;
      fmt::format_to(to, "{}'{}{}[{}]{}'", indent, is_list ? "*" : "", long_name(option),
                     zsh_text(option.help),
                     takes_value(option) ? ":value:" + zsh_action(option) : "");
    }
  }
}

std::string zsh() {
  std::string commands;
  std::string globals;
  std::string cases;
  append_zsh_options(global_options(), "\n    ", globals);
  for (const Command* command : all_commands()) {
    fmt::format_to(std::back_inserter(commands), "    '{}:{}'\n", command->name,
                   zsh_text(command->summary));
    fmt::format_to(std::back_inserter(cases), "        {}) _arguments $globals", command->name);
    append_zsh_options(command->options, " \\\n          ", cases);
    cases += " ;;\n";
  }
  return filled(kZsh,
                {{"COMMANDS", commands}, {"GLOBALS", globals.substr(1) + "\n"}, {"CASES", cases}});
}

// fish

constexpr std::string_view kFish =
    R"shell(# fish completion for sdd, written by "sdd completions fish".

function __sdd_specs
    sdd list-specs --json 2>/dev/null | string match -ar '"spec_id":"[^"]*"' | string replace -r '.*:"(.*)"' '$1'
end

@LINES@)shell";

std::string fish_text(std::string_view text) { return "'" + escaped(text, "\\", "\\'") + "'"; }

void append_fish_options(const std::string& condition, std::span<const Option> options,
                         std::string& out) {
  const auto to = std::back_inserter(out);
  for (const Option& option : options) {
    const std::vector<std::string> choices = choices_of(option);
    const std::string words = choices.empty() ? "" : " -a " + fish_text(joined(choices));
    if (is_positional(option)) {
      if (!words.empty()) fmt::format_to(to, "complete -c sdd{} -f{}\n", condition, words);
      if (is_spec(option)) fmt::format_to(to, "complete -c sdd{} -a '(__sdd_specs)'\n", condition);
      continue;
    }
    const std::string brief = short_name(option);
    fmt::format_to(to, "complete -c sdd{}{} -l {}{}{} -d {}\n", condition,
                   brief.empty() ? "" : " -s " + brief.substr(1), long_name(option).substr(2),
                   !takes_value(option) ? ""
                   : choices.empty()    ? " -r"
                                        : " -x",
                   words, fish_text(option.help));
  }
}

std::string fish() {
  std::string lines;
  append_fish_options("", global_options(), lines);
  for (const Command* command : all_commands()) {
    fmt::format_to(std::back_inserter(lines),
                   "complete -c sdd -n __fish_use_subcommand -f -a {} -d {}\n", command->name,
                   fish_text(command->summary));
  }
  for (const Command* command : all_commands()) {
    append_fish_options(fmt::format(" -n '__fish_seen_subcommand_from {}'", command->name),
                        command->options, lines);
  }
  return filled(kFish, {{"LINES", lines}});
}

Result<int> run_completions(const Session& session, const Arguments& arguments) {
  const std::string shell = arguments.text("SHELL");
  const std::string text = shell == "bash" ? bash() : shell == "zsh" ? zsh() : fish();
  Result<void> printed;
  if (session.json()) {
    json::Writer out = session.writer();
    out.begin_object().key("text").string(text).end_object();
    printed = session.print(out);
  } else {
    printed = session.print(text);
  }
  if (!printed) return tl::unexpected(printed.error());
  return 0;
}

}  // namespace

extern const Command kCompletions;
constinit const Command kCompletions = {
    .name = "completions",
    .summary = "what makes a shell complete sdd's commands, options and spec ids",
    .details =
        "The Debian package installs them. Elsewhere: eval \"$(sdd completions bash)\" in\n"
        "~/.bashrc, the same with zsh in ~/.zshrc behind compinit, and for fish the text as\n"
        "~/.config/fish/completions/sdd.fish.",
    .example = "sdd completions bash > ~/.local/share/bash-completion/completions/sdd",
    .options = kCompletionsOptions,
    .run = run_completions};

}  // namespace sdd::cli
