// JSON writing by RFC 8785 (JSON Canonicalization Scheme). There is one way to write a value, so
// this is the only writer.
#pragma once

#include <string>
#include <string_view>

#include "json/value.hpp"

namespace kelisim::json {

/// The RFC 8785 bytes of a value: members sorted by UTF-16 code units, no white space, ECMAScript
/// numbers. The strings must be well-formed UTF-8 (those of a parsed value are).
std::string write(const Value& value);

/// Appends a JSON string literal as RFC 8785 section 3.2.2.2 wants it.
void write_string(std::string& out, std::string_view text);

/// Order of member names by UTF-16 code units (RFC 8785 section 3.2.3), for UTF-8 bytes.
bool utf16_less(std::string_view a, std::string_view b);

}  // namespace kelisim::json
