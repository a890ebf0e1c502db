// Tree: a JSON document (RFC 8259) as one flat vector over its bytes, with the place of every value
// and every key, duplicate keys kept.
//
//   Parser parser;                       // owns simdjson's buffers; reuse it for many files
//   Tree tree;
//   if (!parser.parse(bytes, tree)) …    // no JSON: scan(bytes) in json/scan.h says why and where
//   Value spec_id = tree.root().find("spec_id");
//   spec_id.span()                       // where it stands, quotes included
//   spec_id.string()                     // what it says, escapes resolved
//
// Not for use by two threads at once.
//
// simdjson gives the verdict, positions come from its structural index (tree.cc). The Tree does not
// own the bytes: whoever keeps a Tree or a Value keeps the bytes, unmoved.
//
// A Value is a cursor of two words; copying it costs nothing. A default Value is *missing*: it is
// false in a condition, has an empty span, no members and no elements, so that
// `root.find("metadata").find("status").string()` is safe on any document.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "json/limits.h"
#include "text/span.h"

namespace sdd::json {

enum class Kind : std::uint8_t {
  kMissing,
  kNull,
  kTrue,
  kFalse,
  kInteger,   // fits int64
  kUnsigned,  // above int64, fits uint64
  kReal,      // has a fraction or an exponent
  kString,
  kArray,
  kObject,
  kKey,  // the key of a member; stands right before the member's value
};

// "a string", "an object" … for messages.
const char* kind_name(Kind kind);

// Whether two texts of one size are equal; quick for the length of a key.
bool same_bytes(const char* a, const char* b, std::size_t size);

// What a == b says, sooner: of keys most differ in length or in the first letter.
inline bool same_text(std::string_view a, std::string_view b) {
  return a.size() == b.size() &&
         (a.empty() || (a.front() == b.front() && same_bytes(a.data(), b.data(), a.size())));
}

class Tree;
template <bool kOfMembers>
class ChildRange;
using MemberRange = ChildRange<true>;
using ElementRange = ChildRange<false>;

class Value {
 public:
  Value() = default;
  Value(const Tree* tree, std::uint32_t index) : tree_(tree), index_(index) {}

  explicit operator bool() const { return tree_ != nullptr; }
  Kind kind() const;
  bool is_object() const { return kind() == Kind::kObject; }
  bool is_array() const { return kind() == Kind::kArray; }
  bool is_string() const { return kind() == Kind::kString; }
  bool is_null() const { return kind() == Kind::kNull; }
  bool is_number() const;
  bool is_boolean() const { return kind() == Kind::kTrue || kind() == Kind::kFalse; }

  // The bytes of the value: quotes and brackets included, white space around it not.
  Span span() const;
  std::string_view raw() const;

  // The text of a string or a key, escapes resolved; "" for anything else. Lives as long as the
  // tree and its bytes.
  std::string_view string() const;
  std::optional<std::int64_t> integer() const;  // kInteger only
  std::optional<double> number() const;         // any number
  std::optional<bool> boolean() const;

  // Members of an object, elements of an array; 0 for anything else.
  std::size_t size() const;
  MemberRange members() const;    // in file order, duplicates included; empty unless an object
  ElementRange elements() const;  // empty unless an array

  // The value of the *last* member of that name, as every JSON reader takes it; else missing.
  Value find(std::string_view key) const;

  // Identity: the position in the tree's vector. Parents stand before their children.
  std::uint32_t index() const { return index_; }
  const Tree* tree() const { return tree_; }
  friend bool operator==(Value, Value) = default;

 private:
  const Tree* tree_ = nullptr;
  std::uint32_t index_ = 0;
};

struct Member {
  Value key;
  Value value;
};

class Tree {
 public:
  Tree() = default;
  Tree(const Tree&) = delete;
  Tree& operator=(const Tree&) = delete;
  Tree(Tree&&) = delete;  // Values point at the tree
  Tree& operator=(Tree&&) = delete;

  // Missing as long as nothing was parsed.
  Value root() const { return size_ == 0 ? Value() : Value(this, 0); }
  std::string_view bytes() const { return bytes_; }
  // Values and keys, all together.
  std::size_t size() const { return size_; }
  Value at(std::uint32_t index) const { return {this, index}; }
  // The index behind a value and everything inside it.
  std::uint32_t subtree_end(Value value) const { return nodes_[value.index()].next; }

  // The RFC 6901 pointer of a value ("" for the root; of a key: that of its member). This and the
  // next two walk over the whole tree once it is clear that they are asked often; then each costs
  // the value's depth.
  std::string pointer(Value value) const;
  // Takes that walk now. From then on several threads may ask the tree at once.
  void prepare_to_share() const {
    if (size_ > 0) link(root());
  }
  // The key in front of a member's value; missing for elements and the root.
  Value key_of(Value value) const;
  // The container that holds the value; missing for the root.
  Value parent_of(Value value) const;
  // The value at an RFC 6901 pointer; missing where there is none or the pointer is malformed.
  Value resolve(std::string_view pointer) const;

 private:
  friend class Parser;
  friend class TreeBuilder;
  friend class Value;
  template <bool kOfMembers>
  friend class ChildRange;

  struct Node {
    std::uint32_t begin;
    std::uint32_t end;
    std::uint32_t next;          // index behind this value's whole subtree
    std::uint32_t kind : 4;      // Kind
    std::uint32_t escaped : 1;   // a string or key whose text is in decoded_
    std::uint32_t payload : 27;  // containers: children; escaped text: its place in decoded_ / 4
  };
  static_assert(sizeof(Node) == 16);

