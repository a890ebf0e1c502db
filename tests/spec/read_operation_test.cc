#include "spec/read_operation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sdd::spec {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;

Result<Operation> read(const std::string& text) {
  json::Parser parser;
  json::Tree tree;
  EXPECT_TRUE(parser.parse(text, tree)) << text;
  return read_operation(tree.root());
}

std::string fault_of(const std::string& text) {
  const auto operation = read(text);
  EXPECT_FALSE(operation) << text;
  return operation ? "" : operation.error().message;
}

TEST(ReadOperation, takes_the_options_of_the_command) {
  const auto operation = read(
      R"({"op": "complete-task", "task": "t", "note": "n", "journal-title": "a",
          "journal_content": "b", "entry-type": "decision", "bump": "minor"})");
  ASSERT_TRUE(operation) << operation.error().message;
  const auto& wish = std::get<CompleteTask>(*operation);
  EXPECT_EQ(wish.task, "t");
  EXPECT_EQ(wish.note, "n");
  EXPECT_EQ(wish.journal_title, "a");
  EXPECT_EQ(wish.journal_content, "b");
  EXPECT_EQ(wish.entry_type, "decision");
  EXPECT_EQ(wish.bump, "minor");
}

TEST(ReadOperation, takes_flags_lists_and_any_value) {
  EXPECT_TRUE(
      std::get<AddJournal>(*read(R"({"op":"add-journal","title":"t","content":"c","force":true})"))
          .force);
  EXPECT_THAT(*std::get<BulkJournal>(*read(R"({"op":"bulk-journal","tasks":["a","b"]})")).tasks,
              ElementsAre("a", "b"));
  EXPECT_EQ(std::get<SetMetadata>(
                *read(R"({"op":"set-metadata","node":"n","key":"k","value":{"a": [1]}})"))
                .json,
            R"({"a": [1]})");
  EXPECT_EQ(
      std::get<UpdateStatus>(*read(R"({"op":"update-status","task":"t","status":"in_progress"})"))
          .status,
      Status::kInProgress);
}

TEST(ReadOperation, every_operation_can_be_named) {
  for (const char* text :
       {R"({"op":"mark-blocked","task":"t","reason":"r","type":"technical","ticket":"x"})",
        R"({"op":"unblock-task","task":"t","resolution":"r"})",
        R"({"op":"add-revision","version":"1.1","changes":"c"})",
        R"({"op":"add-assumption","text":"a"})",
        R"({"op":"add-verification","verify":"v","result":"PASSED","command":"c","output":"o",)"
        R"("issues":"i","notes":"n"})",
        R"({"op":"sync-metadata"})",
        R"({"op":"add-task","parent":"p","title":"t","type":"verify","file-path":"f",)"
        R"("category":"c","description":"d"})"}) {
    EXPECT_TRUE(read(text)) << text;
  }
}

TEST(ReadOperation, says_what_is_wrong) {
  EXPECT_THAT(fault_of("[]"), HasSubstr("an object"));
  EXPECT_THAT(fault_of("{}"), HasSubstr("'op' is missing"));
  EXPECT_THAT(fault_of(R"({"op":"activate-spec"})"), HasSubstr("no operation 'activate-spec'"));
  EXPECT_THAT(fault_of(R"({"op":"complete-task"})"), HasSubstr("'task' is missing"));
  EXPECT_THAT(fault_of(R"({"op":"complete-task","task":1})"), HasSubstr("'task' must be a text"));
  EXPECT_THAT(fault_of(R"({"op":"bulk-journal","tasks":[1]})"), HasSubstr("list of texts"));
  EXPECT_THAT(fault_of(R"({"op":"update-status","task":"t","status":"done"})"),
              HasSubstr("no status 'done'"));
  EXPECT_THAT(fault_of(R"({"op":"add-journal","title":"t","content":"c","force":"y"})"),
              HasSubstr("true or false"));
  EXPECT_THAT(fault_of(R"({"op":"set-metadata","node":"n","key":"k"})"),
              HasSubstr("'value' is missing"));
  const auto misspelt = read(R"({"op":"complete-task","task":"t","nott":"n"})");
  ASSERT_FALSE(misspelt);
  EXPECT_THAT(misspelt.error().candidates, Contains("note"));
  EXPECT_THAT(read(R"({"op":"complete-tsk"})").error().candidates, Contains("complete-task"));
}

}  // namespace
}  // namespace sdd::spec
