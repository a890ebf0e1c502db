#include "spec/update_all.h"

#include <fmt/core.h>

#include <algorithm>
#include <iterator>
#include <memory>
#include <string>
#include <utility>

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

Result<std::unique_ptr<Stage>> stage_of(std::string bytes) {
  auto stage = std::make_unique<Stage>();
  stage->bytes = std::move(bytes);
  json::Parser parser;
  if (!parser.parse(stage->bytes, stage->tree)) {
    return fail(ErrorKind::kRefused, "the edits would leave no JSON (a fault of sdd's)");
  }
  stage->spec.read(stage->tree);
  return stage;
}

Result<std::unique_ptr<Stage>> next_stage(const Spec& spec, const Changes& changes) {
  const auto edits = edits_for(spec.tree(), changes);
  if (!edits) return tl::unexpected(edits.error());
  auto bytes = apply_edits(spec.tree().bytes(), *edits);
  if (!bytes) return tl::unexpected(bytes.error());
  return stage_of(std::move(*bytes));
}

Error numbered(Error error, std::size_t number) {
  error.message = fmt::format("operation {}: {}", number, error.message);
  return error;
}

bool adds_entry(const Change& change) {
  return change.kind == Change::Kind::kItem && change.path == Path{"journal"};
}

// The spec while the operations work on it, one after the other. Each stage is a document that is
// parsed anew, so what no operation reads is left out: the journal, where it is an array, goes, and
// what is added to it is kept aside. Its times are known before it goes, so that what is written
// lies behind them.
class Work {
 public:
  Work(const Spec& spec, const Occasion& occasion) : first_(&spec), occasion_(occasion) {}

  Result<void> leave_journal_out(Update& whole) {
    const json::Value journal = first_->root_value().find("journal");
    if (occasion_.exact || !journal.is_array()) return {};
    occasion_.now = moment_of(*first_, occasion_, whole.remarks);
    std::string bytes(first_->tree().bytes());
    const Span span = journal.span();
    bytes.replace(span.begin, span.end - span.begin, "[]");
    auto without = stage_of(std::move(bytes));
    if (!without) return tl::unexpected(without.error());
    without_journal_ = std::move(*without);
    first_ = &without_journal_->spec;
    return {};
  }

  Result<void> run(const Operation& operation, Update& whole) {
    auto one = update(standing(), operation, occasion_);
    if (!one) return tl::unexpected(one.error());
    for (std::string& remark : one->remarks) {
      const auto known = std::find(whole.remarks.begin(), whole.remarks.end(), remark);
      if (known == whole.remarks.end()) whole.remarks.push_back(std::move(remark));
    }
    if (one->changes.empty()) return {};
    whole.at = one->at;
    if (!occasion_.exact) occasion_.now = {one->at.microseconds + 1};
    if (without_journal_) {
      const auto rest = std::stable_partition(one->changes.begin(), one->changes.end(),
                                              [](const Change& c) { return !adds_entry(c); });
      entries_.insert(entries_.end(), std::make_move_iterator(rest),
                      std::make_move_iterator(one->changes.end()));
      one->changes.erase(rest, one->changes.end());
    }
    auto next = next_stage(standing(), one->changes);
    if (!next) return tl::unexpected(next.error());
    stage_ = std::move(*next);
    return {};
  }

  Changes changes() {
    if (!stage_) return {};
    Changes changes = diff(*first_, stage_->spec);
    changes.insert(changes.end(), std::make_move_iterator(entries_.begin()),
                   std::make_move_iterator(entries_.end()));
    return changes;
  }

 private:
  const Spec& standing() const { return stage_ ? stage_->spec : *first_; }

  const Spec* first_;
  Occasion occasion_;
  std::unique_ptr<Stage> without_journal_;
  std::unique_ptr<Stage> stage_;
  Changes entries_;
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
