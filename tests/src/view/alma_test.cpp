// Requirements of the policy of alma-chocolates, in every language.
#include "support/catch.hpp"
#include "support/view.hpp"

using namespace kelisim;
using test::Page;
using test::Value;

#define FOR_EVERY_LANGUAGE() const Page page("alma-chocolates", GENERATE("kk", "ru", "en"))

TEST_CASE("R-ALMA-00a: operator and site; BIN, address and phone are not said", "[view]") {
  FOR_EVERY_LANGUAGE();
  const std::string text = page.short_text("who");
  CHECK(text.starts_with("ТОО «Alma Chocolates», almachocolates.kz. "));
  CHECK(text.ends_with(": " + page.silence()));
  for (const char* key : {"who.bin", "who.address", "who.phone"}) {
    CHECK(page.labelled("who", key)["text"].as_string() == page.silence());
    CHECK(page.labelled("who", key)["tone"].as_string() == "not_stated");
  }
  CHECK(page.labelled("who", "who.legal_name")["text"].as_string() == "ТОО «Alma Chocolates»");
}

TEST_CASE("R-ALMA-01.2: the law with number and date", "[view]") {
  FOR_EVERY_LANGUAGE();
  CHECK(page.short_text("laws") == page.in(page.shop.policy.laws.front().name) + ", № 94-V, " +
                                       page.locale.date("2013-05-21"));
  CHECK(page.items("laws", "1.2").size() == 1);
}

TEST_CASE("R-ALMA-02.1.1: data given by the person, required and free told apart", "[view]") {
  FOR_EVERY_LANGUAGE();
  const auto items = page.items("data", "2.1.1");
  REQUIRE(items.size() == 2);
  CHECK(test::has_mark(*items[0], page.t("necessity.required")));
  CHECK(test::has_mark(*items[1], page.t("necessity.optional")));
}

TEST_CASE("R-ALMA-02.1.2: exactly the seven automatic items, the open one as a warning", "[view]") {
  FOR_EVERY_LANGUAGE();
  const auto items = page.items("data", "2.1.2");
  REQUIRE(items.size() == 7);
  const char* ids[] = {"ip_address",         "cookie_data", "browser",
                       "equipment",          "access_time", "requested_pages",
                       "similar_information"};
  for (std::size_t i = 0; i < 7; ++i) {
    CHECK((*items[i])["text"].as_string() == page.in(page.data(ids[i]).name));
    CHECK(((*items[i])["tone"].as_string() == "warning") == (i == 6));
  }
  CHECK(test::has_mark(*items[6], page.t("mark.open_ended")));
}

TEST_CASE("R-ALMA-02.2: other sites are not covered", "[view]") {
  FOR_EVERY_LANGUAGE();
  const auto items = page.items("also", "2.2");
  REQUIRE(items.size() == 1);
  CHECK((*items.front())["label"].as_string() == page.t("topic.links"));
  CHECK((*items.front())["text"].as_string() == page.in(page.statement("third_party_sites").text));
}

TEST_CASE("R-ALMA-03.2a: six purposes under their right numbers, the printed ones visible",
          "[view]") {
  FOR_EVERY_LANGUAGE();
  const std::pair<const char*, const char*> numbers[] = {
      {"3.2.1", "3.2.1"},         {"3.2.2", "3.2.2 (2.2.2)"}, {"3.2.3", "3.2.3 (2.2.3)"},
      {"3.2.4", "3.2.4 (2.2.4)"}, {"3.2.5", "3.2.5 (2.2.5)"}, {"3.2.6", "3.2.6 (2.2.6)"}};
  for (const auto& [id, label] : numbers) {
    CHECK(page.items("why", id).size() ==
          (std::string(id) == "3.2.2" ? 2U : 1U));  // 3.2.2 holds two purposes
    const Value clause =
        test::expect(view::clause(page.shop.policy, &page.shop.texts, page.locale, id));
    CHECK(clause["label"].as_string() == label);
  }
}

TEST_CASE("R-ALMA-03.2b: two purposes are information, four have a switch each", "[view]") {
  FOR_EVERY_LANGUAGE();
  CHECK(page.is_information("identification"));
  CHECK(page.is_information("notices_requests"));
  CHECK(page.is_information("contract"));
  CHECK(test::switches(page.choices, "purpose") ==
        std::vector<std::string>{"personalisation", "site_improvement", "statistics",
                                 "ad_targeting"});
  const std::pair<const char*, const char*> clauses[] = {{"personalisation", "3.2.2"},
                                                         {"site_improvement", "3.2.4"},
                                                         {"ad_targeting", "3.2.5"},
                                                         {"statistics", "3.2.6"}};
  for (const auto& [id, clause] : clauses)
    CHECK(test::names(page.switch_node("purpose", id), clause));
}

TEST_CASE("R-ALMA-04.2a: seven conditions of transfer, the anonymised one marked", "[view]") {
  FOR_EVERY_LANGUAGE();
  std::size_t anonymised = 0;
  for (int i = 1; i <= 7; ++i) {
    const auto items = page.items("whom", "4.2." + std::to_string(i));
    // Services of the shop may name the same clause; the condition is the one with a note.
    const Value* condition = nullptr;
    for (const Value* item : items) {
      if ((*item)["text"].as_string() ==
          page.in(page.shop.policy.recipients[static_cast<std::size_t>(i - 1)].name))
        condition = item;
    }
    REQUIRE(condition != nullptr);
    CHECK((*condition)["note"].as_string() ==
          page.in(page.shop.policy.recipients[static_cast<std::size_t>(i - 1)].condition));
    if (test::has_mark(*condition, page.t("mark.anonymised")))
      anonymised += static_cast<std::size_t>(i);
  }
  CHECK(anonymised == 7);
}

