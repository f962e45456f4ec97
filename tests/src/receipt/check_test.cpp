// The body's rules, one change of a sound body each: what the schema says, and what it cannot say.
#include <string>
#include <vector>

#include "receipt/check.hpp"
#include "support/catch.hpp"
#include "support/receipts.hpp"

using namespace kelisim::test;
using kelisim::json::Value;
using Texts = std::vector<std::string>;

namespace {

struct Row {
  std::string pointer;
  std::string value;  // JSON; "" = the member is taken out
  std::string code;
  std::string place;  // "" = the pointer
};

Texts faults(const Value& body) {
  Texts out;
  for (const kelisim::Error& error : kelisim::receipt::check_body(body))
    out.push_back(error.code + " " + error.path);
  return out;
}

Value sound() { return receipt_vector()["body"]; }

Texts faults_after(const Row& row) {
  Value body = sound();
  if (row.value.empty()) {
    remove(body, row.pointer);
  } else {
    at(body, row.pointer) = parse(row.value);
  }
  return faults(body);
}

const std::string k_purpose = "/pii_processing/purposes/0";

}  // namespace

TEST_CASE("check_body: the vector is sound", "[receipt]") { CHECK(faults(sound()).empty()); }

TEST_CASE("check_body: an unknown version is an error, and nothing else is looked at",
          "[receipt]") {
  CHECK(faults_after({"/schema_version", "\"kelisim-receipt-2\"", "", ""}) ==
        Texts{"receipt_version /body/schema_version"});
  CHECK(faults(Value::object()) == Texts{"receipt_version /body/schema_version"});
  CHECK(faults(Value("text")) == Texts{"receipt_version /body/schema_version"});
}

TEST_CASE("check_body: every required member of every object", "[receipt]") {
  const std::string pointer = GENERATE(
      as<std::string>{}, "/receipt_id", "/record_id", "/pii_principal_id", "/seq", "/prev",
      "/pii_processing", "/party_identification", "/event", "/categories", "/channels",
      "/transfers", "/evidence", "/pii_processing/privacy_notice", "/pii_processing/language",
      "/pii_processing/purposes", "/pii_processing/privacy_notice/policy_id",
      "/pii_processing/privacy_notice/url", "/pii_processing/privacy_notice/version",
      "/pii_processing/privacy_notice/sha256", "/pii_processing/purposes/0/purpose_id",
      "/pii_processing/purposes/0/purpose", "/pii_processing/purposes/0/purpose_type",
      "/pii_processing/purposes/0/lawful_basis", "/pii_processing/purposes/0/pii_information",
      "/pii_processing/purposes/0/pii_controllers", "/pii_processing/purposes/0/storage_locations",
      "/pii_processing/purposes/0/retention_period", "/pii_processing/purposes/0/jurisdiction",
      "/pii_processing/purposes/0/recipient_third_parties",
      "/pii_processing/purposes/0/withdrawal_method", "/pii_processing/purposes/0/privacy_rights",
      "/pii_processing/purposes/0/clauses", "/pii_processing/purposes/0/pii_information/0/pii_type",
      "/pii_processing/purposes/0/pii_information/0/pii_optional",
      "/party_identification/0/party_id", "/party_identification/0/party_name",
      "/party_identification/0/party_role", "/party_identification/0/party_address",
      "/party_identification/0/party_contact", "/party_identification/0/party_type",
      "/event/0/event_time", "/event/0/event_type", "/event/0/entity_id",
      "/event/0/validity_duration", "/event/0/purpose_ids", "/event/0/event_state",
      "/channels/sms/state", "/channels/sms/changed_at", "/evidence/widget",
      "/evidence/config_sha256", "/evidence/text_sha256", "/evidence/action", "/evidence/layer",
      "/evidence/origin", "/evidence/gpc", "/evidence/key", "/kz/operator_name", "/kz/operator_bin",
      "/kz/subject_name", "/kz/consent_term", "/kz/third_party_transfer",
      "/kz/cross_border_transfer", "/kz/cross_border_countries", "/kz/public_sources",
      "/kz/pii_list", "/kz/form");
  CHECK(faults_after({pointer, "", "", ""}) == Texts{"receipt_missing /body" + pointer});
}

