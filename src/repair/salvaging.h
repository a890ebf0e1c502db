// The ways in which salvage() (salvage.h) comes to a document. For salvage.cc only.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "json/scan.h"
#include "repair/claims.h"
#include "repair/rebuild.h"
#include "repair/salvage.h"
#include "repair/versions.h"

namespace sdd::repair {

// Call one of the two ways, once.
class Salvaging {
 public:
  // Keeps references to all three.
  Salvaging(const DamagedSpec& damaged, const std::vector<Source>& sources,
            const json::Damage& damage);

  // The document that stands whole in front of a tail, and what it lacks.
  Salvaged keep_document();
  // The base and what the file says beyond it; without a base, a frame of what the file says.
  Salvaged rebuild_document();

 private:
  using Named = std::map<std::string, const Claim*>;

  void read_sources();
  bool is_usable(const Statements& statements) const;
  bool contributes(std::size_t source) const;
  // The claim of that name in what the result is built on; nullptr: there is none.
  const Claim* base_claim(Claims kind, const std::string& name) const;
  void set_base(const Statements& base);
  std::vector<const Claim*> choose(Claims kind);
  std::vector<const Claim*> lacking(Claims kind);
  void restore_missing_children(Chosen& chosen) const;
  std::optional<std::string> latest_update(const Chosen& chosen) const;
  bool is_nobodys(const Statements& document) const;
  Salvaged rebuild_document(bool spliced);
  Salvaged frame_document();

  // The receipt: salvaging_receipt.cc.
  Salvaged finished(const std::string& bytes, const Chosen& chosen, Salvaged salvaged);
  void note_recovered(const Chosen& chosen, Salvaged& salvaged) const;
  void note_missing(const Finished& finished, Salvaged& salvaged) const;
  void note_lost_entries(Salvaged& salvaged) const;
  void note_doubts(Salvaged& salvaged) const;
  void note_dropped(std::size_t from, Salvaged& salvaged) const;

  const DamagedSpec& damaged_;
  const std::vector<Source>& sources_;
  const json::Damage& damage_;
  std::vector<Statements> said_;     // by source
  std::optional<std::size_t> base_;  // of `sources_`
  std::optional<Timestamp> base_time_;
  Named base_nodes_, base_entries_, base_members_;
  Statements file_;  // what stands whole in the file; with a document, behind it
  Statements document_;
  Witnesses witnesses_;
  std::vector<const Claim*> passed_over_;  // of the file: whole, and another version is taken
};

// RFC 6901.
std::string pointer_to_node(const std::string& id);

}  // namespace sdd::repair
