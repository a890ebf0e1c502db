// SpecFacts: what the links of a repository need to know of one spec, so that its bytes may be
// forgotten while thousands of others are read.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "bank/date.h"
#include "rules/rule.h"
#include "text/span.h"

namespace sdd::rules {

struct SpecFacts {
  std::string path;           // relative to the root, with `/`
  std::string id;             // the file's name without ".json"
  std::string status_folder;  // "" when it lies in none
  bool readable = false;      // false: damaged; nothing below is known
  bool complete = false;      // its root is completed, and so are all of its tasks
  std::string root_status;    // as it is written
  std::optional<std::int64_t> total;
  std::optional<std::int64_t> completed;
  std::optional<bank::Date> last_updated;  // the day, UTC
  std::string work_item;                   // metadata.work_item_spec; "" when there is none
  // Where a missing or wrong link to the work item is told: the value of work_item_spec, else the
  // key `metadata`, else the document's first byte.
  Span link;
  std::string link_pointer;
};

// `spec` is nullptr for a damaged file. `path` is relative to the root.
SpecFacts facts_of(const spec::Spec* spec, const Place& place, std::string path);

}  // namespace sdd::rules