TEST_CASE("check_body: types, forms and words", "[receipt]") {
  const auto row = GENERATE(
      Row{"/receipt_id", "\"x\"", "receipt_pattern", ""},
      Row{"/receipt_id", "7", "receipt_type", ""},
      Row{"/record_id", "\"0193a7b2-7e41-7c1e-9b52-2f6d0a9d4c0g\"", "receipt_pattern", ""},
      Row{"/supersedes", "\"0193a7b27e417c1e9b522f6d0a9d4c00\"", "receipt_pattern", ""},
      Row{"/pii_principal_id", "\"oKIywvGUpTVTyxMQ3bwIIeQUudfr_CkLMjCE19ECD-U\"", "receipt_pattern",
          ""},
      Row{"/pii_principal_id", "\"jkt:oKIywvGUpTVTyxMQ3bwIIeQUudfr_CkLMjCE19ECD-V\"",
          "receipt_pattern", ""},
      Row{"/seq", "\"2\"", "receipt_type", ""}, Row{"/seq", "0", "receipt_range", ""},
      Row{"/prev", "7", "receipt_type", ""}, Row{"/prev", "\"sha256:abc\"", "receipt_pattern", ""},
      Row{"/pii_processing/language", "\"ru_RU\"", "receipt_pattern", ""},
      Row{"/pii_processing/privacy_notice/sha256", "\"abc\"", "receipt_pattern", ""},
      Row{"/pii_processing/privacy_notice/url", "{\"unknown\":true}", "receipt_type", ""},
      Row{"/pii_processing/privacy_notice/place", "\"margin\"", "receipt_value", ""},
      Row{"/pii_processing/privacy_notice/equivalent_to", "[\"abc\"]", "receipt_pattern",
          "/pii_processing/privacy_notice/equivalent_to/0"},
      Row{"/pii_processing/purposes", "[]", "receipt_empty", ""},
      Row{"/pii_processing/purposes", "{}", "receipt_type", ""},
      Row{"/pii_processing/purposes/0", "\"ads\"", "receipt_type", ""},
      Row{k_purpose + "/category", "\"necessary\"", "receipt_value", ""},
      Row{k_purpose + "/purpose_type", "\"x\"", "receipt_type", ""},
      Row{k_purpose + "/clauses", "[7]", "receipt_type", k_purpose + "/clauses/0"},
      Row{k_purpose + "/pii_information/0/pii_optional", "\"no\"", "receipt_type", ""},
      Row{k_purpose + "/storage_locations", "[\"Kazakhstan\"]", "receipt_pattern",
          k_purpose + "/storage_locations/0"},
      Row{k_purpose + "/retention_period", "\"forever\"", "receipt_pattern", ""},
      Row{k_purpose + "/retention_period", "{\"unlimited\":false}", "receipt_type", ""},
      Row{k_purpose + "/retention_period", "12", "receipt_type", ""},
      Row{"/party_identification", "[]", "receipt_empty", ""},
      Row{"/party_identification/0/party_role", "\"owner\"", "receipt_value", ""},
      Row{"/party_identification/0/party_country", "\"KAZ\"", "receipt_pattern", ""},
      Row{"/party_identification/0/party_identifiers/bin", "\"12\"", "receipt_pattern", ""},
      Row{"/event", "[]", "receipt_empty", ""},
      Row{"/event/0/event_time", "\"2026-11-20T10:00:00.123Z\"", "receipt_pattern", ""},
      Row{"/event/0/event_time", "\"2026-13-20T10:00:00Z\"", "receipt_pattern", ""},
      Row{"/event/0/event_time", "\"2026-11-20T24:00:00Z\"", "receipt_pattern", ""},
      Row{"/event/0/event_time", "\"2026-11-20T10:00:00+05:00\"", "receipt_pattern", ""},
      Row{"/event/0/event_type", "\"implied\"", "receipt_value", ""},
      Row{"/event/0/entity_id", "\"robot\"", "receipt_value", ""},
      Row{"/event/0/event_state", "\"deferred\"", "receipt_value", ""},
      Row{"/event/0/purpose_ids", "[]", "receipt_empty", ""},
      Row{"/categories/analytics", "\"on\"", "receipt_value", ""},
      Row{"/categories", "[]", "receipt_type", ""},
      Row{"/channels/sms/state", "\"mixed\"", "receipt_value", ""},
      Row{"/channels/sms", "\"granted\"", "receipt_type", ""},
      Row{"/channels/sms/changed_at", "\"yesterday\"", "receipt_pattern", ""},
      Row{"/transfers/cross_border", "\"mixed\"", "receipt_value", ""},
      Row{"/evidence/action", "\"dismiss\"", "receipt_value", ""},
      Row{"/evidence/gpc", "\"1\"", "receipt_type", ""},
      Row{"/evidence/key", "\"none\"", "receipt_value", ""},
      Row{"/evidence/config_sha256", "\"\"", "receipt_pattern", ""},
      Row{"/kz/operator_bin", "\"1\"", "receipt_pattern", ""},
      Row{"/kz/form", "\"silence\"", "receipt_value", ""},
      Row{"/kz/third_party_transfer", "\"yes\"", "receipt_type", ""},
      Row{"/kz/pii_list", "\"all\"", "receipt_type", ""}, Row{"/kz", "[]", "receipt_type", ""},
      Row{"/proof", "{}", "receipt_proof", ""});
  CAPTURE(row.pointer, row.value);
  CHECK(faults_after(row) ==
        Texts{row.code + " /body" + (row.place.empty() ? row.pointer : row.place)});
}

