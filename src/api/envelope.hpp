// The envelope every call answers with, and small readers for the calls' inputs.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "core/time.hpp"
#include "json/value.hpp"

namespace kelisim::api {

/// {"ok":true,"value":…}, or with errors {"ok":false,"error":{…},"errors":[…]}.
std::string envelope(const Errors& errors, json::Value value);

/// What grows without end is a person's receipts, of up to 32 KiB each; documents have limits of
/// their own.
inline constexpr std::size_t k_max_input_bytes = 64U << 20U;

/// Reads the input of a call: one JSON object of at most `k_max_input_bytes`.
Result<json::Value> input(std::string_view json);

/// Times from here on are refused (`input_time`).
inline constexpr Millis k_year_10000 = 253'402'300'800'000;

}  // namespace kelisim::api
