#include "cli/update_run.h"

namespace sdd::cli {
namespace {

constexpr auto kActivateSpecOptions = with_update_options(std::array{
    Option{"SPEC", Takes::kArgument, nullptr, "the spec's id, or the path of its file"},
});

Result<int> run_activate_spec(const Session& session, const Arguments& arguments) {
  const std::string to = "active";
  return run_update(session, arguments,
                    {.command = "activate-spec",
                     .ids = {arguments.text("SPEC")},
                     .operation = [&](const workspace::SpecPath& place) -> Result<spec::Operation> {
                       return spec::MoveSpec{place.status_folder, to, false};
                     },
                     .move_to = to});
}

}  // namespace

extern const Command kActivateSpec;
constinit const Command kActivateSpec = {.name = "activate-spec",
                                         .summary = "move a spec to active/",
                                         .details = "A file of that name there: refused (5).",
                                         .example = "sdd activate-spec billing-2026-02-11-001",
                                         .options = kActivateSpecOptions,
                                         .run = run_activate_spec};

}  // namespace sdd::cli
