// URI references (RFC 3986), as far as `$id` and `$ref` need them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sdd::json {

struct Uri {
  std::string whole;     // without the fragment
  std::string fragment;  // behind the `#`, percent-encoding undone; "" when there is none
};

// `reference` seen from `base` (without fragment; may be empty or relative): RFC 3986, 5.2. A URN
// as base takes a fragment only. A broken percent-encoding stays as it is.
Uri resolve_uri(std::string_view base, std::string_view reference);

}  // namespace sdd::json
