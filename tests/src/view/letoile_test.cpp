// Requirements of the policy of letoile, in every language.
#include "support/catch.hpp"
#include "support/view.hpp"

using namespace kelisim;
using test::Page;
using test::Value;

#define FOR_EVERY_LANGUAGE() const Page page("letoile", GENERATE("kk", "ru", "en"))

namespace {

/// The mail link in a node, by its exact subject.
const Value& mail(const Value& within, const std::string& subject) {
  static const Value none;
  for (const Value* node : test::nodes(within)) {
    const std::string& href = (*node)["href"].as_string();
    if (href.starts_with("mailto:inform@letoile.kz?") && test::subject_of(href) == subject)
      return *node;
  }
  return none;
}

constexpr const char* k_withdrawal = "Отзыв согласия на обработку персональных данных";

}  // namespace

TEST_CASE("R-LETO-01a: the operator with BIN and address, and the site", "[view]") {
  FOR_EVERY_LANGUAGE();
  CHECK(page.short_text("who").starts_with("Alkor Kazakhstan Ltd., letoile.kz"));
  CHECK(page.labelled("who", "who.bin")["text"].as_string() == "221240900498");
  CHECK(page.labelled("who", "who.address")["text"].as_string() ==
        "010016, Республика Казахстан, г. Астана, ул. Достык, д. 5");
}

TEST_CASE("R-LETO-01b: five named acts behind the legal grounds", "[view]") {
  FOR_EVERY_LANGUAGE();
  for (std::size_t i = 0; i < 5; ++i) {
    const auto items = page.items("laws", "1.•" + std::to_string(i + 1));
    REQUIRE(items.size() == 1);
    CHECK((*items.front())["text"].as_string().starts_with(page.in(page.shop.policy.laws[i].name)));
  }
  CHECK(page.shop.policy.laws.size() == 5);
  CHECK(test::says(page.line("laws"), "№ 395/НҚ, " + page.locale.date("2020-10-21")));
}

TEST_CASE("R-LETO-02.15: no biometric data", "[view]") {
  FOR_EVERY_LANGUAGE();
  const auto items = page.items("data", "2.15");
  REQUIRE(items.size() == 1);
  CHECK((*items.front())["text"].as_string() == page.in(page.statement("no_biometrics").text));
}

TEST_CASE("R-LETO-03.2a: staff data are not in the summary, only in the full text", "[view]") {
  FOR_EVERY_LANGUAGE();
  for (const auto& data : page.shop.policy.data) {
    if (data.audience.in_shop()) continue;
    CAPTURE(data.id);
    CHECK(page.items("data", data.clauses.front()).empty());
    if (data.id == "staff_passport" || data.id == "staff_criminal_record")
      CHECK_FALSE(test::says(page.line("data"), page.in(data.name)));
  }
  for (const char* clause : {"3.2.¶1", "3.3.•1", "3.3.•2", "3.3.•3", "3.3.•4", "3.3.•5"}) {
    CHECK_FALSE(test::names(page.line("data"), clause));
    CHECK_FALSE(test::names(page.line("why"), clause));
    CHECK(page.shop.texts.find(clause) != nullptr);
  }
  CHECK_FALSE(test::says(page.line("why"), page.in(page.purpose("hiring").name)));
}

TEST_CASE("R-LETO-04.2: two purposes of 4.2", "[view]") {
  FOR_EVERY_LANGUAGE();
  CHECK(page.items("why", "4.2").size() == 2);
}

TEST_CASE(
    "R-LETO-04.3.2, R-LETO-04.4a, R-LETO-07.3a: promotions, product notices and marketing actions "
    "are switches under messages",
    "[view]") {
  FOR_EVERY_LANGUAGE();
  const Value& topics = test::find(page.choices, {{"kind", "section"}, {"id", "topics"}});
  const std::pair<const char*, const char*> wanted[] = {
      {"events_surveys", "4.3.2"}, {"product_news", "4.4"}, {"store_promotions", "7.3"}};
  for (const auto& [id, clause] : wanted) {
    const Value& node = test::find(topics, {{"kind", "switch"}, {"scope", "channel"}, {"id", id}});
    CHECK(test::names(node, clause));
  }
  // The order itself is information.
  CHECK(page.is_information("order_fulfilment"));
}

