// The verifier's checklist: each way to spell a receipt differently is refused with its own code.
#include <string>
#include <vector>

#include "receipt/check.hpp"
#include "receipt/jws.hpp"
#include "support/catch.hpp"
#include "support/receipts.hpp"

using namespace kelisim::test;
using kelisim::base64url;
using kelisim::json::Value;
using kelisim::json::write;
using Texts = std::vector<std::string>;
namespace receipt = kelisim::receipt;

namespace {

struct Parts {
  std::string header;
  std::string payload;
  std::string signature;
  [[nodiscard]] std::string jws() const { return header + "." + payload + "." + signature; }
};

Parts vector_parts() {
  const std::string jws = receipt_vector()["jws"].as_string();
  const auto first = jws.find('.');
  const auto second = jws.find('.', first + 1);
  return {jws.substr(0, first), jws.substr(first + 1, second - first - 1), jws.substr(second + 1)};
}

Texts outcome(std::string_view jws) { return errors_of(receipt::inspect(jws)); }

Texts with_header(const std::string& header) {
  Parts parts = vector_parts();
  parts.header = base64url(header);
  return outcome(parts.jws());
}

Texts with_payload(const std::string& payload) {
  Parts parts = vector_parts();
  parts.payload = base64url(payload);
  return outcome(parts.jws());
}

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  const auto at = text.find(what);
  REQUIRE(at != std::string::npos);
  return text.replace(at, what.size(), by);
}

std::string header_text() { return receipt_vector()["header"].as_string(); }

}  // namespace

TEST_CASE("inspect: the vector passes", "[receipt]") {
  CHECK(outcome(receipt_vector()["jws"].as_string()).empty());
}

TEST_CASE("inspect: three parts, no more and no less", "[receipt]") {
  const Parts parts = vector_parts();
  for (const std::string& text :
       {std::string(), parts.header, parts.header + "." + parts.payload, parts.jws() + ".",
        "." + parts.jws(), parts.jws() + "." + parts.signature}) {
    CHECK(outcome(text) == Texts{"receipt_parts "});
  }
}

TEST_CASE("inspect: a detached or empty part is refused", "[receipt]") {
  const Parts parts = vector_parts();
  CHECK(outcome(parts.header + ".." + parts.signature) == Texts{"json_syntax /body"});
  CHECK(outcome("." + parts.payload + "." + parts.signature) == Texts{"json_syntax /header"});
  CHECK(outcome(parts.header + "." + parts.payload + ".") == Texts{"receipt_signature /signature"});
}

TEST_CASE(
    "inspect: each part in strict base64url: no padding, white space, other alphabet, impossible "
    "length",
    "[receipt]") {
  const std::string tail = GENERATE(as<std::string>{}, "=", "==", " ", "\n", "\r\n", "\t", "+", "/",
                                    "%3D", "AAAAA", "ə");
  Parts parts = vector_parts();
  const auto bad = [&](std::string Parts::* part, const char* path) {
    Parts changed = parts;
    changed.*part += tail;
    // Five more characters keep the alphabet; then the length or the unused bits are wrong, or
    // bytes stand behind the end.
    const Texts got = outcome(changed.jws());
    CAPTURE(path, tail);
    REQUIRE(got.size() == 1);
    if (tail != "AAAAA") CHECK(got[0] == std::string("receipt_base64 ") + path);
    Parts before = parts;
    before.*part = tail + before.*part;
    CHECK_FALSE(outcome(before.jws()).empty());
  };
  bad(&Parts::header, "/header");
  bad(&Parts::payload, "/body");
  bad(&Parts::signature, "/signature");
}

TEST_CASE("inspect: the unused bits of a last character are zero", "[receipt]") {
  // 64 bytes leave 4 unused bits in the last of 86 characters: of 64 letters only A, Q, g and w
  // end a signature.
  constexpr std::string_view alphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  Parts parts = vector_parts();
  int read = 0;
  for (const char c : alphabet) {
    parts.signature.back() = c;
    const Texts got = outcome(parts.jws());
    if (got.empty()) {
      ++read;
    } else {
      CHECK(got == Texts{"receipt_base64 /signature"});
    }
  }
  CHECK(read == 4);
}

