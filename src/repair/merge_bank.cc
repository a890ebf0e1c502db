// 1. Read the entries of all versions, and what stands around them.
// 2. The frame is the version whose surroundings stay: ours, unless only theirs changed them.
// 3. Each entry of either version is held against the base and the other version: kept, replaced,
//    removed, inserted, or a conflict.
// 4. Entries to insert go behind the one that they stood behind, within their section.
// 5. Where markers are wanted, an entry that is a conflict becomes both versions between them; one
//    that the frame has not is inserted as 4. says.
#include "repair/merge_bank.h"

#include <algorithm>
#include <map>
#include <memory>
#include <string_view>
#include <utility>

#include "bank/entry_edits.h"
#include "bank/sections.h"
#include "base/strings.h"
#include "text/edit.h"
#include "text/source_text.h"

namespace sdd::repair {
namespace {

constexpr std::size_t kNone = std::string::npos;

struct ListedEntry {
  std::string key;
  std::string title;
  bank::Piece piece;    // as it is moved
  std::string section;  // the heading above it
  const bank::TaskEntry* entry = nullptr;
};

// One version of the file.
class BankVersion {
 public:
  BankVersion(const std::string& bytes, bank::Kind kind)
      : source_("", bytes), document_(bank::Document::of(source_, kind)) {
    sections_ = bank::sections_of(source_.bytes());
    std::map<std::string, int> alike;
    for (const bank::TaskEntry& entry : document_.entries()) {
      const bank::EntryIdentity identity = bank::identity_of(entry);
      std::string key = identity.title + "\n" + identity.spec;
      const int number = ++alike[key];
      if (number > 1) key += "\n" + std::to_string(number);
      by_key_[key] = entries_.size();
      const bank::Piece piece = bank::movable(document_, entry);
      entries_.push_back({key, identity.title, piece, heading_at(piece.begin), &entry});
    }
  }

  const std::string& bytes() const { return source_.bytes(); }
  const bank::Document& document() const { return document_; }
  const std::vector<ListedEntry>& entries() const { return entries_; }
  const ListedEntry* find(const std::string& key) const {
    const auto found = by_key_.find(key);
    return found == by_key_.end() ? nullptr : &entries_[found->second];
  }

  // The lines around the entries, blank ones aside.
  std::vector<std::string> surroundings() const {
    std::vector<const bank::TaskEntry*> all;
    for (const ListedEntry& entry : entries_) all.push_back(entry.entry);
    const auto rest = apply_edits(bytes(), bank::remove_entries(bytes(), document_, all));
    std::vector<std::string> lines;
    std::string_view left = rest ? std::string_view(*rest) : std::string_view(bytes());
    while (!left.empty()) {
      const std::size_t stop = std::min(left.find('\n'), left.size());
      std::string_view line = left.substr(0, stop);
      while (line.ends_with('\r') || line.ends_with(' ')) line.remove_suffix(1);
      if (!line.empty()) lines.emplace_back(line);
      left.remove_prefix(std::min(stop + 1, left.size()));
    }
    return lines;
  }

  // Behind which byte something belongs that goes to the end of a section; kNone: no such section.
  std::size_t end_of(const std::string& heading) const {
    for (const bank::Section& section : sections_) {
      if (named(section) == heading) return section.end;
    }
    return kNone;
  }

 private:
  static std::string named(const bank::Section& section) {
    return std::string(static_cast<std::size_t>(section.level), '#') + section.heading;
  }
  std::string heading_at(std::size_t at) const {
    std::string heading;
    for (const bank::Section& section : sections_) {
      if (section.begin <= at) heading = named(section);
    }
    return heading;
  }

  SourceText source_;
  bank::Document document_;
  std::vector<bank::Section> sections_;
  std::vector<ListedEntry> entries_;
  std::map<std::string, std::size_t> by_key_;
};

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

// What of `lines` the other list has not.
std::vector<std::string> beside(std::vector<std::string> lines,
                                const std::vector<std::string>& others) {
  std::erase_if(lines, [&](const std::string& line) {
    return std::find(others.begin(), others.end(), line) != others.end();
  });
  return lines;
}

class BankMerger {
 public:
  // `frame` is ours or theirs; `frame_is_ours` says which.
  BankMerger(const BankVersion* base, const BankVersion& frame, const BankVersion& other,
             bool frame_is_ours, const Markers* markers)
      : base_(base),
        frame_(frame),
        other_(other),
        frame_is_ours_(frame_is_ours),
        markers_(markers) {}

