#include "workspace/joining.h"

#include <fmt/core.h>

#include <string>
#include <utility>

#include "base/strings.h"
#include "json/tree.h"
#include "repair/merge.h"

namespace sdd::workspace {

store::MergeAnswer join_specs(std::string_view base, std::string_view theirs,
                              std::string_view ours) {
  store::MergeAnswer answer;
  json::Parser parser;
  json::Tree tree;
  const std::string foreign(theirs);
  if (!parser.parse(foreign, tree) || !tree.root().is_object()) {
    answer.kind = store::MergeAnswer::kUnreadable;
    answer.why = "what another program wrote is no whole spec";
    return answer;
  }
  auto merged = repair::merge(std::string(base), std::string(ours), foreign);
  if (!merged) {
    answer.why = merged.error().message;
  } else if (!merged->conflicts.empty()) {
    const repair::Conflict& first = merged->conflicts.front();
    answer.why = fmt::format("another program changed the same at the same time: {} at {}",
                             first.message, sdd::quote(first.pointer));
  } else {
    answer.kind = store::MergeAnswer::kMerged;
    answer.bytes = std::move(merged->bytes);
  }
  return answer;
}

}  // namespace sdd::workspace
