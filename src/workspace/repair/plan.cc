#include "workspace/repair/plan.h"

#include <utility>

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

}  // namespace sdd::workspace
