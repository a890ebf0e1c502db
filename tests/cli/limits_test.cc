// Hostile files, given to the real program: it ends with a finding, in memory that stays within
// twelve times the file. (That it ends at all shows that nothing recurses or loops; no time is
// asserted.)
#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "cli_run.h"

namespace sdd::test {
namespace {

constexpr std::size_t kMebibyte = std::size_t{1} << 20U;

std::string repeated(std::string_view piece, std::size_t bytes) {
  std::string text;
  text.reserve(bytes + piece.size());
  while (text.size() < bytes) text += piece;
  return text;
}

// Validates a file with these bytes; expects the exit code, the code in the output, and little
// memory.
void expect_within_limits(const std::string& bytes, const std::string& code, int exit = 2) {
  const TempFolder temp;
  temp.write("specs/pending/empty-2026-01-01-001.json", "{}");
  temp.write("specs/pending/big-2026-01-01-001.json", bytes);
  const std::size_t base =
      run_sdd({"validate", "empty-2026-01-01-001", "--json"}, temp.path()).peak_kib;
  const Ran ran = run_sdd({"validate", "big-2026-01-01-001", "--json"}, temp.path());
  EXPECT_EQ(ran.exit, exit) << ran.err;
  EXPECT_NE(ran.out.find("\"" + code + "\""), std::string::npos) << ran.out.substr(0, 500);
  if (kMeasuresMemory && bytes.size() >= kMebibyte) {
    ASSERT_GT(base, 0U);
    EXPECT_LE(ran.peak_kib * 1024, base * 1024 + 12 * bytes.size())
        << "peak " << ran.peak_kib << " KiB, of an empty spec " << base << " KiB";
  }
}

TEST(Limits, ten_megabytes_of_brackets) {
  expect_within_limits(std::string(10'000'000, '['), "SDD011");
  expect_within_limits(repeated("{\"\":", 10'000'000), "SDD011");
  expect_within_limits(repeated("[]", 10'000'000), "SDD003");
}

TEST(Limits, more_values_than_any_spec_has) {
  expect_within_limits("[0" + repeated(",0", 10'000'000) + "]", "SDD011");
  expect_within_limits("[\"\"" + repeated(",\"\"", 10'000'000) + "]", "SDD011");
  expect_within_limits("[{}" + repeated(",{}", 10'000'000) + "]", "SDD011");
}

TEST(Limits, the_densest_document_that_is_read) {
  expect_within_limits("[0" + repeated(",     0", 10'000'000) + "]", "SDD201");
  expect_within_limits("{\"k\":0" + repeated(",  \"\":      0", 10'000'000) + "}", "SDD010");
}

TEST(Limits, strings_of_a_megabyte) {
  const std::string megabyte(kMebibyte, 'x');
  expect_within_limits("{\"spec_id\": \"" + megabyte + "\"}", "SDD101");
  expect_within_limits("{\"" + megabyte + "\": 1}", "SDD101");
  expect_within_limits("{\"spec_id\": \"" + repeated("\\u00e9", kMebibyte) + "\"}", "SDD101");
  expect_within_limits("{\"spec_id\": \"" + megabyte, "SDD002");
}

TEST(Limits, a_journal_of_a_million_things_that_are_no_entries) {
  const std::string begin =
      "{\"spec_id\": \"big-2026-01-01-001\", \"hierarchy\": {}, \"journal\": [";
  expect_within_limits(begin + "0" + repeated(",123456789", 10'000'000) + "]}", "SDD011");
  expect_within_limits(begin + "{}" + repeated(",{}       ", 10'000'000) + "]}", "SDD011");
}

// Every entry is like the first, on one line of twelve megabytes.
TEST(Limits, a_journal_of_many_entries_on_one_line) {
  const std::string entry =
      R"({"task_id":"b","timestamp":"2026-01-02T03:04:05Z","title":"","content":""})";
  expect_within_limits("{\"hierarchy\": {\"a\": {}}, \"journal\": [" + entry +
                           repeated("," + entry, 12'000'000) + "]}",
                       "SDD404");
}

TEST(Limits, numbers_beyond_64_bits_and_beyond_a_double) {
  expect_within_limits("{\"n\": 18446744073709551616}", "SDD011");
  expect_within_limits("{\"n\": 1e400}", "SDD011");
}

// A node as specs have it, about 150 bytes.
std::string plain_node(const std::string& id, const std::string& parent,
                       const std::string& children) {
  return "\"" + id + "\": {\"type\": \"group\", \"title\": \"t\", \"status\": \"pending\", " +
         "\"parent\": " + parent + ", \"children\": [" + children +
         "], \"total_tasks\": 0, \"completed_tasks\": 0, \"metadata\": {}}";
}

std::string spec_with(const std::string& hierarchy) {
  return "{\"spec_id\": \"big-2026-01-01-001\", \"title\": \"t\", \"generated\": "
         "\"2026-01-01T00:00:00Z\", \"last_updated\": \"2026-01-01T00:00:00Z\", \"hierarchy\": {" +
         hierarchy + "}}";
}

TEST(Limits, a_hundred_thousand_nodes) {
  for (const int nodes : {99'999, 100'001}) {
    std::string hierarchy;
    std::string children;
    for (int i = 0; i + 1 < nodes; ++i) {
      const std::string id = "phase-" + std::to_string(i);
      hierarchy += ", " + plain_node(id, "\"spec-root\"", "");
      children += (i == 0 ? "\"" : ", \"") + id + "\"";
    }
    expect_within_limits(spec_with(plain_node("spec-root", "null", children) + hierarchy),
                         nodes > 100'000 ? "SDD011" : "SDD310");
  }
}

TEST(Limits, a_hierarchy_fifty_thousand_deep) {
  std::string hierarchy = plain_node("spec-root", "null", "\"phase-0\"");
  for (int i = 0; i < 50'000; ++i) {
    const std::string parent = i == 0 ? "spec-root" : "phase-" + std::to_string(i - 1);
    const std::string child = i + 1 < 50'000 ? "\"phase-" + std::to_string(i + 1) + "\"" : "";
    hierarchy += ", " + plain_node("phase-" + std::to_string(i), "\"" + parent + "\"", child);
  }
  expect_within_limits(spec_with(hierarchy), "SDD310", 1);
}

}  // namespace
}  // namespace sdd::test
