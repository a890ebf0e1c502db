#include "workspace/config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "rules/rule.h"
#include "temp_folder.h"
#include "workspace/layout.h"
#include "workspace/toml.h"

namespace sdd::workspace {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

Result<Config> config_of(const std::string& text) { return read_config(text, "/repository"); }

// The message without the file's name.
std::string config_error(const std::string& text) {
  const auto config = config_of(text);
  if (config) return "no error";
  EXPECT_EQ(config.error().kind, ErrorKind::kUsage);
  EXPECT_THAT(config.error().message, StartsWith("/repository/.sdd.toml:"));
  std::string message = config.error().message.substr(std::string("/repository/.sdd.toml:").size());
  for (const std::string& candidate : config.error().candidates) message += " | " + candidate;
  return message;
}

TEST(Config, every_key_is_read) {
  const auto config = config_of(R"(
specs-dir = "meta/sdd/specs/"
bank-dir = "../bank"
schema = "/s/schema.json"
select = ["SDD3", "missing-file-path"]
ignore = ["SDD111"]
fail-on = "never"
baseline = "known.json"
integration-branch = "main"
[severity]
SDD513 = "warning"
empty-title = "error"
[limits]
max-depth = 64
max-bytes = 1_000
max-nodes = 0x10
[[suppress]]
spec = "a-*"
codes = ["SDD3"]
because = "x"
  [[suppress]]
  spec = "b"
  codes = ["SDD513"]
  node = "task-1-2"
  because = "y"
)");
  ASSERT_TRUE(config) << config.error().message;
  EXPECT_EQ(config->specs_dir, "/repository/meta/sdd/specs");
  EXPECT_EQ(config->bank_dir, "/bank");
  EXPECT_EQ(config->schema, "/s/schema.json");
  EXPECT_EQ(config->baseline, "/repository/known.json");
  EXPECT_THAT(config->select, ElementsAre("SDD3", "missing-file-path"));
  EXPECT_THAT(config->ignore, ElementsAre("SDD111"));
  EXPECT_EQ(config->fail_on, "never");
  EXPECT_EQ(config->integration_branch, "main");
  EXPECT_THAT(config->severities,
              ElementsAre(std::pair(&rules::kMissingFilePath, rules::Severity::kWarning),
                          std::pair(&rules::kEmptyTitle, rules::Severity::kError)));
  EXPECT_EQ(config->limits.max_depth, 64U);
  EXPECT_EQ(config->limits.max_bytes, 1000U);
  EXPECT_EQ(config->max_nodes, 16U);
  ASSERT_EQ(config->suppressions.size(), 2U);
  const ConfigSuppression& second = config->suppressions[1];
  EXPECT_EQ(second.spec + second.node + second.because, "btask-1-2y");
  EXPECT_EQ(config->text.substr(second.span.begin, second.span.size()), "[[suppress]]");
}

TEST(Config, an_empty_file_changes_nothing) {
  const auto config = config_of("# nothing yet\n");
  ASSERT_TRUE(config);
  EXPECT_EQ(config->limits.max_depth, json::Limits{}.max_depth);
  EXPECT_EQ(config->max_nodes, rules::kMaxNodes);
  EXPECT_EQ(config->fail_on, "");
}

TEST(Config, what_is_wrong_is_told_with_its_place) {
  EXPECT_EQ(config_error("selct = []"), "1:1: unknown key 'selct' | select");
  EXPECT_EQ(config_error("\n[limits]\nmax-deep = 3"),
            "3:1: unknown key 'max-deep' in limits | max-depth");
  EXPECT_EQ(config_error("[limits]\nmax-depth = 0"), "2:13: 0 is not a number from 1 to 2048");
  EXPECT_EQ(config_error("[limits]\nmax-depth = 9999"),
            "2:13: 9999 is not a number from 1 to 2048");
  EXPECT_EQ(config_error("[limits]\nmax-depth = \"9\""),
            "2:13: this is text, and must be a whole number");
  EXPECT_EQ(config_error("limits = 3"), "1:10: this is a whole number, and must be a table");
  EXPECT_EQ(config_error("schema = true"), "1:10: this is true or false, and must be text");
  EXPECT_EQ(config_error("schema = \"\""), "1:10: an empty text says nothing");
  EXPECT_EQ(config_error("select = \"SDD3\""), "1:10: this is text, and must be a list of rules");
  EXPECT_EQ(config_error("select = [\n  \"SDD3\",\n  7]"),
            "3:3: this is a whole number, and must be text");
  EXPECT_EQ(config_error("ignore = [\"SDD302\", \"hierarchy-cycles\"]"),
            "1:21: no rule is named 'hierarchy-cycles' | hierarchy-cycle");
  EXPECT_EQ(config_error("fail-on = \"errors\""),
            "1:11: 'errors' is not one of error, warning and never | error");
  EXPECT_EQ(config_error("[severity]\nSDD302 = \"warn\""),
            "2:10: 'warn' is not one of error, warning and note");
  EXPECT_THAT(config_error("[severity]\nSDD3 = \"note\""),
              HasSubstr("2:1: no rule is named 'SDD3'"));
  EXPECT_EQ(config_error("suppress = [3]"), "1:13: this is a whole number, and must be a table");
  EXPECT_EQ(config_error("[suppress]\nspec = \"a\""),
            "1:1: this is a table, and must be a list of tables: [[suppress]]");
}

TEST(Config, a_suppression_says_what_where_and_why) {
  const std::string spec = "spec = \"a\"\n";
  const std::string codes = "codes = [\"SDD302\"]\n";
  const std::string because = "because = \"x\"\n";
  EXPECT_EQ(config_error("[[suppress]]\n" + codes + because),
            "1:1: this suppression has no 'spec'");
  EXPECT_EQ(config_error("[[suppress]]\n" + spec + because),
            "1:1: this suppression has no 'codes'");
  EXPECT_EQ(config_error("[[suppress]]\n" + spec + codes),
            "1:1: this suppression has no 'because'");
  EXPECT_EQ(config_error("[[suppress]]\n" + spec + "codes = []\n" + because),
            "1:1: this suppression has no 'codes'");
  EXPECT_TRUE(config_of("[[suppress]]\n" + spec + codes + because));
}

TEST(Config, what_is_no_toml_is_told_with_its_place) {
  EXPECT_EQ(config_error("schema = \n"), "1:10: expected value, saw '\\n'");
  EXPECT_EQ(config_error("ignore = []\nignore = []"),
            "2:10: cannot redefine existing array 'ignore'");
  EXPECT_THAT(config_error("schema = \"\xff\""), StartsWith("1:"));
  EXPECT_THAT(config_error("\u044f = 1"), StartsWith("1:1: expected keys, tables"));
  EXPECT_EQ(config_error("\n[\n"),
            "2:2: expected bare key starting character or string delimiter, saw '\\n'");
  EXPECT_EQ(config_error(std::string("# a\0b", 5)),
            "1:4: the control character \\u0000, which TOML does not allow");
  EXPECT_EQ(config_error("a = 1\r\n[\r"),
            "2:2: the control character \\r, which TOML does not allow");
  EXPECT_EQ(config_error(std::string(kMaxConfigBytes + 1, '\n')), "1:1: more than 262144 bytes");
}

TEST(Config, no_text_makes_it_descend_without_end) {
  std::string dots = "a";
  for (int i = 0; i < 100'000; ++i) dots += ".a";
  EXPECT_EQ(config_error("\n" + dots + " = 1"), "2:402: more than 200 dots in a line");
  EXPECT_THAT(config_error("a = " + std::string(10'000, '[')), HasSubstr("nested value depth"));
  // Every level that is left: values within values, each with a long key.
  std::string part = "a";
  for (std::size_t i = 0; i < kTomlDots; ++i) part += ".a";
  std::string text = part + " = [\n";
  for (std::size_t i = 0; i < kTomlDepth / 2 - 1; ++i) text += "{" + part + " = [\n";
  text += "1";
  for (std::size_t i = 0; i < kTomlDepth / 2 - 1; ++i) text += "\n]}";
  EXPECT_THAT(config_error(text + "\n]"), HasSubstr("1:1: unknown key 'a'"));
}

TEST(Config, keys_are_one_of_a_kind_and_their_examples_are_read) {
  std::string tables[3];
  for (const ConfigKey& key : config_keys()) {
    const std::string table = key.table;
    EXPECT_NE(std::string(key.help), "");
    if (key.value == nullptr) continue;
    tables[table.empty()       ? 0
           : table == "limits" ? 1
                               : 2] += std::string(key.name) + " = " + key.value + "\n";
  }
  EXPECT_TRUE(config_of(tables[0] + "[limits]\n" + tables[1] + "[[suppress]]\n" + tables[2]));
}

TEST(Config, is_found_from_a_folder_below_and_its_folder_is_the_root) {
  const test::TempFolder temp;
  temp.write(".git/HEAD", "");
  temp.write(".sdd.toml", "fail-on = \"never\"\n");
  temp.write("part/specs/active/a-2026-01-02-001.json", "{}");
  const auto layout = Layout::find({"", "", temp.path() / "part" / "specs" / "active"});
  ASSERT_TRUE(layout) << layout.error().message;
  EXPECT_EQ(layout->root(), temp.path());
  EXPECT_EQ(layout->specs_dir(), temp.path() / "part" / "specs");
  EXPECT_EQ(layout->config().fail_on, "never");
  // --path says what the root is, so only that folder is looked at.
  const auto named = Layout::find({temp.path() / "part", "", temp.path()});
  ASSERT_TRUE(named);
  EXPECT_EQ(named->root(), temp.path() / "part");
  EXPECT_TRUE(named->config().folder.empty());
}

TEST(Config, above_the_git_top_level_and_outside_of_git_above_the_root_does_not_count) {
  const test::TempFolder temp;
  temp.write(".sdd.toml", "no = toml");
  temp.write("inside/.git/HEAD", "");
  temp.write("inside/specs/active/a.json", "{}");
  temp.write("outside/specs/active/a.json", "{}");
  for (const char* folder : {"inside", "outside"}) {
    const auto layout = Layout::find({"", "", temp.path() / folder / "specs"});
    ASSERT_TRUE(layout) << layout.error().message;
    EXPECT_EQ(layout->root(), temp.path() / folder);
    EXPECT_TRUE(layout->config().folder.empty());
  }
}

TEST(Config, names_the_specs_folder_unless_the_user_does) {
  const test::TempFolder temp;
  temp.write(".sdd.toml", "specs-dir = \"plans\"\n");
  temp.write("plans/active/a.json", "{}");
  temp.write("specs/active/b.json", "{}");
  const auto layout = Layout::find({"", "", temp.path()});
  ASSERT_TRUE(layout) << layout.error().message;
  EXPECT_EQ(layout->specs_dir(), temp.path() / "plans");
  EXPECT_FALSE(layout->detected());
  const auto named = Layout::find({"", temp.path() / "specs", temp.path()});
  ASSERT_TRUE(named);
  EXPECT_EQ(named->specs_dir(), temp.path() / "specs");
  temp.write(".sdd.toml", "specs-dir = \"plan\"\n");
  const auto wrong = Layout::find({"", "", temp.path()});
  ASSERT_FALSE(wrong);
  EXPECT_THAT(wrong.error().message, HasSubstr("which '" + (temp.path() / ".sdd.toml").string()));
}

TEST(Config, that_cannot_be_read_is_an_error) {
  const test::TempFolder temp;
  temp.write("specs/active/a.json", "{}");
  std::filesystem::create_directory(temp.path() / ".sdd.toml");
  const auto layout = Layout::find({"", "", temp.path()});
  ASSERT_FALSE(layout);
  EXPECT_EQ(layout.error().kind, ErrorKind::kIo);
}

}  // namespace
}  // namespace sdd::workspace