  BankMerged run() {
    for (const ListedEntry& entry : frame_.entries()) judge(entry);
    for (const ListedEntry& entry : other_.entries()) {
      if (frame_.find(entry.key) == nullptr) judge_missing(entry);
    }
    if (!merged_.conflicts.empty() && markers_ == nullptr) return std::move(merged_);
    insert();
    std::vector<Edit> removals = bank::remove_entries(frame_.bytes(), frame_.document(), removed_);
    edits_.insert(edits_.end(), removals.begin(), removals.end());
    auto bytes = apply_edits(frame_.bytes(), edits_);
    if (bytes) {
      merged_.bytes = std::move(*bytes);
    } else {
      merged_.conflicts.push_back(
          {"", "entries that stand side by side changed on both sides", "", ""});
    }
    return std::move(merged_);
  }

 private:
  // What goes into the frame, in the place of an entry of the other version.
  struct Wanted {
    const ListedEntry* entry = nullptr;
    std::string text;
  };

  const ListedEntry* in_base(const ListedEntry& entry) const {
    return base_ == nullptr ? nullptr : base_->find(entry.key);
  }

  // `entry` is the frame's, where that has one.
  void conflict(const ListedEntry& entry, const char* message, std::string_view frame,
                std::string_view other) {
    BankConflict found{entry.title, sdd::quote(entry.title) + ": " + message, std::string(frame),
                       std::string(other)};
    if (!frame_is_ours_) std::swap(found.ours, found.theirs);
    if (markers_ != nullptr) mark(entry, found, !frame.empty());
    merged_.conflicts.push_back(std::move(found));
  }

  // 5. Markers begin lines, so the entry's first line and its last are replaced as a whole.
  void mark(const ListedEntry& entry, const BankConflict& conflict, bool in_frame) {
    const std::string line_end(bank::line_end_of(frame_.bytes()));
    const auto marker = [&](char kind) { return std::string(markers_->width, kind); };
    const auto lines = [&](const std::string& text) { return text.empty() ? "" : text + line_end; };
    std::string text = marker('<') + " ours" + line_end + lines(conflict.ours) + marker('=') +
                       line_end + lines(conflict.theirs) + marker('>') + " theirs";
    if (!in_frame) return wanted_.push_back({&entry, std::move(text)});
    const Span whole{bank::line_begin(frame_.bytes(), entry.piece.begin),
                     bank::line_stop(frame_.bytes(), entry.piece.end())};
    edits_.push_back({whole, std::move(text)});
  }

  // An entry that stands in the frame.
  void judge(const ListedEntry& entry) {
    const ListedEntry* base = in_base(entry);
    const ListedEntry* other = other_.find(entry.key);
    const std::string_view text = entry.piece.view();
    if (other == nullptr) {
      if (base == nullptr) return;
      if (base->piece.view() == text) return removed_.push_back(entry.entry);
      return conflict(entry, "one side changed it, the other removed it", text, "");
    }
    if (other->piece.view() == text) return;
    if (base != nullptr && base->piece.view() == other->piece.view()) return;
    if (base == nullptr || base->piece.view() != text) {
      return conflict(entry, "both sides say it differently", text, other->piece.view());
    }
    edits_.push_back({entry.piece.span(), std::string(other->piece.view())});
  }

  // An entry that only the other version has.
  void judge_missing(const ListedEntry& entry) {
    const ListedEntry* base = in_base(entry);
    if (base == nullptr) return wanted_.push_back({&entry, std::string(entry.piece.view())});
    if (base->piece.view() == entry.piece.view()) return;
    conflict(entry, "one side changed it, the other removed it", "", entry.piece.view());
  }

  // 4. Entries that go to one place are one block.
  void insert() {
    std::map<std::pair<std::size_t, bool>, std::string> blocks;  // place, whether before it
    const std::string gap = std::string(bank::line_end_of(frame_.bytes())) +
                            std::string(bank::line_end_of(frame_.bytes()));
    for (const Wanted& wanted : wanted_) {
      std::string& block = blocks[place_for(*wanted.entry)];
      block += (block.empty() ? "" : gap) + wanted.text;
    }
    for (auto& [place, text] : blocks) {
      edits_.push_back(place.second
                           ? bank::block_before(frame_.bytes(), place.first, std::move(text))
                           : bank::block_behind(frame_.bytes(), place.first, std::move(text)));
    }
  }

  std::pair<std::size_t, bool> place_for(const ListedEntry& wanted) const {
    const auto& others = other_.entries();
    const auto at = static_cast<std::size_t>(&wanted - others.data());
    for (std::size_t i = at; i-- > 0;) {
      if (others[i].section != wanted.section) break;
      const ListedEntry* here = frame_.find(others[i].key);
      if (here != nullptr && here->section == wanted.section) return {end_behind(*here), false};
    }
    for (std::size_t i = at + 1; i < others.size(); ++i) {
      if (others[i].section != wanted.section) break;
      const ListedEntry* here = frame_.find(others[i].key);
      if (here != nullptr && here->section == wanted.section) return {begin_before(*here), true};
    }
    const std::size_t end = frame_.end_of(wanted.section);
    return {end == kNone ? frame_.bytes().size() : end, false};
  }

