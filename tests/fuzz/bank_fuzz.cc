// Any bytes as Markdown: nothing crashes, every place lies inside the file, the outline has the
// blocks of the file, and what is printed of an entry is read as the same entry.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "bank/document.h"
#include "bank/draft.h"
#include "rules/bank_engine.h"
#include "tests/bank/cmark_blocks.h"
#include "text/source_text.h"

namespace {

using sdd::bank::Document;

void require(bool holds) {
  if (!holds) std::abort();
}

void check_span(sdd::Span span, std::size_t size) {
  require(span.begin <= span.end && span.end <= size);
}

void check_print(const sdd::bank::TaskEntry& entry) {
  if (entry.loose) return;
  const sdd::bank::Draft draft = draft_of(entry);
  const sdd::SourceText printed("log.md", print(draft));
  const Document again = Document::of(printed, sdd::bank::Kind::kLog);
  require(again.entries().size() == 1);
  require(draft_of(again.entries()[0]) == draft);
  require(is_in_form(again.entries()[0]));
}

void check_document(const sdd::SourceText& source, sdd::bank::Kind kind) {
  const std::size_t size = source.bytes().size();
  const Document document = Document::of(source, kind);
  for (const sdd::bank::TaskEntry& entry : document.entries()) {
    check_span(entry.whole.span(), size);
    require(entry.whole.span().contains(entry.title.span()));
    require(entry.whole.span().contains(entry.head().span()));
    for (const sdd::bank::Field& field : entry.fields) {
      require(entry.whole.span().contains(field.whole.span()));
      require(field.whole.span().contains(field.value.span()));
      if (const auto path = field.path()) require(field.value.span().contains(path->path.span()));
    }
    for (const auto& irregularity : entry.irregularities) {
      require(entry.whole.span().contains(irregularity.where.span()));
    }
    check_print(entry);
  }
  for (const sdd::bank::Mention& mention : document.mentions())
    check_span(mention.path.span(), size);
  for (const sdd::bank::Claim& claim : document.claims()) {
    require(claim.entry < document.entries().size());
    require(document.entries()[claim.entry].whole.span().contains(claim.counts.span()));
  }
  for (const sdd::bank::Suppression& suppression : document.suppressions()) {
    check_span(suppression.comment.span(), size);
    check_span(suppression.covers.span(), size);
  }
  for (const sdd::rules::Finding& finding : sdd::rules::check_document(source, document)) {
    check_span(finding.span, size);
    require(!finding.message.empty());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using sdd::bank::Kind;
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  if (sdd::test::is_outlined_exactly(bytes)) {
    require(sdd::test::outline_blocks(bytes) == sdd::test::cmark_blocks(bytes));
  }
  const sdd::SourceText source("meta/memory_bank/branch_updates/2026-01-05-x.md", bytes);
  for (const Kind kind :
       {Kind::kLog, Kind::kCurrentTasks, Kind::kWorkItem, Kind::kGuidance, Kind::kOther}) {
    check_document(source, kind);
  }
  return 0;
}
