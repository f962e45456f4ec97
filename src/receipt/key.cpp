#include "receipt/key.hpp"

#include "core/encoding.hpp"
#include "json/reader.hpp"
#include "json/writer.hpp"

namespace kelisim::receipt {
namespace {

bool is_coordinate(const json::Value& value) {
  const auto bytes = base64url_decode(value.as_string());
  return bytes && bytes->size() == 32;
}

}  // namespace

Result<PublicKey> parse_key(const json::Value& jwk, std::string_view path, bool strict) {
  if (jwk["kty"].as_string() != "EC" || jwk["crv"].as_string() != "P-256") {
    return Error{"key_type", std::string(path), "not an EC key on P-256"};
  }
  if (jwk.has("d"))
    return Error{"key_private", json::pointer(path, "d"), "a private key has no place here"};
  for (const std::string_view name : {"x", "y"}) {
    if (!is_coordinate(jwk[name]))
      return Error{"key_point", json::pointer(path, name), "not 32 bytes in base64url"};
  }
  if (strict && jwk.members().size() != 4)
    return Error{"key_member", std::string(path), "more than crv, kty, x and y"};
  return PublicKey{.x = jwk["x"].as_string(), .y = jwk["y"].as_string()};
}

json::Value jwk(const PublicKey& key) {
  return json::Value::object().set("crv", "P-256").set("kty", "EC").set("x", key.x).set("y", key.y);
}

std::string thumbprint(const PublicKey& key) { return sha256_text(json::write(jwk(key))); }

}  // namespace kelisim::receipt
