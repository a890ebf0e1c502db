// Command: one sub-command of sdd as plain data, and what it gets to work with.
//
// A command is one file, cli/<name>.cc, that defines a `constinit const Command`; its one mention
// elsewhere is a line in commands.inc. Parsing (parse.cc, the only source that knows CLI11), --help
// and docs/commands.md are derived from the data.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "json/writer.h"
#include "workspace/layout.h"

namespace sdd::report {
struct Form;
}

namespace sdd::cli {

enum class Takes {
  kNothing,    // a flag
  kValue,      // --option VALUE; the last one counts
  kPerhaps,    // --option, or --option VALUE; text() is "" without a value
  kList,       // --option A,B; may be repeated
  kArgument,   // a positional argument that must be there
  kOptional,   // a positional argument that may be there
  kArguments,  // any number of positional arguments
};

// A name that begins with a dash is an option's, any other a positional argument's.
struct Option {
  const char* name;  // "--all", "-q,--quiet"; a positional: "SPEC"
  Takes takes;
  const char* value;  // the value's name in help ("N"), or its choices ("text|json"); or nullptr
  const char* help;   // one line
};

// What the user gave, by the option's long name ("--all") or the positional's name ("SPEC").
class Arguments {
 public:
  bool has(const std::string& name) const { return values_.contains(name); }
  // The (last) value; "" when not given.
  std::string text(const std::string& name) const;
  std::vector<std::string> list(const std::string& name) const;
  // A whole number ≥ 0. Errors: kUsage.
  Result<std::optional<std::size_t>> number(const std::string& name) const;
  void add(const std::string& name, std::vector<std::string> values) {
    values_[name] = std::move(values);
  }

 private:
  std::map<std::string, std::vector<std::string>> values_;
};

// What stands for one run of the program: the global options, and where results go.
class Session {
 public:
  // Reads the global options. Errors: kUsage.
  static Result<Session> of(const Arguments& arguments);

  bool json() const { return json_; }
  // The form that findings are printed in for another program; nullptr: text or JSON.
  const report::Form* form() const { return form_; }
  bool quiet() const { return quiet_; }
  bool verbose() const { return verbose_; }
  bool color() const { return color_; }
  unsigned jobs() const { return jobs_; }
  const workspace::Places& places() const { return places_; }
  json::Writer::Layout layout() const {
    return compact_ ? json::Writer::kCompact : json::Writer::kIndented;
  }
  json::Writer writer() const { return json::Writer(layout()); }

  // Writes a result to stdout; a line end is added when there is none. Errors: kIo.
  Result<void> print(std::string_view text) const;
  // The bytes and nothing else.
  Result<void> print_exactly(std::string_view bytes) const;
  Result<void> print(const json::Writer& out) const { return print(out.text()); }
  // For who has changed something: that it was done is told first when `printed` has failed.
  static Result<void> printed_when_done(Result<void> printed);
  // Says something to the user on stderr, unless --quiet.
  void tell(std::string_view line) const;

 private:
  workspace::Places places_;
  const report::Form* form_ = nullptr;
  bool json_ = false;
  bool compact_ = true;
  bool quiet_ = false;
  bool verbose_ = false;
  bool color_ = false;
  unsigned jobs_ = 1;
};

struct Command {
  const char* name;
  const char* summary;  // one line, lower case, no full stop
  const char* details;  // some lines more for --help; may be ""
  const char* example;  // a command line and what it does
  std::span<const Option> options;
  // Returns the exit code.
  Result<int> (*run)(const Session& session, const Arguments& arguments);
  // The exit code of every Error, where whoever calls the command reads 3 otherwise. 0: as usual.
  int failure = 0;
  bool tells_findings = false;  // so that every form of report/form.h fits
};

// The options that every command takes, before or after its name.
std::span<const Option> global_options();

// All commands, in the order in which help lists them.
std::span<const Command* const> all_commands();
const Command* find_command(std::string_view name);

}  // namespace sdd::cli
