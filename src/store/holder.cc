#include "store/holder.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/strings.h"
#include "store/line.h"

namespace sdd::store {

std::string holder_line(const Holder& holder) {
  LineWriter out;
  out.number("pid", holder.pid).text("host", holder.host).text("command", holder.command);
  out.texts("ids", holder.ids).text("since", format_rfc3339(holder.since));
  return out.sealed();
}

std::optional<Holder> parse_holder(std::string_view text) {
  const std::size_t end = text.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  std::optional<LineReader> in = LineReader::open(text.substr(0, end));
  Holder holder;
  std::string since;
  if (!in || !in->number("pid", holder.pid) || !in->text("host", holder.host) ||
      !in->text("command", holder.command) || !in->texts("ids", holder.ids) ||
      !in->text("since", since) || !in->at_end()) {
    return std::nullopt;
  }
  const std::optional<Timestamp> time = parse_rfc3339(since);
  if (!time) return std::nullopt;
  holder.since = *time;
  return holder;
}

std::string describe(const Holder& holder, Timestamp now) {
  std::string call = "sdd " + holder.command;
  for (const std::string& id : holder.ids) call += ' ' + id;
  const std::int64_t tenths =
      std::max<std::int64_t>(now.microseconds - holder.since.microseconds, 0) / 100'000;
  return fmt::format("{} (pid {} on {}, for {}.{} s)", quote(call), holder.pid,
                     printable(holder.host), tenths / 10, tenths % 10);
}

}  // namespace sdd::store
