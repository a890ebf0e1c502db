#include "cli/update_run.h"

namespace sdd::cli {
namespace {

constexpr auto kCompleteSpecOptions = with_update_options(std::array{
    Option{"SPEC", Takes::kArgument, nullptr, "the spec's id, or the path of its file"},
});

Result<int> run_complete_spec(const Session& session, const Arguments& arguments) {
  const std::string to = "completed";
  return run_update(session, arguments,
                    {.command = "complete-spec",
                     .ids = {arguments.text("SPEC")},
                     .operation = [&](const workspace::SpecPath& place) -> Result<spec::Operation> {
                       return spec::MoveSpec{place.status_folder, to, true};
                     },
                     .move_to = to});
}

}  // namespace

extern const Command kCompleteSpec;
constinit const Command kCompleteSpec = {
    .name = "complete-spec",
    .summary = "move a finished spec to completed/",
    .details = "With an open task, or a phase or group that is not completed, it is refused (5).",
    .example = "sdd complete-spec billing-2026-02-11-001",
    .options = kCompleteSpecOptions,
    .run = run_complete_spec};

}  // namespace sdd::cli
