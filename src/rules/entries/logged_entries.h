// The entries that the rules of 6xx judge: those of logs and of current_tasks.md. The entry in a
// work item's Task Entry section is a snippet that nobody keeps up to date; of it only its Spec
// counts (SDD707, SDD613).
#pragma once

#include <span>

#include "bank/document.h"

namespace sdd::rules {

inline std::span<const bank::TaskEntry> logged_entries(const bank::Document& document) {
  if (document.work_item() != nullptr) return {};
  return document.entries();
}

}  // namespace sdd::rules
