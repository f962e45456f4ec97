// Requirements of the policy of webpulse, in every language.
#include "support/catch.hpp"
#include "support/view.hpp"

using namespace kelisim;
using test::Page;
using test::Value;

#define FOR_EVERY_LANGUAGE() const Page page("webpulse", GENERATE("kk", "ru", "en"))

TEST_CASE("R-WEBP-00a: the administrator of webpulse.kz; the legal name is not said", "[view]") {
  FOR_EVERY_LANGUAGE();
  CHECK(page.short_text("who").starts_with("администратор сайта, webpulse.kz. " +
                                           page.t("who.legal_name")));
  CHECK(page.labelled("who", "who.legal_name")["text"].as_string() == page.silence());
  CHECK(test::clause_ids(page.labelled("who", "who.name")) == std::vector<std::string>{"p.¶1"});
  CHECK(test::names(page.labelled("who", "who.phone"), "11.•2"));
  // Others are covered without being named, so consent is for the operator alone.
  CHECK(page.labelled("who", "who.covered")["note"].as_string() == page.t("who.unnamed"));
}

TEST_CASE("R-WEBP-01: stored on servers in Kazakhstan, section 1", "[view]") {
  FOR_EVERY_LANGUAGE();
  CHECK(page.short_text("transfer")
            .find(page.t("transfer.stored") + ": " + page.locale.country("KZ")) !=
        std::string::npos);
  CHECK(test::clause_ids(page.labelled("transfer", "transfer.stored")) ==
        std::vector<std::string>{"1.¶6"});
  CHECK(page.items("term", "1.¶6").size() == 1);
}

TEST_CASE("R-WEBP-02.1.1: mail, name or pseudonym, phone; a pseudonym will do", "[view]") {
  FOR_EVERY_LANGUAGE();
  const auto items = page.items("data", "2.1.1");
  REQUIRE(items.size() == 3);
  const char* ids[] = {"email", "name", "phone"};
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK((*items[i])["text"].as_string() == page.in(page.data(ids[i]).name));
    CHECK(test::has_mark(*items[i], page.t("necessity.marked")));
    CHECK(test::has_mark(*items[i], page.t("mark.pseudonym")) == (i == 1));
  }
}

TEST_CASE("R-WEBP-02.1.2: seven automatic items", "[view]") {
  FOR_EVERY_LANGUAGE();
  CHECK(page.items("data", "2.1.2").size() == 7);
}

TEST_CASE("R-WEBP-02.2: six bases, and each purpose shows its basis by name", "[view]") {
  FOR_EVERY_LANGUAGE();
  const Value& bases = test::find(page.line("why"), {{"kind", "section"}, {"id", "basis"}});
  for (int i = 1; i <= 6; ++i) CHECK(test::items(bases, "2.2." + std::to_string(i)).size() == 1);
  const std::string law = page.locale.text("basis", {{"basis", page.t("basis.law")}});
  const Value& requests = page.named("why", page.purpose("state_requests").name);
  CHECK(test::has_mark(requests, law));
  CHECK(test::clause_ids(requests) == std::vector<std::string>{"3.1.2", "2.2.4"});
}

TEST_CASE("R-WEBP-02.3: no special or biometric data", "[view]") {
  FOR_EVERY_LANGUAGE();
  const auto items = page.items("data", "2.3");
  REQUIRE(items.size() == 1);
  CHECK((*items.front())["text"].as_string() == page.in(page.statement("no_special_data").text));
}

TEST_CASE("R-WEBP-03.1a: four switches, the other purposes are information", "[view]") {
  FOR_EVERY_LANGUAGE();
  CHECK(test::switches(page.choices, "purpose") ==
        std::vector<std::string>{"personalisation", "site_improvement", "statistics",
                                 "ad_targeting"});
  const std::pair<const char*, const char*> clauses[] = {{"personalisation", "3.1.4"},
                                                         {"site_improvement", "3.1.6"},
                                                         {"ad_targeting", "3.1.7"},
                                                         {"statistics", "3.1.8"}};
  for (const auto& [id, clause] : clauses)
    CHECK(test::names(page.switch_node("purpose", id), clause));
  for (const char* id : {"contract", "state_requests", "identification", "requests_notices"})
    CHECK(page.is_information(id));
}

TEST_CASE("R-WEBP-03.1.2: requests of state bodies are shown, without a switch", "[view]") {
  FOR_EVERY_LANGUAGE();
  CHECK(page.is_information("state_requests"));
  CHECK(test::has_mark(page.named("whom", page.recipient("state_bodies").name),
                       page.t("mark.state_body")));
}

