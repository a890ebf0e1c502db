// The rules about identity, times and the document's own members, in the odd cases.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "json/embedded_schema.h"
#include "json/schema.h"
#include "rules/engine.h"
#include "rules/table.h"
#include "text/source_text.h"

namespace sdd::rules {
namespace {

// The findings of some rules for a document with `members` at `path`.
struct IdentityFindings {
  IdentityFindings(const std::string& rule, const std::string& members,
                   const std::string& path = "specs/active/a-2026-01-02-001.json",
                   std::vector<std::string> twins = {})
      : source(path, "{" + members + "}") {
    const auto selection = Selection::of({rule}, {});
    EXPECT_TRUE(selection);
    Engine engine({.purpose = Purpose::kCheck, .selection = *selection});
    Place place = place_of(path);
    place.twins = std::move(twins);
    list = engine.check(source, place);
  }

  // "message" or "message (help)" for each.
  std::vector<std::string> told() const {
    std::vector<std::string> lines;
    for (const Finding& finding : list) {
      lines.push_back(finding.message + (finding.help.empty() ? "" : " (" + finding.help + ")"));
    }
    return lines;
  }

  std::string text_of(const Finding& finding) const {
    return source.bytes().substr(finding.span.begin, finding.span.end - finding.span.begin);
  }

