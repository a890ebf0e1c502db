// What the commands that change the memory bank's entries share: their common options, running an
// operation, and telling what came of it.
//
//   constexpr auto kOptions = with_bank_options(std::array{Option{"TITLE", …}, …});
//   …
//   const auto layout = layout_with_bank(session);
//   return run_bank(session, arguments, *layout, {.command = "add-entry", .ids = {title}},
//                   [&](const workspace::BankUpdating& updating) { return add_entry(…, updating);
//                   });
#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/bank_list.h"
#include "cli/command.h"
#include "cli/update_run.h"
#include "workspace/update_bank.h"

namespace sdd::cli {

// The common options of updates but for the author, who is the Owner here.
template <std::size_t N>
constexpr std::array<Option, N + kUpdateOptions.size() - 1> with_bank_options(
    const std::array<Option, N>& own) {
  static_assert(std::string_view(kUpdateOptions[0].name) == "--author");
  std::array<Option, N + kUpdateOptions.size() - 1> all{};
  for (std::size_t i = 0; i < N; ++i) all[i] = own[i];
  for (std::size_t i = 1; i < kUpdateOptions.size(); ++i) all[N + i - 1] = kUpdateOptions[i];
  return all;
}

struct BankCommand {
  const char* command = "";
  std::vector<std::string> ids;  // shown to those who wait for the lock
};

// Errors: those of the operation; kUsage for an option.
Result<int> run_bank(
    const Session& session, const Arguments& arguments, const workspace::Layout& layout,
    const BankCommand& command,
    const std::function<Result<workspace::BankUpdated>(const workspace::BankUpdating& updating)>&
        operation);

// "2026-02-11", or "today". Errors: kUsage, naming the option.
Result<bank::Date> date_of(const std::string& word, const char* option);
// The day of the clock, in UTC.
bank::Date today();

}  // namespace sdd::cli
