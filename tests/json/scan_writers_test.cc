// How often scan() names the right damage, over many files torn, cut or mistyped in known ways.
// The figures are printed; the bounds asserted stand a little below what was measured.
#include <gtest/gtest.h>
#include <simdjson.h>

#include <map>

#include "json/older_writer.h"
#include "json/scan.h"
#include "support.h"

namespace sdd::json {
namespace {

using test::Printed;
using test::Random;
using test::Script;
using test::SpecModel;
using test::TornFile;

std::string writers_name(std::string_view bytes) {
  const std::optional<Damage> damage = scan(bytes);
  return damage ? to_string(damage->kind) : "none";
}

bool writers_parses(std::string_view bytes) {
  static simdjson::dom::parser parser;
  return parser.parse(bytes.data(), bytes.size(), true).error() == simdjson::SUCCESS;
}

// Right answers and all answers, by what was done to the file.
class Tally {
 public:
  void count(const std::string& what, const std::string& expected, const std::string& got,
             std::uint64_t seed) {
    Row& row = rows_[what];
    ++row.all;
    if (got == expected) {
      ++row.right;
    } else {
      ++row.wrong[got];
      if (row.seeds.size() < 60) row.seeds += " " + std::to_string(seed);
    }
  }

  double share(const std::string& what) const {
    const auto row = rows_.find(what);
    return row == rows_.end() ? 0 : double(row->second.right) / double(row->second.all);
  }

  void print() const {
    for (const auto& [what, row] : rows_) {
      std::cout << "[ FIGURES  ] " << what << ": " << row.right << " of " << row.all;
      for (const auto& [got, n] : row.wrong) std::cout << ", " << n << " " << got;
      if (row.right < row.all) std::cout << " (seeds" << row.seeds << ")";
      std::cout << "\n";
    }
  }

