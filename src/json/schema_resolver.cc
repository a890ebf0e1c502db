// SchemaResolver.
//
// 1. walk() goes through a document from a schema to the schemas that its keywords hold, with a
// list
//    of its own instead of recursion. `const`, `enum` and unknown keywords hold none, whatever they
//    look like. Beside a `$ref` only `definitions` counts.
// 2. Each schema gets a number and a base URI: its nearest `$id`, seen from the one above it.
// `$id`s
//    and anchors are noted under their absolute form.
// 3. follow() resolves one `$ref` against the base: first the resource, then anchor or pointer. A
//    pointer may lead to a place that the walk did not count as schema; then the walk goes on from
//    there.
// 4. target() follows chains and refuses circles.
#include "json/schema_resolver.h"

#include <fmt/format.h>

#include <utility>

#include "base/strings.h"
#include "json/meta_schema.h"
#include "json/scan.h"
#include "json/uri.h"
#include "text/source_text.h"

namespace sdd::json {
namespace {

bool is_schema(Value value) { return value.is_object() || value.is_boolean(); }

// A schema that a keyword of `parent` holds.
void push(std::vector<SchemaPlace>& todo, Value value, Keyword keyword, const SchemaPlace& parent) {
  if (!is_schema(value)) return;
  todo.push_back({value, Keywords(value), parent.base, parent.document,
                  static_cast<std::uint16_t>(parent.depth + 1), keyword});
}

void push_children(std::vector<SchemaPlace>& todo, Keyword keyword, const SchemaPlace& parent) {
  const Value value = parent.keywords[keyword];
  switch (holds(keyword)) {
    case Holds::kNothing:
      return;
    case Holds::kSchemaOrList:
    case Holds::kSchema:
    case Holds::kSchemas:
      push(todo, value, keyword, parent);
      for (const Value element : value.elements()) push(todo, element, keyword, parent);
      return;
    case Holds::kSchemaMap:
    case Holds::kSchemaOrNames:
      for (const Member member : value.members()) push(todo, member.value, keyword, parent);
      return;
  }
}

// The drafts that we read: draft-06 says nothing that draft-07 reads differently.
bool is_known_draft(std::string_view uri) {
  if (uri.ends_with('#')) uri.remove_suffix(1);
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!uri.starts_with(scheme)) continue;
    const std::string_view rest = uri.substr(scheme.size());
    return rest == "json-schema.org/draft-07/schema" || rest == "json-schema.org/draft-06/schema";
  }
  return false;
}

// The member or element that `token` of a JSON pointer names.
Value step(Value value, std::string_view token) {
  if (value.is_object()) {
    std::string name;
    for (std::size_t i = 0; i < token.size(); ++i) {
      const bool escape = token[i] == '~' && i + 1 < token.size();
      name.push_back(!escape ? token[i] : token[++i] == '0' ? '~' : '/');
    }
    return value.find(name);
  }
  if (!all_digits(token) || token.size() > 9) return {};
  std::size_t left = std::stoul(std::string(token));
  for (const Value element : value.elements()) {
    if (left-- == 0) return element;
  }
  return {};
}

}  // namespace

std::string SchemaDocument::place(Value value) const {
  const Position at = SourceText(name, bytes).position(value.span().begin);
  const std::string pointer = tree.pointer(value);
  return fmt::format("line {}, column {}{}", at.line, at.column,
                     pointer.empty() ? "" : " (" + printable(pointer) + ")");
}

namespace {

// Why the bytes are no JSON.
std::string trouble_of(const SchemaDocument& document) {
  const auto damage = scan(document.bytes);
  if (!damage) return fmt::format("schema {} is no JSON", quote(document.name));
  const Position at = SourceText(document.name, document.bytes).position(damage->span.begin);
  return fmt::format("schema {}, line {}, column {}: no JSON: {}", quote(document.name), at.line,
                     at.column, damage->message);
}

}  // namespace

