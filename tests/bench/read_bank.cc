// sdd_bench_read_bank FOLDER: reads every *.json and *.md below FOLDER and parses the Markdown with
// cmark: the floor under everything that looks at a repository with its memory bank.
#include <cmark.h>
#include <fmt/format.h>

#include "read_files.h"

int main(int count, char** arguments) {
  if (count != 2) return 3;
  std::string buffer;
  std::size_t bytes = 0;
  std::size_t blocks = 0;
  for (const std::string& path : sdd::bench::files_in(arguments[1], ".json")) {
    bytes += sdd::bench::read_file(path, buffer, 0);
  }
  for (const std::string& path : sdd::bench::files_in(arguments[1], ".md")) {
    const std::size_t size = sdd::bench::read_file(path, buffer, 0);
    bytes += size;
    cmark_node* document = cmark_parse_document(buffer.data(), size, CMARK_OPT_DEFAULT);
    for (cmark_node* block = cmark_node_first_child(document); block != nullptr;
         block = cmark_node_next(block)) {
      ++blocks;
    }
    cmark_node_free(document);
  }
  fmt::print("{} bytes, {} blocks\n", bytes, blocks);
}
