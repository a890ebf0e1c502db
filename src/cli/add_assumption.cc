#include "cli/update_run.h"

namespace sdd::cli {
namespace {

constexpr auto kAddAssumptionOptions = with_update_options(std::array{
    Option{"SPEC", Takes::kArgument, nullptr, "the spec's id, or the path of its file"},
    Option{"TEXT", Takes::kArgument, nullptr, "the assumption"},
});

Result<int> run_add_assumption(const Session& session, const Arguments& arguments) {
  return run_update(session, arguments, "add-assumption", {arguments.text("SPEC")},
                    spec::AddAssumption{arguments.text("TEXT")});
}

}  // namespace

extern const Command kAddAssumption;
constinit const Command kAddAssumption = {
    .name = "add-assumption",
    .summary = "add an assumption to the spec",
    .details = "One that is there already changes nothing.",
    .example = "sdd add-assumption billing-2026-02-11-001 'one currency'",
    .options = kAddAssumptionOptions,
    .run = run_add_assumption};

}  // namespace sdd::cli
