// After any sequence of commands a spec has no error that it had not before, and everything that
// follows from its tasks is right.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <iostream>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/strings.h"
#include "json/embedded_schema.h"
#include "json/equality.h"
#include "json/schema.h"
#include "rules/engine.h"
#include "spec/counts.h"
#include "spec/diff.h"
#include "spec/random_updates.h"
#include "spec/roll_up.h"
#include "spec/spec_files.h"
#include "spec/update.h"
#include "text/source_text.h"

namespace sdd::spec {
namespace {

using test::ReadSpec;

// Errors by code and node; those that only name a state are left out.
std::multiset<std::string> errors_of(rules::Engine& engine, const std::string& bytes) {
  std::multiset<std::string> errors;
  const SourceText source("specs/active/x.json", bytes);
  for (const rules::Finding& finding : engine.check(source, {"x", "active", {}})) {
    const std::string_view code = finding.rule->code;
    if (finding.severity != rules::Severity::kError || code == "SDD307" || code == "SDD110")
      continue;
    errors.insert(std::string(code) + " " + finding.node + " " + finding.pointer);
  }
  return errors;
}

std::string new_errors(rules::Engine& engine, const std::multiset<std::string>& before,
                       const std::string& bytes) {
  std::string text;
  for (const std::string& error : errors_of(engine, bytes)) {
    if (!before.contains(error)) text += error + "\n";
  }
  return text;
}

// What every node above `id` and the spec must say.
void expect_settled(const Spec& spec, const Spec& before, std::string_view id) {
  const std::vector<Recount> all = recount(spec);
  std::vector<bool> marked(spec.nodes().size(), false);
  const Node* touched = spec.find(id);
  if (touched != nullptr) marked[spec.index_of(*touched)] = true;
  for (std::size_t round = 0; round < spec.nodes().size(); ++round) {
    for (std::uint32_t i = 0; i < spec.nodes().size(); ++i) {
      for (const Child& child : spec.children(spec.nodes()[i])) {
        if (child.node != kNoNode && marked[child.node]) marked[i] = true;
      }
    }
    if (round > 8) break;
  }
  for (std::uint32_t i = 0; i < spec.nodes().size(); ++i) {
    const Node& node = spec.nodes()[i];
    if (!marked[i] || node.hidden) continue;
    EXPECT_EQ(node.total, all[i].total) << node.id;
    EXPECT_EQ(node.completed, all[i].completed) << node.id;
    EXPECT_EQ(node.status, all[i].status ? all[i].status : node.status) << node.id;
    EXPECT_TRUE(node.status == Status::kCompleted || !node.metadata.completed_at) << node.id;
    const bool closes =
        node.child_count > 0 && (node.type == NodeType::kPhase || node.type == NodeType::kGroup);
    const Node* old = before.find(node.id);
    const bool was_open = old == nullptr || old->status != Status::kCompleted;
    if (closes && was_open && node.status == Status::kCompleted) {
      EXPECT_TRUE(node.metadata.completed_at) << node.id;
    }
  }
  if (spec.root() == nullptr || !marked[spec.index_of(*spec.root())]) return;
  const json::Value progress = spec.metadata_or_top("progress_percentage");
  if (progress) {
    EXPECT_EQ(progress.integer(), percentage(*spec.root()->completed, *spec.root()->total));
  }
}

std::string_view task_of(const Operation& operation) {
  if (const auto* wish = std::get_if<UpdateStatus>(&operation)) return wish->task;
  if (const auto* wish = std::get_if<CompleteTask>(&operation)) return wish->task;
  if (const auto* wish = std::get_if<MarkBlocked>(&operation)) return wish->task;
  if (const auto* wish = std::get_if<UnblockTask>(&operation)) return wish->task;
  if (const auto* wish = std::get_if<AddTask>(&operation)) return wish->parent;
  return "";
}

TEST(UpdateProperties, random_sequences_over_every_spec) {
  const auto schema = json::Schema::compile(json::embedded_spec_schema(), "built-in");
  ASSERT_TRUE(schema);
  rules::Engine engine({rules::Purpose::kValidate, {}, schema->get(), true});
  std::map<std::string, std::size_t> done;
  std::size_t refused = 0;
  std::size_t files = 0;
  Occasion occasion{.now = *parse_rfc3339("2030-01-01T00:00:00Z"), .author = "Ann"};
  for (const test::SpecFile& file : test::spec_files()) {
    SCOPED_TRACE(file.name);
    test::RandomUpdates updates(++files, "u");
    std::string bytes = file.bytes;
    for (int step = 0; step < 25; ++step) {
      const ReadSpec before(bytes);
      if (before.spec.nodes().empty()) break;
      const Operation operation = updates.next(before.spec);
      SCOPED_TRACE(std::string(test::name_of(operation)) + " " + std::string(task_of(operation)));
      occasion.now.microseconds += 1'000'000;
      const Result<Update> made = update(before.spec, operation, occasion);
      if (!made) {
        EXPECT_EQ(made.error().kind, ErrorKind::kRefused) << made.error().message;
        ++refused;
        continue;
      }
      const auto edits = edits_for(before.tree, made->changes);
      ASSERT_TRUE(edits) << edits.error().message;
      std::string changed = apply_edits(bytes, *edits).value();
      ASSERT_EQ(apply_edits(changed, invert_edits(*edits, bytes)).value(), bytes);
      const ReadSpec after(changed);
      ASSERT_TRUE(after.ok) << changed;
      for (const Change& change : made->changes) {
        EXPECT_TRUE(holds(change, after.tree.root())) << to_line(change);
      }
      const Result<std::string> back = apply_changes(changed, inverse(made->changes));
      ASSERT_TRUE(back) << back.error().message;
      EXPECT_TRUE(json::same(ReadSpec(*back).tree.root(), before.tree.root()));
      EXPECT_EQ(new_errors(engine, errors_of(engine, bytes), changed), "");
      if (!made->changes.empty()) {
        const bool moved_on =
            std::any_of(made->changes.begin(), made->changes.end(), [](const Change& change) {
              return change.path.back() == "status" || change.path.back() == "children";
            });
        if (moved_on) expect_settled(after.spec, before.spec, task_of(operation));
        ++done[test::name_of(operation)];
        // Said twice, the same command has nothing to do, or is refused.
        if (std::holds_alternative<CompleteTask>(operation)) {
          const Result<Update> again = update(after.spec, operation, occasion);
          EXPECT_TRUE(again && again->changes.empty());
        }
      }
      bytes = std::move(changed);
    }
  }
  for (const auto& [name, count] : done) std::cout << name << " " << count << ", ";
  std::cout << refused << " refused, " << files << " specs\n";
  EXPECT_GE(done.size(), 11U);
}

// Documents that are hardly specs. An update is made, or refused; what is made is JSON, and undone.
TEST(UpdateProperties, odd_documents_are_changed_or_refused) {
  const std::string node = R"({"type":"task","title":"T","status":"pending","parent":null)";
  const std::vector<std::string> documents = {
      "{}",
      "[]",
      "null",
      R"({"hierarchy":[]})",
      R"({"hierarchy":{}})",
      R"({"hierarchy":{"a":null,"b":1,"c":[],"d":{}}})",
      R"({"hierarchy":{"a":{"children":["a"]},"b":{"children":["c"]},"c":{"children":["b","b"]}}})",
      R"({"hierarchy":{"a":)" + node + R"(,"metadata":null,"children":null}}})",
      R"({"hierarchy":{"a":)" + node + R"(,"metadata":{},"metadata":{"x":1},"status":"done"}}})",
      R"({"hierarchy":{"a":)" + node + R"(},"a":)" + node + R"(,"children":["a","z",1,null]}}})",
      R"({"hierarchy":{"spec-root":)" + node + R"(,"total_tasks":-1,"completed_tasks":"x"}},
          "metadata":[],"journal":{},"last_updated":7,"progress_percentage":"x"})",
      R"({"hierarchy":{"":)" + node + R"(},"a/b~c":)" + node + R"(}},"journal":[1,null,{}],
          "metadata":{"revisions":[1,{}],"assumptions":[1,"x","x"],"current_phase":1}})",
      R"({"hierarchy":{"a":{"status":"blocked","metadata":{"resolved_blockers":7}}}})",
      R"({"hierarchy":{"a":{"status":"completed","children":["b"]},"b":{"type":"verify",
          "parent":"a","metadata":{"started_at":"2999-01-01T00:00:00Z"}}},"journal":[
          {"timestamp":"2031-01-01T00:00:00Z","title":"t"},{"timestamp":"x"}]})"};
  Occasion occasion{.now = *parse_rfc3339("2030-01-01T00:00:00Z"), .author = "Ann"};
  std::size_t made_some = 0;
  for (const std::string& document : documents) {
    SCOPED_TRACE(document);
    test::RandomUpdates updates(5, "u");
    std::string bytes = document;
    for (int step = 0; step < 60; ++step) {
      const ReadSpec before(bytes);
      ASSERT_TRUE(before.ok);
      const Operation operation = before.spec.nodes().empty() ? Operation{AddJournal{"t", "c", {}}}
                                                              : updates.next(before.spec);
      SCOPED_TRACE(test::name_of(operation));
      const Result<Update> made = update(before.spec, operation, occasion);
      if (!made) continue;
      const Result<std::string> changed = apply_changes(bytes, made->changes);
      ASSERT_TRUE(changed) << changed.error().message;
      ASSERT_TRUE(ReadSpec(*changed).ok) << *changed;
      made_some += made->changes.empty() ? 0U : 1U;
      bytes = *changed;
    }
  }
  EXPECT_GT(made_some, 100U);
}

