// Seams: where pieces of two versions of a document can meet in one file.
//
// The common writer pretty-prints with two blanks and hands its text on token by token; what has
// gathered is written before it would exceed 8 KiB. So each piece ends at a token, somewhat short
// of 8 KiB, and two writers on one temporary file leave a file whose pieces meet at such places,
// of the one version or of the other.
//
//   std::vector<Span> windows = seam_windows(bytes);
//   if (touches(windows, {line_begin, error})) …   // the error may stand at a seam
//
// seam_windows replays the writer on the bytes as they stand, broken or not. So the k-th seam of
// this version is known to the byte. Those of the other version were cut at other tokens; the k-th
// window, about [seam - 24 k - 64, 8192 k + 64] and longer where long texts stand, holds 98 of 100
// of them (counted over real specs), and all windows together are some 4 % of a file of 100 KB.
// Pieces are counted in bytes and, where the text is not all ASCII, in characters too: writers of
// both kinds exist. Windows are sorted by their begin, lie inside the bytes, and may overlap
// (always, beyond some 3 MB).
//
// Files that another program laid out have windows like any other; whether a file is laid out as
// the common writer does it is for the caller to know.
#pragma once

#include <string_view>
#include <vector>

#include "text/span.h"

namespace sdd::json {

// Files up to this size in bytes have no seam.
inline constexpr std::size_t kPieceBytes = 8192;

std::vector<Span> seam_windows(std::string_view bytes);

// Whether `range`, its ends included, meets any of the windows.
bool touches(const std::vector<Span>& windows, Span range);

// Whether text stands twice in a row around `range`, as it does behind a seam when the second
// version had gained bytes before it: the same 16 to 4,096 bytes end somewhere in `range` and
// begin again there. Few slips of people look like that, wherever they stand.
bool repeats_at(std::string_view bytes, Span range);

}  // namespace sdd::json
