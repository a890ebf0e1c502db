#include "workspace/merge_sides.h"

#include <algorithm>

#include "bank/entry_edits.h"
#include "spec/lists.h"
#include "workspace/compare.h"

namespace sdd::workspace {

SpecVersion::SpecVersion(const std::string& path, std::string bytes, const json::Limits& limits)
    : source(path, std::move(bytes)) {
  json::Parser parser(limits);
  whole = parser.parse(source.bytes(), tree) && tree.root().is_object();
  if (!whole) return;
  spec.read(tree);
  const std::vector<std::string> keys =
      spec::item_keys(spec::ListKind::kEntries, spec.journal_value);
  for (std::size_t i = 0; i < keys.size() && i < spec.journal().size(); ++i) {
    entries.emplace(keys[i], static_cast<std::uint32_t>(i));
  }
  for (const spec::Node& node : spec.nodes()) {
    if (!node.hidden && node.is_leaf() && node.status == spec::Status::kCompleted) {
      completed_leaves.emplace(node.id);
    }
  }
}

BankVersion::BankVersion(const std::string& path, std::string bytes, const std::string& name)
    : source(path, std::move(bytes)), document(bank::Document::of(source, bank::kind_of(name))) {
  for (const bank::TaskEntry& entry : document.entries()) {
    if (entry.in_task_section) continue;
    const bank::EntryIdentity known = bank::identity_of(entry);
    entries.emplace(Name{known.title, known.spec}, &entry);
  }
}

Result<std::shared_ptr<const SpecVersion>> Blobs::spec(const git::TreeFile& file) {
  auto& known = specs_[file.blob];
  if (known) return known;
  auto bytes = repository_.blob(file.blob);
  if (!bytes) return tl::unexpected(bytes.error());
  known = std::make_shared<const SpecVersion>(file.path, std::move(*bytes), limits_);
  return known;
}

Result<std::shared_ptr<const BankVersion>> Blobs::bank(const git::TreeFile& file,
                                                       const std::string& name) {
  auto& known = banks_[file.blob + " " + name];
  if (known) return known;
  auto bytes = repository_.blob(file.blob);
  if (!bytes) return tl::unexpected(bytes.error());
  known = std::make_shared<const BankVersion>(file.path, std::move(*bytes), name);
  return known;
}

Result<MergeSide> MergeSides::side_of(const std::string& commit) const {
  MergeSide side;
  side.commit = commit;
  const git::State state{git::State::Kind::kRevision, commit};
  const auto each = [&](const std::optional<std::string>& folder,
                        const auto& take) -> Result<void> {
    if (!folder) return {};
    const auto files = repository_.files(state, *folder);
    if (!files) return tl::unexpected(files.error());
    for (const git::TreeFile& file : *files) {
      take(file, folder->empty() ? file.path : file.path.substr(folder->size() + 1));
    }
    return {};
  };
  const auto specs = each(specs_, [&](const git::TreeFile& file, const std::string& name) {
    const std::string id = spec_id_of(name);
    if (!id.empty()) side.specs[id].push_back(file);
  });
  if (!specs) return tl::unexpected(specs.error());
  const auto bank = each(bank_, [&](const git::TreeFile& file, const std::string& name) {
    const bank::Kind kind = bank::kind_of(name);
    if (kind == bank::Kind::kLog || kind == bank::Kind::kCurrentTasks) side.bank[name] = file;
  });
  if (!bank) return tl::unexpected(bank.error());
  return side;
}

Result<void> MergeSides::read_bases(std::size_t one, std::size_t other) {
  const auto ids = repository_.merge_bases(parents_[one].commit, parents_[other].commit);
  if (!ids) return tl::unexpected(ids.error());
  if (ids->empty() && repository_.is_shallow()) {
    return fail(ErrorKind::kNotFound, "parents of the merge have no common ancestor");
  }
  for (const std::string& id : *ids) {
    auto side = side_of(id);
    if (!side) return tl::unexpected(side.error());
    bases_[{one, other}].push_back(std::move(*side));
  }
  return {};
}

Result<void> MergeSides::read(const std::string& commit, const std::vector<std::string>& parents) {
  auto merge = side_of(commit);
  if (!merge) return tl::unexpected(merge.error());
  merge_ = std::move(*merge);
  for (const std::string& parent : parents) {
    auto side = side_of(parent);
    if (!side) return tl::unexpected(side.error());
    parents_.push_back(std::move(*side));
  }
  for (std::size_t i = 0; i < parents_.size(); ++i) {
    for (std::size_t j = i + 1; j < parents_.size(); ++j) {
      const auto read = read_bases(i, j);
      if (!read) return read;
    }
  }
  return {};
}

bool MergeSides::removed_elsewhere(std::size_t parent,
                                   const std::function<bool(const MergeSide& side)>& has) const {
  for (std::size_t other = 0; other < parents_.size(); ++other) {
    if (other == parent || has(parents_[other])) continue;
    const auto bases = bases_.find({std::min(parent, other), std::max(parent, other)});
    if (bases == bases_.end()) continue;
    if (std::any_of(bases->second.begin(), bases->second.end(), has)) return true;
  }
  return false;
}

}  // namespace sdd::workspace