TEST_CASE("R-WEBP-04.1a: the application form has its own box, which is no consent to cookies",
          "[view]") {
  FOR_EVERY_LANGUAGE();
  view::Request request{.layer = "form", .form = "application"};
  const Value tree = page.shop.layer(page.locale.lang(), request);
  CHECK(test::switches(tree, "form") == std::vector<std::string>{"application"});
  CHECK(test::says(tree, page.t("form.apart")));
  CHECK_FALSE(page.has_switch("purpose", "application"));
}

TEST_CASE("R-WEBP-04.4: five conditions, the anonymised one marked", "[view]") {
  FOR_EVERY_LANGUAGE();
  const char* ids[] = {"with_consent", "for_contract", "state_bodies", "rights_protection",
                       "anonymised_statistics"};
  for (std::size_t i = 0; i < 5; ++i) {
    const Value& item = page.named("whom", page.recipient(ids[i]).name);
    CHECK(test::clause_ids(item) == std::vector<std::string>{"4.4.•" + std::to_string(i + 1)});
    CHECK(test::has_mark(item, page.t("mark.anonymised")) == (i == 4));
  }
}

TEST_CASE(
    "R-WEBP-05a: cross-border transfer is a switch of its own, with its clause and the services it "
    "is about",
    "[view]") {
  FOR_EVERY_LANGUAGE();
  CHECK(test::switches(page.choices, "transfer") == std::vector<std::string>{"cross_border"});
  const Value& transfer = page.switch_node("transfer", "cross_border");
  CHECK(test::clause_ids(transfer) == std::vector<std::string>{"5.¶1"});
  for (const auto& service : page.shop.services)
    CHECK(test::says(transfer, page.in(service.name)) == service.abroad);
  CHECK(test::says(page.line("transfer"), page.t("transfer.bundled")));
}

TEST_CASE("R-WEBP-06: changes by mail or phone; erasure and withdrawal are not said", "[view]") {
  FOR_EVERY_LANGUAGE();
  const Value& change = page.named("rights", page.right("rectification").name);
  CHECK_FALSE(page.link(change, "mailto:sales@webpulse.kz").is_null());
  CHECK_FALSE(page.link(change, "tel:+77078405161").is_null());
  for (const char* id : {"withdrawal", "erasure"})
    CHECK(test::has_mark(page.named("rights", page.right(id).name), page.silence()));
}

TEST_CASE("R-WEBP-07.1: functional, analytics and marketing switches from the uses of 7.1",
          "[view]") {
  FOR_EVERY_LANGUAGE();
  CHECK(test::switches(page.choices, "category") ==
        std::vector<std::string>{"functional", "analytics", "marketing"});
  for (const char* category : {"functional", "analytics", "marketing"}) {
    CHECK_FALSE(test::items(page.switch_node("category", category), "7.1").empty());
  }
}

TEST_CASE("R-WEBP-07.6: the browser setting is mentioned as an addition", "[view]") {
  FOR_EVERY_LANGUAGE();
  CHECK(page.labelled("cookies", "browser.label")["note"].as_string() == page.t("browser.note"));
  CHECK(test::names(page.labelled("cookies", "browser.label"), "7.6"));
}

TEST_CASE("R-WEBP-09: the link to policy.pdf, and the hash of the text a receipt binds", "[view]") {
  FOR_EVERY_LANGUAGE();
  CHECK(test::names(page.link(page.line("edition"), "https://webpulse.kz/policy.pdf"), "9.¶1"));
  const Value& hash = page.labelled("edition", "edition.hash");
  CHECK(hash["text"].as_string() == "sha256:" + page.shop.policy.edition.text_sha256);
  CHECK(hash["note"].as_string() == page.t("edition.bound"));
}

TEST_CASE("R-WEBP-10.2: a claim first; the time to answer is not said", "[view]") {
  FOR_EVERY_LANGUAGE();
  CHECK(page.short_text("disputes").starts_with(page.t("disputes.claim_first")));
  CHECK(page.short_text("disputes").ends_with(page.silence()));
  CHECK(page.labelled("disputes", "disputes.answer")["tone"].as_string() == "not_stated");
}

TEST_CASE("R-WEBP-11: mail and phone are links", "[view]") {
  FOR_EVERY_LANGUAGE();
  CHECK(test::names(page.link(page.line("contact"), "mailto:sales@webpulse.kz"), "11.•1"));
  const Value& phone = page.link(page.line("contact"), "tel:+77078405161");
  CHECK(test::names(phone, "11.•2"));
  CHECK(phone["text"].as_string() == "+7 (707) 840-51-61");
  CHECK(page.short_text("contact") == "sales@webpulse.kz, +7 (707) 840-51-61");
}
