// read_config() takes any bytes: it never crashes, and what it refuses it can point at.
#include <cstddef>
#include <cstdint>
#include <string>

#include "workspace/config.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto config = sdd::workspace::read_config(
      std::string(reinterpret_cast<const char*>(data), size), "/repository");
  if (config) {
    for (const auto& suppression : config->suppressions) {
      if (suppression.span.end > size || suppression.because.empty()) __builtin_trap();
    }
  } else if (!config.error().message.starts_with("/repository/.sdd.toml:")) {
    __builtin_trap();
  }
  return 0;
}
