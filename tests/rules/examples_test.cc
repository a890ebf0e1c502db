// Each rule's example pair, run through the engine: `bad` shows the rule's own fault and no other,
// `good` shows none.
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bank/document.h"
#include "json/embedded_schema.h"
#include "json/schema.h"
#include "json/tree.h"
#include "rules/bank_engine.h"
#include "rules/engine.h"
#include "rules/repository.h"
#include "rules/table.h"
#include "rules/versions.h"
#include "spec/spec.h"
#include "text/source_text.h"
#include "workspace/config.h"

namespace sdd::rules {
namespace {

// The schema that an example brings along ("…-schema.json"), else the built-in one.
struct ExampleSchema {
  explicit ExampleSchema(const Example& example) {
    std::string_view text = json::embedded_spec_schema();
    for (const ExampleFile& file : example) {
      if (!is_schema(file)) continue;
      text = file.text;
      is_built_in = false;
    }
    const auto compiled = json::Schema::compile(text, "example");
    EXPECT_TRUE(compiled) << compiled.error().message;
    if (compiled) schema = *compiled;
  }
  static bool is_schema(const ExampleFile& file) {
    return file.path != nullptr && std::string_view(file.path).ends_with("-schema.json");
  }

  std::shared_ptr<const json::Schema> schema;
  bool is_built_in = true;
};

bool is_markdown(const ExampleFile& file) { return std::string_view(file.path).ends_with(".md"); }

bool is_config(const ExampleFile& file) {
  return file.path != nullptr && std::string_view(file.path) == workspace::kConfigName;
}

// What the `.sdd.toml` of an example asks for.
std::vector<std::string> required_metadata_of(const Example& example) {
  for (const ExampleFile& file : example) {
    if (!is_config(file)) continue;
    const auto config = workspace::read_config(std::string(file.text), "/");
    EXPECT_TRUE(config) << config.error().message;
    if (config) return config->required_metadata;
  }
  return {};
}

// What lies between the files of an example: the memory bank is "…/memory_bank/", the specs
// "…/specs/" with a status folder below. Nothing exists but the files.
class ExampleRepository {
 public:
  // A file of the memory bank: its own findings.
  std::vector<Finding> add_markdown(const ExampleFile& file) {
    constexpr std::string_view kBank = "memory_bank/";
    const std::string_view path = file.path;
    sources_.push_back(std::make_unique<SourceText>(std::string(path), std::string(file.text)));
    documents_.push_back(std::make_unique<bank::Document>(bank::Document::of(
        *sources_.back(), bank::kind_of(path.substr(path.find(kBank) + kBank.size())))));
    parts_.bank_folder = path.substr(0, path.find(kBank) + kBank.size() - 1);
    parts_.files.push_back({std::string(path), sources_.back().get(), documents_.back().get()});
    parts_.existing.emplace(path);
    return check_document(*sources_.back(), *documents_.back());
  }

  void add_spec(const spec::Spec* spec, const Place& place, std::string_view path) {
    parts_.specs_folder = path.substr(0, path.find(place.status_folder) - 1);
    parts_.specs.push_back(facts_of(spec, place, std::string(path)));
  }

  void add_leftover(std::string_view path) { parts_.leftovers.emplace_back(path); }

  std::vector<LinkReport::Found> links() {
    return check_links(Repository(std::move(parts_)), Selection());
  }

 private:
  Repository::Parts parts_;
  std::vector<std::unique_ptr<SourceText>> sources_;
  std::vector<std::unique_ptr<bank::Document>> documents_;
};

// The versions of an example about history, and what differs between them.
class ExampleVersions {
 public:
  explicit ExampleVersions(const Example& example) {
    for (const ExampleFile& file : example) {
      if (file.path == nullptr) continue;
      const std::string_view path = file.path;
      const bool is_base = path.starts_with(kBaseMark);
      const std::string_view plain = is_base ? path.substr(kBaseMark.size()) : path;
      if (is_markdown(file)) {
        add_titles(plain, file.text, is_base);
      } else {
        (is_base ? before_ : now_).push_back(std::make_unique<Version>(plain, file.text));
      }
    }
  }

  std::vector<std::string> codes() {
    std::vector<std::string> codes;
    const auto before = views(before_);
    const auto now = views(now_);
    const auto pairs = pair_specs(before, now);
    for (std::size_t i = 0; i < before.size(); ++i) {
      if (!pairs[i]) {
        versions_.gone.push_back(before[i]);
        continue;
      }
      const Version& after = *now_[*pairs[i]];
      for (const Finding& finding :
           check_spec_versions({after.source, *before[i].spec, after.spec}, Selection())) {
        codes.emplace_back(finding.rule->code);
        EXPECT_FALSE(finding.message.empty());
        EXPECT_LE(finding.span.end, after.source.bytes().size());
      }
    }
    for (const auto& [title, path] : gone_titles_) versions_.entries.push_back({path, title});
    for (const LinkReport::Found& found : check_versions(versions_, Selection())) {
      codes.emplace_back(found.finding.rule->code);
    }
    return codes;
  }

