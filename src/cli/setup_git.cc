#include <optional>
#include <utility>

#include "base/strings.h"
#include "cli/command.h"
#include "git/repository.h"
#include "workspace/setup/git_setup.h"

namespace sdd::cli {
namespace {

constexpr Option kSetupGitOptions[] = {
    {"--hooks", Takes::kNothing, nullptr, "only the hooks"},
    {"--merge-driver", Takes::kNothing, nullptr, "only the merge driver and its attributes"},
    {"--diff-driver", Takes::kNothing, nullptr, "only the diff driver and its attributes"},
    {"--uninstall", Takes::kNothing, nullptr, "take out again what was put in"},
};

Result<int> run_setup_git(const Session& session, const Arguments& arguments) {
  const workspace::Places& places = session.places();
  const auto repository = git::open_repository(places.path.empty() ? places.current : places.path);
  if (!repository) return tl::unexpected(repository.error());
  auto layout = workspace::Layout::find_with_bank(places);
  const bool is_bare = (*repository)->top_level().empty();
  if (!layout && !is_bare) return tl::unexpected(layout.error());

  workspace::SetupWish wish{arguments.has("--hooks"), arguments.has("--merge-driver"),
                            arguments.has("--diff-driver")};
  if (!wish.hooks && !wish.merge_driver && !wish.diff_driver) wish = {true, true, true};
  const workspace::GitSetup setup(**repository, layout && !is_bare ? &*layout : nullptr);
  const auto done = arguments.has("--uninstall") ? setup.uninstall(wish) : setup.install(wish);
  if (!done) return tl::unexpected(done.error());

  if (session.json()) {
    json::Writer out = session.writer();
    out.begin_object().key("success").boolean(true);
    out.key("steps").begin_array();
    for (const std::string& step : *done) out.string(step);
    out.end_array().end_object();
    const auto printed = session.print(out);
    if (!printed) return tl::unexpected(printed.error());
    return 0;
  }
  std::string text;
  for (const std::string& step : *done) text += printable(step) + "\n";
  if (done->empty()) text = "nothing to do\n";
  const auto printed = session.print(text);
  if (!printed) return tl::unexpected(printed.error());
  return 0;
}

}  // namespace

extern const Command kSetupGit;
constinit const Command kSetupGit = {
    .name = "setup-git",
    .summary = "set hooks, merge driver and diff driver up in this clone",
    .details =
        "Hooks go where git looks for them (core.hooksPath); one that is there already stays as\n"
        "NAME.before-sdd and runs first. Attributes are put into .gitattributes between two "
        "marks:\n"
        "commit that file, so that other clones have it too. The drivers themselves stand in this\n"
        "clone's configuration: every clone runs this command once. In a bare repository only\n"
        "pre-receive is set. To run it again changes nothing.",
    .example = "sdd setup-git",
    .options = kSetupGitOptions,
    .run = run_setup_git};

}  // namespace sdd::cli
