#include "cli/update_run.h"

namespace sdd::cli {
namespace {

constexpr auto kSyncMetadataOptions = with_update_options(std::array{
    Option{"SPEC", Takes::kArgument, nullptr, "the spec's id, or the path of its file"},
});

Result<int> run_sync_metadata(const Session& session, const Arguments& arguments) {
  return run_update(session, arguments, "sync-metadata", {arguments.text("SPEC")},
                    spec::SyncMetadata{});
}

}  // namespace

extern const Command kSyncMetadata;
constinit const Command kSyncMetadata = {
    .name = "sync-metadata",
    .summary = "write progress_percentage and current_phase anew",
    .details = "",
    .example = "sdd sync-metadata billing-2026-02-11-001",
    .options = kSyncMetadataOptions,
    .run = run_sync_metadata};

}  // namespace sdd::cli
