#include "workspace/setup/git_setup.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

#include "base/strings.h"
#include "report/spec_lines.h"
#include "workspace/changes/changed_files.h"
#include "workspace/read_file.h"
#include "workspace/replace_file.h"
#include "workspace/setup/embedded_hooks.h"

namespace sdd::workspace {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kMark = "\n# sdd:";  // the second line of a hook of ours
constexpr std::string_view kBegin = "# sdd: begin (sdd setup-git)\n";
// Where the file had no line end before our lines, so that it can be taken out again with them.
constexpr std::string_view kBeginBehind = "\n# sdd: begin, behind a line that had no end\n";
constexpr std::string_view kEnd = "# sdd: end\n";
constexpr std::size_t kMostBytes = std::size_t{1} << 20U;

bool is_ours(const std::string& text) {
  const std::size_t first = text.find('\n');
  return first != std::string::npos && std::string_view(text).substr(first).starts_with(kMark);
}

// The bytes of a small file; nothing when there is none.
Result<std::optional<std::string>> text_of(const fs::path& file) {
  std::string text;
  const auto read = read_file(file.string(), kMostBytes, text);
  if (read) return std::optional(std::move(text));
  if (read.error().kind == ErrorKind::kNotFound) return std::optional<std::string>();
  return tl::unexpected(read.error());
}

Result<void> remove_file(const fs::path& file) {
  std::error_code error;
  fs::remove(file, error);
  if (error) return tl::unexpected(system_error("remove", file.string(), error.value()));
  return {};
}

Result<void> rename_file(const fs::path& from, const fs::path& to) {
  std::error_code error;
  fs::rename(from, to, error);
  if (error) return tl::unexpected(system_error("rename", from.string(), error.value()));
  return {};
}

fs::path kept_beside(const fs::path& hook) { return hook.string() + ".before-sdd"; }

// The running program.
fs::path program() {
  std::error_code error;
  return fs::read_symlink("/proc/self/exe", error);
}

bool is_on_path(const fs::path& wanted) {
  const char* path = std::getenv("PATH");
  std::string folders = path == nullptr ? "" : path;
  for (std::size_t begin = 0; begin < folders.size();) {
    const std::size_t end = std::min(folders.find(':', begin), folders.size());
    const fs::path candidate = fs::path(folders.substr(begin, end - begin)) / "sdd";
    begin = end + 1;
    std::error_code error;
    if (access(candidate.c_str(), X_OK) != 0) continue;
    return fs::equivalent(candidate, wanted, error);
  }
  return false;
}

// A word of a shell command.
std::string shell_word(const std::string& word) {
  std::string out = "'";
  for (const char c : word) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

std::string own_name() { return is_on_path(program()) ? "sdd" : shell_word(program().string()); }

// Of git's configuration, without sections of ours that have become empty.
std::string without_empty_sections(const std::string& text) {
  std::string kept;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size() - 1) + 1;
    const std::string_view line = std::string_view(text).substr(begin, end - begin);
    const bool is_ours =
        line == "[merge \"sdd\"]\n" || line == "[diff \"sdd\"]\n" || line == "[sdd]\n";
    const bool is_empty = end >= text.size() || text[end] == '[';
    if (!is_ours || !is_empty) kept += line;
    begin = end;
  }
  return kept;
}

// The text without our lines.
std::string without_block(const std::string& text) {
  std::size_t begin = text.find(kBeginBehind);
  if (begin == std::string::npos) begin = text.find(kBegin);
  const std::size_t end = text.find(kEnd, begin == std::string::npos ? 0 : begin);
  if (begin == std::string::npos || end == std::string::npos) return text;
  return text.substr(0, begin) + text.substr(end + kEnd.size());
}

}  // namespace

Result<fs::path> GitSetup::hooks_folder() const {
  const auto named = repository_.config("core.hooksPath");
  if (!named) return tl::unexpected(named.error());
  if (!*named || (*named)->empty()) return repository_.common_dir() / "hooks";
  std::string path = **named;
  const char* home = std::getenv("HOME");
  if (path.starts_with("~/") && home != nullptr) path = std::string(home) + path.substr(1);
  const fs::path top = repository_.top_level();
  return (top.empty() ? repository_.git_dir() : top) / path;
}

