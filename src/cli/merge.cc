#include "repair/merge.h"

#include <fmt/core.h>

#include "base/strings.h"
#include "cli/answer.h"
#include "cli/command.h"
#include "spec/change.h"
#include "workspace/open_spec.h"
#include "workspace/replace_file.h"

namespace sdd::cli {
namespace {

constexpr Option kMergeOptions[] = {
    {"BASE", Takes::kArgument, nullptr, "the file both began with"},
    {"OURS", Takes::kArgument, nullptr, "one version; it stays where both contradict each other"},
    {"THEIRS", Takes::kArgument, nullptr, "the other version"},
    {"-o,--output", Takes::kValue, "OUT", "write the merged file there instead of to stdout"},
};

constexpr int kConflict = 1;

Result<std::string> read(const std::string& file) {
  const auto opened = workspace::read_spec(workspace::spec_path(file), file, {});
  if (!opened) return tl::unexpected(opened.error());
  return (*opened)->source.bytes();
}

void write_conflicts(json::Writer& out, const repair::Merged& merged) {
  out.key("conflicts").begin_array();
  const auto value = [&](const char* name, const std::string& text) {
    out.key(name);
    text.empty() ? out.null() : out.copy(text);
  };
  for (const repair::Conflict& conflict : merged.conflicts) {
    out.begin_object();
    out.key("pointer").string(conflict.pointer);
    out.key("node").string(conflict.node);
    out.key("message").string(conflict.message);
    value("base", conflict.base);
    value("ours", conflict.ours);
    value("theirs", conflict.theirs);
    out.end_object();
  }
  out.end_array();
}

void write_merged(json::Writer& out, const repair::Merged& merged, const std::string& output) {
  out.begin_object();
  out.key("success").boolean(merged.conflicts.empty());
  write_conflicts(out, merged);
  out.key("taken").begin_array();
  for (const spec::Change& change : merged.taken) spec::write(out, change);
  out.end_array();
  if (output.empty()) {
    out.key("merged").string(merged.bytes);
  } else {
    out.key("path").string(output);
  }
  out.end_object();
}

Result<int> run_merge(const Session& session, const Arguments& arguments) {
  const auto base = read(arguments.text("BASE"));
  if (!base) return tl::unexpected(base.error());
  const auto ours = read(arguments.text("OURS"));
  if (!ours) return tl::unexpected(ours.error());
  const auto theirs = read(arguments.text("THEIRS"));
  if (!theirs) return tl::unexpected(theirs.error());
  const auto merged = repair::merge(*base, *ours, *theirs);
  if (!merged) return tl::unexpected(merged.error());
  const std::string output = arguments.text("--output");
  if (!output.empty()) {
    const auto written = workspace::replace_file(output, merged->bytes);
    if (!written) return tl::unexpected(written.error());
  }
  for (const repair::Conflict& conflict : merged->conflicts) {
    session.tell(
        fmt::format("sdd: conflict at {}: {}", sdd::quote(conflict.pointer), conflict.message));
  }
  const int code = merged->conflicts.empty() ? 0 : kConflict;
  if (!session.json() && output.empty()) {
    const auto printed = session.print_exactly(merged->bytes);
    if (!printed) return tl::unexpected(printed.error());
    return code;
  }
  return answer(
      session, [&](json::Writer& out) { write_merged(out, *merged, output); },
      [&] {
        return merged->conflicts.empty()
                   ? fmt::format("merged into {}\n", printable(output))
                   : fmt::format("merged into {}; {}, where it says what {} says\n",
                                 printable(output), counted(merged->conflicts.size(), "conflict"),
                                 printable(arguments.text("OURS")));
      },
      code);
}

}  // namespace

extern const Command kMerge;
constinit const Command kMerge = {
    .name = "merge",
    .summary = "join two versions of a spec that were made from one base",
    .details =
        "Nodes are joined by id, journal entries by identity; counts and what else is derived are\n"
        "computed anew. Exit code 1: both changed the same differently; there OURS stays, and the\n"
        "conflicts are told with their pointers. It never leaves markers in the file.",
    .example = "sdd merge base.json ours.json theirs.json -o merged.json",
    .options = kMergeOptions,
    .run = run_merge};

}  // namespace sdd::cli
