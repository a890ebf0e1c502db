#include "rules/journal/missing_entry.h"

#include <algorithm>
#include <optional>

#include "base/strings.h"
#include "spec/journal.h"

namespace sdd::rules {
namespace {

void point_at_flag(const spec::Node& node, Finding& finding) {
  const spec::NodeMetadata& metadata = node.metadata;
  if (metadata.journaled_at.is_string()) {
    finding.related.push_back({metadata.journaled_at.span(), "journaled_at"});
  } else if (metadata.needs_journaling.is_boolean()) {
    const bool needed = *metadata.needs_journaling.boolean();
    finding.related.push_back({metadata.needs_journaling.span(),
                               needed ? "needs_journaling is true" : "needs_journaling is false"});
  }
}

void point_at_stray(const SpecFile& file, const spec::Node& node, Finding& finding) {
  const spec::NodeTimes times = spec::times_of(node);
  const std::optional<Timestamp> moment = times.journaled ? times.journaled : times.completed;
  if (!moment) return;
  const std::uint32_t stray = file.journal.stray_at(*moment);
  if (stray == spec::kNoEntry) return;
  const json::Value task = file.spec.journal()[stray].task_id();
  finding.related.push_back({task.span(), task.is_string()
                                              ? "an entry of that moment names " +
                                                    quote(task.string()) + ", which does not exist"
                                              : "an entry of that moment names no task"});
}

bool is_plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("-_./:@%+=,").find(c) != std::string_view::npos;
}

}  // namespace

Finding& add_missing_entry(const SpecFile& file, const spec::Node& node, std::string_view says,
                           Report& report) {
  std::string message = quote(node.id);
  const std::string_view title = node.title.string();
  if (!title.empty()) message += " (" + quote(title, 60) + ")";
  Finding& finding = report.add(node, message.append(says));
  finding.subject = Finding::kNoSubject;  // about the journal, not about the node's value
  point_at_flag(node, finding);
  point_at_stray(file, node, finding);
  return finding;
}

std::string shell_word(std::string_view text) {
  if (!text.empty() && std::all_of(text.begin(), text.end(), is_plain)) return std::string(text);
  std::string word = "'";
  for (const char c : printable(text)) {
    if (c == '\'') {
      word += "'\\''";
    } else {
      word += c;
    }
  }
  return word + "'";
}

std::string add_journal_command(const SpecFile& file, const spec::Node& node) {
  return "sdd add-journal " + shell_word(file.place.stem) + " --task-id " + shell_word(node.id) +
         " --title … --content …";
}

}  // namespace sdd::rules
