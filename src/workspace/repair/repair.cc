// 1. Take the lock. Read; what does not parse is read again while somebody may still be writing.
// 2. Damaged: copy the bytes to .sdd/salvage/, and sync them, before anything else.
// 3. Gather what else is known, and make a plan: bytes, and where each piece comes from. Of a
// damaged
//    file by repair::salvage(), of a whole one by what it lacks (missing.h).
// 4. Hold the result against the rules: no error that what it was built on had not.
// 5. Where something is lost, stop unless somebody agreed to this very plan.
// 6. Keep the result, the sources that pass, the receipt. Log, exchange, acknowledge.
#include "workspace/repair/repair.h"

#include <fmt/core.h>

#include <algorithm>
#include <set>
#include <utility>

#include "base/strings.h"
#include "json/scan.h"
#include "rules/engine.h"
#include "rules/rule.h"
#include "store/displaced.h"
#include "store/signals.h"
#include "workspace/repair/checking.h"
#include "workspace/repair/keep.h"
#include "workspace/repair/missing.h"
#include "workspace/repair/plan.h"
#include "workspace/repair/sources.h"
#include "workspace/repair/wish.h"
#include "workspace/repair/writing.h"

namespace sdd::workspace {
namespace {

namespace fs = std::filesystem;
using Status = Repaired::Status;

class FileRepair {
 public:
  FileRepair(const RepairRequest& request, const Places& places, Disk& disk, LockWish wish)
      : request_(request),
        places_(places),
        disk_(disk),
        in_bank_(wish.bank.has_value()),
        locked_(disk, places, std::move(wish)) {}

  Result<Repaired> run() {
    Result<void> done = locked_.find();
    if (done && !request_.dry_run) done = locked_.lock();
    if (!done) return tl::unexpected(done.error());
    result_.receipt.path = locked_.shown();
    done = read();
    if (done && is_damaged()) done = keep_original();
    if (done) done = make_plan();
    if (done && plan_.refusal.empty() && !in_bank_) done = check();
    if (!done) return tl::unexpected(done.error());
    if (!plan_.refusal.empty()) return refused();
    if (plan_.after == result_.before) return nothing_to_write();
    if (!not_replayed_.empty()) {
      result_.remarks.push_back(fmt::format("{}: --replay brings back what the update log has",
                                            counted(not_replayed_.size(), "lost update")));
    }
    describe();
    if (!agreed()) return finished(Status::kPlanned);
    done = write();
    if (!done) return tl::unexpected(done.error());
    return finished(Status::kRepaired);
  }

 private:
  const Layout* where() const { return locked_.layout(); }
  const fs::path& file() const { return locked_.target().path; }
  json::Limits limits() const {
    return where() != nullptr ? where()->config().limits : json::Limits{};
  }
  std::string shown(const fs::path& path) const {
    return where() != nullptr ? where()->shown(path.string()) : path.string();
  }

  Result<Repaired> finished(Status status) {
    result_.status = status;
    for (std::string& remark : locked_.remarks()) result_.remarks.push_back(std::move(remark));
    return std::move(result_);
  }

  bool is_damaged() const { return !result_.receipt.damage.empty(); }

  // Lost updates that nobody asked to bring back are no state to be content with.
  Result<Repaired> nothing_to_write() {
    for (repair::Lost& one : plan_.lost) result_.receipt.lost.push_back(std::move(one));
    for (repair::Lost& one : not_replayed_) {
      one.why += "; --replay brings it back";
      result_.receipt.lost.push_back(std::move(one));
    }
    return finished(result_.receipt.lost.empty() ? Status::kClean : Status::kPlanned);
  }

  Result<Repaired> refused() {
    plan_.lost.push_back({"", plan_.refusal});
    plan_.after.clear();
    plan_.recovered.clear();
    describe();
    result_.receipt.plan.clear();
    return finished(Status::kRefused);
  }

  // 1.
  Result<void> read() {
    store::Pauses pauses(disk_.clock);
    for (;;) {
      auto look = store::look_at(disk_.files, file());
      if (!look) {
        return tl::unexpected(system_error("read", locked_.shown(), look.error().code));
      }
      result_.before = std::move(look->bytes);
      find_damage();
      if (!is_damaged() || look->writer == store::Writer::kNone || !pauses.next()) return {};
    }
  }

