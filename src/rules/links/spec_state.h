// How far a spec is, in words for findings about its links.
#pragma once

#include <string>

#include "base/strings.h"
#include "rules/spec_facts.h"

namespace sdd::rules {

// Complete, and in the folder where finished specs lie.
inline bool is_finished(const SpecFacts& spec) {
  return spec.complete && (spec.status_folder == "completed" || spec.status_folder == "archived");
}

// "complete, but still in active/", "in_progress (7 of 8 tasks completed)"
inline std::string state_of(const SpecFacts& spec) {
  if (spec.complete) return "complete, but still in " + spec.status_folder + "/";
  std::string words = spec.root_status.empty() ? "not complete" : printable(spec.root_status);
  if (spec.completed && spec.total) {
    words += " (" + std::to_string(*spec.completed) + " of " + std::to_string(*spec.total) +
             " tasks completed)";
  }
  return words;
}

}  // namespace sdd::rules
