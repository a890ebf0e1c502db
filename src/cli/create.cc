#include <filesystem>

#include "base/strings.h"
#include "cli/answer.h"
#include "cli/command.h"
#include "cli/update_run.h"
#include "spec/skeleton.h"
#include "store/exchange.h"
#include "store/file_lock.h"
#include "store/hash.h"

namespace sdd::cli {
namespace {

namespace fs = std::filesystem;

constexpr Option kOptions[] = {
    {"NAME", Takes::kArgument, nullptr, "the feature's name; the id is made of it and of the date"},
    {"--template", Takes::kValue, "simple|medium|complex|security", "how much to begin with"},
    {"--category", Takes::kValue, "CATEGORY",
     "investigation, implementation, refactoring, decision or research"},
};

bool is_taken(const workspace::Layout& layout, const std::string& id) {
  return !layout.with_id(id).empty();
}

// The first id of this name and day that nothing has.
Result<std::string> free_id(const workspace::Layout& layout, const std::string& name) {
  constexpr int kMost = 999;
  for (int number = 1; number <= kMost; ++number) {
    auto id = spec::spec_id_of(name, now(), number);
    if (!id || !is_taken(layout, *id)) return id;
  }
  return fail(ErrorKind::kRefused, "all numbers of this name and day are taken");
}

Result<int> run_create(const Session& session, const Arguments& arguments) {
  const auto layout = workspace::Layout::find(session.places());
  if (!layout) return tl::unexpected(layout.error());
  const std::string name = arguments.text("NAME");
  const auto id = free_id(*layout, name);
  if (!id) return tl::unexpected(id.error());
  spec::Skeleton wish{*id, name};
  if (arguments.has("--template")) wish.form = arguments.text("--template");
  if (arguments.has("--category")) wish.category = arguments.text("--category");
  const auto text = spec::skeleton(wish, now());
  if (!text) return tl::unexpected(text.error());

  const fs::path folder = layout->specs_dir() / "pending";
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) return tl::unexpected(system_error("make", folder.string(), error.value()));
  store::RealFileSystem files;
  store::RealClock clock;
  const auto real = files.real_path(layout->specs_dir());
  if (!real) {
    return tl::unexpected(system_error("find", layout->specs_dir().string(), real.error().code));
  }
  const store::Home home(*real);
  const auto prepared = home.prepare(files);
  if (!prepared) return tl::unexpected(prepared.error());
  const fs::path file = folder / (*id + ".json");
  constexpr std::uint32_t kMode = 0644;
  const auto created = store::Exchange(files, clock, home).create(file, *text, kMode);
  if (!created) return tl::unexpected(created.error().error);
  const std::string shown = layout->shown(file.string());
  return answer(
      session,
      [&](json::Writer& out) {
        out.begin_object();
        out.key("success").boolean(true);
        out.key("spec_id").string(*id);
        out.key("path").string(shown);
        out.key("revision").string(store::git_blob_id(*text));
        out.end_object();
      },
      [&] { return "created " + printable(shown) + "\n"; });
}

}  // namespace

extern const Command kCreate;
constinit const Command kCreate = {
    .name = "create",
    .summary = "write the skeleton of a new spec into pending/",
    .details = "Never over a file: the number at the end of the id is the first that is free.",
    .example = "sdd create 'Ledger retry' --template medium",
    .options = kOptions,
    .run = run_create};

}  // namespace sdd::cli
