#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/strings.h"
#include "cli/answer.h"
#include "cli/command.h"
#include "git/repository.h"
#include "workspace/compare.h"
#include "workspace/differences.h"

namespace sdd::cli {
namespace {

constexpr Option kDiffOptions[] = {
    {"SPEC|REV", Takes::kArguments, nullptr,
     "a spec (id or path) or a file of the memory bank first, then up to two revisions, or A..B"},
    {"--staged", Takes::kNothing, nullptr, "what `git add` took, against HEAD or REV"},
    {"--stat", Takes::kNothing, nullptr, "one line for each file"},
};

constexpr int kDamage = 2;

using workspace::Layout;
using State = git::State;

// What the words on the command line ask for.
struct Wish {
  std::string only;  // a spec's id or a file's path; "": everything
  bool is_file = false;
  workspace::StatePair states;
  std::string from_name, to_name;
};

Result<Layout> layout_for(const Session& session, const std::vector<std::string>& words) {
  const workspace::Places& places = session.places();
  workspace::Places start = places;
  if (!words.empty() && workspace::is_path(words.front(), places.current)) {
    start.current = (places.current / words.front()).lexically_normal().parent_path();
  }
  auto layout = Layout::find_with_bank(start);
  return layout ? std::move(layout) : Layout::find_with_bank(places);
}

// Takes the first word when it names a spec or a file.
void take_subject(const Session& session, const Layout& layout, const git::Repository& repository,
                  std::vector<std::string>& words, Wish& wish) {
  if (words.empty()) return;
  const std::string first = words.front();
  const std::filesystem::path& current = session.places().current;
  if (first.ends_with(".md")) {
    wish.only = layout.shown((current / first).lexically_normal().string());
    wish.is_file = true;
  } else if (workspace::is_path(first, current) && first.ends_with(".json")) {
    wish.only = workspace::spec_path(current / first).id;
  } else if (!layout.with_id(first).empty() ||
             (first.find("..") == std::string::npos && !repository.commit(first))) {
    wish.only = first;
  } else {
    return;
  }
  words.erase(words.begin());
}

// "A..B" as two words; of "A...B" the first is their merge base.
Result<void> part_range(const git::Repository& repository, std::vector<std::string>& words) {
  if (words.size() != 1) return {};
  const std::string range = words.front();
  const std::size_t dots = range.find("..");
  if (dots == std::string::npos) return {};
  const bool three = range.compare(dots, 3, "...") == 0;
  const auto named = [](const std::string& name) {
    return name.empty() ? std::string("HEAD") : name;
  };
  std::string from = named(range.substr(0, dots));
  const std::string to = named(range.substr(dots + (three ? 3 : 2)));
  if (three) {
    auto base = repository.merge_base(from, to);
    if (!base) return tl::unexpected(base.error());
    if (base->empty()) {
      return fail(ErrorKind::kNotFound, sdd::quote(range) + ": the two have no common ancestor");
    }
    from = std::move(*base);
  }
  words = {from, to};
  return {};
}

Result<void> read_states(const git::Repository& repository, std::vector<std::string> words,
                         bool staged, Wish& wish) {
  const auto parted = part_range(repository, words);
  if (!parted) return parted;
  if (words.size() > (staged ? 1U : 2U)) {
    return fail(ErrorKind::kUsage, staged ? "--staged takes one revision at most"
                                          : "a diff is between two revisions at most");
  }
  wish.from_name = words.empty() ? "HEAD" : words.front();
  wish.to_name = staged ? "index" : "work tree";
  wish.states.to.kind = staged ? State::Kind::kIndex : State::Kind::kWorkTree;
  const auto from = repository.commit(wish.from_name);
  const bool unborn = words.empty() && !from && from.error().kind == ErrorKind::kNotFound;
  if (!from && !unborn) return tl::unexpected(from.error());
  if (from) wish.states.from.revision = *from;
  if (words.size() < 2) return {};
  wish.to_name = words[1];
  const auto to = repository.commit(words[1]);
  if (!to) return tl::unexpected(to.error());
  wish.states.to = {State::Kind::kRevision, *to};
  return {};
}

Result<void> keep_only(const Layout& layout, const Wish& wish, workspace::Compared& compared) {
  if (wish.only.empty()) return {};
  std::erase_if(compared.specs, [&](const workspace::ComparedSpec& spec) {
    return wish.is_file || spec.id != wish.only;
  });
  if (!wish.is_file) compared.bank.clear();
  if (wish.is_file || !compared.specs.empty() || !layout.with_id(wish.only).empty()) return {};
  const auto specs = layout.specs();
  std::vector<std::string_view> ids;
  if (specs) {
    for (const workspace::SpecPath& spec : *specs) ids.emplace_back(spec.id);
  }
  return fail(ErrorKind::kNotFound,
              sdd::quote(wish.only) + " is neither a spec nor a revision here",
              nearest_or_longer(wish.only, ids));
}

// The changes of each file, together.
std::vector<std::vector<bank::BankChange>> by_file(const std::vector<bank::BankChange>& changes) {
  std::vector<std::vector<bank::BankChange>> files;
  for (const bank::BankChange& change : changes) {
    if (files.empty() || files.back().front().path != change.path) files.emplace_back();
    files.back().push_back(change);
  }
  return files;
}

std::string text_of(const workspace::Differences& differences, bool stat) {
  std::string text;
  const auto add = [&](const std::string& block) {
    if (!stat && !text.empty() && !block.empty()) text += "\n";
    text += block;
  };
  for (const report::SpecDifference& spec : differences.specs) {
    add(stat ? report::diff_stat(spec) : report::diff_text(spec));
  }
  for (const auto& changes : by_file(differences.bank)) {
    add(stat ? report::diff_stat(changes) : report::diff_text(changes));
  }
  return text;
}

void write_json(json::Writer& out, const Wish& wish, const workspace::Differences& differences) {
  out.begin_object();
  out.key("from").string(wish.from_name);
  out.key("to").string(wish.to_name);
  out.key("specs").begin_array();
  for (const report::SpecDifference& spec : differences.specs) report::write_difference(out, spec);
  out.end_array();
  out.key("bank").begin_array();
  for (const bank::BankChange& change : differences.bank) report::write_difference(out, change);
  out.end_array().end_object();
}

Result<int> run_diff(const Session& session, const Arguments& arguments) {
  std::vector<std::string> words = arguments.list("SPEC|REV");
  const auto layout = layout_for(session, words);
  if (!layout) return tl::unexpected(layout.error());
  const auto& home = layout->specs_dir().empty() ? layout->bank_dir() : layout->specs_dir();
  const auto repository = git::open_repository(home);
  if (!repository) return tl::unexpected(repository.error());
  Wish wish;
  take_subject(session, *layout, **repository, words, wish);
  const auto states = read_states(**repository, words, arguments.has("--staged"), wish);
  if (!states) return tl::unexpected(states.error());
  auto compared = workspace::compare(*layout, **repository, wish.states);
  if (!compared) return tl::unexpected(compared.error());
  const auto kept = keep_only(*layout, wish, *compared);
  if (!kept) return tl::unexpected(kept.error());
  auto differences = workspace::differences_of(*compared, layout->config().limits);
  std::erase_if(differences.bank, [&](const bank::BankChange& change) {
    return wish.is_file && change.path != wish.only && change.from != wish.only;
  });
  const int code = differences.damaged() ? kDamage : 0;
  if (!session.json()) {
    const auto printed = session.print_exactly(text_of(differences, arguments.has("--stat")));
    if (!printed) return tl::unexpected(printed.error());
    return code;
  }
  json::Writer out = session.writer();
  write_json(out, wish, differences);
  const auto printed = session.print(out);
  if (!printed) return tl::unexpected(printed.error());
  return code;
}

}  // namespace

extern const Command kDiff;
constinit const Command kDiff = {
    .name = "diff",
    .summary = "what changed in specs and memory bank, in meaning",
    .details =
        "Without a revision the work tree against HEAD, with one against that, with two (or A..B,\n"
        "A...B) between them. A word that is a spec's id is taken for the spec. Specs are "
        "followed\n"
        "from one status folder to another by their id, entries of the memory bank from file to "
        "file\n"
        "by title and Spec. Exit code 0, or 2 when a side of a spec is damaged.",
    .example = "sdd diff main --stat",
    .options = kDiffOptions,
    .run = run_diff};

}  // namespace sdd::cli
