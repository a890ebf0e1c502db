#include "cli/update_run.h"

namespace sdd::cli {
namespace {

constexpr auto kMoveSpecOptions = with_update_options(std::array{
    Option{"SPEC", Takes::kArgument, nullptr, "the spec's id, or the path of its file"},
    Option{"FOLDER", Takes::kArgument, "pending|active|completed|archived", "the folder"},
});

Result<int> run_move_spec(const Session& session, const Arguments& arguments) {
  const std::string to = arguments.text("FOLDER");
  return run_update(session, arguments,
                    {.command = "move-spec",
                     .ids = {arguments.text("SPEC")},
                     .operation = [&](const workspace::SpecPath& place) -> Result<spec::Operation> {
                       return spec::MoveSpec{place.status_folder, to, false};
                     },
                     .move_to = to});
}

}  // namespace

extern const Command kMoveSpec;
constinit const Command kMoveSpec = {.name = "move-spec",
                                     .summary = "move a spec to another status folder",
                                     .details = "A file of that name there: refused (5).",
                                     .example = "sdd move-spec billing-2026-02-11-001 archived",
                                     .options = kMoveSpecOptions,
                                     .run = run_move_spec};

}  // namespace sdd::cli
