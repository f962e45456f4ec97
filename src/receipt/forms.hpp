// What strings in drafts and receipts have to look like.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/time.hpp"

namespace kelisim::receipt {

enum class Form : std::uint8_t {
  text,        ///< Free text; the only form in which twelve digits in a row are refused.
  opaque,      ///< An identifier or address: anything.
  uuid,        ///< Lower case, version 1…8, RFC 9562 variant.
  principal,   ///< "jkt:" + hash
  hash,        ///< base64url of 32 bytes.
  chain_hash,  ///< "sha256:" + hash
  time,        ///< YYYY-MM-DDTHH:MM:SSZ, a time that there is.
  duration,    ///< ISO 8601, as parse_duration reads it: never zero, never endless.
  term,        ///< A duration of at most twelve months: how long a consent may last.
  address,     ///< Of a page (http, https or within the site) or of mail: nothing that runs.
  country,     ///< Two capital letters.
  twelve,      ///< Twelve digits.
  language,    ///< BCP 47 in its simple form.
  origin,      ///< scheme://host[:port], at most 300 bytes, or "null".
  widget,      ///< "kelisim/" and a version, at most 64 bytes.
};

/// Exclusive: a year of five digits is no `time`.
inline constexpr Millis k_end_of_9999_ms = 253'402'300'800'000;

bool matches(Form form, const std::string& text);

/// True if `word` is one of `words` ("a|b|c").
bool one_of(std::string_view words, std::string_view word);

/// True if twelve or more ASCII digits stand in a row.
bool has_twelve_digits(std::string_view text);

/// True if the text holds a mail address or a telephone number: a plus and ten digits, or eleven
/// digits that begin with 7 or 8, with or without spaces, brackets, dots and hyphens between them.
bool has_contact(std::string_view text);

}  // namespace kelisim::receipt
