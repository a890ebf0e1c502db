#include "rules/spec_facts.h"

#include <utility>

#include "json/tree.h"
#include "spec/roll_up.h"
#include "spec/spec.h"

namespace sdd::rules {
namespace {

void find_link(const spec::Spec& spec, SpecFacts& facts) {
  const json::Value link = spec.metadata.find("work_item_spec");
  if (link) {
    facts.work_item = link.string();
    facts.link = link.span();
    facts.link_pointer = spec.tree().pointer(link);
  } else if (spec.metadata) {
    facts.link = spec.tree().key_of(spec.metadata).span();
    facts.link_pointer = spec.tree().pointer(spec.metadata);
  } else {
    const Span whole = spec.root_value().span();
    facts.link = {whole.begin, whole.begin + 1};
  }
}

}  // namespace

SpecFacts facts_of(const spec::Spec* spec, const Place& place, std::string path) {
  SpecFacts facts;
  facts.path = std::move(path);
  facts.id = place.stem;
  facts.status_folder = place.status_folder;
  if (spec == nullptr) return facts;
  facts.readable = true;
  facts.complete = spec::says_complete(*spec);
  facts.last_updated = bank::leading_date(spec->last_updated.string());
  if (const spec::Node* root = spec->root()) {
    facts.root_status = root->status_value.string();
    facts.total = root->total;
    facts.completed = root->completed;
  }
  find_link(*spec, facts);
  return facts;
}

}  // namespace sdd::rules
