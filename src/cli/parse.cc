#include "cli/parse.h"

#include <CLI/CLI.hpp>
#include <algorithm>

#include "base/strings.h"
#include "cli/help.h"

namespace sdd::cli {
namespace {

bool has_name(const Option& option, std::string_view word) {
  return word == long_name(option) || word == short_name(option);
}

CLI::Option* add(CLI::App& app, const Option& option) {
  if (option.takes == Takes::kNothing) return app.add_flag(option.name);
  CLI::Option* added = app.add_option(option.name);
  switch (option.takes) {
    case Takes::kArgument:
      added->required()->expected(1);
      break;
    case Takes::kArguments:
      added->expected(-1)->allow_extra_args()->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
      break;
    case Takes::kPerhaps:
      added->expected(0, 1)->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
      break;
    case Takes::kList:
      added->expected(1)->delimiter(',')->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
      break;
    default:
      added->expected(1)->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
  }
  const std::vector<std::string> choices = choices_of(option);
  if (!choices.empty()) {
    added->check(CLI::Validator(
        [choices](std::string& word) {
          const std::vector<std::string_view> names(choices.begin(), choices.end());
          if (std::find(names.begin(), names.end(), word) != names.end()) return std::string();
          return sdd::quote(word) + " is not one of " + join_and(choices);
        },
        ""));
  }
  return added;
}

// What is left over when all options are read: an unknown option, or one argument too many.
Error extra_word(const Command& command, const std::string& word) {
  if (!word.starts_with('-')) {
    return {ErrorKind::kUsage, "unexpected argument " + sdd::quote(word), {}};
  }
  const std::string name = word.substr(0, word.find('='));
  std::vector<std::string> known;
  for (const auto options : {command.options, global_options()}) {
    for (const Option& option : options) {
      if (!is_positional(option)) known.push_back(long_name(option));
    }
  }
  return {ErrorKind::kUsage, "unknown option " + sdd::quote(name),
          nearest(name, {known.begin(), known.end()})};
}

}  // namespace

std::size_t find_command_word(const std::vector<std::string>& words) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (!words[i].starts_with('-') || words[i].size() == 1) return i;
    for (const Option& option : global_options()) {
      if (option.takes == Takes::kValue && has_name(option, words[i])) {
        ++i;
        break;
      }
    }
  }
  return words.size();
}

Result<Arguments> parse(const Command& command, const std::vector<std::string>& words) {
  CLI::App app;
  app.set_help_flag();
  app.allow_extras();
  std::vector<std::pair<const Option*, CLI::Option*>> added;
  for (const auto options : {command.options, global_options()}) {
    for (const Option& option : options) added.emplace_back(&option, add(app, option));
  }
  try {
    std::vector<std::string> reversed(words.rbegin(), words.rend());
    app.parse(reversed);
  } catch (const CLI::ParseError& error) {
    std::string message = error.what();
    if (!message.empty() && message.back() == '.') message.pop_back();
    return fail(ErrorKind::kUsage, printable(message));
  }
  // CLI11 leaves the `--` that ends the options among them.
  std::vector<std::string> extras = app.remaining();
  const auto mark = std::find(extras.begin(), extras.end(), "--");
  if (mark != extras.end()) extras.erase(mark);
  if (!extras.empty()) return tl::unexpected(extra_word(command, extras.front()));
  Arguments arguments;
  for (const auto& [option, result] : added) {
    if (result->count() > 0) {
      arguments.add(is_positional(*option) ? option->name : long_name(*option), result->results());
    }
  }
  return arguments;
}

}  // namespace sdd::cli
