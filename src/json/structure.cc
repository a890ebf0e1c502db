// 1. Take the next lexeme. If it is the first on its line, hold the line's indentation against the
//    number of open brackets (Layout).
// 2. Brackets go on and off the stack; `expect_` says what may come. What may not: note the stop.
// 3. At an unexpected lexeme, name the slip (slip.cc). If there is one, correct it in the
//    automaton's state, never in the text, and read on for 2 KiB: a second stop or a line out of
//    step means that it was no slip.
// A lexeme that the file's end cut is no flaw but a cut.
#include "json/structure.h"

#include <algorithm>
#include <string>

#include "json/lexeme.h"

namespace sdd::json {
namespace {

constexpr std::size_t kNone = static_cast<std::size_t>(-1);
constexpr std::size_t kTrial = 2048;

// Whether lines are indented as the brackets say. The unit is two blanks: the common writer's.
class Layout {
 public:
  // The first lexeme of a line stands at `at`, the line begins at `line`.
  void line(std::string_view bytes, std::size_t line, std::size_t at, std::size_t depth) {
    const std::string_view blanks = bytes.substr(line, at - line);
    const bool in_step = blanks.size() == 2 * depth && blanks.find('\t') == std::string_view::npos;
    ++lines_;
    if (in_step) {
      ++in_step_;
      odd_ = std::nullopt;
    } else if (!odd_) {
      odd_ = Span{last_line_, at};
    }
    last_line_ = line;
  }

  bool in_step() const { return !odd_.has_value(); }
  const std::optional<Span>& out_of_step() const { return odd_; }

  // At least seven of eight lines in step, not counting those of the stretch that is out of step
  // now: it may be what is wrong.
  bool pretty_printed() const {
    constexpr std::size_t kFewest = 8;
    return in_step_ >= kFewest && (8 * in_step_ >= 7 * lines_ || (odd_ && was_pretty_));
  }

  void remember() { was_pretty_ = in_step() ? pretty_printed() : was_pretty_; }

 private:
  std::size_t lines_ = 1;
  std::size_t in_step_ = 1;
  std::size_t last_line_ = 0;
  bool was_pretty_ = false;
  std::optional<Span> odd_;
};

class Reader {
 public:
  Reader(std::string_view bytes, std::size_t max_depth) : bytes_(bytes), max_depth_(max_depth) {}

  Structure run() {
    while (step()) {
    }
    describe_stop();
    if (seen_.stop == Stop::kUnexpected && seen_.slip != Slip::kNone && seen_.pretty_printed) {
      seen_.slip_goes_on =
          layout_.in_step() && !behind_blank_line() && correct(seen_.slip) && goes_on();
    }
    return seen_;
  }

 private:
  // One lexeme; false when reading stops.
  bool step() {
    next_lexeme();
    if (at_ == bytes_.size()) return end_of_file();
    if (expect_ == Expect::kEnd) return stop(Stop::kTrailing, {at_, bytes_.size()});
    ++seen_.tokens;
    switch (bytes_[at_]) {
      case '{':
        return open('{', Expect::kFirstKey);
      case '[':
        return open('[', Expect::kFirstElement);
      case '}':
      case ']':
        return close();
      case ':':
        if (expect_ != Expect::kColon) return unexpected({at_, at_ + 1});
        return take(1, Expect::kMemberValue);
      case ',':
        if (expect_ == Expect::kCommaInObject) return take(1, Expect::kKey);
        if (expect_ == Expect::kCommaInArray) return take(1, Expect::kElement);
        return unexpected({at_, at_ + 1});
      default:
        return lexeme();
    }
  }

