// fixtures/older_toolkit/<case>/: what the older toolkit makes of a spec, beside what we make of
// it.
//
//   before.json, after.json   the spec before and after, as it writes them (docs/differences.md)
//   cmd                       the command, with the spec in the folder that its status names
//   differences               where ours differs, and why: "<pointer> <name>" for each member or
//   item
//                             (RFC 6901, "/journal/-" for an item of the journal), "exit <code>
//                             <name>" for another exit code than 0. The names stand in the table
//                             "What an update writes" of docs/differences.md. Missing: nowhere
//
// Compared by meaning. The older toolkit takes a new time for each thing it writes, we one for all
// ("one-moment"): times within the second of SDD_NOW count as that.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include "shell_run.h"
#include "spec/diff.h"
#include "spec_document.h"
#include "support.h"
#include "temp_folder.h"

namespace sdd::test {
namespace {

namespace fs = std::filesystem;

constexpr const char* kOneMoment = "one-moment";

std::vector<fs::path> older_cases() {
  std::vector<fs::path> cases;
  for (const auto& entry : fs::directory_iterator(source_dir() / "fixtures/older_toolkit")) {
    cases.push_back(entry.path());
  }
  std::sort(cases.begin(), cases.end());
  return cases;
}

std::string at_one_moment(const std::string& bytes) {
  static const std::regex kWithin(R"(2026-06-01T12:00:00\.\d{6}Z)");
  return std::regex_replace(bytes, kWithin, "2026-06-01T12:00:00.000000Z");
}

// The names in the first column of the table.
std::set<std::string> documented_names() {
  const std::string docs = read_bytes(source_dir() / "docs/differences.md");
  const std::string table = docs.substr(docs.find("## What an update writes"));
  static const std::regex kRow(R"(\n\| `([a-z-]+)` \|)");
  std::set<std::string> names;
  for (std::sregex_iterator row(table.begin(), table.end(), kRow), end; row != end; ++row) {
    names.insert((*row)[1]);
  }
  return names;
}

struct OlderCase {
  explicit OlderCase(const fs::path& folder)
      : before(read_bytes(folder / "before.json")),
        after(read_bytes(folder / "after.json")),
        command(read_bytes(folder / "cmd")) {
    std::istringstream lines(read_bytes(folder / "differences"));
    for (std::string line; std::getline(lines, line);) {
      std::istringstream words(line);
      std::string what;
      std::string name;
      words >> what;
      if (what == "exit") words >> exit;
      words >> name;
      names.insert(name);
      if (what != "exit") pointers.insert(what);
    }
    if (after != at_one_moment(after)) names.insert(kOneMoment);
  }

  std::string before, after, command;
  std::set<std::string> pointers;  // where ours differs
  std::set<std::string> names;     // why
  int exit = 0;
};

fs::path only_spec(const fs::path& specs) {
  std::vector<fs::path> found;
  for (const auto& folder : fs::directory_iterator(specs)) {
    if (folder.path().filename() == ".sdd") continue;
    for (const auto& file : fs::directory_iterator(folder)) found.push_back(file.path());
  }
  EXPECT_EQ(found.size(), 1U);
  return found.empty() ? fs::path() : found.front();
}

// "active" … as the document's metadata says.
std::string folder_of(const std::string& bytes) {
  const SpecDocument document(bytes);
  return std::string(document.spec.metadata.find("status").string());
}

TEST(OlderPairs, ours_differ_only_where_the_docs_say_so) {
  std::size_t seen = 0;
  for (const fs::path& folder : older_cases()) {
    SCOPED_TRACE(folder.filename().string());
    const OlderCase one(folder);
    const SpecDocument before(one.before);
    ASSERT_TRUE(before.ok);
    const TempFolder room;
    const std::string id(before.spec.spec_id.string());
    room.write("specs/" + folder_of(one.before) + "/" + id + ".json", one.before);
    room.write("cmd", one.command);
    const ShellRan ran = run_shell("cmd", room.path());
    EXPECT_EQ(ran.exit, one.exit) << ran.out << ran.err;
    const fs::path file = only_spec(room.path() / "specs");
    const std::string bytes = read_bytes(file);
    EXPECT_EQ(file.parent_path().filename(), folder_of(bytes));
    const SpecDocument ours(bytes);
    const SpecDocument older(at_one_moment(one.after));
    ASSERT_TRUE(ours.ok && older.ok);
    std::set<std::string> pointers;
    std::string shown;
    for (const spec::Change& change : spec::diff(older.spec, ours.spec)) {
      pointers.insert(spec::pointer_of(change));
      shown += spec::to_line(change) + "\n";
    }
    EXPECT_EQ(pointers, one.pointers) << shown;
    // The pair says something: the older toolkit did change the spec.
    EXPECT_FALSE(spec::diff(before.spec, older.spec).empty());
    ++seen;
  }
  EXPECT_GE(seen, 20U);
}

TEST(OlderPairs, each_difference_is_documented_and_each_documented_one_is_met) {
  std::set<std::string> met;
  for (const fs::path& folder : older_cases()) met.merge(OlderCase(folder).names);
  EXPECT_EQ(met, documented_names());
}

}  // namespace
}  // namespace sdd::test
