#include <algorithm>

#include "cli/bank_run.h"
#include "workspace/bank_links.h"

namespace sdd::cli {
namespace {

constexpr auto kConsolidateOptions = with_bank_options(std::array{
    Option{"LOG", Takes::kArguments, nullptr, "branch logs: their paths or names"},
    Option{"--drop-repeated", Takes::kNothing, nullptr,
           "take out of the logs what stands in current_tasks.md byte for byte already"},
});

Result<int> run_consolidate(const Session& session, const Arguments& arguments) {
  const auto layout = layout_with_bank(session);
  if (!layout) return tl::unexpected(layout.error());
  std::vector<std::filesystem::path> logs;
  std::vector<std::string> names;
  for (const std::string& word : arguments.list("LOG")) {
    auto log = workspace::resolve_log(word, *layout, session.places().current);
    if (!log) return tl::unexpected(log.error());
    if (std::find(logs.begin(), logs.end(), *log) != logs.end()) continue;
    names.push_back(log->filename().string());
    logs.push_back(std::move(*log));
  }
  if (logs.empty()) return fail(ErrorKind::kUsage, "which logs? Say at least one LOG");
  return run_bank(session, arguments, *layout, {.command = "consolidate", .ids = names},
                  [&](const workspace::BankUpdating& updating) {
                    return workspace::consolidate(logs, updating, arguments.has("--drop-repeated"));
                  });
}

}  // namespace

extern const Command kConsolidate;
constinit const Command kConsolidate = {
    .name = "consolidate",
    .summary = "move the closed entries of branch logs into current_tasks.md",
    .details =
        "They go to the section of completed tasks, the newest at its top, byte for byte; open "
        "ones\n"
        "stay. An entry that stands there already is refused (5), and nothing is changed. A death\n"
        "half way leaves an entry in both files; the same command once more settles that.\n"
        "--if-match speaks of current_tasks.md.",
    .example = "sdd consolidate 2026-02-11-bugfix-payout-retry.md",
    .options = kConsolidateOptions,
    .run = run_consolidate};

}  // namespace sdd::cli
