// SchemaReader: the only source that includes valijson.
//
// 1. SchemaView shows valijson one object, its children as `true`.
// 2. populateSchema() builds its constraints, throwing std::runtime_error for what it cannot read.
// 3. StatementVisitor turns each constraint into a statement. valijson visits in its own order,
//    which is the same for every object.
#define VALIJSON_USE_EXCEPTIONS 1

#include "json/schema_reader.h"

#include <fmt/format.h>

#include <valijson/constraints/concrete_constraints.hpp>
#include <valijson/constraints/constraint_visitor.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>

#include "json/schema_view.h"

namespace sdd::json {

bool ViewValue::getArraySize(std::size_t& result) const {
  if (!isArray()) return false;
  result = ViewArray(shown_).size();
  return true;
}

bool ViewValue::getObjectSize(std::size_t& result) const {
  if (!isObject()) return false;
  result = ViewObject(shown_).size();
  return true;
}

bool ViewValue::getBool(bool& result) const {
  if (!isBool()) return false;
  result = shown_.guise == Guise::kTrue || shown_.value.kind() == Kind::kTrue;
  return true;
}

bool ViewValue::getInteger(std::int64_t& result) const {
  if (!isInteger()) return false;
  if (shown_.guise == Guise::kBlankNumber) {
    result = 1;
    return true;
  }
  // A count of 2.0 is one of 2 (the meta-schema knows it for whole), and more than any document
  // has are as good as too many.
  constexpr double kMost = 1e15;
  result = static_cast<std::int64_t>(std::min(shown_.value.number().value_or(0), kMost));
  return true;
}

bool ViewValue::getString(std::string& result) const {
  if (!isString()) return false;
  if (shown_.guise == Guise::kPlain) {
    result = shown_.value.string();
  } else {
    result.clear();
  }
  return true;
}

opt::optional<ViewArray> ViewValue::getArrayOptional() const {
  if (!isArray()) return {};
  return ViewArray(shown_);
}

opt::optional<ViewObject> ViewValue::getObjectOptional() const {
  if (!isObject()) return {};
  return ViewObject(shown_);
}

ViewArray::const_iterator ViewArray::begin() const {
  if (shown_.guise == Guise::kBlankList) return end();
  return {shown_, (*shown_.value.elements().begin()).index()};
}

ViewArray::const_iterator ViewArray::end() const {
  if (shown_.guise == Guise::kBlankList) return {shown_, kViewEnd};
  return {shown_, (*shown_.value.elements().end()).index()};
}

ViewObject::const_iterator ViewObject::begin() const {
  if (shown_.guise == Guise::kBlankMap) return end();
  return {shown_, (*shown_.value.members().begin()).key.index()};
}

ViewObject::const_iterator ViewObject::end() const {
  if (shown_.guise == Guise::kBlankMap) return {shown_, kViewEnd};
  return {shown_, (*shown_.value.members().end()).key.index()};
}

ViewObject::const_iterator ViewObject::find(const std::string& name) const {
  if (shown_.keywords == nullptr) return end();
  const Value value = shown_.keywords->find(name);
  // To valijson the name of a format may not be empty. To the standard it is one nobody checks.
  if (!value || (name == "format" && value.string().empty())) return end();
  return {shown_, value.index() - 1};
}

namespace {

Guise guise_of(Keyword keyword, Value value) {
  switch (keyword) {
    case Keyword::kConst:
    case Keyword::kPattern:
      return Guise::kBlankText;
    case Keyword::kEnum:
      return Guise::kBlankList;
    case Keyword::kExclusiveMaximum:
    case Keyword::kExclusiveMinimum:
    case Keyword::kMaximum:
    case Keyword::kMinimum:
    case Keyword::kMultipleOf:
      return Guise::kBlankNumber;
    case Keyword::kMaxItems:
    case Keyword::kMaxLength:
    case Keyword::kMaxProperties:
    case Keyword::kMinItems:
    case Keyword::kMinLength:
    case Keyword::kMinProperties:
      return Guise::kCount;
    default:
      break;
  }
  switch (holds(keyword)) {
    case Holds::kSchema:
      return Guise::kTrue;
    case Holds::kSchemas:
      return Guise::kBlankList;
    case Holds::kSchemaOrList:
      return value.is_array() ? Guise::kBlankList : Guise::kTrue;
    case Holds::kSchemaMap:
    case Holds::kSchemaOrNames:
      return Guise::kBlankMap;
    case Holds::kNothing:
      break;
  }
  return Guise::kPlain;
}

}  // namespace

Shown shown_member(const Shown& parent, Value key, Value value) {
  if (parent.guise != Guise::kSchema) return {Guise::kPlain, value, nullptr};
  return {guise_of(*keyword_of(key.string()), value), value, nullptr};
}

namespace {

using valijson::constraints::TypeConstraint;

TypeBit type_bit(TypeConstraint::JsonType type) {
  switch (type) {
    case TypeConstraint::kArray:
      return kTypeArray;
    case TypeConstraint::kBoolean:
      return kTypeBoolean;
    case TypeConstraint::kInteger:
      return kTypeInteger;
    case TypeConstraint::kNull:
      return kTypeNull;
    case TypeConstraint::kNumber:
      return kTypeNumber;
    case TypeConstraint::kObject:
      return kTypeObject;
    case TypeConstraint::kString:
      return kTypeString;
    case TypeConstraint::kAny:  // draft-03; the meta-schema does not let it come here
      break;
  }
  throw std::runtime_error("uses the type 'any', which draft-07 does not have");
}

class StatementVisitor final : public valijson::constraints::ConstraintVisitor {
 public:
  explicit StatementVisitor(std::vector<Statement>& statements) : statements_(statements) {}

