// What stands in a receipt: the rules of build.hpp and the record requirements of the shops.
#include <algorithm>
#include <string>
#include <vector>

#include "policy/switches.hpp"
#include "receipt/check.hpp"
#include "support/catch.hpp"
#include "support/receipts.hpp"

using namespace kelisim::test;
using kelisim::json::Value;
using kelisim::json::write;
using Texts = std::vector<std::string>;

namespace {

const Value& entry(const Value& body, std::string_view id) {
  for (const Value& purpose : body["pii_processing"]["purposes"].items()) {
    if (purpose["purpose_id"].as_string() == id) return purpose;
  }
  throw std::runtime_error("no purpose " + std::string(id));
}

Texts texts(const Value& list) {
  Texts out;
  for (const Value& item : list.items()) out.push_back(item.as_string());
  return out;
}

Texts party_ids(const Value& body) {
  Texts out;
  for (const Value& party : body["party_identification"].items())
    out.push_back(party["party_id"].as_string());
  return out;
}

const char* const k_not_stated = R"({"not_stated":true})";

}  // namespace

TEST_CASE(
    "R-ALL-06: policy, edition, hashes, language, clauses, decisions, method, time, widget, "
    "origin, subject, chain",
    "[receipt]") {
  const Case test = receipt_case();
  const Value body = test.body();
  const Value& notice = body["pii_processing"]["privacy_notice"];
  CHECK(notice["policy_id"].as_string() == "test-duken");
  CHECK(notice["version"].as_string() == "2026-11-01");
  CHECK(notice["sha256"] == test.policy["edition"]["text"]["sha256"]);
  CHECK(body["evidence"]["text_sha256"] == test.draft["text_sha256"]);
  CHECK(body["pii_processing"]["language"].as_string() == "ru");
  CHECK(texts(entry(body, "ads")["clauses"]) == Texts{"3.2.5 (printed 2.2.5)"});
  CHECK(body["categories"] == test.draft["categories"]);
  CHECK(body["channels"].members().size() == 3);
  CHECK(body["evidence"]["action"].as_string() == "save_choices");
  CHECK(body["event"].items()[0]["event_time"].as_string() == "2026-11-20T10:00:00Z");
  CHECK(body["evidence"]["widget"].as_string() == "kelisim/0.1.0");
  CHECK(body["evidence"]["origin"].as_string() == "https://duken.example");
  CHECK(body["evidence"]["config_sha256"].as_string() == kelisim::sha256_text(write(test.policy)));
  CHECK(body["pii_principal_id"].as_string() ==
        "jkt:" + kelisim::receipt::thumbprint(vector_key()));
  CHECK(body["prev"] == test.host["prev"]);
}

TEST_CASE(
    "R-ALL-07: nothing about the person but the key: no name, and the host's key without its "
    "private part",
    "[receipt]") {
  Case test = receipt_case();
  const Value body = test.body();
  CHECK(body["kz"].has("subject_name"));
  CHECK(body["kz"]["subject_name"].is_null());
  test.host.find("jwk")->set("d", "jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI");
  CHECK(errors_of(test.build()) == Texts{"key_private /jwk/d"});
}

TEST_CASE("R-ALL-11: hashes that the shop declared equivalent are in the receipt", "[receipt]") {
  Case test = receipt_case();
  CHECK(test.body()["pii_processing"]["privacy_notice"]["equivalent_to"] ==
        test.policy["edition"]["equivalent_to"]);
  at(test.policy, "/edition/equivalent_to") = Value::array();
  CHECK_FALSE(test.body()["pii_processing"]["privacy_notice"].has("equivalent_to"));
}

TEST_CASE("R-ALL-13, R-ALMA-00b, R-WEBP-00b: a group without names consents to the operator only",
          "[receipt]") {
  const Value body = receipt_case().body();
  CHECK(texts(entry(body, "statistics")["pii_controllers"]) == Texts{"controller:operator"});
  for (const Value& party : body["party_identification"].items()) {
    CHECK((party["party_role"].as_string() == "controller") ==
          (party["party_id"].as_string() == "controller:operator"));
  }
}

