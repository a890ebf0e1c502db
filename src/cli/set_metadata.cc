#include "cli/update_run.h"
#include "spec/draft.h"

namespace sdd::cli {
namespace {

constexpr auto kSetMetadataOptions = with_update_options(std::array{
    Option{"SPEC", Takes::kArgument, nullptr, "the spec's id, or the path of its file"},
    Option{"NODE", Takes::kArgument, nullptr, "the node's id; spec-root for the spec's own node"},
    Option{"KEY", Takes::kArgument, nullptr, "the member's name"},
    Option{"VALUE", Takes::kArgument, nullptr, "its value, a text"},
    Option{"--json-value", Takes::kNothing, nullptr, "VALUE is a JSON text"},
});

Result<int> run_set_metadata(const Session& session, const Arguments& arguments) {
  const std::string value = arguments.text("VALUE");
  const std::string text = arguments.has("--json-value") ? value : spec::json_text(value);
  return run_update(session, arguments, "set-metadata",
                    {arguments.text("SPEC"), arguments.text("NODE")},
                    spec::SetMetadata{arguments.text("NODE"), arguments.text("KEY"), text});
}

}  // namespace

extern const Command kSetMetadata;
constinit const Command kSetMetadata = {
    .name = "set-metadata",
    .summary = "set a member of a node's metadata",
    .details =
        "Members that other commands own (completed_at, needs_journaling …) are refused (5).",
    .example = "sdd set-metadata billing-2026-02-11-001 task-1-2 file_path src/retry.cc",
    .options = kSetMetadataOptions,
    .run = run_set_metadata};

}  // namespace sdd::cli