  // What only findings need: made at the first question.
  struct Link {
    std::uint32_t parent;   // kNoParent for the root
    std::uint32_t ordinal;  // position among the elements of an array
  };
  static constexpr std::uint32_t kNoParent = UINT32_MAX;
  // So many questions for a parent are answered without them: an edit asks no more.
  static constexpr std::uint32_t kFew = 16;

  std::string_view text(const Node& node) const;
  const Link& link(Value value) const;
  Value find_parent(std::uint32_t index) const;

  std::string_view bytes_;
  // Not a vector: its elements would be written twice, and the next document takes the same room.
  std::unique_ptr<Node[]> nodes_;
  std::uint32_t capacity_ = 0;
  std::uint32_t size_ = 0;
  mutable std::vector<Link> links_;
  mutable std::uint32_t asked_ = 0;  // parents, before there were links
  std::string decoded_;              // texts with escapes: length (4 bytes), text, padding to 4
};

// Appends one reference token to an RFC 6901 pointer, `~` and `/` escaped.
void append_token(std::string& pointer, std::string_view token);

// Parses many documents with one set of buffers, which the thread's next parser takes over. Not for
// use by two threads at once.
class Parser {
 public:
  explicit Parser(const Limits& limits = {});
  ~Parser();
  Parser(const Parser&) = delete;
  Parser& operator=(const Parser&) = delete;

  // True: `tree` is the document; it points into `bytes`. False: these bytes are no JSON, or over
  // a limit; `tree` is empty, and json::scan() says which. Memory besides the bytes: at most eleven
  // times their length, rounded up to 16 KiB. Where `bytes` has no kPadding bytes of room behind
  // its end (capacity), it is copied first.
  bool parse(const std::string& bytes, Tree& tree);

  static constexpr std::size_t kPadding = 64;

 private:
  struct Buffers;
  // Of the parser of this thread that ended last.
  static std::unique_ptr<Buffers>& spare();

  Limits limits_;
  std::unique_ptr<Buffers> buffers_;
};

// A range over a container, forward only: Members of an object, or Values of an array.
template <bool kOfMembers>
class ChildRange {
 public:
  class iterator {
   public:
    using value_type = std::conditional_t<kOfMembers, Member, Value>;
    using difference_type = std::ptrdiff_t;
    iterator() = default;
    iterator(const Tree* tree, std::uint32_t at) : tree_(tree), at_(at) {}
    value_type operator*() const {
      if constexpr (kOfMembers) {
        return {Value(tree_, at_), Value(tree_, at_ + 1)};
      } else {
        return {tree_, at_};
      }
    }
    iterator& operator++() {
      at_ = tree_->nodes_[kOfMembers ? at_ + 1 : at_].next;
      return *this;
    }
    iterator operator++(int) {
      iterator before = *this;
      ++*this;
      return before;
    }
    friend bool operator==(const iterator& a, const iterator& b) { return a.at_ == b.at_; }

   private:
    const Tree* tree_ = nullptr;
    std::uint32_t at_ = 0;
  };
  ChildRange(const Tree* tree, std::uint32_t begin, std::uint32_t end)
      : begin_(tree, begin), end_(tree, end) {}
  iterator begin() const { return begin_; }
  iterator end() const { return end_; }

 private:
  iterator begin_;
  iterator end_;
};

inline Kind Value::kind() const {
  return tree_ == nullptr ? Kind::kMissing : static_cast<Kind>(tree_->nodes_[index_].kind);
}

inline bool Value::is_number() const {
  const Kind k = kind();
  return k == Kind::kInteger || k == Kind::kUnsigned || k == Kind::kReal;
}

inline Span Value::span() const {
  if (tree_ == nullptr) return {};
  const Tree::Node& node = tree_->nodes_[index_];
  return {node.begin, node.end};
}

inline std::string_view Value::raw() const {
  if (tree_ == nullptr) return {};
  const Tree::Node& node = tree_->nodes_[index_];
  return {tree_->bytes_.data() + node.begin, node.end - node.begin};
}

inline std::string_view Value::string() const {
  if (tree_ == nullptr) return {};
  const Tree::Node& node = tree_->nodes_[index_];
  const auto k = static_cast<Kind>(node.kind);
  if (k != Kind::kString && k != Kind::kKey) return {};
  if (node.escaped != 0) return tree_->text(node);
  return {tree_->bytes_.data() + node.begin + 1, node.end - node.begin - 2};
}

inline std::size_t Value::size() const {
  const Kind k = kind();
  return k == Kind::kArray || k == Kind::kObject ? tree_->nodes_[index_].payload : 0;
}

inline MemberRange Value::members() const {
  if (tree_ == nullptr || !is_object()) return {tree_, 0, 0};
  return {tree_, index_ + 1, tree_->nodes_[index_].next};
}

inline ElementRange Value::elements() const {
  if (tree_ == nullptr || !is_array()) return {tree_, 0, 0};
  return {tree_, index_ + 1, tree_->nodes_[index_].next};
}

inline Value Value::find(std::string_view key) const {
  Value found;
  for (const Member member : members()) {
    if (same_text(member.key.string(), key)) found = member.value;
  }
  return found;
}

}  // namespace sdd::json
