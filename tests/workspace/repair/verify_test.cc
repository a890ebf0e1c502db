// A receipt verifies as long as everything in it holds, and no longer.
#include "workspace/repair/verify.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "workspace/repair/repair_room.h"

namespace sdd::workspace {
namespace {

namespace fs = std::filesystem;
using test::RepairRoom;
using test::room_spec;

class ReceiptOfARepair : public testing::Test {
 protected:
  void SetUp() override {
    room.folder.write(backup, room_spec());
    room.write("");
    repaired = room.repair();
    ASSERT_EQ(repaired.status, Repaired::Status::kRepaired);
    ASSERT_TRUE(problems().empty());
  }

  std::vector<std::string> problems() const { return room.verify(repaired).problems; }
  void append(const std::string& file) const {
    std::ofstream(room.folder.path() / file, std::ios::app) << " ";
  }
  // Replaces a word of the receipt.
  void alter(const std::string& from, const std::string& to) const {
    std::string text = test::read_bytes(room.folder.path() / repaired.proof);
    ASSERT_NE(text.find(from), std::string::npos) << from << text;
    text.replace(text.find(from), from.size(), to);
    room.folder.write(repaired.proof, text);
  }

  RepairRoom room;
  const std::string backup = "specs/.backups/" + std::string(test::kRoomId) + ".json";
  Repaired repaired;
};

TEST_F(ReceiptOfARepair, fails_when_a_source_that_was_used_is_altered_or_gone) {
  append(backup);
  EXPECT_FALSE(problems().empty());
  fs::remove(room.folder.path() / backup);
  EXPECT_FALSE(problems().empty());
  room.folder.write(backup, room_spec());
  EXPECT_TRUE(problems().empty());
}

TEST_F(ReceiptOfARepair, fails_when_the_damaged_bytes_or_the_result_are_altered) {
  append(repaired.receipt.original);
  EXPECT_EQ(problems().size(), 1U);
  room.folder.write(repaired.receipt.original, "");
  append(repaired.receipt.result);
  EXPECT_EQ(problems().size(), 1U);
}

TEST_F(ReceiptOfARepair, holds_when_the_spec_was_updated_since_and_says_so) {
  ASSERT_TRUE(room.run(spec::CompleteTask{"task-1-1"}));
  const Verified verified = room.verify(repaired);
  EXPECT_TRUE(verified.problems.empty());
  EXPECT_EQ(verified.remarks.size(), 1U);
}

TEST_F(ReceiptOfARepair, fails_when_the_receipt_is_altered) {
  const std::string whole = test::read_bytes(room.folder.path() / repaired.proof);
  alter("\"source\": \"backup-1\",\n      \"begin\": 0", "\"source\": \"backup-1\", \"begin\": 1");
  EXPECT_FALSE(problems().empty());
  room.folder.write(repaired.proof, whole);
  alter(repaired.receipt.recovered.at(0).sha256, std::string(64, '0'));
  EXPECT_FALSE(problems().empty());
  room.folder.write(repaired.proof, whole);
  alter("sdd-repair/1", "else");
  EXPECT_FALSE(verify_receipt(room.folder.path() / repaired.proof));
}

// The result says more than its sources, and the receipt's hash of it was made to fit.
TEST_F(ReceiptOfARepair, fails_when_the_result_says_what_no_source_says) {
  std::string invented = room_spec();
  invented.replace(
      invented.find("\"title\": \"T\", \"status\": \"pending\", \"parent\": \"phase-1\""), 12,
      "\"title\": \"X\"");
  room.folder.write(repaired.receipt.result, invented);
  alter(repaired.receipt.result_sha256, store::sha256(invented));
  const auto told = problems();
  ASSERT_EQ(told.size(), 1U);
  EXPECT_NE(told.front().find("from no source"), std::string::npos);
}

TEST_F(ReceiptOfARepair, verifies_after_the_repository_was_moved) {
  const test::TempFolder elsewhere;
  fs::create_directories(elsewhere.path() / "there");
  fs::copy(room.folder.path() / "specs", elsewhere.path() / "there" / "specs",
           fs::copy_options::recursive);
  fs::remove_all(room.folder.path() / "specs");
  const auto verified = verify_receipt(elsewhere.path() / "there" / repaired.proof);
  ASSERT_TRUE(verified);
  EXPECT_TRUE(verified->problems.empty());
}

TEST(Receipt, names_blobs_of_git_that_are_read_again) {
  RepairRoom room;
  room.begin_git();
  room.write("{\"hierarchy\": ");
  const Repaired repaired = room.repair();
  ASSERT_EQ(repaired.status, Repaired::Status::kRepaired);
  EXPECT_TRUE(room.verify(repaired).problems.empty());
  fs::remove_all(room.folder.path() / ".git" / "objects");
  EXPECT_FALSE(verify_receipt(room.folder.path() / repaired.proof)->problems.empty());
}

TEST(Receipt, keeps_a_copy_of_temporary_files) {
  RepairRoom room;
  const std::string left = "specs/active/" + std::string(test::kRoomId) + ".tmp";
  room.folder.write(left, room_spec());
  room.write("");
  const Repaired repaired = room.repair();
  ASSERT_EQ(repaired.status, Repaired::Status::kRepaired);
  EXPECT_EQ(repaired.receipt.base, "temp-1");
  fs::remove(room.folder.path() / left);
  EXPECT_TRUE(room.verify(repaired).problems.empty());
}

TEST(Receipt, is_read_as_it_was_written) {
  Receipt receipt;
  receipt.path = "a";
  receipt.damage = {{"empty-file", {1, 2}}};
  receipt.sources = {{"head", "head", "HEAD:a", "00", "11", "", true}};
  receipt.recovered = {{"/a", "head", {3, 4}, "22"}};
  receipt.dropped = {{{5, 6}, "why"}};
  receipt.lost = {{"/b", "gone"}};
  receipt.derived = {spec::change_member({"a"}, json::Snippet{"1"}, json::Snippet{"2"})};
  const std::string text = receipt_text(receipt);
  const auto read = read_receipt(text);
  ASSERT_TRUE(read);
  EXPECT_EQ(receipt_text(*read), text);
  EXPECT_FALSE(read_receipt("{}"));
  EXPECT_FALSE(read_receipt("{"));
}

}  // namespace
}  // namespace sdd::workspace
