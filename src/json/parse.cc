// Parser: simdjson decides whether the bytes are JSON and decodes what has escapes; the places come
// from its structural index.
//
// 1. Stage 1 of simdjson finds every structural character: { } [ ] : , and the first byte of every
//    string, number and atom. It also checks the UTF-8.
// 2. Before stage 2 may spend memory, the number of structurals is held against the size.
// 3. Stage 2 writes the tape: types, decoded strings. Now the verdict is known.
// 4. One walk over both, in step: the index says where a value begins, the tape what it is. A value
//    ends before the white space that stands in front of the next structural.
//
// The index and the tape are public members that simdjson does not document; this is the only file
// that knows them, written for simdjson 3.0 (Debian 12), and its test fails if they change.
#include <simdjson.h>

#include <cstring>

#include "json/tree.h"

#include "json/lexeme.h"

namespace sdd::json {

struct Parser::Buffers {
  simdjson::dom::parser parser;
  simdjson::dom::document document;
  std::string padded;
};

namespace {

// What simdjson writes into the upper eight bits of a tape word.
constexpr unsigned kTapeShift = 56;
constexpr std::uint64_t kTapePayload = (std::uint64_t{1} << kTapeShift) - 1;

// Room is made for so many bytes more than a document has: it serves the same document when it has
// grown by an update.
constexpr std::size_t kRoomStep = std::size_t{1} << 14U;
// What is larger is not kept for the next parser.
constexpr std::size_t kMostKept = std::size_t{4} << 20U;

}  // namespace

class TreeBuilder {
 public:
  TreeBuilder(Tree& tree, const simdjson::dom::document& document)
      : nodes_(tree.nodes_.get()),
        size_(tree.size_),
        decoded_(tree.decoded_),
        bytes_(tree.bytes_.data()),
        tape_(document.tape.get()),
        strings_(document.string_buf.get()) {}

  void build(const std::uint32_t* structurals, std::uint32_t count, std::uint32_t size) {
    for (std::uint32_t i = 0; i < count; ++i) {
      const std::uint32_t at = structurals[i];
      const std::uint32_t next = i + 1 < count ? structurals[i + 1] : size;
      switch (bytes_[at]) {
        case '{':
          open(at, Kind::kObject);
          break;
        case '[':
          open(at, Kind::kArray);
          break;
        case '}':
        case ']':
          close(at);
          break;
        case '"':
          string(at, next, i + 1 < count && bytes_[next] == ':');
          break;
        case ':':
        case ',':
          break;
        default:
          scalar(at, next);
      }
    }
  }

 private:
  static constexpr std::uint32_t kNoContainer = UINT32_MAX;

  void push(std::uint32_t begin, std::uint32_t end, Kind kind) {
    nodes_[size_] = {begin, end, size_ + 1, static_cast<std::uint32_t>(kind) & 0xFU, 0, 0};
    ++size_;
    if (kind != Kind::kKey && open_ != kNoContainer) ++nodes_[open_].payload;
  }

  // While a container is open, `next` holds the container around it.
  void open(std::uint32_t at, Kind kind) {
    const std::uint32_t index = size_;
    push(at, at, kind);
    nodes_[index].next = open_;
    open_ = index;
    ++word_;
  }

  void close(std::uint32_t at) {
    Tree::Node& node = nodes_[open_];
    open_ = node.next;
    node.next = size_;
    node.end = at + 1;
    ++word_;
  }

  void string(std::uint32_t at, std::uint32_t next, bool is_key) {
    std::uint32_t end = next;
    while (bytes_[end - 1] != '"') --end;
    push(at, end, is_key ? Kind::kKey : Kind::kString);
    const std::uint8_t* text = strings_ + (tape_[word_++] & kTapePayload);
    std::uint32_t length = 0;
    std::memcpy(&length, text, sizeof length);
    // An escape is always longer than what it stands for.
    if (length != end - at - 2) keep_decoded(text + sizeof length, length);
  }

