// Verdicts for verdicts.py: reads lines {"schema": …, "instances": […]}, writes one line each: "1"
// or "0" for every instance, or "refused: …" where the schema does not compile.
#include <iostream>
#include <string>

#include "json/schema.h"
#include "json/tree.h"

int main() {
  std::ios::sync_with_stdio(false);
  sdd::json::Parser parser;
  sdd::json::Tree tree;
  std::string schema_text;
  std::shared_ptr<const sdd::json::Schema> schema;
  for (std::string line; std::getline(std::cin, line);) {
    if (!parser.parse(line, tree)) {
      std::cout << "refused: no JSON\n";
      continue;
    }
    // The same schema many times over is compiled once.
    const std::string_view text = tree.root().find("schema").raw();
    if (text != schema_text) {
      schema_text = text;
      const auto compiled = sdd::json::Schema::compile(schema_text, "schema");
      schema = compiled ? *compiled : nullptr;
      if (!compiled) std::cout << "refused: " << compiled.error().message << "\n";
      if (!compiled) continue;
    }
    std::string verdicts;
    for (const sdd::json::Value instance : tree.root().find("instances").elements()) {
      const bool quiet = schema != nullptr && schema->accepts(instance);
      std::vector<sdd::json::Violation> violations;
      if (schema != nullptr) schema->validate(instance, violations);
      // '!' where the two ways to ask differ.
      verdicts += quiet != violations.empty() ? '!' : quiet ? '1' : '0';
    }
    std::cout << verdicts << "\n";
  }
}