  bool visit(const AllOfConstraint& /*c*/) override { return say(Keyword::kAllOf); }
  bool visit(const AnyOfConstraint& /*c*/) override { return say(Keyword::kAnyOf); }
  bool visit(const ConditionalConstraint& /*c*/) override { return say(Keyword::kIf); }
  bool visit(const ConstConstraint& /*c*/) override { return say(Keyword::kConst); }
  bool visit(const ContainsConstraint& /*c*/) override { return say(Keyword::kContains); }
  bool visit(const DependenciesConstraint& /*c*/) override { return say(Keyword::kDependencies); }
  bool visit(const EnumConstraint& /*c*/) override { return say(Keyword::kEnum); }
  bool visit(const FormatConstraint& /*c*/) override { return say(Keyword::kFormat); }
  bool visit(const LinearItemsConstraint& /*c*/) override { return say(Keyword::kItems); }
  bool visit(const MaximumConstraint& c) override {
    return say(c.getExclusiveMaximum() ? Keyword::kExclusiveMaximum : Keyword::kMaximum);
  }
  bool visit(const MaxItemsConstraint& c) override {
    return say(Keyword::kMaxItems, c.getMaxItems());
  }
  bool visit(const MaxLengthConstraint& c) override {
    return say(Keyword::kMaxLength, c.getMaxLength());
  }
  bool visit(const MaxPropertiesConstraint& c) override {
    return say(Keyword::kMaxProperties, c.getMaxProperties());
  }
  bool visit(const MinimumConstraint& c) override {
    return say(c.getExclusiveMinimum() ? Keyword::kExclusiveMinimum : Keyword::kMinimum);
  }
  bool visit(const MinItemsConstraint& c) override {
    return say(Keyword::kMinItems, c.getMinItems());
  }
  bool visit(const MinLengthConstraint& c) override {
    return say(Keyword::kMinLength, c.getMinLength());
  }
  bool visit(const MinPropertiesConstraint& c) override {
    return say(Keyword::kMinProperties, c.getMinProperties());
  }
  bool visit(const MultipleOfDoubleConstraint& /*c*/) override { return say(Keyword::kMultipleOf); }
  bool visit(const MultipleOfIntConstraint& /*c*/) override { return say(Keyword::kMultipleOf); }
  bool visit(const NotConstraint& /*c*/) override { return say(Keyword::kNot); }
  bool visit(const OneOfConstraint& /*c*/) override { return say(Keyword::kOneOf); }
  bool visit(const PatternConstraint& /*c*/) override { return say(Keyword::kPattern); }
  // No builder of ours makes one.
  bool visit(const PolyConstraint& /*c*/) override { return false; }
  bool visit(const PropertiesConstraint& /*c*/) override { return say(Keyword::kProperties); }
  bool visit(const PropertyNamesConstraint& /*c*/) override { return say(Keyword::kPropertyNames); }
  bool visit(const RequiredConstraint& /*c*/) override { return say(Keyword::kRequired); }
  bool visit(const SingularItemsConstraint& /*c*/) override { return say(Keyword::kItems); }
  bool visit(const TypeConstraint& c) override {
    std::uint64_t bits = 0;
    c.applyToNamedTypes([&bits](TypeConstraint::JsonType type) {
      bits |= type_bit(type);
      return true;
    });
    return say(Keyword::kType, bits);
  }
  bool visit(const UniqueItemsConstraint& /*c*/) override { return say(Keyword::kUniqueItems); }

 private:
  bool say(Keyword keyword, std::uint64_t value = 0) {
    statements_.push_back({keyword, value});
    return true;
  }

  std::vector<Statement>& statements_;
};

// Everything that the statements of an object can differ by.
std::string look_of(const Keywords& keywords) {
  const std::uint64_t present = keywords.present();
  std::string look(reinterpret_cast<const char*>(&present), sizeof present);
  for (std::size_t i = 0; i < kKeywordCount; ++i) {
    const auto keyword = static_cast<Keyword>(i);
    if (!keywords.has(keyword)) continue;
    const Value value = keywords[keyword];
    const Guise guise = guise_of(keyword, value);
    if (guise == Guise::kCount || keyword == Keyword::kType || keyword == Keyword::kUniqueItems ||
        keyword == Keyword::kFormat) {
      look.append(value.raw()).push_back(' ');
    } else if (keyword == Keyword::kItems) {
      look.push_back(value.is_array() ? '[' : '{');
    }
  }
  return look;
}

}  // namespace

struct SchemaReader::Parser {
  valijson::SchemaParser parser{valijson::SchemaParser::kDraft7};
};

SchemaReader::SchemaReader() : parser_(std::make_unique<Parser>()) {}

SchemaReader::~SchemaReader() = default;

Result<const std::vector<Statement>*> SchemaReader::read(const Keywords& keywords) {
  const auto [known, is_new] = known_.try_emplace(look_of(keywords));
  if (!is_new) return &known->second;
  try {
    valijson::Schema schema;
    parser_->parser.populateSchema(SchemaView({Guise::kSchema, keywords.source(), &keywords}),
                                   schema);
    StatementVisitor visitor(known->second);
    valijson::Subschema::ApplyFunction visit =
        [&visitor](const valijson::constraints::Constraint& constraint) {
          return constraint.accept(visitor);
        };
    schema.apply(visit);
  } catch (const std::exception& error) {
    known_.erase(known);
    return fail(ErrorKind::kBadSchema, error.what());
  }
  return &known->second;
}

}  // namespace sdd::json
