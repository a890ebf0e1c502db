#include "repair/salvage.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "spec_document.h"

namespace sdd::repair {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

std::string torn_spec() {
  return test::spec_json(
      {{.id = "spec-root", .type = "spec", .children = {"task-1-1"}, .total = "1"},
       {.id = "task-1-1", .parent = "spec-root", .metadata = R"({"file_path": "a.py"})"}},
      R"("metadata": {}, "journal": [],)");
}

TEST(Salvage, a_healthy_file_keeps_its_bytes) {
  const std::string bytes = torn_spec() + "\n";
  const Salvaged salvaged = salvage({.stem = "demo-2026-01-02-001", .bytes = bytes}, {});
  EXPECT_EQ(salvaged.bytes, bytes);
  EXPECT_EQ(salvaged.base, "file");
  EXPECT_THAT(salvaged.recovered, IsEmpty());
  EXPECT_THAT(salvaged.dropped, IsEmpty());
  EXPECT_THAT(salvaged.derived, IsEmpty());
}

TEST(Salvage, a_document_loses_the_tail_behind_it) {
  const std::string bytes = torn_spec();
  const Salvaged salvaged =
      salvage({.stem = "demo-2026-01-02-001", .bytes = bytes + "\n  }\n}\n"}, {});
  EXPECT_EQ(salvaged.bytes, bytes);
  ASSERT_THAT(salvaged.recovered, SizeIs(1));
  EXPECT_EQ(salvaged.recovered[0].span, (Span{0, bytes.size()}));
  ASSERT_THAT(salvaged.dropped, SizeIs(1));
  EXPECT_EQ(salvaged.dropped[0].span.end, bytes.size() + 7);
  EXPECT_THAT(salvaged.lost, IsEmpty());
}

TEST(Salvage, an_empty_file_becomes_its_best_source) {
  const std::string bytes = torn_spec();
  const std::vector<Source> sources = {
      {.id = "backup-1", .kind = SourceKind::kBackup, .bytes = bytes.substr(0, 40)},
      {.id = "head", .kind = SourceKind::kHead, .bytes = bytes, .is_base = true}};
  const Salvaged salvaged = salvage({.stem = "demo-2026-01-02-001", .bytes = ""}, sources);
  EXPECT_EQ(salvaged.bytes, bytes);
  EXPECT_EQ(salvaged.base, "head");
}

TEST(Salvage, an_empty_file_without_a_source_is_refused) {
  EXPECT_NE(salvage({.stem = "demo-2026-01-02-001", .bytes = " \n"}, {}).refusal, "");
}

TEST(Salvage, a_source_of_another_spec_is_no_source) {
  const std::vector<Source> sources = {
      {.id = "head", .kind = SourceKind::kHead, .bytes = torn_spec(), .is_base = true}};
  EXPECT_NE(salvage({.stem = "y", .bytes = ""}, sources).refusal, "");
}

}  // namespace
}  // namespace sdd::repair
