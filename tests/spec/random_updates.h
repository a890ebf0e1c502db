// Random commands on a spec, such as a few agents would give.
#pragma once

#include <string>
#include <vector>

#include "bench/random.h"
#include "spec/draft.h"
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

  // What a person with an editor does: a title, a task less, another order, an entry rewritten.
  spec::Changes by_hand(const spec::Spec& spec) {
    const spec::Node& node = random_.pick(spec.nodes());
    const std::string id(node.id);
    const std::string text = "\"" + name_ + " " + std::to_string(++number_) + "\"";
    const auto raw = [](json::Value value) {
      return json::Snippet{std::string(value.raw()), true};
    };
    switch (random_.below(5)) {
      case 0:
        if (!node.title) break;
        return {
            spec::change_member({"hierarchy", id, "title"}, raw(node.title), json::Snippet{text})};
      case 1: {
        const spec::Node* parent = spec.at(node.parent);
        if (!node.is_leaf() || parent == nullptr) break;
        return {spec::remove_item({"hierarchy", std::string(parent->id), "children"},
                                  spec::json_text(id), {spec::json_text(id)}, {}),
                spec::change_member({"hierarchy", id}, raw(node.value), std::nullopt)};
      }
      case 2: {
        if (node.child_count < 2) break;
        const std::string last = spec::json_text(spec.children(node).back().value.string());
        spec::Change change = spec::add_item({"hierarchy", id, "children"}, last, {last});
        change.before = json::Snippet{last};
        change.after_spot = {spec::Spot::At::kFirst, {}};
        return {change};
      }
      case 3: {
        if (spec.journal().empty()) break;
        const json::Value entry = random_.pick(spec.journal()).value;
        if (random_.chance(50)) {
          return {spec::remove_item({"journal"}, spec::item_key(spec::ListKind::kEntries, entry),
                                    raw(entry), {})};
        }
        spec::Change change = spec::add_item(
            {"journal"}, spec::item_key(spec::ListKind::kEntries, entry),
            {spec::apply_changes(std::string(entry.raw()),
                                 {spec::change_member({"content"}, raw(entry.find("content")),
                                                      json::Snippet{text})})
                 .value_or(std::string(entry.raw()))});
        change.before = raw(entry);
        return {change};
      }
      default:
        for (const json::Member member : node.metadata_value.members()) {
          if (!random_.chance(30)) continue;
          spec::Path path = {"hierarchy", id, "metadata", std::string(member.key.string())};
          if (random_.chance(50)) {
            return {spec::change_member(std::move(path), raw(member.value), json::Snippet{text})};
          }
          return {spec::change_member(std::move(path), raw(member.value), std::nullopt)};
        }
    }
    return {};
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