  void find_damage() {
    result_.receipt.damage.clear();
    const auto damage = in_bank_ ? json::text_damage(result_.before, limits())
                                 : json::scan(result_.before, limits());
    if (damage) {
      for (const Span range : damage->ranges) add_damage(json::to_string(damage->kind), range);
      if (damage->ranges.empty()) add_damage(json::to_string(damage->kind), damage->span);
      return;
    }
    if (in_bank_) return;
    rules::Engine engine({.limits = limits()});
    SourceText source;
    source.reset(locked_.shown(), result_.before);
    const rules::Place place{locked_.place().id, locked_.place().status_folder, {}};
    for (const rules::Finding& finding : engine.check(source, place)) {
      if (finding.rule->code[3] == '0') add_damage(finding.rule->name, finding.span);
    }
  }

  void add_damage(const char* kind, Span span) { result_.receipt.damage.push_back({kind, span}); }

  // 2.
  Result<void> keep_original() {
    if (request_.dry_run || !original_.empty()) return {};
    fs::path copy = kept_before(disk_.files, locked_.home(), file(), result_.before);
    if (copy.empty()) {
      auto kept = keep(disk_.files, locked_.home(), store::key_of(file()),
                       salvage_name(file(), result_.before), result_.before);
      if (!kept) return tl::unexpected(kept.error());
      copy = std::move(*kept);
    }
    original_ = copy;
    result_.receipt.original = shown(copy);
    return {};
  }

  // 3.
  Result<void> make_plan() {
    if (!is_damaged()) {
      plan_.after = result_.before;
      if (in_bank_) return {};
      // Most files lack nothing; then there is no need to search through git.
      if (const auto looked = look_for_missing(); !looked || lacks_nothing()) return looked;
    }
    if (const auto gathered = gather(); !gathered) return gathered;
    if (in_bank_) return plan_bank();
    if (!is_damaged()) return look_for_missing();
    plan_ = plan_salvage(locked_.place().id, result_.before, limits(), sources_);
    return {};
  }

  Result<void> gather() {
    const bool merging = is_damaged() && result_.receipt.damage.front().kind == "conflict-markers";
    SourceSearch search{.files = disk_.files,
                        .home = locked_.home(),
                        .file = file(),
                        .shown = [this](const std::string& path) { return shown(path); },
                        .from = request_.from,
                        .current = places_.current,
                        .most_bytes = limits().max_bytes,
                        .merging = merging};
    auto sources = find_sources(search, result_.before);
    if (!sources) return tl::unexpected(sources.error());
    sources_ = std::move(sources->found);
    for (std::string& remark : sources->remarks) result_.remarks.push_back(std::move(remark));
    return {};
  }

  bool lacks_nothing() const { return plan_.after == result_.before && plan_.lost.empty(); }

  Result<void> plan_bank() {
    const fs::path inside = file().lexically_relative(locked_.home().folder());
    if (result_.receipt.damage.front().kind == "conflict-markers") {
      plan_ = plan_bank_merge(bank::kind_of(inside.string()), result_.before, sources_);
    } else {
      plan_.refusal = "of a Markdown file only conflict markers can be repaired";
    }
    return {};
  }

  Result<void> look_for_missing() {
    auto missing =
        plan_missing({.before = result_.before,
                      .place = locked_.place(),
                      .sources = sources_,
                      .specs_dir = where() != nullptr ? where()->specs_dir() : fs::path(),
                      .occasion = request_.occasion,
                      .replay = request_.replay});
    if (!missing) return tl::unexpected(missing.error());
    plan_ = std::move(missing->plan);
    not_replayed_ = std::move(missing->not_replayed);
    return {};
  }

  // 4.
  Result<void> check() {
    const std::string name = locked_.shown();
    auto faults = new_faults({locked_.place(), name, plan_.base_bytes, plan_.after}, where(),
                             places_.current);
    if (!faults) return tl::unexpected(faults.error());
    const std::size_t against = count_against(*faults);
    if (against > 0) {
      plan_.refusal = fmt::format("the result would have {} that what it is built on has not",
                                  counted(against, "error"));
    }
    result_.findings = std::move(*faults);
    return {};
  }

  // Without any document to build on, the parent of a node that stands whole may be lost. It is
  // told as lost, and that the node misses it is the same loss, not a reason to lose the node as
  // well.
  std::size_t count_against(const std::vector<report::Located>& faults) const {
    if (!plan_.base.empty()) return faults.size();
    json::Parser parser;
    json::Tree tree;
    if (!parser.parse(plan_.after, tree)) return faults.size();
    std::set<std::string> lost;
    for (const repair::Lost& one : plan_.lost) lost.insert(one.pointer);
    const auto counts = [&](const report::Located& one) {
      std::string parent = "/hierarchy";
      json::append_token(parent, tree.resolve(one.finding.pointer).string());
      return one.finding.rule != &rules::kUnknownParent || !lost.contains(parent);
    };
    return static_cast<std::size_t>(std::count_if(faults.begin(), faults.end(), counts));
  }

