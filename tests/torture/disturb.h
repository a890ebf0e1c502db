// What gets in the way of a torture run (workspace/torture/torture.h), besides signals that kill.
#pragma once

#include <string>

#include "workspace/torture/torture.h"

namespace sdd::workspace::torture {

// Stops whoever holds the lock (SIGSTOP), for up to a third of a second, and lets it go on.
Disturbance stopping(unsigned seed);

enum class Foreign {
  kOlder,   // reads all, changes, writes `<spec>.tmp` in pieces of 8 KiB, renames it
  kEditor,  // reads all, changes, cuts the file off and writes it in place
};

// A writer that knows no locks and adds entries `<name>-<number>`, one after the other.
Disturbance foreign_writer(Foreign how, const std::string& name, unsigned seed);

// Fills the disk that the arena lies on to the last byte, for moments.
Disturbance filling_the_disk(unsigned seed);

// Where no disk may be mounted: forbids files larger than the spec is at the beginning, for
// moments, by RLIMIT_FSIZE of the programs that are started then.
Disturbance limiting_files(unsigned seed);

// Puts the last whole version back when the spec has been no JSON for a while: as somebody must for
// whom the older way of writing has torn the file.
Disturbance mending();

// The older way of writing, as a program: `words` are those of sdd add-journal, update-status,
// complete-task. No lock, one name for all temporary files, no fsync. Returns its exit code.
int write_the_older_way(const std::vector<std::string>& words);

}  // namespace sdd::workspace::torture
