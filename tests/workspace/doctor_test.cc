// Each examination sees what it is for, and nothing where all is well.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/file.h>
#include <unistd.h>

#include <map>
#include <set>

#include "store/wrapping_file_system.h"
#include "workspace/doctor/examination.h"
#include "workspace/update_room.h"

namespace sdd::workspace::doctor {
namespace {

namespace fs = std::filesystem;
using spec::AddJournal;
using test::kRoomId;

// A disk that lacks something.
class PoorDisk : public store::WrappingFileSystem {
 public:
  using WrappingFileSystem::WrappingFileSystem;
  bool exchanges = true;
  bool locks = true;
  bool locks_exclude = true;
  bool leases = true;
  std::uint64_t type = 0xEF53;

  store::Answer<void> lock(int fd) override {
    if (!locks) return store::failed(ENOLCK);
    if (!locks_exclude) return {};
    return inner_.lock(fd);
  }
  store::Answer<bool> has_writer(int fd) override {
    if (!leases) return store::failed(EINVAL);
    return inner_.has_writer(fd);
  }
  store::Answer<std::uint64_t> type_of(const Path&) override { return type; }

 protected:
  store::Answer<void> rename_inside(const Path& from, const Path& to, store::Rename how) override {
    if (how == store::Rename::kExchange && !exchanges) return store::failed(EINVAL);
    return inner_.rename(from, to, how);
  }
};

struct DoctorCase : testing::Test {
  void SetUp() override { EXPECT_TRUE(room.run(AddJournal{"first", "x"})); }

  std::map<std::string, Diagnosis> examine() {
    std::map<std::string, Diagnosis> all;
    const auto layout = Layout::find(room.places());
    EXPECT_TRUE(layout.has_value());
    const auto patient = Patient::of(files, *layout);
    EXPECT_TRUE(patient.has_value());
    for (const Examination& each : examinations()) all[each.name] = each.examine(*patient);
    return all;
  }
  // The one that is not good.
  Diagnosis only(const std::string& name) {
    Diagnosis found;
    for (const auto& [each, diagnosis] : examine()) {
      if (each == name) {
        found = diagnosis;
      } else {
        EXPECT_EQ(diagnosis.health, Health::kGood) << each << ": " << diagnosis.text;
      }
    }
    return found;
  }

  const test::UpdateRoom room;
  store::RealFileSystem real;
  PoorDisk files{real};
};

TEST_F(DoctorCase, finds_nothing_where_all_is_well) {
  EXPECT_EQ(only("").health, Health::kGood);
  EXPECT_EQ(room.files_in("tmp"), 0U) << "its own files are gone again";
}

TEST_F(DoctorCase, names_are_unique) {
  std::set<std::string> names;
  for (const Examination& each : examinations()) EXPECT_TRUE(names.insert(each.name).second);
}

TEST_F(DoctorCase, sees_what_the_disk_lacks) {
  files.exchanges = false;
  EXPECT_EQ(only("exchange").health, Health::kWarning);
  files.exchanges = true;
  files.locks_exclude = false;
  EXPECT_EQ(only("locks").health, Health::kError);
  files.locks = false;
  EXPECT_EQ(examine()["locks"].health, Health::kError);
  files.locks = files.locks_exclude = true;
  files.leases = false;
  EXPECT_EQ(only("leases").health, Health::kNote);
  files.leases = true;
  files.type = 0x6969;
  const Diagnosis network = only("file-system");
  EXPECT_EQ(network.health, Health::kWarning);
  EXPECT_NE(network.text.find("NFS"), std::string::npos);
}

TEST_F(DoctorCase, sees_who_holds_a_lock) {
  const int fd = ::open((room.own("locks") / (std::string(kRoomId) + ".lock")).c_str(), O_RDWR);
  ASSERT_EQ(::flock(fd, LOCK_EX | LOCK_NB), 0);
  const Diagnosis held = only("holders");
  EXPECT_EQ(held.health, Health::kNote);
  ASSERT_EQ(held.files.size(), 1U);
  EXPECT_NE(held.files[0].find("sdd test"), std::string::npos) << held.files[0];
  ::close(fd);
}

TEST_F(DoctorCase, sees_files_that_were_left) {
  room.folder.write("specs/.sdd/displaced/a.20260101T000000Z.12345678", "{}");
  EXPECT_EQ(only("displaced-files").health, Health::kWarning);
  fs::remove_all(room.own("displaced") / "a.20260101T000000Z.12345678");
  room.folder.write(std::string("specs/.sdd/tmp/") + kRoomId + ".4194400.host.0123abcd.tmp", "{}");
  const Diagnosis temporary = only("temporary-files");
  EXPECT_EQ(temporary.health, Health::kNote);
  EXPECT_EQ(temporary.files.size(), 1U);
  const std::string living = kRoomId + ("." + std::to_string(::getpid())) + ".host.0123abcd.tmp";
  fs::remove_all(room.own("tmp"));
  room.folder.write("specs/.sdd/tmp/" + living, "{}");
  only("");
  room.folder.write(std::string("specs/active/") + kRoomId + ".json.tmp", "{");
  EXPECT_EQ(only("foreign-temporary-files").health, Health::kWarning);
  fs::remove(room.file().string() + ".tmp");
  fs::create_directories(room.own(".sdd-torture-1"));
  EXPECT_EQ(only("scratch-folders").health, Health::kNote);
}

TEST_F(DoctorCase, sees_specs_that_cannot_be_updated) {
  fs::create_hard_link(room.file(), room.folder.path() / "other.json");
  const Diagnosis diagnosis = only("specs");
  EXPECT_EQ(diagnosis.health, Health::kWarning);
  ASSERT_EQ(diagnosis.files.size(), 1U);
  EXPECT_NE(diagnosis.files[0].find("2 names"), std::string::npos) << diagnosis.files[0];
}

TEST_F(DoctorCase, sees_a_damaged_log) {
  const fs::path log = room.own("log") / (std::string(kRoomId) + ".jsonl");
  std::string bytes = test::read_bytes(log);
  bytes[10] ^= 1;
  room.folder.write(fs::relative(log, room.folder.path()).string(), bytes);
  EXPECT_EQ(only("logs").health, Health::kWarning);
}

// Updates that died: before the file was changed, after, and with somebody else's write since.
TEST_F(DoctorCase, sees_an_update_that_nobody_acknowledged) {
  const std::string before = room.bytes();
  ASSERT_TRUE(room.run(AddJournal{"second", "x"}));
  const fs::path log = room.own("log") / (std::string(kRoomId) + ".jsonl");
  std::string bytes = test::read_bytes(log);
  bytes.resize(bytes.rfind('\n', bytes.size() - 2) + 1);
  room.folder.write(fs::relative(log, room.folder.path()).string(), bytes);
  const Diagnosis applied = only("unfinished");
  EXPECT_EQ(applied.health, Health::kNote);
  ASSERT_EQ(applied.files.size(), 1U);
  EXPECT_NE(applied.files[0].find("is in the file"), std::string::npos) << applied.files[0];
  room.write(room.bytes() + " ");
  EXPECT_NE(only("unfinished").files.at(0).find("may be"), std::string::npos);
  room.write(before);
  only("");
}

}  // namespace
}  // namespace sdd::workspace::doctor
