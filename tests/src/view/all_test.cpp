// Requirements common to all policies (R-ALL), in every language.
#include <set>

#include "support/catch.hpp"
#include "support/view.hpp"
#include "view/words.hpp"

using namespace kelisim;
using test::Page;
using test::Value;

#define FOR_EVERY_PAGE() \
  const Page page(GENERATE(from_range(test::k_policies)), GENERATE("kk", "ru", "en"))

TEST_CASE(
    "R-ALL-02: use taken as consent is shown as a finding of the text, with its sentence, never as "
    "the person's act",
    "[view]") {
  FOR_EVERY_PAGE();
  std::size_t found = 0;
  for (const auto& finding : page.shop.policy.findings) {
    if (finding.code != "use-is-consent") continue;
    ++found;
    const Value& node =
        test::find(page.line("findings"), {{"kind", "finding"}, {"id", "use-is-consent"}});
    CHECK(node["text"].as_string() == page.in(finding.text));
    CHECK(node["tone"].as_string() == "high");
    REQUIRE_FALSE(finding.quotes.empty());
    for (const auto& quote : finding.quotes) CHECK(test::says(node, quote.text));
    CHECK_FALSE(node["clauses"].items().empty());
  }
  CHECK(found == (page.shop.policy.id == "letoile" ? 0 : 1));
  CHECK(test::says(page.line("findings"), page.t("findings.lead")));
  // The layers that ask do not speak of use at all.
  CHECK(test::find(page.notice, {{"kind", "finding"}}).is_null());
  CHECK(test::find(page.choices, {{"kind", "finding"}}).is_null());
}

TEST_CASE("R-ALL-03: the three answers stand in one row of the first layer and are equal",
          "[view]") {
  FOR_EVERY_PAGE();
  const auto rows = test::nodes(
      page.notice, [](const Value& node) { return node["kind"].as_string() == "actions"; });
  REQUIRE(rows.size() == 1);
  const auto& answers = (*rows.front())["children"].items();
  REQUIRE(answers.size() == 3);
  const char* parts[] = {"grant-all", "refuse-all", "choose"};
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(answers[i]["kind"].as_string() == "button");
    CHECK(answers[i]["part"].as_string() == parts[i]);
    CHECK(answers[i]["weight"].as_string() == "equal");
    // Members, and so elements and attributes, are the same, "choose" aside, which needs a target.
    CHECK(answers[i].members().size() == (i == 2 ? 6U : 5U));
  }
  CHECK(answers[0]["action"].as_string() == "grant_all");
  CHECK(answers[1]["action"].as_string() == "refuse_all");
  CHECK(answers[2]["target"].as_string() == "choices");
  // Everything else on the layer is quieter, and nothing there is a switch.
  for (const Value* node : test::nodes(page.notice)) {
    if ((*node)["kind"].as_string() == "button" && !node->has("part"))
      CHECK((*node)["weight"].as_string() == "quiet");
    CHECK((*node)["kind"].as_string() != "switch");
  }
}

TEST_CASE("R-ALL-03: the choices carry grant all, only necessary and save, equal too", "[view]") {
  FOR_EVERY_PAGE();
  const auto& answers = test::find(page.choices, {{"kind", "actions"}})["children"].items();
  REQUIRE(answers.size() == 3);
  const char* parts[] = {"grant-all", "refuse-all", "save"};
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(answers[i]["part"].as_string() == parts[i]);
    CHECK(answers[i]["weight"].as_string() == "equal");
    CHECK(answers[i].members().size() == 5);
  }
}

TEST_CASE(
    "R-ALL-03: grant all names the cross-border transfer with its countries where there is one",
    "[view]") {
  FOR_EVERY_PAGE();
  std::set<std::string> countries;
  for (const auto& service : page.shop.services) {
    if (service.declared && service.abroad && service.category != policy::Category::necessary)
      countries.insert(page.locale.country(service.operator_country));
  }
  REQUIRE_FALSE(countries.empty());
  for (const auto& country : countries) {
    CHECK(test::says(page.notice, country));
    CHECK(test::says(page.switch_node("transfer", "cross_border"), country));
  }
  CHECK(test::says(page.notice, page.t("grant_all")));
}

