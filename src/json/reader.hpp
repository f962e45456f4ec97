// Strict JSON reading (RFC 8259 within I-JSON, RFC 7493): what is doubtful is refused with the
// place, never repaired.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/result.hpp"
#include "json/value.hpp"

namespace kelisim::json {

struct Limits {
  std::size_t max_bytes = 1U << 20U;
  std::size_t max_depth = 64;  ///< Nested arrays and objects.
  bool reals = false;          ///< Numbers with a fraction or exponent too; never in a build with
                               ///< KELISIM_INTEGERS_ONLY.
};

/// Reads one JSON text.
///
/// Errors: `json_size` (over max_bytes, nothing is read), `json_utf8`, `json_syntax` (also a byte
/// order mark; the message has the byte offset), `json_duplicate` (a member name stands twice),
/// `json_depth`, `json_number` (not an integer within ±(2^53 − 1); with `reals`, beyond the range
/// of a double, or an integer a double cannot hold). The path points at the value that is wrong, or
/// at the innermost one that was being read.
Result<Value> parse(std::string_view text, Limits limits = {});

/// `path` + "/" + the member name, escaped by RFC 6901.
std::string pointer(std::string_view path, std::string_view key);
std::string pointer(const std::string& path, const char* key);
std::string pointer(const std::string& path, const std::string& key);
std::string pointer(const char* path, const char* key);
std::string pointer(const char* path, const std::string& key);
/// `path` + "/" + an index.
std::string pointer(const std::string& path, std::size_t index);
std::string pointer(const char* path, std::size_t index);

}  // namespace kelisim::json
