// sdd_bench_simdjson_dom FOLDER: reads every *.json below FOLDER and parses it with simdjson's DOM,
// one parser for all: the floor under everything that looks into a corpus.
#include <fmt/format.h>
#include <simdjson.h>

#include "read_files.h"

int main(int count, char** arguments) {
  if (count != 2) return 3;
  simdjson::dom::parser parser;
  std::string buffer;
  std::size_t bytes = 0;
  std::size_t members = 0;
  std::size_t damaged = 0;
  const std::vector<std::string> paths = sdd::bench::files_in(arguments[1], ".json");
  for (const std::string& path : paths) {
    const std::size_t size = sdd::bench::read_file(path, buffer, simdjson::SIMDJSON_PADDING);
    bytes += size;
    simdjson::dom::object root;
    if (parser.parse(buffer.data(), size, false).get(root)) {
      ++damaged;
    } else {
      members += root.size();
    }
  }
  fmt::print("{} files, {} bytes, {} members, {} damaged\n", paths.size(), bytes, members, damaged);
}
