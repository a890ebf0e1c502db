#include "spec/update_all.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <string>
#include <utility>

#include "json/writer.h"
#include "spec/diff.h"
#include "spec/updating.h"

namespace sdd::spec {
namespace {

// A document while it is worked on; each points into the one before.
struct Stage {
  std::string bytes;
  json::Tree tree;
  Spec spec;
};

Error numbered(Error error, std::size_t number) {
  error.message = fmt::format("operation {}: {}", number, error.message);
  return error;
}

bool adds_entry(const Change& change) {
  return change.kind == Change::Kind::kItem && change.path == Path{"journal"};
}

bool is_stamp(const Change& change) {
  return change.kind == Change::Kind::kMember && change.path == Path{"last_updated"};
}

// The document on one line, its journal empty.
std::string bare_text(json::Value document) {
  json::Writer out(json::Writer::kCompact);
  out.begin_object();
  for (const json::Member member : document.members()) {
    out.key(member.key.string());
    if (member.key.string() == "journal") {
      out.begin_array().end_array();
    } else {
      out.value(member.value);
    }
  }
  return out.end_object().text();
}

// The spec while the operations work on it, one after the other. Each stage is a document that is
// parsed anew, so what no operation reads is left out: blanks and the journal, where it is an
// array; what is added to it is kept aside. Its times are known before it goes, so that what is
// written lies behind them. An operation that changes nothing else needs no stage. Two stages take
// turns: the next one is made of the one that stands.
class Work {
 public:
  Work(const Spec& spec, const Occasion& occasion) : first_(&spec), occasion_(occasion) {}

  Result<void> leave_journal_out(Update& whole) {
    const json::Value journal = first_->root_value().find("journal");
    if (occasion_.exact || !journal.is_array()) return {};
    occasion_.now = moment_of(*first_, occasion_, whole.remarks);
    auto read = read_stage(without_journal_, bare_text(first_->root_value()));
    if (!read) return read;
    first_ = standing_ = &without_journal_.spec;
    keeps_entries_ = true;
    return {};
  }

  Result<void> run(const Operation& operation, Update& whole) {
    auto one = update(*standing_, operation, occasion_);
    if (!one) return tl::unexpected(one.error());
    for (std::string& remark : one->remarks) {
      const auto known = std::find(whole.remarks.begin(), whole.remarks.end(), remark);
      if (known == whole.remarks.end()) whole.remarks.push_back(std::move(remark));
    }
    if (one->changes.empty()) return {};
    whole.at = one->at;
    if (!occasion_.exact) occasion_.now = {one->at.microseconds + 1};
    if (keeps_entries_) keep_aside(one->changes);
    if (one->changes.empty()) return {};
    stamp_.reset();
    return next_stage(one->changes);
  }

  Changes changes() {
    Changes changes;
    if (standing_ != first_) changes = diff(*first_, *standing_);
    // A stage's layout is no wish.
    for (Change& change : changes) {
      if (change.after) change.after->as_written = false;
    }
    if (stamp_) {
      std::erase_if(changes, is_stamp);
      const json::Value before = first_->last_updated;
      stamp_->before =
          before ? std::optional(json::Snippet{std::string(before.raw()), true}) : std::nullopt;
      changes.push_back(std::move(*stamp_));
    }
    changes.insert(changes.end(), std::make_move_iterator(entries_.begin()),
                   std::make_move_iterator(entries_.end()));
    return changes;
  }

 private:
  Result<void> read_stage(Stage& stage, std::string bytes) {
    stage.bytes = std::move(bytes);
    if (!parser_.parse(stage.bytes, stage.tree)) {
      return fail(ErrorKind::kRefused, "the edits would leave no JSON (a fault of sdd's)");
    }
    stage.spec.read(stage.tree);
    return {};
  }

  // Moves new entries out of the changes, and last_updated, when nothing else is left.
  void keep_aside(Changes& changes) {
    const auto rest = std::stable_partition(changes.begin(), changes.end(),
                                            [](const Change& c) { return !adds_entry(c); });
    entries_.insert(entries_.end(), std::make_move_iterator(rest),
                    std::make_move_iterator(changes.end()));
    changes.erase(rest, changes.end());
    if (changes.size() != 1 || !is_stamp(changes.front())) return;
    stamp_ = std::move(changes.front());
    changes.clear();
  }

  Result<void> next_stage(const Changes& changes) {
    const auto edits = edits_for(standing_->tree(), changes);
    if (!edits) return tl::unexpected(edits.error());
    auto bytes = apply_edits(standing_->tree().bytes(), *edits, json::Parser::kPadding);
    if (!bytes) return tl::unexpected(bytes.error());
    Stage& next = standing_ == &stages_.front().spec ? stages_.back() : stages_.front();
    auto read = read_stage(next, std::move(*bytes));
    if (read) standing_ = &next.spec;
    return read;
  }

  json::Parser parser_;
  const Spec* first_;
  const Spec* standing_ = first_;
  Occasion occasion_;
  bool keeps_entries_ = false;
  Stage without_journal_;
  std::array<Stage, 2> stages_;
  Changes entries_;
  std::optional<Change> stamp_;  // of last_updated, which no stage shows yet
};

}  // namespace

Result<Update> update_all(const Spec& spec, const std::vector<Operation>& operations,
                          const Occasion& occasion) {
  Update whole;
  Work work(spec, occasion);
  const auto begun = work.leave_journal_out(whole);
  if (!begun) return tl::unexpected(begun.error());
  for (std::size_t i = 0; i < operations.size(); ++i) {
    const auto done = work.run(operations[i], whole);
    if (!done) return tl::unexpected(numbered(done.error(), i + 1));
  }
  whole.changes = work.changes();
  if (whole.changes.empty()) whole.remarks.clear();
  return whole;
}

}  // namespace sdd::spec
