// Writers as they damage specs: each reads the file, changes it, writes `<spec>.tmp` in pieces of
// 8 KiB and renames it, all to one temporary name and without any lock.
//
//   Race race({bytes_of_a, bytes_of_b}, random);
//   race.left()                  // the bytes that stand in the spec's place afterwards
//
// A writer's steps are: open (cut to nothing), one write for each piece, rename. Random chooses who
// goes next, and may kill a writer. Files are what the names lead to: whoever still writes to a
// temporary file that another has renamed writes into the spec.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bench/random.h"

namespace sdd::test {

// Where the common writer's text buffer is flushed: the ends of its pieces, the last one included.
// Tokens are cut as that program hands them on; an array's bracket or comma comes with its blanks
// and with a scalar that follows.
class WriterPieces {
 public:
  explicit WriterPieces(std::string_view text) : text_(text) {}

  std::vector<std::size_t> ends() {
    for (std::size_t at = 0; at < text_.size();) {
      const std::size_t end = token_end(at);
      if (at > begin_ && end - begin_ > 8192) {
        ends_.push_back(at);
        begin_ = at;
      }
      at = end;
    }
    ends_.push_back(text_.size());
    return std::move(ends_);
  }

 private:
  std::size_t blanks_end(std::size_t at) const {
    const std::size_t end = text_.find_first_not_of(" \t\r\n", at);
    return end == std::string_view::npos ? text_.size() : end;
  }
  std::size_t string_end(std::size_t at) const {
    for (++at; at < text_.size() && text_[at] != '"'; ++at) {
      if (text_[at] == '\\') ++at;
    }
    return std::min(at + 1, text_.size());
  }
  std::size_t scalar_end(std::size_t at) const {
    if (at == text_.size() || std::string_view("{}[]").find(text_[at]) != std::string_view::npos) {
      return at;
    }
    if (text_[at] == '"') return string_end(at);
    return std::min(text_.find_first_of(" \t\r\n,]}", at), text_.size());
  }
  std::size_t token_end(std::size_t at) {
    switch (text_[at]) {
      case '{':
        if (text_[at + 1] == '}') return at + 2;
        arrays_.push_back(false);
        return at + 1;
      case '[':
        if (text_[at + 1] == ']') return at + 2;
        arrays_.push_back(true);
        return scalar_end(blanks_end(at + 1));
      case '}':
      case ']':
        if (!arrays_.empty()) arrays_.pop_back();
        return at + 1;
      case ',':
        return !arrays_.empty() && arrays_.back() ? scalar_end(blanks_end(at + 1))
                                                  : blanks_end(at + 1);
      case ':':
        return blanks_end(at + 1);
      case '"':
        return string_end(at);
      default: {
        const std::size_t blanks = blanks_end(at);
        return blanks > at ? blanks : std::max(at + 1, scalar_end(at));
      }
    }
  }

  std::string_view text_;
  std::size_t begin_ = 0;
  std::vector<bool> arrays_;
  std::vector<std::size_t> ends_;
};

class Race {
 public:
  // `kill_percent`: of the writers, at a random step.
  Race(const std::vector<std::string>& documents, bench::Random& random, std::size_t kill_percent)
      : random_(random) {
    for (const std::string& document : documents) {
      Writer writer{document, WriterPieces(document).ends()};
      const std::size_t steps = writer.ends.size() + 2;
      writer.dies_at = random.chance(kill_percent) ? random.below(steps) : steps;
      writers_.push_back(std::move(writer));
    }
    run();
  }

  // Nothing: no writer came to its rename.
  const std::optional<std::string>& left() const { return left_; }

 private:
  struct Writer {
    const std::string& text;
    std::vector<std::size_t> ends;
    std::size_t dies_at = 0;
    std::size_t step = 0;
    std::size_t file = SIZE_MAX;
  };

  void run() {
    // How long one goes on before another does: in turns, at random, or in long runs.
    const std::size_t patience = random_.pick(std::vector<std::size_t>{5, 50, 50, 85, 95});
    std::size_t at = random_.below(writers_.size());
    for (;;) {
      std::vector<std::size_t> running;
      for (std::size_t i = 0; i < writers_.size(); ++i) {
        const Writer& writer = writers_[i];
        if (writer.step < std::min(writer.dies_at, writer.ends.size() + 2)) running.push_back(i);
      }
      if (running.empty()) break;
      const bool goes_on = std::find(running.begin(), running.end(), at) != running.end();
      if (!goes_on || !random_.chance(patience)) at = random_.pick(running);
      step(writers_[at]);
    }
    if (target_ != SIZE_MAX) left_ = files_[target_];
  }

  void step(Writer& writer) {
    const std::size_t step = writer.step++;
    if (step == 0) {
      if (temporary_ == SIZE_MAX) {
        temporary_ = files_.size();
        files_.emplace_back();
      }
      files_[temporary_].clear();
      writer.file = temporary_;
    } else if (step <= writer.ends.size()) {
      const std::size_t begin = step == 1 ? 0 : writer.ends[step - 2];
      const std::size_t end = writer.ends[step - 1];
      std::string& file = files_[writer.file];
      if (file.size() < end) file.resize(end, '\0');
      file.replace(begin, end - begin, writer.text, begin, end - begin);
    } else if (temporary_ != SIZE_MAX) {  // whatever that name leads to by now
      target_ = temporary_;
      temporary_ = SIZE_MAX;
    }
  }

  bench::Random& random_;
  std::vector<Writer> writers_;
  std::vector<std::string> files_;
  std::size_t temporary_ = SIZE_MAX;
  std::size_t target_ = SIZE_MAX;
  std::optional<std::string> left_;
};

}  // namespace sdd::test
