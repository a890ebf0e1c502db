// Generate: a corpus of specs as it lies in a real repository, any number of times larger.
//
//   CorpusPlan plan{.specs = 10'000, .bytes = 300'000'000, .seed = 1};
//   Generator generator(plan);
//   while (std::optional<GeneratedSpec> spec = generator.next()) save(*spec);
//
// The same plan gives the same bytes on every machine. The specs' sizes follow the measured
// distribution; where the plan asks for another mean than the measured one (15 KB), large files are
// drawn more or less often, within the range that was seen (1.4 KB to 214 KB). The sum of all sizes
// meets `bytes` within about one percent for a hundred specs or more.
//
// Without faults no spec has a finding of the rule families 0xx to 5xx. For that the corpus is
// tidier than the real files in one point: whatever is completed has its journal entry; the specs
// without a journal are those in which nothing is done yet.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "text.h"

namespace sdd::bench {

// Bytes per file. Measured over 123 real specs; the largest was met in the history of another
// repository.
inline constexpr Quantiles kSpecSizes{1'417,  1'687,  2'431,  4'355,  7'295,
                                      13'997, 38'824, 76'253, 214'000};

struct CorpusPlan {
  std::size_t specs = 10'000;
  std::size_t bytes = 300'000'000;  // of all specs together
  std::uint64_t seed = 1;
  std::size_t fault_percent = 0;  // how many of 100 specs carry one fault
};

struct GeneratedSpec {
  std::string id;      // `ledger-retry-search-2026-02-11-001`; the file is `<id>.json`
  std::string folder;  // "pending", "active" or "completed"
  std::string bytes;
  std::string fault;  // the code of the rule it breaks, or empty
};

// The size of spec `index` of the plan, in bytes.
class Sizes {
 public:
  explicit Sizes(const CorpusPlan& plan);
  std::size_t at(std::size_t index) const;

 private:
  std::size_t specs_;
  std::size_t stride_;
  double tilt_ = 1;  // above 1 draws large files more often
};

class Generator {
 public:
  explicit Generator(const CorpusPlan& plan) : plan_(plan), sizes_(plan) {}

  // The next spec, or nothing after the last.
  std::optional<GeneratedSpec> next();

 private:
  CorpusPlan plan_;
  Sizes sizes_;
  std::size_t index_ = 0;
  std::int64_t owed_ = 0;  // bytes by which the specs so far were smaller than planned
};

// One spec of about `bytes` bytes (within a node's size), in completed/ and without a fault.
GeneratedSpec generate_one(std::uint64_t seed, std::size_t bytes);

}  // namespace sdd::bench
