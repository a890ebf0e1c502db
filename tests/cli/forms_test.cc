// Whole runs in the forms for other programs: SARIF against the schema of its standard, fixes that
// mend what they say, and fingerprints that stay.
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "cli_run.h"
#include "json/schema.h"
#include "json/tree.h"
#include "support.h"
#include "temp_folder.h"
#include "text/edit.h"
#include "text/source_text.h"

namespace sdd::cli {
namespace {

namespace fs = std::filesystem;

// The schema is written in draft-04. What it uses means the same in draft-07, but for the name of
// its id; and one pattern (of languages, which we do not tell) has a bracket that is never opened.
std::shared_ptr<const json::Schema> sarif_schema() {
  std::string text =
      test::read_bytes(test::source_dir() / "schemas" / "third-party" / "sarif-2.1.0.schema.json");
  const auto replace = [&](const std::string& from, const std::string& to) {
    const std::size_t at = text.find(from);
    ASSERT_NE(at, std::string::npos) << from;
    text.replace(at, from.size(), to);
  };
  replace("draft-04", "draft-07");
  replace("\"id\": \"https:", "\"$id\": \"https:");
  replace("{2}]?$", "{2}$");
  replace("{2}]?$", "{2}$");
  auto schema = json::Schema::compile(text, "sarif");
  if (!schema) throw std::runtime_error(schema.error().message);
  return *schema;
}

struct SarifRun {
  explicit SarifRun(const fs::path& folder, std::vector<std::string> words = {"check"}) {
    words.insert(words.end(), {"--format", "sarif"});
    const test::Ran ran = test::run_sdd(words, folder);
    text = ran.out;
    EXPECT_TRUE(parser.parse(text, tree)) << text << ran.err;
  }
  std::vector<json::Value> results() const {
    std::vector<json::Value> all;
    for (const json::Value run : tree.root().find("runs").elements()) {
      for (const json::Value result : run.find("results").elements()) all.push_back(result);
    }
    return all;
  }
  std::multiset<std::string> fingerprints() const {
    std::multiset<std::string> prints;
    for (const json::Value result : results()) {
      prints.emplace(result.find("partialFingerprints").find("sddFinding/v1").string());
    }
    return prints;
  }

  std::string text;
  json::Parser parser;
  json::Tree tree;
};

std::size_t expect_valid_sarif(const json::Schema& schema, const fs::path& folder,
                               const std::vector<std::string>& words) {
  const SarifRun run(folder, words);
  std::vector<json::Violation> violations;
  schema.validate(run.tree.root(), violations);
  for (const json::Violation& violation : violations) {
    ADD_FAILURE() << testing::PrintToString(words) << " at '"
                  << run.tree.pointer(violation.instance) << "': " << violation.message;
  }
  return run.results().size();
}

fs::path demo_copy(const test::TempFolder& temp) {
  fs::copy(test::source_dir() / "fixtures" / "demo", temp.path() / "demo",
           fs::copy_options::recursive);
  return temp.path() / "demo";
}

// The byte at a line and column (code points), both from 1.
std::size_t offset_of(const SourceText& source, json::Value region, const char* line_key,
                      const char* column_key) {
  const auto line = static_cast<std::size_t>(region.find(line_key).integer().value());
  const auto column = static_cast<std::size_t>(region.find(column_key).integer().value());
  std::size_t offset = source.line_span(line).begin;
  while (source.position(offset).column < column) ++offset;
  return offset;
}

std::string with_fix(const std::string& bytes, json::Value result) {
  const SourceText source("", bytes);
  const json::Value fix = *result.find("fixes").elements().begin();
  const json::Value change = *fix.find("artifactChanges").elements().begin();
  std::vector<Edit> edits;
  for (const json::Value replacement : change.find("replacements").elements()) {
    const json::Value region = replacement.find("deletedRegion");
    edits.push_back({{offset_of(source, region, "startLine", "startColumn"),
                      offset_of(source, region, "endLine", "endColumn")},
                     std::string(replacement.find("insertedContent").find("text").string())});
  }
  return apply_edits(bytes, edits).value();
}

TEST(SarifRuns, are_valid_by_the_schema_of_the_standard) {
  const auto schema = sarif_schema();
  const fs::path demo = test::source_dir() / "fixtures" / "demo";
  for (const char* command : {"check", "validate", "check-journaling"}) {
    EXPECT_GT(expect_valid_sarif(*schema, demo, {command}), 0U) << command;
  }
  EXPECT_EQ(expect_valid_sarif(*schema, demo, {"check", "--select", "SDD007"}), 0U);
  const test::TempFolder odd;
  odd.write("specs/active/cut.json", "{\"spec_id\": \"cut");
  odd.write("specs/active/a b%\xC3\xA9.json", "[]");
  EXPECT_GT(expect_valid_sarif(*schema, odd.path(), {"check"}), 1U);
  if (const auto corpus = test::shared("corpus/airis")) {
    EXPECT_GT(expect_valid_sarif(*schema, *corpus, {"check"}), 0U);
  }
  if (const auto damaged = test::shared("corpus/damaged")) {
    const test::TempFolder temp;
    fs::create_directories(temp.path() / "specs");
    fs::copy(*damaged, temp.path() / "specs" / "active", fs::copy_options::recursive);
    EXPECT_GT(expect_valid_sarif(*schema, temp.path(), {"validate"}), 0U);
  }
}

TEST(SarifRuns, would_not_be_valid_with_a_mistake) {
  const auto schema = sarif_schema();
  json::Parser parser;
  json::Tree tree;
  const std::string wrong[] = {R"({"version": "2.1.0"})", R"({"version": "2.1.0", "runs": [{}]})",
                               R"({"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "x"}},
                                  "results": [{"message": {"text": "m"}, "level": "fatal"}]}]})"};
  for (const std::string& text : wrong) {
    ASSERT_TRUE(parser.parse(text, tree));
    EXPECT_FALSE(schema->accepts(tree.root())) << text;
  }
}

