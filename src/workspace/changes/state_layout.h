// The layout of a state that lies on no disk: of a revision in a bare repository, as pre-receive
// sees it, or of a commit whose last spec was deleted.
#pragma once

#include <optional>

#include "base/error.h"
#include "workspace/changes/snapshot.h"
#include "workspace/layout.h"

namespace sdd::workspace {

// The specs folder and the memory bank at the top of the state, where Layout::find would look for
// them, or where its `.sdd.toml` says. The root is git's top level, "/" in a bare repository.
// Nothing when there is neither. The baseline that `.sdd.toml` names is not used: it lies on no
// disk. Errors: what read_config says, what git says.
Result<std::optional<Layout>> layout_of_state(const git::Repository& repository,
                                              const git::State& state);

// The layout on the disk, where there is none that of the state before, so that what is gone is
// seen. `with_bank`: Layout::find_with_bank. Errors: as Layout::find.
Result<Layout> layout_before(const Places& places, bool with_bank,
                             const git::Repository& repository, const git::State& before);

}  // namespace sdd::workspace
