// Findings as JSON: the documents of `sdd validate` (schemas/output/validate.schema.json and
// validate-many) and `sdd check` (schemas/output/check.schema.json).
#pragma once

#include <string>
#include <vector>

#include "json/writer.h"
#include "report/located.h"

namespace sdd::report {

// The result for one spec. `schema_source` is "built-in" or the path of the schema in use.
void write_validation(json::Writer& out, const FileReport& file, const std::string& schema_source);

// The result for several: totals first, then one object as above for each, in the order given.
void write_validations(json::Writer& out, const std::vector<FileReport>& files,
                       const std::string& schema_source);

// How many of each thing `sdd check` looked at.
struct CheckSummary {
  std::size_t files = 0;
  std::size_t specs = 0;
  std::size_t entries = 0;  // of logs and current_tasks.md
  std::size_t work_items = 0;
};

// One finding of the file at `path`, as all of these documents have it.
void write_finding(json::Writer& out, const std::string& path, const Located& located);

// The document "sdd-findings/1".
void write_check(json::Writer& out, const std::vector<FileReport>& files,
                 const CheckSummary& summary, const std::string& version);

}  // namespace sdd::report