 private:
  struct Row {
    std::size_t right = 0;
    std::size_t all = 0;
    std::map<std::string, std::size_t> wrong;
    std::string seeds;
  };
  std::map<std::string, Row> rows_;
};

// Whether a whole document stands at the file's begin, its last byte being the last byte of the
// document of the writer that wrote it, or of the same length; then its end.
std::size_t first_document_end(const TornFile& file, const Printed& a, const Printed& b) {
  for (const auto& [owner, document] : {std::pair{'a', &a}, std::pair{'b', &b}}) {
    const std::size_t end = document->text.size();
    if (end < file.bytes.size() && file.owner[end - 1] == owner &&
        writers_parses(std::string_view(file.bytes).substr(0, end))) {
      return end;
    }
  }
  return 0;
}

const char* torn_kind(const TornFile& file, const Printed& a, const Printed& b) {
  if (file.owner.find('\0') != std::string::npos) return "nul-hole";
  if (first_document_end(file, a, b) > 0) return "trailing-fragment";
  const bool one_writer = file.owner.find_first_not_of(file.owner[0]) == std::string::npos;
  return one_writer ? "truncated-write" : "interleaved-writes";
}

TEST(ScanWriters, torn_files_are_told_apart) {
  Tally tally;
  for (std::uint64_t seed = 1; seed <= test::by_effort<std::uint64_t>(200, 800, 8'000); ++seed) {
    Random random(seed);
    const Script script = seed % 10 == 0   ? Script::kRawBytes
                          : seed % 10 == 5 ? Script::kRawCharacters
                                           : Script::kEscaped;
    const SpecModel base = SpecModel::make(random, 40'000 + random.below(90'000));
    const Printed a = base.updated(random).print(script);
    const Printed b = base.updated(random).print(script);
    const TornFile file = test::tear(a, b, random);
    if (writers_parses(file.bytes)) continue;
    const std::string kind = torn_kind(file, a, b);
    const std::string label = script == Script::kEscaped ? "" : ", raw UTF-8";
    tally.count(kind + label, kind, writers_name(file.bytes), seed);
  }
  tally.print();
  EXPECT_EQ(tally.share("trailing-fragment"), 1.0);
  EXPECT_EQ(tally.share("trailing-fragment, raw UTF-8"), 1.0);
  EXPECT_GE(tally.share("interleaved-writes"), 0.98);
  EXPECT_GE(tally.share("interleaved-writes, raw UTF-8"), 0.95);
}

// A file of two writers that were killed may be read as spliced or as cut: both are true.
TEST(ScanWriters, killed_writers_leave_holes_and_cuts) {
  Tally tally;
  for (std::uint64_t seed = 1; seed <= test::by_effort<std::uint64_t>(125, 500, 5'000); ++seed) {
    Random random(seed);
    const SpecModel base = SpecModel::make(random, 40'000 + random.below(60'000));
    const Printed a = base.updated(random).print();
    const Printed b = base.updated(random).print();
    const TornFile file = test::tear(a, b, random, 1 + random.below(14));
    if (file.bytes.empty() || writers_parses(file.bytes)) continue;
    const std::string kind = torn_kind(file, a, b);
    std::string got = writers_name(file.bytes);
    if (kind == "interleaved-writes" && got == "truncated-write") got = kind;
    tally.count("killed, " + kind, kind, got, seed);
  }
  tally.print();
  EXPECT_EQ(tally.share("killed, nul-hole"), 1.0);
  EXPECT_EQ(tally.share("killed, truncated-write"), 1.0);
  EXPECT_GE(tally.share("killed, interleaved-writes"), 0.95);
}

TEST(ScanWriters, cut_files_are_cut) {
  Tally tally;
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    Random random(seed);
    const std::string text = SpecModel::make(random, 60'000).print().text;
    const std::size_t end = 1 + random.below(text.size() - 1);
    tally.count("cut", "truncated-write", writers_name(text.substr(0, end)), seed);
  }
  tally.print();
  EXPECT_EQ(tally.share("cut"), 1.0);
}

// A slip at the line that begins at `line`; empty when this line does not allow it.
struct SlipKind {
  std::string name;
  std::string (*make)(std::string_view line, std::string_view next);
};

std::string replaced(std::string_view line, std::string_view what, std::string_view by) {
  const std::size_t at = line.find(what);
  if (at == std::string_view::npos) return "";
  return std::string(line.substr(0, at)) + std::string(by) +
         std::string(line.substr(at + what.size()));
}

const std::vector<SlipKind>& slip_kinds() {
  static const std::vector<SlipKind> kinds = {
      {"trailing comma",
       [](std::string_view line, std::string_view next) {
         const bool last =
             next.find_first_not_of(" ") != std::string_view::npos &&
             (next[next.find_first_not_of(" ")] == '}' || next[next.find_first_not_of(" ")] == ']');
         return last && line.ends_with('"') ? std::string(line) + "," : "";
       }},
      {"missing comma",
       [](std::string_view line, std::string_view) {
         return line.ends_with(",") ? std::string(line.substr(0, line.size() - 1)) : "";
       }},
      {"doubled comma",
       [](std::string_view line, std::string_view) {
         return line.ends_with(",") ? std::string(line) + "," : "";
       }},
      {"comment",
       [](std::string_view line, std::string_view) { return std::string(line) + " // checked"; }},
      {"python word", [](std::string_view line,
                         std::string_view) { return replaced(line, ": false", ": False"); }},
      {"single quotes",
       [](std::string_view line, std::string_view) {
         return line.find("\\") == std::string_view::npos ? replaced(line, "\"status\"", "'status'")
                                                          : "";
       }},
      {"missing colon",
       [](std::string_view line, std::string_view) { return replaced(line, ": \"", " \""); }},
      {"key without quotes",
       [](std::string_view line, std::string_view) {
         return replaced(line, "\"status\":", "status:");
       }},
      {"missing quote",
       [](std::string_view line, std::string_view) {
         return line.ends_with("\",") ? std::string(line.substr(0, line.size() - 2)) + "," : "";
       }},
      {"raw tab",
       [](std::string_view line, std::string_view) { return replaced(line, "the ", "the\t"); }},
      {"missing value",
       [](std::string_view line, std::string_view) { return replaced(line, ": 0,", ": ,"); }},
      {"line lost", [](std::string_view line,
                       std::string_view) { return line.ends_with("},") ? std::string(" ") : ""; }},
  };
  return kinds;
}

// Puts the slip into the first line at or behind `at` that allows it; "" when there is none.
std::string with_slip(const std::string& text, std::size_t at, const SlipKind& kind) {
  std::size_t line = text.rfind('\n', at) + 1;
  while (true) {
    const std::size_t end = text.find('\n', line);
    if (end == std::string::npos) return "";
    const std::size_t next_end = std::min(text.find('\n', end + 1), text.size());
    const std::string made = kind.make(std::string_view(text).substr(line, end - line),
                                       std::string_view(text).substr(end + 1, next_end - end - 1));
    if (!made.empty()) {
      return text.substr(0, line) + (made == " " ? "" : made + "\n") + text.substr(end + 1);
    }
    line = end + 1;
  }
}

TEST(ScanWriters, slips_of_people_stay_slips) {
  Tally tally;
  for (std::uint64_t seed = 1; seed <= 80; ++seed) {
    Random random(seed);
    const SpecModel base = SpecModel::make(random, 60'000);
    const Printed printed = base.updated(random).updated(random).print();
    const std::vector<std::size_t> pieces = printed.pieces();
    for (const SlipKind& kind : slip_kinds()) {
      const std::string anywhere = with_slip(printed.text, random.below(printed.text.size()), kind);
      if (!anywhere.empty()) {
        tally.count("anywhere, " + kind.name, "syntax-error", writers_name(anywhere), seed);
      }
      const std::size_t seam = pieces[random.below(pieces.size() - 1)];
      const std::string there = with_slip(printed.text, seam, kind);
      if (!there.empty()) {
        tally.count("at a seam, " + kind.name, "syntax-error", writers_name(there), seed);
      }
      const std::string small = with_slip(printed.text.substr(0, 8000), 4000, kind);
      if (!small.empty()) {
        EXPECT_NE(writers_name(small), "interleaved-writes") << kind.name << " " << seed;
      }
    }
  }
  tally.print();
  for (const SlipKind& kind : slip_kinds()) {
    // At a seam, these look like two versions meeting.
    const bool torn_looks = kind.name == "missing quote" || kind.name == "missing value" ||
                            kind.name == "doubled comma" || kind.name == "line lost";
    EXPECT_GE(tally.share("anywhere, " + kind.name), torn_looks ? 0.85 : 1.0) << kind.name;
    if (!torn_looks) {
      EXPECT_GE(tally.share("at a seam, " + kind.name), 0.97) << kind.name;
    }
  }
}

}  // namespace
}  // namespace sdd::json
