// OpenSpec: one spec that a command works on: the file, its bytes, its JSON and what it means, kept
// together because each points into the one before.
//
//   auto opened = workspace::open_spec("billing-2026-02-11-001", places);   // or a path
//   if (!opened) return tl::unexpected(opened.error());
//   const spec::Spec& spec = (*opened)->spec;
//   auto task = workspace::find_task(**opened, "task-1-1");
//
// A file that is no JSON, or no JSON object, gives an Error that says where and why, and with which
// code `sdd validate` reports it. Everything else that may be wrong with a spec is no obstacle.
#pragma once

#include <memory>
#include <string>

#include "base/error.h"
#include "json/limits.h"
#include "json/tree.h"
#include "spec/spec.h"
#include "text/source_text.h"
#include "workspace/layout.h"

namespace sdd::workspace {

struct OpenSpec {
  SpecPath place;
  SourceText source;  // its path is the file as the user should see it
  json::Tree tree;
  spec::Spec spec;
  bool had_mark = false;  // a byte order mark stood in front, and is not in `source`

  // The spec's id as the file says, else the file's name.
  std::string id() const;
};

// Resolves a SPEC argument, reads the file and parses it. Errors: what find_layout and resolve_spec
// say; kPermission, kIo for a file that cannot be read; kDamaged for one that is no spec.
Result<std::unique_ptr<OpenSpec>> open_spec(const std::string& argument, const Places& places);

// The same for a spec that is known already. `shown`: its path as the user should see it. What is
// over `limits` is kDamaged. With `past_mark` a byte order mark in front of the document is no
// damage.
Result<std::unique_ptr<OpenSpec>> read_spec(const SpecPath& place, std::string shown,
                                            const json::Limits& limits, bool past_mark = false);

// The node with this id. Errors: kNotFound with the nearest ids.
Result<const spec::Node*> find_task(const OpenSpec& opened, const std::string& id);

}  // namespace sdd::workspace
