#include "cli/update_run.h"

namespace sdd::cli {
namespace {

constexpr auto kAddVerificationOptions = with_update_options(std::array{
    Option{"SPEC", Takes::kArgument, nullptr, "the spec's id, or the path of its file"},
    Option{"VERIFY", Takes::kArgument, nullptr, "the verify node's id"},
    Option{"RESULT", Takes::kArgument, "PASSED|FAILED|PARTIAL", "the result"},
    Option{"--command", Takes::kValue, "TEXT", "what was run"},
    Option{"--output", Takes::kValue, "TEXT", "what it printed"},
    Option{"--issues", Takes::kValue, "TEXT", "what was found"},
    Option{"--notes", Takes::kValue, "TEXT", "anything else"},
});

Result<int> run_add_verification(const Session& session, const Arguments& arguments) {
  return run_update(
      session, arguments, "add-verification", {arguments.text("SPEC"), arguments.text("VERIFY")},
      spec::AddVerification{arguments.text("VERIFY"), arguments.text("RESULT"),
                            given(arguments, "--command"), given(arguments, "--output"),
                            given(arguments, "--issues"), given(arguments, "--notes")});
}

}  // namespace

extern const Command kAddVerification;
constinit const Command kAddVerification = {
    .name = "add-verification",
    .summary = "write the result of a verification",
    .details = "It changes nothing else: complete-task completes the node.",
    .example =
        "sdd add-verification billing-2026-02-11-001 verify-1-1 PASSED --command 'make test'",
    .options = kAddVerificationOptions,
    .run = run_add_verification};

}  // namespace sdd::cli
