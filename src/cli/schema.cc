#include "base/strings.h"
#include "cli/command.h"
#include "json/tree.h"
#include "workspace/schema_choice.h"

namespace sdd::cli {
namespace {

constexpr Option kSchemaOptions[] = {
    {"--schema", Takes::kValue, "FILE", "this schema (to see whether sdd can use it)"},
};

bool has_control_characters(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = decode_utf8(text, at);
    const bool blank = point.value == '\n' || point.value == '\r' || point.value == '\t';
    if (!point.valid || (is_control(point.value) && !blank)) return true;
    at += point.length;
  }
  return false;
}

// The file as it stands; written anew where it was asked for as JSON, or holds what a terminal must
// not get.
Result<int> run_schema(const Session& session, const Arguments& arguments) {
  const auto layout = workspace::Layout::find(session.places());
  if (!layout && layout.error().kind != ErrorKind::kNotRepository) {
    return tl::unexpected(layout.error());
  }
  const workspace::Layout* where = layout ? &*layout : nullptr;
  const std::string named = arguments.text("--schema");
  const auto usable = workspace::choose_schema(named, where, session.places().current);
  if (!usable) return tl::unexpected(usable.error());
  const auto text = workspace::schema_text(named, where, session.places().current);
  if (!text) return tl::unexpected(text.error());
  Result<void> printed;
  if (session.json() || has_control_characters(*text)) {
    json::Parser parser;
    json::Tree tree;
    if (!parser.parse(*text, tree)) {
      return fail(ErrorKind::kIo, "the schema changed while it was read");
    }
    json::Writer out = session.json() ? session.writer() : json::Writer(json::Writer::kIndented);
    printed = session.print(out.value(tree.root()));
  } else {
    printed = session.print(*text);
  }
  if (!printed) return tl::unexpected(printed.error());
  if (session.verbose()) session.tell("sdd: schema: " + printable(usable->source));
  return 0;
}

}  // namespace

extern const Command kSchema;
constinit const Command kSchema = {
    .name = "schema",
    .summary = "the JSON schema that specs are held against",
    .details =
        "That is --schema FILE, else $CLAUDE_SDD_SCHEMA_CACHE/sdd-spec-schema.json, else the\n"
        "repository's own (schema/sdd-spec-schema.json beside the specs folder), else the one "
        "that\n"
        "is built in. --verbose tells which on stderr.",
    .example = "sdd schema > sdd-spec-schema.json",
    .options = kSchemaOptions,
    .run = run_schema};

}  // namespace sdd::cli
