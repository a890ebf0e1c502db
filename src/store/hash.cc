#include "store/hash.h"

#include <sha1.h>
#include <sha2.h>

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

const std::uint8_t* bytes_of(std::string_view text) {
  return static_cast<const std::uint8_t*>(static_cast<const void*>(text.data()));
}

}  // namespace

std::string git_blob_id(std::string_view bytes) {
  // A blob is "blob <size>", a NUL, and the bytes.
  const std::string head = "blob " + std::to_string(bytes.size()) + '\0';
  SHA1_CTX context = {};
  SHA1Init(&context);
  SHA1Update(&context, bytes_of(head), head.size());
  SHA1Update(&context, bytes_of(bytes), bytes.size());
  std::array<std::uint8_t, SHA1_DIGEST_LENGTH> digest{};
  SHA1Final(digest.data(), &context);
  return hexadecimal(digest);
}

std::string sha256(std::string_view bytes) {
  SHA2_CTX context = {};
  SHA256Init(&context);
  SHA256Update(&context, bytes_of(bytes), bytes.size());
  std::array<std::uint8_t, SHA256_DIGEST_LENGTH> digest{};
  SHA256Final(digest.data(), &context);
  return hexadecimal(digest);
}

}  // namespace sdd::store