Result<std::unique_ptr<SchemaDocument>> read_schema_document(std::string_view text,
                                                             std::string_view name) {
  auto document = std::make_unique<SchemaDocument>();
  document->name = name;
  document->bytes.reserve(text.size() + Parser::kPadding);
  document->bytes = text;
  Parser parser;
  if (!parser.parse(document->bytes, document->tree)) {
    return fail(ErrorKind::kBadSchema, trouble_of(*document));
  }
  return document;
}

tl::unexpected<Error> SchemaResolver::bad(const SchemaPlace& place, Value value,
                                          std::string_view problem) const {
  const SchemaDocument& home = *documents_[place.document];
  return fail(ErrorKind::kBadSchema,
              fmt::format("schema {}, {}: {}", quote(home.name), home.place(value), problem));
}

tl::unexpected<Error> SchemaResolver::bad(std::uint32_t number, Keyword keyword,
                                          std::string_view problem) const {
  const SchemaPlace& place = places_[number];
  const Value value = place.keywords[keyword];
  return bad(place, value ? value : place.value, problem);
}

Result<void> SchemaResolver::add(std::unique_ptr<SchemaDocument> document, std::string_view uri) {
  const auto number = static_cast<std::uint16_t>(documents_.size());
  const Value root = document->tree.root();
  numbers_.emplace_back(document->tree.size(), kNone);
  documents_.push_back(std::move(document));
  const auto base = static_cast<std::uint32_t>(bases_.size());
  bases_.emplace_back(uri);
  by_uri_.try_emplace(bases_.back(), static_cast<std::uint32_t>(places_.size()));
  return walk({root, Keywords(root), base, number, 0, std::nullopt});
}

std::uint32_t SchemaResolver::number_of(Value value, std::uint16_t document) const {
  return numbers_[document][value.index()];
}

Result<void> SchemaResolver::walk(const SchemaPlace& start) {
  std::vector<SchemaPlace> todo = {start};
  while (!todo.empty()) {
    const SchemaPlace found = todo.back();
    todo.pop_back();
    if (number_of(found.value, found.document) != kNone) continue;
    const auto number = enter(found);
    if (!number) return tl::unexpected(number.error());
    const SchemaPlace& here = places_[*number];
    const bool is_reference = here.keywords.has(Keyword::kRef);
    for (std::size_t i = 0; i < kKeywordCount; ++i) {
      const auto keyword = static_cast<Keyword>(i);
      if (!here.keywords.has(keyword) || (is_reference && keyword != Keyword::kDefinitions)) {
        continue;
      }
      push_children(todo, keyword, here);
    }
  }
  return {};
}

Result<std::uint32_t> SchemaResolver::enter(const SchemaPlace& place) {
  const auto number = static_cast<std::uint32_t>(places_.size());
  numbers_[place.document][place.value.index()] = number;
  places_.push_back(place);
  const Keywords& keywords = places_.back().keywords;
  if (places_.back().depth > kMaxDepth) {
    return bad(number, Keyword::kId, fmt::format("schemas nested deeper than {}", kMaxDepth));
  }
  if (keywords.has(Keyword::kRef)) return number;
  if (const Value foreign = keywords.foreign()) {
    return bad(number, Keyword::kId,
               fmt::format("uses {}, which sdd does not support", quote(foreign.string())));
  }
  if (const Value draft = keywords[Keyword::kMeta]; draft && !is_known_draft(draft.string())) {
    return bad(number, Keyword::kMeta,
               fmt::format("uses {}, which sdd does not support (draft-07 it does)",
                           quote(draft.string())));
  }
  if (keywords[Keyword::kId].is_string()) {
    if (auto noted = note_id(number); !noted) return tl::unexpected(noted.error());
  }
  return number;
}

