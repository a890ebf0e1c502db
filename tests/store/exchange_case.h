// A file that others change while it is exchanged.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <string>

#include "store/displaced.h"
#include "store/exchange.h"
#include "store/fake_clock.h"
#include "store/faulty_file_system.h"
#include "store/store_room.h"

namespace sdd::store {

struct ExchangeCase : testing::Test {
  Updated add(const std::string& word) { return RoomUpdate(quick, clock, room.file()).add(word); }

  // Lets somebody act just before the n-th exchange of names.
  void before_exchange(int number, const std::function<void()>& act) {
    auto seen = std::make_shared<int>(0);
    hooked.before = [=](int, Op op) {
      if (op != Op::kRename) return;
      // Each temporary file is renamed once, from draft to ready, before it is exchanged.
      if (++*seen == 2 * number) act();
    };
  }
  Updated add_hooked(const std::string& word) {
    return RoomUpdate(hooked, clock, room.file()).add(word);
  }
  void old_tool_writes(const Words& words) {
    const std::filesystem::path temporary = room.file().string() + ".tmp";
    std::ofstream(temporary) << words_text(words);
    std::filesystem::rename(temporary, room.file());
  }

  Room room;
  RealFileSystem files;
  FakeClock clock;
  FaultyFileSystem quick{files};
  FaultyFileSystem hooked{files};
};

}  // namespace sdd::store
