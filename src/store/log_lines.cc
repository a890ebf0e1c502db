#include "store/log_lines.h"

#include <algorithm>
#include <functional>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "store/line.h"

namespace sdd::store {
namespace {

bool take_time(LineReader& in, std::string_view name, Timestamp& time) {
  std::string text;
  if (!in.text(name, text)) return false;
  const std::optional<Timestamp> parsed = parse_rfc3339(text);
  if (parsed) time = *parsed;
  return parsed.has_value();
}

bool take_count(LineReader& in, std::string_view name, std::uint64_t& value) {
  std::int64_t number = 0;
  if (!in.number(name, number)) return false;
  // Inodes use all 64 bits; they are written as if they had a sign.
  value = static_cast<std::uint64_t>(number);
  return true;
}

bool take_update(LineReader& in, Update& update) {
  return in.text("id", update.id) && take_time(in, "time", update.time) &&
         in.number("pid", update.pid) && in.text("host", update.host) &&
         in.text("command", update.command) && in.text("before", update.before) &&
         in.text("after", update.after) && in.raw("changes", update.changes) && in.at_end();
}

bool take_acknowledgement(LineReader& in, Acknowledgement& done) {
  return in.text("done", done.id) && take_time(in, "time", done.time) &&
         take_count(in, "inode", done.stamp.inode) && take_count(in, "size", done.stamp.size) &&
         in.number("modified", done.stamp.modified) && in.raw("answer", done.answer) && in.at_end();
}

// Calls `visit` for each whole line, without its end.
void each_line(std::string_view bytes, const std::function<void(std::string_view)>& visit) {
  for (std::size_t end = bytes.find('\n'); end != std::string_view::npos; end = bytes.find('\n')) {
    visit(bytes.substr(0, end));
    bytes.remove_prefix(end + 1);
  }
}

std::size_t torn_bytes(std::string_view bytes) {
  const std::size_t last = bytes.rfind('\n');
  return last == std::string_view::npos ? bytes.size() : bytes.size() - last - 1;
}

class LogParser {
 public:
  void take_line(std::string_view line) {
    std::optional<LineReader> in = LineReader::open(line);
    if (in && take(*in)) return;
    ++content_.losses.lines;
    content_.losses.bytes += line.size() + 1;
    gap_ = content_.updates.size();
  }

  LogContent finish(std::size_t torn) {
    content_.losses.torn = torn;
    for (std::size_t i = 0; i < gap_; ++i) content_.updates[i].gap_behind = true;
    // An update that was intended again stands where it was intended last.
    std::erase_if(content_.updates, [](const Update& update) { return update.id.empty(); });
    return std::move(content_);
  }

 private:
  bool take(LineReader& in) {
    if (in.next_is("id")) return take_intent(in);
    if (in.next_is("done")) return take_done(in);
    if (in.next_is("forgotten")) return take_forgotten(in);
    return in.next_is("cut") && take_cut(in);
  }

  bool take_intent(LineReader& in) {
    Update update;
    if (!take_update(in, update) || update.id.empty()) return false;
    const auto [found, is_new] = places_.try_emplace(update.id, content_.updates.size());
    if (!is_new) {
      Update& old = content_.updates[found->second];
      update.earlier = std::move(old.earlier);
      update.earlier.push_back(std::move(old.before));
      update.earlier.push_back(std::move(old.after));
      old.id.clear();
      found->second = content_.updates.size();
    }
    content_.updates.push_back(std::move(update));
    return true;
  }

  bool take_done(LineReader& in) {
    Acknowledgement done;
    if (!take_acknowledgement(in, done)) return false;
    Update* update = find(done.id);
    if (update == nullptr) return false;
    update->done = done.stamp;
    update->answer = std::move(done.answer);
    return true;
  }

  bool take_forgotten(LineReader& in) {
    std::string id;
    Timestamp time;
    if (!in.text("forgotten", id) || !take_time(in, "time", time) || !in.at_end()) return false;
    Update* update = find(id);
    if (update == nullptr) return false;
    update->forgotten = true;
    return true;
  }

