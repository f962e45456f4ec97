// The public key inside a receipt: EC P-256 as a JWK (RFC 7518 section 6.2) and its thumbprint
// (RFC 7638).
#pragma once

#include <string>
#include <string_view>

#include "core/result.hpp"
#include "json/value.hpp"

namespace kelisim::receipt {

struct PublicKey {
  std::string x;  ///< 32 bytes, base64url.
  std::string y;

  friend bool operator==(const PublicKey&, const PublicKey&) = default;
};

/// Reads a public JWK. Whether the point lies on the curve is left to whoever verifies the
/// signature.
///
/// @param strict  Inside a receipt: crv, kty, x and y, nothing else. Otherwise what WebCrypto adds
///                (ext, key_ops, alg) is dropped.
///
/// Errors: `key_type` (not EC P-256), `key_private` (it has d: a private key must never come
/// here), `key_point` (x or y is not 32 bytes in strict base64url), `key_member` (strict, and
/// another member).
Result<PublicKey> parse_key(const json::Value& jwk, std::string_view path, bool strict);

/// {"crv":"P-256","kty":"EC","x","y"}.
json::Value jwk(const PublicKey& key);

/// base64url(SHA-256(RFC 8785 bytes of jwk())), RFC 7638 section 3.
std::string thumbprint(const PublicKey& key);

}  // namespace kelisim::receipt