Result<void> SchemaResolver::note_id(std::uint32_t number) {
  SchemaPlace& here = places_[number];
  const Uri uri = resolve_uri(bases_[here.base], here.keywords[Keyword::kId].string());
  std::string key = uri.whole;
  if (uri.fragment.empty()) {
    here.base = static_cast<std::uint32_t>(bases_.size());
    bases_.push_back(uri.whole);
  } else {
    key += "#" + uri.fragment;
  }
  const auto [known, is_new] = by_uri_.try_emplace(std::move(key), number);
  if (is_new || known->second == number) return {};
  return bad(number, Keyword::kId,
             fmt::format("{} names another schema already", quote(known->first)));
}

Result<std::uint32_t> SchemaResolver::find_resource(const std::string& uri, std::uint32_t from) {
  const auto known = by_uri_.find(uri);
  if (known != by_uri_.end()) return known->second;
  if (uri != kMetaSchemaUri) {
    return bad(from, Keyword::kRef,
               fmt::format("refers to {}, which is not part of this schema, and nothing is loaded "
                           "from elsewhere",
                           quote(uri)));
  }
  auto document = read_schema_document(meta_schema_text(), uri);
  if (!document) return tl::unexpected(document.error());
  const auto number = static_cast<std::uint32_t>(places_.size());
  if (auto added = add(std::move(*document), uri); !added) return tl::unexpected(added.error());
  return number;
}

Result<std::uint32_t> SchemaResolver::follow_pointer(std::uint32_t resource,
                                                     std::string_view pointer, std::uint32_t from) {
  const std::uint16_t document = places_[resource].document;
  Value value = places_[resource].value;
  std::uint32_t nearest = resource;  // the innermost schema around the target
  std::string_view rest = pointer;
  while (value && !rest.empty()) {
    rest.remove_prefix(1);
    const std::size_t end = std::min(rest.find('/'), rest.size());
    value = step(value, rest.substr(0, end));
    rest.remove_prefix(end);
    if (!value) break;
    const std::uint32_t number = number_of(value, document);
    if (number != kNone) nearest = number;
  }
  if (!is_schema(value)) {
    return bad(from, Keyword::kRef,
               fmt::format("refers to {}, {}", quote(pointer),
                           value ? "which is no schema" : "which is not there"));
  }
  if (number_of(value, document) == kNone) {
    const SchemaPlace& around = places_[nearest];
    const auto depth = static_cast<std::uint16_t>(around.depth + 1);
    auto walked = walk({value, Keywords(value), around.base, document, depth, std::nullopt});
    if (!walked) return tl::unexpected(walked.error());
  }
  return number_of(value, document);
}

Result<std::uint32_t> SchemaResolver::follow(std::uint32_t number) {
  const Value reference = places_[number].keywords[Keyword::kRef];
  const Uri uri = resolve_uri(bases_[places_[number].base], reference.string());
  if (!uri.fragment.empty() && uri.fragment.front() != '/') {
    const auto anchor = by_uri_.find(uri.whole + "#" + uri.fragment);
    if (anchor != by_uri_.end()) return anchor->second;
  }
  auto resource = find_resource(uri.whole, number);
  if (!resource || uri.fragment.empty()) return resource;
  if (uri.fragment.front() == '/') return follow_pointer(*resource, uri.fragment, number);
  return bad(number, Keyword::kRef,
             fmt::format("refers to {}, which no '$id' names", quote("#" + uri.fragment)));
}

Result<std::uint32_t> SchemaResolver::target(std::uint32_t number) {
  // Brent's way to find a circle: a milestone that moves on at every power of two.
  std::uint32_t at = number;
  std::uint32_t milestone = number;
  for (std::size_t steps = 1; places_[at].keywords.has(Keyword::kRef); ++steps) {
    auto next = follow(at);
    if (!next) return next;
    at = *next;
    if (at == milestone) {
      return bad(at, Keyword::kRef,
                 fmt::format("{} refers to itself, directly or through others",
                             quote(places_[at].keywords[Keyword::kRef].string())));
    }
    if ((steps & (steps - 1)) == 0) milestone = at;
  }
  return at;
}

}  // namespace sdd::json
