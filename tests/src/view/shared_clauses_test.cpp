// Requirements of aster and allur, whose texts share most of their clauses, in every language.
#include "support/catch.hpp"
#include "support/view.hpp"

using namespace kelisim;
using test::Page;
using test::Value;

#define FOR_EVERY_LANGUAGE(name) const Page page(name, GENERATE("kk", "ru", "en"))
#define FOR_BOTH() const Page page(GENERATE("aster", "allur"), GENERATE("kk", "ru", "en"))

TEST_CASE("R-ASTER-00a: the group is named; legal person, BIN and contacts are not said",
          "[view]") {
  FOR_EVERY_LANGUAGE("aster");
  const std::string text = page.short_text("who");
  // The text names no site of the shop.
  CHECK(text.starts_with("группа Компаний «ASTER». "));
  CHECK(page.labelled("who", "who.sites")["text"].as_string() == "aster.kz");
  CHECK(text.ends_with(": " + page.silence()));
  for (const char* key : {"who.legal_name", "who.bin", "who.address", "who.phone"})
    CHECK(page.labelled("who", key)["tone"].as_string() == "not_stated");
  CHECK(page.short_text("contact") == page.silence());
  CHECK(test::says(page.line("who"), "«Администрация сайта»"));
}

TEST_CASE("R-ALLUR-00: the operator is named; BIN and address are not said", "[view]") {
  FOR_EVERY_LANGUAGE("allur");
  CHECK(page.short_text("who").starts_with("ТОО «Аллюр Авто», allur.kz. "));
  CHECK(page.labelled("who", "who.legal_name")["text"].as_string() == "ТОО «Аллюр Авто»");
  // The preamble names the site, 1.1.1 the company.
  CHECK(test::clause_ids(page.labelled("who", "who.name")) == std::vector<std::string>{"1.1.1"});
  CHECK(test::clause_ids(page.labelled("who", "who.sites")) == std::vector<std::string>{"p.¶1"});
  for (const char* key : {"who.bin", "who.address", "who.phone"})
    CHECK(page.labelled("who", key)["text"].as_string() == page.silence());
}

TEST_CASE("R-ASTER-03.2: five form items, each with its clause", "[view]") {
  FOR_EVERY_LANGUAGE("aster");
  const char* ids[] = {"full_name", "phone", "email", "delivery_address", "residence"};
  for (std::size_t i = 0; i < 5; ++i) {
    const auto items = page.items("data", "3.2." + std::to_string(i + 1));
    REQUIRE(items.size() == 1);
    CHECK((*items.front())["text"].as_string() == page.in(page.data(ids[i]).name));
  }
}

TEST_CASE("R-ALLUR-03.2: six form items in five clauses, with the places they are asked at",
          "[view]") {
  FOR_EVERY_LANGUAGE("allur");
  std::size_t number = 0;
  for (int i = 1; i <= 5; ++i) number += page.items("data", "3.2." + std::to_string(i)).size();
  CHECK(number == 6);
  const Value& group = test::find(page.line("data"), {{"kind", "section"}, {"id", "form"}});
  REQUIRE_FALSE(page.shop.policy.data_groups.empty());
  CHECK(test::says(group, page.in(page.shop.policy.data_groups.front().note)));
}

TEST_CASE("R-ALLUR-03.2.1a: the IIN has its own line and is marked as the national identifier",
          "[view]") {
  FOR_EVERY_LANGUAGE("allur");
  const Value& iin = page.named("data", page.data("iin").name);
  CHECK(test::names(iin, "3.2.1"));
  CHECK(iin["tone"].as_string() == "warning");
  CHECK(test::has_mark(iin, page.t("mark.national_id")));
  CHECK_FALSE(
      test::has_mark(page.named("data", page.data("full_name").name), page.t("mark.national_id")));
}

