#include <cstddef>
#include <string_view>

#include "rules/bytes/damage.h"

namespace sdd::rules {
namespace {

// A document of two pieces, as the common writer makes them: it hands on 8 KiB at a time. In `bad`
// the second piece is that of a version whose text is 40 bytes shorter, so that the pieces do not
// meet where they were cut.
class SplicedText {
 public:
  constexpr explicit SplicedText(bool spliced) {
    add(R"({
  "spec_id": "demo-2026-01-02-001",
  "title": "Demo",
  "generated": "2026-01-02T03:04:05Z",
  "last_updated": "2026-01-02T03:04:05Z",
  "metadata": {
    "status": "pending",
    "assumptions": [
)");
    constexpr std::size_t kPiece = 8192;
    while (size_ < kPiece + 400) {
      const bool at_seam = size_ < kPiece && size_ + kLine.size() > kPiece - 60;
      add(spliced && at_seam ? kLine.substr(0, kLine.size() - 40) : kLine);
    }
    add(R"(      "the end"
    ]
  },
  "hierarchy": {
    "spec-root": {
      "type": "spec",
      "title": "Demo",
      "status": "pending",
      "parent": null,
      "children": [],
      "total_tasks": 0,
      "completed_tasks": 0,
      "metadata": {}
    }
  }
}
)");
  }
  constexpr std::string_view text() const { return {bytes_, size_}; }

 private:
  static constexpr std::string_view kLine =
      "      \"every writer reads, changes and writes the whole file, and none waits for "
      "another\",\n";

  constexpr void add(std::string_view text) {
    for (const char c : text) bytes_[size_++] = c;
  }

  char bytes_[9600] = {};
  std::size_t size_ = 0;
};

constexpr SplicedText kSpliced(true);
constexpr SplicedText kWhole(false);

}  // namespace

constinit const Rule kInterleavedWrites = {
    .code = "SDD004",
    .name = "interleaved-writes",
    .severity = Severity::kError,
    .fix = Safety::kRepair,
    .title = "pieces of two versions are spliced into one document",
    .why =
        "Two writers used one temporary file without a lock, and each wrote it in pieces of "
        "8 KiB: some pieces are of the one version, some of the other. Around each seam "
        "something was lost or stands there twice.",
    .bad = {{{"specs/pending/demo-2026-01-02-001.json", kSpliced.text()}}},
    .good = {{{"specs/pending/demo-2026-01-02-001.json", kWhole.text()}}},
    .check = [](const DamagedFile& file, Report& report) {
      report_damage(file, json::DamageKind::kInterleaved, report);
    }};

}  // namespace sdd::rules
