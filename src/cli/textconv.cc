#include <limits>

#include "cli/command.h"
#include "json/tree.h"
#include "report/spec_lines.h"
#include "spec/spec.h"
#include "workspace/read_file.h"

namespace sdd::cli {
namespace {

constexpr Option kTextconvOptions[] = {
    {"FILE", Takes::kOptional, nullptr, "the file that git names"},
    {"--xfuncname", Takes::kNothing, nullptr,
     "print the pattern for diff.<driver>.xfuncname, so that hunk headers name nodes"},
};

// The lines of a spec; of anything else, a damaged spec included, the bytes as they are: git is to
// show those then.
std::string converted(const std::string& bytes) {
  json::Parser parser;
  json::Tree tree;
  if (!parser.parse(bytes, tree) || !tree.root().find("hierarchy").is_object()) return bytes;
  return report::spec_lines(spec::Spec(tree));
}

Result<int> run_textconv(const Session& session, const Arguments& arguments) {
  if (arguments.has("--xfuncname")) {
    const auto printed = session.print(report::kHunkHeader);
    if (!printed) return tl::unexpected(printed.error());
    return 0;
  }
  if (!arguments.has("FILE")) return fail(ErrorKind::kUsage, "FILE is required");
  std::string bytes;
  const auto read = workspace::read_file(arguments.text("FILE"),
                                         std::numeric_limits<std::size_t>::max() / 2, bytes);
  if (!read) return tl::unexpected(read.error());
  const auto printed = session.print_exactly(converted(bytes));
  if (!printed) return tl::unexpected(printed.error());
  return 0;
}

}  // namespace

extern const Command kTextconv;
constinit const Command kTextconv = {
    .name = "textconv",
    .summary = "a spec as lines of text, for `git diff` and `git log -p`",
    .details =
        "The same spec gives the same lines whatever its layout; each line that begins at the "
        "margin\n"
        "names a node or a journal entry. Other files, and damaged ones, are printed as they are.\n"
        "--json changes nothing: git reads what it prints.",
    .example = "sdd textconv specs/active/billing-2026-02-11-001.json",
    .options = kTextconvOptions,
    .run = run_textconv};

}  // namespace sdd::cli