TEST_CASE(
    "R-ASTER-03.3a, R-ALLUR-03.3a: six pixel items, named as collected by advertising and "
    "statistics scripts",
    "[view]") {
  FOR_BOTH();
  const Value& group = test::find(page.line("data"), {{"kind", "section"}, {"id", "pixel"}});
  const auto items =
      test::nodes(group, [](const Value& node) { return node["kind"].as_string() == "item"; });
  REQUIRE(items.size() == 6);
  const char* ids[] = {"pixel_ip",   "pixel_cookies", "pixel_browser",
                       "pixel_time", "pixel_page",    "pixel_referrer"};
  for (std::size_t i = 0; i < 6; ++i) {
    CHECK((*items[i])["text"].as_string() == page.in(page.data(ids[i]).name));
    CHECK(test::clause_ids(*items[i]) == std::vector<std::string>{"3.3.•" + std::to_string(i + 1)});
  }
  const std::string title = group["title"].as_string();
  const std::string wanted = page.locale.lang() == "ru"   ? "рекламные и статистические скрипты"
                             : page.locale.lang() == "en" ? "advertising and statistics scripts"
                                                          : "скрипт";
  CAPTURE(title);
  CHECK(title.find(wanted) != std::string::npos);
}

TEST_CASE("R-ALLUR-03.3a: a search for Latin IP finds the clause printed with Cyrillic letters",
          "[view]") {
  FOR_EVERY_LANGUAGE("allur");
  view::Request request{.layer = "policy"};
  request.texts = &page.shop.texts;
  request.query = GENERATE("IP", "ip адрес", "\xD0\x86\xD0\xA0");  // the last in Cyrillic letters
  REQUIRE((*page.shop.texts.find("3.3.•1")).find("IP") == std::string::npos);
  const Value found = page.shop.layer(page.locale.lang(), request);
  CHECK_FALSE(test::find(found, {{"kind", "clause"}, {"id", "3.3.•1"}}).is_null());
  CHECK(test::find(found, {{"kind", "clause"}, {"id", "5.1"}}).is_null());
}

TEST_CASE("R-ASTER-03.3b, R-ALLUR-03.3b: pixels under marketing, statistics under analytics",
          "[view]") {
  FOR_BOTH();
  const Value& marketing = page.switch_node("category", "marketing");
  const Value& analytics = page.switch_node("category", "analytics");
  CHECK_FALSE(test::find(marketing, {{"kind", "switch"}, {"id", "advertising"}}).is_null());
  CHECK_FALSE(test::find(marketing, {{"kind", "switch"}, {"id", "meta-pixel"}}).is_null());
  CHECK_FALSE(test::find(analytics, {{"kind", "switch"}, {"id", "statistics"}}).is_null());
  CHECK_FALSE(test::find(analytics, {{"kind", "switch"}, {"id", "google-analytics"}}).is_null());
  CHECK(test::find(analytics, {{"kind", "switch"}, {"id", "meta-pixel"}}).is_null());
}

TEST_CASE("R-ASTER-03.3.1b: what stops working is named, and login is not among it", "[view]") {
  FOR_BOTH();
  REQUIRE(page.shop.policy.cookies->stops_working);
  const std::string text = page.in(page.shop.policy.cookies->stops_working->text);
  CHECK(test::find(page.choices, {{"label", page.t("stops.label")}})["text"].as_string() == text);
  CHECK(page.labelled("cookies", "stops.label")["text"].as_string() == text);
  for (const char* login : {"вход", "авториз", "логин", "login", "log in", "sign in", "кіру"})
    CHECK(text.find(login) == std::string::npos);
  // The shop says so; what clause 3.3.1 says stands beside it.
  CHECK(test::clause_ids(page.labelled("cookies", "stops.label")).empty());
  const Value& off = page.labelled("cookies", "browser.label");
  CHECK(test::clause_ids(off) == std::vector<std::string>{"3.3.1"});
  CHECK(off["note"].as_string() == page.t("browser.note"));
  const std::string closed = off["text"].as_string();
  CHECK((closed.find("авториз") != std::string::npos ||
         closed.find("logged in") != std::string::npos));
}

TEST_CASE("R-ASTER-06.2.2, R-ALLUR-06.2.2: publication is forbidden, with the clause", "[view]") {
  FOR_BOTH();
  const Value& item = page.labelled("whom", "whom.public");
  CHECK(item["text"].as_string() == page.t("no"));
  CHECK(test::clause_ids(item) == std::vector<std::string>{"6.2.2"});
}

TEST_CASE("R-ASTER-04.1.2, R-ASTER-04.1.8: no clause is named at a service it does not speak of",
          "[view]") {
  FOR_BOTH();
  for (const auto& service : page.shop.services) {
    CAPTURE(service.id);
    const bool scripts = (service.category == policy::Category::analytics ||
                          service.category == policy::Category::marketing) &&
                         service.id != "youtube";
    const std::vector<std::string> said = scripts ? std::vector<std::string>{"3.3"}
                                          : service.id == "shop_session"
                                              ? std::vector<std::string>{"3.3.1"}
                                              : std::vector<std::string>{};
    CHECK(service.clauses == said);
  }
}

