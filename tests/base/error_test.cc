#include "base/error.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cerrno>
#include <set>
#include <string>

namespace sdd {
namespace {

constexpr std::array kErrorKinds = {
    ErrorKind::kUsage,  ErrorKind::kNotFound,  ErrorKind::kAmbiguous,     ErrorKind::kPermission,
    ErrorKind::kIo,     ErrorKind::kBadSchema, ErrorKind::kNotRepository, ErrorKind::kDamaged,
    ErrorKind::kLegacy, ErrorKind::kRefused,
};

TEST(Error, each_kind_has_a_word_of_its_own) {
  std::set<std::string> words;
  for (const ErrorKind kind : kErrorKinds) words.insert(to_string(kind));
  EXPECT_EQ(words.size(), kErrorKinds.size());
  EXPECT_FALSE(words.contains("unknown"));
}

TEST(Error, damage_exits_with_2_and_refusal_with_5) {
  for (const ErrorKind kind : kErrorKinds) {
    const int others = kind == ErrorKind::kRefused ? 5 : 3;
    EXPECT_EQ(exit_code(kind), kind == ErrorKind::kDamaged ? 2 : others) << to_string(kind);
  }
}

TEST(Error, fail_is_the_failed_side_of_any_result) {
  const Result<int> result = fail(ErrorKind::kNotFound, "no spec 'a'", {"b", "c"});
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind, ErrorKind::kNotFound);
  EXPECT_EQ(result.error().message, "no spec 'a'");
  EXPECT_THAT(result.error().candidates, testing::ElementsAre("b", "c"));
}

TEST(Error, tells_errno_within_a_sentence) {
  EXPECT_EQ(errno_text(EACCES), "permission denied");
  EXPECT_EQ(errno_text(EISDIR), "is a directory");
  EXPECT_EQ(errno_text(EIO), "input/output error");
}

TEST(Error, a_failed_call_names_what_it_was_about) {
  const Error refused = system_error("open", "specs/a.json", EACCES);
  EXPECT_EQ(refused.kind, ErrorKind::kPermission);
  EXPECT_EQ(refused.message, "cannot open 'specs/a.json': permission denied");
  EXPECT_EQ(system_error("open", "a", ENOENT).kind, ErrorKind::kNotFound);
  EXPECT_EQ(system_error("open", "a/b", ENOTDIR).kind, ErrorKind::kNotFound);
  EXPECT_EQ(system_error("read", "a", EIO).kind, ErrorKind::kIo);
  EXPECT_EQ(system_error("write", "a", ENOSPC).kind, ErrorKind::kIo);
}

TEST(Error, a_path_cannot_move_the_cursor) {
  EXPECT_EQ(system_error("open", "a\x1b[2Jb", ENOENT).message.find('\x1b'), std::string::npos);
}

}  // namespace
}  // namespace sdd
