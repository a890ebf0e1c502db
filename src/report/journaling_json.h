// What the journal lacks, as JSON: the document of `sdd check-journaling`
// (schemas/output/check-journaling.schema.json).
#pragma once

#include <vector>

#include "json/writer.h"
#include "report/located.h"

namespace sdd::report {

// One array over all files: an element for each task without its entry (SDD401, SDD402, SDD409),
// and one for each damaged file (SDD0xx). Notes are left out. The findings must have been made with
// their node facts.
void write_journaling(json::Writer& out, const std::vector<FileReport>& files);

}  // namespace sdd::report
