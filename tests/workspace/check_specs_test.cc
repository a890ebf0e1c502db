#include "workspace/check_specs.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <string>

#include "json/embedded_schema.h"
#include "json/schema.h"
#include "rules/rule.h"
#include "temp_folder.h"
#include "workspace/read_file.h"

namespace sdd::workspace {
namespace {

namespace fs = std::filesystem;

std::string titled_spec(const std::string& id, const std::string& title) {
  return R"({"spec_id": ")" + id +
         R"(", "title": "T", "generated": "2026-01-02T03:04:05Z",)"
         R"( "last_updated": "2026-01-02T03:04:05Z", "hierarchy": {"spec-root": {"type": "spec",)"
         R"( "title": ")" +
         title +
         R"(", "status": "pending", "parent": null, "children": [], "total_tasks": 0,)"
         R"( "completed_tasks": 0, "metadata": {}}}})";
}

CheckRun run_with(unsigned jobs) {
  CheckRun run;
  run.jobs = jobs;
  run.shown = [](const fs::path& file) { return file.filename().string(); };
  return run;
}

TEST(CheckSpecs, gives_the_same_reports_whatever_the_number_of_threads) {
  const test::TempFolder temp;
  for (int i = 0; i < 60; ++i) {
    const std::string id = "spec" + std::to_string(100 + i) + "-2026-01-01-001";
    temp.write("specs/pending/" + id + ".json", titled_spec(id, i % 3 == 0 ? "" : "Title"));
  }
  const auto layout = Layout::find({{}, {}, temp.path()});
  ASSERT_TRUE(layout);
  const std::vector<SpecPath> specs = *layout->specs();
  const auto twins = find_twins(specs, &*layout, true);
  const auto told = [&](unsigned jobs) {
    std::string all;
    for (const report::FileReport& report : check_specs(specs, twins, run_with(jobs))) {
      all += report.path + " " + report.spec_id;
      for (const report::Located& l : report.findings) all += " " + l.finding.message;
      all += "\n";
    }
    return all;
  };
  const std::string one = told(1);
  EXPECT_NE(one.find("title is empty"), std::string::npos);
  for (const unsigned jobs : {0U, 2U, 4U, 16U}) EXPECT_EQ(told(jobs), one) << jobs;
}

// Violations name places of the schema, which all threads share.
TEST(CheckSpecs, threads_that_meet_violations_share_one_schema) {
  const test::TempFolder temp;
  for (int i = 0; i < 40; ++i) {
    temp.write("specs/pending/spec" + std::to_string(i) + ".json", R"({"hierarchy": {"a": 1}})");
  }
  const auto layout = Layout::find({{}, {}, temp.path()});
  ASSERT_TRUE(layout);
  const std::vector<SpecPath> specs = *layout->specs();
  const std::vector<std::vector<std::string>> no_twins(specs.size());
  for (int round = 0; round < 20; ++round) {
    const auto schema = json::Schema::compile(json::embedded_spec_schema(), "built-in");
    ASSERT_TRUE(schema);
    CheckRun run = run_with(4);
    run.engine.schema = schema->get();
    for (const report::FileReport& report : check_specs(specs, no_twins, run)) {
      EXPECT_GE(report.findings.size(), 4U);
    }
  }
}

TEST(CheckSpecs, reports_what_cannot_be_read_and_goes_on) {
  const test::TempFolder temp;
  const std::string id = "ok-2026-01-01-001";
  temp.write("specs/pending/" + id + ".json", titled_spec(id, ""));
  fs::create_directories(temp.path() / "specs/pending/folder.json");
  fs::create_symlink("nowhere", temp.path() / "specs/pending/dangling.json");
  fs::create_symlink("loop.json", temp.path() / "specs/pending/loop.json");
  ASSERT_EQ(mkfifo((temp.path() / "specs/pending/fifo.json").c_str(), 0600), 0);
  const auto layout = Layout::find({{}, {}, temp.path()});
  const std::vector<SpecPath> specs = *layout->specs();
  ASSERT_EQ(specs.size(), 5U);
  std::size_t unreadable = 0;
  std::size_t checked = 0;
  for (const auto& report : check_specs(specs, find_twins(specs, &*layout, true), run_with(2))) {
    for (const report::Located& l : report.findings) {
      if (l.finding.rule == &rules::kUnreadableFile) ++unreadable;
      if (l.finding.rule == &rules::kEmptyTitle) ++checked;
    }
  }
  EXPECT_EQ(unreadable, 4U);
  EXPECT_EQ(checked, 1U);
}

TEST(CheckSpecs, tells_progress_for_every_file_and_never_twice_at_once) {
  const test::TempFolder temp;
  for (int i = 0; i < 20; ++i) temp.write("specs/pending/" + std::to_string(i) + ".json", "{}");
  const auto layout = Layout::find({{}, {}, temp.path()});
  const std::vector<SpecPath> specs = *layout->specs();
  CheckRun run = run_with(4);
  std::atomic<int> inside = 0;
  std::size_t most = 0;
  run.progress = [&](std::size_t done, std::size_t of) {
    EXPECT_EQ(++inside, 1);
    EXPECT_EQ(of, 20U);
    most = std::max(most, done);
    --inside;
  };
  check_specs(specs, find_twins(specs, &*layout, true), run);
  EXPECT_GE(most, 1U);
}

TEST(FindTwins, tells_a_spec_in_two_folders_once) {
  const test::TempFolder temp;
  temp.write("specs/completed/a.json", "{}");
  temp.write("specs/pending/a.json", "{}");
  temp.write("specs/active/b.json", "{}");
  const auto layout = Layout::find({{}, {}, temp.path()});
  const std::vector<SpecPath> specs = *layout->specs();  // active/b, completed/a, pending/a
  const auto all = find_twins(specs, &*layout, true);
  EXPECT_TRUE(all[0].empty());
  EXPECT_TRUE(all[1].empty());
  EXPECT_EQ(all[2], std::vector<std::string>{"specs/completed/a.json"});
  // Named alone, the other copy tells it.
  const auto alone = find_twins({specs[1]}, &*layout, false);
  EXPECT_EQ(alone[0], std::vector<std::string>{"specs/pending/a.json"});
}

TEST(ReadFile, reads_whole_files_and_at_most_one_byte_beyond_the_limit) {
  const test::TempFolder temp;
  temp.write("empty", "");
  temp.write("ten", "0123456789");
  std::string bytes = "old";
  ASSERT_TRUE(read_file(temp.path() / "empty", 100, bytes));
  EXPECT_EQ(bytes, "");
  ASSERT_TRUE(read_file(temp.path() / "ten", 100, bytes));
  EXPECT_EQ(bytes, "0123456789");
  ASSERT_TRUE(read_file(temp.path() / "ten", 10, bytes));
  EXPECT_EQ(bytes.size(), 10U);
  ASSERT_TRUE(read_file(temp.path() / "ten", 4, bytes));
  EXPECT_EQ(bytes, "01234");
  // Files of /proc say that they are empty and are not.
  ASSERT_TRUE(read_file("/proc/self/status", 1 << 20U, bytes));
  EXPECT_NE(bytes.find("Name:"), std::string::npos);
  EXPECT_EQ(read_file(temp.path() / "none", 10, bytes).error().kind, ErrorKind::kNotFound);
  EXPECT_EQ(read_file(temp.path(), 10, bytes).error().kind, ErrorKind::kIo);
  EXPECT_EQ(read_file("/dev/null", 10, bytes).error().kind, ErrorKind::kIo);
}

}  // namespace
}  // namespace sdd::workspace
