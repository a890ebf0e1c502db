#include "store/hash.h"

#include <gtest/gtest.h>

namespace sdd::store {
namespace {

TEST(Hash, names_blobs_as_git_does) {
  // git hash-object on an empty file, and on "hello\n".
  EXPECT_EQ(git_blob_id(""), "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");
  EXPECT_EQ(git_blob_id("hello\n"), "ce013625030ba8dba906f756967f9e9ca394464a");
}

TEST(Hash, sha256_is_that_of_the_standard) {
  EXPECT_EQ(sha256(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256(std::string(1'000'000, 'a')),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Hash, bytes_of_any_value_count) {
  EXPECT_NE(git_blob_id(std::string(1, '\0')), git_blob_id(""));
  EXPECT_NE(git_blob_id("\xFF"), git_blob_id("\x7F"));
}

}  // namespace
}  // namespace sdd::store
