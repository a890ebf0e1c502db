#include "report/spec_lines.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "base/strings.h"
#include "json/writer.h"
#include "spec/outline.h"

namespace sdd::report {
namespace {

// Members in the order in which people read them; others stand behind, by name.
constexpr std::array<std::string_view, 22> kFirst = {"title",
                                                     "type",
                                                     "status",
                                                     "parent",
                                                     "children",
                                                     "total_tasks",
                                                     "completed_tasks",
                                                     "dependencies",
                                                     "description",
                                                     "spec_id",
                                                     "generated",
                                                     "last_updated",
                                                     "progress_percentage",
                                                     "current_phase",
                                                     "timestamp",
                                                     "entry_type",
                                                     "author",
                                                     "task_id",
                                                     "content",
                                                     "metadata",
                                                     "hierarchy",
                                                     "journal"};

std::size_t rank(std::string_view name) {
  return static_cast<std::size_t>(std::find(kFirst.begin(), kFirst.end(), name) - kFirst.begin());
}

std::vector<json::Member> ordered(json::Value object) {
  std::vector<json::Member> members;
  for (const json::Member member : object.members()) members.push_back(member);
  std::stable_sort(members.begin(), members.end(), [](json::Member a, json::Member b) {
    const std::string_view left = a.key.string();
    const std::string_view right = b.key.string();
    return rank(left) != rank(right) ? rank(left) < rank(right) : left < right;
  });
  return members;
}

class SpecLines {
 public:
  std::string run(const spec::Spec& spec) {
    head("spec", spec.spec_id.string());
    for (const json::Member member : ordered(spec.root_value())) {
      const std::string_view name = member.key.string();
      const bool apart = (name == "hierarchy" && member.value.is_object()) ||
                         (name == "journal" && member.value.is_array());
      if (apart || name == "spec_id") continue;
      put_member(printable(name), member.value);
    }
    for (const spec::OutlineItem& item : spec::outline(spec)) {
      head("node", item.node->id);
      put_object(item.node->value);
    }
    for (const spec::JournalEntry& entry : spec.journal()) put_entry(entry);
    return std::move(out_);
  }

 private:
  void head(const char* what, std::string_view name) {
    if (!out_.empty()) out_ += '\n';
    out_ += std::string(what) + " " + printable(name) + "\n";
  }

  void line(const std::string& name, std::string_view text) {
    out_ += "  " + name + ":" + (text.empty() ? "" : " ") + std::string(text) + "\n";
  }

  // A text, each of its lines by itself; anything else as compact JSON.
  void put(const std::string& name, json::Value value) {
    if (!value.is_string()) {
      json::Writer compact(json::Writer::kCompact);
      return line(name, printable(compact.value(value).text()));
    }
    std::string_view text = value.string();
    if (text.find('\n') == std::string_view::npos) return line(name, printable(text));
    line(name, "");
    while (!text.empty()) {
      const std::size_t end = std::min(text.find('\n'), text.size());
      out_ += "    " + printable(text.substr(0, end)) + "\n";
      text.remove_prefix(std::min(end + 1, text.size()));
    }
  }

  // Of an object each member, of a list each item, one level deep.
  void put_member(const std::string& name, json::Value value) {
    if (value.is_object() && value.size() > 0) {
      for (const json::Member member : ordered(value)) {
        put_items(name + "." + printable(member.key.string()), member.value);
      }
    } else {
      put_items(name, value);
    }
  }

  void put_items(const std::string& name, json::Value value) {
    if (!value.is_array() || value.size() == 0) return put(name, value);
    for (const json::Value item : value.elements()) put(name + "[]", item);
  }

  void put_object(json::Value value) {
    if (!value.is_object()) return put("value", value);
    for (const json::Member member : ordered(value)) {
      put_member(printable(member.key.string()), member.value);
    }
  }

  void put_entry(const spec::JournalEntry& entry) {
    std::string name(entry.timestamp().string());
    for (const json::Value part : {entry.title(), entry.task_id()}) {
      const bool task = part && part == entry.task_id();
      if (!part.string().empty()) {
        name += task ? " (" + std::string(part.string()) + ")" : " " + std::string(part.string());
      }
    }
    head("journal", name);
    if (!entry.value.is_object()) return put("value", entry.value);
    for (const json::Member member : ordered(entry.value)) {
      const std::string_view key = member.key.string();
      const bool told =
          (key == "timestamp" || key == "title" || key == "task_id") && member.value.is_string();
      if (!told) put_member(printable(key), member.value);
    }
  }

  std::string out_;
};

}  // namespace

std::string spec_lines(const spec::Spec& spec) { return SpecLines().run(spec); }

}  // namespace sdd::report
