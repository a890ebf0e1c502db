// Judging a torture run from outside: what was asked and answered against what the file holds.
//
//   const Verdict verdict = judge({bytes, asked, told, foreign, elsewhere});
//   verdict.lost                       // acknowledged, not in the file, and nobody says so
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace sdd::workspace::torture {

// One update that a writer asked for, and what was answered.
struct Asked {
  unsigned writer = 0;
  unsigned number = 0;
  std::string task;           // whose status_note is to be the token; "" for a mere entry
  bool entry = false;         // a journal entry of that title is to be added
  bool acknowledged = false;  // exit code 0
  bool idle = false;          // and there was nothing to do
  bool perhaps = false;       // a try was killed, or says "applied": it may be there or not

  // What names it everywhere: its request id, its entry's title, its note.
  std::string token() const;
};

struct Evidence {
  std::string_view bytes;  // the spec at the end
  const std::vector<Asked>& asked;
  const std::set<std::string>& told;     // tokens that sdd says are lost
  const std::set<std::string>& foreign;  // titles that another program wrote
  const std::set<std::string>& unseen;   // those that it did not see when it wrote again
  std::string_view kept;                 // all bytes of .sdd/displaced
};

struct Verdict {
  bool parses = false;
  std::size_t lost = 0;        // acknowledged and not there, and nobody says so
  std::size_t told = 0;        // acknowledged and not there, and sdd says so
  std::size_t duplicates = 0;  // there more than once
  std::size_t disordered = 0;  // entries of one writer out of its order
  std::size_t untrue = 0;      // there, although it was said that nothing was changed
  std::size_t wrong_counts = 0;
  std::size_t foreign_lost = 0;       // what another program wrote, neither there nor kept
  std::size_t foreign_unseen = 0;     // likewise, but it did not see it when it wrote again
  std::vector<std::string> examples;  // what is wrong, some of it
};

Verdict judge(const Evidence& evidence);

}  // namespace sdd::workspace::torture
