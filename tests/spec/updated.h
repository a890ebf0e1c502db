// Small specs, and what an update makes of them, as lines.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "base/strings.h"
#include "spec/spec_files.h"
#include "spec/update.h"
#include "spec_document.h"

namespace sdd::spec {

inline constexpr std::string_view kNow = "2026-02-11T17:51:29.533418Z";
inline constexpr std::string_view kStamp =
    "last_updated 2026-01-02T03:04:05Z → 2026-02-11T17:51:29.533418Z";

inline Occasion occasion() { return {.now = *parse_rfc3339(kNow), .author = "Ann"}; }

// What an update of these bytes writes, as lines; an error as its only line.
inline std::vector<std::string> update_lines(const std::string& bytes, const Operation& operation,
                                             const Occasion& when = occasion()) {
  const test::ReadSpec read(bytes);
  EXPECT_TRUE(read.ok);
  const Result<Update> made = update(read.spec, operation, when);
  if (!made) {
    std::string line = std::string(to_string(made.error().kind)) + ": " + made.error().message;
    if (!made.error().candidates.empty()) {
      line += "; " + join_or(made.error().candidates) + "?";
    }
    return {line};
  }
  EXPECT_TRUE(edits_for(read.tree, made->changes)) << "cannot be applied";
  std::vector<std::string> lines;
  for (const Change& change : made->changes) lines.push_back(to_line(change));
  return lines;
}

inline std::string after_update(const std::string& bytes, const Operation& operation,
                                const Occasion& when = occasion()) {
  const test::ReadSpec read(bytes);
  const Result<Update> made = update(read.spec, operation, when);
  EXPECT_TRUE(made) << made.error().message;
  return apply_changes(bytes, made->changes).value();
}

// A phase with two tasks, and another one with a third.
inline std::string two_phases(const std::string& first = "pending",
                              const std::string& metadata = "{}") {
  const bool done = first == "completed";
  return test::spec_json(
      {{.id = "spec-root",
        .type = "spec",
        .status = done ? "in_progress" : "pending",
        .children = {"phase-1", "phase-2"},
        .total = "3",
        .completed = done ? "1" : "0"},
       {.id = "phase-1",
        .type = "phase",
        .status = done ? "in_progress" : "pending",
        .parent = "spec-root",
        .children = {"task-1-1", "task-1-2"},
        .total = "2",
        .completed = done ? "1" : "0"},
       {.id = "task-1-1",
        .status = first,
        .parent = "phase-1",
        .completed = done ? "1" : "0",
        .metadata = metadata},
       {.id = "task-1-2", .parent = "phase-1"},
       {.id = "phase-2", .type = "phase", .parent = "spec-root", .children = {"verify-2-1"}},
       {.id = "verify-2-1", .type = "verify", .parent = "phase-2"}});
}

inline std::string one_task(const std::string& status = "pending",
                            const std::string& metadata = "{}", const std::string& more = "") {
  const std::string done = status == "completed" ? "1" : "0";
  return test::spec_json({{.id = "spec-root",
                           .type = "spec",
                           .status = status,
                           .children = {"phase-1"},
                           .completed = done},
                          {.id = "phase-1",
                           .type = "phase",
                           .status = status,
                           .parent = "spec-root",
                           .children = {"task-1-1"},
                           .completed = done},
                          {.id = "task-1-1",
                           .status = status,
                           .parent = "phase-1",
                           .completed = done,
                           .metadata = metadata}},
                         more);
}

}  // namespace sdd::spec
