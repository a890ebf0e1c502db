// What `sdd repair` asks LockedSpec for: a spec, or a Markdown file of the memory bank.
#pragma once

#include <string>

#include "base/error.h"
#include "workspace/locked_spec.h"

namespace sdd::workspace {

// `file`: a spec's id, or the path of a spec or of a Markdown file (".md"). Errors: kUsage for a
// Markdown file outside of any memory bank; those of Layout::find_with_bank.
Result<LockWish> repair_wish(const std::string& file, const Places& places);

}  // namespace sdd::workspace
