// 1. The box, the tags and the title are the item's first paragraph.
// 2. Every item of a list inside the item is a field, or a free bullet.
// 3. Each of these notes where it leaves the form.
#include "bank/entry_reader.h"

#include <algorithm>

#include "bank/outline.h"

namespace sdd::bank {
namespace {

using Odd = Irregularity::Kind;

bool is_line_end(char c) { return c == '\n' || c == '\r'; }

// Behind the marker of a list item and the blanks that follow it; a stray CR is one.
std::size_t behind_marker(std::string_view bytes, const Block& item) {
  std::size_t at = item.begin;
  while (at < item.end && bytes[at] >= '0' && bytes[at] <= '9') ++at;
  if (at < item.end) ++at;
  while (at < item.end && (is_blank(bytes[at]) || bytes[at] == '\r')) ++at;
  return at;
}

// The length of "[TAG][TAG]" at the beginning of `text`; 0: no tags. A Markdown link is none.
std::size_t tags_length(std::string_view text) {
  const auto is_tag = [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '/' ||
           c == '-' || c == '_';
  };
  std::size_t at = 0;
  while (at < text.size() && text[at] == '[') {
    const std::size_t first = at + 1;
    std::size_t end = first;
    while (end < text.size() && is_tag(text[end])) ++end;
    if (end == first || end == text.size() || text[end] != ']') break;
    at = end + 1;
  }
  return at < text.size() && text[at] == '(' ? 0 : at;
}

// Whether all letters are capitals: what tags without stars must be, or any bracket would be one.
bool is_capital(std::string_view tags) {
  return std::none_of(tags.begin(), tags.end(), [](char c) { return c >= 'a' && c <= 'z'; }) &&
         std::any_of(tags.begin(), tags.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

// Finds tags and title in what follows the box.
class HeadReader {
 public:
  HeadReader(Piece content, TaskEntry& entry, std::vector<Irregularity>& irregularities)
      : content_(content), text_(content.view()), entry_(&entry), list_(&irregularities) {}

  void read() {
    entry_->title = content_;
    if (text_.starts_with("**[")) {
      bold();
    } else if (const std::size_t length = tags_length(text_);
               length > 0 && is_capital(text_.substr(0, length))) {
      take(content_.part(0, length), length);
      note(Odd::kPlainTags, length, "**" + std::string(entry_->tags.view()) + "**");
    }
  }

 private:
  // `**[TAG]** Title`, or `**[TAG] Title**`.
  void bold() {
    const std::size_t length = tags_length(text_.substr(2));
    if (length == 0) return;
    const std::size_t behind = 2 + length;
    const Piece tags = content_.part(2, length);
    if (text_.substr(behind).starts_with("**")) return take(tags, behind + 2);
    const std::size_t close = text_.find("**", behind);
    if (close == std::string_view::npos) return;
    const Piece title = content_.part(behind, close - behind).trimmed();
    const bool whole = text_.find_first_not_of(" \t\r\n", close + 2) == std::string_view::npos;
    if (title.empty()) return take(tags, close + 2);
    if (whole) {
      entry_->tags = tags;
      entry_->title = title;
    } else {
      take(tags, behind);
    }
    note(Odd::kBoldTitle, close + 2,
         "**" + std::string(tags.view()) + "** " + std::string(title.view()));
  }

  void take(Piece tags, std::size_t behind) {
    entry_->tags = tags;
    entry_->title = content_.part(behind, content_.size - behind).trimmed();
  }

  void note(Odd kind, std::size_t length, std::string replacement) {
    list_->push_back({kind, content_.part(0, length), std::move(replacement), true});
  }

  Piece content_;
  std::string_view text_;
  TaskEntry* entry_;
  std::vector<Irregularity>* list_;
};

// Whether a word before a colon can be a key: it begins with a letter, is short, and is plain.
bool is_key(std::string_view name) {
  constexpr std::size_t kLongest = 48;
  if (name.empty() || name.size() > kLongest || is_blank(name.back())) return false;
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  return is_letter(name.front()) && name.find_first_of("`*[]<>\"{}|\\") == std::string_view::npos;
}

// Notes what is irregular about a field that was read.
class FieldChecker {
 public:
  FieldChecker(std::string_view bytes, std::vector<Irregularity>& list)
      : bytes_(bytes), list_(&list) {}

  void check(const Field& field) {
    if (field.id == Key::kOther) return;
    const std::size_t colon = field.key.end();
    if (!field.value.empty() && field.value.begin == colon + 1) {
      list_->push_back({Odd::kNoBlank, Piece::of(bytes_, field.key.begin, field.value.begin),
                        std::string(field.key.view()) + ": ", true});
    }
    if (field.id == Key::kSpec || field.id == Key::kSddSpec) check_path(field);
    if (field.id == Key::kBranch) check_branch(field);
  }

 private:
  void check_path(const Field& field) {
    const std::optional<PathValue> path = field.path();
    if (!path) return;
    const std::string_view text = path->path.view();
    std::string straight = unmangled(text);
    if (straight != text) {
      list_->push_back({Odd::kMangledPath, path->whole, "`" + straight + "`", true});
    } else if (path->form == PathValue::Form::kLink) {
      const std::string_view whole = path->whole.view();
      const std::string_view shown = whole.substr(1, whole.find("](") - 1);
      const bool says_the_same = shown == text || "`" + std::string(text) + "`" == shown ||
                                 (text.ends_with(shown) && !shown.empty());
      list_->push_back(
          {Odd::kLinkedPath, path->whole, "`" + std::string(text) + "`", says_the_same});
    } else if (path->form == PathValue::Form::kBare) {
      list_->push_back({Odd::kBarePath, path->whole, "`" + std::string(text) + "`", true});
    }
  }

  void check_branch(const Field& field) {
    const std::string_view text = field.value.view();
    if (text.find_first_of("`\n") != std::string_view::npos) return;
    const std::optional<PathValue> path = field.path();
    if (!path || path->form != PathValue::Form::kBare || path->whole.size != text.size()) return;
    list_->push_back({Odd::kBarePath, field.value, "`" + std::string(text) + "`", true});
  }

  // `2026-01-01**docs**guide.md` with `__` again. A real pattern (`**/`) is left alone.
  static std::string unmangled(std::string_view path) {
    std::string straight(path);
    if (path.find("**/") != std::string_view::npos || path.find("/**") != std::string_view::npos) {
      return straight;
    }
    for (std::size_t at = straight.find("**"); at != std::string::npos;
         at = straight.find("**", at)) {
      straight.replace(at, 2, "__");
    }
    return straight;
  }

  std::string_view bytes_;
  std::vector<Irregularity>* list_;
};

// The blank lines in [from, to), without the line end before them; an empty piece: none.
Piece blank_lines(std::string_view bytes, std::size_t from, std::size_t to) {
  const std::string_view gap = bytes.substr(from, to - from);
  const std::size_t first = gap.find('\n');
  if (first == std::string_view::npos) return {};
  const std::size_t last = gap.rfind('\n');
  return first == last ? Piece{} : Piece::of(bytes, from + first + 1, from + last + 1);
}

}  // namespace

std::optional<BoxItem> box_of(std::string_view bytes, const Blocks& blocks, std::size_t index) {
  const Block& item = blocks.list[index];
  const std::size_t at = behind_marker(bytes, item);
  if (item.end - std::min<std::size_t>(at, item.end) < 3) return std::nullopt;
  if (bytes[at] != '[' || bytes[at + 2] != ']') return std::nullopt;
  const char mark = bytes[at + 1];
  if (mark != ' ' && mark != 'x' && mark != 'X') return std::nullopt;
  // The paragraph that the box stands in; `[x]**[TAG]**` is a box too.
  if (index + 1 >= item.after || blocks.list[index + 1].kind != BlockKind::kParagraph) {
    return std::nullopt;
  }
  const std::size_t end = std::max<std::size_t>(blocks.list[index + 1].end, at + 3);
  if (end > at + 3 && !is_blank(bytes[at + 3]) && !is_line_end(bytes[at + 3]) &&
      bytes[at + 3] != '*') {
    return std::nullopt;
  }
  BoxItem box;
  box.mark = Piece::of(bytes, at, at + 3);
  box.content = Piece::of(bytes, at + 3, end).trimmed();
  box.ticked = mark != ' ';
  return box;
}

Field field_of(std::string_view bytes, const Block& item) {
  Field field;
  const std::size_t at = std::min<std::size_t>(behind_marker(bytes, item), item.end);
  field.whole = Piece::of(bytes, item.begin, item.end);
  const Piece text = Piece::of(bytes, at, item.end);
  const std::string_view line = text.first_line().view();
  const std::size_t colon = line.find(':');
  const std::string_view name = line.substr(0, std::min(colon, line.size()));
  const bool plain = colon != std::string_view::npos && is_key(name);
  const bool spaced = plain && (colon + 1 == line.size() || is_blank(line[colon + 1]));
  const Key id = plain ? key_of(name) : Key::kOther;
  if (!plain || (!spaced && id == Key::kOther)) {
    field.value = text.trimmed();
    return field;
  }
  field.id = id;
  field.key = text.part(0, colon);
  field.value = text.part(colon + 1, text.size - colon - 1).trimmed();
  return field;
}

ReadEntry read_entry(std::string_view bytes, const Blocks& blocks, std::size_t index,
                     const BoxItem& box, std::vector<Field>& fields,
                     std::vector<Irregularity>& irregularities) {
  ReadEntry read;
  const Block& item = blocks.list[index];
  const std::size_t noted = irregularities.size();
  read.entry.whole = Piece::of(bytes, item.begin, item.end);
  read.entry.done = box.ticked;
  if (box.mark.view() == "[X]")
    irregularities.push_back({Odd::kUpperCaseBox, box.mark, "[x]", true});
  HeadReader(box.content, read.entry, irregularities).read();
  FieldChecker checker(bytes, irregularities);
  std::size_t last_end = blocks.list[index + 1].end;
  for (std::size_t i = index + 2; i < item.after;) {
    const Block& block = blocks.list[i];
    if (block.kind == BlockKind::kList) {
      ++i;  // into the list
      continue;
    }
    i = block.after;
    if (block.kind != BlockKind::kItem) {
      read.entry.loose = true;
      continue;
    }
    const Piece blank = blank_lines(bytes, last_end, block.begin);
    if (!blank.empty()) irregularities.push_back({Odd::kBlankLine, blank, "", true});
    last_end = block.end;
    const Field field = field_of(bytes, block);
    checker.check(field);
    fields.push_back(field);
    ++read.fields;
    read.has_known_field = read.has_known_field || field.id != Key::kOther;
    read.has_entry_field = read.has_entry_field || field.id == Key::kOwner ||
                           field.id == Key::kSummary || field.id == Key::kDone ||
                           field.id == Key::kStarted;
  }
  read.irregularities = irregularities.size() - noted;
  return read;
}

}  // namespace sdd::bank
