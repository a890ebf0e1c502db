// Draft: the Changes of one update while they are put together.
//
//   Draft draft(spec);
//   draft.set_text({"hierarchy", "task-1-1", "status"}, "completed");
//   draft.remove({"hierarchy", "task-1-1", "metadata", "blocked_at"});
//   draft.add({"journal"}, entry);              // an item; the list is made where there is none
//   Result<Changes> changes = draft.take();
//
// What stands there already makes no Change. Objects and lists that are missing on the way are
// added; where something else stands in their place, take() is refused (kRefused): the file is
// damaged there, and an update does not guess. A Draft keeps a reference to its spec.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/error.h"
#include "spec/change.h"
#include "spec/spec.h"

namespace sdd::spec {

// JSON texts of single values.
std::string json_text(std::string_view text);
std::string json_number(double number, int digits);

class Draft {
 public:
  explicit Draft(const Spec& spec) : spec_(spec) {}

  // `json` is a JSON text.
  void set(const Path& path, std::string json, bool derived = false);
  void set_text(const Path& path, std::string_view text, bool derived = false);
  void set_number(const Path& path, std::int64_t number, bool derived = false);
  void set_flag(const Path& path, bool value);
  void remove(const Path& path);
  // An item at the end of a list; one with the same identity may stand there already.
  void add(const Path& list, std::string json);

  // What stands at a path in the spec, before the update.
  json::Value at(const Path& path) const;

  bool empty() const { return changes_.empty(); }
  Result<Changes> take();

 private:
  bool make_frame(const Path& path, std::size_t length, const char* empty_value);
  Spot spot_in_front(const Path& path) const;

  const Spec& spec_;
  Changes changes_;
  std::unordered_map<std::string, std::size_t> by_pointer_;  // members; of `changes_`
  // By a list's pointer: its items, and how many of each identity were added.
  struct List {
    ItemFinder items;
    std::unordered_map<std::string, std::size_t> added;
  };
  std::unordered_map<std::string, List> lists_;
  std::optional<Error> error_;
};

}  // namespace sdd::spec
