// The steps of a check by themselves, on a 133 KB spec and on a mixed corpus of 6 MB:
//
//   sdd_bench_micro --benchmark_filter=parse
//
// Each figure stands beside simdjson's own DOM parse of the same bytes ("dom"). Every step reuses
// its buffers, as the program does.
#include <benchmark/benchmark.h>
#include <simdjson.h>

#include <string>
#include <utility>
#include <vector>

#include "bench/generate.h"
#include "json/embedded_schema.h"
#include "json/schema.h"
#include "json/tree.h"
#include "rules/engine.h"
#include "spec/spec.h"
#include "text/source_text.h"

namespace sdd::bench {
namespace {

using Corpus = std::vector<GeneratedSpec>;

const Corpus& corpus(bool mixed) {
  static const Corpus one = {generate_one(1, 133'000)};
  static const Corpus many = [] {
    Corpus specs;
    Generator generator({.specs = 200, .bytes = 6'000'000, .seed = 1});
    while (auto spec = generator.next()) {
      spec->bytes.reserve(spec->bytes.size() + json::Parser::kPadding);
      specs.push_back(std::move(*spec));
    }
    return specs;
  }();
  return mixed ? many : one;
}

// Runs `step` over all specs of the corpus that the argument names (0: one, 1: mixed).
template <typename Step>
void for_each_spec(benchmark::State& state, Step step) {
  const Corpus& specs = corpus(state.range(0) != 0);
  std::size_t bytes = 0;
  for (const GeneratedSpec& spec : specs) bytes += spec.bytes.size();
  for (auto _ : state) {
    for (const GeneratedSpec& spec : specs) step(spec);
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * bytes));
}

void dom(benchmark::State& state) {
  simdjson::dom::parser parser;
  for_each_spec(state, [&](const GeneratedSpec& spec) {
    simdjson::dom::element root;
    const bool failed = parser.parse(spec.bytes.data(), spec.bytes.size(), true).get(root) != 0;
    benchmark::DoNotOptimize(failed);
  });
}

void parse(benchmark::State& state) {
  json::Parser parser;
  json::Tree tree;
  for_each_spec(state, [&](const GeneratedSpec& spec) {
    benchmark::DoNotOptimize(parser.parse(spec.bytes, tree));
  });
}

// Parsing and reading what the spec means; subtract `parse`.
void parse_and_index(benchmark::State& state) {
  json::Parser parser;
  json::Tree tree;
  spec::Spec meaning;
  for_each_spec(state, [&](const GeneratedSpec& spec) {
    benchmark::DoNotOptimize(parser.parse(spec.bytes, tree));
    meaning.read(tree);
    benchmark::DoNotOptimize(meaning.nodes().size());
  });
}

// Holding the parsed document against our schema; subtract `parse`.
void parse_and_schema(benchmark::State& state) {
  const auto schema = json::Schema::compile(json::embedded_spec_schema(), "built-in",
                                            json::Schema::Trust::kKnownGood);
  if (!schema) return state.SkipWithError(schema.error().message.c_str());
  json::Parser parser;
  json::Tree tree;
  std::vector<json::Violation> violations;
  for_each_spec(state, [&](const GeneratedSpec& spec) {
    benchmark::DoNotOptimize(parser.parse(spec.bytes, tree));
    (*schema)->validate(tree.root(), violations);
  });
  if (!violations.empty()) state.SkipWithError(violations.front().message.c_str());
}

// What each start of the program pays for the built-in schema.
void compile_schema(benchmark::State& state) {
  const auto trust =
      state.range(0) != 0 ? json::Schema::Trust::kKnownGood : json::Schema::Trust::kNone;
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        json::Schema::compile(json::embedded_spec_schema(), "built-in", trust).has_value());
  }
}

// Everything that `validate` does with a file once it is read, without the schema.
void check_rules(benchmark::State& state) {
  rules::Engine engine({.purpose = rules::Purpose::kValidate});
  SourceText source;
  for_each_spec(state, [&](const GeneratedSpec& spec) {
    std::string bytes = source.take_bytes();
    bytes = spec.bytes;
    source.reset(spec.id, std::move(bytes));
    const rules::Place place{spec.id, spec.folder, {}};
    benchmark::DoNotOptimize(engine.check(source, place).size());
  });
}

BENCHMARK(dom)->ArgName("mixed")->Arg(0)->Arg(1)->Unit(benchmark::kMicrosecond);
BENCHMARK(parse)->ArgName("mixed")->Arg(0)->Arg(1)->Unit(benchmark::kMicrosecond);
BENCHMARK(parse_and_index)->ArgName("mixed")->Arg(0)->Arg(1)->Unit(benchmark::kMicrosecond);
BENCHMARK(parse_and_schema)->ArgName("mixed")->Arg(0)->Arg(1)->Unit(benchmark::kMicrosecond);
BENCHMARK(compile_schema)->ArgName("trusted")->Arg(0)->Arg(1)->Unit(benchmark::kMicrosecond);
BENCHMARK(check_rules)->ArgName("mixed")->Arg(0)->Arg(1)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace sdd::bench

BENCHMARK_MAIN();
