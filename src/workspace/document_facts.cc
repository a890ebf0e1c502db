#include "workspace/document_facts.h"

#include <algorithm>
#include <string>
#include <utility>

#include "workspace/suppression.h"

namespace sdd::workspace {
namespace {

// The title of the entry around `offset`; "" outside of entries. Entries stand in file order.
std::string title_around(const bank::Document& document, std::size_t offset) {
  const auto& entries = document.entries();
  const auto after = std::upper_bound(
      entries.begin(), entries.end(), offset,
      [](std::size_t at, const bank::TaskEntry& entry) { return at < entry.whole.begin; });
  if (after == entries.begin()) return "";
  const bank::TaskEntry& entry = *(after - 1);
  return offset < entry.whole.end() ? std::string(entry.title.view()) : "";
}

}  // namespace

void add_document_facts(const bank::Document& document, const SourceText& source,
                        bool with_excerpts, report::FileReport& report) {
  for (report::Located& located : report.findings) {
    located.entry = title_around(document, located.finding.span.begin);
  }
  for (const bank::Suppression& comment : document.suppressions()) {
    std::vector<std::string> codes(comment.codes.begin(), comment.codes.end());
    report.suppressions.push_back(suppression_at(source, comment.comment.span(), std::move(codes),
                                                 std::string(comment.because.view()),
                                                 comment.covers.span(), with_excerpts));
  }
}

}  // namespace sdd::workspace
