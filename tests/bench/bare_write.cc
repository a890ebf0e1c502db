// What any safe replacement of a file costs: a line to a log, synced; the bytes to another file,
// synced; that renamed over the file; the folder synced.
//
//   sdd_bench_bare_write FILE      FILE.log and FILE.new are made beside it
#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>

namespace {

bool write_synced(const std::string& file, int flags, const std::string& bytes) {
  const int fd = open(file.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | flags, 0644);
  const bool done = fd >= 0 &&
                    write(fd, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()) &&
                    fsync(fd) == 0;
  if (fd >= 0) close(fd);
  return done;
}

}  // namespace

int main(int count, char** words) {
  if (count != 2) return 2;
  const std::string file = words[1];
  std::ifstream in(file, std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  constexpr std::size_t kLogLine = 600;  // bytes, as an update's intent has them
  const bool written = write_synced(file + ".log", O_APPEND, std::string(kLogLine, 'x')) &&
                       write_synced(file + ".new", O_TRUNC, bytes) &&
                       std::rename((file + ".new").c_str(), file.c_str()) == 0;
  const std::size_t slash = file.rfind('/');
  const int folder = open(slash == std::string::npos ? "." : file.substr(0, slash).c_str(),
                          O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const bool synced = folder >= 0 && fsync(folder) == 0;
  if (folder >= 0) close(folder);
  return written && synced ? 0 : 1;
}
