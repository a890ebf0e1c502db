#include "workspace/repair/repair.h"

#include <fmt/core.h>

#include <cstdlib>

#include "base/strings.h"
#include "cli/answer.h"
#include "cli/app.h"
#include "cli/command.h"
#include "cli/update_run.h"
#include "report/findings_json.h"
#include "report/unified_diff.h"
#include "workspace/repair/undo.h"
#include "workspace/repair/verify.h"

namespace sdd::cli {
namespace {

using workspace::Receipt;
using workspace::Repaired;

constexpr Option kRepairOptions[] = {
    {"SPEC", Takes::kOptional, nullptr,
     "the spec's id, or the path of its file; or that of a Markdown file of the memory bank"},
    {"--dry-run", Takes::kNothing, nullptr, "tell the plan, change nothing"},
    {"--accept-loss", Takes::kValue, "PLAN", "agree to this plan, and to what it says is lost"},
    {"--from", Takes::kList, "REV-OR-FILE", "ask this revision or file first; may be repeated"},
    {"--replay", Takes::kNothing, nullptr, "bring lost updates back from the update log"},
    {"--undo", Takes::kNothing, nullptr, "put back what stood there before the last fix or repair"},
    {"--verify", Takes::kValue, "PROOF", "check a receipt again, from its sources"},
    {"--author", Takes::kValue, "NAME", "who signs a note about an entry that is lost"},
    {"--lock-timeout", Takes::kValue, "SECONDS", "how long to wait for the lock (10)"},
    {"--no-lock", Takes::kNothing, nullptr,
     "go on where the file system has no locks that exclude anybody"},
};

constexpr int kNotVerified = 2;
constexpr int kNothingDone = 5;

void write_text(json::Writer& out, const char* name, const std::string& text) {
  out.key(name);
  text.empty() ? out.null() : out.string(text);
}

void write_repaired(json::Writer& out, const Repaired& repaired) {
  const Receipt& receipt = repaired.receipt;
  out.begin_object();
  out.key("status").string(to_string(repaired.status));
  write_text(out, "plan", receipt.plan);
  workspace::write_damage(out, receipt.damage);
  out.key("sources").begin_array();
  for (const workspace::ReceiptSource& source : receipt.sources) {
    out.begin_object().key("id").string(source.id);
    out.key("kind").string(source.kind);
    out.key("name").string(source.name);
    out.key("sha256").string(source.sha256).end_object();
  }
  out.end_array();
  out.key("recovered").begin_array();
  for (const workspace::ReceiptPiece& piece : receipt.recovered) {
    out.begin_object().key("pointer").string(piece.pointer);
    out.key("source").string(piece.source);
    out.key("begin").integer(static_cast<std::int64_t>(piece.span.begin));
    out.key("end").integer(static_cast<std::int64_t>(piece.span.end)).end_object();
  }
  out.end_array();
  workspace::write_dropped(out, receipt.dropped);
  workspace::write_lost(out, "lost", receipt.lost);
  if (!receipt.doubts.empty()) workspace::write_lost(out, "doubts", receipt.doubts);
  out.key("path").string(receipt.path);
  write_text(out, "original", receipt.original);
  write_text(out, "proof", repaired.proof);
  out.key("findings").begin_array();
  for (const report::Located& one : repaired.findings) {
    report::write_finding(out, receipt.path, one);
  }
  out.end_array();
  if (!repaired.remarks.empty()) {
    out.key("remarks").begin_array();
    for (const std::string& remark : repaired.remarks) out.string(remark);
    out.end_array();
  }
  out.end_object();
}

std::string source_name(const Receipt& receipt, const std::string& id) {
  for (const workspace::ReceiptSource& source : receipt.sources) {
    if (source.id == id && id != "file") return id + " (" + printable(source.name) + ")";
  }
  return id == "file" ? "the file itself" : id;
}

std::string pieces_text(const Receipt& receipt) {
  constexpr std::size_t kShown = 40;
  std::string out;
  std::size_t told = 0;
  for (const workspace::ReceiptPiece& piece : receipt.recovered) {
    const bool kept = piece.pointer.empty() && receipt.damage.empty();  // it was whole
    if (kept || ++told > kShown) continue;
    out += fmt::format("  {}  from {}, bytes {} to {}\n",
                       piece.pointer.empty() ? "the document" : printable(piece.pointer),
                       source_name(receipt, piece.source), piece.span.begin, piece.span.end);
  }
  if (told > kShown) out += fmt::format("  and {} more\n", told - kShown);
  return out;
}

std::string doubts_text(const Receipt& receipt) {
  if (receipt.doubts.empty()) return "";
  return fmt::format(
      "of the document {} where pieces of two versions could meet, and no other source confirms\n"
      "  them; the receipt names them\n",
      receipt.doubts.size() == 1 ? "1 statement stands"
                                 : fmt::format("{} statements stand", receipt.doubts.size()));
}

std::string text_of(const Repaired& repaired, const std::string& command_line) {
  const Receipt& receipt = repaired.receipt;
  if (repaired.status == Repaired::Status::kClean) {
    return printable(receipt.path) + ": nothing to repair\n";
  }
  std::string out;
  for (const workspace::DamagedRange& one : receipt.damage) {
    out += fmt::format("{}: {}, bytes {} to {}\n", printable(receipt.path), one.kind,
                       one.span.begin, one.span.end);
  }
  const std::string pieces = pieces_text(receipt);
  if (!pieces.empty()) out += "recovered\n" + pieces;
  if (!receipt.dropped.empty()) out += "not used\n";
  for (const repair::Dropped& one : receipt.dropped) {
    out += fmt::format("  bytes {} to {}: {}\n", one.span.begin, one.span.end, printable(one.why));
  }
  if (!receipt.derived.empty()) out += "computed anew\n";
  for (const spec::Change& change : receipt.derived) out += "  " + spec::to_line(change) + "\n";
  if (!receipt.written.empty()) out += "written, because the original is lost\n";
  for (const spec::Change& change : receipt.written) out += "  " + spec::to_line(change) + "\n";
  if (!receipt.lost.empty()) out += "lost\n";
  for (const repair::Lost& one : receipt.lost) {
    out += fmt::format("  {}{}{}\n", printable(one.pointer), one.pointer.empty() ? "" : ": ",
                       printable(one.why));
  }
  out += doubts_text(receipt);
  for (const report::Located& one : repaired.findings) {
    out += fmt::format("  {} {}\n", one.finding.rule->code, one.finding.message);
  }
  if (!receipt.original.empty())
    out += "the file from before is kept in " + printable(receipt.original) + "\n";
  switch (repaired.status) {
    case Repaired::Status::kRepaired:
      return out + "receipt in " + printable(repaired.proof) + "\nrepaired\n";
    case Repaired::Status::kPlanned:
      if (receipt.plan.empty() || (receipt.lost.empty() && receipt.written.empty())) {
        return out + "nothing was changed\n";
      }
      return out + "nothing was changed; to go on without what is lost:\n  " + command_line +
             " --accept-loss " + receipt.plan + "\n";
    default:
      return out + "refused: nothing was changed\n";
  }
}

Result<int> run_verify(const Session& session, const Arguments& arguments) {
  const auto verified =
      workspace::verify_receipt(session.places().current / arguments.text("--verify"));
  if (!verified) return tl::unexpected(verified.error());
  for (const std::string& remark : verified->remarks) session.tell("sdd: " + remark);
  const bool holds = verified->problems.empty();
  return answer(
      session,
      [&](json::Writer& out) {
        out.begin_object().key("status").string(holds ? "verified" : "failed");
        out.key("path").string(verified->receipt.path);
        out.key("sources").integer(static_cast<std::int64_t>(verified->sources));
        out.key("pieces").integer(static_cast<std::int64_t>(verified->pieces));
        out.key("problems").begin_array();
        for (const std::string& problem : verified->problems) out.string(problem);
        out.end_array().end_object();
      },
      [&] {
        std::string out;
        for (const std::string& problem : verified->problems) {
          out += "does not hold: " + problem + "\n";
        }
        return out + fmt::format("{}: {}, {} read again{}\n", printable(verified->receipt.path),
                                 counted(verified->pieces, "piece"),
                                 counted(verified->sources, "source"),
                                 holds ? "; the receipt holds" : "");
      },
      holds ? 0 : kNotVerified);
}

Result<int> run_undo(const Session& session, const workspace::UpdateRequest& options,
                     const std::string& file) {
  workspace::UndoRequest request;
  request.file = file;
  request.dry_run = options.dry_run;
  request.without_lock = options.without_lock;
  request.lock_timeout = options.lock_timeout;
  const auto undone = workspace::undo_repair(request, session.places());
  if (!undone) return tl::unexpected(undone.error());
  for (const std::string& remark : undone->remarks) session.tell("sdd: " + remark);
  return answer(
      session,
      [&](json::Writer& out) {
        out.begin_object().key("status").string(options.dry_run ? "planned" : "undone");
        out.key("path").string(undone->path);
        out.key("command").string(undone->command);
        out.key("time").string(undone->time);
        out.key("source").string(undone->source);
        out.key("revision").string(undone->revision).end_object();
      },
      [&] {
        return fmt::format("{}: {} the '{}' of {}, from {}\n", printable(undone->path),
                           options.dry_run ? "would undo" : "undid", printable(undone->command),
                           undone->time, printable(undone->source));
      });
}

// The command line that this one repeats, for who agrees to a plan.
std::string command_line_of(const Arguments& arguments) {
  std::string line = "sdd repair " + printable(arguments.text("SPEC"));
  for (const std::string& from : arguments.list("--from")) line += " --from " + printable(from);
  if (arguments.has("--replay")) line += " --replay";
  return line;
}

Result<int> run_repair(const Session& session, const Arguments& arguments) {
  if (arguments.has("--verify")) return run_verify(session, arguments);
  const std::string file = arguments.text("SPEC");
  if (file.empty()) {
    return fail(ErrorKind::kUsage, "what is to be repaired? sdd repair SPEC, or --verify PROOF");
  }
  workspace::UpdateRequest options;
  if (const auto taken = take_update_options(arguments, options); !taken) {
    return tl::unexpected(taken.error());
  }
  if (arguments.has("--undo")) return run_undo(session, options, file);
  workspace::RepairRequest request;
  request.file = file;
  request.version = version();
  request.accept_loss = arguments.text("--accept-loss");
  request.from = arguments.list("--from");
  request.replay = arguments.has("--replay");
  request.dry_run = options.dry_run;
  request.without_lock = options.without_lock;
  request.lock_timeout = options.lock_timeout;
  request.occasion = {now(), std::getenv("SDD_NOW") != nullptr,
                      author_of(arguments, session.places().current)};
  const auto repaired = workspace::repair_file(request, session.places());
  if (!repaired) return tl::unexpected(repaired.error());
  for (const std::string& remark : repaired->remarks) session.tell("sdd: " + remark);
  const Receipt& receipt = repaired->receipt;
  const bool loses = !receipt.lost.empty() || !receipt.written.empty();
  const bool stays = repaired->status == Repaired::Status::kRefused ||
                     (repaired->status == Repaired::Status::kPlanned && loses);
  auto told = answer(
      session, [&](json::Writer& out) { write_repaired(out, *repaired); },
      [&] { return text_of(*repaired, command_line_of(arguments)); }, stays ? kNothingDone : 0);
  if (told || repaired->status != Repaired::Status::kRepaired) return told;
  return tl::unexpected(Session::printed_when_done(tl::unexpected(told.error())).error());
}

}  // namespace

extern const Command kRepair;
constinit const Command kRepair = {
    .name = "repair",
    .summary = "make a damaged file whole again, with a receipt and without inventing anything",
    .details =
        "For files that do not parse (SDD0xx), lost journal entries (SDD402) and lost updates\n"
        "(SDD901). The damaged bytes are copied first; then everything that is still known of the\n"
        "file is asked: its own pieces, git, backups, leftovers, the update log. Where something "
        "is\n"
        "lost, nothing is written until somebody agrees to that very plan (exit code 5 until "
        "then).",
    .example = "sdd repair billing-2026-02-11-001",
    .options = kRepairOptions,
    .run = run_repair};

}  // namespace sdd::cli