  void next_lexeme() {
    bool new_line = at_ == 0;
    while (at_ < bytes_.size() && is_blank(bytes_[at_])) {
      if (bytes_[at_] == '\n') {
        new_line = true;
        line_ = at_ + 1;
      }
      ++at_;
    }
    if (at_ == bytes_.size() || expect_ == Expect::kEnd) return;
    first_on_line_ = new_line;
    if (!new_line) return;
    const bool closes = bytes_[at_] == '}' || bytes_[at_] == ']';
    layout_.remember();
    layout_.line(bytes_, line_, at_, stack_.size() - (closes && !stack_.empty() ? 1 : 0));
    before_line_ = this_line_;
    this_line_ = line_;
  }

  bool wants_value() const {
    return expect_ == Expect::kRoot || expect_ == Expect::kMemberValue ||
           expect_ == Expect::kFirstElement || expect_ == Expect::kElement;
  }
  bool wants_key() const { return expect_ == Expect::kFirstKey || expect_ == Expect::kKey; }

  void value_ended() {
    if (stack_.empty()) {
      expect_ = Expect::kEnd;
      seen_.document_end = at_;
    } else {
      expect_ = stack_.back() == '{' ? Expect::kCommaInObject : Expect::kCommaInArray;
    }
  }

  bool take(std::size_t length, Expect next) {
    at_ += length;
    expect_ = next;
    return true;
  }

  bool open(char bracket, Expect next) {
    const Span found{at_, at_ + 1};
    if (!wants_value()) return unexpected(found);
    if (stack_.size() == max_depth_) return stop(Stop::kTooDeep, found);
    stack_.push_back(bracket);
    return take(1, next);
  }

  bool close() {
    const char opener = bytes_[at_] == '}' ? '{' : '[';
    const bool may_close = expect_ == Expect::kFirstKey || expect_ == Expect::kFirstElement ||
                           expect_ == Expect::kCommaInObject || expect_ == Expect::kCommaInArray;
    if (!may_close || stack_.back() != opener) return unexpected({at_, at_ + 1});
    ++at_;
    stack_.pop_back();
    value_ended();
    return true;
  }

  // A string or a scalar.
  bool lexeme() {
    const bool is_string = bytes_[at_] == '"';
    const Lexeme read = is_string ? lex_string(bytes_, at_) : lex_scalar(bytes_, at_);
    const Span found{at_, read.end};
    const bool fits = wants_value() || (is_string && wants_key());
    if (fits && !wants_key() && stack_.size() == max_depth_) return stop(Stop::kTooDeep, found);
    const bool broken = read.flaw >= Flaw::kOpenString;
    if (broken && fits && read.end == bytes_.size() && is_cut(found, is_string)) {
      return stop(Stop::kCut, found);
    }
    if (broken || !fits) {
      if (broken) seen_.stopping_flaw = {read.flaw, read.at};
      return unexpected(found);
    }
    if (read.flaw != Flaw::kNone && seen_.flaw.flaw == Flaw::kNone) {
      seen_.flaw = {read.flaw, read.at};
    }
    const bool key = wants_key();
    at_ = read.end;
    if (key) {
      expect_ = Expect::kColon;
    } else {
      value_ended();
    }
    return true;
  }

  bool is_cut(Span found, bool is_string) const {
    return is_string || may_be_cut_scalar(bytes_.substr(found.begin, found.size()));
  }

  bool end_of_file() {
    return stop(expect_ == Expect::kEnd ? Stop::kComplete : Stop::kCut, {at_, at_});
  }

  bool unexpected(Span found) { return stop(Stop::kUnexpected, found); }

  // Only the first stop is kept; a second one ends the trial.
  bool stop(Stop why, Span found) {
    if (stopped_) {
      stopped_again_ = why != Stop::kComplete;
      return false;
    }
    stopped_ = true;
    seen_.stop = why;
    seen_.found = found;
    return false;
  }

