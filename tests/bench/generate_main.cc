// sdd_bench_generate OUT_DIR [--specs N] [--bytes TOTAL] [--seed S] [--faults P] [--one BYTES]
//
// Writes OUT_DIR/specs/{pending,active,completed}/<id>.json and prints one line of totals. With
// --faults, OUT_DIR/faults.tsv says which file breaks which rule. With --one a single spec of about
// BYTES bytes is written and its path is printed.
#include <fmt/format.h>

#include <charconv>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include "generate.h"

namespace {

namespace fs = std::filesystem;

struct Options {
  fs::path out;
  sdd::bench::CorpusPlan plan;
  std::size_t one = 0;
};

std::size_t number(std::string_view text) {
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) {
    throw std::runtime_error(fmt::format("'{}' is not a number", text));
  }
  return value;
}

Options read_options(int count, char** arguments) {
  if (count < 2 || arguments[1][0] == '-' || count % 2 != 0) {
    throw std::runtime_error(
        "usage: sdd_bench_generate OUT_DIR [--specs N] [--bytes TOTAL] [--seed S] [--faults P] "
        "[--one BYTES]");
  }
  Options options;
  options.out = arguments[1];
  for (int index = 2; index < count; index += 2) {
    const std::string_view name = arguments[index];
    const std::size_t value = number(arguments[index + 1]);
    if (name == "--specs") {
      options.plan.specs = value;
    } else if (name == "--bytes") {
      options.plan.bytes = value;
    } else if (name == "--seed") {
      options.plan.seed = value;
    } else if (name == "--faults") {
      options.plan.fault_percent = value;
    } else if (name == "--one") {
      options.one = value;
    } else {
      throw std::runtime_error(fmt::format("unknown option '{}'", name));
    }
  }
  if (options.plan.specs == 0) throw std::runtime_error("--specs must be at least 1");
  return options;
}

fs::path save(const fs::path& out, const sdd::bench::GeneratedSpec& spec) {
  const fs::path path = out / "specs" / spec.folder / (spec.id + ".json");
  std::ofstream file(path, std::ios::binary);
  file << spec.bytes;
  file.close();
  if (!file) throw std::runtime_error(fmt::format("cannot write '{}'", path.string()));
  return path;
}

void make_folders(const fs::path& out) {
  for (const char* folder : {"pending", "active", "completed"}) {
    fs::create_directories(out / "specs" / folder);
  }
}

void write_corpus(const Options& options) {
  sdd::bench::Generator generator(options.plan);
  std::size_t bytes = 0;
  std::size_t faults = 0;
  std::string list;
  while (const std::optional<sdd::bench::GeneratedSpec> spec = generator.next()) {
    const fs::path path = save(options.out, *spec);
    bytes += spec->bytes.size();
    if (spec->fault.empty()) continue;
    ++faults;
    list += fmt::format("{}\t{}\n", path.lexically_relative(options.out).string(), spec->fault);
  }
  if (options.plan.fault_percent > 0) std::ofstream(options.out / "faults.tsv") << list;
  fmt::print("{} specs, {} bytes, {} with a fault\n", options.plan.specs, bytes, faults);
}

}  // namespace

int main(int count, char** arguments) {
  try {
    const Options options = read_options(count, arguments);
    make_folders(options.out);
    if (options.one > 0) {
      const auto spec = sdd::bench::generate_one(options.plan.seed, options.one);
      fmt::print("{}\n", save(options.out, spec).string());
    } else {
      write_corpus(options);
    }
    return 0;
  } catch (const std::exception& error) {
    fmt::print(stderr, "sdd_bench_generate: {}\n", error.what());
    return 3;
  }
}
