#include "workspace/repair/receipt.h"

#include <initializer_list>
#include <utility>

namespace sdd::workspace {
namespace {

constexpr const char* kSchema = "sdd-repair/1";

void write_span(json::Writer& out, Span span) {
  out.key("begin").integer(static_cast<std::int64_t>(span.begin));
  out.key("end").integer(static_cast<std::int64_t>(span.end));
}

void write_text(json::Writer& out, std::string_view name, std::string_view text) {
  out.key(name);
  text.empty() ? out.null() : out.string(text);
}

void write_changes(json::Writer& out, const char* name, const spec::Changes& changes) {
  out.key(name).begin_array();
  for (const spec::Change& change : changes) spec::write(out, change);
  out.end_array();
}

void write_source(json::Writer& out, const ReceiptSource& source) {
  out.begin_object();
  out.key("id").string(source.id);
  out.key("kind").string(source.kind);
  out.key("name").string(source.name);
  out.key("sha256").string(source.sha256);
  if (!source.blob.empty()) out.key("git").string(source.blob);
  if (!source.file.empty()) out.key("file").string(source.file);
  out.key("used").boolean(source.used);
  out.end_object();
}

std::string text_at(json::Value object, std::string_view name) {
  const json::Value value = object.find(name);
  return value.is_string() ? std::string(value.string()) : std::string();
}

Span span_at(json::Value object) {
  const auto begin = object.find("begin").integer();
  const auto end = object.find("end").integer();
  if (!begin || !end || *begin < 0 || *end < *begin) return {};
  return {static_cast<std::size_t>(*begin), static_cast<std::size_t>(*end)};
}

ReceiptSource read_source(json::Value one) {
  const json::Value used = one.find("used");
  return {text_at(one, "id"),
          text_at(one, "kind"),
          text_at(one, "name"),
          text_at(one, "sha256"),
          text_at(one, "git"),
          text_at(one, "file"),
          used.boolean().value_or(false)};
}

Result<spec::Changes> read_changes(json::Value list) {
  spec::Changes changes;
  for (const json::Value one : list.elements()) {
    auto change = spec::read_change(one);
    if (!change) return tl::unexpected(change.error());
    changes.push_back(std::move(*change));
  }
  return changes;
}

void read_texts(json::Value root, Receipt& receipt) {
  receipt.version = text_at(root, "version");
  receipt.time = text_at(root, "time");
  receipt.path = text_at(root, "path");
  receipt.home = text_at(root, "home");
  receipt.plan = text_at(root, "plan");
  receipt.original = text_at(root.find("original"), "path");
  receipt.original_sha256 = text_at(root.find("original"), "sha256");
  receipt.result = text_at(root.find("result"), "path");
  receipt.result_sha256 = text_at(root.find("result"), "sha256");
  receipt.base = text_at(root, "base");
}

}  // namespace

void write_damage(json::Writer& out, const std::vector<DamagedRange>& damage) {
  out.key("damage").begin_array();
  for (const DamagedRange& one : damage) {
    out.begin_object().key("kind").string(one.kind);
    write_span(out, one.span);
    out.end_object();
  }
  out.end_array();
}

void write_dropped(json::Writer& out, const std::vector<repair::Dropped>& dropped) {
  out.key("dropped").begin_array();
  for (const repair::Dropped& one : dropped) {
    out.begin_object();
    write_span(out, one.span);
    out.key("why").string(one.why).end_object();
  }
  out.end_array();
}

void write_lost(json::Writer& out, std::string_view name, const std::vector<repair::Lost>& lost) {
  out.key(name).begin_array();
  for (const repair::Lost& one : lost) {
    out.begin_object().key("pointer").string(one.pointer);
    out.key("why").string(one.why).end_object();
  }
  out.end_array();
}

std::string receipt_text(const Receipt& receipt) {
  json::Writer out(json::Writer::kIndented);
  out.begin_object();
  out.key("schema").string(kSchema);
  out.key("version").string(receipt.version);
  out.key("time").string(receipt.time);
  out.key("path").string(receipt.path);
  out.key("home").string(receipt.home);
  out.key("plan").string(receipt.plan);
  out.key("original").begin_object().key("path").string(receipt.original);
  out.key("sha256").string(receipt.original_sha256).end_object();
  out.key("result").begin_object().key("path").string(receipt.result);
  out.key("sha256").string(receipt.result_sha256).end_object();
  write_text(out, "base", receipt.base);
  write_damage(out, receipt.damage);
  out.key("sources").begin_array();
  for (const ReceiptSource& source : receipt.sources) write_source(out, source);
  out.end_array();
  out.key("recovered").begin_array();
  for (const ReceiptPiece& piece : receipt.recovered) {
    out.begin_object().key("pointer").string(piece.pointer);
    out.key("source").string(piece.source);
    write_span(out, piece.span);
    out.key("sha256").string(piece.sha256).end_object();
  }
  out.end_array();
  write_dropped(out, receipt.dropped);
  write_lost(out, "lost", receipt.lost);
  write_lost(out, "doubts", receipt.doubts);
  write_changes(out, "derived", receipt.derived);
  write_changes(out, "written", receipt.written);
  out.end_object();
  return out.text() + "\n";
}

Result<Receipt> read_receipt(const std::string& bytes) {
  json::Parser parser;
  json::Tree tree;
  if (!parser.parse(bytes, tree) || text_at(tree.root(), "schema") != kSchema) {
    return fail(ErrorKind::kUsage, "it is no receipt of 'sdd repair'");
  }
  const json::Value root = tree.root();
  Receipt receipt;
  read_texts(root, receipt);
  for (const json::Value one : root.find("damage").elements()) {
    receipt.damage.push_back({text_at(one, "kind"), span_at(one)});
  }
  for (const json::Value one : root.find("sources").elements()) {
    receipt.sources.push_back(read_source(one));
  }
  for (const json::Value one : root.find("recovered").elements()) {
    receipt.recovered.push_back(
        {text_at(one, "pointer"), text_at(one, "source"), span_at(one), text_at(one, "sha256")});
  }
  for (const json::Value one : root.find("dropped").elements()) {
    receipt.dropped.push_back({span_at(one), text_at(one, "why")});
  }
  for (const json::Value one : root.find("lost").elements()) {
    receipt.lost.push_back({text_at(one, "pointer"), text_at(one, "why")});
  }
  for (const json::Value one : root.find("doubts").elements()) {
    receipt.doubts.push_back({text_at(one, "pointer"), text_at(one, "why")});
  }
  auto derived = read_changes(root.find("derived"));
  if (!derived) return tl::unexpected(derived.error());
  receipt.derived = std::move(*derived);
  auto written = read_changes(root.find("written"));
  if (!written) return tl::unexpected(written.error());
  receipt.written = std::move(*written);
  return receipt;
}

}  // namespace sdd::workspace
