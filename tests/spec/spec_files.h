// Specs to try things on: generated ones in several styles, always; the shared corpus where it is
// there.
#pragma once

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "bench/generate.h"
#include "bench/random.h"
#include "json/tree.h"
#include "spec/spec.h"
#include "support.h"

namespace sdd::test {

struct SpecFile {
  std::string name;
  std::string bytes;
};

// The text with every line end as CRLF.
inline std::string with_crlf(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '\n') out.push_back('\r');
    out.push_back(c);
  }
  return out;
}

// The text with one tab for every two blanks at the beginning of a line.
inline std::string with_tabs(const std::string& text) {
  std::string out;
  bool begins = true;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (begins && text[i] == ' ' && i + 1 < text.size() && text[i + 1] == ' ') {
      out.push_back('\t');
      ++i;
      continue;
    }
    begins = text[i] == '\n';
    out.push_back(text[i]);
  }
  return out;
}

// The text on one line, without blanks.
inline std::string on_one_line(const std::string& text) {
  json::Parser parser;
  json::Tree tree;
  parser.parse(text, tree);
  json::Writer out(json::Writer::kCompact);
  return out.value(tree.root()).text();
}

inline std::vector<SpecFile> generated_specs() {
  std::vector<SpecFile> files;
  const std::size_t sizes[] = {1'500, 3'000, 6'000, 12'000, 24'000, 60'000};
  for (std::size_t i = 0; i < std::size(sizes); ++i) {
    const std::string bytes = bench::generate_one(i + 1, sizes[i]).bytes;
    files.push_back({"generated " + std::to_string(sizes[i]), bytes});
    if (i == 2) files.push_back({"generated with CRLF", with_crlf(bytes)});
    if (i == 3) files.push_back({"generated with tabs", with_tabs(bytes)});
    if (i == 1) files.push_back({"generated on one line", on_one_line(bytes)});
  }
  bench::Generator mixed({.specs = 20, .bytes = 200'000, .seed = 11});
  while (const auto spec = mixed.next())
    files.push_back({spec->folder + "/" + spec->id, spec->bytes});
  return files;
}

// All of them, generated ones first.
inline std::vector<SpecFile> spec_files() {
  namespace fs = std::filesystem;
  std::vector<SpecFile> files = generated_specs();
  const auto corpus = shared("corpus");
  if (!corpus) return files;
  for (const char* folder : {"airis/meta/sdd/specs", "history"}) {
    std::vector<fs::path> paths;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(*corpus / folder)) {
      const std::string inside = fs::relative(entry.path(), *corpus / folder).string();
      const bool in_status_folder = inside[0] != '.' && inside.find('/') == inside.rfind('/');
      if (in_status_folder && entry.path().extension() == ".json") paths.push_back(entry.path());
    }
    std::sort(paths.begin(), paths.end());
    for (const fs::path& path : paths) {
      files.push_back({fs::relative(path, *corpus).string(), read_bytes(path)});
    }
  }
  return files;
}

// Bytes that were read as a spec.
struct ReadSpec {
  explicit ReadSpec(std::string text) : bytes(std::move(text)) {
    json::Parser parser;
    ok = parser.parse(bytes, tree);
    spec.read(tree);
  }

  std::string bytes;
  json::Tree tree;
  spec::Spec spec;
  bool ok = false;
};

}  // namespace sdd::test
