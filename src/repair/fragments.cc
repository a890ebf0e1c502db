// 1. Cut the bytes into lexemes. A grammar of JSON runs beside them over the open brackets.
// 2. A lexeme that cannot stand where it stands breaks the grammar: the open brackets are
//    forgotten. Outside of any known bracket everything is let through, and a key is a string with
//    a colon behind it.
// 3. A bracket that closes as it should is a value. What it is, is told by the names of its members
//    and by the column of its key.
// 4. Beside that, each line's indentation is held against the bracket around it.
#include "repair/fragments.h"

#include <algorithm>
#include <array>

#include "json/lexeme.h"

namespace sdd::repair {
namespace {

constexpr std::size_t kNotFirst = SIZE_MAX;  // a column: something stands before it on the line

enum Name : std::uint8_t {
  kType = 1,
  kTitle = 2,
  kStatus = 4,
  kParent = 8,
  kChildren = 16,
  kTimestamp = 32,
  kText = 64,   // content or entry_type
  kOther = 128  // of an entry
};
constexpr std::uint8_t kNodeNames = kType | kTitle | kStatus | kParent | kChildren;
constexpr std::uint8_t kEntryNames = kTimestamp | kTitle | kText;

std::uint8_t name_of(std::string_view key) {
  struct Known {
    std::string_view key;
    Name name;
  };
  static constexpr std::array<Known, 11> kKnown = {{{"\"type\"", kType},
                                                    {"\"title\"", kTitle},
                                                    {"\"status\"", kStatus},
                                                    {"\"parent\"", kParent},
                                                    {"\"children\"", kChildren},
                                                    {"\"timestamp\"", kTimestamp},
                                                    {"\"content\"", kText},
                                                    {"\"entry_type\"", kText},
                                                    {"\"author\"", kOther},
                                                    {"\"metadata\"", kOther},
                                                    {"\"task_id\"", kOther}}};
  for (const Known& known : kKnown) {
    if (known.key == key) return known.name;
  }
  return 0;
}

enum class Expect : std::uint8_t { kFirst, kItem, kColon, kValue, kComma };

struct Frame {
  bool object = false;
  Span key;                        // of the member that it is the value of
  std::size_t column = kNotFirst;  // of that key, or of the bracket
  std::size_t begin = 0;           // of the bracket
  std::size_t indentation = 0;     // of the bracket's line
  std::size_t found = 0;           // how many fragments were found before it
  std::uint8_t names = 0;
  Expect expect = Expect::kFirst;
  bool spread = false;  // its first item is the first thing on a line
  bool in_step = true;
};

class Walk {
 public:
  Walk(std::string_view bytes, const json::Limits& limits, std::size_t from)
      : bytes_(bytes), max_depth_(limits.max_depth), from_(from), trusted_(from == 0) {
    find_unit();
  }

  std::vector<Fragment> run() {
    for (std::size_t at = from_; at < bytes_.size();) {
      at = json::is_blank(bytes_[at]) ? at + 1 : lexeme(at);
    }
    return std::move(found_);
  }

 private:
  // How the file is indented: by the column of its first line that begins with blanks.
  void find_unit() {
    for (std::size_t at = bytes_.find('\n'); at != std::string_view::npos;
         at = bytes_.find('\n', at)) {
      const std::size_t begin = ++at;
      while (at < bytes_.size() && (bytes_[at] == ' ' || bytes_[at] == '\t')) ++at;
      if (at == begin || at == bytes_.size() || json::is_blank(bytes_[at])) continue;
      unit_ = at - begin;
      // Where the beginning is gone, the first line may lie deeper.
      if (bytes_.substr(0, 1) != "{") {
        unit_ = bytes_[begin] == '\t' ? 1 : std::min<std::size_t>(unit_, 2);
      }
      return;
    }
  }

  std::size_t column_of(std::size_t at) const {
    std::size_t begin = at;
    while (begin > from_ && (bytes_[begin - 1] == ' ' || bytes_[begin - 1] == '\t')) --begin;
    // Behind a document the first line has lost its beginning, whatever stands in front of it.
    const bool first = from_ > 0 && bytes_.find_first_not_of(" \t\r\n", from_) == at;
    if (first && at - begin <= 2 * unit_) return 2 * unit_;
    const bool short_enough = at - begin <= 2 * unit_;
    if (short_enough && is_behind_end(begin, at)) return 2 * unit_;
    if (begin == 0 || bytes_[begin - 1] == '\n') return at - begin;
    // The beginning of the line is gone. What is left may be the second level.
    const bool cut = begin == from_ || bytes_[begin - 1] == '\0';
    return cut && short_enough ? 2 * unit_ : kNotFirst;
  }

