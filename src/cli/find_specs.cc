#include "base/strings.h"
#include "cli/command.h"
#include "workspace/layout.h"

namespace sdd::cli {
namespace {

// Where none is, that is the answer too: with --json a document that says so, and exit code 3.
Result<int> run_find_specs(const Session& session, const Arguments&) {
  const auto layout = workspace::Layout::find(session.places());
  if (!layout && !session.json()) return tl::unexpected(layout.error());
  if (!session.json()) {
    const auto printed = session.print(printable(layout->specs_dir().string()));
    if (!printed) return tl::unexpected(printed.error());
    return 0;
  }
  json::Writer out = session.writer();
  out.begin_object();
  out.key("specs_dir");
  layout ? out.string(layout->specs_dir().string()) : out.null();
  out.key("exists").boolean(layout.has_value());
  out.key("auto_detected").boolean(layout && layout->detected());
  out.end_object();
  const auto printed = session.print(out);
  if (!printed) return tl::unexpected(printed.error());
  if (layout) return 0;
  session.tell("sdd: " + layout.error().message);
  return exit_code(layout.error().kind);
}

}  // namespace

extern const Command kFindSpecs;
constinit const Command kFindSpecs = {
    .name = "find-specs",
    .summary = "where the specs lie",
    .details = "Where no specs folder is found the exit code is 3; --json tells it as a document.",
    .example = "sdd find-specs --json | jq -r .specs_dir",
    .options = {},
    .run = run_find_specs};

}  // namespace sdd::cli
