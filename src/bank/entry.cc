#include "bank/entry.h"

#include <algorithm>
#include <array>

#include "base/strings.h"

namespace sdd::bank {
namespace {

constexpr std::array<std::string_view, 10> kNames = {
    "", "Spec", "SDD Spec", "Owner", "Branch", "Summary", "Tests", "Risks", "Started", "Done"};

bool same_letters(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(),
                                            [&](char x, char y) { return lower(x) == lower(y); });
}

// "N/A", "N/A: no spec needed", "None (docs only)"; not "none-such/x.md".
bool names_nothing(std::string_view value) {
  const auto goes_on = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
           c == '-' || c == '/';
  };
  for (const std::string_view word : {"N/A", "None", "TBD", "-", "—"}) {
    if (value.size() < word.size() || !same_letters(value.substr(0, word.size()), word)) continue;
    const std::string_view rest = value.substr(word.size());
    if (rest.empty() || !goes_on(rest[rest[0] == '.' && rest.size() > 1 ? 1 : 0])) return true;
  }
  return value.empty();
}

// The first text between equal runs of back-ticks.
std::optional<PathValue> ticked(Piece value) {
  const std::string_view text = value.view();
  const std::size_t open = text.find('`');
  if (open == std::string_view::npos) return std::nullopt;
  std::size_t run = text.find_first_not_of('`', open);
  if (run == std::string_view::npos) return std::nullopt;
  run -= open;
  const std::size_t close = text.find(text.substr(open, run), open + run);
  if (close == std::string_view::npos) return std::nullopt;
  PathValue found;
  found.whole = value.part(open, close + run - open);
  found.path = value.part(open + run, close - open - run).trimmed();
  if (found.path.empty()) return std::nullopt;
  return found;
}

// The target of `[text](target)`, with which the value begins.
std::optional<PathValue> linked(Piece value) {
  const std::string_view text = value.view();
  if (!text.starts_with('[')) return std::nullopt;
  const std::size_t middle = text.find("](");
  if (middle == std::string_view::npos) return std::nullopt;
  const std::size_t close = text.find(')', middle);
  if (close == std::string_view::npos) return std::nullopt;
  PathValue found;
  found.form = PathValue::Form::kLink;
  found.whole = value.part(0, close + 1);
  found.path = value.part(middle + 2, close - middle - 2).trimmed();
  const std::string_view path = found.path.view();
  if (path.empty() || path.find_first_of(" \t\n") != std::string_view::npos) return std::nullopt;
  if (path.find("://") != std::string_view::npos) return std::nullopt;
  return found;
}

std::optional<PathValue> bare(Piece value) {
  const std::string_view text = value.view();
  PathValue found;
  found.form = PathValue::Form::kBare;
  found.whole = value.part(0, std::min(text.find_first_of(" \t\r\n"), text.size()));
  std::string_view word = found.whole.view();
  while (!word.empty() && (word.back() == '.' || word.back() == ',' || word.back() == ';')) {
    word.remove_suffix(1);
  }
  found.whole = found.path = value.part(0, word.size());
  const bool like_a_path =
      word.find('/') != std::string_view::npos || word.ends_with(".md") || word.ends_with(".json");
  if (!like_a_path || word.find("://") != std::string_view::npos) return std::nullopt;
  return found;
}

}  // namespace

Key key_of(std::string_view name) {
  for (std::size_t i = 1; i < kNames.size(); ++i) {
    if (same_letters(name, kNames[i])) return static_cast<Key>(i);
  }
  return Key::kOther;
}

std::string_view name_of(Key key) { return kNames[static_cast<std::size_t>(key)]; }

std::optional<PathValue> Field::path() const {
  if (names_nothing(value.view())) return std::nullopt;
  if (auto found = linked(value)) return found;
  if (auto found = ticked(value)) return found;
  return bare(value);
}

std::vector<std::string_view> TaskEntry::tag_list() const {
  std::vector<std::string_view> list;
  const std::string_view text = tags.view();
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(']', at), text.size());
    list.push_back(text.substr(at + 1, end - at - 1));
    at = end + 1;
  }
  return list;
}

const Field* TaskEntry::field(Key key) const {
  for (const Field& field : fields) {
    if (field.id == key) return &field;
  }
  return nullptr;
}

std::optional<Date> TaskEntry::date() const {
  const Field* first = field(done ? Key::kDone : Key::kStarted);
  if (first != nullptr && first->date()) return first->date();
  const Field* second = field(done ? Key::kStarted : Key::kDone);
  return second == nullptr ? std::nullopt : second->date();
}

std::vector<std::string_view> TaskEntry::subjects() const { return node_ids(title.view()); }

std::vector<std::string_view> node_ids(std::string_view text) {
  const auto is_word = [&](char c) {
    return is_digit(c) || c == '-' || c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  };
  std::vector<std::string_view> ids;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (at > 0 && is_word(text[at - 1])) continue;
    std::size_t end = at;
    for (const std::string_view kind : {"task", "verify", "phase"}) {
      if (text.substr(at).starts_with(kind)) end = at + kind.size();
    }
    const std::size_t numbers = end;
    while (end > at && end + 1 < text.size() && text[end] == '-' && is_digit(text[end + 1])) {
      end = std::min(text.find_first_not_of("0123456789", end + 1), text.size());
    }
    if (end == numbers || (end < text.size() && is_word(text[end]))) continue;
    const std::string_view id = text.substr(at, end - at);
    if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
    at = end - 1;
  }
  return ids;
}

}  // namespace sdd::bank
