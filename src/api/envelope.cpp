#include "api/envelope.hpp"

#include <utility>

#include "json/reader.hpp"
#include "json/writer.hpp"

namespace kelisim::api {
namespace {

constexpr std::size_t k_max_input_bytes = 2U << 20U;
constexpr Millis k_year_10000 = 253'402'300'800'000;

json::Value to_json(const Error& error) {
  return json::Value::object()
      .set("code", error.code)
      .set("path", error.path)
      .set("message", error.message);
}

}  // namespace

std::string success(json::Value value) {
  return json::write(json::Value::object().set("ok", true).set("value", std::move(value)));
}

std::string failure(const std::vector<Error>& errors) {
  json::Value list = json::Value::array();
  for (const Error& error : errors) list.push(to_json(error));
  return json::write(json::Value::object()
                         .set("ok", false)
                         .set("error", to_json(errors.front()))
                         .set("errors", std::move(list)));
}

std::string failure(Error error) { return failure(std::vector<Error>{std::move(error)}); }

Result<json::Value> input(std::string_view json) {
  auto value = json::parse(json, {.max_bytes = k_max_input_bytes, .max_depth = 64});
  if (value && !value->is_object())
    return Error{"input_type", "", "the input of a call is an object"};
  return value;
}

Result<Millis> time_of(const json::Value& in, std::string_view key) {
  const json::Value& value = in[key];
  if (!value.is_integer() || value.as_integer() < 0 || value.as_integer() >= k_year_10000) {
    return Error{"input_time", json::pointer("", key), "has to be milliseconds since 1970"};
  }
  return value.as_integer();
}

Result<std::string> string_of(const json::Value& in, std::string_view key) {
  const json::Value& value = in[key];
  if (!value.is_string()) return Error{"input_type", json::pointer("", key), "has to be a string"};
  return value.as_string();
}

}  // namespace kelisim::api
