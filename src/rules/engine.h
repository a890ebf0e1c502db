// Engine: bytes in, findings out. It reads a spec file once (parse, index), runs every rule of the
// purpose over it and sees to it that one fault gives one finding.
//
//   Engine engine({.purpose = Purpose::kValidate, .schema = schema});
//   for (each file) {
//     const std::vector<Finding> found = engine.check(source, place);
//     if (engine.spec() != nullptr) …   // what the file says; nullptr: it is damaged
//   }
//
// The engine keeps its buffers from file to file; what spec() returns holds until the next check
// and as long as the source does. One engine per thread.
#pragma once

#include <memory>
#include <vector>

#include "json/limits.h"
#include "rules/finding.h"
#include "rules/rule.h"
#include "rules/table.h"

namespace sdd::rules {

// More nodes than this in one hierarchy are over the limit (SDD011), unless said otherwise.
inline constexpr std::size_t kMaxNodes = 100'000;

class Engine {
 public:
  struct Options {
    Purpose purpose = Purpose::kValidate;
    Selection selection = {};              // of the findings, after "one fault, one finding"
    const json::Schema* schema = nullptr;  // nullptr: SDD101 and SDD214 find nothing
    bool schema_is_built_in = true;
    json::Limits limits = {};           // what is larger or deeper is SDD011, and so is
    std::size_t max_nodes = kMaxNodes;  // a hierarchy with more nodes
    std::vector<std::string> required_metadata = {};  // SDD117 asks for these members of `metadata`
    // Which rules run at all; nullptr: all of the purpose. What one of the others would speak for
    // is told then.
    bool (*runs)(const Rule&) = nullptr;
  };

  explicit Engine(Options options);
  ~Engine();
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  // The findings of one spec file, in the order of their places, then codes.
  std::vector<Finding> check(const SourceText& source, const Place& place);

  // The spec of the last check; nullptr when its file was no JSON or over a limit.
  const spec::Spec* spec() const;

 private:
  struct State;
  void run(const SourceText& source, const Place& place, std::vector<Finding>& findings);
  void run_rules(const SourceText& source, const Place& place, Report& report);

  Options options_;
  std::vector<const Rule*> rules_;
  std::unique_ptr<State> state_;
};

// While one of the findings shows that data may be lost (0xx, SDD203 to SDD208, SDD212, SDD402,
// SDD901), the fixes of counts and of lagging parents (SDD301 to SDD304, SDD306) are no more than
// plans: a recount would erase the trace. The engine does this; who adds findings does it again.
void keep_traces_of_loss(std::vector<Finding>& findings);
// Whether any of them shows that.
bool may_have_lost_data(const std::vector<Finding>& findings);

// The place of a spec by its path ("…/specs/active/x.json"), without twins.
Place place_of(std::string_view path);

// The four status folders, in the order in which an id is looked up.
inline constexpr std::string_view kStatusFolders[] = {"pending", "active", "completed", "archived"};
bool is_status_folder(std::string_view name);

}  // namespace sdd::rules
