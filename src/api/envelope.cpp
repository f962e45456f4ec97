#include "api/envelope.hpp"

#include <utility>

#include "json/reader.hpp"
#include "json/writer.hpp"

namespace kelisim::api {
namespace {

void put(json::Value& out, const Error& error) {
  out.set("code", error.code).set("path", error.path).set("message", error.message);
}

}  // namespace

std::string envelope(const Errors& errors, json::Value value) {
  json::Value out;
  out.set("ok", errors.empty());
  if (errors.empty()) {
    out.at("value") = std::move(value);
  } else {
    put(out.at("error"), errors.front());
    json::Value& list = out.at("errors");
    for (const Error& error : errors) put(list.add(), error);
  }
  return json::write(out);
}

Result<json::Value> input(std::string_view json) {
  auto value = json::parse(json, {.max_bytes = k_max_input_bytes, .max_depth = 64});
  if (value && !value->is_object())
    return Error{"input_type", "", "the input of a call is an object"};
  return value;
}

}  // namespace kelisim::api