 private:
  struct Version {
    Version(std::string_view path, std::string_view text)
        : source(std::string(path), std::string(text)) {
      json::Parser parser;
      EXPECT_TRUE(parser.parse(source.bytes(), tree)) << path;
      spec.read(tree);
    }
    SourceText source;
    json::Tree tree;
    spec::Spec spec;
  };
  using Files = std::vector<std::unique_ptr<Version>>;

  static std::vector<VersionedSpec> views(const Files& files) {
    std::vector<VersionedSpec> views;
    for (const auto& file : files) {
      views.push_back({file->source.path(), place_of(file->source.path()).stem, &file->spec});
    }
    return views;
  }

  void add_titles(std::string_view path, std::string_view text, bool is_base) {
    const SourceText source{std::string(path), std::string(text)};
    const auto document = bank::Document::of(source, bank::Kind::kLog);
    for (const bank::TaskEntry& entry : document.entries()) {
      const std::string title(entry.title.view());
      if (is_base) {
        gone_titles_.emplace(title, path);
      } else {
        gone_titles_.erase(title);
      }
    }
  }

  Files before_, now_;
  std::map<std::string, std::string> gone_titles_;
  Versions versions_;
};

// Links are followed only for the rules about them: other examples are excerpts, and what they link
// to is not shown.
std::vector<std::string> codes_of_example(const Example& example, bool with_links) {
  const ExampleSchema schema(example);
  Engine engine({.purpose = Purpose::kCheck,
                 .schema = schema.schema.get(),
                 .schema_is_built_in = schema.is_built_in,
                 .required_metadata = required_metadata_of(example)});
  ExampleRepository repository;
  std::vector<std::string> codes;
  bool twins_told = false;
  for (const ExampleFile& file : example) {
    if (file.path == nullptr || ExampleSchema::is_schema(file) || is_config(file)) continue;
    if (std::string_view(file.path).ends_with(".tmp")) {
      repository.add_leftover(file.path);
      continue;
    }
    Place place = place_of(file.path);
    for (const ExampleFile& other : example) {
      if (other.path == nullptr || other.path == file.path || twins_told) continue;
      const Place there = place_of(other.path);
      if (there.stem == place.stem && there.status_folder != place.status_folder) {
        place.twins.emplace_back(other.path);
      }
    }
    twins_told = twins_told || !place.twins.empty();
    const SourceText source(file.path, std::string(file.text));
    const std::vector<Finding> findings =
        is_markdown(file) ? repository.add_markdown(file) : engine.check(source, place);
    if (!is_markdown(file)) repository.add_spec(engine.spec(), place, file.path);
    for (const Finding& finding : findings) {
      codes.emplace_back(finding.rule->code);
      EXPECT_LE(finding.span.end, source.bytes().size());
      EXPECT_LE(finding.span.begin, finding.span.end);
      EXPECT_FALSE(finding.message.empty());
    }
  }
  if (!with_links) return codes;
  for (const LinkReport::Found& found : repository.links()) {
    codes.emplace_back(found.finding.rule->code);
    EXPECT_FALSE(found.finding.message.empty());
  }
  return codes;
}

bool is_about_history(const Rule& rule) {
  return std::holds_alternative<void (*)(const SpecVersions&, Report&)>(rule.check) ||
         std::holds_alternative<void (*)(const Versions&, LinkReport&)>(rule.check);
}

TEST(RuleExamples, bad_shows_the_fault_and_no_other_and_good_shows_none) {
  for (const Rule* rule : all_rules()) {
    if (std::holds_alternative<std::monostate>(rule->check)) continue;
    // What it finds depends on the branch, which no file tells (tests/rules/versions_test.cc).
    if (std::string_view(rule->code) == "SDD912") continue;
    if (is_about_history(*rule)) {
      const auto bad = ExampleVersions(rule->bad).codes();
      EXPECT_FALSE(bad.empty()) << rule->code << " finds nothing in its bad example";
      for (const std::string& code : bad) EXPECT_EQ(code, rule->code);
      EXPECT_EQ(ExampleVersions(rule->good).codes(), std::vector<std::string>{}) << rule->code;
      continue;
    }
    const bool links =
        std::holds_alternative<void (*)(const Repository&, LinkReport&)>(rule->check);
    const std::vector<std::string> bad = codes_of_example(rule->bad, links);
    EXPECT_FALSE(bad.empty()) << rule->code << " finds nothing in its bad example";
    for (const std::string& code : bad) EXPECT_EQ(code, rule->code);
    EXPECT_EQ(codes_of_example(rule->good, links), std::vector<std::string>{}) << rule->code;
  }
}

TEST(RuleTable, is_sorted_unique_and_complete) {
  std::string last;
  for (const Rule* rule : all_rules()) {
    EXPECT_LT(last, rule->code);
    last = rule->code;
    EXPECT_EQ(find_rule(rule->code), rule);
    EXPECT_EQ(find_rule(rule->name), rule);
    EXPECT_GT(std::string(rule->why).size(), 40U) << rule->code;
    EXPECT_FALSE(std::string(rule->title).empty()) << rule->code;
    EXPECT_NE(std::string(rule->title).back(), '.') << rule->code;
  }
}

}  // namespace
}  // namespace sdd::rules
