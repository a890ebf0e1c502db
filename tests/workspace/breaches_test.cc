#include "workspace/breaches.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sdd::workspace {

bool operator==(const Breach& a, const Breach& b) {
  return a.at == b.at && a.blob == b.blob && a.put_back == b.put_back;
}
void PrintTo(const Breach& breach, std::ostream* out) {
  *out << breach.at << ' ' << breach.blob << (breach.put_back ? " put back" : "");
}

namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// Each update by its blobs: before and after of its intents.
store::LogContent log_of(const std::vector<std::vector<std::string>>& updates) {
  store::LogContent log;
  for (const std::vector<std::string>& blobs : updates) {
    store::Update update;
    update.before = blobs[blobs.size() - 2];
    update.after = blobs.back();
    update.earlier.assign(blobs.begin(), blobs.end() - 2);
    update.done = store::FileStamp{};
    log.updates.push_back(std::move(update));
  }
  return log;
}

TEST(Breaches, an_unbroken_chain_has_none) {
  EXPECT_THAT(breaches_of(log_of({}), "x"), IsEmpty());
  EXPECT_THAT(breaches_of(log_of({{"a", "b"}, {"b", "c"}}), "c"), IsEmpty());
  // One was tried twice.
  EXPECT_THAT(breaches_of(log_of({{"a", "b"}, {"b", "c", "b", "d"}}), "d"), IsEmpty());
}

TEST(Breaches, one_that_died_may_have_had_its_effect_or_not) {
  for (const char* next : {"b", "c"}) {
    store::LogContent log = log_of({{"a", "b"}, {"b", "c"}, {next, "d"}});
    log.updates[1].done.reset();
    EXPECT_THAT(breaches_of(log, "d"), IsEmpty()) << next;
  }
}

TEST(Breaches, what_somebody_else_wrote_is_one_wherever_it_stands) {
  EXPECT_THAT(breaches_of(log_of({{"a", "b"}, {"x", "c"}, {"c", "d"}}), "y"),
              ElementsAre(Breach{1, "x"}, Breach{3, "y"}));
}

TEST(Breaches, an_old_version_of_ours_was_put_back) {
  EXPECT_THAT(breaches_of(log_of({{"a", "b"}, {"b", "c"}, {"a", "d"}}), "b"),
              ElementsAre(Breach{2, "a", true}, Breach{3, "b", true}));
}

TEST(Breaches, a_merge_is_one) {
  EXPECT_THAT(breaches_of(log_of({{"a", "b"}, {"b", "c", "c", "d"}, {"d", "e"}}), "e"),
              ElementsAre(Breach{1, ""}));
  // Its beginning was somebody else's work, too.
  EXPECT_THAT(breaches_of(log_of({{"a", "b"}, {"x", "c", "c", "d", "d", "e"}}), "e"),
              ElementsAre(Breach{1, "x"}, Breach{1, ""}));
}

}  // namespace
}  // namespace sdd::workspace
