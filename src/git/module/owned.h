// Owned: what libgit2 made, freed by the function that belongs to its type; and its errors as ours.
#pragma once

#include <git2.h>

#include <memory>
#include <string>

#include "base/error.h"

namespace sdd::git {

template <typename T, void (*kFree)(T*)>
struct Freed {
  void operator()(T* object) const { kFree(object); }
};
template <typename T, void (*kFree)(T*)>
using Owned = std::unique_ptr<T, Freed<T, kFree>>;

// "cannot <action>: <what libgit2 said last>", kIo.
Error failure_to(const std::string& action);

}  // namespace sdd::git
