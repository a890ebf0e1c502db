// A specs folder with one small spec, to be updated within the test's process.
#pragma once

#include <filesystem>
#include <string>

#include "spec_document.h"
#include "support.h"
#include "temp_folder.h"
#include "workspace/update.h"

namespace sdd::test {

inline constexpr const char* kRoomId = "demo-2026-01-02-001";

// A phase with two pending tasks.
inline std::string room_spec() {
  return spec_json(
      {{.id = "spec-root", .type = "spec", .children = {"phase-1"}, .total = "2"},
       {.id = "phase-1",
        .type = "phase",
        .parent = "spec-root",
        .children = {"task-1-1", "task-1-2"},
        .total = "2"},
       {.id = "task-1-1", .parent = "phase-1", .metadata = R"({"task_category": "research"})"},
       {.id = "task-1-2", .parent = "phase-1", .metadata = R"({"task_category": "research"})"}},
      "\"metadata\": {},\n\"journal\": [],\n");
}

class UpdateRoom {
 public:
  explicit UpdateRoom(const std::filesystem::path& parent = std::filesystem::temp_directory_path())
      : folder(parent) {
    folder.write("specs/active/" + std::string(kRoomId) + ".json", room_spec());
  }

  std::filesystem::path file(const std::string& status_folder = "active") const {
    return folder.path() / "specs" / status_folder / (std::string(kRoomId) + ".json");
  }
  std::filesystem::path own(const std::string& name) const {
    return folder.path() / "specs" / ".sdd" / name;
  }
  workspace::Places places() const { return {{}, {}, folder.path()}; }

  workspace::UpdateRequest request(const spec::Operation& operation,
                                   const std::string& request_id = "") const {
    workspace::UpdateRequest request;
    request.spec = kRoomId;
    request.command = "test";
    request.ids = {kRoomId};
    request.request_id = request_id;
    request.compute = [operation](const spec::Spec& spec, const workspace::SpecPath&) {
      return spec::update(spec, operation, {now(), false, "Ann"});
    };
    request.answer = [](const workspace::Updated& updated) {
      return "\"" + std::to_string(updated.changes.size()) + " changes\"";
    };
    return request;
  }

  Result<workspace::Updated> run(const spec::Operation& operation,
                                 const std::string& request_id = "") const {
    return workspace::update_spec(request(operation, request_id), places());
  }

  std::string bytes(const std::string& status_folder = "active") const {
    return read_bytes(file(status_folder));
  }
  void write(const std::string& bytes) const {
    folder.write("specs/active/" + std::string(kRoomId) + ".json", bytes);
  }
  std::size_t files_in(const std::string& name) const {
    std::error_code none;  // where there was no update yet
    const std::filesystem::directory_iterator begin(own(name), none);
    return static_cast<std::size_t>(std::distance(begin, {}));
  }

  const TempFolder folder;
};

inline std::size_t count_of(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
    ++count;
  }
  return count;
}

}  // namespace sdd::test
