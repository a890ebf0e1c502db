// Names for bytes: what git calls them, and what proofs call them.
//
// Computed by OpenSSL. SHA-1 only names versions here, as git does; nothing that guards against an
// enemy depends on it. Proofs use SHA-256.
#pragma once

#include <string>
#include <string_view>

namespace sdd::store {

// The id of a git blob with these bytes (`git hash-object`): 40 hexadecimal digits in lower case.
// Of a repository in git's SHA-256 format this is not the id.
std::string git_blob_id(std::string_view bytes);

// The SHA-256 of the bytes (FIPS 180-4): 64 hexadecimal digits in lower case.
std::string sha256(std::string_view bytes);

}  // namespace sdd::store