  void describe_stop() {
    seen_.expected = expect_;
    seen_.open_brackets = stack_.size();
    seen_.pretty_printed = layout_.pretty_printed();
    seen_.out_of_step = layout_.out_of_step();
    const std::size_t end = seen_.stop == Stop::kCut ? bytes_.size() : seen_.found.begin;
    // An open string may have swallowed what stood behind the last whole place.
    const bool open_string = seen_.stopping_flaw.flaw == Flaw::kOpenString;
    const std::size_t begin = first_on_line_ ? before_line_ : this_line_;
    seen_.line = {std::min(begin, end), open_string ? seen_.found.end : end};
    if (seen_.stop == Stop::kUnexpected) {
      seen_.slip = slip_at(bytes_, expect_, seen_.found, seen_.stopping_flaw.flaw);
    }
  }

  // Whether a line with nothing but blanks, and at least one, stands in front of the lexeme at the
  // stop. Nobody types that; two cut indentations give it.
  bool behind_blank_line() const {
    const std::string_view before = bytes_.substr(0, seen_.found.begin);
    const std::size_t gap = before.find_last_not_of(" \t\r\n") + 1;
    const std::size_t first = before.find('\n', gap);
    const std::size_t last = before.rfind('\n');
    return first != std::string_view::npos && last > first &&
           before.find_first_of(" \t", first) < last;
  }

  // Step 3: puts the automaton where it would be without the slip. False: nothing to try.
  bool correct(Slip slip) {
    const Span found = seen_.found;
    const bool in_object = !stack_.empty() && stack_.back() == '{';
    switch (slip) {
      case Slip::kTrailingComma:
        return take(0, in_object ? Expect::kCommaInObject : Expect::kCommaInArray);
      case Slip::kComment:
        return skip_comment();
      case Slip::kNoComma:
        return take(0, in_object ? Expect::kKey : Expect::kElement);
      case Slip::kNoColon:
        return take(0, Expect::kMemberValue);
      case Slip::kSingleQuotes:
      case Slip::kCurlyQuotes:
        return skip_as_lexeme(quoted_end(found.begin));
      case Slip::kWord:
      case Slip::kKeyWord:
        return skip_as_lexeme(found.end);
      default:
        // A quote too few, a comma too many, a missing value, a number with two points: two
        // versions that meet look just like that.
        return false;
    }
  }

  bool skip_comment() {
    const bool block = bytes_.substr(at_).starts_with("/*");
    const std::size_t end = block ? bytes_.find("*/", at_ + 2) : bytes_.find('\n', at_);
    if (end == std::string_view::npos) return false;
    return take(end + (block ? 2 : 0) - at_, expect_);
  }

  // Behind the closing quote on the same line; kNone where there is none.
  std::size_t quoted_end(std::size_t begin) const {
    const bool single = bytes_[begin] == '\'';
    const std::string_view closing = single ? "'" : "\xE2\x80\x9D";
    const std::size_t end = bytes_.find(closing, begin + 1);
    const std::size_t line = std::min(bytes_.find('\n', begin), bytes_.size());
    return end < line ? end + closing.size() : kNone;
  }

  bool skip_as_lexeme(std::size_t end) {
    if (end == kNone) return false;
    const bool key = wants_key();
    at_ = end;
    if (key) {
      expect_ = Expect::kColon;
    } else {
      value_ended();
    }
    return true;
  }

  bool goes_on() {
    const std::size_t far = at_ + kTrial;
    const Structure kept = seen_;
    while (at_ < far && layout_.in_step() && step()) {
    }
    seen_ = kept;
    return layout_.in_step() && !stopped_again_;
  }

  std::string_view bytes_;
  std::size_t max_depth_;
  std::string stack_;  // the open brackets
  Expect expect_ = Expect::kRoot;
  std::size_t at_ = 0;
  std::size_t line_ = 0;         // where the line of at_ begins
  std::size_t this_line_ = 0;    // where the line of the last lexeme begins
  std::size_t before_line_ = 0;  // and that of the last lexeme on an earlier line
  bool first_on_line_ = true;
  bool stopped_ = false;
  bool stopped_again_ = false;
  Layout layout_;
  Structure seen_;
};

}  // namespace

Structure read_structure(std::string_view bytes, std::size_t max_depth) {
  return Reader(bytes, max_depth).run();
}

}  // namespace sdd::json
