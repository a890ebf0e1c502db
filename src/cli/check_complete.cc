#include <fmt/core.h>

#include "base/strings.h"
#include "cli/answer.h"
#include "cli/columns.h"
#include "cli/command.h"
#include "spec/open_work.h"
#include "spec/outline.h"
#include "workspace/open_spec.h"

namespace sdd::cli {
namespace {

constexpr Option kCheckCompleteOptions[] = {
    {"SPEC", Takes::kArgument, nullptr, "a spec id or path"},
    {"--phase", Takes::kValue, "P", "only this phase and what is below it"},
    {"--task", Takes::kValue, "T", "only this task and what is below it"},
};

using OpenNodes = std::vector<const spec::Node*>;

// What the question is about; nullptr: a spec without a root.
Result<const spec::Node*> scope_of(const workspace::OpenSpec& opened, const Arguments& arguments) {
  if (arguments.has("--phase") && arguments.has("--task")) {
    return fail(ErrorKind::kUsage, "--phase and --task exclude each other");
  }
  if (arguments.has("--task")) return workspace::find_task(opened, arguments.text("--task"));
  if (!arguments.has("--phase")) return opened.spec.root();
  const std::string id = arguments.text("--phase");
  const spec::Node* phase = opened.spec.find(id);
  if (phase != nullptr && phase->is_container()) return phase;
  std::vector<std::string_view> ids;
  for (const spec::Node* node : spec::phases(opened.spec)) ids.push_back(node->id);
  return fail(ErrorKind::kNotFound,
              fmt::format("{} {} in {}", phase == nullptr ? "no phase" : "only a task is called",
                          sdd::quote(id), sdd::quote(opened.id())),
              nearest_or_longer(id, ids));
}

void write_json(const OpenNodes& open, json::Writer& out) {
  out.begin_object();
  out.key("is_complete").boolean(open.empty());
  out.key("incomplete_count").integer(static_cast<std::int64_t>(open.size()));
  out.key("incomplete_tasks").begin_array();
  for (const spec::Node* node : open) {
    out.begin_object();
    out.key("id").string(node->id);
    out.key("title").string(node->title.string());
    out.key("type").string(spec::type_word(*node));
    out.key("status").string(spec::status_word(*node));
    out.end_object();
  }
  out.end_array().end_object();
}

std::string text_of(const std::string& subject, const OpenNodes& open, bool color) {
  if (open.empty()) return sdd::quote(subject) + " is complete\n";
  Columns table(color, "  ");
  for (const spec::Node* node : open) {
    table.row({{std::string(spec::status_word(*node)), color_of(*node)},
               {std::string(spec::type_word(*node))},
               {std::string(node->id)},
               {shortened(node->title.string(), 60)}});
  }
  return fmt::format("{} is not complete, {} open:\n{}", sdd::quote(subject), open.size(),
                     table.text());
}

Result<int> run_check_complete(const Session& session, const Arguments& arguments) {
  const auto opened = workspace::open_spec(arguments.text("SPEC"), session.places());
  if (!opened) return tl::unexpected(opened.error());
  const auto scope = scope_of(**opened, arguments);
  if (!scope) return tl::unexpected(scope.error());
  if (*scope == nullptr) {
    return fail(ErrorKind::kNotFound, fmt::format("{} has no spec-root, so nothing says whether it "
                                                  "is complete",
                                                  sdd::quote((*opened)->id())));
  }
  const OpenNodes open = spec::open_work((*opened)->spec, **scope);
  const std::string subject =
      *scope == (*opened)->spec.root() ? (*opened)->id() : std::string((*scope)->id);
  return answer(
      session, [&](json::Writer& out) { write_json(open, out); },
      [&] { return text_of(subject, open, session.color()); }, open.empty() ? 0 : 1);
}

}  // namespace

extern const Command kCheckComplete;
constinit const Command kCheckComplete = {
    .name = "check-complete",
    .summary = "whether a spec, a phase or a task is complete, and what is open",
    .details =
        "The exit code is 0 when it is complete, 1 when it is not. A phase or the spec itself is\n"
        "listed only where nothing below it explains why it is open.",
    .example = "sdd check-complete billing-2026-02-11-001 --phase phase-2",
    .options = kCheckCompleteOptions,
    .run = run_check_complete};

}  // namespace sdd::cli
