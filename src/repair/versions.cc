#include "repair/versions.h"

#include <algorithm>
#include <set>
#include <utility>

#include "json/equality.h"
#include "repair/seam_doubt.h"
#include "spec/spec.h"

namespace sdd::repair {
namespace {

int rank(const Claim& node) {
  const auto status = spec::status(node.value.find("status").string());
  if (!status) return -1;
  switch (*status) {
    case spec::Status::kPending:
      return 0;
    case spec::Status::kInProgress:
    case spec::Status::kBlocked:
      return 1;
    case spec::Status::kCompleted:
      break;
  }
  return 2;
}

// The patterns that several claims show.
std::set<std::string> usual_patterns(const std::vector<Claim>& claims) {
  std::set<std::string> once;
  std::set<std::string> usual;
  for (const Claim& claim : claims) {
    std::string pattern = pattern_of(claim.value);
    if (!once.insert(pattern).second) usual.insert(std::move(pattern));
  }
  return usual;
}

bool is_container(json::Value value) { return value.is_object() || value.is_array(); }

}  // namespace

void Witnesses::add(const Statements& statements) {
  const auto take = [](const std::vector<Claim>& claims, Named& named) {
    for (const Claim& claim : claims) {
      if (!claim.in_doubt) named[claim.name].push_back(&claim);
    }
  };
  take(statements.nodes, nodes_);
  take(statements.entries, entries_);
  take(statements.members, members_);
}

const Witnesses::Named& Witnesses::of(Claims kind) const {
  if (kind == &Statements::nodes) return nodes_;
  return kind == &Statements::entries ? entries_ : members_;
}

bool Witnesses::confirm(Claims kind, const Claim& claim) const {
  const auto found = of(kind).find(claim.name);
  if (found == of(kind).end()) return false;
  return std::any_of(found->second.begin(), found->second.end(),
                     [&](const Claim* other) { return agree(kind, claim, *other); });
}

bool agree(Claims kind, const Claim& a, const Claim& b) {
  return kind == &Statements::nodes ? same_node(a.value, b.value) : json::same(a.value, b.value);
}

void doubt(Statements& statements, const std::string& bytes, const Suspicion& suspicion,
           const Witnesses& witnesses) {
  const SeamDoubt seams(bytes);
  const bool looks = !seams.none() || suspicion.spliced;
  const std::set<std::string> nodes = usual_patterns(statements.nodes);
  const std::set<std::string> entries = usual_patterns(statements.entries);
  const auto is_odd = [&](Claims kind, const Claim& claim) {
    if (kind == &Statements::members) return false;
    const auto& usual = kind == &Statements::nodes ? nodes : entries;
    return !usual.contains(pattern_of(claim.value));
  };
  const auto is_suspect = [&](Claims kind, const Claim& claim) {
    if (suspicion.spliced) {
      if (seams.is_likely(claim.place)) return true;
      if (!claim.in_step && !seams.none()) return true;
    }
    if (!seams.is_possible(claim.place)) return false;
    if (suspicion.strict) return true;
    // Two texts that meet behind a backslash read as one.
    const bool entry = kind == &Statements::entries;
    if (entry && claim.value.raw().find("\\\"") != std::string_view::npos) return true;
    return is_fresh(claim.value, statements.newest) || is_odd(kind, claim);
  };
  for (const Claims kind : {&Statements::nodes, &Statements::entries, &Statements::members}) {
    for (Claim& claim : statements.*kind) {
      // Which of two values a key that stands twice should have, nobody knows.
      claim.in_doubt = claim.repeats;
      if (!looks || claim.repeats) continue;
      // A seam lies between tokens: of a text's member between the name and the text.
      const bool text =
          kind == &Statements::members && !is_container(claim.value) && !claim.value.is_number();
      if (text && !(suspicion.spliced && seams.is_likely(claim.place))) continue;
      claim.in_doubt = is_suspect(kind, claim) && !witnesses.confirm(kind, claim);
    }
  }
}

bool is_better(Claims kind, const Claim& a, const Claim& b) {
  if (kind == &Statements::entries) return false;
  if (kind == &Statements::nodes && rank(a) != rank(b)) return rank(a) < rank(b);
  if (kind == &Statements::members && a.name != "last_updated") return false;
  const auto own = newest_time(a.value);
  const auto other = newest_time(b.value);
  return other && (!own || *own < *other);
}

}  // namespace sdd::repair
