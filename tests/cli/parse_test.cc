#include "cli/parse.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace sdd::cli {
namespace {

using Words = std::vector<std::string>;

constexpr Option kParsedOptions[] = {
    {"SPEC", Takes::kArgument, nullptr, "a spec"},
    {"TASK", Takes::kOptional, nullptr, "a task"},
    {"--all", Takes::kNothing, nullptr, "all"},
    {"--select", Takes::kList, "CODES", "rules"},
    {"--fail-on", Takes::kValue, "error|never", "when"},
    {"-n,--number", Takes::kValue, "N", "a number"},
};

constexpr Option kParsedMany[] = {{"SPEC", Takes::kArguments, nullptr, "specs"}};

Command command_with(std::span<const Option> options) {
  return {"demo", "a demo", "", "sdd demo", options, nullptr};
}

Result<Arguments> parsed(const Words& words) { return parse(command_with(kParsedOptions), words); }

// The message of the failure, with what was probably meant behind it.
std::string refused(const Words& words) {
  const auto arguments = parsed(words);
  if (arguments) return "not refused";
  EXPECT_EQ(arguments.error().kind, ErrorKind::kUsage);
  std::string text = arguments.error().message;
  for (const std::string& candidate : arguments.error().candidates) text += " " + candidate;
  return text;
}

TEST(Parse, reads_positionals_options_and_global_options_in_any_order) {
  const auto arguments =
      parsed({"--json", "a", "--all", "-n", "3", "b", "--path", "root", "--select=X,Y", "-q",
              "--select", "Z", "--fail-on", "error", "--fail-on=never"});
  ASSERT_TRUE(arguments) << arguments.error().message;
  EXPECT_EQ(arguments->text("SPEC"), "a");
  EXPECT_EQ(arguments->text("TASK"), "b");
  EXPECT_TRUE(arguments->has("--all"));
  EXPECT_TRUE(arguments->has("--json"));
  EXPECT_TRUE(arguments->has("--quiet"));
  EXPECT_EQ(arguments->text("--path"), "root");
  EXPECT_EQ(arguments->list("--select"), (Words{"X", "Y", "Z"}));
  EXPECT_EQ(arguments->text("--fail-on"), "never");
  EXPECT_EQ(*arguments->number("--number"), std::size_t{3});
  EXPECT_FALSE(arguments->has("--verbose"));
  EXPECT_EQ(arguments->text("--specs-dir"), "");
}

TEST(Parse, takes_what_stands_behind_two_dashes_as_arguments) {
  const auto arguments = parsed({"--", "-strange-name"});
  ASSERT_TRUE(arguments) << arguments.error().message;
  EXPECT_EQ(arguments->text("SPEC"), "-strange-name");
}

TEST(Parse, takes_many_arguments_and_none) {
  const auto many = parse(command_with(kParsedMany), {"a", "b", "--json", "c"});
  ASSERT_TRUE(many);
  EXPECT_EQ(many->list("SPEC"), (Words{"a", "b", "c"}));
  const auto none = parse(command_with(kParsedMany), {});
  ASSERT_TRUE(none);
  EXPECT_FALSE(none->has("SPEC"));
}

TEST(Parse, says_what_is_wrong_and_what_was_probably_meant) {
  EXPECT_EQ(refused({}), "SPEC is required");
  EXPECT_EQ(refused({"a", "b", "c"}), "unexpected argument 'c'");
  EXPECT_EQ(refused({"a", "--al"}), "unknown option '--al' --all");
  EXPECT_EQ(refused({"a", "--jsno"}), "unknown option '--jsno' --json");
  EXPECT_EQ(refused({"a", "--numbr=3"}), "unknown option '--numbr' --number");
  EXPECT_EQ(refused({"a", "--fail-on", "notes"}),
            "--fail-on: 'notes' is not one of error and never");
  EXPECT_EQ(refused({"a", "--number"}).substr(0, 8), "--number");
}

TEST(Parse, never_prints_control_characters) {
  EXPECT_EQ(refused({"a", "--\x1b[31m"}), "unknown option '--\\u001B[31m'");
  EXPECT_EQ(refused({"a", "b", "\x1b[31m"}), "unexpected argument '\\u001B[31m'");
  EXPECT_EQ(refused({"a", "--fail-on", "\x1b"}),
            "--fail-on: '\\u001B' is not one of error and never");
}

TEST(FindCommandWord, skips_global_options_and_their_values) {
  EXPECT_EQ(find_command_word({"validate", "x"}), 0U);
  EXPECT_EQ(find_command_word({"--json", "--path", "validate", "-q", "progress"}), 4U);
  EXPECT_EQ(find_command_word({"--path=validate", "progress"}), 1U);
  EXPECT_EQ(find_command_word({"--json"}), 1U);
  EXPECT_EQ(find_command_word({}), 0U);
}

TEST(Numbers, are_whole_and_not_negative) {
  const auto number = [](const std::string& word) {
    Arguments arguments;
    arguments.add("--n", {word});
    return arguments.number("--n");
  };
  EXPECT_EQ(*number("0"), std::size_t{0});
  for (const char* word : {"-1", "1.5", "", " 1", "1x", "99999999999999999999"}) {
    EXPECT_FALSE(number(word)) << word;
  }
  EXPECT_EQ(*Arguments().number("--n"), std::nullopt);
}

}  // namespace
}  // namespace sdd::cli
