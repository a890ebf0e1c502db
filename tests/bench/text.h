// Text: titles, notes, commands and paths that read like those of a working repository and are as
// long as those of the real ones. None of it is taken from them.
#pragma once

#include <array>
#include <cstddef>
#include <string>

#include "random.h"

namespace sdd::bench {

// Values at 0, 5, 10, 25, 50, 75, 90, 95 and 100 percent of a measured distribution.
using Quantiles = std::array<double, 9>;

// The value at `fraction` of the distribution (0 to 1), between the table's points on a straight
// line.
double quantile(const Quantiles& table, double fraction);

// Lengths in bytes, measured over 123 real specs with 2,120 nodes and 1,128 journal entries.
inline constexpr Quantiles kTitleLengths{12, 12, 18, 28, 44, 60, 79, 88, 178};
inline constexpr Quantiles kNoteLengths{5, 26, 29, 30, 52, 87, 143, 173, 377};
inline constexpr Quantiles kDescriptionLengths{53, 70, 72, 87, 113, 164, 218, 255, 373};
inline constexpr Quantiles kExpectedLengths{12, 16, 20, 24, 47, 68, 87, 108, 167};
inline constexpr Quantiles kCommandLengths{20, 28, 40, 47, 131, 181, 250, 326, 463};
inline constexpr Quantiles kChangesLengths{58, 63, 69, 76, 87, 94, 113, 121, 127};
inline constexpr Quantiles kEntryLengths{34, 53, 59, 110, 184, 295, 379, 600, 1288};

// A length drawn from a table.
std::size_t draw_length(Random& random, const Quantiles& table);

// Text in one of the two languages that the real files use.
class Prose {
 public:
  // `russian_percent`: how many of 100 texts are Russian.
  explicit Prose(std::size_t russian_percent) : russian_percent_(russian_percent) {}

  // A phrase of about `length` code points without a full stop: a title.
  std::string phrase(Random& random, std::size_t length) const;

  // The same with a full stop: a note, a description.
  std::string sentence(Random& random, std::size_t length) const;

 private:
  std::size_t russian_percent_;
};

// "src/billing/wallet_ledger.ts"
std::string file_path(Random& random);

// A shell command of about `length` bytes, quotes and back-slashes included.
std::string command(Random& random, std::size_t length);

// "wallet-ledger-retry": three words of a spec id.
std::string slug(Random& random);

// Somebody who works on a spec.
std::string owner(Random& random);

}  // namespace sdd::bench
