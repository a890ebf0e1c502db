#include <fmt/core.h>

#include <iostream>
#include <iterator>

#include "base/strings.h"
#include "cli/update_run.h"
#include "json/scan.h"
#include "spec/read_operation.h"
#include "text/source_text.h"
#include "workspace/read_file.h"

namespace sdd::cli {
namespace {

constexpr auto kApplyOptions = with_update_options(std::array{
    Option{"SPEC", Takes::kArgument, nullptr, "the spec's id, or the path of its file"},
    Option{"--ops", Takes::kValue, "FILE", "the operations as a JSON array; - reads stdin"},
});

Result<std::string> read_all(const std::string& file) {
  std::string bytes;
  if (file == "-") {
    bytes.assign(std::istreambuf_iterator<char>(std::cin), std::istreambuf_iterator<char>());
    return bytes;
  }
  const auto read = workspace::read_file(file, json::Limits{}.max_bytes, bytes);
  if (!read) return tl::unexpected(read.error());
  return bytes;
}

Error at(const SourceText& source, Span span, Error error) {
  const Position place = source.position(span.begin);
  error.kind = ErrorKind::kUsage;
  error.message = fmt::format("{}:{}:{}: {}", printable(source.path()), place.line, place.column,
                              error.message);
  return error;
}

Result<std::vector<spec::Operation>> read_operations(const std::string& file) {
  auto bytes = read_all(file);
  if (!bytes) return tl::unexpected(bytes.error());
  const SourceText source(file == "-" ? "stdin" : file, std::move(*bytes));
  json::Parser parser;
  json::Tree tree;
  if (!parser.parse(source.bytes(), tree)) {
    const auto damage = json::scan(source.bytes(), {});
    const Error error{ErrorKind::kUsage, damage ? damage->message : "this is no JSON", {}};
    return tl::unexpected(at(source, damage ? damage->span : Span{}, error));
  }
  if (!tree.root().is_array()) {
    return tl::unexpected(at(source, tree.root().span(),
                             {ErrorKind::kUsage, "the operations are an array of objects", {}}));
  }
  std::vector<spec::Operation> operations;
  for (const json::Value element : tree.root().elements()) {
    auto operation = spec::read_operation(element);
    if (!operation) return tl::unexpected(at(source, element.span(), operation.error()));
    operations.push_back(std::move(*operation));
  }
  return operations;
}

Result<int> run_apply(const Session& session, const Arguments& arguments) {
  if (!arguments.has("--ops")) return fail(ErrorKind::kUsage, "--ops is missing");
  auto operations = read_operations(arguments.text("--ops"));
  if (!operations) return tl::unexpected(operations.error());
  return run_update(
      session, arguments,
      {.command = "apply", .ids = {arguments.text("SPEC")}, .operations = std::move(*operations)});
}

}  // namespace

extern const Command kApply;
constinit const Command kApply = {
    .name = "apply",
    .summary = "make many operations as one change: all of them, or none",
    .details =
        "FILE holds a JSON array such as\n"
        "  [{\"op\": \"complete-task\", \"task\": \"task-1-1\", \"note\": \"done\"},\n"
        "   {\"op\": \"add-journal\", \"title\": \"Decision\", \"content\": \"we keep it\"}]\n"
        "\"op\" is an update command that does not move the file, the other keys are its "
        "arguments\n"
        "and options. Each sees what those before it did.",
    .example = "sdd apply billing-2026-02-11-001 --ops changes.json",
    .options = kApplyOptions,
    .run = run_apply};

}  // namespace sdd::cli