// The lines that differ, as a line diff of files with few changes would show them.
std::size_t lines_touched(const std::string& before, const std::string& after) {
  std::multiset<std::string> lines;
  const auto each_line = [](const std::string& text, const auto& found) {
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = std::min(text.find('\n', at), text.size());
      found(text.substr(at, end - at));
      at = end + 1;
    }
  };
  each_line(before, [&](const std::string& line) { lines.insert(line); });
  std::size_t added = 0;
  each_line(after, [&](const std::string& line) {
    const auto found = lines.find(line);
    found == lines.end() ? ++added : (lines.erase(found), added);
  });
  return added + lines.size();
}

TEST(UpdateProperties, reopening_and_completing_a_leaf_touches_only_its_lines) {
  std::size_t leaves = 0;
  std::size_t most = 0;
  std::size_t all = 0;
  for (const test::SpecFile& file : test::spec_files()) {
    SCOPED_TRACE(file.name);
    const ReadSpec start(file.bytes);
    const Node* leaf = nullptr;
    for (const Node& node : start.spec.nodes()) {
      if (node.is_leaf() && node.status == Status::kCompleted && !node.hidden) leaf = &node;
    }
    if (leaf == nullptr) continue;
    const std::string id(leaf->id);
    Occasion occasion{.now = *parse_rfc3339("2030-01-01T00:00:00Z"), .author = "Ann"};
    std::string bytes = file.bytes;
    std::size_t expected = 0;
    for (const Operation& operation : {Operation{UpdateStatus{id, Status::kInProgress, {}}},
                                       Operation{CompleteTask{.task = id}}}) {
      const ReadSpec read(bytes);
      const Result<Update> made = update(read.spec, operation, occasion);
      ASSERT_TRUE(made) << made.error().message;
      // A value set is one line, an added or removed one the same and perhaps a comma in front of
      // it; an entry has nine.
      for (const Change& change : made->changes) {
        expected += change.kind == Change::Kind::kItem ? 12 : 4;
      }
      bytes = apply_changes(bytes, made->changes).value();
    }
    const std::size_t touched = lines_touched(file.bytes, bytes);
    EXPECT_LE(touched, expected);
    ++leaves;
    all += touched;
    most = std::max(most, touched);
  }
  std::cout << leaves << " specs, " << all << " lines touched, at most " << most << "\n";
  EXPECT_GT(leaves, 5U);
}

}  // namespace
}  // namespace sdd::spec
