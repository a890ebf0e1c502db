#include "workspace/repair/verify.h"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <utility>

#include "base/strings.h"
#include "git/repository.h"
#include "json/tree.h"
#include "spec/diff.h"
#include "store/file.h"
#include "store/hash.h"
#include "text/damage.h"
#include "workspace/repair/line_runs.h"

namespace sdd::workspace {
namespace {

namespace fs = std::filesystem;

// The root that the receipt's paths are relative to: `home` above the folder that holds `.sdd`.
fs::path root_of(const fs::path& proof, const std::string& home) {
  fs::path folder = proof.parent_path().parent_path().parent_path();
  const fs::path inside(home);
  if (inside.is_absolute()) return folder;
  for (auto part = inside.begin(); part != inside.end(); ++part) folder = folder.parent_path();
  return folder;
}

// Whether `inner` is `outer` or stands below it.
bool is_within(const std::string& inner, const std::string& outer) {
  return inner.starts_with(outer) && (inner.size() == outer.size() || inner[outer.size()] == '/');
}

std::string joined(const std::vector<std::string_view>& lines, Span range) {
  std::string text;
  for (std::size_t i = range.begin; i < range.end; ++i) text += lines[i];
  return text;
}

class Verification {
 public:
  Verification(const fs::path& proof, Receipt receipt) : root_(root_of(proof, receipt.home)) {
    verified_.receipt = std::move(receipt);
  }

  Verified run() {
    read_sources();
    const bool markdown = receipt().path.ends_with(".md");
    if (markdown) check_lines();
    if (!markdown && check_result()) check_pieces();
    return std::move(verified_);
  }

 private:
  const Receipt& receipt() const { return verified_.receipt; }
  fs::path path(const std::string& shown) const { return root_ / shown; }
  void problem(std::string text) { verified_.problems.push_back(std::move(text)); }

  Result<std::string> read_file(const std::string& shown) {
    auto bytes = store::read_whole(files_, path(shown));
    if (!bytes) return tl::unexpected(system_error("read", shown, bytes.error().code));
    return std::move(*bytes);
  }

  Result<std::string> read_blob(const std::string& blob) {
    if (!git_) git_ = git::open_repository(path(receipt().path).parent_path());
    if (!*git_) return tl::unexpected(git_->error());
    return (**git_)->blob(blob);
  }

  // 1.
  void read_sources() {
    for (const ReceiptSource& source : receipt().sources) {
      auto bytes = source.blob.empty() ? read_file(source.file) : read_blob(source.blob);
      const bool needed = source.used || source.id == "file";
      std::string fault;
      if (!bytes) {
        fault = bytes.error().message;
      } else if (store::sha256(*bytes) != source.sha256) {
        fault = fmt::format("{} has changed", quoted_path(source.name));
      } else {
        ++verified_.sources;
        sources_[source.id] = std::move(*bytes);
        continue;
      }
      if (source.kind == "log" && !needed) continue;  // it goes on with each update
      fault = fmt::format("source {}: {}", printable(source.id), fault);
      (needed ? verified_.problems : verified_.remarks).push_back(std::move(fault));
    }
  }

  std::optional<std::string> read_result() {
    auto bytes = read_file(receipt().result);
    if (!bytes || store::sha256(*bytes) != receipt().result_sha256) {
      problem("result: " +
              (bytes ? quoted_path(receipt().result) + " has changed" : bytes.error().message));
      return std::nullopt;
    }
    const auto now = read_file(receipt().path);
    if (!now || *now != *bytes) {
      verified_.remarks.push_back(
          fmt::format("{} has been changed since", quoted_path(receipt().path)));
    }
    return std::move(*bytes);
  }

  bool check_result() {
    const auto bytes = read_result();
    if (!bytes) return false;
    auto stated = spec::apply_changes(*bytes, spec::inverse(receipt().derived));
    if (!stated) {
      problem("the derived values do not stand in the result: " + stated.error().message);
      return false;
    }
    stated_ = std::move(*stated);
    if (parser_.parse(stated_, tree_)) return true;
    problem("the result is no JSON");
    return false;
  }

  // The bytes of a piece; nothing (and a problem, unless its source has one) when they are not as
  // the receipt says.
  std::optional<std::string> piece_bytes(const ReceiptPiece& piece) {
    const auto source = sources_.find(piece.source);
    if (source == sources_.end()) return std::nullopt;
    const std::string name = piece.pointer.empty() ? "the document" : piece.pointer;
    if (piece.span.end > source->second.size()) {
      problem(
          fmt::format("{} lies outside of source {}", printable(name), printable(piece.source)));
      return std::nullopt;
    }
    std::string bytes = source->second.substr(piece.span.begin, piece.span.size());
    if (store::sha256(bytes) == piece.sha256) return bytes;
    problem(fmt::format("{}: the bytes in source {} are others", printable(name),
                        printable(piece.source)));
    return std::nullopt;
  }

