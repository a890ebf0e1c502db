#include "store/file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cerrno>

#include "store/file_system.h"
#include "tests/store/faulty_file_system.h"
#include "tests/support.h"
#include "tests/temp_folder.h"

namespace sdd::store {
namespace {

TEST(File, holds_exactly_these_bytes) {
  const test::TempFolder folder;
  RealFileSystem files;
  // Around the size of a piece, and nothing at all.
  for (const std::size_t size : {0, 1, 16383, 16384, 16385, 50000}) {
    const std::string bytes(size, 'a');
    folder.write("f", bytes);
    const auto path = folder.path() / "f";
    EXPECT_TRUE(file_holds(files, path, false, bytes).value()) << size;
    EXPECT_FALSE(file_holds(files, path, false, bytes + "a").value()) << size;
    if (size == 0) continue;
    EXPECT_FALSE(file_holds(files, path, false, bytes.substr(1)).value()) << size;
    std::string other = bytes;
    other.back() = 'b';
    EXPECT_FALSE(file_holds(files, path, false, other).value()) << size;
  }
}

TEST(File, is_compared_and_read_although_reads_are_short_or_interrupted) {
  const test::TempFolder folder;
  folder.write("f", "abc");
  RealFileSystem real;
  for (const auto kind : {FaultyFileSystem::kShort, FaultyFileSystem::kInterrupt}) {
    for (int at = 1; at < 10; ++at) {
      FaultyFileSystem files(real, {kind, EINTR}, at);
      const auto held = file_holds(files, folder.path() / "f", false, "abc");
      EXPECT_TRUE(!held || *held) << at;
      FaultyFileSystem others(real, {kind, EINTR}, at);
      const auto bytes = read_whole(others, folder.path() / "f", false);
      EXPECT_TRUE(!bytes || *bytes == "abc") << at;
      EXPECT_EQ(held.has_value(), bytes.has_value()) << at;
    }
  }
}

TEST(File, that_cannot_be_read_is_told_from_one_that_differs) {
  const test::TempFolder folder;
  folder.write("f", "abc");
  RealFileSystem real;
  FaultyFileSystem files(real, {FaultyFileSystem::kFail, EIO}, 3);
  const auto held = file_holds(files, folder.path() / "f", false, "abc");
  ASSERT_FALSE(held);
  EXPECT_EQ(held.error().code, EIO);
}

TEST(File, only_regular_ones_are_read) {
  const test::TempFolder folder;
  RealFileSystem files;
  ASSERT_EQ(::mkfifo((folder.path() / "fifo").c_str(), 0600), 0);
  EXPECT_EQ(read_whole(files, folder.path() / "fifo").error().code, EINVAL);
  EXPECT_EQ(file_holds(files, folder.path(), true, "").error().code, EISDIR);
  EXPECT_EQ(read_whole(files, folder.path() / "none").error().code, ENOENT);
}

}  // namespace
}  // namespace sdd::store