  SourceText source;
  std::vector<Finding> list;
};

using Told = std::vector<std::string>;

TEST(DuplicateKeyRule, is_told_at_the_second_with_the_first_beside_it) {
  const IdentityFindings found(
      "SDD010", R"("hierarchy": {"task-1-1": {"title": "one"}, "task-1-1": {"title": "two"}})");
  ASSERT_EQ(found.list.size(), 1U);
  const Finding& finding = found.list[0];
  EXPECT_EQ(finding.message,
            "the key 'task-1-1' stands twice in one object: the second hides the first");
  EXPECT_EQ(finding.help, "they say different things; 'sdd repair' shows both");
  EXPECT_EQ(finding.pointer, "/hierarchy/task-1-1");
  EXPECT_EQ(finding.node, "task-1-1");
  EXPECT_EQ(finding.fix->safety, Safety::kRepair);
  EXPECT_EQ(finding.span.begin, found.source.bytes().rfind("\"task-1-1\""));
  ASSERT_EQ(finding.related.size(), 1U);
  EXPECT_EQ(finding.related[0].span.begin, found.source.bytes().find("\"task-1-1\""));
}

TEST(DuplicateKeyRule, compares_what_keys_say_and_not_how_they_are_written) {
  EXPECT_EQ(IdentityFindings("SDD010", R"("a": 1, "\u0061": 1)").told(),
            Told{"the key 'a' stands twice in one object: the second hides the first (both say "
                 "the same)"});
  EXPECT_EQ(IdentityFindings("SDD010", R"("a": {"a": [{"a": 1}, {"a": 2}]}, "A": 1)").told(),
            Told{});
}

TEST(DuplicateKeyRule, counts_further_repetitions_and_finds_them_among_many_keys) {
  std::string members = R"("x": 1, "": 2)";
  for (int i = 0; i < 1000; ++i) members += ", \"k" + std::to_string(i) + "\": 0";
  EXPECT_EQ(IdentityFindings("SDD010", members).told(), Told{});
  EXPECT_EQ(IdentityFindings("SDD010", members + R"(, "k7": 1, "": 3, "k7": 2)").told(),
            (Told{"the key 'k7' stands 3 times in one object: only the last counts (they say "
                  "different things; 'sdd repair' shows both)",
                  "the key '' stands twice in one object: the second hides the first (they say "
                  "different things; 'sdd repair' shows both)"}));
}

TEST(SpecIdRules, the_file_is_named_after_the_id) {
  EXPECT_EQ(IdentityFindings("SDD110", R"("spec_id": "a-2026-01-02-001")").told(), Told{});
  EXPECT_EQ(IdentityFindings("SDD110", R"("spec_id": 1)").told(), Told{});
  EXPECT_EQ(IdentityFindings("SDD110", "").told(), Told{});
  const IdentityFindings found("SDD110", R"("spec_id": "b-2026-01-02-001")");
  EXPECT_EQ(found.told(),
            Told{"spec_id is 'b-2026-01-02-001', the file is named 'a-2026-01-02-001.json' (rename "
                 "the file to 'b-2026-01-02-001.json', or set spec_id to 'a-2026-01-02-001')"});
  EXPECT_EQ(found.text_of(found.list[0]), "\"b-2026-01-02-001\"");
}

TEST(SpecIdRules, an_id_ends_in_a_date_and_three_digits) {
  const auto fault = [](const std::string& id) {
    const IdentityFindings found("SDD111", R"("spec_id": ")" + id + "\"");
    return found.list.empty() ? std::string() : found.list[0].message;
  };
  EXPECT_EQ(fault("a-2026-01-02-001"), "");
  EXPECT_EQ(fault("Some_feature-2-2024-02-29-999"), "");
  EXPECT_EQ(fault("оплата-2026-01-02-001"), "");
  EXPECT_EQ(fault("a-2026-01-02-0001"),
            "spec_id 'a-2026-01-02-0001' has 4 digits behind its date, not three");
  EXPECT_EQ(fault("a-2026-01-02-1"),
            "spec_id 'a-2026-01-02-1' has 1 digit behind its date, not three");
  EXPECT_EQ(fault("a-2026-01-02-"), "spec_id 'a-2026-01-02-' has no number behind its date");
  EXPECT_EQ(fault("a b-2026-01-02-001"), "spec_id 'a b-2026-01-02-001' has ' ' in it");
  for (const char* id : {"", "-", "a", "a-2026-01-02", "2026-01-02-001", "-2026-01-02-001",
                         "a-2026-02-30-001", "a2026-01-02-001", "a-2026-1-2-001"}) {
    EXPECT_EQ(fault(id), "spec_id '" + std::string(id) + "' does not end in a date and a number");
  }
}

TEST(SpecIdRules, a_spec_in_two_folders_names_the_other_file) {
  const IdentityFindings found("SDD114", R"("spec_id": "a-2026-01-02-001")",
                               "specs/active/a-2026-01-02-001.json",
                               {"specs/pending/a-2026-01-02-001.json"});
  ASSERT_EQ(found.list.size(), 1U);
  EXPECT_EQ(found.list[0].message,
            "this spec lies in 2 status folders, here and as "
            "'specs/pending/a-2026-01-02-001.json'");
  EXPECT_EQ(found.list[0].pointer, "/spec_id");
  const IdentityFindings nameless("SDD114", "", "specs/active/a.json", {"specs/completed/a.json"});
  ASSERT_EQ(nameless.list.size(), 1U);
  EXPECT_EQ(nameless.list[0].span, (Span{0, 1}));
}

// What SDD112 says about one value of a member.
std::string time_told(const std::string& member, const std::string& value) {
  const IdentityFindings found("SDD112", "\"" + member + "\": " + value);
  if (found.list.empty()) return "";
  EXPECT_EQ(found.list.size(), 1U);
  EXPECT_EQ(found.text_of(found.list[0]), value);
  const std::string& message = found.list[0].message;
  const std::size_t end = message.find("' ") + 2;
  return message.substr(end) + (found.list[0].fix ? ": " + found.list[0].fix->title : "");
}

TEST(BadTimestampRule, says_what_exactly_is_wrong) {
  EXPECT_EQ(time_told("generated", R"("2026-01-02T03:04:05Z")"), "");
  EXPECT_EQ(time_told("generated", R"("2026-01-02T03:04:05.123456+00:00")"), "");
  EXPECT_EQ(time_told("generated", R"("2026-01-02t03:04:05z")"), "");
  EXPECT_EQ(time_told("generated", R"("2026-01-02T03:04:05")"), "has no time zone");
  EXPECT_EQ(time_told("generated", R"("2026-01-02T03:04:05.5")"), "has no time zone");
  EXPECT_EQ(time_told("generated", R"("2026-01-02")"), "is a bare date");
  EXPECT_EQ(time_told("generated", R"("2026-01-02 03:04:05Z")"),
            "has a blank where the T belongs: write '2026-01-02T03:04:05Z'");
  EXPECT_EQ(time_told("generated", R"("2026-01-02 03:04:05")"),
            "has a blank where the T belongs, and no time zone");
  EXPECT_EQ(time_told("generated", R"("2026-02-30T03:04:05Z")"), "names a day that does not exist");
  EXPECT_EQ(time_told("generated", R"("2026-13-01")"), "names a day that does not exist");
  EXPECT_EQ(time_told("generated", R"("2026-01-02T25:04:05Z")"),
            "names a time of day or a zone that does not exist");
  EXPECT_EQ(time_told("generated", R"("2026-01-02T03:04Z")"), "has no seconds");
  EXPECT_EQ(time_told("generated", R"("2026-01-02T03:04:05+0200")"),
            "has an offset without a colon");
  EXPECT_EQ(time_told("generated", R"("")"), "is empty");
  EXPECT_EQ(time_told("generated", R"("yesterday")"), "is no date and time");
  EXPECT_EQ(time_told("generated", R"("2026-01-02T")"), "is no date and time");
}

TEST(BadTimestampRule, looks_at_members_that_mean_a_time_and_only_at_texts) {
  for (const char* member :
       {"last_updated", "completed_at", "whatever_at", "activated_date", "completed_date"}) {
    EXPECT_EQ(time_told(member, R"("2026-01-02")"), "is a bare date") << member;
  }
  EXPECT_EQ(time_told("date", R"("2026-01-02")"), "");
  EXPECT_EQ(time_told("date", R"("2026-02-30")"), "names a day that does not exist");
  EXPECT_EQ(time_told("date", R"("soon")"), "is no date and time");
  for (const char* member : {"at", "update", "started", "due_date", "timestamp", "format"}) {
    EXPECT_EQ(time_told(member, R"("2026-01-02")"), "") << member;
  }
  EXPECT_EQ(time_told("completed_at", "null"), "");
  EXPECT_EQ(time_told("completed_at", "17"), "");
}

TEST(BadTimestampRule, finds_times_at_any_depth_and_names_the_node) {
  const IdentityFindings found(
      "SDD112",
      R"("journal": [{"timestamp": "now"}, {"timestamp": "2026-01-02T03:04:05Z"}, 1],
  "metadata": {"generated": "by hand", "revisions": [{"date": "2026-01-02"}]},
  "hierarchy": {"task-1-1": {"metadata": {"deep": [{"blocked_at": "x"}]}}, "verify_at": {}})");
  ASSERT_EQ(found.list.size(), 2U);
  EXPECT_EQ(found.list[0].message, "timestamp 'now' is no date and time");
  EXPECT_EQ(found.list[0].pointer, "/journal/0/timestamp");
  EXPECT_EQ(found.list[0].node, "");
  EXPECT_EQ(found.list[1].pointer, "/hierarchy/task-1-1/metadata/deep/0/blocked_at");
  EXPECT_EQ(found.list[1].node, "task-1-1");
}

TEST(StatusFolderRule, compares_names_of_folders_only) {
  const auto told = [](const std::string& status, const std::string& folder) {
    return IdentityFindings("SDD113", R"("metadata": {"status": )" + status + "}",
                            folder + "a.json")
        .list.size();
  };
  EXPECT_EQ(told(R"("completed")", "specs/active/"), 1U);
  EXPECT_EQ(told(R"("active")", "specs/active/"), 0U);
  EXPECT_EQ(told(R"("approved")", "specs/active/"), 0U);
  EXPECT_EQ(told(R"("in_progress")", "specs/active/"), 0U);
  EXPECT_EQ(told("1", "specs/active/"), 0U);
  EXPECT_EQ(told(R"("completed")", "specs/"), 0U);
  EXPECT_EQ(told(R"("completed")", ""), 0U);
}

TEST(DottedKeyRule, tells_paths_into_nodes_from_other_dotted_names) {
  const IdentityFindings found(
      "SDD115",
      R"("metadata": {"task-1-1.completed_tasks": 1, "git.branch": 1, "1.0": 1, "phase-9.status": 1,
  "hierarchy.a.status": "x", "task-1-1.": 1, "task-x.y": 1, ".": 1},
  "hierarchy": {"task-1-1": {"completed_tasks": 0}, "a": {}})");
  EXPECT_EQ(found.told(),
            (Told{"metadata has a key 'task-1-1.completed_tasks': an update that went to the wrong "
                  "place (the node says '0')",
                  "metadata has a key 'phase-9.status': an update that went to the wrong place "
                  "(there is no node 'phase-9')",
                  "metadata has a key 'hierarchy.a.status': an update that went to the wrong place "
                  "(the node has no 'status')"}));
  EXPECT_EQ(found.list[0].node, "task-1-1");
  EXPECT_EQ(found.list[0].fix->safety, Safety::kPlan);
  EXPECT_EQ(found.list[0].fix->title, "move it to 'completed_tasks' of 'task-1-1'");
  EXPECT_FALSE(found.list[1].fix);
}