TEST_CASE("inspect: a signature is exactly 64 bytes", "[receipt]") {
  const int bytes = GENERATE(0, 1, 63, 65, 70, 72, 128);
  Parts parts = vector_parts();
  parts.signature = base64url(std::string(static_cast<std::size_t>(bytes), '\x30'));
  CHECK(outcome(parts.jws()) == Texts{"receipt_signature /signature"});
}

TEST_CASE("inspect: only ES256: none, HMAC and others are refused before anything else",
          "[receipt]") {
  const std::string alg = GENERATE(as<std::string>{}, "none", "None", "HS256", "RS256", "ES384",
                                   "ES512", "EdDSA", "Ed25519", "es256", "ES256K", "");
  CHECK(with_header(replaced(header_text(), "\"ES256\"", "\"" + alg + "\"")) ==
        Texts{"receipt_alg /header/alg"});
}

TEST_CASE("inspect: the header's members", "[receipt]") {
  struct Row {
    std::string what;
    std::string by;
    std::string want;
  };
  const auto row = GENERATE(
      Row{"{\"alg\"", "{\"crit\":[\"b64\"],\"alg\"", "receipt_crit /header/crit"},
      Row{"{\"alg\"", "{\"crit\":[],\"alg\"", "receipt_crit /header/crit"},
      Row{"{\"alg\"", "{\"b64\":false,\"alg\"", "receipt_b64 /header/b64"},
      Row{"{\"alg\"", "{\"b64\":true,\"alg\"", "receipt_b64 /header/b64"},
      Row{"{\"alg\"", "{\"jku\":\"https://x.example\",\"alg\"",
          "receipt_header_member /header/jku"},
      Row{"{\"alg\"", "{\"x5c\":[],\"alg\"", "receipt_header_member /header/x5c"},
      Row{"{\"alg\"", "{\"cty\":\"json\",\"alg\"", "receipt_header_member /header/cty"},
      Row{"\"consent-receipt+jws\"", "\"JWT\"", "receipt_typ /header/typ"},
      Row{"\"consent-receipt+jws\"", "\"consent-ack+jws\"", "receipt_typ /header/typ"},
      Row{"\"typ\":\"consent-receipt+jws\"", "\"typ\":null", "receipt_typ /header/typ"},
      Row{"{\"alg\":\"ES256\"", "{\"alg\":7", "receipt_alg /header/alg"},
      Row{"{\"alg\":\"ES256\",", "{", "receipt_alg /header/alg"},
      Row{"{\"alg\"", "{\"alg\":\"ES256\",\"alg\"", "json_duplicate /header/alg"},
      Row{"\"kty\":\"EC\"", "\"kty\":\"OKP\"", "key_type /header/jwk"},
      Row{"\"P-256\"", "\"P-521\"", "key_type /header/jwk"},
      Row{"\"kty\":\"EC\"", "\"d\":\"jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI\",\"kty\":\"EC\"",
          "key_private /header/jwk/d"},
      Row{"\"kty\":\"EC\"", "\"ext\":true,\"kty\":\"EC\"", "key_member /header/jwk"},
      Row{"\"kty\":\"EC\"", "\"kid\":\"x\",\"kty\":\"EC\"", "key_member /header/jwk"},
      Row{"\"x\":\"f83", "\"x\":\"", "key_point /header/jwk/x"},
      Row{"\"kid\":\"oKI", "\"kid\":\"oKi", "receipt_kid /header/kid"});
  CAPTURE(row.by);
  CHECK(with_header(replaced(header_text(), row.what, row.by)) == Texts{row.want});
}

TEST_CASE("inspect: a header that is no JSON object", "[receipt]") {
  CHECK(with_header("[]") == Texts{"receipt_header /header"});
  CHECK(with_header("\"ES256\"") == Texts{"receipt_header /header"});
  CHECK(with_header("{") == Texts{"json_syntax /header"});
  CHECK(with_header("{\"alg\":\"\xff\"}") == Texts{"json_utf8 /header"});
}

