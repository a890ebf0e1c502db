#include "rules/versions.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "json/tree.h"
#include "text/source_text.h"

namespace sdd::rules {
namespace {

// A document of a few nodes and entries, by their names.
struct VersionText {
  std::string generated = "2026-05-04T10:00:00Z";
  std::string updated = "2026-05-04T10:00:00Z";
  std::vector<std::string> nodes = {"spec-root", "task-1", "task-2", "task-3", "task-4", "task-5"};
  std::vector<std::string> entries = {};

  std::string text() const {
    std::string out = R"({"spec_id": "x", "generated": ")" + generated + R"(", "last_updated": ")" +
                      updated + R"(", "hierarchy": {)";
    std::string children;
    for (const std::string& node : nodes) {
      if (node != "spec-root") children += (children.empty() ? "\"" : ", \"") + node + "\"";
    }
    for (const std::string& node : nodes) {
      const bool is_root = node == "spec-root";
      out += (&node == nodes.data() ? "\"" : ", \"") + node + R"(": {"type": ")" +
             (is_root ? "spec" : "task") + R"(", "title": "T", "status": "pending", "parent": )" +
             (is_root ? "null" : "\"spec-root\"") + R"(, "children": [)" +
             (is_root ? children : "") + "]}";
    }
    out += R"(}, "journal": [)";
    for (const std::string& entry : entries) out += (&entry == entries.data() ? "" : ", ") + entry;
    return out + "]}";
  }
};

struct ReadVersion {
  explicit ReadVersion(const VersionText& version) : source("specs/active/x.json", version.text()) {
    json::Parser parser;
    EXPECT_TRUE(parser.parse(source.bytes(), tree)) << source.bytes();
    spec.read(tree);
  }
  SourceText source;
  json::Tree tree;
  spec::Spec spec;
};

std::string entry(const std::string& time, const std::string& title, const std::string& content,
                  const std::string& type = "note", const std::string& task = "task-1") {
  return R"({"timestamp": "2026-05-04T)" + time + R"(Z", "entry_type": ")" + type +
         R"(", "title": ")" + title + R"(", "content": ")" + content + R"(", "task_id": ")" + task +
         "\"}";
}

std::vector<std::string> codes_between(const VersionText& before, const VersionText& now) {
  const ReadVersion old(before);
  const ReadVersion fresh(now);
  std::vector<std::string> codes;
  for (const Finding& found :
       check_spec_versions({fresh.source, old.spec, fresh.spec}, Selection())) {
    codes.emplace_back(found.rule->code);
  }
  return codes;
}

using Codes = std::vector<std::string>;

TEST(PairSpecs, follows_path_then_id_then_origin_and_nodes) {
  const ReadVersion spec({});
  const ReadVersion other({.generated = "2026-06-01T10:00:00Z"});
  const std::vector<VersionedSpec> before = {{"specs/active/a.json", "a", &spec.spec}};
  const auto pair = [&](const std::vector<VersionedSpec>& now) {
    return pair_specs(before, now)[0];
  };
  EXPECT_EQ(
      pair({{"specs/pending/z.json", "z", &other.spec}, {"specs/active/a.json", "a", &other.spec}}),
      1U);
  EXPECT_EQ(pair({{"specs/completed/a.json", "a", &other.spec}}), 0U);
  EXPECT_EQ(pair({{"specs/active/renamed.json", "renamed", &spec.spec}}), 0U);
  EXPECT_EQ(pair({{"specs/active/b.json", "b", &other.spec}}), std::nullopt);
  EXPECT_EQ(pair({{"specs/active/b.json", "b", nullptr}}), std::nullopt);
}

