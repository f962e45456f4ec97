// The complete receipt of tests/vectors/receipt.json, and the published JWS and JWK vectors.
#include <string>

#include "receipt/jws.hpp"
#include "support/catch.hpp"
#include "support/receipts.hpp"

using namespace kelisim::test;
using kelisim::json::Value;
using kelisim::json::write;
namespace receipt = kelisim::receipt;

TEST_CASE("vector: policy, draft and host give the body, byte for byte", "[receipt]") {
  const Value vector = receipt_vector();
  CHECK(write(receipt_case().body()) == write(vector["body"]));
}

TEST_CASE(
    "vector: body and key give header and signing input, with the signature the JWS and its hash",
    "[receipt]") {
  const Value vector = receipt_vector();
  const auto to_sign = value_of(receipt::to_sign(vector["body"], vector_key()));
  CHECK(to_sign.header == vector["header"].as_string());
  CHECK(to_sign.signing_input == vector["signing_input"].as_string());
  const auto sealed =
      value_of(receipt::seal(to_sign.signing_input, vector["signature"].as_string()));
  CHECK(sealed.jws == vector["jws"].as_string());
  CHECK(sealed.sha256() == vector["sha256"].as_string());
}

TEST_CASE("vector: the protected header in JCS order: alg, jwk, kid, typ", "[receipt]") {
  CHECK(
      receipt_vector()["header"].as_string() ==
      R"({"alg":"ES256","jwk":{"crv":"P-256","kty":"EC","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",)"
      R"("y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"},"kid":"oKIywvGUpTVTyxMQ3bwIIeQUudfr_CkLMjCE19ECD-U",)"
      R"("typ":"consent-receipt+jws"})");
}

TEST_CASE("thumbprint: RFC 7638 of the key of RFC 7515 appendix A.3", "[receipt]") {
  CHECK(receipt::thumbprint(vector_key()) == "oKIywvGUpTVTyxMQ3bwIIeQUudfr_CkLMjCE19ECD-U");
}

TEST_CASE("signing input: RFC 7515 appendix A.3 is base64url of header and payload joined by a dot",
          "[receipt]") {
  const std::string payload =
      "{\"iss\":\"joe\",\r\n \"exp\":1300819380,\r\n \"http://example.com/is_root\":true}";
  CHECK(kelisim::base64url(R"({"alg":"ES256"})") + "." + kelisim::base64url(payload) ==
        "eyJhbGciOiJFUzI1NiJ9."
        "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cn"
        "VlfQ");
}

TEST_CASE("inspect: another issuer's JWS is not a receipt", "[receipt]") {
  const std::string jws =
      "eyJhbGciOiJFUzI1NiJ9."
      "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVl"
      "fQ"
      ".DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";
  CHECK(errors_of(receipt::inspect(jws)) == std::vector<std::string>{"receipt_typ /header/typ"});
  // RFC 8037 appendix A.4: EdDSA is not read.
  const std::string eddsa =
      "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.hgyY0il_MGCjP0JzlnLWG1PPOt7-"
      "09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhV"
      "sPt9g7sVvpAr_MuM0KAg";
  CHECK(errors_of(receipt::inspect(eddsa)) == std::vector<std::string>{"receipt_alg /header/alg"});
  // RFC 7797 section 4: b64=false.
  const std::string b64 =
      "eyJhbGciOiJIUzI1NiIsImI2NCI6ZmFsc2UsImNyaXQiOlsiYjY0Il19..A5dxf2s96_n5FLueVuW1Z_"
      "vh161FwXZC4YLPff6dmDY";
  CHECK(errors_of(receipt::inspect(b64)) == std::vector<std::string>{"receipt_alg /header/alg"});
}

TEST_CASE(
    "convert: compact to JSON face and back loses nothing, whatever the face's order and spacing",
    "[receipt]") {
  const Value vector = receipt_vector();
  const auto sealed = value_of(receipt::inspect(vector["jws"].as_string()));
  const std::string face = sealed.face();
  const Value read = parse(face);
  CHECK(read["proof"]["signature"] == vector["signature"]);
  CHECK(read["evidence"] == vector["body"]["evidence"]);
  CHECK(value_of(receipt::inspect_face(face)).jws == vector["jws"].as_string());

  std::string spaced;
  for (auto member = read.members().rbegin(); member != read.members().rend(); ++member) {
    spaced += spaced.empty() ? "{ " : "\n,\t";
    kelisim::json::write_string(spaced, member->key);
    spaced += " : " + write(member->value);
  }
  CHECK(value_of(receipt::inspect_face(spaced + " }\r\n")).jws == vector["jws"].as_string());
}

TEST_CASE("convert: members this version does not know are kept and signed", "[receipt]") {
  Value body = receipt_vector()["body"];
  at(body, "/later") = parse(R"({"b":[1,null,true,"ү"],"a":{}})");
  at(body, "/evidence/note") = "kept";
  const auto sealed = value_of(receipt::inspect(compact(header_of(vector_key()), body)));
  CHECK(value_of(receipt::inspect_face(sealed.face())).jws == sealed.jws);
  CHECK(parse(sealed.face())["later"]["b"].items()[3].as_string() == "ү");
}
