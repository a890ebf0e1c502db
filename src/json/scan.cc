// 1. What bytes alone show (scan.h, 1 to 5).
// 2. Read the structure: where the grammar stops, where the indentation stopped fitting it.
// 3. Interleaved, when all of this holds:
//    a. the file is longer than one piece of the common writer, and up to the stop it is laid out
//       as that writer does it: two blanks a level, seven of eight lines in step;
//    b. either lines are out of step with the brackets from some place up to the stop, and a seam
//       may lie there (brackets were lost or doubled, the grammar noticed later or never);
//       or the grammar stops between the last line that is surely whole and a lexeme, a seam may
//       lie between them, and it is no slip: a slip is a known mistake of people (a trailing comma,
//       a comment, a word …) after whose correction the text goes on in step. Missing and doubled
//       quotes, doubled commas, missing values and mangled numbers are no slips here: at a seam,
//       two half lines look like that. "A seam may lie there" means: in one of its windows
//       (seams.h), or anywhere, if the text behind the place repeats the text in front of it.
// 4. Otherwise, by the stop: the file ends before the root (truncated), bytes behind the root
//    (trailing), anything else (syntax). Two exceptions for people: a comment behind the root, and
//    a pretty-printed file whose lines are out of step up to its end, but no seam is near: a
//    bracket was lost or doubled by hand (syntax).
// 5. A document with no stop: flaws in strings and numbers, bad UTF-8, density.
#include "json/scan.h"

#include <fmt/core.h>

#include <algorithm>

#include "base/strings.h"
#include "json/complaint.h"
#include "json/seams.h"
#include "json/structure.h"
#include "text/damage.h"

namespace sdd::json {
namespace {

constexpr const char* kRepair = "`sdd repair` can bring back what is whole";

// --- Step 1

Damage empty_file(std::string_view bytes) {
  return {DamageKind::kEmpty,
          {0, bytes.size()},
          bytes.empty() ? "the file is empty" : "the file holds nothing but blanks",
          kRepair,
          {},
          0};
}

Damage foreign_file(std::string_view bytes, const ForeignEncoding& encoding) {
  Damage damage{DamageKind::kForeignEncoding,
                {0, std::min<std::size_t>(bytes.size(), 4)},
                fmt::format("the file is {}, not plain UTF-8", encoding.name),
                encoding.only_a_mark ? "`sdd fix` removes the mark" : "save the file as UTF-8",
                {},
                0};
  if (encoding.mark > 0) damage.span = {0, encoding.mark};
  damage.ranges = {encoding.only_a_mark ? damage.span : Span{0, bytes.size()}};
  return damage;
}

Damage nul_holes(std::vector<Span> runs) {
  std::size_t total = 0;
  for (const Span run : runs) total += run.size();
  std::string message = runs.size() == 1 ? fmt::format("a hole of {}", counted(total, "NUL byte"))
                                         : fmt::format("{} holes, {} in all", runs.size(),
                                                       counted(total, "NUL byte"));
  return {DamageKind::kNulHole, runs.front(), std::move(message), kRepair, std::move(runs), 0};
}

Damage conflicts(std::vector<Span> blocks) {
  return {DamageKind::kConflictMarkers,
          blocks.front(),
          fmt::format("{} of an unfinished merge", counted(blocks.size(), "conflict")),
          kRepair,
          std::move(blocks),
          0};
}

Damage invalid_bytes(std::string_view bytes, std::vector<Span> bad) {
  const std::size_t at = bad.front().begin;
  return {DamageKind::kInvalidUtf8,
          {at, at + 1},
          fmt::format("byte 0x{:02X} at offset {} is no valid UTF-8",
                      static_cast<unsigned char>(bytes[at]), at),
          "save the file as UTF-8",
          std::move(bad),
          0};
}

std::optional<Damage> seen_in_bytes(std::string_view bytes, const Limits& limits) {
  if (bytes.size() > limits.max_bytes) {
    return Damage{DamageKind::kOverLimit,
                  {0, 0},
                  // Who reads files stops there, so how long it is nobody knows.
                  fmt::format("the file is longer than {} bytes, the limit", limits.max_bytes),
                  "",
                  {},
                  0};
  }
  if (is_blank_text(bytes)) return empty_file(bytes);
  if (const auto encoding = foreign_encoding(bytes)) {
    if (is_blank_text(bytes.substr(encoding->mark))) return empty_file(bytes);
    return foreign_file(bytes, *encoding);
  }
  if (std::vector<Span> runs = nul_runs(bytes); !runs.empty()) return nul_holes(std::move(runs));
  if (std::vector<Span> blocks = conflict_blocks(bytes); !blocks.empty()) {
    return conflicts(std::move(blocks));
  }
  return std::nullopt;
}

// --- Steps 2 to 5

class Judge {
 public:
  Judge(std::string_view bytes, const Limits& limits)
      : bytes_(bytes), limits_(limits), seen_(read_structure(bytes, limits.max_depth)) {
    // Only a file that the common writer may have written has seams.
    if (bytes.size() > kPieceBytes && seen_.pretty_printed) seams_ = seam_windows(bytes);
  }