TEST(PairSpecs, a_renamed_spec_has_most_of_the_nodes) {
  const ReadVersion spec({});
  const ReadVersion five(
      {.nodes = {"spec-root", "task-1", "task-2", "task-3", "task-4", "task-9"}});
  const ReadVersion four(
      {.nodes = {"spec-root", "task-1", "task-2", "task-3", "task-8", "task-9"}});
  const std::vector<VersionedSpec> before = {{"specs/active/a.json", "a", &spec.spec}};
  EXPECT_EQ(pair_specs(before, {{"specs/active/b.json", "b", &five.spec}})[0], 0U);
  EXPECT_EQ(pair_specs(before, {{"specs/active/b.json", "b", &four.spec}})[0], std::nullopt);
}

TEST(SpecVersionsCheck, an_entry_is_gone_rewritten_or_there) {
  const VersionText before{
      .entries = {entry("10:00:00", "One", "a"), entry("11:00:00", "Two", "b")}};
  EXPECT_EQ(codes_between(before, before), Codes{});
  VersionText now = before;
  now.updated = "2026-05-05T10:00:00Z";
  now.entries.push_back(entry("12:00:00", "Three", "c"));
  EXPECT_EQ(codes_between(before, now), Codes{});
  now.entries[0] = entry("10:00:00", "One", "another word");
  EXPECT_EQ(codes_between(before, now), Codes{"SDD903"});
  now.entries[0] = entry("10:00:00", "Another title", "a");
  EXPECT_EQ(codes_between(before, now), Codes{"SDD903"});
  now.entries[0] = entry("10:00:00", "Another title", "another word");
  EXPECT_EQ(codes_between(before, now), Codes{"SDD902"});
  now.entries.erase(now.entries.begin());
  EXPECT_EQ(codes_between(before, now), Codes{"SDD902"});
}

TEST(SpecVersionsCheck, an_entry_that_stood_twice_is_missed_once) {
  const VersionText before{
      .entries = {entry("10:00:00", "One", "a"), entry("10:00:00", "One", "a")}};
  VersionText now = before;
  now.updated = "2026-05-05T10:00:00Z";
  now.entries.pop_back();
  EXPECT_EQ(codes_between(before, now), Codes{"SDD902"});
}

TEST(SpecVersionsCheck, a_reason_makes_a_note_of_a_task_that_is_gone) {
  const ReadVersion before({});
  VersionText text;
  text.updated = "2026-05-05T10:00:00Z";
  text.nodes.pop_back();
  text.entries = {entry("10:00:00", "Cut", "too dear", "decision", "task-5")};
  const ReadVersion now(text);
  const auto found = check_spec_versions({now.source, before.spec, now.spec}, Selection());
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(std::string(found[0].rule->code), "SDD905");
  EXPECT_EQ(found[0].severity, Severity::kNote);
  EXPECT_NE(found[0].message.find("'Cut'"), std::string::npos) << found[0].message;
}

TEST(SpecVersionsCheck, a_merge_that_brings_earlier_work_is_no_edit_by_hand) {
  const VersionText before;
  const std::string earlier = entry("09:00:00", "Looked", "Fine.");
  const std::string later = entry("11:00:00", "Looked", "Fine.");
  EXPECT_EQ(codes_between(before, {.entries = {earlier}}), std::vector<std::string>());
  EXPECT_EQ(codes_between(before, {.entries = {later}}), std::vector<std::string>{"SDD910"});
  VersionText with_entry;
  with_entry.entries = {earlier};
  VersionText with_task = with_entry;
  with_task.nodes.emplace_back("task-6");
  EXPECT_EQ(codes_between(with_entry, with_task), std::vector<std::string>{"SDD910"});
}

TEST(VersionsCheck, current_tasks_belongs_to_one_branch) {
  Versions versions;
  versions.bank_folder = "memory_bank";
  versions.changed = {"memory_bank/branch_updates/x.md", "memory_bank/current_tasks.md"};
  versions.branch = "feature/x";
  EXPECT_TRUE(check_versions(versions, Selection()).empty()) << "the key is not set";
  versions.integration_branch = "main";
  const auto found = check_versions(versions, Selection());
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].path, "memory_bank/current_tasks.md");
  versions.branch = "main";
  EXPECT_TRUE(check_versions(versions, Selection()).empty());
}

}  // namespace
}  // namespace sdd::rules
