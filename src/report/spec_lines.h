// A spec as lines of text, for git's textconv: what a reviewer compares when `git diff` shows it.
//
//   spec demo-2026-01-02-001
//     title: Demo
//     metadata.owner: Ada
//
//   node task-1-1
//     status: completed
//     …
//
//   journal 2026-01-03T10:00:00Z Task Completed: Write it (task-1-1)
//     type: status_change
//     content: Done.
//
// The same spec gives the same lines whatever the layout of its file, the spelling of its texts and
// the order of its members (but inside of objects that lie in a member's member). Nodes come in the
// order of the tree, each with its members in a fixed order; a member that is no text stands as
// compact JSON, a text of several lines on several. A line that begins at the margin names what
// follows, so that git's hunk headers can show it (kHunkHeader). Nothing that the file says is left
// out. Safe for a terminal.
#pragma once

#include <string>

#include "spec/spec.h"

namespace sdd::report {

std::string spec_lines(const spec::Spec& spec);

// git's `diff.<driver>.xfuncname`: the names of spec_lines(), and the lines of the JSON itself at
// which a node begins.
inline constexpr const char* kHunkHeader =
    "^((spec|node|journal) .*)$\n"
    "^[ \t]*\"((spec-root|phase|group|task|subtask|verify)[-0-9A-Za-z_.]*)\": *[{]";

}  // namespace sdd::report
