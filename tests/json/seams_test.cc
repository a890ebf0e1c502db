#include "json/seams.h"

#include <gtest/gtest.h>

#include "json/older_writer.h"

namespace sdd::json {
namespace {

TEST(Seams, a_small_file_has_none) {
  EXPECT_TRUE(seam_windows("").empty());
  EXPECT_TRUE(seam_windows("{\n  \"a\": \"" + std::string(8000, 'x') + "\"\n}").empty());
}

TEST(Seams, the_writers_own_pieces_end_inside_the_windows) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    test::Random random(seed);
    const test::Printed printed = test::SpecModel::make(random, 100'000).print();
    const std::vector<std::size_t> pieces = printed.pieces();
    const std::vector<Span> windows = seam_windows(printed.text);
    ASSERT_EQ(windows.size() + 1, pieces.size()) << seed;
    for (std::size_t k = 1; k <= windows.size(); ++k) {
      EXPECT_LE(windows[k - 1].begin, pieces[k - 1] - 24 * k - 64) << seed;
      EXPECT_GE(windows[k - 1].end, pieces[k - 1] + 64) << seed;
      EXPECT_EQ(windows[k - 1].end, std::min(8192 * k + 64, printed.text.size())) << seed;
    }
  }
}

// The pieces of a version with other updates end in the windows of this version.
TEST(Seams, the_other_versions_pieces_end_inside_the_windows) {
  std::size_t inside = 0;
  std::size_t all = 0;
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    test::Random random(seed);
    const test::SpecModel base = test::SpecModel::make(random, 60'000);
    const std::string mine = base.updated(random).print().text;
    std::vector<std::size_t> pieces = base.updated(random).print().pieces();
    pieces.pop_back();
    const std::vector<Span> windows = seam_windows(mine);
    for (const std::size_t seam : pieces) {
      ++all;
      if (touches(windows, {seam, seam})) ++inside;
    }
  }
  std::cout << "[ FIGURES  ] seams of the other version inside the windows: " << inside << " of "
            << all << "\n";
  EXPECT_GE(100 * inside, 95 * all);
}

TEST(Seams, characters_count_beside_bytes_where_they_differ) {
  std::string text = "[\n";
  for (int i = 0; i < 1500; ++i) text += "  \"\xD0\x96\xD0\x96\xD0\x96\xD0\x96\xD0\x96\",\n";
  const std::vector<Span> windows = seam_windows(text + "  1\n]");
  // 16 bytes, 11 characters a line: a piece of 8192 characters holds some 11,900 bytes.
  EXPECT_TRUE(touches(windows, {8190, 8190}));
  EXPECT_TRUE(touches(windows, {8192 * 16 / 11, 8192 * 16 / 11}));
  EXPECT_FALSE(touches(windows, {10'000, 10'000}));
  for (const Span window : windows) EXPECT_LE(window.end, text.size() + 5);
}

TEST(Seams, touches_counts_both_ends) {
  const std::vector<Span> windows{{10, 20}};
  EXPECT_TRUE(touches(windows, {20, 30}));
  EXPECT_TRUE(touches(windows, {0, 10}));
  EXPECT_FALSE(touches(windows, {21, 30}));
  EXPECT_FALSE(touches({}, {0, 100}));
}

}  // namespace
}  // namespace sdd::json
