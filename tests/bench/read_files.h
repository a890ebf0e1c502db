// Reads the files below a folder one after the other, the way sdd does: open, fstat, read into one
// reused buffer. The floor under everything that looks at a corpus.
#pragma once

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace sdd::bench {

// All files below `folder` whose names end so, sorted. Throws where a folder cannot be listed.
inline std::vector<std::string> files_in(const char* folder, std::string_view ending) {
  std::vector<std::string> paths;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.path().native().ends_with(ending)) paths.push_back(entry.path().string());
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

[[noreturn]] inline void give_up(const std::string& path) {
  std::perror(path.c_str());
  std::exit(3);
}

// Fills `buffer` with the file's bytes and `padding` further ones, and returns how many bytes the
// file has. Ends the program where that fails: a measurement of half a corpus is none.
inline std::size_t read_file(const std::string& path, std::string& buffer, std::size_t padding) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  struct stat status {};
  if (file < 0 || ::fstat(file, &status) != 0) give_up(path);
  const auto size = static_cast<std::size_t>(status.st_size);
  if (buffer.size() < size + padding) buffer.resize(size + padding);
  std::size_t done = 0;
  while (done < size) {
    const ssize_t count = ::read(file, buffer.data() + done, size - done);
    if (count <= 0) give_up(path);
    done += static_cast<std::size_t>(count);
  }
  ::close(file);
  return size;
}

}  // namespace sdd::bench
