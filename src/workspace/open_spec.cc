#include "workspace/open_spec.h"

#include <fmt/core.h>

#include <optional>
#include <utility>

#include "base/strings.h"
#include "json/scan.h"
#include "rules/table.h"
#include "workspace/read_file.h"

namespace sdd::workspace {
namespace {

Error error_at(const SourceText& source, Span span, std::string_view code, std::string message) {
  const Position place = source.position(span.begin);
  return {ErrorKind::kDamaged,
          fmt::format("{}:{}:{}: [{}] {}", printable(source.path()), place.line, place.column, code,
                      message),
          {}};
}

Error damage_error(const SourceText& source, const json::Limits& limits) {
  const std::optional<json::Damage> damage = json::scan(source.bytes(), limits);
  const rules::Rule* rule = damage ? rules::find_rule(json::to_string(damage->kind)) : nullptr;
  if (rule == nullptr) {
    return error_at(source, {}, "SDD009", "this is no JSON that sdd can read");
  }
  std::string message = damage->message;
  if (!damage->help.empty()) message += "; " + damage->help;
  return error_at(source, damage->span, rule->code, std::move(message));
}

}  // namespace

std::string OpenSpec::id() const {
  const std::string_view said = spec.spec_id.string();
  return said.empty() ? place.id : std::string(said);
}

Result<std::unique_ptr<OpenSpec>> read_spec(const SpecPath& place, std::string shown,
                                            const json::Limits& limits, bool past_mark) {
  std::string bytes;
  const auto read = read_file(place.file, limits.max_bytes, bytes);
  if (!read) return tl::unexpected(read.error());
  auto opened = std::make_unique<OpenSpec>();
  opened->had_mark = past_mark && bytes.starts_with(kByteOrderMark);
  if (opened->had_mark) bytes.erase(0, kByteOrderMark.size());
  opened->place = place;
  opened->source.reset(std::move(shown), std::move(bytes));
  json::Parser parser(limits);
  if (!parser.parse(opened->source.bytes(), opened->tree)) {
    return tl::unexpected(damage_error(opened->source, limits));
  }
  const json::Value root = opened->tree.root();
  if (!root.is_object()) {
    return tl::unexpected(
        error_at(opened->source, root.span(), "SDD101",
                 fmt::format("a spec is an object, this is {}", json::kind_name(root.kind()))));
  }
  opened->spec.read(opened->tree);
  return opened;
}

Result<std::unique_ptr<OpenSpec>> open_spec(const std::string& argument, const Places& places) {
  const auto layout = find_layout({argument}, places);
  if (!layout) return tl::unexpected(layout.error());
  const Layout* where = *layout ? &**layout : nullptr;
  const auto place = resolve_spec(argument, where, places.current);
  if (!place) return tl::unexpected(place.error());
  if (where == nullptr) return read_spec(*place, place->file, {});
  return read_spec(*place, where->shown(place->file), where->config().limits);
}

Result<const spec::Node*> find_task(const OpenSpec& opened, const std::string& id) {
  if (const spec::Node* node = opened.spec.find(id)) return node;
  return fail(ErrorKind::kNotFound,
              fmt::format("no task {} in {}", sdd::quote(id), sdd::quote(opened.id())),
              nearest_or_longer(id, opened.spec.ids()));
}

}  // namespace sdd::workspace