// The sentence used to count Google reCAPTCHA among what the grant switches on; it runs without
// any.
TEST_CASE(
    "R-ALL-03, R-WEBP-05a: grant all names the services abroad it switches on, and no necessary "
    "one",
    "[view]") {
  FOR_EVERY_PAGE();
  const std::string* sentence = nullptr;
  for (const Value* node : test::nodes(page.notice)) {
    const std::string& text = (*node)["text"].as_string();
    if (text.find(page.t("grant_all")) != std::string::npos && text != page.t("grant_all"))
      sentence = &text;
  }
  REQUIRE(sentence != nullptr);
  for (const auto& service : page.shop.services) {
    if (service.category != policy::Category::necessary || !service.abroad) continue;
    CAPTURE(service.id);
    CHECK(sentence->find(page.in(service.name)) == std::string::npos);
    // The choices show it, as what runs without the switch.
    const Value& item = test::find(page.switch_node("transfer", "cross_border"),
                                   {{"kind", "item"}, {"text", page.in(service.name)}});
    CHECK(test::has_mark(item, page.t("mark.always_on")));
  }
}

TEST_CASE("R-ALL-03: where only necessary services are abroad, nothing is granted abroad",
          "[view]") {
  const test::Shop& aster = test::shop("aster");
  auto services = aster.services;
  std::erase_if(services, [](const auto& service) {
    return service.abroad && service.category != policy::Category::necessary;
  });
  REQUIRE(std::any_of(services.begin(), services.end(),
                      [](const auto& service) { return service.abroad; }));
  view::Request request{.layer = "choices"};
  const auto ru = test::locale("ru");
  const Value choices = test::expect(view::layer(aster.policy, services, ru, request));
  CHECK(test::switches(choices, "transfer").empty());
  request.layer = "notice";
  const Value notice = test::expect(view::layer(aster.policy, services, ru, request));
  CHECK_FALSE(test::says(notice, ru.country("US")));
}

TEST_CASE("R-ALL-12: services are named in the language of the layer", "[view]") {
  FOR_EVERY_PAGE();
  for (const auto& service : page.shop.services) {
    const std::string& name = page.in(service.name);
    CAPTURE(name);
    if (page.locale.lang() == "en") CHECK(name.find_first_of("\xD0\xD1") == std::string::npos);
    if (page.locale.lang() != "kk") continue;
    for (const char* russian : {"виджет карты", "счётчик", "ссылка", "видео", "кнопка"})
      CHECK(name.find(russian) == std::string::npos);
  }
}

TEST_CASE("R-ALL-09: of the law's own deadlines only a checked one is shown", "[view]") {
  FOR_EVERY_PAGE();
  for (const auto& right : page.shop.policy.rights) {
    CAPTURE(right.id);
    const Value& item = page.named("rights", right.name);
    const std::string by_law =
        page.locale.text("rights.by_law", {{"term", page.locale.count("span.work", 1)}});
    CHECK(test::says(item, by_law) == (right.right == "refuse_publication" && !right.term));
    CHECK_FALSE(test::says(item, page.locale.count("span.work", 3)));
    CHECK_FALSE(test::says(item, page.locale.count("span.D", 15)));
  }
}

// The numbers of the clauses used to stand at the shop's own words as well.
TEST_CASE("R-ALL-08: what only the shop says has no clause number", "[view]") {
  FOR_EVERY_PAGE();
  const auto& op = page.shop.policy.operator_;
  CHECK(test::clause_ids(page.labelled("who", "who.sites")) == op.site_clauses);
  const bool in_short = page.short_text("who").find(op.sites.front()) != std::string::npos;
  CHECK(in_short == !op.site_clauses.empty());
  // A site that a clause names stands in that clause.
  for (const auto& id : op.site_clauses) {
    std::string text = *page.shop.texts.find(id);
    if (text.find("Allur.kz") != std::string::npos) text += " allur.kz";
    CHECK(text.find(op.sites.front()) != std::string::npos);
  }
}