TEST(TitleRule, stands_once_at_the_first_title_that_differs) {
  const std::string root = R"("hierarchy": {"spec-root": {"title": "C"}})";
  const IdentityFindings three("SDD116", R"("title": "A", "metadata": {"title": "B"}, )" + root);
  EXPECT_EQ(three.told(), Told{"metadata.title is 'B', title is 'A'"});
  EXPECT_EQ(three.list[0].severity, Severity::kNote);
  const IdentityFindings two("SDD116", R"("title": "", "metadata": {"title": "B"}, )" + root);
  EXPECT_EQ(two.told(), Told{"the title of 'spec-root' is 'C', metadata.title is 'B'"});
  EXPECT_EQ(two.list[0].node, "spec-root");
  EXPECT_EQ(IdentityFindings("SDD116", R"("title": "C", )" + root).told(), Told{});
  EXPECT_EQ(IdentityFindings("SDD116", R"("title": "C")").told(), Told{});
}

// What all rules together say about the one-task spec in which `from` is replaced by `to`, held
// against the built-in schema: "SDD210 /hierarchy/…".
std::vector<std::string> all_told(const std::string& from, const std::string& to) {
  std::string text = R"({"spec_id": "a-2026-01-02-001", "title": "T",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-02T03:04:05Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "T", "status": "pending", "parent": null, "children": ["task-1-1"], "total_tasks": 1, "completed_tasks": 0, "metadata": {}},
    "task-1-1": {"type": "task", "title": "W", "status": "pending", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "a.py"}}}})";
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  text.replace(at, from.size(), to);
  const auto schema = json::Schema::compile(json::embedded_spec_schema(), "built-in");
  EXPECT_TRUE(schema);
  Engine engine({.purpose = Purpose::kCheck, .schema = schema->get()});
  const SourceText source("specs/active/a-2026-01-02-001.json", text);
  std::vector<std::string> lines;
  for (const Finding& finding : engine.check(source, place_of(source.path()))) {
    lines.push_back(std::string(finding.rule->code) + " " + finding.pointer);
  }
  return lines;
}

