#include "spec/skeleton.h"

#include <fmt/core.h>

#include <vector>

#include "base/strings.h"
#include "json/writer.h"
#include "spec/words.h"

namespace sdd::spec {
namespace {

struct Form {
  std::string_view name;
  std::string_view complexity;
  std::string_view risk;
  std::vector<std::string_view> phases;
};

const std::vector<Form>& forms() {
  static const std::vector<Form> forms = {
      {"simple", "low", "low", {"Implementation", "Verification"}},
      {"medium", "medium", "medium", {"Design", "Implementation", "Verification"}},
      {"complex",
       "high",
       "high",
       {"Discovery", "Design", "Implementation", "Integration", "Verification"}},
      {"security",
       "high",
       "high",
       {"Threat model", "Implementation", "Security review", "Verification"}}};
  return forms;
}

std::string phase_id(std::size_t index) { return fmt::format("phase-{}", index + 1); }

void write_node(json::Writer& out, std::string_view type, std::string_view title,
                std::string_view parent, const std::vector<std::string>& children) {
  out.begin_object();
  out.key("type").string(type).key("title").string(title).key("status").string("pending");
  out.key("parent");
  parent.empty() ? out.null() : out.string(parent);
  out.key("children").begin_array();
  for (const std::string& child : children) out.string(child);
  out.end_array();
  out.key("total_tasks").integer(0).key("completed_tasks").integer(0);
  out.key("metadata").begin_object().end_object();
  out.end_object();
}

void write_hierarchy(json::Writer& out, const Skeleton& wish, const Form& form) {
  std::vector<std::string> phases;
  for (std::size_t i = 0; i < form.phases.size(); ++i) phases.push_back(phase_id(i));
  out.begin_object();
  out.key("spec-root");
  write_node(out, "spec", wish.title, "", phases);
  for (std::size_t i = 0; i < phases.size(); ++i) {
    out.key(phases[i]);
    write_node(out, "phase", form.phases[i], "spec-root", {});
  }
  out.end_object();
}

}  // namespace

Result<std::string> spec_id_of(std::string_view name, Timestamp now, int number) {
  std::string id;
  for (const char c : ascii_lower(name)) {
    const bool keeps = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (keeps) id.push_back(c);
    if (!keeps && !id.empty() && id.back() != '-') id.push_back('-');
  }
  while (!id.empty() && id.back() == '-') id.pop_back();
  if (id.empty()) {
    return fail(ErrorKind::kUsage,
                fmt::format("{} has no letter or digit that an id could have", quote(name)));
  }
  if (number < 1 || number > 999) {
    return fail(ErrorKind::kUsage, fmt::format("{} is no number from 1 to 999", number));
  }
  constexpr std::size_t kDate = 10;  // of an RFC 3339 date-time
  return fmt::format("{}-{}-{:03}", id, format_rfc3339(now).substr(0, kDate), number);
}

Result<std::string> skeleton(const Skeleton& wish, Timestamp now) {
  const Form* form = nullptr;
  for (const Form& one : forms()) {
    if (one.name == wish.form) form = &one;
  }
  if (form == nullptr) {
    return fail(ErrorKind::kUsage, fmt::format("there is no template {}", quote(wish.form)),
                nearest(wish.form, {kTemplates.begin(), kTemplates.end()}));
  }
  if (!is_one_of(kTaskCategories, wish.category)) {
    return fail(ErrorKind::kUsage, fmt::format("{} is no category", quote(wish.category)),
                nearest(wish.category, {kTaskCategories.begin(), kTaskCategories.end()}));
  }
  const std::string time = format_rfc3339(now);
  json::Writer out(json::Writer::kIndented);
  out.begin_object();
  out.key("spec_id").string(wish.id).key("title").string(wish.title);
  out.key("generated").string(time).key("last_updated").string(time);
  out.key("metadata").begin_object();
  out.key("template").string(form->name).key("complexity").string(form->complexity);
  out.key("risk_level").string(form->risk);
  out.key("security_sensitive").boolean(form->name == "security");
  out.key("default_category").string(wish.category).key("status").string("pending");
  out.end_object();
  out.key("hierarchy");
  write_hierarchy(out, wish, *form);
  out.key("journal").begin_array().end_array();
  out.end_object();
  return out.text() + "\n";
}

}  // namespace sdd::spec
