// docs/guide/configuration.md: its table of keys is the program's, and what it shows as TOML is
// read. SDD_UPDATE_DOCS=1 writes the table anew.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <set>
#include <string>
#include <string_view>

#include "cli/command.h"
#include "cli/policy.h"
#include "support.h"
#include "workspace/config.h"
#include "workspace/toml.h"

namespace sdd {
namespace {

std::filesystem::path guide_file() {
  return test::source_dir() / "docs" / "guide" / "configuration.md";
}

// The key as people say it: `limits.max-depth`.
std::string guide_key(const workspace::ConfigKey& key) {
  const std::string table = key.table;
  return table.empty() ? key.name : table + "." + key.name;
}

std::string guide_table() {
  std::string out = "| key | for example | option | |\n|---|---|---|---|\n";
  for (const workspace::ConfigKey& key : workspace::config_keys()) {
    out += "| `" + guide_key(key) + "` | ";
    if (key.value != nullptr) out += "`" + std::string(key.value) + "`";
    out += " | ";
    if (key.option != nullptr) out += "`" + std::string(key.option) + "`";
    out += " | " + std::string(key.help) + " |\n";
  }
  return out;
}

TEST(ConfigurationGuide, has_the_table_of_keys) {
  std::string text = test::read_bytes(guide_file());
  const std::string begin = "by SDD_UPDATE_DOCS=1 -->\n";
  const std::size_t from = text.find(begin) + begin.size();
  const std::size_t to = text.find("<!-- end of keys -->");
  ASSERT_NE(to, std::string::npos);
  ASSERT_LE(from, to);
  if (std::getenv("SDD_UPDATE_DOCS") != nullptr) {
    text.replace(from, to - from, guide_table());
    std::ofstream(guide_file(), std::ios::binary) << text;
    return;
  }
  EXPECT_EQ(text.substr(from, to - from), guide_table());
}

TEST(ConfigurationGuide, names_options_that_exist) {
  std::set<std::string> options;
  for (const cli::Option& option : cli::global_options()) options.insert(option.name);
  for (const cli::Option& option : cli::find_command("check")->options) {
    options.insert(option.name);
  }
  for (const workspace::ConfigKey& key : workspace::config_keys()) {
    if (key.option == nullptr) continue;
    EXPECT_EQ(options.count(key.option), 1U) << key.option;
  }
}

// The keys that a document sets.
void guide_collect(const workspace::TomlValue& table, const std::string& name,
                   std::set<std::string>& keys) {
  for (const workspace::TomlMember& member : table.members) {
    keys.insert(name.empty() ? member.name : name + "." + member.name);
    if (!name.empty()) continue;
    guide_collect(member.value, member.name, keys);
    for (const workspace::TomlValue& item : member.value.items) {
      guide_collect(item, member.name, keys);
    }
  }
}

TEST(ConfigurationGuide, shows_every_key_in_files_that_are_read) {
  const std::string text = test::read_bytes(guide_file());
  const std::string fence = "```toml\n";
  std::set<std::string> shown;
  for (std::size_t at = text.find(fence); at != std::string::npos; at = text.find(fence, at)) {
    at += fence.size();
    const std::string block = text.substr(at, text.find("```", at) - at);
    const auto config = workspace::read_config(block, "/repository");
    EXPECT_TRUE(config) << block << (config ? "" : config.error().message);
    const auto document = workspace::read_toml(block);
    ASSERT_TRUE(document);
    guide_collect(*document, "", shown);
  }
  for (const workspace::ConfigKey& key : workspace::config_keys()) {
    EXPECT_EQ(shown.count(guide_key(key)), 1U) << guide_key(key) << " is not shown";
  }
}

}  // namespace
}  // namespace sdd
