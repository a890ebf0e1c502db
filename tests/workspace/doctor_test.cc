// Each examination sees what it is for, and nothing where all is well.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/file.h>
#include <unistd.h>

#include <cstdlib>
#include <map>
#include <optional>
#include <set>

#include "json/embedded_schema.h"
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

// An environment variable, as long as this lives.
class Environment {
 public:
  Environment(const char* name, const std::string& value) : name_(name) {
    const char* old = std::getenv(name);
    if (old != nullptr) old_ = old;
    ::setenv(name, value.c_str(), 1);
  }
  ~Environment() {
    if (old_) {
      ::setenv(name_, old_->c_str(), 1);
    } else {
      ::unsetenv(name_);
    }
  }
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;

 private:
  const char* name_;
  std::optional<std::string> old_;
};

struct DoctorCase : testing::Test {
  void SetUp() override {
    EXPECT_TRUE(room.run(AddJournal{"first", "x"}));
    fs::create_directories(room.folder.path() / "bin");
    fs::create_symlink("/proc/self/exe", room.folder.path() / "bin/sdd");
  }

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

  std::string path_with(const std::string& folder) const {
    return (room.folder.path() / folder).string() + ":/usr/bin:/bin";
  }

  const test::UpdateRoom room;
  const Environment path{"PATH", path_with("bin")};
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

TEST_F(DoctorCase, sees_another_program_of_our_name) {
  EXPECT_NE(examine()["programs"].text.find(", git 2."), std::string::npos);
  {
    const Environment none("PATH", "/nowhere");
    EXPECT_EQ(only("programs").health, Health::kNote);
  }
  room.folder.write("older/sdd", "#!/bin/sh\n");
  fs::permissions(room.folder.path() / "older/sdd", fs::perms::owner_all);
  {
    const Environment other("PATH", path_with("older"));
    const Diagnosis found = only("programs");
    EXPECT_EQ(found.health, Health::kWarning);
    ASSERT_EQ(found.files.size(), 1U);
    EXPECT_TRUE(found.files[0].ends_with("/older/sdd"));
  }
  const Environment legacy("SDD_LEGACY", (room.folder.path() / "older/sdd").string());
  EXPECT_NE(examine()["programs"].text.find("/older/sdd'"), std::string::npos);
  const Environment wrong("SDD_LEGACY", "/nowhere/sdd");
  EXPECT_EQ(only("programs").health, Health::kWarning);
}

TEST_F(DoctorCase, sees_a_writer_that_keeps_no_log) {
  const std::string bytes = room.bytes();
  const auto with_stamp = [&](const char* stamp) {
    const std::size_t at = bytes.find(':', bytes.find("\"last_updated\"")) + 1;
    const std::size_t end = bytes.find_first_of(",\n", at);
    return bytes.substr(0, at) + " \"" + stamp + "\"" + bytes.substr(end);
  };
  room.write(with_stamp("2100-01-01T00:00:00Z"));
  const Diagnosis found = only("other-writers");
  EXPECT_EQ(found.health, Health::kNote);
  EXPECT_EQ(found.files.size(), 1U);
  room.write(with_stamp("2020-01-01T00:00:00Z"));
  only("");
}

TEST_F(DoctorCase, sees_schemas_that_drifted_apart) {
  const std::string built_in(json::embedded_spec_schema());
  room.folder.write("schema/sdd-spec-schema.json", built_in);
  EXPECT_EQ(only("").health, Health::kGood);
  room.folder.write("schema/sdd-spec-schema.json", R"({"type": "object"})");
  EXPECT_EQ(only("schema").health, Health::kNote);
  room.folder.write("cache/sdd-spec-schema.json", built_in);
  const Environment cache("CLAUDE_SDD_SCHEMA_CACHE", (room.folder.path() / "cache").string());
  const Diagnosis drifted = only("schema");
  EXPECT_EQ(drifted.health, Health::kWarning);
  EXPECT_EQ(drifted.files.size(), 2U);
  room.folder.write("cache/sdd-spec-schema.json", "{");
  EXPECT_EQ(only("schema").health, Health::kError);
}

}  // namespace
}  // namespace sdd::workspace::doctor
