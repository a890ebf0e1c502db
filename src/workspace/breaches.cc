#include "workspace/breaches.h"

#include <string_view>
#include <unordered_set>

namespace sdd::workspace {
namespace {

// Intents under one id are those of a merge where each begins with what the one before it left;
// else an earlier one died, and this is a second try.
struct Beginning {
  std::string_view blob;
  bool merged = false;
};

Beginning beginning_of(const store::Update& update) {
  Beginning beginning{update.before, false};
  constexpr std::size_t kPair = 2;  // before, after
  for (std::size_t i = update.earlier.size(); i >= kPair; i -= kPair) {
    if (update.earlier[i - 1] != beginning.blob) break;
    beginning = {update.earlier[i - kPair], true};
  }
  return beginning;
}

}  // namespace

std::vector<Breach> breaches_of(const store::LogContent& log, const std::string& now) {
  std::vector<Breach> breaches;
  std::unordered_set<std::string_view> expected;  // what it holds when nobody else writes
  std::unordered_set<std::string_view> seen;
  const auto look = [&](std::size_t at, std::string_view blob) {
    if (expected.empty() || expected.contains(blob)) return;
    breaches.push_back({at, std::string(blob), seen.contains(blob)});
  };
  for (std::size_t i = 0; i < log.updates.size(); ++i) {
    const store::Update& update = log.updates[i];
    const Beginning beginning = beginning_of(update);
    look(i, beginning.blob);
    if (beginning.merged) breaches.push_back({i, "", false});
    // One that was not acknowledged may have come to nothing.
    if (update.done) {
      expected.clear();
    } else {
      expected.insert(update.before);
      expected.insert(update.earlier.begin(), update.earlier.end());
    }
    expected.insert(update.after);
    seen.insert(update.earlier.begin(), update.earlier.end());
    seen.insert(update.before);
    seen.insert(update.after);
  }
  look(log.updates.size(), now);
  return breaches;
}

}  // namespace sdd::workspace