  std::optional<Damage> verdict() {
    std::optional<Damage> damage = by_structure();
    std::vector<Span> bad = invalid_utf8_runs(bytes_);
    const std::size_t whole = damage ? whole_until(*damage) : bytes_.size();
    if (bad.empty() || bad.front().begin >= whole) return damage;
    return cut_by_seams(bad) ? between_characters(bad) : invalid_bytes(bytes_, std::move(bad));
  }

 private:
  std::optional<Damage> by_structure() const {
    if (seen_.out_of_step && meets_seam(*seen_.out_of_step)) {
      return stops_where_parted() ? spliced(*seen_.out_of_step) : parted();
    }
    switch (seen_.stop) {
      case Stop::kComplete:
        return complete();
      case Stop::kTrailing:
        return trailing();
      case Stop::kCut:
        return cut();
      case Stop::kTooDeep:
        return too_deep();
      case Stop::kUnexpected:
        break;
    }
    if (!seen_.slip_goes_on && meets_seam(seen_.line)) return spliced(seen_.line);
    if (seen_.flaw.flaw != Flaw::kNone) return flawed();
    Complaint complaint = complain(bytes_, seen_);
    return from(complaint);
  }

  bool meets_seam(Span suspect) const {
    return touches(seams_, suspect) || (!seams_.empty() && repeats_at(bytes_, suspect));
  }

  // Up to where no bad byte can belong to this damage.
  std::size_t whole_until(const Damage& damage) const {
    switch (damage.kind) {
      case DamageKind::kTruncated:
        return cut_character(bytes_);
      case DamageKind::kTrailing:
        return damage.document_end;
      case DamageKind::kInterleaved:
        return damage.ranges.front().begin;
      default:
        return damage.span.end;
    }
  }

  static Damage from(Complaint& complaint, DamageKind kind = DamageKind::kSyntax) {
    return {kind,
            complaint.span,
            std::move(complaint.message),
            std::move(complaint.help),
            {complaint.span},
            0};
  }

  // The bytes of `suspect` that may hold a seam.
  std::vector<Span> seams_in(Span suspect) const {
    std::vector<Span> found;
    for (const Span window : seams_) {
      const Span part{std::max(window.begin, suspect.begin), std::min(window.end, suspect.end)};
      if (part.begin > part.end) continue;  // they may meet in a point
      if (!found.empty() && part.begin <= found.back().end) {
        found.back().end = std::max(found.back().end, part.end);
      } else {
        found.push_back(part);
      }
    }
    if (found.empty()) found.push_back(suspect);  // known by the repeated text
    return found;
  }

  // Step 3b, first case.
  Damage parted() const {
    const std::size_t at = seen_.out_of_step->end;
    return {DamageKind::kInterleaved,
            {at, at + 1},
            "pieces of two versions meet here: the brackets no longer fit the indentation",
            kRepair,
            seams_in(*seen_.out_of_step),
            0};
  }

  // Whether the grammar stops on the very line that is out of step: then it can say more.
  bool stops_where_parted() const {
    const std::size_t odd = seen_.out_of_step->end;
    return seen_.stop == Stop::kUnexpected &&
           bytes_.substr(odd, seen_.found.begin - odd).find('\n') == std::string_view::npos;
  }

  // Step 3b, second case, and the first where both fall together.
  Damage spliced(Span suspect) const {
    const Complaint complaint = complain(bytes_, seen_);
    return {DamageKind::kInterleaved,
            complaint.span,
            "pieces of two versions meet here: " + complaint.message,
            kRepair,
            seams_in(suspect),
            0};
  }

  Damage trailing() const {
    if (seen_.out_of_step && seen_.pretty_printed) return unbalanced();
    if (seen_.flaw.flaw != Flaw::kNone) return flawed();
    const std::string_view behind = bytes_.substr(seen_.found.begin);
    if (behind.starts_with("//") || behind.starts_with("/*") || behind.front() == '#') {
      return {DamageKind::kSyntax,
              {seen_.found.begin, seen_.found.begin + 1},
              "expected nothing behind the document, found a comment",
              "JSON has no comments: remove it",
              {seen_.found},
              0};
    }
    return {DamageKind::kTrailing,
            seen_.found,
            fmt::format("a complete document ends in front of this, {} of another follow",
                        counted(seen_.found.size(), "byte")),
            kRepair,
            {seen_.found},
            seen_.document_end};
  }

