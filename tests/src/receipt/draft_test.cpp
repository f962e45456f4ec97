// Drafts and host facts are read back with checks: they have waited in the page.
#include <string>
#include <vector>

#include "receipt/draft.hpp"
#include "support/catch.hpp"
#include "support/receipts.hpp"

using namespace kelisim::test;
using kelisim::json::Value;
using Texts = std::vector<std::string>;
namespace receipt = kelisim::receipt;

namespace {

struct Row {
  std::string pointer;
  std::string value;  // JSON; "" = the member is taken out
  Texts want;
};

Value changed(Value value, const Row& row) {
  if (row.value.empty()) {
    remove(value, row.pointer);
  } else {
    at(value, row.pointer) = parse(row.value);
  }
  return value;
}

}  // namespace

TEST_CASE("parse_draft: each fault has its code and place", "[receipt]") {
  const auto row = GENERATE(
      Row{"/policy", "", {"draft_missing /draft/policy"}},
      Row{"/policy", "7", {"draft_type /draft/policy"}},
      Row{"/edition", "", {"draft_missing /draft/edition"}},
      Row{"/edition", "\"abc\"", {"draft_pattern /draft/edition"}},
      Row{"/action", "", {"draft_missing /draft/action"}},
      Row{"/action", "\"dismiss\"", {"draft_value /draft/action"}},
      Row{"/action", "\"grant_all|refuse_all\"", {"draft_value /draft/action"}},
      Row{"/action", "\"\"", {"draft_value /draft/action"}},
      Row{"/at_ms", "", {"draft_missing /draft/at_ms"}},
      Row{"/at_ms", "\"now\"", {"draft_type /draft/at_ms"}},
      Row{"/at_ms", "-1", {"draft_range /draft/at_ms"}},
      Row{"/at_ms", "253402300800000", {"draft_range /draft/at_ms"}},
      Row{"/layer", "\"banner\"", {"draft_value /draft/layer"}},
      Row{"/lang", "\"Russian\"", {"draft_pattern /draft/lang"}},
      Row{"/lang", "\"r\"", {"draft_pattern /draft/lang"}},
      Row{"/lang", "\"ru-\"", {"draft_pattern /draft/lang"}},
      Row{"/lang", "\"ru\\\"\"", {"draft_pattern /draft/lang"}},
      Row{"/text_sha256", "", {"draft_missing /draft/text_sha256"}},
      Row{"/text_sha256", "\"\"", {"draft_pattern /draft/text_sha256"}},
      Row{"/text_sha256", "null", {"draft_not_a_person /draft/text_sha256"}},
      Row{"/source", "\"scroll\"", {"draft_value /draft/source"}},
      Row{"/validity", "\"P13M\"", {"draft_validity /draft/validity"}},
      Row{"/validity", "\"P366D\"", {"draft_validity /draft/validity"}},
      Row{"/validity", "\"unlimited\"", {"draft_pattern /draft/validity"}},
      Row{"/validity", "\"\"", {"draft_pattern /draft/validity"}},
      Row{"/validity", "null", {"draft_type /draft/validity"}},
      Row{"/decisions", "[]", {"draft_empty /draft/decisions"}},
      Row{"/decisions", "{}", {"draft_type /draft/decisions"}},
      Row{"/decisions/1/state", "\"requested\"", {"draft_value /draft/decisions/1/state"}},
      Row{"/decisions/1/state", "", {"draft_missing /draft/decisions/1/state"}},
      Row{"/decisions/1", "\"ads\"", {"draft_type /draft/decisions/1"}},
      Row{"/decisions/2/purpose_id",
          "\"statistics\"",
          {"draft_twice /draft/decisions/2/purpose_id"}},
      Row{"/categories/analytics", "\"on\"", {"draft_value /draft/categories/analytics"}},
      Row{"/categories", "[]", {"draft_type /draft/categories"}},
      Row{"/channels/sms/state", "\"mixed\"", {"draft_value /draft/channels/sms/state"}},
      Row{"/channels/sms/changed_at_ms", "-5", {"draft_range /draft/channels/sms/changed_at_ms"}},
      Row{"/channels/sms", "true", {"draft_type /draft/channels/sms"}},
      Row{"/transfers/cross_border", "\"mixed\"", {"draft_value /draft/transfers/cross_border"}},
      Row{"/transfers", "", {"draft_missing /draft/transfers"}});
  CAPTURE(row.pointer, row.value);
  CHECK(errors_of(receipt::parse_draft(changed(receipt_case().draft, row))) == row.want);
}

TEST_CASE("parse_draft: all faults at once", "[receipt]") {
  CHECK(errors_of(receipt::parse_draft(Value::object())).size() == 13);
  CHECK(errors_of(receipt::parse_draft(Value::array())) == Texts{"draft_type /draft"});
}