TEST_CASE("R-ALL-13: persons the document names are controllers too", "[receipt]") {
  Case test = receipt_case();
  at(test.policy, "/operator/covered_persons/named") =
      Value::array().push("ТОО «Первое»").push("ТОО «Второе»");
  const Value body = test.body();
  CHECK(texts(entry(body, "ads")["pii_controllers"]) ==
        Texts{"controller:operator", "controller:covered-1", "controller:covered-2"});
  CHECK(body["party_identification"].items()[2]["party_name"].as_string() == "ТОО «Второе»");
}

TEST_CASE("R-ALMA-01.3: the edition's label and the place of its date", "[receipt]") {
  Case test = receipt_case();
  at(test.policy, "/edition/label") = "2019-10-15";
  at(test.policy, "/edition/place") = "end_of_text";
  const Value body = test.body();
  CHECK(body["pii_processing"]["privacy_notice"]["version"].as_string() == "2019-10-15");
  CHECK(body["pii_processing"]["privacy_notice"]["place"].as_string() == "end_of_text");
}

TEST_CASE("R-ALMA-03.2c: clauses by canonical number, with the printed one where it differs",
          "[receipt]") {
  const Value body = receipt_case().body();
  CHECK(texts(entry(body, "personalisation")["clauses"]) == Texts{"3.2.2 (printed 2.2.2)"});
  // The heading of section 3 prints "3": that is no difference.
  CHECK(texts(entry(body, "statistics")["clauses"]) == Texts{"3.2.1", "s3"});
}

TEST_CASE("R-WEBP-05b: the decision on cross-border transfer, with its clause", "[receipt]") {
  const Value body = receipt_case().body();
  const Value& transfer = entry(body, "transfer:cross_border");
  CHECK(texts(transfer["clauses"]) == Texts{"5.¶1"});
  CHECK(texts(transfer["recipient_third_parties"]) == Texts{"metrica", "pixel"});
  CHECK(texts(transfer["processing_method"]) == Texts{"https://w3id.org/dpv#CrossBorderTransfer"});
  // It serves what its services serve: nothing here is a purpose called transfer.
  CHECK(texts(transfer["purpose_type"]) ==
        Texts{"https://w3id.org/dpv#ServiceUsageAnalytics", "https://w3id.org/dpv#Advertising"});
  CHECK(body["transfers"]["cross_border"].as_string() == "refused");
}

TEST_CASE("the transfer is named in the language shown", "[receipt]") {
  struct Row {
    std::string lang;
    std::string want;
  };
  const auto label = [](const std::string& lang) {
    return parse(read_file("web/locales/" + lang + ".json"))["strings"]["transfer.label"]
        .as_string();
  };
  const auto row = GENERATE_COPY(Row{"kk", label("kk")}, Row{"ru", label("ru")},
                                 Row{"en", label("en")}, Row{"uz", label("ru")});
  Case test = receipt_case();
  test.draft.set("lang", row.lang);
  CHECK(entry(test.body(), "transfer:cross_border")["purpose"].as_string() == row.want);
  // As it was called on screen, where the draft says so.
  at(test.draft, "/decisions/3/label") = "Ma’lumotlarni chet elga uzatish";
  CHECK(entry(test.body(), "transfer:cross_border")["purpose"].as_string() ==
        "Ma’lumotlarni chet elga uzatish");
}

