// A specs folder whose one spec was damaged, in a repository of git's when a test wants one.
#pragma once

#include <string>

#include "shell_run.h"
#include "store/hash.h"
#include "workspace/repair/repair.h"
#include "workspace/repair/undo.h"
#include "workspace/repair/verify.h"
#include "workspace/update_room.h"

namespace sdd::test {

class RepairRoom : public UpdateRoom {
 public:
  RepairRoom() : UpdateRoom() {}  // provided, so that a constant one needs no braces
  using UpdateRoom::UpdateRoom;

  void git(const std::string& words) const {
    const auto ran = run_shell("-c \"git " + words + "\"", folder.path());
    ASSERT_EQ(ran.exit, 0) << words << "\n" << ran.err;
  }
  // A repository whose first commit holds the spec as it stands.
  void begin_git() const {
    git("init -q -b main .");
    git("config user.name Ann");
    git("config user.email ann@example.org");
    git("add specs && git commit -q -m one");
  }

  static workspace::RepairRequest request() {
    workspace::RepairRequest request;
    request.file = kRoomId;
    request.version = "test";
    request.occasion = {now(), false, "Ann"};
    return request;
  }
  workspace::Repaired repair(
      const workspace::RepairRequest& request = RepairRoom::request()) const {
    auto repaired = workspace::repair_file(request, places());
    EXPECT_TRUE(repaired) << repaired.error().message;
    return repaired ? std::move(*repaired) : workspace::Repaired{};
  }
  workspace::Verified verify(const workspace::Repaired& repaired) const {
    auto verified = workspace::verify_receipt(folder.path() / repaired.proof);
    EXPECT_TRUE(verified) << verified.error().message;
    return verified ? std::move(*verified) : workspace::Verified{};
  }
  Result<workspace::Undone> undo() const {
    workspace::UndoRequest request;
    request.file = kRoomId;
    return workspace::undo_repair(request, places());
  }
  // Whether a copy of these bytes lies in .sdd/salvage.
  bool is_salvaged(const std::string& bytes) const {
    std::error_code none;
    for (const auto& entry : std::filesystem::directory_iterator(own("salvage"), none)) {
      if (read_bytes(entry.path()) == bytes) return true;
    }
    return false;
  }
};

}  // namespace sdd::test
