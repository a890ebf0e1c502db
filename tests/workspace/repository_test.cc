#include "workspace/repository.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <string>
#include <vector>

#include "rules/linked_files.h"
#include "temp_folder.h"
#include "workspace/checked.h"

namespace sdd::test {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::IsEmpty;
using workspace::Layout;

// A spec without any finding: one task, done and journaled.
std::string whole_spec(const std::string& id, const std::string& folder, bool done = true,
                       const std::string& work_item = kLinkedItem) {
  const std::string status = done ? "completed" : "in_progress";
  const std::string completed = done ? "1" : "0";
  return R"({"spec_id": ")" + id + R"(", "title": "Demo", "generated": "2026-01-02T03:04:05Z",
"last_updated": "2026-01-03T10:00:00Z",
"metadata": {"status": ")" +
         folder + R"(", "work_item_spec": ")" + work_item + R"("},
"hierarchy": {
"spec-root": {"type": "spec", "title": "Demo", "status": ")" +
         status + R"(", "parent": null,
"children": ["task-1-1"], "total_tasks": 1, "completed_tasks": )" +
         completed + R"(, "metadata": {}},
"task-1-1": {"type": "task", "title": "Write it", "status": ")" +
         status + R"(",
"parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": )" +
         completed + R"(, "metadata": {"file_path": "a.py")" +
         (done ? R"(, "completed_at": "2026-01-03T10:00:00Z", "needs_journaling": false,
"journaled_at": "2026-01-03T10:00:00Z")"
               : "") +
         R"(}}},
"journal": [)" +
         (done ? R"({"timestamp": "2026-01-03T10:00:00Z", "entry_type": "status_change",
"title": "Done", "author": "ada", "content": "Done.", "metadata": {}, "task_id": "task-1-1"})"
               : "") +
         "]}";
}

void write(const TempFolder& temp, const LinkedFile& file) { temp.write(file.path, file.text); }

// A spec, its work item and a log that agree.
void write_agreeing(const TempFolder& temp, const EntryWords& words = {}) {
  temp.write(kLinkedSpec, whole_spec("demo-2026-01-02-001", "completed"));
  write(temp, item_file({}));
  write(temp, log_file({log_entry(words)}));
}

std::vector<std::string> places_in(const TempFolder& temp) {
  return places_of(checked({.path = {}, .specs_dir = {}, .current = temp.path()}));
}

const std::string kLogPath = "meta/memory_bank/branch_updates/2026-01-03-main.md";

TEST(CheckRepository, what_agrees_is_silent) {
  const TempFolder temp;
  write_agreeing(temp);
  EXPECT_THAT(places_in(temp), IsEmpty());
  for (const char* start :
       {"meta", "meta/sdd/specs/completed", "meta/memory_bank/branch_updates"}) {
    EXPECT_THAT(checked({{}, {}, temp.path() / start}), IsEmpty()) << start;
  }
}

// As files write paths, and as the file system sees them.
TEST(CheckRepository, links_lead_from_the_root) {
  const TempFolder temp;
  temp.write("docs/plan.md", "");
  write_agreeing(temp, {.spec = "`" + (temp.path() / kLinkedItem).string() + "`",
                        .sdd_spec = "`./" + kLinkedSpec + "`",
                        .summary = "`meta/memory_bank/../memory_bank/specs/` `./" + kLinkedBank +
                                   "/branch_updates/` `meta/sdd/../sdd/specs/completed`"});
  EXPECT_THAT(places_in(temp), IsEmpty());
  write(temp, log_file({log_entry({}), log_entry({.title = "Plan", .spec = "`docs/plan.md`"}),
                        log_entry({.title = "Gone", .spec = "`docs/../plan.md`"}),
                        log_entry({.title = "Other",
                                   .spec = "`plan.md`",
                                   .summary = "`meta/sdd/specs/active/x.json`"})}));
  EXPECT_THAT(places_in(temp),
              ElementsAre("SDD801e " + kLogPath + ":20", "SDD801e " + kLogPath + ":29",
                          "SDD808w " + kLogPath + ":33"));
}

TEST(CheckRepository, specs_alone_and_a_bank_alone_are_repositories) {
  const TempFolder specs;
  specs.write(kLinkedSpec, whole_spec("demo-2026-01-02-001", "completed", true, ""));
  EXPECT_THAT(places_in(specs), IsEmpty());
  // Links to a bank that is not there are dead.
  specs.write(kLinkedSpec, whole_spec("demo-2026-01-02-001", "completed"));
  EXPECT_THAT(places_in(specs), ElementsAre("SDD803e " + kLinkedSpec + ":3"));

  const TempFolder bank;
  write(bank, item_file({.spec = "N/A"}));
  write(bank, log_file({log_entry({})}));
  EXPECT_THAT(places_in(bank), IsEmpty());
  write(bank, item_file({}));
  EXPECT_THAT(places_in(bank), ElementsAre("SDD802e " + kLinkedItem + ":8"));
}

TEST(CheckRepository, a_damaged_file_passes_nothing_on) {
  // A damaged spec: whatever the others say of it may be true.
  const TempFolder temp;
  write_agreeing(temp, {.sdd_spec = kLinkedSpec, .summary = "The SDD spec (7/9) is done."});
  EXPECT_THAT(places_in(temp),
              ElementsAre("SDD607w " + kLogPath + ":3", "SDD804e " + kLogPath + ":7"));
  temp.write(kLinkedSpec, "{\"spec_id\": ");
  EXPECT_THAT(places_in(temp),
              ElementsAre("SDD002e " + kLinkedSpec + ":1", "SDD607w " + kLogPath + ":3"));
}

