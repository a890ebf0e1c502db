// SchemaView: a schema object as valijson is to see it (schema_reader.h says why), without a copy.
// Included by schema_reader.cc only; the classes are what valijson's adapters must look like
// (valijson/internal/basic_adapter.hpp).
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <limits>
#include <string>
#include <utility>
#include <valijson/internal/adapter.hpp>
#include <valijson/internal/basic_adapter.hpp>
#include <valijson/internal/frozen_value.hpp>

#include "json/schema_keywords.h"

namespace sdd::json {

// What a value is shown as.
enum class Guise : std::uint8_t {
  kSchema,       // the object itself, by its keywords
  kPlain,        // as it is
  kCount,        // a whole number, however written
  kTrue,         // a sub-schema: `true`
  kBlankNumber,  // a number that doubles would bend: 1
  kBlankText,    // a pattern or a constant: ""
  kBlankList,    // sub-schemas, or constants: []
  kBlankMap,     // sub-schemas by name: {}
};

struct Shown {
  Guise guise = Guise::kPlain;
  Value value;
  const Keywords* keywords = nullptr;  // kSchema only
};

class SchemaView;
using SchemaMember = std::pair<std::string, SchemaView>;

// Members by keyword (kSchema) or by position (the others); reads only.
template <typename Item>
class ViewIterator {
 public:
  using iterator_category = std::forward_iterator_tag;
  using value_type = Item;
  using difference_type = std::ptrdiff_t;
  using pointer = Item*;
  using reference = Item&;

  ViewIterator(Shown parent, std::uint32_t at) : parent_(parent), at_(at) {}
  Item operator*() const;
  valijson::adapters::DerefProxy<Item> operator->() const {
    return valijson::adapters::DerefProxy<Item>(**this);
  }
  ViewIterator& operator++();
  ViewIterator operator++(int) {
    ViewIterator before = *this;
    ++*this;
    return before;
  }
  void advance(std::ptrdiff_t count) {
    while (count-- > 0) ++*this;
  }
  friend bool operator==(const ViewIterator& a, const ViewIterator& b) { return a.at_ == b.at_; }
  friend bool operator!=(const ViewIterator& a, const ViewIterator& b) { return a.at_ != b.at_; }

 private:
  Shown parent_;
  std::uint32_t at_;  // index in the tree of the element or the member's key
};

inline constexpr std::uint32_t kViewEnd = std::numeric_limits<std::uint32_t>::max();

class ViewArray {
 public:
  using const_iterator = ViewIterator<SchemaView>;
  using iterator = const_iterator;
  explicit ViewArray(Shown shown = {Guise::kBlankList, {}, nullptr}) : shown_(shown) {}
  const_iterator begin() const;
  const_iterator end() const;
  std::size_t size() const { return shown_.guise == Guise::kBlankList ? 0 : shown_.value.size(); }

 private:
  Shown shown_;
};

class ViewObject {
 public:
  using const_iterator = ViewIterator<SchemaMember>;
  using iterator = const_iterator;
  explicit ViewObject(Shown shown = {Guise::kBlankMap, {}, nullptr}) : shown_(shown) {}
  const_iterator begin() const;
  const_iterator end() const;
  const_iterator find(const std::string& name) const;
  std::size_t size() const { return shown_.guise == Guise::kBlankMap ? 0 : shown_.value.size(); }

 private:
  Shown shown_;
};

// valijson keeps constants in this form; ours are read from the source.
class NoFrozenValue : public valijson::adapters::FrozenValue {
 public:
  FrozenValue* clone() const override { return new NoFrozenValue; }
  bool equalTo(const valijson::adapters::Adapter& /*other*/, bool /*strict*/) const override {
    return false;
  }
};

// NOLINTBEGIN(readability-identifier-naming): valijson's templates call these names

// The values as valijson asks for them.
class ViewValue {
 public:
  explicit ViewValue(Shown shown = {Guise::kBlankMap, {}, nullptr}) : shown_(shown) {}

  valijson::adapters::FrozenValue* freeze() const { return new NoFrozenValue; }
  static bool hasStrictTypes() { return true; }

  bool isArray() const {
    return shown_.guise == Guise::kBlankList ||
           (shown_.guise == Guise::kPlain && shown_.value.is_array());
  }
  bool isObject() const {
    return shown_.guise == Guise::kSchema || shown_.guise == Guise::kBlankMap ||
           (shown_.guise == Guise::kPlain && shown_.value.is_object());
  }
  bool isBool() const {
    return shown_.guise == Guise::kTrue ||
           (shown_.guise == Guise::kPlain && shown_.value.is_boolean());
  }
  bool isInteger() const {
    return shown_.guise == Guise::kCount || shown_.guise == Guise::kBlankNumber;
  }
  bool isDouble() const { return false; }
  bool isNumber() const { return isInteger(); }
  bool isNull() const { return shown_.guise == Guise::kPlain && shown_.value.is_null(); }
  bool isString() const {
    return shown_.guise == Guise::kBlankText ||
           (shown_.guise == Guise::kPlain && shown_.value.is_string());
  }

  bool getArraySize(std::size_t& result) const;
  bool getObjectSize(std::size_t& result) const;
  bool getBool(bool& result) const;
  bool getDouble(double& /*result*/) const { return false; }
  bool getInteger(std::int64_t& result) const;
  bool getString(std::string& result) const;
  opt::optional<ViewArray> getArrayOptional() const;
  opt::optional<ViewObject> getObjectOptional() const;

 private:
  Shown shown_;
};

class SchemaView : public valijson::adapters::BasicAdapter<SchemaView, ViewArray, SchemaMember,
                                                           ViewObject, ViewValue> {
 public:
  SchemaView() = default;
  explicit SchemaView(Shown shown) : BasicAdapter(ViewValue(shown)) {}
};

// The guise of a member's value inside `parent`.
Shown shown_member(const Shown& parent, Value key, Value value);

template <>
inline SchemaView ViewIterator<SchemaView>::operator*() const {
  const Value value(parent_.value.tree(), at_);
  return SchemaView({Guise::kPlain, value, nullptr});
}

template <>
inline ViewIterator<SchemaView>& ViewIterator<SchemaView>::operator++() {
  auto next = ElementRange::iterator(parent_.value.tree(), at_);
  at_ = (*++next).index();
  return *this;
}

template <>
inline SchemaMember ViewIterator<SchemaMember>::operator*() const {
  const Value key(parent_.value.tree(), at_);
  const Value value(parent_.value.tree(), at_ + 1);
  return {std::string(key.string()), SchemaView(shown_member(parent_, key, value))};
}

template <>
inline ViewIterator<SchemaMember>& ViewIterator<SchemaMember>::operator++() {
  auto next = MemberRange::iterator(parent_.value.tree(), at_);
  at_ = (*++next).key.index();
  return *this;
}

}  // namespace sdd::json

template <>
struct valijson::adapters::AdapterTraits<sdd::json::SchemaView> {
  using DocumentType = sdd::json::Shown;
  static std::string adapterName() { return "SchemaView"; }
};

// NOLINTEND(readability-identifier-naming)
