#include "cli/answer.h"

#include <fmt/core.h>

#include "base/strings.h"
#include "cli/columns.h"
#include "spec/outline.h"

namespace sdd::cli {

std::string heading(const workspace::OpenSpec& opened, bool color) {
  const std::string title = shortened(spec::title_of(opened.spec), 70);
  const std::string id = printable(opened.id());
  if (title.empty()) return painted(id, Color::kBold, color);
  return fmt::format("{} ({})", painted(title, Color::kBold, color), id);
}

}  // namespace sdd::cli
