// 1. A spec's wished size comes from the distribution: the index is spread evenly over the
//    fractions 0 to 1, so that a small corpus has its large files too.
// 2. Folder, language and writing style are drawn by the measured shares.
// 3. The number of nodes that gives the wished size is found by trying: each round rescales it by
//    the result of the last one, with the same seed.
#include "generate.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "document.h"
#include "fault.h"
#include "plan.h"
#include "random.h"
#include "value.h"

namespace sdd::bench {
namespace {

constexpr Micros kDay = Micros{86'400} * 1'000'000;
constexpr Micros kFirstDay = 19'875 * kDay;  // 2024-06-01
constexpr std::size_t kBytesPerNode = 1'200;
constexpr std::size_t kRounds = 4;

// What is decided about a spec before its size.
struct Traits {
  std::uint64_t seed = 0;
  std::string id;
  Folder folder = Folder::kCompleted;
  Micros generated = 0;
  std::size_t russian_percent = 0;
  bool top_level = false;
  Style style;
};

struct Draft {
  Value document;
  std::string bytes;
};

// Of 123 real specs 7 hold \uXXXX escapes, 2 raw UTF-8, 1 tabs, 16 are not what a pretty-printer
// writes (most often for arrays on one line), 78 end with a line feed.
Style draw_style(Random& random) {
  Style style;
  style.escape_non_ascii = !random.chance(25);
  style.final_newline = random.chance(63);
  style.short_lists_inline = random.chance(10);
  if (random.chance(1)) style.indent = "\t";
  return style;
}

Folder draw_folder(Random& random) {
  const std::size_t percent = random.below(100);
  return percent < 20 ? Folder::kPending : percent < 45 ? Folder::kActive : Folder::kCompleted;
}

// The number in an id repeats only every thousand specs, when the date has moved on.
Traits draw_traits(std::uint64_t seed, std::size_t index) {
  Random random(seed * 0x9E3779B97F4A7C15u + index);
  Traits traits;
  traits.seed = random.next();
  const Micros day = kFirstDay + static_cast<Micros>(index / 80) * kDay;
  traits.generated = day + static_cast<Micros>(random.below(86'400)) * 1'000'000;
  traits.id = fmt::format("{}-{}-{:03}", slug(random), timestamp(day).substr(0, 10), index % 1000);
  traits.folder = draw_folder(random);
  if (random.chance(8)) traits.russian_percent = random.between(20, 90);
  traits.top_level = random.chance(10);
  traits.style = draw_style(random);
  return traits;
}

Draft make_draft(const Traits& traits, std::size_t nodes, bool lean) {
  Random random(traits.seed);
  const Prose prose(traits.russian_percent);
  const Plan plan = make_plan(random, prose, {nodes, traits.folder, traits.generated});
  Draft draft;
  draft.document = make_document(random, prose, plan, {traits.id, lean, traits.top_level});
  draft.bytes = write(draft.document, traits.style);
  return draft;
}

std::size_t distance(std::size_t a, std::size_t b) { return a > b ? a - b : b - a; }

Draft make_spec(const Traits& traits, std::size_t bytes) {
  const bool lean = bytes < 6'500;
  std::size_t nodes = std::max<std::size_t>(3, bytes / kBytesPerNode);
  Draft best = make_draft(traits, nodes, lean);
  std::size_t size = best.bytes.size();
  for (std::size_t round = 1; round < kRounds; ++round) {
    const std::size_t wanted = std::max<std::size_t>(3, (nodes * bytes + size / 2) / size);
    if (wanted == nodes) break;
    nodes = wanted;
    Draft draft = make_draft(traits, nodes, lean);
    size = draft.bytes.size();
    if (distance(size, bytes) < distance(best.bytes.size(), bytes)) best = std::move(draft);
  }
  return best;
}

// `fraction` pulled towards 1 (tilt > 1) or 0 (tilt < 1), ends kept. Plain arithmetic: powers may
// differ between machines in the last bit.
double tilted(double fraction, double tilt) {
  return fraction * tilt / (1 + fraction * (tilt - 1));
}

double tilted_mean(double tilt) {
  constexpr int kSteps = 2'000;
  double sum = 0;
  for (int step = 0; step < kSteps; ++step) {
    sum += quantile(kSpecSizes, tilted((step + 0.5) / kSteps, tilt));
  }
  return sum / kSteps;
}

}  // namespace

Sizes::Sizes(const CorpusPlan& plan) : specs_(plan.specs), stride_(plan.specs * 61 / 100 + 1) {
  while (std::gcd(stride_, specs_) > 1) ++stride_;
  const double mean = static_cast<double>(plan.bytes) / static_cast<double>(plan.specs);
  double low = 0.01;
  double high = 100;
  for (int step = 0; step < 60; ++step) {
    tilt_ = std::sqrt(low * high);
    (tilted_mean(tilt_) < mean ? low : high) = tilt_;
  }
}

std::size_t Sizes::at(std::size_t index) const {
  const std::size_t place = index % specs_ * stride_ % specs_;
  const double fraction = (static_cast<double>(place) + 0.5) / static_cast<double>(specs_);
  return static_cast<std::size_t>(quantile(kSpecSizes, tilted(fraction, tilt_)));
}

std::optional<GeneratedSpec> Generator::next() {
  if (index_ >= plan_.specs) return std::nullopt;
  const Traits traits = draw_traits(plan_.seed, index_);
  const auto planned = static_cast<std::int64_t>(sizes_.at(index_));
  ++index_;
  const std::int64_t wished =
      std::clamp<std::int64_t>(planned + owed_ / 8, planned / 2, planned * 2);
  Draft draft = make_spec(traits, static_cast<std::size_t>(wished));
  owed_ += planned - static_cast<std::int64_t>(draft.bytes.size());
  GeneratedSpec spec{traits.id, to_string(traits.folder), std::move(draft.bytes), {}};
  Random random(traits.seed + 1);
  if (random.chance(plan_.fault_percent)) {
    spec.fault = add_fault(random, draft.document, traits.style, spec.bytes);
  }
  return spec;
}

GeneratedSpec generate_one(std::uint64_t seed, std::size_t bytes) {
  Traits traits = draw_traits(seed, 0);
  traits.folder = Folder::kCompleted;
  traits.russian_percent = 0;
  traits.style = Style{};
  return {traits.id, to_string(traits.folder), make_spec(traits, bytes).bytes, {}};
}

}  // namespace sdd::bench
