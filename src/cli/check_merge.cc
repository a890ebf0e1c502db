#include <fmt/core.h>

#include <algorithm>
#include <string>
#include <vector>

#include "base/strings.h"
#include "cli/answer.h"
#include "cli/command.h"
#include "git/repository.h"
#include "report/findings_json.h"
#include "report/text.h"
#include "workspace/merge_loss.h"

namespace sdd::cli {
namespace {

constexpr Option kCheckMergeOptions[] = {
    {"REV|RANGE", Takes::kOptional, nullptr, "a merge commit (HEAD), or A..B for each one in it"},
};

constexpr int kLost = 2;
constexpr int kNotCompared = 3;

using workspace::CheckedMerge;

std::string text_of(const Session& session, const std::vector<CheckedMerge>& merges) {
  std::string text;
  std::size_t compared = 0;
  std::size_t lost = 0;
  for (const CheckedMerge& merge : merges) {
    lost += merge.losses();
    compared += merge.complete && merge.parents.size() > 1 ? 1 : 0;
    for (const report::FileReport& file : merge.reports) {
      report::append_text(file, {.color = session.color(), .excerpts = false}, text);
    }
    for (const std::string& line : merge.not_compared) {
      text += fmt::format("{}: not compared: {}\n", merge.commit.substr(0, 10), line);
    }
  }
  const bool plain = merges.size() == 1 && merges.front().complete && compared == 0;
  if (plain) return text + merges.front().commit.substr(0, 10) + " is no merge\n";
  return text + fmt::format("{} compared, {}\n", counted(compared, "merge"),
                            lost == 0 ? "nothing lost" : counted(lost, "thing") + " lost");
}

void write_json(json::Writer& out, const std::string& range,
                const std::vector<CheckedMerge>& merges) {
  std::size_t lost = 0;
  for (const CheckedMerge& merge : merges) lost += merge.losses();
  out.begin_object();
  out.key("range").string(range);
  out.key("errors").integer(static_cast<std::int64_t>(lost));
  out.key("merges").begin_array();
  for (const CheckedMerge& merge : merges) {
    out.begin_object();
    out.key("commit").string(merge.commit);
    out.key("parents").begin_array();
    for (const std::string& parent : merge.parents) out.string(parent);
    out.end_array();
    out.key("complete").boolean(merge.complete);
    out.key("not_compared").begin_array();
    for (const std::string& line : merge.not_compared) out.string(line);
    out.end_array();
    out.key("findings").begin_array();
    for (const report::FileReport& file : merge.reports) {
      for (const report::Located& one : file.findings) report::write_finding(out, file.path, one);
    }
    out.end_array().end_object();
  }
  out.end_array().end_object();
}

Result<int> run_check_merge(const Session& session, const Arguments& arguments) {
  const std::string range = arguments.has("REV|RANGE") ? arguments.text("REV|RANGE") : "HEAD";
  const auto layout = workspace::Layout::find_with_bank(session.places());
  if (!layout) return tl::unexpected(layout.error());
  const auto& home = layout->specs_dir().empty() ? layout->bank_dir() : layout->specs_dir();
  const auto repository = git::open_repository(home);
  if (!repository) return tl::unexpected(repository.error());
  const auto commits = workspace::merges_in(**repository, range);
  if (!commits) return tl::unexpected(commits.error());
  std::vector<CheckedMerge> merges;
  int code = 0;
  for (const std::string& commit : *commits) {
    auto merge = workspace::check_merge(*layout, **repository, commit);
    if (!merge) return tl::unexpected(merge.error());
    if (!merge->complete && code == 0) code = kNotCompared;
    if (merge->losses() > 0) code = kLost;
    merges.push_back(std::move(*merge));
  }
  return answer(
      session, [&](json::Writer& out) { write_json(out, range, merges); },
      [&] { return text_of(session, merges); }, code);
}

}  // namespace

extern const Command kCheckMerge;
constinit const Command kCheckMerge = {
    .name = "check-merge",
    .summary = "find what a merge lost: entries and completions of one side (SDD907)",
    .details =
        "For merges made without the merge driver, on a server or by hand. Exit code 2: something\n"
        "that one parent has is missing, and no other parent removed it. 3: nothing was lost as "
        "far\n"
        "as can be told, but this clone lacks a commit that is needed (a shallow clone).",
    .example = "sdd check-merge origin/main..HEAD",
    .options = kCheckMergeOptions,
    .run = run_check_merge};

}  // namespace sdd::cli
