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

/// {"ok":true,"value":…}
std::string success(json::Value value);

/// {"ok":false,"error":{…},"errors":[…]}
std::string failure(const std::vector<Error>& errors);
std::string failure(Error error);

/// Reads the input of a call: one JSON object of at most 2 MiB.
Result<json::Value> input(std::string_view json);

/// A time from a member, in milliseconds. Errors: `input_time`, also when it is missing, before
/// 1970 or after 9999.
Result<Millis> time_of(const json::Value& in, std::string_view key);

/// A string member that has to be there. Errors: `input_type`.
Result<std::string> string_of(const json::Value& in, std::string_view key);

}  // namespace kelisim::api