TEST_CASE("R-LETO-04.4b: refusing product notices by mail, with exactly that subject", "[view]") {
  FOR_EVERY_LANGUAGE();
  const char* subject =
      "Отказ от уведомлений о новых продуктах и услугах и специальных предложениях";
  CHECK_FALSE(mail(page.named("rights", page.right("refuse_news").name), subject).is_null());
  CHECK_FALSE(mail(page.line("messages"), subject).is_null());
  CHECK_FALSE(mail(page.line("contact"), subject).is_null());
}

TEST_CASE("R-LETO-04.5: statistics declared as anonymised still have a switch", "[view]") {
  FOR_EVERY_LANGUAGE();
  CHECK(test::names(page.switch_node("purpose", "web_statistics"), "4.5"));
  CHECK(test::has_mark(page.named("whom", page.recipient("statistics_services").name),
                       page.t("mark.anonymised")));
}

TEST_CASE("R-LETO-05.1a: eight rights, numbered 5.1.1 to 5.1.8, in this order", "[view]") {
  FOR_EVERY_LANGUAGE();
  std::vector<std::string> labels;
  for (const Value* node : test::nodes(page.line("rights"))) {
    if ((*node)["kind"].as_string() != "item" || (*node)["clauses"].items().empty()) continue;
    const std::string& label = (*node)["clauses"].items().front()["label"].as_string();
    if (label.starts_with("5.1.")) labels.push_back(label);
  }
  CHECK(labels == std::vector<std::string>{"5.1.1 (1)", "5.1.2 (2)", "5.1.3 (3)", "5.1.4 (4)",
                                           "5.1.5 (5)", "5.1.6 (6)", "5.1.7 (7)", "5.1.8 (8)"});
}

TEST_CASE("R-LETO-05.2: the duty to update data, with the mail address", "[view]") {
  FOR_EVERY_LANGUAGE();
  const auto items = page.items("also", "5.2.•2");
  REQUIRE(items.size() == 1);
  CHECK((*items.front())["label"].as_string() == page.t("topic.duty"));
  CHECK_FALSE(page.link(*items.front(), "mailto:inform@letoile.kz").is_null());
}

TEST_CASE(
    "R-LETO-06.2c: the promise of 6.2 and the third parties of 7.10 stand next to each other with "
    "their numbers",
    "[view]") {
  FOR_EVERY_LANGUAGE();
  CHECK(test::has_mark(page.named("whom", page.recipient("nobody").name), page.t("mark.never")));
  const Value& finding =
      test::find(page.line("whom"), {{"kind", "finding"}, {"id", "third-party-conflict"}});
  const auto& quotes = finding["children"].items();
  REQUIRE(quotes.size() == 2);
  CHECK(quotes[0]["text"].as_string().starts_with(
      "Персональные данные Пользователя никогда, ни при каких условиях"));
  CHECK(test::clause_ids(quotes[0]) == std::vector<std::string>{"6.2"});
  CHECK(quotes[1]["text"].as_string().find("в том числе третьими лицами") != std::string::npos);
  CHECK(test::clause_ids(quotes[1]) == std::vector<std::string>{"7.10"});
}

TEST_CASE("R-LETO-06.3: updating data by mail, with exactly that subject", "[view]") {
  FOR_EVERY_LANGUAGE();
  CHECK_FALSE(
      mail(page.named("rights", page.right("update").name), "Актуализация персональных данных")
          .is_null());
}

TEST_CASE("R-LETO-06.4a: the term is without limit; withdrawal by mail, with exactly that subject",
          "[view]") {
  FOR_EVERY_LANGUAGE();
  const Value& term =
      test::find(page.line("term"), {{"kind", "item"}, {"text", page.t("term.unlimited")}});
  CHECK(test::names(term, "6.4"));
  const Value& link = mail(page.named("rights", page.right("withdrawal").name), k_withdrawal);
  CHECK(link["note"].as_string() == page.locale.text("mail.subject", {{"subject", k_withdrawal}}));
  CHECK(test::names(link, "6.4"));
}

