#include "workspace/repair/plan.h"

#include <map>
#include <set>
#include <string_view>
#include <utility>

#include "store/hash.h"

namespace sdd::workspace {

RepairPlan plan_salvage(const std::string& stem, const std::string& damaged,
                        const json::Limits& limits, const std::vector<FoundSource>& sources) {
  std::vector<repair::Source> plain;
  for (const FoundSource& one : sources) plain.push_back(one.source);
  repair::Salvaged salvaged = repair::salvage({stem, damaged, limits}, plain);
  RepairPlan plan;
  plan.refusal = std::move(salvaged.refusal);
  plan.after = std::move(salvaged.bytes);
  plan.base = std::move(salvaged.base);
  plan.recovered = std::move(salvaged.recovered);
  plan.dropped = std::move(salvaged.dropped);
  plan.lost = std::move(salvaged.lost);
  plan.doubts = std::move(salvaged.doubts);
  plan.derived = std::move(salvaged.derived);
  for (const repair::Conflict& conflict : salvaged.conflicts) {
    plan.lost.push_back({conflict.pointer, "conflict: " + conflict.message});
  }
  if (!salvaged.conflicts.empty() && plan.refusal.empty()) {
    plan.refusal = "the versions contradict each other";
  }
  for (const repair::Recovered& piece : plan.recovered) {
    if (!piece.pointer.empty()) continue;
    for (const repair::Source& source : plain) {
      if (source.id == piece.source) {
        plan.base_bytes = source.bytes.substr(piece.span.begin, piece.span.size());
      }
    }
    if (piece.source == "file") {
      plan.base_bytes = damaged.substr(piece.span.begin, piece.span.size());
    }
  }
  return plan;
}

void describe(const RepairPlan& plan, const std::vector<FoundSource>& sources,
              const std::string& before,
              const std::function<std::string(const std::string&)>& shown, Receipt& receipt) {
  std::set<std::string> used = {plan.base};
  for (const repair::Recovered& piece : plan.recovered) used.insert(piece.source);
  receipt.original_sha256 = store::sha256(before);
  receipt.result_sha256 = store::sha256(plan.after);
  receipt.base = plan.base;
  receipt.sources.push_back({"file", to_string(repair::SourceKind::kFile), receipt.path,
                             receipt.original_sha256, "", receipt.original, used.contains("file")});
  std::string hashed = "before " + receipt.original_sha256 + "\n";
  std::map<std::string, std::string_view> bytes = {{"file", before}};
  for (const FoundSource& one : sources) {
    const std::string& id = one.source.id;
    hashed += id + " " + one.sha256 + "\n";
    bytes[id] = one.source.bytes;
    receipt.sources.push_back({id, to_string(one.source.kind), one.source.name, one.sha256,
                               one.blob, one.file.empty() ? "" : shown(one.file.string()),
                               used.contains(id)});
  }
  const std::string agreed =
      plan.agreed_on.empty() ? receipt.result_sha256 : store::sha256(plan.agreed_on);
  receipt.plan = store::sha256(hashed + "after " + agreed + "\n");
  for (const repair::Recovered& piece : plan.recovered) {
    const std::string_view part = bytes[piece.source].substr(piece.span.begin, piece.span.size());
    receipt.recovered.push_back({piece.pointer, piece.source, piece.span, store::sha256(part)});
  }
  receipt.dropped = plan.dropped;
  receipt.lost = plan.lost;
  receipt.doubts = plan.doubts;
  receipt.derived = plan.derived;
  receipt.written = plan.written;
}

}  // namespace sdd::workspace
