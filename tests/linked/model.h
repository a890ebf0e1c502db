// A repository of linked files as it is meant, before it is written: works (a spec, a work item),
// the logs that tell of them, and what else lies in a memory bank. A test plants a fault by
// changing the model, then writes it.
//
//   Model model = make_model(seed);              // generate.h: no finding
//   Expected expected = plant(model, random);    // *_faults.h
//   for (const auto& [path, text] : files_of(model)) temp.write(path, text);
#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bench/plan.h"
#include "bench/value.h"

namespace sdd::test::linked {

inline const std::string kSpecs = "meta/sdd/specs/";
inline const std::string kBank = "meta/memory_bank/";
inline const std::string kItems = kBank + "specs/work_items/";
inline const std::string kCurrentTasks = "current_tasks.md";

// An entry of a log, line by line: its head, then its fields.
struct Entry {
  std::size_t work = 0;
  bool done = true;
  std::vector<std::string> lines;
  bool joined = false;  // no blank line before it

  // The line of a field ("Spec"), or the end.
  auto field(std::string_view key) {
    return std::find_if(lines.begin(), lines.end(), [&](const std::string& line) {
      return line.starts_with("  - " + std::string(key) + ":");
    });
  }
  bool has(std::string_view key) { return field(key) != lines.end(); }
  // Sets a field's value; adds the field at the end where it is missing.
  void set(std::string_view key, std::string_view value) {
    const auto at = has(key) ? field(key) : lines.insert(lines.end(), "");
    *at = "  - " + std::string(key) + ": " + std::string(value);
  }
  void remove(std::string_view key) {
    if (has(key)) lines.erase(field(key));
  }
  std::string value(std::string_view key) {
    return has(key) ? field(key)->substr(key.size() + 6) : "";
  }
};

// A file of entries.
struct Log {
  std::string name;  // "branch_updates/2026-02-11-main.md", relative to the bank
  std::string head;  // what stands before the entries
  std::string tail;  // and behind them
  std::vector<Entry> entries;
};

struct Work {
  // The spec; `folder` is "" when the work has none.
  std::string spec_id;
  std::string folder;
  bench::Value spec;
  bench::Style style;
  bench::Micros generated = 0;
  bench::Micros updated = 0;
  bench::Micros closed = 0;
  std::vector<std::string> done_leaves;  // node ids that bear completed_at and an entry
  std::size_t total = 0;                 // tasks of the spec
  // The work item.
  std::string item;  // its file's name
  bool done = false;
  std::vector<std::string> meta;      // lines of its Meta block
  std::vector<std::string> criteria;  // likewise
  std::string text;                   // paragraphs behind Meta
  Entry snippet;                      // its Task Entry section

  bool has_spec() const { return !folder.empty(); }
  std::string spec_path() const { return kSpecs + folder + "/" + spec_id + ".json"; }
  std::string item_path() const { return kItems + item; }
  std::string& meta_line(std::string_view key) {
    return *std::find_if(meta.begin(), meta.end(), [&](const std::string& line) {
      return line.starts_with("- " + std::string(key));
    });
  }
  void finish_item() {
    done = true;
    meta_line("Status") = "- Status: done";
    for (std::string& line : criteria) line.replace(0, 5, "- [x]");
  }
};

struct Model {
  std::vector<Work> works;
  std::vector<Log> logs;  // current_tasks.md is the last one
  std::map<std::string, std::string> others;
};

inline std::string text_of(const Entry& entry) {
  std::string text;
  for (const std::string& line : entry.lines) text += line + "\n";
  return text;
}

inline std::string text_of(const Log& log) {
  std::string text = log.head;
  for (const Entry& entry : log.entries) {
    if (!text.empty() && !entry.joined && !text.ends_with("\n\n")) text += "\n";
    text += text_of(entry);
  }
  return text + log.tail;
}

inline std::string item_text_of(const Work& work) {
  std::string text = "# Work item\n\n## Meta\n\n";
  for (const std::string& line : work.meta) text += line + "\n";
  text += "\n" + work.text + "\n## Goal / Acceptance Criteria\n\n";
  for (const std::string& line : work.criteria) text += line + "\n";
  return text + "\n## Task Entry (for branch_updates)\n\n" + text_of(work.snippet) +
         "\n## Completion Checklist\n\n- [ ] Told everybody\n";
}

// Every file: path from the root → text.
inline std::map<std::string, std::string> files_of(const Model& model) {
  std::map<std::string, std::string> files = model.others;
  for (const Work& work : model.works) {
    if (work.has_spec()) files[work.spec_path()] = write(work.spec, work.style);
    files[work.item_path()] = item_text_of(work);
  }
  for (const Log& log : model.logs) files[kBank + log.name] = text_of(log);
  return files;
}

// What one planted fault must give: this finding and no other.
struct Expected {
  std::string code;
  char severity = 'e';  // error, warning, note
  std::string path;
  // Where it stands: these texts are looked for one after the other; the last one's line.
  std::vector<std::string> trail = {};
  // Instead: the last place of this text in the file.
  std::string last = {};
  std::size_t line = 0;   // instead of both
  std::size_t below = 0;  // so many lines below that

  std::size_t line_in(const std::string& text) const {
    if (line != 0) return line;
    std::size_t at = last.empty() ? 0 : text.rfind(last);
    for (const std::string& part : trail) {
      at = text.find(part, at);
      if (at == std::string::npos) return 0;
      if (&part != &trail.back()) at += part.size();
    }
    if (at == std::string::npos) return 0;
    return 1 + below +
           static_cast<std::size_t>(
               std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
  }
};

}  // namespace sdd::test::linked
