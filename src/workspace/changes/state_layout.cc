#include "workspace/changes/state_layout.h"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

#include "rules/engine.h"
#include "workspace/bank_files.h"
#include "workspace/config.h"

namespace sdd::workspace {
namespace {

namespace fs = std::filesystem;

template <std::size_t N>
bool holds_any(const Snapshot& snapshot, std::string_view folder,
               const std::string_view (&names)[N]) {
  return std::any_of(std::begin(names), std::end(names), [&](std::string_view name) {
    return snapshot.exists(std::string(folder) + "/" + std::string(name));
  });
}

template <std::size_t N, std::size_t M>
std::string first_that_holds(const Snapshot& snapshot, const std::string_view (&folders)[N],
                             const std::string_view (&names)[M]) {
  for (const std::string_view folder : folders) {
    if (holds_any(snapshot, folder, names)) return std::string(folder);
  }
  return "";
}

}  // namespace

Result<std::optional<Layout>> layout_of_state(const git::Repository& repository,
                                              const git::State& state) {
  const Snapshot snapshot(repository, state);
  const fs::path top = repository.top_level();
  const fs::path root = top.empty() ? fs::path("/") : top;
  Config config;
  auto text = snapshot.read(kConfigName, kMaxConfigBytes);
  if (!text) return tl::unexpected(text.error());
  if (*text) {
    auto read = read_config(std::move(**text), root);
    if (!read) return tl::unexpected(read.error());
    config = std::move(*read);
    config.baseline.clear();
  }
  const auto below_root = [&root](const std::string& folder) {
    return folder.empty() ? fs::path() : root / folder;
  };
  fs::path specs = config.specs_dir;
  if (specs.empty()) {
    specs = below_root(first_that_holds(snapshot, kSpecsFolders, rules::kStatusFolders));
  }
  fs::path bank = config.bank_dir;
  if (bank.empty()) bank = below_root(first_that_holds(snapshot, kBankFolders, kBankContents));
  if (specs.empty() && bank.empty()) return std::optional<Layout>();
  return std::optional(Layout::at(root, std::move(specs), std::move(bank), std::move(config)));
}

Result<Layout> layout_before(const Places& places, bool with_bank,
                             const git::Repository& repository, const git::State& before) {
  auto layout = with_bank ? Layout::find_with_bank(places) : Layout::find(places);
  if (layout || layout.error().kind != ErrorKind::kNotRepository) return layout;
  auto earlier = layout_of_state(repository, before);
  if (!earlier) return tl::unexpected(earlier.error());
  if (!*earlier) return layout;
  return std::move(**earlier);
}

}  // namespace sdd::workspace