TEST_CASE("inspect: kid, jwk and pii_principal_id are one key", "[receipt]") {
  // The other coordinates are a key too, just not this receipt's.
  receipt::PublicKey other = vector_key();
  std::swap(other.x, other.y);
  const Value body = receipt_vector()["body"];
  CHECK(outcome(compact(header_of(other), body)) ==
        Texts{"receipt_principal /body/pii_principal_id"});
  Value header = header_of(other);
  header.set("kid", receipt::thumbprint(vector_key()));
  CHECK(outcome(compact(header, body)) == Texts{"receipt_kid /header/kid"});
  header.erase("kid");
  CHECK(outcome(compact(header, body)) == Texts{"receipt_kid /header/kid"});
}

TEST_CASE("inspect: the payload is the canonical bytes and nothing else", "[receipt]") {
  const std::string canonical = write(receipt_vector()["body"]);
  CHECK(with_payload(canonical).empty());
  CHECK(with_payload(" " + canonical) == Texts{"receipt_canonical /body"});
  CHECK(with_payload(canonical + "\n") == Texts{"receipt_canonical /body"});
  CHECK(with_payload(replaced(canonical, "\"seq\":2", "\"seq\": 2")) ==
        Texts{"receipt_canonical /body"});
  CHECK(with_payload(replaced(canonical, "\"gpc\":true,\"key\":\"persistent\"",
                              "\"key\":\"persistent\",\"gpc\":true")) ==
        Texts{"receipt_canonical /body"});
  CHECK(with_payload(replaced(canonical, "\"KZ\"", "\"\\u004bZ\"")) ==
        Texts{"receipt_canonical /body"});
  CHECK(with_payload(replaced(canonical, "https://", "https:\\/\\/")) ==
        Texts{"receipt_canonical /body"});
  CHECK(with_payload(replaced(canonical, "\"seq\":2", "\"seq\":2.0")) ==
        Texts{"json_number /body/seq"});
  CHECK(with_payload(replaced(canonical, "\"seq\":2", "\"seq\":2,\"seq\":2")) ==
        Texts{"json_duplicate /body/seq"});
  CHECK(with_payload(replaced(canonical, "\"state\":\"refused\"",
                              "\"state\":\"granted\",\"state\":\"refused\"")) ==
        Texts{"json_duplicate /body/channels/partner_news/state"});
  CHECK(with_payload(std::string("\xef\xbb\xbf") + canonical) == Texts{"json_syntax /body"});
  CHECK(with_payload(canonical + std::string(1, '\0')) == Texts{"json_syntax /body"});
  CHECK(with_payload("[]") == Texts{"receipt_version /body/schema_version"});
}

TEST_CASE("inspect: nothing deeper than 8, integers within 2^53 - 1", "[receipt]") {
  Value body = receipt_vector()["body"];
  at(body, "/later") = parse("[[[[[[[1]]]]]]]");
  CHECK(outcome(compact(header_of(vector_key()), body)).empty());
  at(body, "/later") = parse("[[[[[[[[1]]]]]]]]");
  CHECK(outcome(compact(header_of(vector_key()), body)) ==
        Texts{"json_depth /body/later/0/0/0/0/0/0/0"});
  const std::string canonical = write(receipt_vector()["body"]);
  CHECK(with_payload(replaced(canonical, "\"seq\":2", "\"seq\":9007199254740992")) ==
        Texts{"json_number /body/seq"});
}

