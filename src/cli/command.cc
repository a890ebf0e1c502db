#include "cli/command.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <thread>

#include "base/strings.h"
#include "report/form.h"

namespace sdd::cli {

#define SDD_COMMAND(command) extern const Command command;
#include "cli/commands.inc"
#undef SDD_COMMAND

namespace {

#define SDD_COMMAND(command) &command,
constexpr const Command* kCommands[] = {
#include "cli/commands.inc"
};
#undef SDD_COMMAND

constexpr Option kGlobalOptions[] = {
    {"--path", Takes::kValue, "ROOT", "the repository's root, where the search begins"},
    {"--specs-dir", Takes::kValue, "DIR", "the specs folder (else $SDD_SPECS_DIR, else found)"},
    {"--bank-dir", Takes::kValue, "DIR", "the memory bank"},
    {"--format", Takes::kValue, "text|json|sarif|github|gitlab|junit|rdjson",
     "the form of the result; behind json: only of findings"},
    {"--json", Takes::kNothing, nullptr, "the same as --format json"},
    {"--compact", Takes::kNothing, nullptr, "JSON on one line (the default)"},
    {"--no-compact", Takes::kNothing, nullptr, "JSON indented by two blanks"},
    {"--jobs", Takes::kValue, "N", "threads (default: as many as processors)"},
    {"-q,--quiet", Takes::kNothing, nullptr, "say nothing on stderr but errors"},
    {"-v,--verbose", Takes::kNothing, nullptr, "say more"},
    {"--color", Takes::kValue, "auto|always|never", "colour in text (default: on a terminal)"},
    {"--no-color", Takes::kNothing, nullptr, "the same as --color never"},
};

bool wants_color(const Arguments& arguments) {
  const std::string when = arguments.text("--color");
  if (arguments.has("--no-color") || when == "never") return false;
  if (when == "always") return true;
  const char* no_color = std::getenv("NO_COLOR");
  return isatty(STDOUT_FILENO) == 1 && (no_color == nullptr || *no_color == '\0');
}

}  // namespace

std::span<const Option> global_options() { return kGlobalOptions; }
std::span<const Command* const> all_commands() { return kCommands; }

const Command* find_command(std::string_view name) {
  const auto found = std::find_if(std::begin(kCommands), std::end(kCommands),
                                  [&](const Command* command) { return command->name == name; });
  return found == std::end(kCommands) ? nullptr : *found;
}

std::string Arguments::text(const std::string& name) const {
  const auto found = values_.find(name);
  return found == values_.end() || found->second.empty() ? "" : found->second.back();
}

std::vector<std::string> Arguments::list(const std::string& name) const {
  const auto found = values_.find(name);
  return found == values_.end() ? std::vector<std::string>() : found->second;
}

Result<std::optional<std::size_t>> Arguments::number(const std::string& name) const {
  if (!has(name)) return std::nullopt;
  const std::string word = text(name);
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  if (error != std::errc() || end != word.data() + word.size()) {
    return fail(ErrorKind::kUsage, name + " takes a whole number, not " + sdd::quote(word));
  }
  return value;
}

Result<Session> Session::of(const Arguments& arguments) {
  Session session;
  std::error_code error;
  session.places_.current = std::filesystem::current_path(error);
  if (error) return fail(ErrorKind::kIo, "the current folder is gone: " + error.message());
  session.places_.path = arguments.text("--path");
  session.places_.specs_dir = arguments.text("--specs-dir");
  session.places_.bank_dir = arguments.text("--bank-dir");
  const char* specs_dir = std::getenv("SDD_SPECS_DIR");
  if (session.places_.specs_dir.empty() && specs_dir != nullptr) {
    session.places_.specs_dir = specs_dir;
  }
  const std::string format = arguments.text("--format");
  session.json_ = arguments.has("--json") || format == "json";
  session.form_ = report::find_form(format);
  if (session.form_ != nullptr && session.json_) {
    return fail(ErrorKind::kUsage, "--json and --format " + format + " exclude each other");
  }
  session.compact_ = !arguments.has("--no-compact");
  session.quiet_ = arguments.has("--quiet");
  session.verbose_ = arguments.has("--verbose");
  session.color_ = wants_color(arguments);
  auto jobs = arguments.number("--jobs");
  if (!jobs) return tl::unexpected(jobs.error());
  if (*jobs && (**jobs == 0 || **jobs > 1024)) {
    return fail(ErrorKind::kUsage, "--jobs takes a number from 1 to 1024");
  }
  session.jobs_ =
      *jobs ? static_cast<unsigned>(**jobs) : std::max(1U, std::thread::hardware_concurrency());
  return session;
}

namespace {

Result<void> flush_result() {
  if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) {
    return fail(ErrorKind::kIo, "cannot write the result: " + errno_text(errno));
  }
  return {};
}

}  // namespace

Result<void> Session::print(std::string_view text) const {
  std::fwrite(text.data(), 1, text.size(), stdout);
  if (text.empty() || text.back() != '\n') std::fputc('\n', stdout);
  return flush_result();
}

Result<void> Session::print_exactly(std::string_view bytes) const {
  std::fwrite(bytes.data(), 1, bytes.size(), stdout);
  return flush_result();
}

Result<void> Session::printed_when_done(Result<void> printed) {
  if (!printed) printed.error().message = "applied, but " + printed.error().message;
  return printed;
}

void Session::tell(std::string_view line) const {
  if (quiet_) return;
  std::fprintf(stderr, "%.*s\n", static_cast<int>(line.size()), line.data());
}

}  // namespace sdd::cli