TEST(CheckRepository, a_damaged_file_of_the_bank_passes_nothing_on) {
  const std::string conflict = "<<<<<<< HEAD\na\n=======\nb\n>>>>>>> main\n";
  const TempFolder item;
  write_agreeing(item, {.open = true});
  EXPECT_THAT(places_in(item), ElementsAre("SDD807w " + kLogPath + ":1"));
  item.write(kLinkedItem, item_file({}).text + conflict);
  EXPECT_THAT(places_in(item), ElementsAre("SDD006e " + kLinkedItem + ":10"));

  // The entry that the work item waits for may stand in the damaged log.
  const TempFolder log;
  write_agreeing(log);
  log.write(kLogPath, conflict + log_entry({.spec = "`gone.md`", .summary = "SDD 1/9"}));
  EXPECT_THAT(places_in(log), ElementsAre("SDD006e " + kLogPath + ":1"));
  log.write(kLogPath, std::string("\xFF\n"));
  EXPECT_THAT(places_in(log), ElementsAre("SDD007e " + kLogPath + ":1"));
  log.write(kLogPath, "");
  EXPECT_THAT(places_in(log), ElementsAre("SDD809w " + kLinkedItem + ":6"));
}

TEST(CheckRepository, a_file_that_cannot_be_read_passes_nothing_on) {
  const TempFolder temp;
  write_agreeing(temp);
  fs::remove(temp.path() / kLogPath);
  fs::create_symlink("nowhere", temp.path() / kLogPath);
  ASSERT_EQ(mkfifo((temp.path() / "meta/memory_bank/guide.md").c_str(), 0600), 0);
  fs::create_symlink("loop.json", temp.path() / "meta/sdd/specs/completed/loop.json");
  EXPECT_THAT(places_in(temp),
              ElementsAre("SDD012e meta/sdd/specs/completed/loop.json:1",
                          "SDD012e " + kLogPath + ":1", "SDD012e meta/memory_bank/guide.md:1"));
}

TEST(CheckRepository, tells_what_lies_beside_the_specs) {
  const TempFolder temp;
  write_agreeing(temp);
  temp.write(kLinkedSpec + ".tmp", "{\"spec_id");
  temp.write("meta/sdd/specs/active/.x.json.Ab12Cd", "");
  temp.write("meta/sdd/specs/active/contracts/a.tmp", "");
  temp.write("meta/sdd/specs/.backups/a.tmp", "");
  EXPECT_THAT(places_in(temp), ElementsAre("SDD908w meta/sdd/specs/active/.x.json.Ab12Cd:1",
                                           "SDD908w " + kLinkedSpec + ".tmp:1"));
}

TEST(CheckRepository, an_entry_is_told_with_its_line_in_a_spec) {
  const TempFolder temp;
  write_agreeing(temp);
  temp.write(kLinkedSpec, whole_spec("demo-2026-01-02-001", "completed", true, "gone.md"));
  const auto found = checked({{}, {}, temp.path()});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].place(), "SDD803e " + kLinkedSpec + ":3");
  EXPECT_EQ(found[0].message, "work_item_spec names 'gone.md', and there is no such file");
}

// Many files that contradict each other, on one thread and on several.
TEST(CheckRepository, finds_the_same_whatever_the_number_of_threads) {
  const TempFolder temp;
  for (int i = 0; i < 40; ++i) {
    const std::string name = "n" + std::to_string(i) + "-2026-01-02-001";
    const std::string spec = "meta/sdd/specs/completed/" + name + ".json";
    const std::string item = kLinkedBank + "/specs/work_items/2026-01-02__x__" + name + ".md";
    temp.write(spec, whole_spec(name, "completed", i % 3 != 0, i % 5 == 0 ? "gone.md" : item));
    write(temp,
          item_file(
              {.path = item, .status = i % 4 == 0 ? "active" : "done", .spec = "`" + spec + "`"}));
    write(temp, log_file({log_entry({.title = name,
                                     .spec = "`" + item + "`",
                                     .open = i % 7 == 0,
                                     .summary = "SDD (1/1)"})},
                         "branch_updates/2026-01-03-" + name + ".md"));
  }
  const auto one = places_of(checked({{}, {}, temp.path()}, 1));
  EXPECT_GT(one.size(), 60U);
  for (const unsigned jobs : {2U, 5U, 16U}) {
    EXPECT_EQ(places_of(checked({{}, {}, temp.path()}, jobs)), one) << jobs;
  }
}

TEST(OpenRepository, says_what_the_files_say) {
  const TempFolder temp;
  write_agreeing(temp, {.sdd_spec = kLinkedSpec});
  temp.write("meta/memory_bank/branch_updates/2026-01-04-b.md", "<<<<<<< HEAD\n" + log_entry({}));
  fs::create_symlink("nowhere", temp.path() / "meta/memory_bank/branch_updates/dangling.md");
  const auto layout = Layout::find_with_bank({{}, {}, temp.path()});
  ASSERT_TRUE(layout);
  const auto opened = workspace::open_repository(*layout, 2);
  ASSERT_TRUE(opened) << opened.error().message;
  const rules::Repository& view = *opened->view;
  ASSERT_EQ(view.specs().size(), 1U);
  EXPECT_TRUE(view.specs()[0].complete);
  ASSERT_EQ(view.items().size(), 1U);
  EXPECT_EQ(view.items()[0].spec, &view.specs()[0]);
  EXPECT_EQ(view.items()[0].entries.size(), 2U);
}

}  // namespace
}  // namespace sdd::test
