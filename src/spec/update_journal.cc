// The updates that write down what happened: add-journal, bulk-journal, add-revision,
// add-assumption, add-verification.
#include <fmt/core.h>

#include <charconv>
#include <vector>

#include "base/strings.h"
#include "json/writer.h"
#include "spec/journal.h"
#include "spec/updating.h"
#include "spec/words.h"

namespace sdd::spec {
namespace {

bool has_version(json::Value list, std::string_view version) {
  for (const json::Value revision : list.elements()) {
    if (revision.find("version").string() == version) return true;
  }
  return false;
}

std::string_view last_version(json::Value list) {
  std::string_view last;
  for (const json::Value revision : list.elements()) {
    if (revision.find("version").is_string()) last = revision.find("version").string();
  }
  return last;
}

struct Version {
  std::uint32_t major = 1;
  std::uint32_t minor = 0;
};

std::optional<Version> version_of(std::string_view text) {
  Version version;
  const char* end = text.data() + text.size();
  const auto major = std::from_chars(text.data(), end, version.major);
  if (major.ec != std::errc() || major.ptr == end || *major.ptr != '.') return std::nullopt;
  const auto minor = std::from_chars(major.ptr + 1, end, version.minor);
  if (minor.ec != std::errc() || minor.ptr != end) return std::nullopt;
  return version;
}

void journal_completion(Updating& updating, const Node& node) {
  const bool container = node.is_container();
  updating.add_entry(
      "status_change",
      fmt::format("{} Completed: {}", container ? "Phase" : "Task", node.title.string()),
      container ? fmt::format("All child tasks in phase {} have been completed.", node.id)
                : fmt::format("Task {} marked as completed.", node.id),
      node.id);
  updating.mark_journaled(node);
}

bool waits_for_entry(const Node& node, const Journal& journal) {
  switch (journal.fault_of(node)) {
    case JournalFault::kUnjournaled:
    case JournalFault::kNoTrace:
      return true;
    default:
      return node.metadata.needs_journaling.boolean() == true;
  }
}

}  // namespace

Result<std::string> bumped_version(const Spec& spec, std::string_view bump) {
  if (bump != "major" && bump != "minor") {
    return fail(ErrorKind::kUsage, fmt::format("{} is neither major nor minor", quote(bump)));
  }
  std::string_view text = spec.metadata.find("version").string();
  for (const char* list : {"revisions", "revision_history"}) {
    if (text.empty()) text = last_version(spec.metadata.find(list));
  }
  std::optional<Version> version = version_of(text.empty() ? "1.0" : text);
  if (!version || version->major == UINT32_MAX || version->minor == UINT32_MAX) {
    return refuse(fmt::format("the version {} has no successor: give one", quote(text)));
  }
  if (bump == "major") return fmt::format("{}.0", version->major + 1);
  return fmt::format("{}.{}", version->major, version->minor + 1);
}

Result<void> write_revision(Updating& updating, std::string_view version, std::string_view author,
                            std::string_view changes) {
  const json::Value metadata = updating.spec().metadata;
  if (version.empty()) return fail(ErrorKind::kUsage, "a revision needs a version");
  for (const char* list : {"revisions", "revision_history"}) {
    if (has_version(metadata.find(list), version)) {
      return refuse(fmt::format("there is a revision {} already", quote(version)));
    }
  }
  json::Writer revision(json::Writer::kCompact);
  revision.begin_object();
  revision.key("version").string(version).key("date").string(updating.time());
  revision.key("author").string(author).key("changes").string(changes);
  updating.draft().add({"metadata", "revisions"}, revision.end_object().text());
  updating.draft().set_text({"metadata", "version"}, version);
  return {};
}

Result<Update> run(const Spec& spec, const AddJournal& wish, const Occasion& occasion) {
  Updating updating(spec, occasion);
  if (wish.title.empty()) return fail(ErrorKind::kUsage, "a journal entry needs a title");
  if (wish.task) {
    const auto found = updating.find(*wish.task);
    if (!found && !wish.force) return tl::unexpected<Error>(found.error());
    if (found) updating.mark_journaled(**found);
  }
  updating.add_entry(wish.entry_type, wish.title, wish.content, wish.task.value_or(""));
  return updating.finish();
}

Result<Update> run(const Spec& spec, const BulkJournal& wish, const Occasion& occasion) {
  Updating updating(spec, occasion);
  std::vector<const Node*> nodes = wish.tasks ? std::vector<const Node*>() : unjournaled(spec);
  const Journal journal(spec);
  for (const std::string& id : wish.tasks.value_or(std::vector<std::string>())) {
    const auto found = updating.find(id);
    if (!found) return tl::unexpected<Error>(found.error());
    if ((*found)->status != Status::kCompleted) {
      return refuse(fmt::format("{} is not completed", quote(id)));
    }
    const bool is_named_twice = std::find(nodes.begin(), nodes.end(), *found) != nodes.end();
    if (waits_for_entry(**found, journal) && !is_named_twice) nodes.push_back(*found);
  }
  for (const Node* node : nodes) journal_completion(updating, *node);
  return updating.finish();
}

Result<Update> run(const Spec& spec, const AddRevision& wish, const Occasion& occasion) {
  Updating updating(spec, occasion);
  const auto written = write_revision(updating, wish.version, occasion.author, wish.changes);
  if (!written) return tl::unexpected<Error>(written.error());
  return updating.finish();
}

Result<Update> run(const Spec& spec, const AddAssumption& wish, const Occasion& occasion) {
  Updating updating(spec, occasion);
  if (wish.text.empty()) return fail(ErrorKind::kUsage, "an assumption needs a text");
  bool stands = false;
  for (const json::Value text : spec.metadata.find("assumptions").elements()) {
    stands = stands || (text.is_string() && text.string() == wish.text);
  }
  if (!stands) updating.draft().add({"metadata", "assumptions"}, json_text(wish.text));
  return updating.finish();
}

Result<Update> run(const Spec& spec, const AddVerification& wish, const Occasion& occasion) {
  if (!is_one_of(kVerdicts, wish.verdict)) {
    return fail(ErrorKind::kUsage, fmt::format("{} is no verdict", quote(wish.verdict)),
                nearest(wish.verdict, {kVerdicts.begin(), kVerdicts.end()}));
  }
  Updating updating(spec, occasion);
  const auto found = updating.find(wish.node);
  if (!found) return tl::unexpected<Error>(found.error());
  const Node& node = **found;
  if (node.type != NodeType::kVerify) {
    return refuse(fmt::format("{} is of type {}, not verify", quote(node.id),
                              quote(node.type_value.string())));
  }
  json::Writer result(json::Writer::kCompact);
  result.begin_object();
  result.key("date").string(updating.time()).key("status").string(wish.verdict);
  const std::pair<const char*, const std::optional<std::string>*> texts[] = {
      {"command", &wish.command},
      {"output", &wish.output},
      {"issues", &wish.issues},
      {"notes", &wish.notes}};
  for (const auto& [name, text] : texts) {
    if (*text) result.key(name).string(**text);
  }
  updating.draft().set(metadata_path(node, "verification_result"), result.end_object().text());
  return updating.finish();
}

}  // namespace sdd::spec
