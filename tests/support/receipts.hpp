// The receipt vector, and receipts made from it: signed by nobody (nothing in the engine verifies
// a signature).
#pragma once

#include <algorithm>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/encoding.hpp"
#include "enforce/catalogue.hpp"
#include "json/reader.hpp"
#include "json/writer.hpp"
#include "policy/parse.hpp"
#include "receipt/build.hpp"
#include "receipt/jws.hpp"
#include "support/files.hpp"

namespace kelisim::test {

/// The value, or a failed test that says why not.
template <class T>
T value_of(Result<T> result) {
  if (!result)
    throw std::runtime_error(result.error().code + " at " + result.error().path + ": " +
                             result.error().message);
  return *std::move(result);
}

/// "code path" of every error, sorted; empty = none.
template <class T>
std::vector<std::string> errors_of(const Result<T>& result) {
  std::vector<std::string> out;
  for (const Error& error : result.errors()) out.push_back(error.code + " " + error.path);
  std::sort(out.begin(), out.end());
  return out;
}

inline json::Value parse(std::string_view text) { return value_of(json::parse(text)); }

/// The place a JSON Pointer names; missing members are made.
inline json::Value& at(json::Value& root, std::string_view pointer) {
  json::Value* value = &root;
  while (!pointer.empty()) {
    const auto end = pointer.find('/', 1);
    const std::string key(pointer.substr(1, end == std::string_view::npos ? end : end - 1));
    if (value->is_array()) {
      value = &value->items().at(std::stoul(key));
    } else {
      if (!value->has(key)) value->set(key, json::Value());
      value = value->find(key);
    }
    pointer = end == std::string_view::npos ? std::string_view() : pointer.substr(end);
  }
  return *value;
}

inline void remove(json::Value& root, std::string_view pointer) {
  const auto last = pointer.rfind('/');
  json::Value& parent = at(root, pointer.substr(0, last));
  const std::string key(pointer.substr(last + 1));
  if (parent.is_array()) {
    parent.items().erase(parent.items().begin() + std::stol(key));
  } else {
    parent.erase(key);
  }
}

/// Everything a receipt is built from, open to change.
struct Case {
  json::Value policy;
  json::Value draft;
  json::Value host;

  [[nodiscard]] Result<json::Value> build() const {
    const policy::Policy read = value_of(policy::parse(json::write(policy)));
    const auto services = value_of(enforce::resolve(read, nullptr));
    const auto read_draft = receipt::parse_draft(draft);
    if (!read_draft) return read_draft.errors();
    const auto read_host = receipt::parse_host(host);
    if (!read_host) return read_host.errors();
    return receipt::build(read, services, *read_draft, *read_host);
  }

  [[nodiscard]] json::Value body() const { return value_of(build()); }

  /// One decision, nothing else.
  Case& decide(std::string_view id, std::string_view state) {
    draft.set("decisions", json::Value::array().push(
                               json::Value::object().set("purpose_id", id).set("state", state)));
    return *this;
  }
};

inline json::Value receipt_vector() { return parse(read_file("tests/vectors/receipt.json")); }

inline Case receipt_case() {
  const json::Value vector = receipt_vector();
  return {vector["policy"], vector["draft"], vector["host"]};
}

inline receipt::PublicKey vector_key() {
  return value_of(receipt::parse_key(receipt_vector()["host"]["jwk"], "", false));
}

/// 64 bytes that are no signature of anything.
inline std::string some_signature() { return base64url(std::string(64, '\x01')); }

inline std::string compact(const json::Value& header, const json::Value& body) {
  return base64url(json::write(header)) + "." + base64url(json::write(body)) + "." +
         some_signature();
}

inline json::Value header_of(const receipt::PublicKey& key) {
  return json::Value::object()
      .set("alg", "ES256")
      .set("jwk", receipt::jwk(key))
      .set("kid", receipt::thumbprint(key))
      .set("typ", "consent-receipt+jws");
}

}  // namespace kelisim::test
