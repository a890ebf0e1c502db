// The common writer that damages specs, replayed: documents pretty-printed token by token, written
// in pieces of at most 8 KiB that end at a token, by two writers into one file. Deterministic.
//
//   Random random(seed);
//   SpecModel base = SpecModel::make(random, 60'000);
//   Printed a = base.updated(random).print(), b = base.updated(random).print();
//   TornFile torn = tear(a, b, random);
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sdd::test {

// splitmix64: the same numbers with every compiler and library.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    state_ += 0x9E3779B97F4A7C15U;
    std::uint64_t x = state_;
    x = (x ^ (x >> 30U)) * 0xBF58476D1CE4E5B9U;
    x = (x ^ (x >> 27U)) * 0x94D049BB133111EBU;
    return x ^ (x >> 31U);
  }
  std::size_t below(std::size_t n) { return static_cast<std::size_t>(next() % n); }
  bool chance(std::size_t percent) { return below(100) < percent; }

 private:
  std::uint64_t state_;
};

inline std::string random_text(Random& random, std::size_t length) {
  static constexpr std::string_view kWords[] = {"verify",
                                                "billing",
                                                "the",
                                                "launch",
                                                "retry",
                                                "path/to/file.ts",
                                                "and",
                                                "of",
                                                "audit",
                                                "matrix",
                                                "webhook",
                                                "(P0)",
                                                "\\u0442\\u0435\\u0441\\u0442",
                                                "\\\"ok\\\"",
                                                "49/49",
                                                "spec,"};
  std::string text;
  while (text.size() < length) {
    if (!text.empty()) text += ' ';
    text += kWords[random.below(std::size(kWords))];
  }
  return text;
}

inline std::string random_time(Random& random) {
  std::string digits = std::to_string(1000000 + random.below(9000000));
  return "2026-02-1" + digits.substr(0, 1) + "T1" + digits.substr(1, 1) + ":0" +
         digits.substr(2, 1) + ":17." + digits.substr(1) + "Z";
}

struct Field {
  std::string key;
  std::string raw;  // a string with its quotes, a number, a literal
};

struct ModelNode {
  std::string id, type, title, status, parent;
  std::vector<std::string> children, blocked_by;
  std::vector<Field> metadata;
  int total = 1, completed = 0;
};

enum class Script { kEscaped, kRawBytes, kRawCharacters };  // and what a piece counts

// A document as text, and where each token of the writer begins.
struct Printed {
  std::string text;
  std::vector<std::size_t> tokens;
  Script script = Script::kEscaped;