TEST_CASE(
    "R-ASTER-03.3.2, R-ALLUR-03.3.2: IP statistics are information the widget does not control",
    "[view]") {
  FOR_BOTH();
  const Value& data = page.named("data", page.data("ip_statistics").name);
  CHECK(test::clause_ids(data) == std::vector<std::string>{"3.3.2"});
  CHECK(test::has_mark(data, page.t("mark.not_controlled")));
  CHECK(page.is_information("ip_checks"));
  CHECK(test::has_mark(page.named("why", page.purpose("ip_checks").name),
                       page.t("mark.not_controlled")));
}

TEST_CASE("R-ASTER-03.4: purchase history, browsers and operating systems are listed as stored",
          "[view]") {
  FOR_BOTH();
  const Value& group = test::find(page.line("data"), {{"kind", "section"}, {"id", "stored"}});
  for (const char* id : {"purchase_history", "browsers", "operating_systems"})
    CHECK(test::says(group, page.in(page.data(id).name)));
  CHECK(test::find(group, {{"text", page.in(page.data("other_information").name)}})["tone"]
            .as_string() == "warning");
}

TEST_CASE(
    "R-ASTER-04.1.4, R-ALLUR-04.1.4: location has its own line, and the widget never asks for it",
    "[view]") {
  FOR_BOTH();
  const Value& item = page.named("why", page.purpose("location_security").name);
  CHECK(test::clause_ids(item) == std::vector<std::string>{"4.1.4"});
  CHECK_FALSE(item["note"].as_string().empty());
  CHECK(page.is_information("location_security"));
}

TEST_CASE("R-ASTER-04.1.6, R-ALLUR-04.1.6: the account form has its own unticked box", "[view]") {
  FOR_BOTH();
  CHECK_FALSE(page.has_switch("purpose", "account"));
  view::Request request{.layer = "form", .form = "account"};
  const Value tree = page.shop.layer(page.locale.lang(), request);
  const auto boxes =
      test::nodes(tree, [](const Value& node) { return node["kind"].as_string() == "switch"; });
  REQUIRE(boxes.size() == 1);
  CHECK((*boxes.front())["scope"].as_string() == "form");
  CHECK((*boxes.front())["id"].as_string() == "account");
  CHECK((*boxes.front())["label"].as_string() == page.in(page.shop.policy.forms.front().text));
  CHECK(test::names(*boxes.front(), "4.1.6"));
  CHECK(test::says(tree, page.t("form.apart")));
  CHECK(test::nodes(tree, [](const Value& node) {
          return node["kind"].as_string() == "button";
        }).empty());
  // The choices mention it without a switch.
  CHECK_FALSE(test::find(page.choices, {{"kind", "row"}, {"id", "account"}}).is_null());
}

TEST_CASE(
    "R-ASTER-04.1.8, R-ALLUR-04.1.8: credit line, tax and payments in one line with its clause",
    "[view]") {
  FOR_BOTH();
  CHECK(page.items("why", "4.1.8").size() == 1);
  CHECK(page.named("why", page.purpose("payments_tax_credit").name)["note"].as_string() ==
        page.in(page.purpose("payments_tax_credit").note));
}

TEST_CASE(
    "R-ASTER-04.1.10a, R-ALLUR-04.1.10: messages of the shop and of partners are two switches",
    "[view]") {
  FOR_BOTH();
  CHECK(test::switches(page.choices, "channel") ==
        std::vector<std::string>{"news_shop", "news_partners"});
  CHECK(test::has_mark(page.switch_node("channel", "news_shop"), page.t("mark.from_shop")));
  CHECK(test::has_mark(page.switch_node("channel", "news_partners"), page.t("mark.from_partners")));
}

TEST_CASE(
    "R-ASTER-04.1.11, R-ALLUR-04.1.11: advertising is a switch of its own, apart from messages",
    "[view]") {
  FOR_BOTH();
  CHECK(test::names(page.switch_node("purpose", "advertising"), "4.1.11"));
  CHECK(test::find(page.switch_node("category", "marketing"), {{"scope", "channel"}}).is_null());
}

