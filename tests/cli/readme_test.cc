// README.md's two examples, executed where what they presume has happened.
#include <gtest/gtest.h>

#include "guide_run.h"

namespace sdd::cli {
namespace {

// The `$ …` lines of the README's indented blocks whose command begins so, each with what is below.
std::vector<test::GuideStep> steps_from(const std::string& first, std::size_t count) {
  std::string console = "```console\n";
  std::istringstream in(test::read_bytes(test::source_dir() / "README.md"));
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("    ")) console += line.substr(4) + "\n";
  }
  const auto all = test::steps_of_guide(console + "```\n");
  const auto begin = std::find_if(all.begin(), all.end(), [&](const test::GuideStep& step) {
    return step.command.starts_with(first);
  });
  const auto left = static_cast<std::size_t>(all.end() - begin);
  EXPECT_GE(left, count) << first;
  return {begin, begin + static_cast<std::ptrdiff_t>(std::min(left, count))};
}

void expect_as_told(const std::string& before, const std::vector<test::GuideStep>& steps) {
  std::vector<test::GuideStep> all = {{before, {}}};
  all.insert(all.end(), steps.begin(), steps.end());
  test::expect_steps_as_told(all);
}

constexpr const char* kCommitted =
    "cp -r \"$FIXTURES/updates/.\" . && git init -q . && git config --global user.name Ada && git "
    "config --global user.email ada@example.org && git add specs && git commit -q -m plan";

TEST(Readme, repairs_what_was_torn) {
  expect_as_told(std::string(kCommitted) +
                     " && file=specs/active/quay-lights-2026-05-04-001.json && tail -c 300 $file "
                     ">>$file",
                 steps_from("sdd validate", 3));
}

TEST(Readme, stops_a_commit_that_loses_an_entry) {
  expect_as_told(
      std::string(kCommitted) +
          " && id=quay-lights-2026-05-04-001 && file=specs/active/$id.json && sdd complete-task "
          "$id "
          "task-1-2 --quiet >/dev/null && git commit -q -a -m done && cp $file whole.json && jq "
          "--indent 2 '.journal |= map(select(.task_id != \"task-1-2\"))' whole.json >$file",
      steps_from("sdd setup-git", 2));
}

}  // namespace
}  // namespace sdd::cli