TEST_CASE(
    "R-ALL-04: withdrawing everything is one button, on the choices, the rights and the summary",
    "[view]") {
  FOR_EVERY_PAGE();
  const Value rights = page.shop.layer(page.locale.lang(), "rights");
  for (const Value* tree : {&page.choices, &rights, &page.summary}) {
    const auto buttons = test::nodes(
        *tree, [](const Value& node) { return node["part"].as_string() == "withdraw-all"; });
    REQUIRE(buttons.size() == 1);
    CHECK((*buttons.front())["action"].as_string() == "withdraw_all");
  }
}

TEST_CASE(
    "R-ALL-08: the summary is one screen of lines, each with an answer in short and its clauses",
    "[view]") {
  FOR_EVERY_PAGE();
  std::vector<std::string> ids;
  for (const Value& node : page.summary["children"].items()) {
    if (node["kind"].as_string() != "line") continue;
    ids.push_back(node["id"].as_string());
    CAPTURE(page.shop.policy.id, ids.back());
    CHECK_FALSE(node["label"].as_string().empty());
    CHECK_FALSE(node["text"].as_string().empty());
    // Either clauses, or the policy is silent.
    CHECK((!node["clauses"].items().empty() || node["tone"].as_string() == "not_stated"));
  }
  CHECK(ids.size() <= 15);
  for (const char* wanted :
       {"who", "data", "why", "whom", "term", "rights", "cookies", "contact", "edition"}) {
    CHECK(std::find(ids.begin(), ids.end(), wanted) != ids.end());
  }
  CHECK_FALSE(test::find(page.summary, {{"kind", "button"}, {"action", "load_text"}}).is_null());
}

TEST_CASE("R-ALL-08: whatever a line names is named again where it is said inside", "[view]") {
  FOR_EVERY_PAGE();
  for (const Value* line : test::nodes(page.summary)) {
    if ((*line)["kind"].as_string() != "line") continue;
    std::set<std::string> inside;
    for (const Value* node : test::nodes(*line)) {
      if (node == line) continue;
      for (const auto& id : test::clause_ids(*node)) inside.insert(id);
    }
    const auto own = test::clause_ids(*line);
    CHECK(std::set<std::string>(own.begin(), own.end()) == inside);
  }
}

TEST_CASE(
    "R-ALL-09: where the policy is silent on term, withdrawal, contact or date the summary says so",
    "[view]") {
  FOR_EVERY_PAGE();
  const auto& policy = page.shop.policy;
  CHECK((page.line("contact")["tone"].as_string() == "not_stated") == policy.contacts.empty());
  CHECK((page.line("edition")["tone"].as_string() == "not_stated") == !policy.edition.date);
  if (!policy.edition.date)
    CHECK(page.short_text("edition").find(page.silence()) != std::string::npos);
  for (const auto& right : policy.rights) {
    const Value& item = page.named("rights", right.name);
    REQUIRE_FALSE(item.is_null());
    CHECK((item["tone"].as_string() == "not_stated") == right.not_stated);
    if (right.not_stated) {
      CHECK(test::has_mark(item, page.silence()));
      CHECK(page.short_text("rights").find(page.silence()) != std::string::npos);
    }
    if (!right.term && !right.not_stated && right.right == "rectification")
      CHECK(test::says(item, page.silence()));
  }
  for (const auto& term : policy.terms) {
    if (term.kind != policy::Term::Kind::not_stated) continue;
    CHECK(test::find(page.line("term"), {{"label", page.in(term.name)}})["tone"].as_string() ==
          "not_stated");
    CHECK(page.short_text("term").find(page.silence()) != std::string::npos);
  }
  if (!policy.cross_border.allowed)
    CHECK(page.short_text("transfer").starts_with(view::upper_first(page.silence())));
  if (!policy.disputes) CHECK(page.short_text("disputes") == page.silence());
  if (!policy.operator_.bin)
    CHECK(page.labelled("who", "who.bin")["text"].as_string() == page.silence());
  if (!policy.public_sources)
    CHECK(page.labelled("whom", "whom.public")["text"].as_string() == page.silence());
}

