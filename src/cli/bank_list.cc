#include "cli/bank_list.h"

#include <fmt/core.h>

#include <utility>

#include "base/strings.h"

namespace sdd::cli {
namespace {

// A path as the user gave it, relative to the root when it leads to a file below that.
std::string in_root(const Session& session, const workspace::Layout& layout,
                    const std::string& word) {
  std::error_code error;
  const auto file = (session.places().current / word).lexically_normal();
  return std::filesystem::exists(file, error) ? layout.shown(file.string())
                                              : std::string(rules::plain_path(word));
}

}  // namespace

bool BankList::wants(std::string_view work_item, const rules::SpecFacts* spec) const {
  if (about.empty() || work_item == about) return true;
  return spec != nullptr && (spec->path == about || spec->id == about);
}

Result<workspace::Layout> layout_with_bank(const Session& session) {
  auto layout = workspace::Layout::find_with_bank(session.places());
  if (!layout || !layout->bank_dir().empty()) return layout;
  return fail(ErrorKind::kNotRepository,
              "no memory bank (meta/memory_bank, .memory_bank, memory_bank or memory-bank) in " +
                  sdd::quote(layout->root().string()));
}

Result<BankList> open_bank_list(const Session& session, const Arguments& arguments) {
  if (arguments.has("--open") && arguments.has("--done")) {
    return fail(ErrorKind::kUsage, "--open and --done exclude each other");
  }
  auto layout = layout_with_bank(session);
  if (!layout) return tl::unexpected(layout.error());
  auto opened = workspace::open_repository(*layout, session.jobs());
  if (!opened) return tl::unexpected(opened.error());
  BankList list{std::move(*layout), std::move(*opened), !arguments.has("--done"),
                !arguments.has("--open"), ""};
  if (!arguments.has("--spec")) return list;
  list.about = in_root(session, list.layout, arguments.text("--spec"));
  const rules::Repository& view = *list.repository.view;
  const bool known = view.spec_at(list.about) != nullptr || view.item_at(list.about) != nullptr ||
                     view.spec_with_id(list.about) != nullptr;
  if (known) return list;
  return fail(ErrorKind::kNotFound, "no spec and no work item " + sdd::quote(list.about));
}

std::string place_words(const std::string& path, bool whole) {
  return whole ? path : std::filesystem::path(path).filename().string();
}

std::string progress_words(const rules::SpecFacts* spec) {
  if (spec == nullptr) return "-";
  if (!spec->readable) return "damaged";
  if (!spec->completed || !spec->total) return "?";
  return fmt::format("{}/{}", *spec->completed, *spec->total);
}

void write_spec(json::Writer& out, const rules::SpecFacts* spec) {
  const auto text = [&](const char* key, const std::string* value) {
    out.key(key);
    value != nullptr ? out.string(*value) : out.null();
  };
  const auto number = [&](const char* key, const std::optional<std::int64_t>& value) {
    out.key(key);
    value ? out.integer(*value) : out.null();
  };
  text("spec_id", spec != nullptr ? &spec->id : nullptr);
  text("spec_path", spec != nullptr ? &spec->path : nullptr);
  number("completed_tasks", spec != nullptr ? spec->completed : std::nullopt);
  number("total_tasks", spec != nullptr ? spec->total : std::nullopt);
}

}  // namespace sdd::cli
