// Every JSON document that the real program prints, held against its schema in schemas/output/ with
// our own engine: over the demo, and over the shared corpus where it is there.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "cli/command.h"
#include "cli_run.h"
#include "json/schema.h"
#include "json/tree.h"
#include "rules/table.h"
#include "shell_run.h"
#include "support.h"
#include "temp_folder.h"

namespace sdd::cli {
namespace {

namespace fs = std::filesystem;

using Words = std::vector<std::string>;

fs::path output_schemas() { return test::source_dir() / "schemas" / "output"; }

class OutputSchemas {
 public:
  // Runs sdd with `words`, and `--json` unless they name a form, in `folder` and expects one
  // document that `schema` accepts. Gives the document back.
  std::string expect_valid(const std::string& schema, const fs::path& folder, Words words) {
    if (std::find(words.begin(), words.end(), "--format") == words.end()) words.push_back("--json");
    const test::Ran ran = test::run_sdd(words, folder);
    std::string shown;
    for (const std::string& word : words) shown += word + " ";
    json::Parser parser;
    json::Tree tree;
    if (!parser.parse(ran.out, tree)) {
      ADD_FAILURE() << shown << "printed no JSON but: " << ran.out << ran.err;
      return {};
    }
    std::vector<json::Violation> violations;
    compiled(schema).validate(tree.root(), violations);
    for (const json::Violation& violation : violations) {
      ADD_FAILURE() << shown << "at '" << tree.pointer(violation.instance)
                    << "': " << violation.message << " (" << schema << violation.schema_pointer
                    << ")";
    }
    used_.insert(schema);
    return ran.out;
  }

  const std::set<std::string>& used() const { return used_; }

 private:
  const json::Schema& compiled(const std::string& name) {
    auto& schema = schemas_[name];
    if (!schema) {
      const std::string text = test::read_bytes(output_schemas() / (name + ".schema.json"));
      auto result = json::Schema::compile(text, name);
      if (!result) throw std::runtime_error(name + ": " + result.error().message);
      schema = *result;
    }
    return *schema;
  }