TEST_CASE("R-ASTER-04.1.12: links to partners are marked as leaving the shop", "[view]") {
  FOR_BOTH();
  CHECK(page.named("why", page.purpose("partner_access").name)["note"].as_string() ==
        page.in(page.purpose("partner_access").note));
  CHECK(page.items("also", "4.1.12").size() == 1);
}

TEST_CASE("R-ASTER-05.1, R-ALLUR-05.1: the term is without limit, with its clause", "[view]") {
  FOR_BOTH();
  const Value& item =
      test::find(page.line("term"), {{"kind", "item"}, {"text", page.t("term.unlimited")}});
  CHECK(test::clause_ids(item) == std::vector<std::string>{"5.1"});
  CHECK(item["tone"].as_string() == "warning");
  CHECK(test::names(page.line("term"), "5.1"));
  CHECK(page.line("term")["tone"].as_string() != "not_stated");
}

TEST_CASE("R-ASTER-05.2, R-ALLUR-05.2: three kinds of recipients for the order", "[view]") {
  FOR_BOTH();
  const auto items = page.items("whom", "5.2");
  REQUIRE(items.size() == 3);
  const char* ids[] = {"couriers", "post", "telecom"};
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK((*items[i])["text"].as_string() == page.in(page.recipient(ids[i]).name));
    CHECK((*items[i])["note"].as_string() == page.in(page.recipient(ids[i]).condition));
  }
}

TEST_CASE("R-ASTER-05.3: state bodies, by law", "[view]") {
  FOR_BOTH();
  const Value& item = page.named("whom", page.recipient("state_bodies").name);
  CHECK(test::has_mark(item, page.t("mark.state_body")));
  CHECK(test::names(item, "5.3"));
}

TEST_CASE(
    "R-ASTER-05.4, R-ALLUR-05.4: the promise to tell about loss or disclosure is among the rights",
    "[view]") {
  FOR_BOTH();
  CHECK(test::names(page.named("rights", page.right("breach_notice").name), "5.4"));
}

TEST_CASE("R-ASTER-06.2.4: the right to blocking during a check", "[view]") {
  FOR_BOTH();
  const Value& item = page.named("rights", page.right("blocking").name);
  CHECK(test::names(item, "6.2.4"));
}

TEST_CASE("R-ALLUR-07.1: the liability line with its three exceptions", "[view]") {
  FOR_EVERY_LANGUAGE("allur");
  const auto items = page.items("also", "7.1");
  REQUIRE(items.size() == 1);
  CHECK((*items.front())["label"].as_string() == page.t("topic.liability"));
  CHECK((*items.front())["text"].as_string() == page.in(page.statement("liability").text));
  const auto& lists = (*items.front())["children"].items();
  REQUIRE(lists.size() == 1);
  CHECK(lists.front()["children"].items().size() == 3);
}

TEST_CASE("R-ASTER-08.1, R-ALLUR-08: a claim first, an answer in 30 calendar days, then the court",
          "[view]") {
  FOR_BOTH();
  const std::string days = page.locale.count("span.calendar", 30);
  CHECK(page.short_text("disputes").starts_with(page.t("disputes.claim_first")));
  CHECK(page.short_text("disputes").find(days) != std::string::npos);
  CHECK(page.labelled("disputes", "disputes.claim")["text"].as_string() == page.t("yes"));
  CHECK(page.labelled("disputes", "disputes.answer")["text"].as_string() == days);
  CHECK(page.labelled("disputes", "disputes.court")["text"].as_string() ==
        page.in(*page.shop.policy.disputes->court));
  for (const char* clause : {"8.1", "8.2", "8.3"})
    CHECK(test::names(page.line("disputes"), clause));
}

TEST_CASE("R-ALLUR-09.3: the contact mail", "[view]") {
  FOR_EVERY_LANGUAGE("allur");
  CHECK(test::names(page.link(page.line("contact"), "mailto:info@allur.kz"), "9.3"));
}

TEST_CASE("R-ASTER-09.3: an address on another site is shown with its host", "[view]") {
  FOR_EVERY_LANGUAGE("aster");
  const Value& link = page.link(page.line("edition"), "https://lada-kazakhstan.kz/personal-data");
  CHECK(link["note"].as_string() ==
        page.locale.text("edition.other_site", {{"host", "lada-kazakhstan.kz"}}));
  const Page allur("allur", page.locale.lang());
  CHECK_FALSE(allur.link(allur.line("edition"), "https://www.allur.kz/").has("note"));
}
