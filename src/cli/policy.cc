#include "cli/policy.h"

#include <fmt/core.h>

#include <system_error>
#include <tuple>
#include <utility>

#include "base/strings.h"
#include "workspace/baseline.h"

namespace sdd::cli {
namespace {

namespace fs = std::filesystem;

using workspace::Config;
using workspace::Policy;

Result<void> take_selection(const Arguments& arguments, const Config& config, Policy& policy) {
  const bool selects = arguments.has("--select");
  const bool ignores = arguments.has("--ignore");
  auto selection =
      rules::Selection::of(selects ? arguments.list("--select") : config.select,
                           ignores || selects ? arguments.list("--ignore") : config.ignore);
  if (!selection) return tl::unexpected(selection.error());
  policy.selection = std::move(*selection);
  return {};
}

Result<void> take_severities(const Arguments& arguments, const Config& config, Policy& policy) {
  policy.severities = config.severities;
  for (const std::string& word : arguments.list("--severity")) {
    const std::size_t sign = word.find('=');
    const auto severity = workspace::severity_of(
        sign == std::string::npos ? std::string_view() : std::string_view(word).substr(sign + 1));
    if (!severity) {
      return fail(
          ErrorKind::kUsage,
          "--severity takes CODE=LEVEL with error, warning or note, not " + sdd::quote(word));
    }
    const std::string name = word.substr(0, sign);
    const rules::Rule* rule = rules::find_rule(name);
    if (rule == nullptr) return tl::unexpected(rules::unknown_rule(name));
    policy.severities.emplace_back(rule, *severity);
  }
  return {};
}

Result<void> take_limit(const Arguments& arguments, const char* option, std::size_t most,
                        std::size_t& limit) {
  const auto number = arguments.number(option);
  if (!number) return tl::unexpected(number.error());
  if (!*number) return {};
  if (**number == 0 || **number > most) {
    return fail(ErrorKind::kUsage, fmt::format("{} takes a number from 1 to {}", option, most));
  }
  limit = **number;
  return {};
}

Result<void> take_limits(const Arguments& arguments, const Config& config, Policy& policy) {
  policy.limits = config.limits;
  policy.max_nodes = config.max_nodes;
  const std::tuple<const char*, std::size_t, std::size_t*> limits[] = {
      {"--max-depth", workspace::kMostDepth, &policy.limits.max_depth},
      {"--max-bytes", workspace::kMostBytes, &policy.limits.max_bytes},
      {"--max-nodes", workspace::kMostNodes, &policy.max_nodes}};
  for (const auto& [option, most, limit] : limits) {
    auto taken = take_limit(arguments, option, most, *limit);
    if (!taken) return taken;
  }
  return {};
}

// --write-baseline FILE, else --baseline FILE, else the key, else the usual name at the root: when
// it is there, or is to be written.
Result<void> take_baseline(const Arguments& arguments, const workspace::Places& places,
                           const workspace::Layout* layout, Policy& policy) {
  policy.write_baseline = arguments.has("--write-baseline");
  const std::string written = arguments.text("--write-baseline");
  const std::string named = arguments.text("--baseline");
  if (arguments.has("--no-baseline")) {
    if (!policy.write_baseline && !arguments.has("--baseline")) return {};
    return fail(ErrorKind::kUsage, "--no-baseline excludes --baseline and --write-baseline");
  }
  if (!written.empty() && !named.empty() && written != named) {
    return fail(ErrorKind::kUsage, "--baseline and --write-baseline name different files");
  }
  const std::string& given = written.empty() ? named : written;
  if (!given.empty()) {
    policy.baseline = (places.current / given).lexically_normal();
  } else if (layout != nullptr && !layout->config().baseline.empty()) {
    policy.baseline = layout->config().baseline;
  } else if (layout != nullptr) {
    const fs::path usual = layout->root() / workspace::kBaselineName;
    std::error_code error;
    if (policy.write_baseline || fs::exists(fs::symlink_status(usual, error))) {
      policy.baseline = usual;
    }
  } else if (policy.write_baseline) {
    return fail(ErrorKind::kUsage,
                "--write-baseline needs a FILE here: there is no root to put it at");
  }
  return {};
}

}  // namespace

Result<Policy> policy_of(const Arguments& arguments, const workspace::Places& places,
                         const workspace::Layout* layout) {
  const Config& config = workspace::config_of(layout);
  Policy policy;
  policy.required_metadata = config.required_metadata;
  policy.fail_on = arguments.has("--fail-on") ? arguments.text("--fail-on") : config.fail_on;
  for (const auto& taken :
       {take_selection(arguments, config, policy), take_severities(arguments, config, policy),
        take_limits(arguments, config, policy), take_baseline(arguments, places, layout, policy)}) {
    if (!taken) return tl::unexpected(taken.error());
  }
  return policy;
}

void tell_baseline(const Session& session, const Policy& policy, const workspace::Settled& settled,
                   const std::string& shown) {
  if (policy.write_baseline) {
    session.tell(fmt::format("wrote {}: {} of this run, {} new, {} gone", sdd::quote(shown),
                             counted(settled.baselined, "finding"), settled.added, settled.gone));
  } else if (settled.gone > 0) {
    session.tell(fmt::format("{} of the baseline {} gone; write it again with --write-baseline",
                             counted(settled.gone, "finding"), settled.gone == 1 ? "is" : "are"));
  }
}

}  // namespace sdd::cli