TEST_CASE(
    "check_body: a validity without end is no validity; what the policy says of retention may be "
    "endless",
    "[receipt]") {
  const auto text = GENERATE(as<std::string>{}, "\"unlimited\"", "\"P0D\"", "\"\"", "\"PT1H\"");
  CHECK(faults_after({"/event/0/validity_duration", text, "", ""}) ==
        Texts{"receipt_pattern /body/event/0/validity_duration"});
  CHECK(faults_after({k_purpose + "/retention_period", "{\"unlimited\":true}", "", ""}).empty());
}

TEST_CASE("check_body: a silent policy is valid, in the kz block too", "[receipt]") {
  const auto pointer = GENERATE(
      as<std::string>{}, "/pii_processing/privacy_notice/url",
      "/pii_processing/purposes/0/storage_locations", "/pii_processing/purposes/0/retention_period",
      "/pii_processing/purposes/0/pii_information/0/pii_type",
      "/pii_processing/purposes/0/pii_information/0/pii_optional",
      "/party_identification/0/party_address", "/party_identification/0/party_contact",
      "/kz/operator_bin", "/kz/public_sources", "/kz/pii_list");
  CHECK(faults_after({pointer, R"({"not_stated":true})", "", ""}).empty());
}

TEST_CASE("check_body: refusals and withdrawals are receipts like grants", "[receipt]") {
  for (const char* state : {"refused", "withdrawn", "renewed", "given"}) {
    const bool on = state[0] == 'g' || state[2] == 'n';
    Case test = receipt_case().decide("statistics", state);
    at(test.draft, "/categories/analytics") = on ? "granted" : "refused";
    CHECK(faults(test.body()).empty());
  }
}

