#include "receipt/jws.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <vector>

#include "core/encoding.hpp"
#include "json/reader.hpp"
#include "json/writer.hpp"
#include "receipt/check.hpp"

namespace kelisim::receipt {
namespace {

constexpr const char* k_typ = "consent-receipt+jws";

Error too_large() { return {"receipt_size", "", "more than 32 KiB"}; }

std::vector<Error> below(std::string_view path, std::vector<Error> errors) {
  for (Error& error : errors) error.path = std::string(path) + error.path;
  return errors;
}

// Reads one part: strict base64url, then strict JSON no deeper than a receipt may be.
Result<json::Value> part(std::string_view text, std::string_view path, std::string& bytes) {
  auto decoded = base64url_decode(text);
  if (!decoded) return Error{"receipt_base64", std::string(path), "not strict base64url"};
  bytes = *std::move(decoded);
  Result<json::Value> value =
      json::parse(bytes, {.max_bytes = k_max_receipt_bytes, .max_depth = k_max_depth});
  if (!value) return below(path, value.errors());
  return value;
}

std::optional<Error> bad_signature(std::string_view signature) {
  const auto bytes = base64url_decode(signature);
  if (!bytes) return Error{"receipt_base64", "/signature", "not strict base64url"};
  if (bytes->size() != 64) return Error{"receipt_signature", "/signature", "not 64 bytes r||s"};
  return std::nullopt;
}

std::string header_text(const PublicKey& key) {
  json::Value out = json::Value::object();
  out.set("alg", "ES256");
  out.set("jwk", jwk(key));
  out.set("kid", thumbprint(key));
  out.set("typ", k_typ);
  return json::write(out);
}

// The thumbprint of the key in a sound header.
Result<std::string> check_header(const json::Value& header) {
  if (!header.is_object()) return Error{"receipt_header", "/header", "not an object"};
  if (header["alg"].as_string() != "ES256") return Error{"receipt_alg", "/header/alg", "not ES256"};
  if (header.has("crit"))
    return Error{"receipt_crit", "/header/crit", "no extension is understood"};
  if (header.has("b64"))
    return Error{"receipt_b64", "/header/b64", "the payload is always base64url"};
  for (const json::Member& member : header.members()) {
    constexpr std::array<std::string_view, 4> known = {"alg", "jwk", "kid", "typ"};
    if (std::find(known.begin(), known.end(), member.key) == known.end()) {
      return Error{"receipt_header_member", json::pointer("/header", member.key),
                   "not one of alg, jwk, kid and typ"};
    }
  }
  if (header["typ"].as_string() != k_typ)
    return Error{"receipt_typ", "/header/typ", "not " + std::string(k_typ)};
  const Result<PublicKey> key = parse_key(header["jwk"], "/header/jwk", true);
  if (!key) return key.errors();
  std::string kid = thumbprint(*key);
  if (header["kid"].as_string() != kid)
    return Error{"receipt_kid", "/header/kid", "not the thumbprint of jwk"};
  return kid;
}

}  // namespace

bool fits(const json::Value& body, const PublicKey& key) {
  // Base64url of n bytes; then two dots and the signature.
  const auto encoded = [](std::size_t bytes) { return (bytes * 4 + 2) / 3; };
  return encoded(header_text(key).size()) + encoded(json::write(body).size()) + 2 + 86 <=
         k_max_receipt_bytes;
}

Result<ToSign> to_sign(const json::Value& body, const PublicKey& key) {
  if (!fits(body, key)) return too_large();
  ToSign out;
  out.header = header_text(key);
  out.signing_input = base64url(out.header) + "." + base64url(json::write(body));
  return out;
}

std::string hash(std::string_view jws) { return "sha256:" + sha256_text(jws); }

std::string Receipt::face() const {
  json::Value out = body;
  const std::string_view head = std::string_view(signing_input).substr(0, signing_input.find('.'));
  out.set("proof", json::Value::object().set("protected", head).set("signature", signature));
  return json::write(out);
}

Result<Receipt> seal(std::string_view signing_input, std::string_view signature) {
  if (auto error = bad_signature(signature)) return *std::move(error);
  return inspect(std::string(signing_input).append(".").append(signature));
}

Result<Receipt> inspect(std::string_view jws) {
  if (jws.size() > k_max_receipt_bytes) return too_large();
  if (std::count(jws.begin(), jws.end(), '.') != 2)
    return Error{"receipt_parts", "", "not three parts"};
  const auto first = jws.find('.');
  const auto second = jws.find('.', first + 1);
  Receipt out;
  out.jws = jws;
  out.signing_input = jws.substr(0, second);
  out.signature = jws.substr(second + 1);

  std::string bytes;
  Result<json::Value> header = part(jws.substr(0, first), "/header", bytes);
  if (!header) return header.errors();
  const Result<std::string> kid = check_header(*header);
  if (!kid) return kid.errors();
  if (auto error = bad_signature(out.signature)) return *std::move(error);

  Result<json::Value> body = part(jws.substr(first + 1, second - first - 1), "/body", bytes);
  if (!body) return body.errors();
  if (json::write(*body) != bytes) return Error{"receipt_canonical", "/body", "not RFC 8785 bytes"};
  if (std::vector<Error> errors = check_body(*body); !errors.empty()) return errors;
  if ((*body)["pii_principal_id"].as_string() != "jkt:" + *kid) {
    return Error{"receipt_principal", "/body/pii_principal_id", "not the thumbprint of the key"};
  }
  out.header = *std::move(header);
  out.body = *std::move(body);
  return out;
}

Result<Receipt> inspect_face(std::string_view text) {
  if (text.size() > k_max_receipt_bytes) return too_large();
  Result<json::Value> face =
      json::parse(text, {.max_bytes = k_max_receipt_bytes, .max_depth = k_max_depth});
  if (!face) return face.errors();
  const json::Value proof = (*face)["proof"];
  if (!proof["protected"].is_string() || !proof["signature"].is_string() ||
      proof.members().size() != 2) {
    return Error{"receipt_face", "/proof", "not {protected, signature}"};
  }
  face->erase("proof");
  return inspect(proof["protected"].as_string() + "." + base64url(json::write(*face)) + "." +
                 proof["signature"].as_string());
}

}  // namespace kelisim::receipt