TEST_CASE(
    "R-WEBP-04.1b, R-ASTER-04.1.6, R-ALLUR-04.1.6: a form has a receipt of its own about its own "
    "purpose",
    "[receipt]") {
  Case test = receipt_case();
  test.decide("form:account", "given");
  test.draft.set("action", "form").set("layer", "form");
  const Value body = test.body();
  REQUIRE(body["pii_processing"]["purposes"].items().size() == 1);
  const Value& form = entry(body, "form:account");
  CHECK(form["purpose"].as_string() == "Согласен на создание учётной записи");
  CHECK(texts(form["purpose_type"]) == Texts{"https://w3id.org/dpv#AccountManagement"});
  CHECK(write(form["pii_information"]) ==
        R"([{"pii_optional":false,"pii_type":"https://w3id.org/dpv/pd#Name"},)"
        R"({"pii_optional":true,"pii_type":"https://w3id.org/dpv/pd#EmailAddress"}])");
  CHECK_FALSE(form.has("category"));
}

TEST_CASE("R-ASTER-04.1.10b: messages of the shop and of partners are told apart", "[receipt]") {
  const Value body = receipt_case().body();
  CHECK(entry(body, "channel:shop_news")["purpose"].as_string() == "Новости магазина");
  CHECK(entry(body, "channel:partner_news")["purpose"].as_string() == "Новости партнёров");
  CHECK(body["channels"]["shop_news"]["state"].as_string() == "granted");
  CHECK(body["channels"]["partner_news"]["state"].as_string() == "refused");
}

TEST_CASE("R-LETO-07.8c: every channel shown with its state and the time it changed, and no other",
          "[receipt]") {
  const Value body = receipt_case().body();
  CHECK(write(body["channels"]) ==
        R"({"partner_news":{"changed_at":"2026-11-20T10:00:00Z","state":"refused"},)"
        R"("shop_news":{"changed_at":"2026-11-20T10:00:00Z","state":"granted"},)"
        R"("sms":{"changed_at":"2026-09-21T14:13:20Z","state":"granted"}})");
}

TEST_CASE("R-LETO-06.4c: a withdrawal is a receipt with the chain's next number", "[receipt]") {
  Case test = receipt_case();
  test.decide("statistics", "withdrawn");
  test.draft.set("action", "withdraw_some");
  at(test.draft, "/categories/analytics") = "refused";
  const Value body = test.body();
  CHECK(body["event"].items()[0]["event_state"].as_string() == "withdrawn");
  CHECK(body["seq"].as_integer() == 2);
  CHECK(body["prev"].is_string());
}

TEST_CASE("R-ALLUR-D: a draft about another policy or another edition gives no receipt",
          "[receipt]") {
  Case test = receipt_case();
  test.draft.set("policy", "aster");
  CHECK(errors_of(test.build()) == Texts{"draft_policy /draft/policy"});
  test = receipt_case();
  test.draft.set("edition", kelisim::sha256_text("edition 1"));
  CHECK(errors_of(test.build()) == Texts{"draft_edition /draft/edition"});
}

TEST_CASE("R-ALLUR-03.2.1c: twelve digits in a text of the policy give no receipt", "[receipt]") {
  Case test = receipt_case();
  at(test.policy, "/purposes/3/name/ru") = "Реклама 901231300123";
  CHECK(errors_of(test.build()) ==
        Texts{"receipt_twelve_digits /body/pii_processing/purposes/2/purpose"});
}

TEST_CASE("a purpose whose basis is not consent cannot be decided", "[receipt]") {
  struct Row {
    std::string id;
    std::string want;
  };
  const auto row = GENERATE(
      Row{"order", "draft_basis"}, Row{"news", "draft_basis"}, Row{"account", "draft_basis"},
      Row{"service:session", "draft_basis"}, Row{"nobody", "draft_unknown"},
      Row{"service:nobody", "draft_unknown"}, Row{"channel:nobody", "draft_unknown"},
      Row{"transfer:mars", "draft_unknown"}, Row{"form:order", "draft_unknown"},
      Row{"purpose:ads", "draft_unknown"}, Row{"", "draft_unknown"}, Row{":", "draft_unknown"});
  CAPTURE(row.id);
  CHECK(errors_of(receipt_case().decide(row.id, "refused").build()) ==
        Texts{row.want + " /draft/decisions/0/purpose_id"});
}

// A channel that an edition dropped stays in the state; it used to make every later receipt
// impossible.
TEST_CASE("R-LETO-07.8c: a channel the policy no longer has is left out of the receipt",
          "[receipt]") {
  Case test = receipt_case();
  const std::string before = write(test.body()["channels"]);
  at(test.draft, "/channels/post") = parse(R"({"state":"granted","changed_at_ms":1})");
  CHECK(write(test.body()["channels"]) == before);
}

TEST_CASE("only what was decided is listed, in the draft's order, each in one event", "[receipt]") {
  const Case test = receipt_case();
  const Value body = test.body();
  const auto& purposes = body["pii_processing"]["purposes"].items();
  const auto& decisions = test.draft["decisions"].items();
  REQUIRE(purposes.size() == decisions.size());
  for (std::size_t i = 0; i < purposes.size(); ++i)
    CHECK(purposes[i]["purpose_id"] == decisions[i]["purpose_id"]);
  std::vector<std::string> states;
  std::size_t listed = 0;
  for (const Value& event : body["event"].items()) {
    states.push_back(event["event_state"].as_string());
    listed += event["purpose_ids"].items().size();
  }
  CHECK(states == Texts{"given", "refused", "withdrawn", "renewed"});
  CHECK(listed == decisions.size());
}

TEST_CASE(
    "explicit where the person moved that control, expressed where one button answered for all",
    "[receipt]") {
  Case test = receipt_case();
  const auto& decisions = test.draft["decisions"].items();
  for (std::size_t i = 0; i < decisions.size(); ++i)
    at(test.draft, "/decisions/" + std::to_string(i)).set("explicit", i % 2 == 0);
  const Value body = test.body();
  std::size_t listed = 0;
  for (const Value& event : body["event"].items()) {
    for (const Value& id : event["purpose_ids"].items()) {
      const auto at = std::find_if(decisions.begin(), decisions.end(), [&](const Value& one) {
        return one["purpose_id"] == id && one["state"] == event["event_state"];
      });
      REQUIRE(at != decisions.end());
      const bool explicitly = (*at)["explicit"].as_bool();
      CHECK(event["event_type"].as_string() == (explicitly ? "explicit" : "expressed"));
      CHECK(entry(body, id.as_string())["lawful_basis"].as_string() ==
            (explicitly ? "https://w3id.org/dpv#ExplicitlyExpressedConsent"
                        : "https://w3id.org/dpv#ExpressedConsent"));
      ++listed;
    }
  }
  CHECK(listed == decisions.size());
}

TEST_CASE("the page's own code refuses as the controller, and nothing was shown", "[receipt]") {
  Case test = receipt_case();
  test.decide("ads", "withdrawn");
  test.draft.set("source", "api")
      .set("action", "withdraw_all")
      .set("layer", "none")
      .set("text_sha256", Value());
  const Value body = test.body();
  CHECK(body["event"].items()[0]["entity_id"].as_string() == "controller");
  CHECK(body["evidence"]["text_sha256"].is_null());
  CHECK(receipt_case().body()["event"].items()[0]["entity_id"].as_string() == "subject");
}

TEST_CASE(
    "pii_information: the purpose's kinds of data; none listed → what is collected automatically "
    "from visitors; else not stated",
    "[receipt]") {
  const Value body = receipt_case().body();
  CHECK(
      write(entry(body, "statistics")["pii_information"]) ==
      R"([{"pii_optional":{"not_stated":true},"pii_type":"https://w3id.org/dpv/pd#IPAddress"},)"
      R"({"pii_optional":{"not_stated":true},"pii_type":"https://w3id.org/dpv/tech#Cookie"},)"
      R"({"pii_optional":{"not_stated":true},"pii_type":"https://w3id.org/dpv/pd#BrowsingBehaviour"}])");
  // Lists no data; "similar" has no term of its own; the staff's badge is nobody's business here.
  CHECK(entry(body, "personalisation")["pii_information"].items().size() == 4);
  CHECK(entry(body, "personalisation")["pii_information"].items()[3]["pii_type"].as_string() ==
        "https://w3id.org/dpv#PersonalData");
  CHECK(write(entry(body, "channel:sms")["pii_information"]) ==
        R"([{"pii_optional":{"not_stated":true},"pii_type":{"not_stated":true}}])");

  Case test = receipt_case();
  auto& data = test.policy.find("data")->items();
  for (Value& item : data) item.set("source", "given");
  CHECK(write(entry(test.body(), "personalisation")["pii_information"]) ==
        R"([{"pii_optional":{"not_stated":true},"pii_type":{"not_stated":true}}])");
}

// The receipt of an order's form said that the policy does not name its data.
TEST_CASE("pii_information: what the text says a form takes, or a channel uses", "[receipt]") {
  Case test = receipt_case();
  const std::string first = test.policy["data"].items()[0]["id"].as_string();
  const std::string second = test.policy["data"].items()[1]["id"].as_string();
  auto& channels = at(test.policy, "/messages/channels").items();
  const auto sms = std::find_if(channels.begin(), channels.end(),
                                [](const Value& one) { return one["id"].as_string() == "sms"; });
  REQUIRE(sms != channels.end());
  sms->set("data", Value::array().push(second));
  const Value body = test.body();
  CHECK(entry(body, "channel:sms")["pii_information"].items().size() == 1);
  CHECK(entry(body, "channel:sms")["pii_information"].items()[0]["pii_type"].is_string());

  at(test.policy, "/forms/0/purposes") = Value::array();
  test.decide("form:account", "given").draft.set("action", "form").set("layer", "form");
  CHECK_FALSE(
      entry(test.body(), "form:account")["pii_information"].items()[0]["pii_type"].is_string());
  at(test.policy, "/forms/0/data") = Value::array().push(first).push(second);
  CHECK(entry(test.body(), "form:account")["pii_information"].items().size() == 2);
  CHECK(test.body()["kz"]["pii_list"].items().size() == 2);
  at(test.policy, "/forms/0/data").push("nobody");
  CHECK_FALSE(kelisim::policy::parse(write(test.policy)));
}

TEST_CASE("pii_information: special data is marked", "[receipt]") {
  Case test = receipt_case();
  test.policy.find("data")->items()[2].set("special", true);
  CHECK(entry(test.body(), "statistics")["pii_information"]
            .items()[0]["special_pii_category"]
            .as_bool());
}

TEST_CASE("purpose_type: the policy's DPV terms; else one by the category", "[receipt]") {
  const Value body = receipt_case().body();
  CHECK(texts(entry(body, "statistics")["purpose_type"]) ==
        Texts{"https://w3id.org/dpv#ServiceUsageAnalytics"});
  CHECK(texts(entry(body, "ads")["purpose_type"]) == Texts{"https://w3id.org/dpv#Advertising"});
  CHECK(texts(entry(body, "channel:shop_news")["purpose_type"]) ==
        Texts{"https://w3id.org/dpv#DirectMarketing",
              "https://w3id.org/dpv#CommunicationManagement"});
  CHECK(texts(entry(body, "channel:sms")["purpose_type"]) ==
        Texts{"https://w3id.org/dpv#DirectMarketing"});
}

TEST_CASE("a service's entry names the service, its purposes, its recipient and its clauses",
          "[receipt]") {
  const Value body = receipt_case().decide("service:pixel", "given").body();
  const Value& service = entry(body, "service:pixel");
  CHECK(service["service"].as_string() == "Pixel");
  CHECK(service["purpose"].as_string() == "Статистика посещений; Реклама");
  CHECK(service["category"].as_string() == "marketing");
  CHECK(texts(service["recipient_third_parties"]) == Texts{"pixel"});
  // It names no clause itself: those of its purposes.
  CHECK(texts(service["clauses"]) == Texts{"3.2.1", "s3", "3.2.5 (printed 2.2.5)"});
}

TEST_CASE(
    "recipients: services run by somebody else; the shop's own and kinds of recipients are no "
    "parties",
    "[receipt]") {
  const Value body = receipt_case().body();
  CHECK(party_ids(body) == Texts{"controller:operator", "chat", "metrica", "pixel"});
  const Value& metrica = body["party_identification"].items()[2];
  CHECK(metrica["party_name"].as_string() == "ООО «Счётчик»");
  CHECK(metrica["party_country"].as_string() == "RU");
  CHECK(write(metrica["party_address"]) == k_not_stated);
  CHECK(texts(entry(body, "statistics")["recipient_third_parties"]) == Texts{"metrica", "pixel"});
  const Value own = receipt_case().decide("service:own-counter", "refused").body();
  CHECK(party_ids(own) == Texts{"controller:operator"});
}

// The consent of an order's form said that nothing is passed on, of a policy that names couriers.
TEST_CASE("third_party_transfer says what the operator may do: kinds of recipients count, too",
          "[receipt]") {
  struct Row {
    std::vector<std::string> kinds;
    std::string want;
  };
  const auto row =
      GENERATE(Row{{"class"}, "true"}, Row{{"condition"}, "true"}, Row{{"state_body"}, "true"},
               Row{{"never"}, "false"}, Row{{"never", "condition"}, "true"}, Row{{}, k_not_stated});
  Case with = receipt_case().decide("service:own-counter", "refused");
  const Value one = with.policy["recipients"].items()[0];
  Value recipients = Value::array();
  for (const std::string& kind : row.kinds) {
    Value recipient = one;
    recipient.set("id", "kind_" + std::to_string(recipients.items().size())).set("kind", kind);
    recipients.push(std::move(recipient));
  }
  with.policy.set("recipients", std::move(recipients));
  CAPTURE(row.want, row.kinds.size());
  CHECK(write(with.body()["kz"]["third_party_transfer"]) == row.want);
}

TEST_CASE("the operator's party: legal name, identifiers, the contact for withdrawing first",
          "[receipt]") {
  const Value body = receipt_case().body();
  const Value& party = body["party_identification"].items()[0];
  CHECK(party["party_name"].as_string() == "ТОО «Тест Дүкен»");
  CHECK(party["party_identifiers"]["bin"].as_string() == "000000000000");
  CHECK(party["party_contact"].as_string() == "leave@duken.example");
  CHECK(party["party_url"].as_string() == "https://duken.example");

  Case silent = receipt_case();
  for (const char* member :
       {"/operator/legal_name", "/operator/bin", "/operator/address", "/operator/phone"}) {
    at(silent.policy, member) = parse(k_not_stated);
  }
  silent.policy.set("contacts", Value::array());
  for (Value& right : silent.policy.find("rights")->items()) right.set("ways", Value::array());
  const Value without = silent.body();
  const Value& unknown = without["party_identification"].items()[0];
  CHECK(unknown["party_name"].as_string() == "Дүкен");
  CHECK(write(unknown["party_address"]) == k_not_stated);
  CHECK(write(unknown["party_contact"]) == k_not_stated);
  CHECK_FALSE(unknown.has("party_identifiers"));
  CHECK(write(without["kz"]["operator_bin"]) == k_not_stated);
}

TEST_CASE("retention_period is the policy's first term; silence is said", "[receipt]") {
  struct Row {
    std::string term;
    std::string want;
  };
  const auto row =
      GENERATE(Row{R"({"duration":"P3Y"})", R"("P3Y")"},
               Row{R"({"unlimited":true})", R"({"unlimited":true})"},
               Row{R"({"by_law":true})", R"({"by_law":true})"},
               Row{R"({"until":{"kk":"а","ru":"до отзыва","en":"c"}})", R"({"until":"до отзыва"})"},
               Row{R"({"not_stated":true})", R"({"not_stated":true})"});
  Case test = receipt_case();
  at(test.policy, "/terms/0/value") = parse(row.term);
  CHECK(write(entry(test.body(), "ads")["retention_period"]) == row.want);
  test.policy.set("terms", Value::array());
  CHECK(write(entry(test.body(), "ads")["retention_period"]) == k_not_stated);
}

TEST_CASE(
    "privacy_rights: each right the policy gives once, and always the widget's own withdrawal",
    "[receipt]") {
  CHECK(texts(entry(receipt_case().body(), "ads")["privacy_rights"]) ==
        Texts{"access", "rectification", "withdrawal"});
}

TEST_CASE("withdrawal_method is a page that opens the choices", "[receipt]") {
  struct Row {
    std::string origin;
    std::string want;
  };
  const auto row = GENERATE(Row{"https://duken.example", "https://duken.example/#kelisim"},
                            Row{"http://localhost:8080", "http://localhost:8080/#kelisim"},
                            Row{"null", "#kelisim"}, Row{"capacitor://localhost", "#kelisim"},
                            Row{"file://", "#kelisim"});
  Case test = receipt_case();
  test.host.set("origin", row.origin);
  CHECK(entry(test.body(), "ads")["withdrawal_method"].as_string() == row.want);
}

TEST_CASE("an address or a storage country the policy does not give is not stated", "[receipt]") {
  Case test = receipt_case();
  at(test.policy, "/edition/url") = parse(k_not_stated);
  at(test.policy, "/cross_border/localisation") = parse(k_not_stated);
  const Value body = test.body();
  CHECK(write(body["pii_processing"]["privacy_notice"]["url"]) == k_not_stated);
  CHECK(write(entry(body, "ads")["storage_locations"]) == k_not_stated);
}

TEST_CASE("supersedes names the record whose key was lost; the first receipt has no predecessor",
          "[receipt]") {
  Case test = receipt_case();
  test.host.set("supersedes", "0193a7b2-7e41-7c1e-9b52-2f6d0a9d4bff")
      .set("seq", 1)
      .set("prev", Value())
      .set("key", "ephemeral");
  const Value body = test.body();
  CHECK(body["supersedes"].as_string() == "0193a7b2-7e41-7c1e-9b52-2f6d0a9d4bff");
  CHECK(body["prev"].is_null());
  CHECK(body["evidence"]["key"].as_string() == "ephemeral");
}

TEST_CASE("the same inputs give the same bytes", "[receipt]") {
  CHECK(write(receipt_case().body()) == write(receipt_case().body()));
}

TEST_CASE("a receipt that would be over 32 KiB puts services decided alike into one entry",
          "[receipt]") {
  Case test = receipt_case();
  Value decisions = Value::array();
  for (int i = 0; i < 60; ++i) {
    const std::string id = "counter-" + std::to_string(i);
    test.policy.find("services")
        ->push(parse(R"({"name":"Счётчик","operator":"Counter Ltd","operator_country":"IE",
      "category":"analytics","gate":"block","hosts":["c.example"],"clauses":["6.1"]})")
                   .set("id", id));
    decisions.push(Value::object()
                       .set("purpose_id", "service:" + id)
                       .set("state", i % 2 == 0 ? "given" : "refused"));
  }
  test.draft.set("decisions", std::move(decisions));
  const Value body = test.body();
  const auto& purposes = body["pii_processing"]["purposes"].items();
  REQUIRE(purposes.size() == 2);
  CHECK(
      purposes[0]["purpose_id"].as_string().starts_with("service:counter-0,counter-2,counter-4,"));
  CHECK(purposes[1]["purpose_id"].as_string().starts_with("service:counter-1,counter-3,"));
  CHECK(purposes[0]["recipient_third_parties"].items().size() == 30);
  CHECK(body["party_identification"].items().size() == 61);
  CHECK(body["event"].items()[1]["purpose_ids"].items()[0] == purposes[1]["purpose_id"]);
  const auto to_sign = value_of(kelisim::receipt::to_sign(body, vector_key()));
  CHECK(to_sign.signing_input.size() + 87 <= kelisim::receipt::k_max_receipt_bytes);
}

TEST_CASE("services of several categories in one entry have no category in common", "[receipt]") {
  const Value alike = receipt_case().decide("service:chat", "given").body();
  CHECK(entry(alike, "service:chat")["category"].as_string() == "functional");
  const Value mixed = receipt_case().decide("service:chat,pixel", "given").body();
  const Value& both = entry(mixed, "service:chat,pixel");
  CHECK_FALSE(both.has("category"));
  CHECK(both["service"].as_string() == "Чат, Pixel");
  CHECK(texts(both["recipient_third_parties"]) == Texts{"chat", "pixel"});
  CHECK(errors_of(receipt_case().decide("service:chat,session", "given").build()) ==
        Texts{"draft_basis /draft/decisions/0/purpose_id"});
}

TEST_CASE("a service of a category without purposes is named by itself", "[receipt]") {
  Case test = receipt_case();
  test.policy.find("purposes")->items()[1].erase("dpv");
  CHECK(texts(entry(test.body(), "personalisation")["purpose_type"]) ==
        Texts{"https://w3id.org/dpv#ServicePersonalisation"});
  test = receipt_case();
  auto& purposes = test.policy.find("purposes")->items();
  purposes.erase(purposes.begin() + 1);
  purposes[1].find("clauses")->push("3.2.2");  // else no line of the summary would name it
  const Value body = test.decide("service:chat", "given").body();
  const Value& chat = entry(body, "service:chat");
  CHECK(chat["purpose"].as_string() == "Чат");
  CHECK(texts(chat["purpose_type"]) == Texts{"https://w3id.org/dpv#ServicePersonalisation"});
}

TEST_CASE("what cannot be put into 32 KiB is refused, not cut", "[receipt]") {
  Case test = receipt_case();
  std::string long_name;
  for (int i = 0; i < 1900; ++i) long_name += "ұ";
  auto& purposes = test.policy.find("purposes")->items();
  for (const std::size_t i : {1U, 2U, 3U}) purposes[i].find("name")->set("ru", long_name);
  for (Value& item : test.policy.find("data")->items())
    item.find("name")->set("ru", long_name + item["id"].as_string());
  CHECK(errors_of(test.build()) == Texts{"receipt_size "});
}

TEST_CASE("R-ALL-06: the five shops: whatever is decided fits, in every language", "[receipt]") {
  const std::string shop =
      GENERATE(from_range(std::vector<std::string>(std::begin(k_policies), std::end(k_policies))));
  const std::string lang = GENERATE("kk", "ru", "en");
  const auto policy = value_of(kelisim::policy::parse(policy_document(shop)));
  CAPTURE(shop, lang);
  // Services as the document writes them are enough here: what is not said comes from a catalogue.
  std::vector<kelisim::policy::ServiceFacts> services;
  for (const auto& service : policy.services) {
    kelisim::policy::ServiceFacts facts;
    facts.id = service.id;
    facts.name = service.name.empty() ? kelisim::policy::Text{{{"ru", service.id}}} : service.name;
    facts.operator_name =
        service.operator_name.empty() ? "Somebody Abroad Limited" : service.operator_name;
    facts.operator_country = service.operator_country.empty() ? "IE" : service.operator_country;
    facts.abroad = facts.operator_country != "KZ" && facts.operator_country != "-";
    facts.category = service.category.value_or(kelisim::policy::Category::analytics);
    facts.purposes = service.purposes.value_or(kelisim::policy::Ids{});
    facts.clauses = service.clauses;
    services.push_back(facts);
  }
  Value draft = receipt_case().draft;
  Value decisions = Value::array();
  Value channels = Value::object();
  const auto decide = [&](const std::string& id) {
    decisions.push(Value::object().set("purpose_id", id).set("state", "given"));
  };
  const auto channel = [&](const std::string& id) {
    decide("channel:" + id);
    channels.set(id, parse(R"({"state":"granted","changed_at_ms":1})"));
  };
  for (const auto& purpose : policy.purposes) {
    if (kelisim::policy::is_switch(purpose)) decide(purpose.id);
  }
  decide("transfer:cross_border");
  for (const auto& service : services) {
    if (service.category != kelisim::policy::Category::necessary) decide("service:" + service.id);
  }
  if (policy.messages) {
    for (const auto& topic : policy.messages->topics) channel(topic.id);
    for (const auto& item : policy.messages->channels) channel(item.id);
  }
  draft.set("policy", policy.id).set("edition", policy.edition.text_sha256).set("lang", lang);
  draft.set("decisions", std::move(decisions)).set("channels", std::move(channels));
  draft
      .set("categories",
           parse(R"({"functional":"granted","analytics":"granted","marketing":"granted"})"))
      .set("transfers", parse(R"({"cross_border":"granted"})"));
  const auto host = value_of(kelisim::receipt::parse_host(receipt_case().host));
  const Value body = value_of(kelisim::receipt::build(
      policy, services, value_of(kelisim::receipt::parse_draft(draft)), host));
  CHECK(kelisim::receipt::to_sign(body, host.key));
}