TEST(SchemaViolationRule, yields_to_the_rule_that_speaks_about_the_same_value) {
  const std::string task = "/hierarchy/task-1-1";
  EXPECT_EQ(all_told("\"W\"", "\"W\""), Told{});
  EXPECT_EQ(all_told("\"W\"", "\"\""), Told{"SDD211 " + task + "/title"});
  EXPECT_EQ(all_told("\"W\"", "7"), Told{"SDD101 " + task + "/title"});
  EXPECT_EQ(all_told(R"("title": "W", )", ""), Told{"SDD208 " + task});
  EXPECT_EQ(all_told(R"("type": "task")", R"("type": "tasks")"), Told{"SDD209 " + task + "/type"});
  EXPECT_EQ(all_told(R"("type": "task")", R"("type": null)"), Told{"SDD209 " + task + "/type"});
  EXPECT_EQ(all_told(R"("status": "pending", "parent": "spec-root")",
                     R"("status": "todo", "parent": "spec-root")"),
            Told{"SDD210 " + task + "/status"});
  EXPECT_EQ(all_told(R"("parent": "spec-root")", R"("parent": 5)"),
            Told{"SDD203 " + task + "/parent"});
  EXPECT_EQ(all_told(R"("parent": null)", R"("parent": [])"),
            Told{"SDD202 /hierarchy/spec-root/parent"});
  EXPECT_EQ(all_told(R"("children": [])", R"("children": [{}])"),
            Told{"SDD204 " + task + "/children/0"});
  EXPECT_EQ(all_told(R"("children": [])", R"("children": null)"),
            Told{"SDD101 " + task + "/children"});
  EXPECT_EQ(all_told("2026-01-02T03:04:05Z", "2026-01-02"), Told{"SDD112 /generated"});
  EXPECT_EQ(all_told(R"("task-1-1": {)", R"("x": null, "task-1-1": {)"),
            Told{"SDD212 /hierarchy/x"});
}

TEST(SchemaViolationRule, tells_each_missing_member_and_where_the_schema_says_so) {
  const auto schema = json::Schema::compile(json::embedded_spec_schema(), "built-in");
  ASSERT_TRUE(schema);
  Engine engine({.purpose = Purpose::kCheck, .schema = schema->get()});
  const SourceText source("a.json", R"({"metadata": {"objectives": 1}})");
  Told told;
  for (const Finding& finding : engine.check(source, place_of(source.path()))) {
    told.push_back(std::string(finding.rule->code) + " " + finding.missing + " " + finding.pointer);
  }
  EXPECT_EQ(told, (Told{"SDD101 spec_id ", "SDD101 generated ", "SDD101 last_updated ",
                        "SDD201 hierarchy ", "SDD101  /metadata/objectives"}));
}

}  // namespace
}  // namespace sdd::rules