  // Whether the line that begins at `begin` with blanks follows the end of a version: the rest of a
  // longer one stands there.
  bool is_behind_end(std::size_t begin, std::size_t at) const {
    return root_end_ > 0 && at > begin && bytes_.find_first_not_of("\r\n", root_end_) == begin;
  }

  // Takes the lexeme at `at`; returns where it ends.
  std::size_t lexeme(std::size_t at) {
    column_ = column_of(at);
    if (column_ != kNotFirst) indentation_ = column_;
    if (bytes_[at] != ':') text_ = {};
    switch (bytes_[at]) {
      case '{':
      case '[':
        open(at);
        return at + 1;
      case '}':
      case ']':
        close(at);
        return at + 1;
      case ':':
        colon();
        return at + 1;
      case ',':
        comma();
        return at + 1;
      case '"':
        return text(at);
      default:
        return scalar(at);
    }
  }

  void give_up() {
    open_.clear();
    trusted_ = false;
    key_ = {};
    has_colon_ = false;
  }

  // Whether a value may stand here; where it may not, what was open is given up.
  bool begin_value() {
    if (open_.empty()) return true;
    Frame& top = open_.back();
    const bool may = top.object ? top.expect == Expect::kValue
                                : top.expect == Expect::kFirst || top.expect == Expect::kItem;
    if (!may) {
      give_up();
      return false;
    }
    if (!top.object) check_step(top);
    top.expect = Expect::kComma;
    return true;
  }

  // An item begins: it stands on a line of its own if the first one does, one unit further in than
  // the bracket's line.
  void check_step(Frame& frame) const {
    const bool first_on_line = column_ != kNotFirst;
    if (frame.expect == Expect::kFirst) frame.spread = first_on_line;
    if (frame.spread != first_on_line || (first_on_line && column_ != frame.indentation + unit_)) {
      frame.in_step = false;
    }
  }

  void open(std::size_t at) {
    begin_value();
    if (open_.size() >= max_depth_) give_up();
    Frame frame;
    frame.object = bytes_[at] == '{';
    frame.begin = at;
    frame.indentation = indentation_;
    frame.found = found_.size();
    frame.column = column_;
    if (has_colon_) {
      frame.key = key_;
      frame.column = key_column_;
    }
    if (at != first_ && open_.empty()) trusted_ = false;
    open_.push_back(frame);
    key_ = {};
    has_colon_ = false;
  }

  void close(std::size_t at) {
    if (column_ == 0 && bytes_[at] == '}') root_end_ = at + 1;
    if (open_.empty()) {
      give_up();
      return;
    }
    Frame frame = open_.back();
    const bool complete = frame.expect == Expect::kFirst || frame.expect == Expect::kComma;
    if (frame.object != (bytes_[at] == '}') || !complete) {
      give_up();
      return;
    }
    if (frame.spread != (column_ != kNotFirst) || (frame.spread && column_ != frame.indentation)) {
      frame.in_step = false;
    }
    open_.pop_back();
    if (!open_.empty() && !frame.in_step) open_.back().in_step = false;
    key_ = {};
    has_colon_ = false;
    emit(frame, {frame.begin, at + 1});
  }

  void colon() {
    if (!open_.empty() && open_.back().expect == Expect::kColon) {
      open_.back().expect = Expect::kValue;
      has_colon_ = true;
      return;
    }
    if (!open_.empty()) give_up();
    if (key_.empty() && !text_.empty()) {
      // What was taken for a value is a key: the value that belonged in front of it is gone.
      if (!found_.empty() && found_.back().span == text_) found_.pop_back();
      key_ = text_;
      key_column_ = text_column_;
    }
    has_colon_ = !key_.empty();
  }

  void comma() {
    key_ = {};
    has_colon_ = false;
    if (open_.empty()) return;
    Frame& top = open_.back();
    if (top.expect == Expect::kComma) {
      top.expect = Expect::kItem;
    } else {
      give_up();
    }
  }

