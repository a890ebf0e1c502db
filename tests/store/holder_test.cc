#include "store/holder.h"

#include <gtest/gtest.h>

namespace sdd::store {
namespace {

const Holder kHolder{4711, "host", "complete-task", {"x", "task-1-1"}, Timestamp{1'000'000}};

TEST(Holder, is_described_for_those_who_wait) {
  EXPECT_EQ(describe(kHolder, Timestamp{4'250'000}),
            "'sdd complete-task x task-1-1' (pid 4711 on host, for 3.2 s)");
  EXPECT_EQ(describe(kHolder, Timestamp{0}),
            "'sdd complete-task x task-1-1' (pid 4711 on host, for 0.0 s)");
  const Holder hostile{1, "h\x1B[2J", "lock", {"a\nb"}, {}};
  const std::string text = describe(hostile, Timestamp{0});
  EXPECT_EQ(text.find('\x1B'), std::string::npos);
  EXPECT_EQ(text.find('\n'), std::string::npos);
}

TEST(Holder, comes_back_from_its_line) {
  const auto holder = parse_holder(holder_line(kHolder));
  ASSERT_TRUE(holder);
  EXPECT_EQ(holder->pid, 4711);
  EXPECT_EQ(holder->host, "host");
  EXPECT_EQ(holder->command, "complete-task");
  EXPECT_EQ(holder->ids, kHolder.ids);
  EXPECT_EQ(holder->since, kHolder.since);
}

TEST(Holder, is_nobody_when_the_line_is_torn) {
  const std::string line = holder_line(kHolder);
  for (std::size_t cut = 0; cut < line.size(); ++cut) {
    EXPECT_FALSE(parse_holder(line.substr(0, cut)));
  }
  EXPECT_TRUE(parse_holder(line + line));  // the first counts
  EXPECT_FALSE(parse_holder("\n" + line));
}

}  // namespace
}  // namespace sdd::store