Result<void> GitSetup::install_hooks(SetupSteps& steps) const {
  const auto folder = hooks_folder();
  if (!folder) return tl::unexpected(folder.error());
  std::error_code error;
  fs::create_directories(*folder, error);
  if (error) return tl::unexpected(system_error("make", folder->string(), error.value()));
  const bool server = repository_.top_level().empty();
  for (const HookFile& hook : embedded_hooks()) {
    if (hook.server != server) continue;
    const fs::path file = *folder / hook.name;
    const auto there = text_of(file);
    if (!there) return tl::unexpected(there.error());
    if (*there && **there == hook.text) continue;
    if (*there && !is_ours(**there)) {
      const fs::path kept = kept_beside(file);
      if (fs::exists(fs::symlink_status(kept, error))) {
        return fail(ErrorKind::kRefused, sdd::quote(file.string()) +
                                             " is no hook of ours, and there is a " +
                                             sdd::quote(kept.filename().string()) + " already");
      }
      const auto moved = rename_file(file, kept);
      if (!moved) return moved;
      steps.push_back("kept " + file.string() + " as " + kept.filename().string() +
                      ", which runs first");
    }
    const auto written = replace_file(file, hook.text);
    if (!written) return written;
    fs::permissions(file, fs::perms::owner_exec | fs::perms::group_exec | fs::perms::others_exec,
                    fs::perm_options::add, error);
    if (error) return tl::unexpected(system_error("make executable", file.string(), error.value()));
    steps.push_back("wrote " + file.string());
  }
  return {};
}

Result<void> GitSetup::uninstall_hooks(SetupSteps& steps) const {
  const auto folder = hooks_folder();
  if (!folder) return tl::unexpected(folder.error());
  for (const HookFile& hook : embedded_hooks()) {
    const fs::path file = *folder / hook.name;
    const auto there = text_of(file);
    if (!there) return tl::unexpected(there.error());
    if (!*there || !is_ours(**there)) continue;
    std::error_code error;
    const fs::path kept = kept_beside(file);
    const bool had_one = fs::exists(fs::symlink_status(kept, error));
    const auto done = had_one ? rename_file(kept, file) : remove_file(file);
    if (!done) return done;
    steps.push_back((had_one ? "put back " : "removed ") + file.string());
  }
  return {};
}

Result<void> GitSetup::set(const std::string& name, const std::string& value,
                           SetupSteps& steps) const {
  const auto there = repository_.config(name);
  if (!there) return tl::unexpected(there.error());
  if (*there && **there == value) return {};
  const auto done = repository_.set_config(name, value);
  if (!done) return done;
  steps.push_back("set " + name + " in this clone's configuration");
  return {};
}

Result<void> GitSetup::unset(const std::string& name, SetupSteps& steps) const {
  const auto there = repository_.config(name);
  if (!there) return tl::unexpected(there.error());
  if (!*there) return {};
  const auto done = repository_.set_config(name, std::nullopt);
  if (!done) return done;
  steps.push_back("unset " + name);
  return {};
}

// libgit2, like older versions of git, leaves the headers of empty sections behind. Written as git
// writes it: whoever makes `config.lock` may.
Result<void> GitSetup::tidy_configuration() const {
  const fs::path file = repository_.common_dir() / "config";
  const auto text = text_of(file);
  if (!text) return tl::unexpected(text.error());
  const std::string before = text->value_or("");
  const std::string after = without_empty_sections(before);
  if (after == before) return {};
  const fs::path lock = file.string() + ".lock";
  constexpr mode_t kMode = 0600;  // until it has that of the file
  const int out = open(lock.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kMode);
  if (out < 0) return tl::unexpected(system_error("make", lock.string(), errno));
  const bool written = write(out, after.data(), after.size()) == static_cast<ssize_t>(after.size());
  const int failure = errno;
  close(out);
  std::error_code error;
  if (written) {
    fs::permissions(lock, fs::status(file, error).permissions(), error);
    return rename_file(lock, file);
  }
  fs::remove(lock, error);
  return tl::unexpected(system_error("write", lock.string(), failure));
}

// Where `sdd` on the PATH is another program or none, hooks are told where this one is.
Result<void> GitSetup::set_program(SetupSteps& steps) const {
  if (is_on_path(program())) return {};
  return set("sdd.path", program().string(), steps);
}

std::string GitSetup::attribute_lines(const SetupWish& wish) const {
  if (layout_ == nullptr) return "";
  const auto folders = folders_in_git(repository_, *layout_);
  if (!folders) return "";
  const std::string merge = wish.merge_driver ? " merge=sdd" : "";
  const std::string diff = wish.diff_driver ? " diff=sdd" : "";
  std::string lines;
  const auto add = [&lines](const std::string& pattern, const std::string& attributes) {
    if (attributes.empty()) return;
    const bool plain = pattern.find_first_of(" \t\"\\") == std::string::npos;
    lines += (plain ? pattern : "\"" + pattern + "\"") + attributes + "\n";
  };
  if (!folders->specs.empty()) add("/" + folders->specs + "/*/*.json", merge + diff);
  if (!folders->bank.empty()) {
    add("/" + folders->bank + "/branch_updates/*.md", merge);
    add("/" + folders->bank + "/current_tasks.md", merge);
  }
  return lines;
}