TEST_CASE(
    "R-ALL-10: consent gives a purpose its own switch, contract and law none, and no switch covers "
    "two kinds",
    "[view]") {
  FOR_EVERY_PAGE();
  std::vector<std::string> expected;
  for (const auto category :
       {policy::Category::functional, policy::Category::analytics, policy::Category::marketing}) {
    for (const auto& purpose : page.shop.policy.purposes) {
      if (purpose.control == policy::Control::switch_ && purpose.category == category)
        expected.push_back(purpose.id);
    }
  }
  CHECK(test::switches(page.choices, "purpose") == expected);
  for (const auto& purpose : page.shop.policy.purposes) {
    if (!purpose.audience.in_shop() || purpose.control != policy::Control::information) continue;
    CAPTURE(purpose.id);
    CHECK(page.is_information(purpose.id));
    CHECK(purpose.basis != policy::Basis::consent);
  }
  const Value& necessary = test::find(page.choices, {{"kind", "row"}, {"id", "necessary"}});
  CHECK(necessary["locked"].as_bool());
  CHECK(test::nodes(necessary, [](const Value& node) {
          return node["kind"].as_string() == "switch";
        }).empty());
  // A purpose lies below its own category alone.
  for (const auto& id : expected) {
    const std::string category(name_of(page.purpose(id).category));
    CHECK_FALSE(test::find(page.switch_node("category", category),
                           {{"kind", "switch"}, {"scope", "purpose"}, {"id", id}})
                    .is_null());
  }
}

TEST_CASE("R-ALL-10: each purpose shows its basis by name", "[view]") {
  FOR_EVERY_PAGE();
  for (const auto& purpose : page.shop.policy.purposes) {
    if (!purpose.audience.in_shop()) continue;
    const std::string basis = page.locale.text(
        "basis", {{"basis", page.t("basis." + std::string(name_of(purpose.basis)))}});
    const auto with_basis = test::nodes(page.line("why"), [&](const Value& node) {
      return node["text"].as_string() == page.in(purpose.name) && test::has_mark(node, basis);
    });
    CAPTURE(purpose.id);
    CHECK(with_basis.size() == 1);
  }
}

TEST_CASE(
    "R-ALL-12: the policy's language is named where it is not the interface's, and verbatim text "
    "carries it",
    "[view]") {
  FOR_EVERY_PAGE();
  const bool differs = page.locale.lang() != "ru";
  const std::string sentence =
      page.locale.text("text.language", {{"language", page.locale.in_language("ru")}});
  CHECK(test::says(page.summary, sentence) == differs);
  std::size_t quotes = 0;
  for (const Value* node : test::nodes(page.summary)) {
    if ((*node)["kind"].as_string() != "quote") continue;
    ++quotes;
    CHECK((*node)["lang"].as_string() == (differs ? "ru" : ""));
  }
  CHECK(quotes > 0);
}

TEST_CASE("R-ALL-14: browser settings are an addition to the widget, not the way to refuse",
          "[view]") {
  FOR_EVERY_PAGE();
  const auto& cookies = page.shop.policy.cookies;
  REQUIRE(cookies);
  CHECK(cookies->browser.has_value() == (page.shop.policy.id != "letoile"));
  if (!cookies->browser) return;
  const Value& in_choices = test::find(page.choices, {{"label", page.t("browser.label")}});
  CHECK(in_choices["text"].as_string() == page.in(cookies->browser->text));
  CHECK(in_choices["note"].as_string() == page.t("browser.note"));
  CHECK(test::clause_ids(in_choices) == cookies->browser->clauses);
  CHECK(page.labelled("cookies", "browser.label")["note"].as_string() == page.t("browser.note"));
  // The first layer, where refusing is one button, does not send anybody to the browser.
  CHECK_FALSE(test::says(page.notice, page.in(cookies->browser->text)));
}

TEST_CASE("R-ALL-05: what a service stores, and for how long, stands at its switch", "[view]") {
  const Page page("alma-chocolates", GENERATE("kk", "ru", "en"));
  const Value& analytics = page.switch_node("service", "google-analytics");
  CHECK(test::says(analytics,
                   page.locale.text("service.recipient",
                                    {{"operator", "Google, " + page.locale.country("US")}})));
  CHECK(test::says(analytics, "_ga (" + page.locale.count("span.Y", 2) + ")"));
  CHECK(test::has_mark(analytics, page.t("mark.abroad")));
  CHECK_FALSE(test::has_mark(page.switch_node("service", "zero-kz"), page.t("mark.abroad")));
  CHECK(test::says(page.switch_node("service", "zero-kz"), page.t("service.stores_unknown")));
}