  bool take_cut(LineReader& in) {
    std::uint64_t updates = 0;
    std::uint64_t lost = 0;
    Timestamp until;
    if (!take_count(in, "cut", updates) || !take_count(in, "lost", lost) ||
        !take_time(in, "time", until) || !in.at_end()) {
      return false;
    }
    content_.cut += updates;
    content_.losses.lines += lost;
    if (updates > 0) content_.cut_until = until;
    if (lost > 0) gap_ = content_.updates.size();
    return true;
  }

  Update* find(const std::string& id) {
    const auto found = places_.find(id);
    return found == places_.end() ? nullptr : &content_.updates[found->second];
  }

  LogContent content_;
  std::size_t gap_ = 0;  // updates[0, gap_) have lost lines behind them
  std::unordered_map<std::string, std::size_t> places_;
};

}  // namespace

std::string log_line(const Update& update) {
  LineWriter out;
  out.text("id", update.id).text("time", format_rfc3339(update.time)).number("pid", update.pid);
  out.text("host", update.host).text("command", update.command);
  out.text("before", update.before).text("after", update.after).raw("changes", update.changes);
  return out.sealed();
}

std::string log_line(const Acknowledgement& acknowledgement) {
  LineWriter out;
  out.text("done", acknowledgement.id).text("time", format_rfc3339(acknowledgement.time));
  out.number("inode", static_cast<std::int64_t>(acknowledgement.stamp.inode));
  out.number("size", static_cast<std::int64_t>(acknowledgement.stamp.size));
  out.number("modified", acknowledgement.stamp.modified).raw("answer", acknowledgement.answer);
  return out.sealed();
}

std::string forgotten_line(std::string_view id, Timestamp time) {
  return LineWriter().text("forgotten", id).text("time", format_rfc3339(time)).sealed();
}

std::string cut_line(std::size_t updates, std::size_t lost_lines, Timestamp until) {
  LineWriter out;
  out.number("cut", static_cast<std::int64_t>(updates));
  out.number("lost", static_cast<std::int64_t>(lost_lines)).text("time", format_rfc3339(until));
  return out.sealed();
}

std::string gap_line() { return cut_line(0, 1, Timestamp{}); }

LogContent parse_log(std::string_view bytes) {
  LogParser parser;
  each_line(bytes, [&](std::string_view line) { parser.take_line(line); });
  return parser.finish(torn_bytes(bytes));
}

std::string newer_half(std::string_view bytes, std::size_t most_updates, std::size_t most_bytes) {
  // 1. What is kept: updates from the end, as long as there is room for the whole of them.
  const LogContent log = parse_log(bytes);
  std::unordered_map<std::string, std::size_t> sizes;
  std::vector<std::pair<std::string_view, std::string>> lines;  // with the update each speaks of
  each_line(bytes, [&](std::string_view line) {
    std::optional<LineReader> in = LineReader::open(line);
    std::string id;
    if (!in) return;
    for (const char* name : {"id", "done", "forgotten"}) {
      if (in->next_is(name)) in->text(name, id);
    }
    if (id.empty()) return;
    sizes[id] += line.size() + 1;
    lines.emplace_back(line, std::move(id));
  });
  std::unordered_set<std::string> kept;
  std::size_t size = 0;
  for (auto update = log.updates.rbegin(); update != log.updates.rend(); ++update) {
    size += sizes[update->id];
    if (!kept.empty() && (kept.size() >= most_updates / 2 || size > most_bytes / 2)) break;
    kept.insert(update->id);
  }
  // 2. Their lines, behind one that tells how many went.
  const std::size_t gone = log.updates.size() - kept.size();
  Timestamp until = log.cut_until.value_or(Timestamp{});
  for (std::size_t i = 0; i < gone; ++i) until = std::max(until, log.updates[i].time);
  std::string newer = cut_line(log.cut + gone, log.losses.lines, until);
  for (const auto& [line, id] : lines) {
    if (!kept.contains(id)) continue;
    newer += line;
    newer += '\n';
  }
  return newer;
}

}  // namespace sdd::store