  std::map<std::string, std::shared_ptr<const json::Schema>> schemas_;
  std::set<std::string> used_;
};

// The string members `name` of an array of objects.
Words texts_in(const std::string& document, const char* name) {
  json::Parser parser;
  json::Tree tree;
  Words texts;
  if (!parser.parse(document, tree)) return texts;
  for (const json::Value element : tree.root().elements()) {
    texts.emplace_back(element.find(name).string());
  }
  return texts;
}

// Every command that reads, over all specs below `folder`.
void expect_valid_outputs(OutputSchemas& schemas, const fs::path& folder, std::size_t stride = 1) {
  schemas.expect_valid("check", folder, {"check"});
  schemas.expect_valid("validate-many", folder, {"validate", "--all"});
  schemas.expect_valid("check-journaling", folder, {"check-journaling"});
  for (const std::string form : {"gitlab", "rdjson"}) {
    for (const char* command : {"check", "validate", "check-journaling"}) {
      schemas.expect_valid(form, folder, {command, "--format", form});
    }
  }
  schemas.expect_valid("find-specs", folder, {"find-specs"});
  const bool has_bank = test::run_sdd({"entries"}, folder).exit == 0;
  for (const char* command : {"entries", "work-items"}) {
    schemas.expect_valid(has_bank ? command : "failure", folder, {command});
  }
  schemas.expect_valid("list-specs", folder, {"list-specs", "--detailed"});
  const std::string list = schemas.expect_valid("list-specs", folder, {"list-specs"});
  const Words specs = texts_in(list, "spec_id");
  EXPECT_FALSE(specs.empty());
  for (std::size_t i = 0; i < specs.size(); i += stride) {
    const std::string& spec = specs[i];
    schemas.expect_valid("validate", folder, {"validate", spec});
    schemas.expect_valid("check-journaling", folder, {"check-journaling", spec});
    // A damaged file, a spec without a root, a phase that is not there: a failure, likewise valid.
    const auto expect_answer = [&](const Words& words) {
      const bool failure = test::run_sdd(words, folder).err.starts_with("sdd: error:");
      schemas.expect_valid(failure ? "failure" : words.front(), folder, words);
    };
    for (const char* command :
         {"progress", "status-report", "check-complete", "get-journal", "stats", "analyze-deps"}) {
      expect_answer({command, spec});
    }
    expect_answer({"task-info", spec, "spec-root"});
    expect_answer({"check-complete", spec, "--phase", "phase-1"});
  }
}

// `sdd repair` in each of its states.
void expect_valid_repairs(OutputSchemas& schemas, const fs::path& here) {
  const std::string spec = "boat-house-2026-05-04-001";
  const fs::path file = here / "specs" / "active" / (spec + ".json");
  const auto write = [&](const std::string& bytes) {
    std::ofstream(file, std::ios::binary) << bytes;
  };
  write("");
  schemas.expect_valid("repair", here, {"repair", spec});
  std::string text = test::read_bytes(here / "base.json");
  const std::string id = "quay-lights-2026-05-04-001";
  text.replace(text.find(id), id.size(), spec);
  write(text + "}");
  schemas.expect_valid("repair", here, {"repair", spec, "--dry-run"});
  schemas.expect_valid("repair", here, {"repair", spec});
  schemas.expect_valid("repair", here, {"repair", spec});
  for (const auto& entry : fs::directory_iterator(here / "specs" / ".sdd" / "salvage")) {
    if (!entry.path().string().ends_with(".proof.json")) continue;
    schemas.expect_valid("repair-verify", here, {"repair", "--verify", entry.path().string()});
  }
  schemas.expect_valid("repair-undo", here, {"repair", spec, "--undo"});
  schemas.expect_valid("failure", here, {"repair", spec, "--undo"});
}

// Every command that changes a spec, in a copy of the repository that the scenarios use.
void expect_valid_updates(OutputSchemas& schemas) {
  const test::TempFolder temp;
  const fs::path here = temp.path() / "here";
  fs::copy(test::source_dir() / "fixtures" / "updates", here, fs::copy_options::recursive);
  const std::string spec = "quay-lights-2026-05-04-001";
  const std::string file = "specs/active/" + spec + ".json";
  temp.write("here/ops.json", R"([{"op": "add-journal", "title": "t", "content": "c"}])");
  temp.write("here/base.json", test::read_bytes(here / file));
  temp.write("here/ours.json", test::read_bytes(here / file));
  for (const Words& words :
       {Words{"update-status", spec, "task-1-1", "pending"},
        Words{"complete-task", spec, "task-1-2", "--bump", "minor"},
        Words{"complete-task", spec, "task-1-2"},
        Words{"mark-blocked", spec, "task-2-1", "--reason", "r"},
        Words{"unblock-task", spec, "task-2-1"},
        Words{"add-journal", spec, "--title", "t", "--content", "c", "--request-id", "r"},
        Words{"add-journal", spec, "--title", "t", "--content", "c", "--request-id", "r"},
        Words{"bulk-journal", spec}, Words{"add-revision", spec, "2.0", "c"},
        Words{"add-assumption", spec, "a"}, Words{"add-verification", spec, "verify-2-1", "FAILED"},
        Words{"sync-metadata", spec},
        Words{"add-task", spec, "phase-2", "--title", "t", "--category", "research"},
        Words{"set-metadata", spec, "task-2-1", "k", "v"},
        Words{"apply", spec, "--ops", "ops.json"}, Words{"move-spec", spec, "archived"},
        Words{"activate-spec", spec}, Words{"complete-task", spec, "task-2-1", "--dry-run"}}) {
    schemas.expect_valid("update", here, words);
  }
  const fs::path whole = here / "specs" / "active" / (spec + ".json");
  std::string miscounted = test::read_bytes(whole);
  const std::size_t count = miscounted.find("\"total_tasks\": ");
  ASSERT_NE(count, std::string::npos);
  std::ofstream(whole, std::ios::binary) << miscounted.insert(count + 15, "1");
  schemas.expect_valid("fix", here, {"fix", spec, "--preview", "--diff"});
  schemas.expect_valid("fix-many", here, {"fix", "--preview"});
  schemas.expect_valid("fix", here, {"fix", spec});
  schemas.expect_valid("fix-many", here, {"fix"});
  schemas.expect_valid("failure", here, {"fix", "nothing-of-that-name"});
  schemas.expect_valid("failure", here, {"complete-spec", spec});
  schemas.expect_valid("failure", here,
                       {"lock", spec, "--", "env", "-u", "SDD_LOCK_FD", SDD_BINARY, "update-status",
                        spec, "task-2-1", "pending", "--lock-timeout", "0"});
  schemas.expect_valid("create", here, {"create", "New"});
  schemas.expect_valid("history", here, {"history", spec});
  schemas.expect_valid("merge", here, {"merge", "base.json", file, "base.json"});
  schemas.expect_valid("merge-driver", here, {"merge-driver", "base.json", "ours.json", file});
  schemas.expect_valid("failure", here, {"merge-driver", "base.json", "base.json", "none.json"});
  expect_valid_repairs(schemas, here);
  schemas.expect_valid("merge", here, {"merge", "base.json", file, "base.json", "-o", "out.json"});
}

// The commands that change entries, in a memory bank of their own.
void expect_valid_bank_updates(OutputSchemas& schemas) {
  const test::TempFolder temp;
  temp.write("memory_bank/specs/work_items/2026-01-02__bugfix__lamps.md", "# Lamps\n");
  const auto add = [&](const std::string& title, const std::string& state) {
    return Words{"add-entry", title,  "--tag",     "BUG",        "--spec",  "lamps",
                 "--branch",  "main", "--summary", "s",          "--tests", "t",
                 "--risks",   "r",    "--date",    "2026-01-05", state,     "2026-01-05"};
  };
  const std::string log = "2026-01-05-main";
  schemas.expect_valid("bank-update", temp.path(), add("A", "--started"));
  schemas.expect_valid("bank-update", temp.path(), add("A", "--started"));
  schemas.expect_valid("failure", temp.path(), add("A", "--done"));
  schemas.expect_valid("bank-update", temp.path(), {"close-entry", "A"});
  schemas.expect_valid("bank-update", temp.path(), {"close-entry", "A"});
  schemas.expect_valid("failure", temp.path(), {"close-entry", "B"});
  schemas.expect_valid("bank-update", temp.path(), {"consolidate", log, "--dry-run"});
  schemas.expect_valid("bank-update", temp.path(), {"consolidate", log});
  schemas.expect_valid("bank-update", temp.path(), {"consolidate", log});
  schemas.expect_valid("bank-update", temp.path(), add("A", "--done"));
  schemas.expect_valid("failure", temp.path(), {"consolidate", log, "--if-match", "0"});
}

// What asks git, in a repository whose last merge lost an entry.
void expect_valid_git_outputs(OutputSchemas& schemas) {
  const test::TempFolder room;
  const fs::path fixtures = test::source_dir() / "fixtures";
  room.write("begin",
             ". \"$FIXTURES/git/begin\"; git checkout -q -b topic; complete task-2-1 11; "
             "git checkout -q main; complete task-1-2 12; git merge -q -s ours --no-edit topic; "
             "entry A B >>$log; sdd create Gates --quiet >/dev/null; "
             "sdd move-spec $spec archived --quiet >/dev/null\n");
  const auto ran = test::run_shell("begin", room.path(), "FIXTURES='" + fixtures.string() + "'");
  ASSERT_EQ(ran.exit, 0) << ran.err;
  schemas.expect_valid("check-merge", room.path(), {"check-merge"});
  schemas.expect_valid("check-merge", room.path(), {"check-merge", "HEAD~1"});
  schemas.expect_valid("diff", room.path(), {"diff"});
  schemas.expect_valid("diff", room.path(), {"diff", "main", "topic"});
  room.write("specs/pending/cut.json", "{");
  schemas.expect_valid("diff", room.path(), {"diff"});
  schemas.expect_valid("failure", room.path(), {"diff", "nowhere", "at-all"});
  schemas.expect_valid("check", room.path(), {"hook", "pre-commit"});
  schemas.expect_valid("check", room.path(), {"hook", "pre-push"});
  schemas.expect_valid("check", room.path(), {"check", "--staged"});
  schemas.expect_valid("validate-many", room.path(), {"validate", "--since", "HEAD~1"});
  schemas.expect_valid("setup-git", room.path(), {"setup-git"});
  schemas.expect_valid("setup-git", room.path(), {"setup-git", "--uninstall"});
}

TEST(Outputs, of_every_command_are_as_their_schemas_say) {
  OutputSchemas schemas;
  expect_valid_updates(schemas);
  expect_valid_bank_updates(schemas);
  expect_valid_git_outputs(schemas);
  const fs::path demo = test::source_dir() / "fixtures" / "demo";
  expect_valid_outputs(schemas, demo);
  const std::string rules = schemas.expect_valid("rules", demo, {"rules"});
  EXPECT_EQ(texts_in(rules, "code").size(), rules::all_rules().size());
  for (const std::string& code : texts_in(rules, "code")) {
    schemas.expect_valid("explain", demo, {"explain", code});
  }
  schemas.expect_valid("printed-text", "/", {"man"});
  for (const char* shell : {"bash", "zsh", "fish"}) {
    schemas.expect_valid("printed-text", "/", {"completions", shell});
  }
  schemas.expect_valid("find-specs", "/", {"find-specs"});
  const test::TempFolder room;
  room.write("specs/active/x.json", "{}");
  schemas.expect_valid("doctor", room.path(), {"doctor"});
  schemas.expect_valid("doctor", room.path(), {"doctor", "--torture", "0.1"});
  for (const Words& words : {Words{"no-such-command"}, Words{"progress"}, Words{"explain", "x"},
                             Words{"progress", "berth-map"}, Words{"next-task"},
                             Words{"validate", "--no-such-option"}}) {
    schemas.expect_valid("failure", demo, words);
  }
  for (const auto& entry : fs::directory_iterator(output_schemas())) {
    const std::string file = entry.path().filename().string();
    const std::string name = file.substr(0, file.find('.'));
    EXPECT_EQ(schemas.used().count(name), 1U) << name;
  }
}

TEST(Outputs, of_the_schema_command_is_a_schema_that_sdd_can_use) {
  const test::Ran ran = test::run_sdd({"schema"}, "/");
  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_EQ(ran.out, test::read_bytes(test::source_dir() / "schemas" / "spec.schema.json"));
  const test::Ran compact = test::run_sdd({"schema", "--json"}, "/");
  EXPECT_TRUE(json::Schema::compile(compact.out, "printed"));
}

TEST(Outputs, of_odd_specs_are_as_their_schemas_say) {
  const test::TempFolder temp;
  temp.write("specs/active/nothing.json", "{}");
  temp.write("specs/active/cut.json", "{\"spec_id\": \"cut");
  temp.write("specs/active/list.json", "[]");
  temp.write("specs/pending/wrong-kinds.json", R"({"spec_id": 7, "title": [], "journal": {"a": 1},
    "metadata": "none", "hierarchy": {"spec-root": null, "phase-1": [], "a": {"children": "b"}}})");
  temp.write("specs/pending/empty-names.json", R"({"spec_id": "", "journal": [null, [], {}],
    "hierarchy": {"spec-root": {"status": "", "children": ["", "phase-1", null]},
      "phase-1": {"type": "phase", "status": "pending", "title": 7},
      "": {"type": "phase", "status": "in_progress", "total_tasks": -1,
           "completed_tasks": 9223372036854775807,
           "dependencies": {"blocked_by": ["", "x"], "blocks": [""], "depends": [3]}}}})");
  temp.write("specs/completed/more-than-all.json", R"({"hierarchy": {"spec-root":
    {"status": "blocked", "total_tasks": 3, "completed_tasks": 18446744073709551615},
    "phase-1": {"type": "phase", "status": "blocked", "total_tasks": 1, "completed_tasks": 3,
                "metadata": {"blocker_description": 3}}}})");
  OutputSchemas schemas;
  expect_valid_outputs(schemas, temp.path());
}

TEST(Outputs, over_the_corpus_are_as_their_schemas_say) {
  const auto corpus = test::shared("corpus/airis");
  if (!corpus) return;
  OutputSchemas schemas;
  expect_valid_outputs(schemas, *corpus, test::by_effort<std::size_t>(7, 1, 1));
}

}  // namespace
}  // namespace sdd::cli