TEST_CASE("check_body: references resolve, nothing stands twice, only consent is decided",
          "[receipt]") {
  const auto row = GENERATE(
      Row{"/event/0/purpose_ids/0", "\"nobody\"", "receipt_event_ref", ""},
      Row{"/event/1/purpose_ids/0", "\"statistics\"", "receipt_event_twice", ""},
      Row{"/event/0/purpose_ids", "[\"statistics\",\"statistics\"]", "receipt_event_twice",
          "/event/0/purpose_ids/1"},
      Row{"/pii_processing/purposes/1/lawful_basis", "\"https://w3id.org/dpv#Contract\"",
          "receipt_event_basis", "/event/0/purpose_ids/1"},
      Row{"/pii_processing/purposes/1/purpose_id", "\"personalisation\"", "receipt_purpose_twice",
          ""},
      Row{"/party_identification/2/party_id", "\"chat\"", "receipt_party_twice", ""},
      Row{k_purpose + "/pii_controllers/0", "\"nobody\"", "receipt_party_ref", ""},
      Row{k_purpose + "/pii_controllers/0", "\"chat\"", "receipt_party_ref", ""},
      Row{k_purpose + "/recipient_third_parties/0", "\"nobody\"", "receipt_party_ref", ""},
      Row{k_purpose + "/recipient_third_parties/0", "\"controller:operator\"", "receipt_party_ref",
          ""},
      Row{"/event/0/entity_id", "\"controller\"", "receipt_event_entity", ""},
      Row{"/event/3/entity_id", "\"controller\"", "receipt_event_entity", ""},
      Row{"/evidence/text_sha256", "null", "receipt_text_hash", ""},
      Row{"/seq", "1", "receipt_first", "/prev"}, Row{"/prev", "null", "receipt_first", ""},
      Row{"/kz", "", "receipt_kz_missing", ""},
      Row{"/kz/subject_name", "\"Иванов\"", "receipt_subject_name", ""},
      Row{"/kz/third_party_transfer", "false", "receipt_kz_transfer", ""},
      Row{"/kz/third_party_transfer", "{\"not_stated\":true}", "receipt_kz_transfer", ""},
      Row{"/kz/cross_border_transfer", "false", "receipt_kz_border", ""},
      Row{"/kz/cross_border_transfer", "{\"not_stated\":true}", "receipt_kz_border", ""},
      Row{"/kz/cross_border_countries", "[\"RU\"]", "receipt_kz_border",
          "/kz/cross_border_transfer"},
      Row{"/kz/cross_border_countries", "[\"RU\",\"US\",\"KZ\"]", "receipt_kz_border",
          "/kz/cross_border_transfer"},
      Row{"/kz/cross_border_countries", "[]", "receipt_kz_border", "/kz/cross_border_transfer"},
      Row{"/kz/cross_border_countries", "{\"not_stated\":true}", "receipt_kz_border",
          "/kz/cross_border_transfer"},
      Row{k_purpose + "/storage_locations/0", "\"DE\"", "receipt_kz_border",
          "/kz/cross_border_transfer"});
  CAPTURE(row.pointer, row.value);
  const Texts got = faults_after(row);
  REQUIRE_FALSE(got.empty());
  CHECK(got.front() == row.code + " /body" + (row.place.empty() ? row.pointer : row.place));
}

TEST_CASE("check_body: an action brings about what it says, and nothing else", "[receipt]") {
  const auto row = GENERATE(
      Row{"refuse_all", "statistics", "given", ""}, Row{"refuse_all", "statistics", "renewed", ""},
      Row{"withdraw_all", "statistics", "given", ""},
      Row{"withdraw_some", "statistics", "renewed", ""}, Row{"grant_all", "ads", "refused", ""},
      Row{"grant_all", "ads", "withdrawn", ""}, Row{"grant_service", "service:chat", "refused", ""},
      Row{"grant_service", "statistics", "given", ""}, Row{"form", "statistics", "given", ""});
  CAPTURE(row.pointer, row.value, row.code);
  Value body = receipt_case().decide(row.value, row.code).body();
  CHECK(faults(body).empty());
  at(body, "/evidence/action") = row.pointer;
  CHECK(faults(body) == Texts{"receipt_action /body/evidence/action"});
}