TEST_CASE(
    "R-LETO-06.4b: one action withdraws what the widget holds; for data already given the mail "
    "stands beside it",
    "[view]") {
  FOR_EVERY_LANGUAGE();
  const Value rights = page.shop.layer(page.locale.lang(), "rights");
  for (const Value* tree : {&page.choices, &page.summary, &rights}) {
    const Value& section = test::find(*tree, {{"kind", "section"}, {"id", "withdraw"}});
    CHECK_FALSE(test::find(section, {{"part", "withdraw-all"}}).is_null());
    CHECK(test::says(section, page.t("withdraw.text")));
    CHECK(test::says(section, page.t("withdraw.given")));
    CHECK_FALSE(mail(section, k_withdrawal).is_null());
  }
}

TEST_CASE("R-LETO-07.2: nine client items, other information as a warning", "[view]") {
  FOR_EVERY_LANGUAGE();
  for (int i = 1; i <= 9; ++i) {
    const auto items = page.items("data", "7.2.•" + std::to_string(i));
    REQUIRE(items.size() == 1);
    CHECK(((*items.front())["tone"].as_string() == "warning") == (i == 9));
  }
}

TEST_CASE("R-LETO-07.5: change and delete in the cabinet", "[view]") {
  FOR_EVERY_LANGUAGE();
  for (const char* id : {"cabinet_change", "cabinet_delete"}) {
    const Value& item = page.named("rights", page.right(id).name);
    CHECK(test::names(item, "7.5"));
    CHECK(page.link(item, "https://www.letoile.kz/")["rel"].as_string() == "cabinet");
  }
}

TEST_CASE("R-LETO-07.6: full deletion through the desk, whose number and term are not said",
          "[view]") {
  FOR_EVERY_LANGUAGE();
  const Value& item = page.named("rights", page.right("full_deletion").name);
  CHECK(test::names(item, "7.6"));
  const Value& desk = test::find(
      item,
      {{"kind", "text"}, {"label", page.in(page.shop.policy.contact("contact_centre")->name)}});
  CHECK(desk["text"].as_string() == page.silence());
  CHECK(desk["tone"].as_string() == "not_stated");
  CHECK(test::find(item, {{"label", page.t("rights.term")}})["text"].as_string() == page.silence());
}

TEST_CASE("R-LETO-07.7: the disclaimer is in the full text", "[view]") {
  FOR_EVERY_LANGUAGE();
  for (const Value* node : test::nodes(page.summary)) CHECK_FALSE(test::names(*node, "7.7"));
  view::Request request{.layer = "policy"};
  request.text = true;
  request.texts = &page.shop.texts;
  const Value full = page.shop.layer(page.locale.lang(), request);
  CHECK(test::find(full, {{"kind", "clause"}, {"id", "7.7"}})["text"].as_string() ==
        *page.shop.texts.find("7.7"));
}

TEST_CASE("R-LETO-07.8a: one switch per channel of the document, in its order", "[view]") {
  FOR_EVERY_LANGUAGE();
  const Value& channels = test::find(page.choices, {{"kind", "section"}, {"id", "channels"}});
  CHECK(test::switches(channels, "channel") ==
        std::vector<std::string>{"email", "sms", "call", "messenger", "push"});
  for (const auto& channel : page.shop.policy.messages->channels) {
    CHECK(test::has_mark(page.switch_node("channel", channel.id), page.t("mark.unnamed_channel")) ==
          !channel.named);
  }
}

TEST_CASE("R-LETO-07.8b: refusing all messages is one action, and names every topic and channel",
          "[view]") {
  FOR_EVERY_LANGUAGE();
  const Value& button = test::find(page.choices, {{"kind", "button"}, {"action", "withdraw_some"}});
  CHECK(
      button["target"].as_string() ==
      "events_surveys product_news store_promotions other_messages email sms call messenger push");
  std::string all;
  for (const auto& id : test::switches(page.choices, "channel"))
    all += (all.empty() ? "" : " ") + id;
  CHECK(button["target"].as_string() == all);
}

