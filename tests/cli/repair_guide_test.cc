// docs/guide/repair.md, git.md and many-machines.md, executed.
#include <gtest/gtest.h>

#include "guide_run.h"

namespace sdd::cli {
namespace {

TEST(RepairGuide, is_as_the_program_does_it) { test::expect_guide_as_told("repair", 8); }

TEST(GitGuide, is_as_the_program_does_it) { test::expect_guide_as_told("git", 8); }

TEST(ManyMachinesGuide, is_as_the_program_does_it) {
  test::expect_guide_as_told("many-machines", 8);
}

}  // namespace
}  // namespace sdd::cli