TEST_CASE("check_body: how things stand after a receipt is how its events left them", "[receipt]") {
  const auto row =
      GENERATE(Row{"/categories/analytics", "\"refused\"", "", "/event/0/purpose_ids/1"},
               Row{"/categories/marketing", "\"granted\"", "", "/event/1/purpose_ids/0"},
               Row{"/categories/marketing", "", "", "/event/1/purpose_ids/0"},
               Row{"/transfers/cross_border", "\"granted\"", "", "/event/1/purpose_ids/1"},
               Row{"/channels/partner_news/state", "\"granted\"", "", "/event/1/purpose_ids/2"},
               Row{"/channels/sms/state", "\"refused\"", "", "/event/3/purpose_ids/0"});
  CAPTURE(row.pointer, row.value);
  CHECK(faults_after(row) == Texts{"receipt_event_after /body" + row.place});
}

TEST_CASE("check_body: a category some of whose purposes were refused is mixed", "[receipt]") {
  CHECK(faults_after({"/categories/analytics", "\"mixed\"", "", ""}).empty());
  CHECK(faults_after({"/categories/marketing", "\"mixed\"", "", ""}).empty());
}

TEST_CASE("check_body: a purpose that rests on consent was decided", "[receipt]") {
  Value body = sound();
  at(body, "/event/1/purpose_ids").items().erase(at(body, "/event/1/purpose_ids").items().begin());
  CHECK(faults(body) == Texts{"receipt_event_none /body/pii_processing/purposes/2"});
}

TEST_CASE("check_body: no consent lasts over twelve months", "[receipt]") {
  const auto pointer =
      GENERATE(as<std::string>{}, "/event/0/validity_duration", "/kz/consent_term");
  const auto term =
      GENERATE(as<std::string>{}, "\"P999Y\"", "\"P99Y\"", "\"P13M\"", "\"P366D\"", "\"P1Y1D\"");
  CAPTURE(pointer, term);
  CHECK(faults_after({pointer, term, "", ""}) == Texts{"receipt_pattern /body" + pointer});
  for (const char* fits : {"\"P1Y\"", "\"P12M\"", "\"P52W\"", "\"P365D\""})
    CHECK(faults_after({pointer, fits, "", ""}).empty());
}

TEST_CASE("check_body: addresses are of pages or of mail, and nothing runs from them",
          "[receipt]") {
  const auto pointer =
      GENERATE(as<std::string>{}, "/pii_processing/privacy_notice/url",
               "/pii_processing/purposes/0/withdrawal_method", "/party_identification/0/party_url");
  const auto bad =
      GENERATE(as<std::string>{}, "\"javascript:alert(1)\"", "\"JavaScript:alert(1)\"",
               "\"data:text/html,x\"", "\"\"", "\" javascript:x\"", "\"java\\nscript:x\"",
               "\"ftp://shop.example\"", "\"https://shop.example/ a\"");
  CAPTURE(pointer, bad);
  CHECK(faults_after({pointer, bad, "", ""}) == Texts{"receipt_pattern /body" + pointer});
  for (const char* fits : {"\"https://shop.example/x:y\"", "\"http://localhost/\"", "\"#kelisim\"",
                           "\"/privacy?a:b\"", "\"mailto:info@shop.example\""})
    CHECK(faults_after({pointer, fits, "", ""}).empty());
}

TEST_CASE("check_body: the origin is one, without a path", "[receipt]") {
  for (const char* bad : {"\"javascript:x\"", "\"shop.example\"", "\"https://shop.example/path\""})
    CHECK(faults_after({"/evidence/origin", bad, "", ""}) ==
          Texts{"receipt_pattern /body/evidence/origin"});
  CHECK(faults_after({"/evidence/origin", "\"null\"", "", ""}).empty());
}

TEST_CASE("check_body: a time that the calendar does not have", "[receipt]") {
  for (const char* time : {"2026-02-31T10:00:00Z", "2027-02-29T10:00:00Z", "2026-04-31T00:00:00Z",
                           "2026-11-20T10:60:00Z", "2026-11-20T10:00:60Z", "2026-00-20T10:00:00Z"})
    CHECK(faults_after({"/event/1/event_time", "\"" + std::string(time) + "\"", "", ""}) ==
          Texts{"receipt_pattern /body/event/1/event_time"});
  CHECK(faults_after({"/event/1/event_time", "\"2028-02-29T23:59:59Z\"", "", ""}).empty());
}