Result<void> GitSetup::write_attributes(const std::string& lines, SetupSteps& steps) const {
  const fs::path file = repository_.top_level() / ".gitattributes";
  const auto there = text_of(file);
  if (!there) return tl::unexpected(there.error());
  const std::string before = there->value_or("");
  std::string after = without_block(before);
  if (!lines.empty()) {
    const bool open_line = !after.empty() && !after.ends_with('\n');
    after.append(open_line ? kBeginBehind : kBegin).append(lines).append(kEnd);
  }
  if (after == before) return {};
  const auto done = after.empty() ? remove_file(file) : replace_file(file, after);
  if (!done) return done;
  steps.push_back((after.empty() ? "removed " : "wrote ") + file.string());
  return {};
}

Result<SetupSteps> GitSetup::install(const SetupWish& wish) const {
  SetupSteps steps;
  const auto done = [&]() -> Result<void> {
    auto set_up = set_program(steps);
    if (set_up && wish.hooks) set_up = install_hooks(steps);
    if (repository_.top_level().empty()) return set_up;
    const std::string name = own_name();
    if (set_up && wish.merge_driver) {
      set_up = set("merge.sdd.name", "sdd: specs and task entries by what they mean", steps);
      if (set_up) set_up = set("merge.sdd.driver", name + " merge-driver %O %A %B %L %P", steps);
    }
    if (set_up && wish.diff_driver) {
      set_up = set("diff.sdd.textconv", name + " textconv", steps);
      if (set_up) set_up = set("diff.sdd.xfuncname", std::string(report::kHunkHeader), steps);
    }
    if (!set_up) return set_up;
    // A driver that was set up before stays.
    const auto now = state();
    if (!now) return tl::unexpected(now.error());
    return write_attributes(attribute_lines({false, now->merge_driver, now->diff_driver}), steps);
  }();
  if (!done) return tl::unexpected(done.error());
  return steps;
}

Result<SetupSteps> GitSetup::uninstall(const SetupWish& wish) const {
  SetupSteps steps;
  const auto done = [&]() -> Result<void> {
    Result<void> taken;
    if (wish.hooks) taken = uninstall_hooks(steps);
    for (const char* name : {"merge.sdd.name", "merge.sdd.driver"}) {
      if (taken && wish.merge_driver) taken = unset(name, steps);
    }
    for (const char* name : {"diff.sdd.textconv", "diff.sdd.xfuncname"}) {
      if (taken && wish.diff_driver) taken = unset(name, steps);
    }
    if (!taken) return taken;
    const auto now = state();
    if (!now) return tl::unexpected(now.error());
    if (now->hooks.empty() && now->stale_hooks.empty() && !now->merge_driver && !now->diff_driver) {
      taken = unset("sdd.path", steps);
    }
    if (taken) taken = tidy_configuration();
    if (!taken || repository_.top_level().empty()) return taken;
    return write_attributes(attribute_lines({false, now->merge_driver, now->diff_driver}), steps);
  }();
  if (!done) return tl::unexpected(done.error());
  return steps;
}

Result<SetupState> GitSetup::state() const {
  SetupState state;
  const auto folder = hooks_folder();
  if (!folder) return tl::unexpected(folder.error());
  const bool server = repository_.top_level().empty();
  for (const HookFile& hook : embedded_hooks()) {
    if (hook.server != server) continue;
    const auto text = text_of(*folder / hook.name);
    if (!text) return tl::unexpected(text.error());
    const bool ours = *text && is_ours(**text);
    auto& list =
        !ours ? state.missing_hooks : (**text == hook.text ? state.hooks : state.stale_hooks);
    list.emplace_back(hook.name);
  }
  const auto merge = repository_.config("merge.sdd.driver");
  if (!merge) return tl::unexpected(merge.error());
  const auto diff = repository_.config("diff.sdd.textconv");
  if (!diff) return tl::unexpected(diff.error());
  state.merge_driver = merge->has_value();
  state.diff_driver = diff->has_value();
  if (server) return state;
  const auto attributes = text_of(repository_.top_level() / ".gitattributes");
  if (!attributes) return tl::unexpected(attributes.error());
  const std::string text = attributes->value_or("");
  state.names_merge = text.find("merge=sdd") != std::string::npos;
  state.names_diff = text.find("diff=sdd") != std::string::npos;
  const std::string lines = attribute_lines({false, true, true});
  state.attributes = !lines.empty() && text.find(lines) != std::string::npos;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view line = std::string_view(text).substr(begin, end - begin);
    begin = end + 1;
    if (line.starts_with('#') || line.find("merge=union") == std::string_view::npos) continue;
    const std::string_view pattern = line.substr(0, line.find_first_of(" \t"));
    if (pattern.find("json") != std::string_view::npos || pattern == "*") {
      state.union_patterns.emplace_back(pattern);
    }
  }
  return state;
}

}  // namespace sdd::workspace
