// Whether git calls us where it should: hooks, drivers, attributes.
#include <functional>

#include "base/strings.h"
#include "git/repository.h"
#include "workspace/doctor/examination.h"
#include "workspace/setup/git_setup.h"

namespace sdd::workspace::doctor {
namespace {

// What `judge` says of the clone that the specs lie in.
Diagnosis about_clone(const Patient& patient,
                      const std::function<Diagnosis(const SetupState&)>& judge) {
  const auto repository = git::open_repository(patient.layout.root());
  if (!repository) {
    const bool is_none = repository.error().kind == ErrorKind::kNotRepository;
    return is_none ? Diagnosis{Health::kGood, "no git repository"}
                   : Diagnosis{Health::kWarning, repository.error().message};
  }
  const auto state = GitSetup(**repository, &patient.layout).state();
  if (!state) return {Health::kWarning, state.error().message};
  return judge(*state);
}

}  // namespace

Diagnosis examine_hooks(const Patient& patient) {
  return about_clone(patient, [](const SetupState& state) -> Diagnosis {
    if (!state.stale_hooks.empty()) {
      return {Health::kWarning, "another version of sdd wrote " + join_and(state.stale_hooks) +
                                    ": 'sdd setup-git --hooks' writes them anew"};
    }
    if (state.missing_hooks.empty()) return {Health::kGood, "set"};
    return {Health::kNote,
            "not set: " + join_and(state.missing_hooks) + "; 'sdd setup-git --hooks' sets them"};
  });
}

Diagnosis examine_drivers(const Patient& patient) {
  return about_clone(patient, [](const SetupState& state) -> Diagnosis {
    const bool merge_lacks = state.names_merge && !state.merge_driver;
    const bool diff_lacks = state.names_diff && !state.diff_driver;
    if (merge_lacks || diff_lacks) {
      return {Health::kWarning,
              ".gitattributes names a driver that this clone does not have, so git merges and "
              "shows lines: 'sdd setup-git' sets it up"};
    }
    const bool merge_idle = state.merge_driver && !state.names_merge;
    const bool diff_idle = state.diff_driver && !state.names_diff;
    if (merge_idle || diff_idle) {
      return {Health::kWarning,
              "a driver is set up, and .gitattributes does not name it: 'sdd setup-git' writes it"};
    }
    if (!state.merge_driver) {
      return {Health::kNote,
              "none: branches that both change a spec conflict; 'sdd setup-git' sets them up"};
    }
    return {Health::kGood, "set up"};
  });
}

Diagnosis examine_union(const Patient& patient) {
  return about_clone(patient, [](const SetupState& state) -> Diagnosis {
    if (state.union_patterns.empty()) return {Health::kGood, "not used for specs"};
    return {Health::kError, "merge=union tears specs apart: take it out of .gitattributes",
            state.union_patterns};
  });
}

}  // namespace sdd::workspace::doctor