TEST_CASE(
    "R-ALL-06: a mail address or a telephone number in a member the format does not name is "
    "refused",
    "[receipt]") {
  const auto row = GENERATE(
      Row{"/later", "\"a.b@shop.example\"", "", ""},
      Row{"/later", "\"пошта <айгуль@дүкен.қаз>\"", "", ""},
      Row{"/later", "{\"who\":[\"x me@mail.kz\"]}", "", "/later/who/0"},
      Row{"/later", "{\"me@mail.kz\":1}", "", "/later/me@mail.kz"},
      Row{"/later", "\"+7 (701) 123-45-67\"", "", ""}, Row{"/later", "\"87011234567\"", "", ""},
      Row{"/later", "\"тел. 8 701 123 45 67, Алматы\"", "", ""},
      Row{"/later", "\"+4930123456\"", "", ""}, Row{"/later", "77011234567", "", ""},
      Row{"/kz/other", "\"+77011234567\"", "", ""},
      Row{"/evidence/note", "\"me@mail.kz\"", "", ""});
  CAPTURE(row.pointer, row.value);
  CHECK(faults_after(row) ==
        Texts{"receipt_contact /body" + (row.place.empty() ? row.pointer : row.place)});
}

TEST_CASE("R-ALL-06: what looks a little like one is none", "[receipt]") {
  const auto value =
      GENERATE(as<std::string>{}, "\"2026-11-20 10:00\"", "\"1795168800\"", "\"@media\"",
               "\"a @ b.c\"", "\"a@b\"", "\"1.2.3-4\"", "\"7.10, 8.2\"", "\"sha256:x@\"",
               "1795168800123", "99999999999", "\"+7 701\"", "\"№ 1234 от 01.02.2026\"");
  CAPTURE(value);
  CHECK(faults_after({"/later", value, "", ""}).empty());
}

TEST_CASE("check_body: a purpose that does not rest on consent may stand without an event",
          "[receipt]") {
  Value body = sound();
  Value order = body["pii_processing"]["purposes"].items()[0];
  order.set("purpose_id", "order").set("lawful_basis", "https://w3id.org/dpv#Contract");
  at(body, "/pii_processing/purposes").push(order);
  CHECK(faults(body).empty());
}

TEST_CASE("check_body: third_party_transfer and cross_border_transfer without recipients",
          "[receipt]") {
  struct Border {
    std::string transfer;
    std::string border;
    std::string countries;
    Texts want;
  };
  const std::string silent = R"({"not_stated":true})";
  const std::string bad_border = "receipt_kz_border /body/kz/cross_border_transfer";
  const auto row =
      GENERATE_COPY(Border{"false", "false", "[]", {}}, Border{silent, silent, silent, {}},
                    Border{"false", silent, "[]", {}}, Border{"false", "true", silent, {}},
                    Border{"false", "true", "[\"DE\"]", {}},
                    // Kinds of recipients ("couriers") are no parties.
                    Border{"true", "false", "[]", {}}, Border{"false", "true", "[]", {bad_border}},
                    Border{"false", "false", "[\"DE\"]", {bad_border}},
                    Border{"false", "false", silent, {bad_border}},
                    Border{"false", silent, "[\"DE\"]", {bad_border}});
  Value body = receipt_case().decide("channel:sms", "given").body();
  at(body, "/kz/third_party_transfer") = parse(row.transfer);
  at(body, "/kz/cross_border_transfer") = parse(row.border);
  at(body, "/kz/cross_border_countries") = parse(row.countries);
  CAPTURE(row.transfer, row.border, row.countries);
  CHECK(faults(body) == row.want);
}

TEST_CASE("check_body: outside KZ there is no kz block to miss", "[receipt]") {
  Value body = sound();
  for (Value& purpose : at(body, "/pii_processing/purposes").items())
    purpose.set("jurisdiction", "EU");
  body.erase("kz");
  CHECK(faults(body).empty());
  at(body, "/pii_processing/purposes/2/jurisdiction") = "KZ-75";
  CHECK(faults(body) == Texts{"receipt_kz_missing /body/kz"});
}

