#include "json/uri.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace sdd::json {
namespace {

std::string uri_from(const char* base, const char* reference) {
  const Uri uri = resolve_uri(base, reference);
  return uri.fragment.empty() ? uri.whole : uri.whole + " # " + uri.fragment;
}

// RFC 3986, 5.4.
TEST(Uri, resolves_the_examples_of_the_standard) {
  const std::vector<std::pair<const char*, const char*>> examples = {
      {"g:h", "g:h"},
      {"g", "http://a/b/c/g"},
      {"./g", "http://a/b/c/g"},
      {"g/", "http://a/b/c/g/"},
      {"/g", "http://a/g"},
      {"//g", "http://g"},
      {"?y", "http://a/b/c/d;p?y"},
      {"g?y", "http://a/b/c/g?y"},
      {"#s", "http://a/b/c/d;p?q # s"},
      {"g#s", "http://a/b/c/g # s"},
      {";x", "http://a/b/c/;x"},
      {"", "http://a/b/c/d;p?q"},
      {".", "http://a/b/c/"},
      {"./", "http://a/b/c/"},
      {"..", "http://a/b/"},
      {"../g", "http://a/b/g"},
      {"../..", "http://a/"},
      {"../../g", "http://a/g"},
      {"../../../g", "http://a/g"},
      {"/./g", "http://a/g"},
      {"/../g", "http://a/g"},
      {"g.", "http://a/b/c/g."},
      {"..g", "http://a/b/c/..g"},
      {"./../g", "http://a/b/g"},
      {"./g/.", "http://a/b/c/g/"},
      {"g/../h", "http://a/b/c/h"},
      {"g?y/./x", "http://a/b/c/g?y/./x"},
  };
  for (const auto& [reference, whole] : examples) {
    EXPECT_EQ(uri_from("http://a/b/c/d;p?q", reference), whole) << reference;
  }
}

TEST(Uri, takes_bases_that_are_none) {
  EXPECT_EQ(uri_from("", "#/definitions/a"), " # /definitions/a");
  EXPECT_EQ(uri_from("", "a.json"), "a.json");
  EXPECT_EQ(uri_from("a/b.json", "c.json"), "a/c.json");
  EXPECT_EQ(uri_from("urn:uuid:1", "#x"), "urn:uuid:1 # x");
  EXPECT_EQ(uri_from("http://a", "b"), "http://a/b");
  EXPECT_EQ(uri_from("file:///c:/d/e.json", "f.json"), "file:///c:/d/f.json");
}

TEST(Uri, decodes_fragments) {
  EXPECT_EQ(uri_from("", "#/a%25b%22/%C3%A9"), " # /a%b\"/é");
  EXPECT_EQ(uri_from("", "#%zz%4"), " # %zz%4");
}

}  // namespace
}  // namespace sdd::json