  Damage cut() const {
    const std::size_t last = bytes_.find_last_not_of(" \t\n\r");
    const bool looks_finished =
        (bytes_[last] == '}' || bytes_[last] == ']') && (last == 0 || bytes_[last - 1] == '\n');
    if (seen_.out_of_step && seen_.pretty_printed && looks_finished) return unbalanced();
    const std::string where =
        seen_.open_brackets == 0
            ? std::string("inside its only value")
            : fmt::format("with {} open", counted(seen_.open_brackets, "bracket"));
    return {DamageKind::kTruncated,
            {last, last + 1},
            "the document is cut off here, " + where,
            kRepair,
            {{std::min(seen_.found.begin, last + 1), bytes_.size()}},
            0};
  }

  // Step 4, the second exception.
  Damage unbalanced() const {
    const std::size_t at = seen_.out_of_step->end;
    return {DamageKind::kSyntax,
            {at, at + 1},
            "the brackets do not fit the indentation from here to the end of the file",
            "look for a bracket too many or too few above this line",
            {{at, at + 1}},
            0};
  }

  Damage too_deep() const {
    if (seen_.flaw.flaw != Flaw::kNone) return flawed();
    return {DamageKind::kOverLimit,
            seen_.found,
            fmt::format("this value is nested deeper than {} levels", limits_.max_depth),
            "",
            {seen_.found},
            0};
  }

  Damage flawed() const {
    Complaint complaint = complain(bytes_, seen_.flaw);
    const bool range =
        seen_.flaw.flaw == Flaw::kIntegerRange || seen_.flaw.flaw == Flaw::kRealRange;
    return from(complaint, range ? DamageKind::kOverLimit : DamageKind::kSyntax);
  }

  // Step 5, without the UTF-8.
  std::optional<Damage> complete() const {
    if (seen_.flaw.flaw != Flaw::kNone) return flawed();
    if (!too_dense(seen_.tokens, bytes_.size())) return std::nullopt;
    return Damage{DamageKind::kOverLimit,
                  {0, 0},
                  fmt::format("{} brackets, commas and values in {} bytes are more than the limit "
                              "of one in three bytes",
                              seen_.tokens, bytes_.size()),
                  "",
                  {},
                  0};
  }

  // Whether the bad bytes are what is left of characters that seams cut: all at seams, in a text
  // that has whole characters beside them.
  bool cut_by_seams(const std::vector<Span>& bad) const {
    const auto at_seam = [this](Span run) { return run.size() < 8 && touches(seams_, run); };
    if (!std::all_of(bad.begin(), bad.end(), at_seam)) return false;
    std::size_t not_ascii = 0;
    for (const char c : bytes_) not_ascii += static_cast<unsigned char>(c) >> 7U;
    for (const Span run : bad) not_ascii -= run.size();
    return not_ascii > 0;
  }

  static Damage between_characters(const std::vector<Span>& bad) {
    return {DamageKind::kInterleaved,
            bad.front(),
            "pieces of two versions meet here: a character is cut in two",
            kRepair,
            bad,
            0};
  }

  std::string_view bytes_;
  const Limits& limits_;
  Structure seen_;
  std::vector<Span> seams_;
};

}  // namespace

const char* to_string(DamageKind kind) {
  switch (kind) {
    case DamageKind::kEmpty:
      return "empty-file";
    case DamageKind::kTruncated:
      return "truncated-write";
    case DamageKind::kTrailing:
      return "trailing-fragment";
    case DamageKind::kInterleaved:
      return "interleaved-writes";
    case DamageKind::kNulHole:
      return "nul-hole";
    case DamageKind::kConflictMarkers:
      return "conflict-markers";
    case DamageKind::kInvalidUtf8:
      return "invalid-utf8";
    case DamageKind::kForeignEncoding:
      return "foreign-encoding";
    case DamageKind::kSyntax:
      return "syntax-error";
    case DamageKind::kOverLimit:
      return "over-limit";
  }
  return "syntax-error";
}

std::optional<Damage> text_damage(std::string_view bytes, const Limits& limits) {
  if (bytes.size() <= limits.max_bytes && is_blank_text(bytes)) return std::nullopt;
  std::optional<Damage> damage = seen_in_bytes(bytes, limits);
  if (!damage && first_invalid_utf8(bytes) < bytes.size()) {
    damage = invalid_bytes(bytes, invalid_utf8_runs(bytes));
  }
  if (damage && damage->help == kRepair) damage->help.clear();
  return damage;
}

std::optional<Damage> scan(std::string_view bytes, const Limits& limits) {
  if (std::optional<Damage> damage = seen_in_bytes(bytes, limits)) return damage;
  return Judge(bytes, limits).verdict();
}

}  // namespace sdd::json
