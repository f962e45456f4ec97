// The signed form of a receipt: compact JWS (RFC 7515) with ES256, and its JSON face. This code
// makes what is to be signed and puts signatures in place; it holds no private key and verifies no
// signature: WebCrypto and Node do that.
#pragma once

#include <string>
#include <string_view>

#include "core/result.hpp"
#include "json/value.hpp"
#include "receipt/key.hpp"

namespace kelisim::receipt {

/// What ES256 signs: base64url(header) + "." + base64url(RFC 8785 bytes of the body), ASCII.
struct ToSign {
  /// {"alg":"ES256","jwk":{…},"kid":"…","typ":"consent-receipt+jws"}, RFC 8785 bytes.
  std::string header;
  std::string signing_input;
};

/// True if the JWS of this body stays within 32 KiB.
bool fits(const json::Value& body, const PublicKey& key);

/// Errors: `receipt_size` when the JWS would be over 32 KiB.
Result<ToSign> to_sign(const json::Value& body, const PublicKey& key);

/// Name of a receipt in a chain: "sha256:" + base64url(SHA-256(ASCII bytes of the compact JWS)).
std::string hash(std::string_view jws);

/// A receipt that passed inspect. Its signature was not verified.
struct Receipt {
  std::string jws;
  json::Value header;
  json::Value body;
  std::string signing_input;
  std::string signature;  ///< base64url of 64 bytes r||s.

  [[nodiscard]] std::string sha256() const { return hash(jws); }
  /// The JSON face: the body's members and proof {protected, signature}; RFC 8785 bytes.
  [[nodiscard]] std::string face() const;
};

/// Puts signing input and signature together and inspects the result.
///
/// @param signature  r||s, 64 bytes, base64url, as WebCrypto gives it (not DER).
///
/// Errors: those of inspect.
Result<Receipt> seal(std::string_view signing_input, std::string_view signature);

/// Checks everything about a compact JWS that a verifier has to check except its signature, so
/// that one receipt has one spelling. Only ES256 is accepted; EdDSA keys are not written by this
/// version and not read either.
///
/// Errors, the first kind found, with paths "/header/…", "/body/…" and "/signature":
///  - `receipt_size` (over 32 KiB; nothing is read), `receipt_parts` (not three), `receipt_base64`
///    (padding, white space, another alphabet, an impossible length or non-zero unused bits),
///    those of json::parse (also `json_duplicate` and, deeper than 8, `json_depth`);
///  - of the header: `receipt_header` (not an object), `receipt_alg` (not ES256), `receipt_crit`,
///    `receipt_b64`, `receipt_header_member` (another member), `receipt_typ`, those of parse_key,
///    `receipt_kid` (not the thumbprint of jwk);
///  - `receipt_signature` (not 64 bytes);
///  - of the payload: `receipt_canonical` (not the RFC 8785 bytes of itself), those of check_body,
///    `receipt_principal` (pii_principal_id is not "jkt:" + kid).
Result<Receipt> inspect(std::string_view jws);

/// The same for a JSON face, in any order and spacing. Errors besides: `receipt_face` (not an
/// object with proof {protected, signature}, or more in proof).
Result<Receipt> inspect_face(std::string_view json);

}  // namespace kelisim::receipt