TEST_CASE("R-LETO-07.9a: service messages are a locked row with four occasions and the reason",
          "[view]") {
  FOR_EVERY_LANGUAGE();
  const auto& message = page.shop.policy.messages->service.front();
  const Value& row = test::find(page.choices, {{"kind", "row"}, {"id", message.id}});
  CHECK(row["locked"].as_bool());
  CHECK(row["note"].as_string() == page.in(*message.reason));
  CHECK(test::names(row, "7.9"));
  REQUIRE(message.occasions.size() == 4);
  for (const auto& occasion : message.occasions) CHECK(test::says(row, page.in(occasion)));
  CHECK(page.named("messages", message.name)["note"].as_string() == page.in(*message.reason));
}

TEST_CASE("R-LETO-07.9b: service messages have no switch", "[view]") {
  FOR_EVERY_LANGUAGE();
  CHECK_FALSE(page.has_switch("channel", "service_messages"));
  CHECK(page.is_information("service_messages"));
}

TEST_CASE(
    "R-LETO-07.10a: functional, analytics and marketing; third-party statistics under analytics "
    "with the recipient named",
    "[view]") {
  FOR_EVERY_LANGUAGE();
  CHECK(test::switches(page.choices, "category") ==
        std::vector<std::string>{"functional", "analytics", "marketing"});
  CHECK_FALSE(test::find(page.switch_node("category", "functional"),
                         {{"scope", "purpose"}, {"id", "easier_use"}})
                  .is_null());
  const Value& analytics = page.switch_node("category", "analytics");
  for (const char* id : {"seller_analytics", "third_party_statistics"})
    CHECK_FALSE(test::find(analytics, {{"scope", "purpose"}, {"id", id}}).is_null());
  CHECK(test::says(analytics, "Google, " + page.locale.country("US")));
  CHECK_FALSE(test::find(page.switch_node("category", "marketing"),
                         {{"scope", "purpose"}, {"id", "ad_optimisation"}})
                  .is_null());
}

TEST_CASE("R-LETO-07.10c: that cookies hold nothing confidential is not repeated", "[view]") {
  FOR_EVERY_LANGUAGE();
  REQUIRE((*page.shop.texts.find("7.10")).find("не содержат конфиденциальную информацию") !=
          std::string::npos);
  CHECK_FALSE(test::says(page.summary, "не содержат конфиденциальную информацию"));
  for (const char* word : {"онфиденциальн", "onfidential", "ұпия"})
    CHECK_FALSE(test::says(page.line("cookies"), word));
}

TEST_CASE("R-LETO-07.11: the IP line", "[view]") {
  FOR_EVERY_LANGUAGE();
  const Value& item = page.named("data", page.data("ip_address").name);
  CHECK(test::names(item, "7.11"));
  CHECK(item["note"].as_string() == page.in(page.data("ip_address").note));
}

TEST_CASE("R-LETO-07.12: calls may be recorded, in the data and next to the phone channel",
          "[view]") {
  FOR_EVERY_LANGUAGE();
  CHECK(page.items("data", "7.12").size() == 2);
  CHECK(page.named("data", page.data("call_recordings").name)["note"].as_string() ==
        page.in(page.data("call_recordings").note));
  for (const auto& channel : page.shop.policy.messages->channels) {
    if (channel.id == "call")
      CHECK(page.switch_node("channel", "call")["note"].as_string() == page.in(channel.note));
  }
}

TEST_CASE("R-LETO-08.1: the seller block", "[view]") {
  FOR_EVERY_LANGUAGE();
  const Value& seller = page.labelled("who", "role.seller");
  CHECK(seller["text"].as_string() == "«Продавец»");
  CHECK(test::names(seller, "8.1"));
  CHECK(test::names(page.labelled("who", "who.name"), "8.1"));
}

TEST_CASE("R-LETO-09: no date; clause 9.2 says only where the policy is to be posted", "[view]") {
  FOR_EVERY_LANGUAGE();
  const Value& date = page.labelled("edition", "edition.date");
  CHECK(date["text"].as_string() == page.silence());
  CHECK(test::clause_ids(date).empty());
  CHECK(page.items("edition", "9.2").size() == 1);
}