TEST_CASE("R-ALMA-04.2b: whoever is outside the conditions has a switch of its own", "[view]") {
  FOR_EVERY_LANGUAGE();
  CHECK(test::has_mark(page.named("whom", page.recipient("with_consent").name),
                       page.t("mark.needs_consent")));
  for (const char* service : {"meta-pixel", "jivo", "yandex-metrica"})
    CHECK(page.has_switch("service", service));
}

TEST_CASE("R-ALMA-04.2c: sale of the business and protection of rights need no consent", "[view]") {
  FOR_EVERY_LANGUAGE();
  for (const char* id : {"business_acquirer", "rights_protection"}) {
    CHECK(test::has_mark(page.named("whom", page.recipient(id).name), page.t("mark.no_consent")));
  }
}

TEST_CASE(
    "R-ALMA-05.1: changes by mail; withdrawal and deletion not said, the widget's own withdrawal "
    "beside it",
    "[view]") {
  FOR_EVERY_LANGUAGE();
  const Value& change = page.named("rights", page.right("rectification").name);
  CHECK_FALSE(page.link(change, "mailto:info@almachocolates.kz").is_null());
  for (const char* id : {"withdrawal", "erasure"})
    CHECK(test::has_mark(page.named("rights", page.right(id).name), page.silence()));
  CHECK(test::says(page.named("rights", page.right("withdrawal").name), page.t("rights.here")));
  CHECK_FALSE(test::find(page.line("rights"), {{"part", "withdraw-all"}}).is_null());
  CHECK(test::says(page.line("rights"), page.t("withdraw.given_silent")));
}

TEST_CASE("R-ALMA-05.2: the clause view shows the broken text as it is", "[view]") {
  FOR_EVERY_LANGUAGE();
  for (const char* id : {"5.1", "5.2"}) {
    const Value clause =
        test::expect(view::clause(page.shop.policy, &page.shop.texts, page.locale, id));
    CHECK(test::policy_source("alma-chocolates").find(clause["text"].as_string()) !=
          std::string::npos);
  }
}

TEST_CASE(
    "R-ALMA-06.1a: cookie switches for functions, advertising and analytics, each with its uses",
    "[view]") {
  FOR_EVERY_LANGUAGE();
  CHECK(test::switches(page.choices, "category") ==
        std::vector<std::string>{"functional", "analytics", "marketing"});
  for (const auto& use : page.shop.policy.cookies->uses) {
    const Value& category = page.switch_node("category", std::string(name_of(use.category)));
    CHECK(test::says(category, page.in(use.name)));
  }
}

TEST_CASE(
    "R-ALMA-06.5a: a counter for the working of the site is analytics, since no document declares "
    "it necessary",
    "[view]") {
  FOR_EVERY_LANGUAGE();
  for (const auto& use : page.shop.policy.cookies->uses) {
    if (use.id != "counters_operation") continue;
    CHECK(test::says(page.switch_node("category", "analytics"), page.in(use.name)));
    CHECK_FALSE(test::says(test::find(page.choices, {{"id", "necessary"}}), page.in(use.name)));
  }
}

TEST_CASE("R-ALMA-07.1: the security sentence is in the full text only", "[view]") {
  FOR_EVERY_LANGUAGE();
  for (const Value* node : test::nodes(page.summary)) CHECK_FALSE(test::names(*node, "7.1"));
  view::Request request{.layer = "policy"};
  request.text = true;
  request.texts = &page.shop.texts;
  const Value full = page.shop.layer(page.locale.lang(), request);
  CHECK(test::find(full, {{"kind", "clause"}, {"id", "7.1"}})["text"].as_string() ==
        *page.shop.texts.find("7.1"));
}

TEST_CASE("R-ALMA-08.1: the link to the policy is https, the printed address beside it", "[view]") {
  FOR_EVERY_LANGUAGE();
  const Value& link = page.link(page.line("edition"), "https://almachocolates.kz/privacy.pdf");
  CHECK(link["rel"].as_string() == "policy");
  CHECK(link["note"].as_string() ==
        page.locale.text("edition.printed", {{"url", "http://almachocolates.kz/privacy.pdf"}}));
  CHECK(test::names(link, "8.1"));
  CHECK_FALSE(
      test::find(page.line("findings"), {{"kind", "finding"}, {"id", "insecure-url"}}).is_null());
}

TEST_CASE("R-ALMA-09.1: the contact is a mail link for questions about personal data", "[view]") {
  FOR_EVERY_LANGUAGE();
  CHECK(page.short_text("contact") == "info@almachocolates.kz");
  const Value& link = page.link(page.line("contact"), "mailto:info@almachocolates.kz");
  CHECK(link["label"].as_string() == page.in(page.shop.policy.contacts.front().name));
  CHECK(test::names(link, "9.1"));
}

TEST_CASE("R-ALMA-01.3: the date stands at the end of the text", "[view]") {
  FOR_EVERY_LANGUAGE();
  const Value& date = page.labelled("edition", "edition.date");
  CHECK(test::clause_ids(date) == std::vector<std::string>{"end.¶1"});
  CHECK(date["note"].as_string() == page.t("place.end_of_text"));
}