TEST(SarifRuns, tell_fixes_that_end_their_finding) {
  const test::TempFolder temp;
  const fs::path demo = demo_copy(temp);
  const SarifRun before(demo);
  std::size_t fixes = 0;
  for (const json::Value result : before.results()) {
    if (!result.find("fixes")) continue;
    const json::Value place = *result.find("locations").elements().begin();
    const std::string name(
        place.find("physicalLocation").find("artifactLocation").find("uri").string());
    const std::string bytes = test::read_bytes(demo / name);
    temp.write("demo/" + name, with_fix(bytes, result));
    const std::string print(result.find("partialFingerprints").find("sddFinding/v1").string());
    EXPECT_FALSE(SarifRun(demo).fingerprints().contains(print)) << name << print;
    temp.write("demo/" + name, bytes);
    ++fixes;
  }
  EXPECT_GT(fixes, 0U);
}

TEST(SarifRuns, keep_fingerprints_when_lines_and_folders_move) {
  const test::TempFolder temp;
  const fs::path demo = demo_copy(temp);
  const auto before = SarifRun(demo, {"validate"}).fingerprints();
  EXPECT_EQ(before.count(""), 0U);
  EXPECT_EQ(std::set<std::string>(before.begin(), before.end()).size(), before.size());
  for (const auto& entry : fs::recursive_directory_iterator(demo / "specs")) {
    if (entry.path().extension() != ".json") continue;
    const std::string bytes = test::read_bytes(entry.path());
    temp.write(fs::relative(entry.path(), temp.path()).string(), "\n\n" + bytes);
  }
  EXPECT_EQ(SarifRun(demo, {"validate"}).fingerprints(), before);
  EXPECT_EQ(SarifRun(temp.path(), {"validate", "--path", "demo"}).fingerprints(), before);
}

TEST(SarifRuns, keep_fingerprints_and_count_the_rest_when_a_baseline_knows_some) {
  const test::TempFolder temp;
  const fs::path demo = demo_copy(temp);
  const auto before = SarifRun(demo).fingerprints();
  const auto known = SarifRun(demo, {"check", "--select", "SDD4"}).fingerprints();
  ASSERT_EQ(test::run_sdd({"check", "--select", "SDD4", "--write-baseline"}, demo).exit, 0);
  const SarifRun after(demo);
  auto both = after.fingerprints();
  EXPECT_EQ(both.size(), before.size() - known.size());
  both.insert(known.begin(), known.end());
  EXPECT_EQ(both, before);
  const std::string told = "\"baselined\":" + std::to_string(known.size());
  EXPECT_NE(after.text.find(told), std::string::npos) << told;
}

}  // namespace
}  // namespace sdd::cli
