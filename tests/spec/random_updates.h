// Random commands on a spec, such as a few agents would give.
#pragma once

#include <string>
#include <vector>

#include "bench/random.h"
#include "spec/update.h"
#include "spec/words.h"

namespace sdd::test {

class RandomUpdates {
 public:
  // `name` goes into every text, so that two sources never say the same.
  RandomUpdates(std::uint64_t seed, std::string name) : random_(seed), name_(std::move(name)) {}

  spec::Operation next(const spec::Spec& spec) {
    const spec::Node* node = &random_.pick(spec.nodes());
    for (int i = 0; i < 2 && node->child_count > 0; ++i) node = &random_.pick(spec.nodes());
    const std::string id(node->id);
    const std::string text =
        name_ + " " + std::to_string(++number_) + (random_.chance(20) ? " ж" : "");
    switch (random_.below(14)) {
      case 0:
      case 1:
        return spec::UpdateStatus{id, static_cast<spec::Status>(random_.below(4)), text};
      case 2:
      case 3:
      case 4:
        return spec::CompleteTask{.task = id, .note = text};
      case 5:
        return spec::MarkBlocked{id, text, std::string(random_.pick(spec::kBlockerTypes)), {}};
      case 6:
        return spec::UnblockTask{id, text};
      case 7:
        return spec::AddJournal{text, "content " + text, id};
      case 8:
        return spec::BulkJournal{};
      case 9:
        return spec::AddRevision{"9." + std::to_string(number_) + name_, text};
      case 10:
        return spec::AddAssumption{text};
      case 11:
        return spec::AddVerification{id, std::string(random_.pick(spec::kVerdicts)), text, {}, {},
                                     {}};
      case 12:
        return spec::AddTask{.parent = id,
                             .title = text,
                             .type = random_.chance(50) ? "verify" : "task",
                             .file_path = "a.py"};
      default:
        return random_.chance(50)
                   ? spec::Operation{spec::SetMetadata{id, "note-" + name_, "\"" + text + "\""}}
                   : spec::Operation{spec::SyncMetadata{}};
    }
  }

  bench::Random& random() { return random_; }

 private:
  bench::Random random_;
  std::string name_;
  std::size_t number_ = 0;
};

// A name for what an operation was, in a failure's message.
inline const char* name_of(const spec::Operation& operation) {
  constexpr const char* kNames[] = {
      "update-status", "complete-task", "mark-blocked",   "unblock-task",     "add-journal",
      "bulk-journal",  "add-revision",  "add-assumption", "add-verification", "sync-metadata",
      "move-spec",     "add-task",      "set-metadata"};
  return kNames[operation.index()];
}

}  // namespace sdd::test
