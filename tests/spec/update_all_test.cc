#include "spec/update_all.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "spec/diff.h"
#include "spec/random_updates.h"
#include "spec/read_operation.h"
#include "spec/spec_files.h"
#include "spec_document.h"

namespace sdd::spec {
namespace {

using test::ReadSpec;
using testing::HasSubstr;

const Occasion kOccasion{.now = *parse_rfc3339("2026-02-11T17:51:29.533418Z"), .author = "Ann"};

std::string after(const std::string& bytes, const std::vector<Operation>& operations,
                  const Occasion& occasion = kOccasion) {
  const ReadSpec read(bytes);
  const auto update = update_all(read.spec, operations, occasion);
  EXPECT_TRUE(update) << update.error().message;
  if (!update) return "";
  const auto made = apply_changes(bytes, update->changes);
  EXPECT_TRUE(made) << made.error().message;
  return made.value_or("");
}

std::string one_by_one(std::string bytes, const std::vector<Operation>& operations,
                       Occasion occasion = kOccasion) {
  for (const Operation& operation : operations) {
    const ReadSpec read(bytes);
    const auto done = update(read.spec, operation, occasion);
    EXPECT_TRUE(done) << done.error().message;
    if (!done) return "";
    const auto made = apply_changes(bytes, done->changes);
    EXPECT_TRUE(made) << made.error().message;
    bytes = made.value_or("");
    if (!occasion.exact) occasion.now = {done->at.microseconds + 1};
  }
  return bytes;
}

TEST(UpdateAll, means_what_the_operations_mean_one_by_one) {
  for (const test::SpecFile& file : test::spec_files()) {
    const ReadSpec read(file.bytes);
    std::vector<Operation> operations;
    for (const Node& node : read.spec.nodes()) {
      if (node.child_count > 0 || !node.value.is_object() || node.type != NodeType::kTask) continue;
      operations.emplace_back(UpdateStatus{std::string(node.id), Status::kInProgress, "begun"});
      operations.emplace_back(CompleteTask{std::string(node.id), "done"});
      operations.emplace_back(AddJournal{"Said", "x", std::string(node.id)});
      if (operations.size() > 30) break;
    }
    for (const bool exact : {false, true}) {
      Occasion occasion = kOccasion;
      occasion.exact = exact;
      const ReadSpec again(file.bytes);
      if (!update_all(again.spec, operations, occasion)) continue;  // blocked, or damaged there
      EXPECT_TRUE(same_meaning(after(file.bytes, operations, occasion),
                               one_by_one(file.bytes, operations, occasion)))
          << file.name;
    }
  }
}

TEST(UpdateAll, entries_alone_and_between_others_stamp_the_spec) {
  const std::string bytes = test::spec_json(
      {{.id = "spec-root", .type = "spec", .children = {"task-1"}},
       {.id = "task-1", .parent = "spec-root", .metadata = R"({"file_path": "a.py"})"}},
      R"("journal": [],)");
  const AddJournal said{"Said", "x"};
  const UpdateStatus begin{"task-1", Status::kInProgress};
  for (const std::vector<Operation>& operations :
       {std::vector<Operation>{said}, {said, said}, {said, begin}, {begin, said}}) {
    const std::string all = after(bytes, operations);
    EXPECT_TRUE(same_meaning(all, one_by_one(bytes, operations))) << all;
    EXPECT_THAT(all, testing::Not(HasSubstr(R"("last_updated": "2026-01-02T03:04:05Z")")));
  }
}

TEST(UpdateAll, leaves_no_trace_of_what_is_undone) {
  const std::string bytes =
      test::spec_json({{.id = "spec-root", .type = "spec", .children = {"task-1"}},
                       {.id = "task-1", .parent = "spec-root"}});
  const ReadSpec read(bytes);
  const auto update = update_all(read.spec,
                                 {AddAssumption{"a"}, UpdateStatus{"task-1", Status::kBlocked},
                                  UpdateStatus{"task-1", Status::kPending}},
                                 kOccasion);
  ASSERT_TRUE(update);
  for (const Change& change : stated_only(update->changes)) {
    EXPECT_THAT(pointer_of(change), testing::Not(HasSubstr("/status")));
  }
}

TEST(UpdateAll, one_that_fails_fails_all_and_is_named_by_its_number) {
  const std::string bytes =
      test::spec_json({{.id = "spec-root", .type = "spec", .children = {"task-1"}},
                       {.id = "task-1", .parent = "spec-root"}});
  const ReadSpec read(bytes);
  const auto update =
      update_all(read.spec, {CompleteTask{"task-1"}, CompleteTask{"task-2"}}, kOccasion);
  ASSERT_FALSE(update);
  EXPECT_EQ(update.error().kind, ErrorKind::kNotFound);
  EXPECT_THAT(update.error().message, HasSubstr("operation 2: "));
}

TEST(UpdateAll, of_nothing_changes_nothing) {
  const std::string bytes = test::spec_json(test::Rows{{.id = "spec-root", .type = "spec"}});
  const ReadSpec read(bytes);
  EXPECT_TRUE(update_all(read.spec, {}, kOccasion)->changes.empty());
}

}  // namespace
}  // namespace sdd::spec
