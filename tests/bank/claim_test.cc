#include "bank/claim.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "bank/document.h"
#include "support.h"
#include "text/source_text.h"

namespace sdd::bank {
namespace {

namespace fs = std::filesystem;

std::string claims_in(std::string_view text) {
  std::vector<Claim> claims;
  find_claims(Piece::of(text, 0, text.size()), 0, claims);
  std::string found;
  for (const Claim& claim : claims) {
    found += std::to_string(claim.completed) + " of " + std::to_string(claim.total);
    if (claim.percent) found += " " + std::to_string(*claim.percent) + "%";
    if (!claim.spec.empty()) found += " " + std::string(claim.spec.view());
    found += ";";
  }
  return found;
}

TEST(BankClaim, follows_a_word_about_specs) {
  EXPECT_EQ(claims_in("Полностью выполнен SDD-спек (49/49): ..."), "49 of 49;");
  EXPECT_EQ(claims_in("SDD-Спек 1/2"), "1 of 2;");
  EXPECT_EQ(claims_in("and SDD status consistency (49/49 complete)"), "49 of 49;");
  EXPECT_EQ(claims_in("spec progress is now 29/29 (100%)."), "29 of 29 100%;");
  EXPECT_EQ(claims_in("SDD 4/4 closed, SDD spec: 3/5, sdd-spec (2/2) (100%)"),
            "4 of 4;3 of 5;2 of 2 100%;");
}

TEST(BankClaim, nothing_else_is_one) {
  for (const std::string_view text :
       {"Vitest 1/1; 22 files", "49/49", "(49/49)", "29/29 (100%)", "HTTP 401/403", "SDD tests 4/4",
        "SDD checks passed: 4/4", "SDD 4/4/4", "SDD 4/", "SDD /4", "SDD 4/4th", "misdd 4/4",
        "SDD meta/4/4", "spec progress was 3/4", "SDD 1234567890/1"}) {
    EXPECT_EQ(claims_in(text), "") << text;
  }
}

TEST(BankClaim, is_about_the_spec_named_nearest) {
  EXPECT_EQ(claims_in("`a-2026-01-01-001` and `b-2026-01-01-002`: SDD 4/4 and c-2026-01-01-003"),
            "4 of 4 b-2026-01-01-002;");
  EXPECT_EQ(claims_in("SDD 4/4 in `specs/active/c-2026-01-01-0102.json`."),
            "4 of 4 specs/active/c-2026-01-01-0102.json;");
  EXPECT_EQ(claims_in("SDD 4/4 since 2026-01-01, run x-12"), "4 of 4;");
}

TEST(BankClaim, of_the_corpus_there_are_three) {
  const auto root = test::shared("corpus/airis/meta/memory_bank");
  if (!root) GTEST_SKIP() << "the real memory bank is not there";
  std::vector<std::string> claims;
  for (const fs::directory_entry& file : fs::recursive_directory_iterator(*root)) {
    if (file.path().extension() != ".md") continue;
    const std::string inside = fs::relative(file.path(), *root).string();
    const SourceText source(inside, test::read_bytes(file.path()));
    const Document document = Document::of(source, kind_of(inside));
    for (const Claim& claim : document.claims()) {
      claims.push_back(inside + ":" + std::to_string(source.position(claim.counts.begin).line) +
                       " " + std::string(claim.counts.view()) + " " +
                       std::string(claim.spec.view()));
    }
  }
  const std::string log = "branch_updates/2026-02-11-head-no-branch.md:";
  const std::string spec =
      "meta/sdd/specs/completed/billing-launch-confidence-program-2026-02-11-001.json";
  EXPECT_EQ(claims, (std::vector<std::string>{
                        log + "25 49/49 ", log + "35 49/49 " + spec,
                        log + "50 29/29 billing-topup-yookassa-error-hardening-2026-02-11-001"}));
}

}  // namespace
}  // namespace sdd::bank
