// sdd_bench_read_only FOLDER: reads every *.json below FOLDER and does nothing with it.
#include <fmt/format.h>

#include "read_files.h"

int main(int count, char** arguments) {
  if (count != 2) return 3;
  std::string buffer;
  std::size_t bytes = 0;
  const std::vector<std::string> paths = sdd::bench::files_in(arguments[1], ".json");
  for (const std::string& path : paths) bytes += sdd::bench::read_file(path, buffer, 0);
  fmt::print("{} files, {} bytes\n", paths.size(), bytes);
}
