// SHA-256 (FIPS 180-4), base64url (RFC 4648 section 5, no padding, strict) and a few text helpers.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kelisim {

using Digest = std::array<std::uint8_t, 32>;

/// SHA-256 of the bytes.
Digest sha256(std::string_view bytes);

/// base64url without padding.
std::string base64url(std::string_view bytes);
std::string base64url(const Digest& digest);

/// The bytes behind a base64url text; nothing for padding, white space, other alphabets, an
/// impossible length or non-zero unused bits in the last character (each byte string has exactly
/// one spelling).
std::optional<std::string> base64url_decode(std::string_view text);

/// base64url(sha256(bytes)): how Kelisim writes every hash.
std::string sha256_text(std::string_view bytes);

/// A decimal number, without locale.
std::string to_text(std::int64_t number);

/// True if the bytes are well-formed UTF-8 (no overlong forms, no surrogates, at most U+10FFFF).
bool is_utf8(std::string_view bytes);

}  // namespace kelisim
