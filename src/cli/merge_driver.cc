#include <fmt/core.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <vector>

#include "base/strings.h"
#include "cli/answer.h"
#include "cli/command.h"
#include "json/limits.h"
#include "repair/merge_file.h"
#include "workspace/read_file.h"
#include "workspace/replace_file.h"

namespace sdd::cli {
namespace {

constexpr Option kMergeDriverOptions[] = {
    {"BASE", Takes::kArgument, nullptr,
     "%O: what both began with; an empty file where both added it"},
    {"OURS", Takes::kArgument, nullptr, "%A: our version; the result goes there"},
    {"THEIRS", Takes::kArgument, nullptr, "%B: their version"},
    {"WIDTH", Takes::kOptional, nullptr, "%L: how long conflict markers are (7)"},
    {"PATH", Takes::kOptional, nullptr, "%P: the file's path, which tells what it is"},
};

constexpr int kUnresolved = 1;
constexpr int kCouldNot = 129;  // git takes no result then
constexpr std::size_t kWidest = 1000;

Result<std::string> read_version(const std::string& file) {
  const std::size_t most = json::Limits{}.max_bytes;
  std::string bytes;
  const auto read = workspace::read_file(file, most, bytes);
  if (!read) return tl::unexpected(read.error());
  if (bytes.size() > most) {
    return fail(ErrorKind::kDamaged, sdd::quoted_path(file) + " is larger than sdd reads (SDD011)");
  }
  return bytes;
}

// Becomes `git merge-file`, whose exit code is what git expects of a driver. Comes back only when
// there is no git.
Error merge_as_text(const Arguments& arguments, std::size_t width) {
  std::vector<std::string> words = {
      "git", "merge-file", "-q", "-L",     "ours",
      "-L",  "base",       "-L", "theirs", fmt::format("--marker-size={}", width),
      "--"};
  for (const char* name : {"OURS", "BASE", "THEIRS"}) words.push_back(arguments.text(name));
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  ::execvp("git", pointers.data());
  return system_error("run", "git merge-file", errno);
}

void write_merge(json::Writer& out, const std::string& path, const repair::FileMerge& merged) {
  out.begin_object();
  out.key("success").boolean(merged.conflicts.empty());
  out.key("path").string(path);
  out.key("conflicts").begin_array();
  for (const std::string& conflict : merged.conflicts) out.string(conflict);
  out.end_array().end_object();
}

Result<int> run_merge_driver(const Session& session, const Arguments& arguments) {
  const std::string path = arguments.text("PATH");
  const auto width = arguments.number("WIDTH");
  if (!width) return tl::unexpected(width.error());
  const repair::Markers markers{.width = width->value_or(repair::Markers{}.width)};
  if (markers.width == 0 || markers.width > kWidest) {
    return fail(ErrorKind::kUsage, fmt::format("WIDTH is a number from 1 to {}", kWidest));
  }
  const auto base = read_version(arguments.text("BASE"));
  if (!base) return tl::unexpected(base.error());
  const auto ours = read_version(arguments.text("OURS"));
  if (!ours) return tl::unexpected(ours.error());
  const auto theirs = read_version(arguments.text("THEIRS"));
  if (!theirs) return tl::unexpected(theirs.error());

  const std::string shown = path.empty() ? arguments.text("OURS") : path;
  const auto merged = repair::merge_file(path, {*base, *ours, *theirs}, markers);
  if (!merged) {
    Error error = merged.error();
    error.message = fmt::format("cannot merge {}: {}", sdd::quoted_path(shown), error.message);
    return tl::unexpected(std::move(error));
  }
  if (merged->outcome == repair::FileMerge::Outcome::kText) {
    return tl::unexpected(merge_as_text(arguments, markers.width));
  }
  for (const std::string& conflict : merged->conflicts) {
    session.tell(fmt::format("sdd: conflict in {}: {}", printable(shown), conflict));
  }
  if (merged->bytes != *ours) {
    // git reads it right away; nothing is lost with it when the machine stops.
    const auto written =
        workspace::replace_file(arguments.text("OURS"), merged->bytes, workspace::Durable::kNo);
    if (!written) return tl::unexpected(written.error());
  }
  const int code = merged->outcome == repair::FileMerge::Outcome::kMerged ? 0 : kUnresolved;
  if (!session.json()) return code;
  json::Writer out = session.writer();
  write_merge(out, shown, *merged);
  const auto printed = session.print(out);
  if (!printed) return tl::unexpected(printed.error());
  return code;
}

}  // namespace

extern const Command kMergeDriver;
constinit const Command kMergeDriver = {
    .name = "merge-driver",
    .summary = "git's merge driver for specs and the memory bank: %O %A %B %L %P",
    .details =
        "git calls it where both sides changed a file that .gitattributes names. Specs are joined "
        "by\n"
        "node, member and journal entry, branch logs and current_tasks.md entry by entry, "
        "anything\n"
        "else as git does it itself. Exit code 0: OURS holds the result. 1: a conflict; a spec "
        "then\n"
        "holds what OURS says where both contradict each other, and stays valid JSON, Markdown "
        "has\n"
        "markers around the entry. 129: it could not; OURS is as it was.",
    .example = "sdd merge-driver %O %A %B %L %P    # the value of git's merge.sdd.driver",
    .options = kMergeDriverOptions,
    .run = run_merge_driver,
    .failure = kCouldNot};

}  // namespace sdd::cli
