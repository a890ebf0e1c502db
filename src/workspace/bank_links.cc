#include "workspace/bank_links.h"

#include <algorithm>
#include <system_error>
#include <utility>
#include <vector>

#include "bank/document.h"
#include "bank/work_item.h"
#include "base/strings.h"
#include "workspace/bank_files.h"
#include "workspace/open_spec.h"

namespace sdd::workspace {
namespace {

namespace fs = std::filesystem;

bool is_file(const fs::path& path) {
  std::error_code error;
  return fs::is_regular_file(path, error);
}

// `word` below the first of `folders` that has such a file; "" = none of them.
fs::path below_one_of(const std::vector<fs::path>& folders, const std::string& word) {
  for (const fs::path& folder : folders) {
    fs::path file = (folder / word).lexically_normal();
    if (is_file(file)) return file;
  }
  return {};
}

Result<std::string> in_root(const fs::path& file, const Layout& layout) {
  std::string shown = layout.shown(file.string());
  if (shown.starts_with('/')) {
    return fail(ErrorKind::kUsage, quoted_path(shown) + " lies outside of " +
                                       quoted_path(layout.root().string()) +
                                       ", which links are relative to");
  }
  if (shown.find('`') != std::string::npos || printable(shown) != shown) {
    return fail(ErrorKind::kUsage, quoted_path(shown) + " cannot stand in back-ticks");
  }
  return shown;
}

// The bank's files of one kind, without `.md`.
struct Named {
  std::string name;
  fs::path file;
};

std::string_view slug_of(const Named& item) { return bank::item_name_of(item.file.native()).slug; }

Result<std::vector<Named>> all_of(bank::Kind kind, const Layout& layout) {
  const auto files = bank_files(layout.bank_dir());
  if (!files) return tl::unexpected(files.error());
  std::vector<Named> named;
  for (const BankPath& path : *files) {
    const fs::path file = path.file;
    if (bank::kind_of(path.name) == kind) named.push_back({file.stem().string(), file});
  }
  return named;
}

std::vector<std::string> nearest_of(const std::string& word, const std::vector<Named>& named) {
  std::vector<std::string_view> names;
  for (const Named& one : named) {
    names.push_back(one.name);
    const std::string_view slug = slug_of(one);
    if (!slug.empty()) names.push_back(slug);
  }
  return nearest_or_longer(word, names);
}

// The work item with this name or, where only one has it, this last part; nullptr: none.
Result<const Named*> item_of(const std::string& word, const std::vector<Named>& items,
                             const Layout& layout) {
  std::vector<const Named*> found;
  for (const Named& item : items) {
    if (item.name == word) return &item;
    if (slug_of(item) == word) found.push_back(&item);
  }
  if (found.size() == 1) return found[0];
  if (found.empty()) return nullptr;
  std::vector<std::string> paths;
  for (const Named* item : found) paths.push_back(layout.shown(item->file.string()));
  return fail(ErrorKind::kAmbiguous, "several work items are called " + sdd::quote(word), paths);
}

Result<SpecLink> link_of_spec(const SpecPath& place, const Layout& layout) {
  const auto opened = read_spec(place, layout.shown(place.file), layout.config().limits);
  if (!opened) return tl::unexpected(opened.error());
  auto shown = in_root(place.file, layout);
  if (!shown) return tl::unexpected(shown.error());
  const std::string item((*opened)->tree.root().find("metadata").find("work_item_spec").string());
  if (item.empty() || !is_file(layout.root() / item)) return SpecLink{*shown, ""};
  auto item_shown = in_root((layout.root() / item).lexically_normal(), layout);
  if (!item_shown) return tl::unexpected(item_shown.error());
  return SpecLink{*item_shown, *shown};
}

bool looks_like_a_path(const std::string& word) {
  return word.find('/') != std::string::npos || word.ends_with(".md") || word.ends_with(".json");
}

}  // namespace

Result<SpecLink> resolve_link(const std::string& argument, const Layout& layout,
                              const fs::path& current) {
  const auto items = all_of(bank::Kind::kWorkItem, layout);
  if (!items) return tl::unexpected(items.error());
  if (looks_like_a_path(argument)) {
    const fs::path file = below_one_of({current, layout.root()}, argument);
    if (file.empty()) {
      return fail(ErrorKind::kNotFound, "no file " + quoted_path(argument),
                  nearest_of(fs::path(argument).stem().string(), *items));
    }
    auto shown = in_root(file, layout);
    if (!shown) return tl::unexpected(shown.error());
    return SpecLink{*shown, ""};
  }
  const auto item = item_of(argument, *items, layout);
  if (!item) return tl::unexpected(item.error());
  if (*item != nullptr) {
    auto shown = in_root((*item)->file, layout);
    if (!shown) return tl::unexpected(shown.error());
    return SpecLink{*shown, ""};
  }
  if (!layout.specs_dir().empty()) {
    const std::vector<SpecPath> specs = layout.with_id(argument);
    if (!specs.empty()) return link_of_spec(specs.front(), layout);
  }
  return fail(ErrorKind::kNotFound, "no work item and no spec " + sdd::quote(argument),
              nearest_of(argument, *items));
}

Result<fs::path> resolve_log(const std::string& argument, const Layout& layout,
                             const fs::path& current) {
  const fs::path logs = layout.bank_dir() / "branch_updates";
  const std::string with_ending = argument.ends_with(".md") ? argument : argument + ".md";
  const fs::path file =
      below_one_of({current, layout.root(), layout.bank_dir(), logs}, with_ending);
  if (file.empty()) {
    const auto all = all_of(bank::Kind::kLog, layout);
    return fail(
        ErrorKind::kNotFound, "no branch log " + quoted_path(argument),
        all ? nearest_of(fs::path(with_ending).stem().string(), *all) : std::vector<std::string>());
  }
  const std::string name = file.lexically_relative(layout.bank_dir()).generic_string();
  if (bank::kind_of(name) == bank::Kind::kLog) return file;
  return fail(ErrorKind::kUsage, quoted_path(layout.shown(file.string())) + " is no branch log");
}

}  // namespace sdd::workspace
