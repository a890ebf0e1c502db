#include <utility>

#include "base/strings.h"
#include "json/tree.h"
#include "rules/rule.h"
#include "spec/spec.h"

namespace sdd::rules {

Finding& Report::push(Span span, std::string message) {
  if (findings_->size() >= kMaxFindings) {
    overflowed_ = true;
    return beyond_ = Finding{};
  }
  Finding& finding = findings_->emplace_back();
  finding.rule = rule_;
  finding.severity = rule_->severity;
  finding.message = std::move(message);
  finding.span = span;
  return finding;
}

Finding& Report::add(json::Value value, std::string message) {
  Finding& finding = push(value.span(), std::move(message));
  if (overflowed_) return finding;
  finding.pointer = tree_->pointer(value);
  finding.subject = value.index();
  return finding;
}

Finding& Report::add_missing(json::Value object, std::string_view member, std::string message) {
  const json::Value key = tree_->key_of(object);
  Span span = key ? key.span() : object.span();
  if (!key && !span.empty()) span.end = span.begin + 1;
  Finding& finding = push(span, std::move(message));
  finding.pointer = tree_->pointer(object);
  finding.subject = object.index();
  finding.missing = member;
  return finding;
}

Finding& Report::add(const spec::Node& node, std::string message) {
  Finding& finding = push(node.key.span(), std::move(message));
  finding.pointer = tree_->pointer(node.value);
  finding.subject = node.value.index();
  finding.node = node.id;
  return finding;
}

Finding& Report::add(Span span, std::string message) { return push(span, std::move(message)); }

std::string did_you_mean(std::string_view word, const std::vector<std::string_view>& candidates) {
  const std::vector<std::string> names = nearest(word, candidates, 1);
  return names.empty() ? std::string() : "did you mean " + quote(names[0]) + "?";
}

}  // namespace sdd::rules