  // 2.
  void check_pieces() {
    std::optional<std::string> base;
    for (const ReceiptPiece& piece : receipt().recovered) {
      const auto bytes = piece_bytes(piece);
      if (!bytes) continue;
      if (piece.pointer.empty()) {
        base = bytes;
      } else if (!spec::same_meaning(std::string(tree_.resolve(piece.pointer).raw()), *bytes)) {
        problem(fmt::format("{} is not what source {} says", printable(piece.pointer),
                            printable(piece.source)));
        continue;
      }
      ++verified_.pieces;
      texts_.push_back(*bytes);
    }
    if (base) {
      check_rest(*base);
    } else if (receipt().base.empty()) {
      check_all_known();
    }
  }

  // 3.
  void check_rest(const std::string& base) {
    json::Parser parser;
    json::Tree tree;
    if (!parser.parse(base, tree)) return problem("what the result was built on is no JSON");
    for (const spec::Change& change : spec::diff(spec::Spec(tree), spec::Spec(tree_))) {
      if (is_explained(change)) continue;
      problem(fmt::format("from no source: {}", spec::to_line(change)));
    }
  }

  bool is_explained(const spec::Change& change) const {
    if (change.derived || !change.after) return true;
    const auto is_written = [&](const spec::Change& one) { return spec::same(one, change); };
    if (std::any_of(receipt().written.begin(), receipt().written.end(), is_written)) return true;
    const std::string pointer = spec::pointer_of(change);
    const auto says_it = [&](const ReceiptPiece& piece) {
      return !piece.pointer.empty() && is_within(pointer, piece.pointer);
    };
    if (std::any_of(receipt().recovered.begin(), receipt().recovered.end(), says_it)) return true;
    if (change.kind == spec::Change::Kind::kMember) return false;
    // An item of a list: an entry that was recovered, or the id of a node that was.
    const auto is_it = [&](const std::string& text) {
      return spec::same_meaning(text, change.after->text);
    };
    if (std::any_of(texts_.begin(), texts_.end(), is_it)) return true;
    return change.path.size() > 2 && change.path.front() == "hierarchy" && names_a_node(change);
  }

  bool names_a_node(const spec::Change& change) const {
    json::Parser parser;
    json::Tree tree;
    if (!parser.parse(change.after->text, tree)) return false;
    const spec::Spec spec(tree_);
    const spec::Node* node = spec.find(tree.root().string());
    return change.path.back() == "children" && node != nullptr;
  }

  // Without a document that it was built on: each node and each entry is a piece.
  void check_all_known() {
    const auto is_piece = [&](const std::string& pointer) {
      return std::any_of(receipt().recovered.begin(), receipt().recovered.end(),
                         [&](const ReceiptPiece& piece) { return piece.pointer == pointer; });
    };
    std::vector<std::string> pointers;
    for (const json::Member member : tree_.root().find("hierarchy").members()) {
      pointers.push_back(tree_.pointer(member.value));
    }
    for (const json::Value entry : tree_.root().find("journal").elements()) {
      pointers.push_back(tree_.pointer(entry));
    }
    for (const std::string& pointer : pointers) {
      if (!is_piece(pointer)) problem("from no source: " + printable(pointer));
    }
  }

  // 2. and 3. of Markdown: its pieces are runs of lines, and but for blank ones there are no
  // others.
  void check_lines() {
    const auto result = read_result();
    if (!result) return;
    const std::vector<std::string_view> lines = lines_of(*result);
    std::vector<bool> known(lines.size());
    for (const ReceiptPiece& piece : receipt().recovered) {
      const auto bytes = piece_bytes(piece);
      const auto range = lines_named(piece.pointer);
      if (!bytes) continue;
      if (!range || range->end > lines.size() || joined(lines, *range) != *bytes) {
        problem(fmt::format("{} is not what source {} says", printable(piece.pointer),
                            printable(piece.source)));
        continue;
      }
      ++verified_.pieces;
      for (std::size_t i = range->begin; i < range->end; ++i) known[i] = true;
    }
    for (std::size_t i = 0; i < lines.size(); ++i) {
      if (known[i] || is_blank_text(lines[i])) continue;
      problem(fmt::format("from no source: line {}", i + 1));
    }
  }

  fs::path root_;
  store::RealFileSystem files_;
  std::optional<Result<std::unique_ptr<git::Repository>>> git_;
  std::map<std::string, std::string> sources_;
  std::string stated_;  // the result, its derived values as they were before
  json::Parser parser_;
  json::Tree tree_;  // of stated_
  std::vector<std::string> texts_;
  Verified verified_;
};

}  // namespace

Result<Verified> verify_receipt(const fs::path& proof) {
  store::RealFileSystem files;
  const auto real = files.real_path(proof);
  if (!real) return tl::unexpected(system_error("read", proof.string(), real.error().code));
  const auto bytes = store::read_whole(files, *real);
  if (!bytes) return tl::unexpected(system_error("read", proof.string(), bytes.error().code));
  auto receipt = read_receipt(*bytes);
  if (!receipt) {
    return fail(ErrorKind::kUsage, quoted_path(proof.string()) + ": " + receipt.error().message);
  }
  return Verification(*real, std::move(*receipt)).run();
}

}  // namespace sdd::workspace