  bool is_new(const ListedEntry& entry) const {
    return other_.find(entry.key) == nullptr && in_base(entry) == nullptr;
  }

  // Ours stand first: behind an entry come the new ones of the frame, then those of the other side.
  std::size_t end_behind(const ListedEntry& entry) const {
    const auto& all = frame_.entries();
    auto at = static_cast<std::size_t>(&entry - all.data());
    while (frame_is_ours_ && at + 1 < all.size() && is_new(all[at + 1]) &&
           all[at + 1].section == entry.section) {
      ++at;
    }
    return all[at].piece.end();
  }
  std::size_t begin_before(const ListedEntry& entry) const {
    const auto& all = frame_.entries();
    auto at = static_cast<std::size_t>(&entry - all.data());
    while (!frame_is_ours_ && at > 0 && is_new(all[at - 1]) &&
           all[at - 1].section == entry.section) {
      --at;
    }
    return all[at].piece.begin;
  }

  const BankVersion* base_;
  const BankVersion& frame_;
  const BankVersion& other_;
  bool frame_is_ours_;
  const Markers* markers_;
  std::vector<const bank::TaskEntry*> removed_;
  std::vector<Wanted> wanted_;
  std::vector<Edit> edits_;
  BankMerged merged_;
};

// Whether a line is a conflict marker of this kind: seven of them, then a blank or the line's end.
bool is_conflict_marker(std::string_view line, char kind) {
  constexpr std::size_t kLength = 7;
  if (!line.starts_with(std::string(kLength, kind))) return false;
  return line.size() == kLength || line[kLength] == ' ' || line[kLength] == '\r' ||
         line[kLength] == '\n';
}

}  // namespace

BankMerged merge_bank(const BankVersions& versions, bank::Kind kind, const Markers* markers) {
  if (versions.ours == versions.theirs) return {versions.ours, {}};
  if (versions.base != nullptr && *versions.base == versions.ours) return {versions.theirs, {}};
  if (versions.base != nullptr && *versions.base == versions.theirs) return {versions.ours, {}};
  const BankVersion ours(versions.ours, kind);
  const BankVersion theirs(versions.theirs, kind);
  std::unique_ptr<BankVersion> base;
  if (versions.base != nullptr) base = std::make_unique<BankVersion>(*versions.base, kind);
  const auto our_lines = ours.surroundings();
  const auto their_lines = theirs.surroundings();
  const bool alike = our_lines == their_lines;
  if (alike || (base && base->surroundings() == their_lines)) {
    return BankMerger(base.get(), ours, theirs, true, markers).run();
  }
  if (base && base->surroundings() == our_lines) {
    return BankMerger(base.get(), theirs, ours, false, markers).run();
  }
  BankMerged merged;
  merged.conflicts.push_back({"", "both sides changed what is no entry",
                              joined(beside(our_lines, their_lines)),
                              joined(beside(their_lines, our_lines))});
  return merged;
}

std::optional<ConflictSides> split_conflicts(const std::string& bytes) {
  enum class In { kBoth, kOurs, kBase, kTheirs };
  ConflictSides sides;
  std::string base;
  In in = In::kBoth;
  std::size_t conflicts = 0;
  std::size_t with_base = 0;
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t next = std::min(bytes.find('\n', at), bytes.size() - 1) + 1;
    const std::string_view line = std::string_view(bytes).substr(at, next - at);
    at = next;
    if (in == In::kBoth && is_conflict_marker(line, '<')) {
      in = In::kOurs;
      ++conflicts;
    } else if (in == In::kOurs && is_conflict_marker(line, '|')) {
      in = In::kBase;
      ++with_base;
    } else if ((in == In::kOurs || in == In::kBase) && is_conflict_marker(line, '=')) {
      in = In::kTheirs;
    } else if (in == In::kTheirs && is_conflict_marker(line, '>')) {
      in = In::kBoth;
    } else {
      if (in == In::kBoth || in == In::kOurs) sides.ours += line;
      if (in == In::kBoth || in == In::kBase) base += line;
      if (in == In::kBoth || in == In::kTheirs) sides.theirs += line;
    }
  }
  if (conflicts == 0 || in != In::kBoth) return std::nullopt;
  if (with_base == conflicts) sides.base = std::move(base);
  return sides;
}

}  // namespace sdd::repair