  // The receipt, as far as it is known before anything is written.
  void describe() {
    Receipt& receipt = result_.receipt;
    receipt.version = request_.version;
    receipt.time = format_rfc3339(now());
    receipt.home = shown(locked_.home().folder());
    const auto name = [this](const std::string& path) { return shown(path); };
    workspace::describe(plan_, sources_, result_.before, name, receipt);
    result_.after = plan_.after;
  }

  // 5.
  bool agreed() {
    if (request_.dry_run) return false;
    const Receipt& receipt = result_.receipt;
    if (receipt.lost.empty() && receipt.written.empty()) return true;
    if (request_.accept_loss == receipt.plan) return true;
    if (!request_.accept_loss.empty()) {
      result_.remarks.push_back(
          "what was agreed to is another plan: the file or what is known of it has changed since");
    }
    return false;
  }

  // 6.
  Result<void> write() {
    const store::SignalsHeld held;
    if (const auto kept = keep_original(); !kept) return kept;
    result_.receipt.sources.front().file = result_.receipt.original;
    const std::string name = original_.filename().string();
    if (const auto kept = keep_passing(name); !kept) return kept;
    const auto result = keep_beside(name, result_.after, kResultEnding);
    if (!result) return tl::unexpected(result.error());
    result_.receipt.result = shown(*result);
    const auto proof = keep_beside(name, receipt_text(result_.receipt), kReceiptEnding);
    if (!proof) return tl::unexpected(proof.error());
    const auto written = write_whole(
        disk_, locked_, {.command = "repair", .before = result_.before, .after = result_.after});
    if (!written) {
      // Of what was not done there is no receipt; where that is not known, it stays.
      if (!written.error().message.starts_with("applied") &&
          !written.error().message.starts_with("perhaps")) {
        (void)disk_.files.unlink(*proof);
      }
      return written;
    }
    result_.proof = shown(*proof);
    return {};
  }

  std::string changes_json() const {
    json::Writer out(json::Writer::kCompact);
    out.begin_array();
    for (const spec::Change& change : plan_.changes) spec::write(out, change);
    out.end_array();
    return out.text();
  }

  Result<fs::path> keep_beside(const std::string& name, std::string_view bytes,
                               const std::string& ending) {
    return keep(disk_.files, locked_.home(), store::key_of(file()), name, bytes, ending);
  }

  // What will not be there any more, or not with these bytes, when somebody verifies.
  Result<void> keep_passing(const std::string& name) {
    for (const FoundSource& one : sources_) {
      const auto in_receipt =
          std::find_if(result_.receipt.sources.begin(), result_.receipt.sources.end(),
                       [&](const ReceiptSource& source) { return source.id == one.source.id; });
      if (!one.passes || !in_receipt->used) continue;
      const auto kept = keep_beside(name, one.source.bytes, "." + one.source.id);
      if (!kept) return tl::unexpected(kept.error());
      in_receipt->file = shown(*kept);
    }
    return {};
  }

  const RepairRequest& request_;
  const Places& places_;
  Disk& disk_;
  const bool in_bank_;
  LockedSpec locked_;
  fs::path original_;  // the copy of the bytes before
  std::vector<FoundSource> sources_;
  RepairPlan plan_;
  std::vector<repair::Lost> not_replayed_;
  Repaired result_;
};

}  // namespace

const char* to_string(Repaired::Status status) {
  switch (status) {
    case Status::kRepaired:
      return "repaired";
    case Status::kPlanned:
      return "planned";
    case Status::kRefused:
      return "refused";
    case Status::kClean:
      break;
  }
  return "clean";
}

Result<Repaired> repair_file(const RepairRequest& request, const Places& places) {
  Disk disk;
  return repair_file(request, places, disk);
}

Result<Repaired> repair_file(const RepairRequest& request, const Places& places, Disk& disk) {
  auto wish = repair_wish(request.file, places);
  if (!wish) return tl::unexpected(wish.error());
  wish->timeout = request.lock_timeout;
  wish->without_lock = request.without_lock;
  return FileRepair(request, places, disk, std::move(*wish)).run();
}

}  // namespace sdd::workspace