  std::size_t length(std::size_t begin, std::size_t end) const {
    if (script != Script::kRawCharacters) return end - begin;
    return static_cast<std::size_t>(
        std::count_if(text.begin() + static_cast<std::ptrdiff_t>(begin),
                      text.begin() + static_cast<std::ptrdiff_t>(end),
                      [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
  }

  // Ends of the pieces, the text's end included.
  std::vector<std::size_t> pieces() const {
    std::vector<std::size_t> ends;
    std::size_t gathered = 0;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      const std::size_t end = i + 1 < tokens.size() ? tokens[i + 1] : text.size();
      const std::size_t size = length(tokens[i], end);
      if (gathered > 0 && gathered + size > 8192) {
        ends.push_back(tokens[i]);
        gathered = 0;
      }
      gathered += size;
    }
    ends.push_back(text.size());
    return ends;
  }
};

class SpecModel {
 public:
  static SpecModel make(Random& random, std::size_t size) {
    SpecModel spec;
    spec.last_updated_ = random_time(random);
    std::size_t estimate = 0;
    for (int phase = 1; estimate < size; ++phase) {
      for (int task = 1; task <= 4 && estimate < size; ++task) {
        ModelNode node;
        const std::string tail = std::to_string(phase) + "-" + std::to_string(task);
        node.id = (random.chance(30) ? "verify-" : "task-") + tail;
        node.type = node.id.substr(0, node.id.find('-'));
        node.title = random_text(random, 20 + random.below(80));
        node.status = random.chance(50) ? "completed" : "pending";
        node.parent = "phase-" + std::to_string(phase);
        if (random.chance(30)) node.blocked_by.push_back("task-" + std::to_string(phase) + "-1");
        if (random.chance(40)) node.children = {node.id + "-1", node.id + "-2"};
        node.metadata.push_back({"task_category", "\"implementation\""});
        if (random.chance(70)) {
          const std::size_t length = random.chance(15) ? 900 : 40 + random.below(200);
          node.metadata.push_back({"details", "\"" + random_text(random, length) + "\""});
        }
        if (random.chance(50)) node.metadata.push_back({"estimated_hours", "0.25"});
        spec.nodes_.push_back(node);
        estimate += 900;
        if (random.chance(60)) {
          spec.journal_.push_back(spec.entry(random, node.id));
          estimate += 400;
        }
      }
    }
    return spec;
  }

  // One to three updates of the kinds that the older toolkit makes.
  SpecModel updated(Random& random) const {
    SpecModel spec = *this;
    for (std::size_t n = 1 + random.below(3); n > 0; --n) {
      spec.last_updated_ = random_time(random);
      ModelNode& node = spec.nodes_[random.below(nodes_.size())];
      switch (random.below(4)) {
        case 0:
          node.status = "completed";
          node.completed = 1;
          node.metadata.push_back({"completed_at", "\"" + random_time(random) + "\""});
          node.metadata.push_back({"needs_journaling", "false"});
          spec.journal_.push_back(spec.entry(random, node.id));
          break;
        case 1:
          node.status = "in_progress";
          node.metadata.push_back(
              {"status_note", "\"" + random_text(random, 10 + random.below(90)) + "\""});
          break;
        case 2:
          spec.journal_.push_back(spec.entry(random, node.id));
          break;
        default:
          node.status = "blocked";
          node.metadata.push_back({"blocker_description", "\"" + random_text(random, 60) + "\""});
          node.metadata.push_back({"blocked_by_external", "true"});
      }
    }
    return spec;
  }

  Printed print(Script script = Script::kEscaped) const {
    Out out;
    out.printed.script = script;
    out.open('{');
    out.member("spec_id", "\"generated-2026-02-11-001\"");
    out.member("last_updated", "\"" + last_updated_ + "\"");
    out.key("hierarchy");
    out.open('{');
    for (const ModelNode& node : nodes_) print(out, node);
    out.close('}');
    out.key("journal");
    out.open('[');
    for (const std::vector<Field>& entry : journal_) {
      out.element();
      out.open('{');
      for (const Field& field : entry) out.member(field.key, field.raw);
      out.key("metadata");
      out.empty("{}");
      out.close('}');
    }
    out.close(']');
    out.close('}');
    return std::move(out.printed);
  }

 private:
  // Tokens as Python's json.dump(…, indent=2) yields them.
  struct Out {
    Printed printed;
    std::string pending;  // an opened or continued array's text waits for its element
    std::size_t depth = 0;
    bool first = true;

    void token(const std::string& text) {
      static const std::string kEscapes = "\\u0442\\u0435\\u0441\\u0442";
      printed.tokens.push_back(printed.text.size());
      printed.text += text;
      if (printed.script == Script::kEscaped) return;
      for (std::size_t at = printed.tokens.back();
           (at = printed.text.find(kEscapes, at)) != std::string::npos;) {
        printed.text.replace(at, kEscapes.size(), "\xD1\x82\xD0\xB5\xD1\x81\xD1\x82");
      }
    }
    std::string line() const { return "\n" + std::string(2 * depth, ' '); }
    void open(char bracket) {
      if (bracket == '{') token("{");
      ++depth;
      if (bracket == '[') pending = "[";
      first = true;
    }
    void close(char bracket) {
      --depth;
      token(line());
      token(std::string(1, bracket));
      first = false;
    }
    void key(const std::string& name) {
      token(first ? line() : "," + line());
      token("\"" + name + "\"");
      token(": ");
      first = false;
    }
    void member(const std::string& name, const std::string& raw) {
      key(name);
      token(raw);
    }
    void element() {
      token(first ? pending + line() : "," + line());
      first = false;
    }
    void empty(const std::string& brackets) { token(brackets); }
    void texts(const std::string& name, const std::vector<std::string>& list) {
      key(name);
      if (list.empty()) return empty("[]");
      ++depth;
      for (std::size_t i = 0; i < list.size(); ++i) {
        token((i == 0 ? "[" : ",") + line() + "\"" + list[i] + "\"");
      }
      close(']');
    }
  };

  static void print(Out& out, const ModelNode& node) {
    out.key(node.id);
    out.open('{');
    out.member("type", "\"" + node.type + "\"");
    out.member("title", "\"" + node.title + "\"");
    out.member("status", "\"" + node.status + "\"");
    out.member("parent", "\"" + node.parent + "\"");
    out.texts("children", node.children);
    out.key("dependencies");
    out.open('{');
    out.texts("blocks", {});
    out.texts("blocked_by", node.blocked_by);
    out.texts("depends", {});
    out.close('}');
    out.member("total_tasks", std::to_string(node.total));
    out.member("completed_tasks", std::to_string(node.completed));
    out.key("metadata");
    out.open('{');
    for (const Field& field : node.metadata) out.member(field.key, field.raw);
    out.close('}');
    out.close('}');
  }

  std::vector<Field> entry(Random& random, const std::string& task) const {
    return {{"timestamp", "\"" + random_time(random) + "\""},
            {"entry_type", "\"status_change\""},
            {"title", "\"Task Completed: " + random_text(random, 30 + random.below(50)) + "\""},
            {"author", "\"claude-code\""},
            {"content", "\"" + random_text(random, 40 + random.below(300)) + "\""},
            {"task_id", "\"" + task + "\""}};
  }

  std::string last_updated_;
  std::vector<ModelNode> nodes_;
  std::vector<std::vector<Field>> journal_;
};

struct TornFile {
  std::string bytes;
  std::string owner;  // for each byte: 'a', 'b', or NUL for a hole
};

// Both writers open the file (which empties it) and write their pieces, in a random order of steps;
// after `steps` steps they are killed.
inline TornFile tear(const Printed& a, const Printed& b, Random& random,
                     std::size_t steps = static_cast<std::size_t>(-1)) {
  struct Writer {
    const Printed* document;
    std::vector<std::size_t> ends;
    std::size_t written = 0;
    bool open = false;
  };
  Writer writers[] = {{&a, a.pieces(), 0, false}, {&b, b.pieces(), 0, false}};
  TornFile file;
  const auto done = [](const Writer& w) { return w.open && w.written == w.ends.size(); };
  std::size_t turn = random.below(2);
  const std::size_t patience = 1 + random.below(100);  // of a writer, before the other has its turn
  for (; steps > 0 && (!done(writers[0]) || !done(writers[1])); --steps) {
    if (!random.chance(patience) || done(writers[turn])) turn = 1 - turn;
    Writer& writer = writers[turn];
    if (done(writer)) continue;
    if (!writer.open) {
      file = {};
      writer.open = true;
      continue;
    }
    const std::size_t begin = writer.written == 0 ? 0 : writer.ends[writer.written - 1];
    const std::size_t end = writer.ends[writer.written++];
    if (file.bytes.size() < end) {
      file.bytes.resize(end, '\0');
      file.owner.resize(end, '\0');
    }
    file.bytes.replace(begin, end - begin, writer.document->text, begin, end - begin);
    std::fill(file.owner.begin() + static_cast<std::ptrdiff_t>(begin),
              file.owner.begin() + static_cast<std::ptrdiff_t>(end), turn == 0 ? 'a' : 'b');
  }
  return file;
}

}  // namespace sdd::test
