#include "spec/open_work.h"

#include <algorithm>

#include "spec/outline.h"

namespace sdd::spec {

std::vector<const Node*> open_work(const Spec& spec, const Node& top) {
  const std::vector<OutlineItem> items =
      &top == spec.root() ? outline(spec) : outline_below(spec, top);
  std::vector<const Node*> open;
  // Backwards a node comes after what is below it: `explained` is the depth of the last open node
  // or of the topmost node above it that was met since.
  constexpr std::uint32_t kNothing = UINT32_MAX;
  std::uint32_t explained = kNothing;
  for (auto item = items.rbegin(); item != items.rend(); ++item) {
    const bool is_above = explained != kNothing && item->depth < explained;
    if (is_above) {
      explained = item->depth;
    } else if (item->node->status != Status::kCompleted) {
      open.push_back(item->node);
      explained = item->depth;
    }
    if (item->depth == 0) explained = kNothing;
  }
  std::reverse(open.begin(), open.end());
  return open;
}

}  // namespace sdd::spec
