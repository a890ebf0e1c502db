// A spec for a test, written as a table of its nodes.
//
//   const SpecDocument doc({{.id = "spec-root", .type = "spec", .children = {"a"}},
//                           {.id = "a", .parent = "spec-root"}});
//   doc.spec.find("a")
//
// A table of one row is Rows{{.id = "a"}}: without the name C++ cannot tell it from a copy.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "json/tree.h"
#include "spec/spec.h"

namespace sdd::test {

struct NodeRow {
  std::string id = {};
  std::string type = "task";
  std::string status = "pending";
  std::string parent = {};  // "": null
  std::vector<std::string> children = {};
  std::string total = "1";  // JSON; "": the member is missing
  std::string completed = "0";
  std::string metadata = "{}";
  std::string dependencies = {};  // JSON; "": the member is missing
};

using Rows = std::vector<NodeRow>;

inline std::string json_of(const NodeRow& row) {
  std::string text = "\"" + row.id + R"(": {"type": ")" + row.type + R"(", "title": "T", )" +
                     R"("status": ")" + row.status + R"(", "parent": )" +
                     (row.parent.empty() ? "null" : "\"" + row.parent + "\"") +
                     R"(, "children": [)";
  for (std::size_t i = 0; i < row.children.size(); ++i) {
    text += (i == 0 ? "\"" : ", \"") + row.children[i] + "\"";
  }
  text += "]";
  if (!row.total.empty()) text += ", \"total_tasks\": " + row.total;
  if (!row.completed.empty()) text += ", \"completed_tasks\": " + row.completed;
  if (!row.dependencies.empty()) text += ", \"dependencies\": " + row.dependencies;
  return text + ", \"metadata\": " + row.metadata + "}";
}

// A whole spec file. `more` goes before the hierarchy: `"metadata": {…},`.
inline std::string spec_json(const Rows& rows, const std::string& more = {}) {
  std::string text = R"({"spec_id": "demo-2026-01-02-001", "title": "T",
"generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-02T03:04:05Z",
)" + more + "\"hierarchy\": {\n";
  for (std::size_t i = 0; i < rows.size(); ++i) text += (i == 0 ? "" : ",\n") + json_of(rows[i]);
  return text + "\n}}";
}

struct SpecDocument {
  explicit SpecDocument(std::string text) : bytes(std::move(text)) {
    json::Parser parser;
    ok = parser.parse(bytes, tree);
    spec.read(tree);
  }
  explicit SpecDocument(const Rows& rows) : SpecDocument(spec_json(rows)) {}

  std::uint32_t index(std::string_view id) const { return spec.index_of(*spec.find(id)); }

  std::string bytes;
  json::Tree tree;
  spec::Spec spec;
  bool ok = false;
};

}  // namespace sdd::test
