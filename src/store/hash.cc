#include "store/hash.h"

// The plain functions, deprecated since OpenSSL 3: those that took their place load configuration
// and providers, which costs more than a hash.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>

#include <array>
#include <cstddef>
#include <cstdint>

namespace sdd::store {
namespace {

template <std::size_t kSize>
std::string hexadecimal(const std::array<std::uint8_t, kSize>& digest) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  text.reserve(2 * kSize);
  for (const std::uint8_t byte : digest) {
    text += kDigits[byte >> 4U];
    text += kDigits[byte & 15U];
  }
  return text;
}

}  // namespace

std::string git_blob_id(std::string_view bytes) {
  // A blob is "blob <size>", a NUL, and the bytes.
  const std::string head = "blob " + std::to_string(bytes.size()) + '\0';
  SHA_CTX context = {};
  SHA1_Init(&context);
  SHA1_Update(&context, head.data(), head.size());
  SHA1_Update(&context, bytes.data(), bytes.size());
  std::array<std::uint8_t, SHA_DIGEST_LENGTH> digest{};
  SHA1_Final(digest.data(), &context);
  return hexadecimal(digest);
}

std::string sha256(std::string_view bytes) {
  SHA256_CTX context = {};
  SHA256_Init(&context);
  SHA256_Update(&context, bytes.data(), bytes.size());
  std::array<std::uint8_t, SHA256_DIGEST_LENGTH> digest{};
  SHA256_Final(digest.data(), &context);
  return hexadecimal(digest);
}

}  // namespace sdd::store
