// What settle() must know of a Markdown file beside its findings: the comments that suppress, and
// which entry a finding belongs to (so that a baseline knows it again on another line).
#pragma once

#include "bank/document.h"
#include "report/located.h"
#include "text/source_text.h"

namespace sdd::workspace {

// Adds both to the report of the file that `document` was read from, when all findings are in it.
// `with_excerpts` as for report::locate.
void add_document_facts(const bank::Document& document, const SourceText& source,
                        bool with_excerpts, report::FileReport& report);

}  // namespace sdd::workspace