TEST_CASE("inspect: at most 32 KiB, and nothing over it is read", "[receipt]") {
  const std::string dots(receipt::k_max_receipt_bytes - 1, '.');
  CHECK(outcome(dots) == Texts{"receipt_parts "});
  CHECK(outcome(dots + "..") == Texts{"receipt_size "});
  CHECK(errors_of(receipt::inspect_face(std::string(receipt::k_max_receipt_bytes + 1, ' '))) ==
        Texts{"receipt_size "});

  // A sound receipt of exactly the limit, and one byte over it.
  Value body = receipt_vector()["body"];
  std::string jws;
  const auto pad = [&](std::size_t bytes) {
    std::string rest(bytes, 'x');
    Value list = Value::array();
    for (; rest.size() > 4000; rest.resize(rest.size() - 4000)) list.push(std::string(4000, 'x'));
    body.set("later", list.push(rest));
    jws = compact(header_of(vector_key()), body);
    return jws.size();
  };
  std::size_t bytes = 1;
  while (pad(bytes) < receipt::k_max_receipt_bytes - 4)
    bytes += (receipt::k_max_receipt_bytes - jws.size()) / 2 + 1;
  while (pad(bytes) > receipt::k_max_receipt_bytes) --bytes;
  CAPTURE(jws.size());
  CHECK(jws.size() > receipt::k_max_receipt_bytes - 4);
  CHECK(outcome(jws).empty());
  CHECK(pad(bytes + 3) > receipt::k_max_receipt_bytes);
  CHECK(outcome(jws) == Texts{"receipt_size "});
  CHECK_FALSE(receipt::to_sign(body, vector_key()));
}

TEST_CASE("inspect: every fault of the body comes back", "[receipt]") {
  Value body = receipt_vector()["body"];
  at(body, "/evidence/key") = "none";
  at(body, "/event/0/event_type") = "implied";
  CHECK(outcome(compact(header_of(vector_key()), body)) ==
        Texts{"receipt_value /body/event/0/event_type", "receipt_value /body/evidence/key"});
}

TEST_CASE("inspect_face: proof is {protected, signature} and nothing more: more would be unsigned",
          "[receipt]") {
  const auto face = [] {
    return parse(value_of(receipt::inspect(receipt_vector()["jws"].as_string())).face());
  };
  Value changed = face();
  at(changed, "/proof/note") = "x";
  CHECK(errors_of(receipt::inspect_face(write(changed))) == Texts{"receipt_face /proof"});
  for (const char* pointer : {"/proof", "/proof/protected", "/proof/signature"}) {
    changed = face();
    remove(changed, pointer);
    CHECK(errors_of(receipt::inspect_face(write(changed))) == Texts{"receipt_face /proof"});
  }
  CHECK(errors_of(receipt::inspect_face("[]")) == Texts{"receipt_face /proof"});
  CHECK(errors_of(receipt::inspect_face("{")) == Texts{"json_syntax "});
  changed = face();
  at(changed, "/proof/signature") = at(changed, "/proof/signature").as_string() + ".x";
  CHECK(errors_of(receipt::inspect_face(write(changed))) == Texts{"receipt_parts "});
  // A member changed in the face is another payload: still well formed, and no longer what was
  // signed.
  changed = face();
  at(changed, "/evidence/gpc") = false;
  const auto other = value_of(receipt::inspect_face(write(changed)));
  CHECK(other.signing_input != receipt_vector()["signing_input"].as_string());
  CHECK(other.signature == receipt_vector()["signature"].as_string());
}

TEST_CASE("seal: wants 64 bytes r||s; a DER signature is refused", "[receipt]") {
  const std::string input = receipt_vector()["signing_input"].as_string();
  CHECK(receipt::seal(input, some_signature()));
  CHECK(errors_of(receipt::seal(input, base64url(std::string(71, '\x30')))) ==
        Texts{"receipt_signature /signature"});
  CHECK(errors_of(receipt::seal(input, some_signature() + "=")) ==
        Texts{"receipt_base64 /signature"});
  CHECK(errors_of(receipt::seal(input + ".AAAA", some_signature())) == Texts{"receipt_parts "});
  CHECK(errors_of(receipt::seal("AAAA", some_signature())) == Texts{"receipt_parts "});
}

TEST_CASE("inspect: any single character changed is noticed or changes what was signed",
          "[receipt]") {
  const std::string jws = receipt_vector()["jws"].as_string();
  const std::string hash = receipt::hash(jws);
  for (std::size_t i = 0; i < jws.size(); i += 7) {
    std::string other = jws;
    other[i] = other[i] == 'A' ? 'B' : 'A';
    const auto got = receipt::inspect(other);
    if (got) CHECK(got->sha256() != hash);
  }
}
