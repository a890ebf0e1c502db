// 1. Parse. What is no JSON is scanned, and only the rules about damage speak.
// 2. Read the spec. One with too many nodes is over the limit, and nothing else is said.
// 3. Run every rule of the purpose.
// 4. One fault, one finding: SDD101 yields to any other finding about the same value or member,
//    SDD113 to SDD307 and SDD308. But SDD111 yields to SDD101: a spec_id that the schema refuses is
//    an error, not a matter of form. And an entry is not missing (SDD401, SDD402, SDD409) that the
//    finding points at and that has a fault of its own (SDD404, SDD408).
// 5. While something else shows that data may be lost, count fixes are plans: a recount would
//    erase the trace.
// 6. Keep what is selected, in file order.
#include "rules/engine.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstring>
#include <set>
#include <tuple>
#include <utility>

#include "json/scan.h"
#include "json/tree.h"
#include "spec/journal.h"
#include "spec/spec.h"
#include "text/source_text.h"

namespace sdd::rules {

struct Engine::State {
  explicit State(const json::Limits& limits) : parser(limits) {}

  json::Parser parser;
  json::Tree tree;
  spec::Spec spec;
  spec::Journal journal;
  bool has_spec = false;
};

namespace {

bool is(const Finding& finding, std::string_view code) { return finding.rule->code == code; }

bool is_within(const Finding& finding, std::string_view first, std::string_view last) {
  const std::string_view code = finding.rule->code;
  return first <= code && code <= last;
}

void drop_doubles(std::vector<Finding>& findings) {
  using Subject = std::tuple<std::uint32_t, std::string_view>;
  std::set<Subject> spoken_for;
  bool closed_wrongly = false;
  std::set<std::uint32_t> refused;
  for (const Finding& finding : findings) {
    if (is(finding, "SDD101")) refused.insert(finding.subject);
  }
  std::erase_if(findings, [&](const Finding& finding) {
    return is(finding, "SDD111") && refused.contains(finding.subject);
  });
  for (const Finding& finding : findings) {
    if (is(finding, "SDD307") || is(finding, "SDD308")) closed_wrongly = true;
    if (is(finding, "SDD101") || finding.subject == Finding::kNoSubject) continue;
    spoken_for.emplace(finding.subject, finding.missing);
  }
  std::erase_if(findings, [&](const Finding& finding) {
    if (is(finding, "SDD113")) return closed_wrongly;
    return is(finding, "SDD101") && spoken_for.contains({finding.subject, finding.missing});
  });
}

// An entry with a mistyped task_id is missing at its task; that has one cause, and one finding.
void drop_entries_found_elsewhere(std::vector<Finding>& findings) {
  std::set<std::size_t> faulty;
  for (const Finding& finding : findings) {
    if (is(finding, "SDD404") || is(finding, "SDD408")) faulty.insert(finding.span.begin);
  }
  if (faulty.empty()) return;
  std::erase_if(findings, [&](const Finding& finding) {
    if (!is(finding, "SDD401") && !is(finding, "SDD402") && !is(finding, "SDD409")) return false;
    return std::any_of(finding.related.begin(), finding.related.end(),
                       [&](const Related& related) { return faulty.contains(related.span.begin); });
  });
}

json::Damage too_many_nodes(const spec::Spec& spec, std::size_t most) {
  return {json::DamageKind::kOverLimit,
          spec.tree().key_of(spec.hierarchy).span(),
          fmt::format("the hierarchy has {} nodes, the limit is {}", spec.nodes().size(), most),
          "",
          {},
          0};
}

}  // namespace

Engine::Engine(Options options)
    : options_(std::move(options)), state_(std::make_unique<State>(options_.limits)) {
  for (const Rule* rule : all_rules()) {
    const bool runs = options_.runs == nullptr || options_.runs(*rule);
    if (runs && belongs(*rule, options_.purpose)) rules_.push_back(rule);
  }
}

Engine::~Engine() = default;

const spec::Spec* Engine::spec() const { return state_->has_spec ? &state_->spec : nullptr; }

std::vector<Finding> Engine::check(const SourceText& source, const Place& place) {
  std::vector<Finding> findings;
  run(source, place, findings);
  if (findings.empty()) return findings;
  drop_doubles(findings);
  drop_entries_found_elsewhere(findings);
  keep_traces_of_loss(findings);
  std::erase_if(findings, [&](const Finding& f) { return !options_.selection.has(*f.rule); });
  std::stable_sort(findings.begin(), findings.end(), [](const Finding& a, const Finding& b) {
    return std::make_tuple(a.span.begin, std::string_view(a.rule->code)) <
           std::make_tuple(b.span.begin, std::string_view(b.rule->code));
  });
  return findings;
}

void Engine::run(const SourceText& source, const Place& place, std::vector<Finding>& findings) {
  Report report(&state_->tree, findings);
  run_rules(source, place, report);
  if (!report.overflowed()) return;
  Finding& rest = findings.emplace_back();
  rest.rule = &kOverLimit;
  rest.severity = kOverLimit.severity;
  rest.message = fmt::format("more than {} findings: the others are not told", kMaxFindings);
}

void Engine::run_rules(const SourceText& source, const Place& place, Report& report) {
  const auto each = [&](auto&& call) {
    for (const Rule* rule : rules_) {
      report.set_rule(rule);
      call(*rule);
    }
  };
  state_->has_spec = false;
  const auto tell = [&](const json::Damage& damage) {
    const DamagedFile file{source, damage};
    each([&](const Rule& rule) {
      if (const auto* check = std::get_if<void (*)(const DamagedFile&, Report&)>(&rule.check)) {
        (*check)(file, report);
      }
    });
  };
  if (!state_->parser.parse(source.bytes(), state_->tree)) {
    // Never without a value: scan() and the parser accept the same (tests/fuzz).
    if (const auto damage = json::scan(source.bytes(), options_.limits)) tell(*damage);
    return;
  }
  state_->spec.read(state_->tree);
  each([&](const Rule& rule) {
    if (const auto* check = std::get_if<void (*)(const json::Tree&, Report&)>(&rule.check)) {
      (*check)(state_->tree, report);
    }
  });
  if (state_->spec.nodes().size() > options_.max_nodes) {
    return tell(too_many_nodes(state_->spec, options_.max_nodes));
  }
  state_->has_spec = true;
  state_->journal.read(state_->spec);
  const SpecFile file{source,
                      state_->spec,
                      state_->journal,
                      place,
                      options_.schema,
                      options_.schema_is_built_in,
                      options_.required_metadata};
  each([&](const Rule& rule) {
    if (const auto* check = std::get_if<void (*)(const spec::Spec&, Report&)>(&rule.check)) {
      (*check)(state_->spec, report);
    } else if (const auto* on_file = std::get_if<void (*)(const SpecFile&, Report&)>(&rule.check)) {
      (*on_file)(file, report);
    }
  });
}

bool may_have_lost_data(const std::vector<Finding>& findings) {
  return std::any_of(findings.begin(), findings.end(), [](const Finding& finding) {
    return is_within(finding, "SDD001", "SDD099") || is_within(finding, "SDD203", "SDD208") ||
           is(finding, "SDD212") || is(finding, "SDD402") || is(finding, "SDD901");
  });
}

void keep_traces_of_loss(std::vector<Finding>& findings) {
  if (!may_have_lost_data(findings)) return;
  for (Finding& finding : findings) {
    const bool recount = is_within(finding, "SDD301", "SDD304") || is(finding, "SDD306");
    if (recount && finding.fix) finding.fix->safety = Safety::kPlan;
  }
}

bool is_status_folder(std::string_view name) {
  return std::find(std::begin(kStatusFolders), std::end(kStatusFolders), name) !=
         std::end(kStatusFolders);
}

Place place_of(std::string_view path) {
  Place place;
  const std::size_t slash = path.rfind('/');
  std::string_view name = slash == std::string_view::npos ? path : path.substr(slash + 1);
  if (name.ends_with(".json")) name.remove_suffix(5);
  place.stem = name;
  if (slash != std::string_view::npos) {
    std::string_view folder = path.substr(0, slash);
    folder.remove_prefix(folder.rfind('/') == std::string_view::npos ? 0 : folder.rfind('/') + 1);
    if (is_status_folder(folder)) place.status_folder = folder;
  }
  return place;
}

}  // namespace sdd::rules
