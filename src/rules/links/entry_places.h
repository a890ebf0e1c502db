// Where findings about an entry's links stand.
#pragma once

#include "bank/entry.h"
#include "rules/repository.h"

namespace sdd::rules {

// Of a field: its path, else its value, else its key.
inline Span place_of_link(const bank::Field& field) {
  if (const auto path = field.path()) return path->path.span();
  return field.value.empty() ? field.key.span() : field.value.span();
}

// Where an entry says which spec it is about: at its SDD Spec, else its Spec, else its first line.
inline Span place_of_work(const bank::TaskEntry& entry) {
  if (const auto* field = entry.field(bank::Key::kSddSpec)) return place_of_link(*field);
  if (const auto* field = entry.field(bank::Key::kSpec)) return place_of_link(*field);
  return entry.head().span();
}

// The value of a work item's Status.
inline Span place_of_status(const ItemView& view) {
  return view.item->meta(bank::Meta::kStatus)->value.span();
}

}  // namespace sdd::rules
