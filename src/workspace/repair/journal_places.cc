#include "workspace/repair/journal_places.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "base/time.h"
#include "spec/lists.h"

namespace sdd::workspace {
namespace {

struct Placed {
  std::string key;
  std::optional<Timestamp> time;
};

std::optional<Timestamp> time_of(json::Value entry) {
  const json::Value time = entry.find("timestamp");
  return time.is_string() ? parse_rfc3339(time.string()) : std::nullopt;
}

std::optional<Timestamp> time_of(const std::string& entry) {
  json::Parser parser;
  json::Tree tree;
  return parser.parse(entry, tree) ? time_of(tree.root()) : std::nullopt;
}

json::Value list_at(json::Value document, const spec::Path& path) {
  for (const std::string& name : path) document = document.find(name);
  return document;
}

}  // namespace

void place_by_time(json::Value document, spec::Changes& changes) {
  const spec::Path path = {"journal"};
  const json::Value list = document.find("journal");
  std::vector<Placed> order;
  const auto keys = spec::item_keys(spec::ListKind::kEntries, list);
  std::size_t at = 0;
  for (const json::Value entry : list.elements()) order.push_back({keys[at++], time_of(entry)});
  for (spec::Change& change : changes) {
    const bool adds = change.kind == spec::Change::Kind::kItem && change.path == path &&
                      !change.before && change.after;
    if (!adds) continue;
    const auto time = time_of(change.after->text);
    const auto behind = std::find_if(order.rbegin(), order.rend(), [&](const Placed& one) {
      return !time || (one.time && *one.time <= *time);
    });
    if (behind == order.rbegin()) {
      change.after_spot = {};
    } else if (behind == order.rend()) {
      change.after_spot = {spec::Spot::At::kFirst, {}};
    } else {
      change.after_spot = {spec::Spot::At::kBehind, behind->key};
    }
    order.insert(behind.base(), {change.key, time});
  }
}

std::string place_of(json::Value document, const spec::Change& change) {
  if (change.kind == spec::Change::Kind::kMember) return spec::pointer_of(change);
  const json::Value list = list_at(document, change.path);
  const auto kind = spec::list_kind(change.path);
  std::string pointer;
  for (const std::string& name : change.path) json::append_token(pointer, name);
  if (!kind) return pointer;
  const auto keys = spec::item_keys(*kind, list);
  const auto found = std::find(keys.begin(), keys.end(), change.key);
  return found == keys.end() ? pointer : pointer + "/" + std::to_string(found - keys.begin());
}

}  // namespace sdd::workspace