TEST_CASE("parse_draft: the page's own code may refuse and withdraw, never grant", "[receipt]") {
  struct Act {
    std::string state;
    Texts want;
  };
  const auto act = GENERATE(Act{"refused", {}}, Act{"withdrawn", {}},
                            Act{"given", {"draft_not_a_person /draft/decisions/0/state"}},
                            Act{"renewed", {"draft_not_a_person /draft/decisions/0/state"}});
  Case test = receipt_case();
  test.decide("ads", act.state).draft.set("source", "api");
  CHECK(errors_of(receipt::parse_draft(test.draft)) == act.want);
}

TEST_CASE("parse_draft: validity up to twelve months, in any spelling", "[receipt]") {
  const auto text = GENERATE(as<std::string>{}, "P12M", "P1Y", "P365D", "P52W", "P11M30D", "P1D");
  Case test = receipt_case();
  test.draft.set("validity", text);
  CHECK(receipt::parse_draft(test.draft));
}

TEST_CASE("parse_draft: languages of BCP 47, unknown members left alone", "[receipt]") {
  const auto text =
      GENERATE(as<std::string>{}, "kk", "ru", "en", "kk-Cyrl", "kk-Cyrl-KZ", "uzb", "zh-Hans");
  Case test = receipt_case();
  test.draft.set("lang", text).set("later", 1);
  CHECK(receipt::parse_draft(test.draft));
}

TEST_CASE("parse_host: each fault has its code and place", "[receipt]") {
  const std::string long_origin = "\"https://" + std::string(300, 'a') + "\"";
  const auto row = GENERATE_COPY(
      Row{"/jwk", "", {"key_type /jwk"}}, Row{"/jwk", "\"key\"", {"key_type /jwk"}},
      Row{"/jwk/kty", "\"OKP\"", {"key_type /jwk"}},
      Row{"/jwk/crv", "\"P-384\"", {"key_type /jwk"}},
      Row{"/jwk/d", "\"AAAA\"", {"key_private /jwk/d"}}, Row{"/jwk/x", "", {"key_point /jwk/x"}},
      Row{"/jwk/y", "\"AAAA\"", {"key_point /jwk/y"}},
      Row{"/jwk/y", "\"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0=\"", {"key_point /jwk/y"}},
      Row{"/record_id", "\"1\"", {"host_pattern /record_id"}},
      Row{"/record_id", "\"0193A7B2-7E41-7C1E-9B52-2F6D0A9D4C00\"", {"host_pattern /record_id"}},
      Row{"/record_id", "\"0193a7b2-7e41-9c1e-9b52-2f6d0a9d4c00\"", {"host_pattern /record_id"}},
      Row{"/receipt_id", "\"0193a7b2-7e41-7c1e-cb52-2f6d0a9d4c00\"", {"host_pattern /receipt_id"}},
      Row{"/receipt_id", "", {"host_missing /receipt_id"}},
      Row{"/supersedes", "\"\"", {"host_pattern /supersedes"}},
      Row{"/seq", "0", {"host_range /seq"}}, Row{"/seq", "\"2\"", {"host_type /seq"}},
      Row{"/seq", "1", {"host_prev /prev"}}, Row{"/prev", "null", {"host_prev /prev"}},
      Row{"/prev", "\"R2nDSkBHOjqrhOqI1d90NKeCtnKBB5cR0rBNdt5Mtx4\"", {"host_pattern /prev"}},
      Row{"/prev", "\"sha256:abc\"", {"host_pattern /prev"}},
      Row{"/origin", "\"duken.example\"", {"host_pattern /origin"}},
      Row{"/origin", "\"https://duken.example/\"", {"host_pattern /origin"}},
      Row{"/origin", "\"https://user@duken.example\"", {"host_pattern /origin"}},
      Row{"/origin", "\"://x\"", {"host_pattern /origin"}},
      Row{"/origin", "\"https://a b\"", {"host_pattern /origin"}},
      Row{"/origin", "\"https://дүкен.example\"", {"host_pattern /origin"}},
      Row{"/origin", long_origin, {"host_pattern /origin"}},
      Row{"/gpc", "null", {"host_type /gpc"}}, Row{"/key", "\"none\"", {"host_value /key"}},
      Row{"/widget", "\"other/1\"", {"host_pattern /widget"}});
  CAPTURE(row.pointer, row.value);
  CHECK(errors_of(receipt::parse_host(changed(receipt_case().host, row))) == row.want);
}

TEST_CASE("parse_host: what WebCrypto adds to an exported key is dropped", "[receipt]") {
  Case test = receipt_case();
  at(test.host, "/jwk/ext") = true;
  at(test.host, "/jwk/key_ops") = Value::array().push("verify");
  CHECK(value_of(receipt::parse_host(test.host)).key == vector_key());
}