  void keep_decoded(const std::uint8_t* text, std::uint32_t length) {
    nodes_[size_ - 1].escaped = 1;
    nodes_[size_ - 1].payload = static_cast<std::uint32_t>(decoded_.size() / 4) & 0x7FFFFFFU;
    decoded_.append(reinterpret_cast<const char*>(&length), sizeof length);
    decoded_.append(reinterpret_cast<const char*>(text), length);
    decoded_.resize((decoded_.size() + 3) & ~std::size_t{3});
  }

  void scalar(std::uint32_t at, std::uint32_t next) {
    std::uint32_t end = next;
    while (is_blank(bytes_[end - 1])) --end;
    const auto type = static_cast<char>(tape_[word_] >> kTapeShift);
    Kind kind = Kind::kNull;
    switch (type) {
      case 'l':
        kind = Kind::kInteger;
        ++word_;
        break;
      case 'u':
        kind = Kind::kUnsigned;
        ++word_;
        break;
      case 'd':
        kind = Kind::kReal;
        ++word_;
        break;
      case 't':
        kind = Kind::kTrue;
        break;
      case 'f':
        kind = Kind::kFalse;
        break;
      default:
        break;
    }
    ++word_;
    push(at, end, kind);
  }

  Tree::Node* nodes_;
  std::uint32_t& size_;
  std::string& decoded_;
  const char* bytes_;
  const std::uint64_t* tape_;
  const std::uint8_t* strings_;
  std::size_t word_ = 1;  // word 0 is the tape's own root
  std::uint32_t open_ = kNoContainer;
};

std::unique_ptr<Parser::Buffers>& Parser::spare() {
  thread_local std::unique_ptr<Buffers> buffers;
  return buffers;
}

Parser::Parser(const Limits& limits) : limits_(limits), buffers_(std::move(spare())) {
  if (!buffers_) buffers_ = std::make_unique<Buffers>();
}

Parser::~Parser() {
  std::unique_ptr<Buffers>& kept = spare();
  const std::size_t own = buffers_->parser.capacity();
  if (own <= kMostKept && (!kept || own > kept->parser.capacity())) kept = std::move(buffers_);
}

bool Parser::parse(const std::string& bytes, Tree& tree) {
  tree.size_ = 0;
  tree.links_.clear();
  tree.asked_ = 0;
  tree.decoded_.clear();
  tree.bytes_ = bytes;
  if (bytes.empty() || bytes.size() > limits_.max_bytes) return false;

  Buffers& own = *buffers_;
  const char* text = bytes.data();
  if (bytes.capacity() < bytes.size() + kPadding) {
    own.padded.reserve(bytes.size() + kPadding);
    own.padded = bytes;
    text = own.padded.data();
  }
  const std::size_t room = (bytes.size() / kRoomStep + 1) * kRoomStep;
  const bool fits =
      own.parser.capacity() >= bytes.size() && own.parser.max_depth() == limits_.max_depth;
  if (!fits && own.parser.allocate(room, limits_.max_depth) != simdjson::SUCCESS) return false;
  if (own.document.capacity() < bytes.size() &&
      own.document.allocate(own.parser.capacity()) != simdjson::SUCCESS) {
    return false;
  }
  auto& stages = *own.parser.implementation;
  const auto* data = reinterpret_cast<const std::uint8_t*>(text);
  if (stages.stage1(data, bytes.size(), simdjson::stage1_mode::regular) != simdjson::SUCCESS ||
      too_dense(stages.n_structural_indexes, bytes.size()) ||
      stages.stage2(own.document) != simdjson::SUCCESS) {
    return false;
  }
  // Every value and every key begins at a structural of its own.
  if (tree.capacity_ < stages.n_structural_indexes) {
    tree.capacity_ = stages.n_structural_indexes;
    tree.nodes_ = std::make_unique_for_overwrite<Tree::Node[]>(tree.capacity_);
  }
  TreeBuilder(tree, own.document)
      .build(stages.structural_indexes.get(), stages.n_structural_indexes,
             static_cast<std::uint32_t>(bytes.size()));
  return true;
}

}  // namespace sdd::json
