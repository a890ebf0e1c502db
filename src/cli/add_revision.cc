#include "cli/update_run.h"

namespace sdd::cli {
namespace {

constexpr auto kAddRevisionOptions = with_update_options(std::array{
    Option{"SPEC", Takes::kArgument, nullptr, "the spec's id, or the path of its file"},
    Option{"VERSION", Takes::kArgument, nullptr, "the version"},
    Option{"CHANGES", Takes::kArgument, nullptr, "what changed"},
});

Result<int> run_add_revision(const Session& session, const Arguments& arguments) {
  return run_update(session, arguments, "add-revision", {arguments.text("SPEC")},
                    spec::AddRevision{arguments.text("VERSION"), arguments.text("CHANGES")});
}

}  // namespace

extern const Command kAddRevision;
constinit const Command kAddRevision = {
    .name = "add-revision",
    .summary = "add an entry to the list of revisions, and set the version",
    .details = "A version that is there already is refused (5).",
    .example = "sdd add-revision billing-2026-02-11-001 1.2 'added the retry phase'",
    .options = kAddRevisionOptions,
    .run = run_add_revision};

}  // namespace sdd::cli
