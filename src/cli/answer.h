// What the reading commands share: an answer in one of two forms, and the line above it.
#pragma once

#include <string>

#include "cli/command.h"
#include "workspace/open_spec.h"

namespace sdd::cli {

// "Title (id)"; the id alone where the spec has no title. For a terminal.
std::string heading(const workspace::OpenSpec& opened, bool color);

// Prints what `write(json::Writer&)` writes when JSON was asked for, else what `text()` returns;
// gives the exit code back. Errors: kIo.
template <typename Write, typename Text>
Result<int> answer(const Session& session, Write&& write, Text&& text, int exit_code = 0) {
  json::Writer out = session.writer();
  if (session.json()) write(out);
  const auto printed = session.print(session.json() ? out.text() : text());
  if (!printed) return tl::unexpected(printed.error());
  return exit_code;
}

}  // namespace sdd::cli