  std::size_t text(std::size_t at) {
    const json::Lexeme lexeme = json::lex_string(bytes_, at);
    text_end_ = lexeme.end;
    if (lexeme.flaw != json::Flaw::kNone) {
      give_up();
      // A bracket at the end of a line, behind a text that was cut, opens what the next lines say.
      const bool opens = lexeme.end > at + 1 && lexeme.end < bytes_.size() &&
                         bytes_[lexeme.end - 1] == '{' && json::is_blank(bytes_[lexeme.end]);
      return opens ? lexeme.end - 1 : lexeme.end;
    }
    Frame* top = open_.empty() ? nullptr : &open_.back();
    const bool is_key = top != nullptr && top->object &&
                        (top->expect == Expect::kFirst || top->expect == Expect::kItem);
    if (is_key) {
      check_step(*top);
      top->names |= name_of(bytes_.substr(at, lexeme.end - at));
      top->expect = Expect::kColon;
      take_key({at, lexeme.end});
      return lexeme.end;
    }
    text_ = {at, lexeme.end};
    text_column_ = column_;
    if (begin_value() && has_colon_) {
      emit_scalar(text_);
    } else if (open_.empty()) {
      take_key(text_);
    }
    return lexeme.end;
  }

  void take_key(Span key) {
    key_ = key;
    key_column_ = column_;
    has_colon_ = false;
  }

  std::size_t scalar(std::size_t at) {
    const json::Lexeme lexeme = json::lex_scalar(bytes_, at);
    if (lexeme.flaw != json::Flaw::kNone) {
      give_up();
      // Where a text was cut, the quote that seemed to close it may open the next one.
      if (at > 0 && at == text_end_) return text(at - 1);
    } else if (begin_value() && has_colon_ && lexeme.end < bytes_.size()) {
      emit_scalar({at, lexeme.end});
    }
    return lexeme.end;
  }

  void emit_scalar(Span span) {
    if (is_root_member(key_column_)) {
      found_.push_back({FragmentKind::kRootMember, key_, span, true});
    }
    key_ = {};
    has_colon_ = false;
  }

  bool is_root_member(std::size_t column) const {
    return unit_ > 0 ? column == unit_ : trusted_ && open_.size() == 1;
  }

  bool is_on_second_level(const Frame& frame) const {
    return unit_ == 0 || frame.column == kNotFirst || frame.column == 2 * unit_;
  }

  // What closes on the second level began there: a seam has moved its first line.
  bool is_too_deep(const Frame& frame) const {
    return !is_on_second_level(frame) && frame.column > 2 * unit_ && column_ != 2 * unit_;
  }

  // The bracket at hand has closed; it is not among the open ones any more.
  void emit(const Frame& frame, Span span) {
    const bool has_key = !frame.key.empty();
    if (has_key && is_root_member(frame.column)) {
      found_.push_back({FragmentKind::kRootMember, frame.key, span, frame.in_step});
      return;
    }
    if (!frame.object) return;
    const auto has = [&](std::uint8_t needed) { return (frame.names & needed) == needed; };
    const bool is_text = name_of(bytes_.substr(frame.key.begin, frame.key.size())) != 0;
    const bool is_moved = has_key && !is_on_second_level(frame);
    if ((is_text || is_moved) && !is_too_deep(frame) && has(kEntryNames) && !has(kNodeNames)) {
      // The member before it is another version's: its value is cut off.
      found_.push_back({FragmentKind::kEntry, {}, span, false});
      return;
    }
    if (!has(has_key ? kNodeNames : kEntryNames) || is_too_deep(frame)) return;
    // Further out than the second level: a seam has cut the blanks in front of it.
    const bool in_step = frame.in_step && is_on_second_level(frame);
    if (in_step) found_.resize(std::min(found_.size(), frame.found));
    found_.push_back(
        {has_key ? FragmentKind::kNode : FragmentKind::kEntry, frame.key, span, in_step});
  }

  std::string_view bytes_;
  std::size_t max_depth_;
  std::size_t unit_ = 0;  // blanks to a level; 0: no line is indented
  std::size_t first_ = bytes_.find_first_not_of(" \t\r\n");
  std::size_t from_;
  std::size_t root_end_ = 0;  // behind the last brace that stands where a document's last one does
  bool trusted_;              // the grammar has not broken, so what is open is known

  std::vector<Frame> open_;
  Span key_;  // of the member that is being read
  std::size_t key_column_ = kNotFirst;
  bool has_colon_ = false;
  Span text_;  // the last lexeme, where it is a text that may be a value
  std::size_t text_column_ = kNotFirst;
  std::size_t text_end_ = 0;        // behind the last text
  std::size_t column_ = kNotFirst;  // of the lexeme at hand
  std::size_t indentation_ = 0;     // of the line at hand
  std::vector<Fragment> found_;
};

}  // namespace

std::vector<Fragment> find_fragments(std::string_view bytes, const json::Limits& limits,
                                     std::size_t from) {
  return Walk(bytes, limits, from).run();
}

}  // namespace sdd::repair