TEST_CASE("check_body: an entrepreneur's iin in place of a bin", "[receipt]") {
  Value body = sound();
  at(body, "/kz").erase("operator_bin");
  at(body, "/kz/operator_iin") = "901231300123";
  CHECK(faults(body).empty());
}

TEST_CASE("R-ALLUR-03.2.1c: twelve digits in a free field are refused", "[receipt]") {
  const auto row = GENERATE(
      Row{k_purpose + "/purpose", "\"ИИН 901231300123.\"", "", ""},
      Row{k_purpose + "/service", "\"901231300123\"", "", ""},
      Row{k_purpose + "/clauses/0", "\"901231300123\"", "", ""},
      Row{"/kz/pii_list/0", "\"901231300123\"", "", ""},
      Row{"/kz/operator_name", "\"ИП 901231300123\"", "", ""},
      Row{"/kz/other", "\"901231300123\"", "", ""},
      Row{"/party_identification/1/party_name", "\"901231300123\"", "", ""},
      Row{"/party_identification/0/party_address", "\"кв. 9012313001234567\"", "", ""},
      Row{"/evidence/layer", "\"901231300123\"", "", ""}, Row{"/later", "\"901231300123\"", "", ""},
      Row{"/later", "{\"a\":[{\"b\":\"x901231300123\"}]}", "", "/later/a/0/b"},
      Row{"/later", "{\"901231300123\":1}", "", "/later/901231300123"},
      Row{"/later", "901231300123", "", ""}, Row{"/later", "-901231300123", "", ""},
      Row{k_purpose + "/retention_period", "{\"until\":\"901231300123\"}", "",
          k_purpose + "/retention_period/until"});
  CAPTURE(row.pointer, row.value);
  CHECK(faults_after(row) ==
        Texts{"receipt_twelve_digits /body" + (row.place.empty() ? row.pointer : row.place)});
}

TEST_CASE(
    "R-ALLUR-03.2.1c: identifiers, hashes, times and the parties' own numbers are not free text",
    "[receipt]") {
  const auto row = GENERATE(
      Row{"/record_id", "\"01234567-8901-7234-8901-123456789012\"", "", ""},
      Row{"/evidence/config_sha256", "\"012345678901234567890123456789012345678901A\"", "", ""},
      Row{"/party_identification/0/party_phone", "\"+998901234567\"", "", ""},
      Row{"/party_identification/0/party_identifiers/bin", "\"901231300123\"", "", ""},
      Row{"/kz/operator_bin", "\"901231300123\"", "", ""},
      Row{"/pii_processing/privacy_notice/url", "\"https://duken.example/202611011200.pdf\"", "",
          ""},
      Row{"/evidence/origin", "\"https://123456789012.example\"", "", ""},
      Row{k_purpose + "/purpose", "\"90123130012 3\"", "", ""},
      Row{"/later", "1795168800123", "", ""}, Row{"/later", "99999999999", "", ""});
  CAPTURE(row.pointer, row.value);
  CHECK(faults_after(row).empty());
}

TEST_CASE("check_body: strings of 4096 bytes, not characters", "[receipt]") {
  std::string fits;
  for (int i = 0; i < 2048; ++i) fits += "ұ";
  CHECK(faults_after({k_purpose + "/purpose", "\"" + fits + "\"", "", ""}).empty());
  CHECK(faults_after({k_purpose + "/purpose", "\"" + fits + "a\"", "", ""}) ==
        Texts{"receipt_string /body/pii_processing/purposes/0/purpose"});
  CHECK(faults_after({"/later", "\"" + fits + "a\"", "", ""}) ==
        Texts{"receipt_string /body/later"});
  CHECK(faults_after({"/later", "{\"" + fits + "a\":1}", "", ""}).size() == 1);
}

TEST_CASE("check_body: all faults of form at once", "[receipt]") {
  Value body = sound();
  at(body, "/seq") = 0;
  at(body, "/evidence/key") = "none";
  body.erase("event");
  CHECK(faults(body).size() == 3);
}
