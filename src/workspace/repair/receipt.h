// Receipt: what a repair did, so that anybody can check it again (`sdd repair --verify`): which
// bytes were damaged, which sources were asked, from where in them each recovered piece came, what
// was not used, what is lost. A JSON file beside the copy of the damaged bytes.
//
// Paths are relative to the root where they lie below it; `home` tells how far above the receipt
// that is, so that a repository that was moved as a whole still verifies.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "json/writer.h"
#include "repair/salvage.h"
#include "spec/change.h"
#include "text/span.h"

namespace sdd::workspace {

struct DamagedRange {
  std::string kind;  // the rule's name: "truncated-write"
  Span span;         // of the damaged bytes
};

// What the bytes are and where they are to be had again.
struct ReceiptSource {
  std::string id;    // "file" is the damaged file itself
  std::string kind;  // "file", "index", "head" …
  std::string name;  // for people
  std::string sha256;
  std::string blob;   // in git; "" = a file
  std::string file;   // its path, or that of a copy of it; "" = in git
  bool used = false;  // something in the result comes from there
};

struct ReceiptPiece {
  std::string pointer;  // RFC 6901, in the result; "" is the document that it was built on
  std::string source;
  Span span;           // of that source's bytes
  std::string sha256;  // of the bytes there
};

struct Receipt {
  std::string version;   // of sdd
  std::string time;      // RFC 3339
  std::string path;      // of the file
  std::string home;      // the folder that holds `.sdd`
  std::string plan;      // SHA-256 over damaged bytes, sources and result
  std::string original;  // path of the copy of the bytes before
  std::string original_sha256;
  std::string result;  // path of the copy of the bytes after
  std::string result_sha256;
  std::string base;  // id of the source that the result was built on; "" = of none
  std::vector<DamagedRange> damage;
  std::vector<ReceiptSource> sources;
  std::vector<ReceiptPiece> recovered;
  std::vector<repair::Dropped> dropped;
  std::vector<repair::Lost> lost;
  std::vector<repair::Lost> doubts;  // what the result has, and nothing confirms
  spec::Changes derived;             // computed anew in the result
  spec::Changes written;             // what stands in no source, said honestly: only with consent
};

// The members that answers and receipts share.
void write_damage(json::Writer& out, const std::vector<DamagedRange>& damage);
void write_dropped(json::Writer& out, const std::vector<repair::Dropped>& dropped);
void write_lost(json::Writer& out, std::string_view name, const std::vector<repair::Lost>& lost);

// The whole file, with a line end.
std::string receipt_text(const Receipt& receipt);
// Errors: kUsage for what is no receipt.
Result<Receipt> read_receipt(const std::string& bytes);

}  // namespace sdd::workspace
