// What `entries` and `work-items` share: opening the repository, the choice of open and done, of a
// spec, and the words for a spec's progress.
#pragma once

#include <array>
#include <optional>
#include <string>

#include "cli/command.h"
#include "rules/repository.h"
#include "workspace/repository.h"

namespace sdd::cli {

inline constexpr std::array kBankListOptions = {
    Option{"--open", Takes::kNothing, nullptr, "only those that are open"},
    Option{"--done", Takes::kNothing, nullptr, "only those that are done"},
    Option{"--spec", Takes::kValue, "PATH",
           "only those about this spec or work item: its path, or a spec's id"},
};

struct BankList {
  workspace::Layout layout;
  workspace::OpenRepository repository;
  bool open = true;  // whether open ones are wanted
  bool done = true;
  std::string about;  // --spec, relative to the root; "" = everything

  // Whether something that names this work item and this spec is wanted.
  bool wants(std::string_view work_item, const rules::SpecFacts* spec) const;
};

// What the user's places lead to. Errors: those of Layout::find_with_bank; kNotRepository when
// there is no memory bank.
Result<workspace::Layout> layout_with_bank(const Session& session);

// Errors: kUsage for both of --open and --done; kNotRepository when there is no memory bank;
// kNotFound when --spec names neither a spec nor a work item; what open_repository says.
Result<BankList> open_bank_list(const Session& session, const Arguments& arguments);

// Where something stands: the whole path, or on a terminal, where lines must fit, only the name.
std::string place_words(const std::string& path, bool whole);

// "48/49"; "-" without a spec, "damaged" for one that cannot be read.
std::string progress_words(const rules::SpecFacts* spec);

// The members spec_id, spec_path, completed_tasks, total_tasks: null without a spec.
void write_spec(json::Writer& out, const rules::SpecFacts* spec);

}  // namespace sdd::cli
