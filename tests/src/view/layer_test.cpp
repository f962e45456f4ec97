// What holds for every layer of every policy in every language.
#include "view/layer.hpp"

#include <set>

#include "core/encoding.hpp"
#include "json/writer.hpp"
#include "support/catch.hpp"
#include "support/view.hpp"

using namespace kelisim;
using test::Value;

namespace {

/// Every layer of a shop: also one placeholder per service, one box per form, and the full text.
std::vector<Value> all_layers(const test::Shop& shop, const std::string& lang) {
  std::vector<Value> trees;
  for (const char* name : {"notice", "choices", "policy", "rights", "receipts"})
    trees.push_back(shop.layer(lang, name));
  view::Request request;
  request.layer = "policy";
  request.text = true;
  request.texts = &shop.texts;
  trees.push_back(shop.layer(lang, request));
  for (const auto& service : shop.services) {
    request = {};
    request.layer = "hold";
    request.service = service.id;
    trees.push_back(shop.layer(lang, request));
  }
  for (const auto& form : shop.policy.forms) {
    request = {};
    request.layer = "form";
    request.form = form.id;
    trees.push_back(shop.layer(lang, request));
  }
  return trees;
}

policy::Policy fixture(const std::function<void(Value&)>& change = [](Value&) {}) {
  Value document = test::expect(json::parse(test::read_file("tests/vectors/policy.json")));
  change(document);
  return test::expect(policy::parse(json::write(document)));
}

Value layer_of(const policy::Policy& policy, const std::string& name,
               const std::string& lang = "en") {
  view::Request request;
  request.layer = name;
  return test::expect(view::layer(policy, test::expect(enforce::resolve(policy, nullptr)),
                                  test::locale(lang), request));
}

}  // namespace

TEST_CASE("layers: trees hold what view.schema.json allows, and no more", "[view]") {
  const auto& shop = test::shop(GENERATE(from_range(test::k_policies)));
  const Value schema = test::expect(json::parse(test::read_file("src/view/view.schema.json")));
  const Value& properties = schema["$defs"]["node"]["properties"];
  for (const Value& tree : all_layers(shop, "ru")) {
    for (const Value& member : schema["required"].items()) CHECK(tree.has(member.as_string()));
    for (const auto& member : tree.members()) CHECK(schema["properties"].has(member.key));
    for (const Value* node : test::nodes(tree)) {
      for (const auto& member : node->members()) {
        CAPTURE(member.key, json::write(*node).substr(0, 300));
        REQUIRE(properties.has(member.key));
        const auto& allowed = properties[member.key]["enum"].items();
        if (!allowed.empty())
          CHECK(std::find(allowed.begin(), allowed.end(), member.value) != allowed.end());
      }
    }
  }
}

TEST_CASE(
    "layers: every text is there, in every language, without a placeholder or a key left in it",
    "[view]") {
  const auto& shop = test::shop(GENERATE(from_range(test::k_policies)));
  const std::string lang = GENERATE("kk", "ru", "en");
  std::set<std::string> keys;
  const Value source = test::expect(json::parse(test::read_file("web/locales/" + lang + ".json")));
  for (const auto& member : source["strings"].members())
    keys.insert(member.key.substr(0, member.key.find('#')));
  for (const Value& tree : all_layers(shop, lang)) {
    CHECK(tree["lang"].as_string() == lang);
    CHECK_FALSE(tree["title"].as_string().empty());
    CHECK(test::words(tree).find_first_of("{}") == std::string::npos);
    for (const Value* node : test::nodes(tree)) {
      for (const char* member : {"title", "label", "text", "note"}) {
        if (!node->has(member)) continue;
        const std::string& words = (*node)[member].as_string();
        CAPTURE(member, words, json::write(*node).substr(0, 200));
        CHECK_FALSE(words.empty());
        // A missing sentence answers with its key, which has a dot in the middle; one-word keys are
        // checked by locales.test.mjs.
        CHECK_FALSE((words.find('.') != std::string::npos && keys.contains(words)));
        CHECK(words.find("#other") == std::string::npos);
      }
    }
  }
}

TEST_CASE("layers: a tree depends on its arguments alone, and its hash names it", "[view]") {
  const auto& shop = test::shop(GENERATE(from_range(test::k_policies)));
  for (const char* name : {"notice", "choices", "policy"}) {
    const std::string once = sha256_text(json::write(shop.layer("ru", name)));
    CHECK(once == sha256_text(json::write(shop.layer("ru", name))));
    CHECK(once != sha256_text(json::write(shop.layer("kk", name))));
  }
}

TEST_CASE("layers: nothing is pre-ticked, because a tree has no place for a position", "[view]") {
  const auto& shop = test::shop(GENERATE(from_range(test::k_policies)));
  for (const Value& tree : all_layers(shop, "en")) {
    for (const Value* node : test::nodes(tree)) {
      for (const char* member : {"on", "checked", "value", "state", "default"})
        CHECK_FALSE(node->has(member));
      if ((*node)["kind"].as_string() == "switch") CHECK_FALSE(node->has("locked"));
    }
  }
}

TEST_CASE("layers: every clause is named by a line of the summary or stands in the full text only",
          "[view]") {
  const auto& shop = test::shop(GENERATE(from_range(test::k_policies)));
  std::set<std::string> named;
  const Value tree = shop.layer("en", "policy");
  for (const Value* node : test::nodes(tree)) {
    if ((*node)["kind"].as_string() != "line") continue;
    for (const auto& id : test::clause_ids(*node)) named.insert(id);
  }
  for (const auto& clause : shop.policy.clauses) {
    CAPTURE(shop.policy.id, clause.id);
    CHECK(named.contains(clause.id) != clause.full_text_only);
  }
}

TEST_CASE("layers: every reference names a clause of the policy, each once per node", "[view]") {
  const auto& shop = test::shop(GENERATE(from_range(test::k_policies)));
  for (const Value& tree : all_layers(shop, "kk")) {
    for (const Value* node : test::nodes(tree)) {
      const auto ids = test::clause_ids(*node);
      CHECK(std::set<std::string>(ids.begin(), ids.end()).size() == ids.size());
      for (const auto& id : ids) CHECK(shop.policy.clause(id) != nullptr);
    }
  }
}

TEST_CASE("layers: hrefs are https, mailto or tel", "[view]") {
  const auto& shop = test::shop(GENERATE(from_range(test::k_policies)));
  for (const Value& tree : all_layers(shop, "en")) {
    for (const Value* node : test::nodes(tree)) {
      if (!node->has("href")) continue;
      const std::string& href = (*node)["href"].as_string();
      CHECK((href.starts_with("https://") || href.starts_with("mailto:") ||
             href.starts_with("tel:")));
    }
  }
}

TEST_CASE("layers: what does not exist is refused with its place", "[view]") {
  struct Row {
    view::Request request;
    const char* code;
    const char* path;
  };
  view::Request text{.layer = "policy"};
  text.text = true;
  view::Request query{.layer = "policy"};
  query.query = "IP";
  const Row rows[] = {{{.layer = "banner"}, "view_layer", "/layer"},
                      {{.layer = ""}, "view_layer", "/layer"},
                      {{.layer = "hold", .service = "nobody"}, "view_service", "/service"},
                      {{.layer = "form", .form = "nobody"}, "view_form", "/form"},
                      {text, "view_text", "/text"},
                      {query, "view_text", "/text"}};
  const auto& shop = test::shop("aster");
  for (const auto& row : rows) {
    CAPTURE(row.code);
    const auto got = view::layer(shop.policy, shop.services, test::locale("ru"), row.request);
    REQUIRE_FALSE(got);
    CHECK(got.error().code == row.code);
    CHECK(got.error().path == row.path);
  }
  const auto clause = view::clause(shop.policy, nullptr, test::locale("ru"), "99");
  REQUIRE_FALSE(clause);
  CHECK(clause.error().code == "view_clause");
}

TEST_CASE("layers: services nobody declared are not shown and have no placeholder", "[view]") {
  const auto policy = fixture();
  auto services = test::expect(enforce::resolve(policy, nullptr));
  services[1].declared = false;  // pixel, of the catalogue alone
  view::Request request{.layer = "choices"};
  const Value tree = test::expect(view::layer(policy, services, test::locale("en"), request));
  CHECK(test::switches(tree, "service") == std::vector<std::string>{"counter", "video"});
  request = {.layer = "hold", .service = "pixel"};
  CHECK_FALSE(view::layer(policy, services, test::locale("en"), request));
}

TEST_CASE("layers: with nothing optional the first layer asks nothing", "[view]") {
  const auto policy = fixture([](Value& document) {
    auto& purposes = document.find("purposes")->items();
    purposes.erase(purposes.begin() + 1, purposes.end());
    auto& services = document.find("services")->items();
    services.erase(services.begin(), services.begin() + 3);
    for (auto& clause : document.find("clauses")->items()) {
      if (clause["kind"].as_string() == "bullet") clause.set("full_text_only", true);
    }
  });
  const Value tree = layer_of(policy, "notice");
  CHECK(test::says(tree, test::locale("en").text("notice.nothing")));
  CHECK(test::find(tree, {{"kind", "actions"}}).is_null());
  CHECK_FALSE(test::find(tree, {{"kind", "close"}}).is_null());
  CHECK_FALSE(test::find(tree, {{"action", "open"}, {"target", "choices"}})
                  .is_null());  // messages are still to be chosen
}

TEST_CASE("layers: the first layer names who asks, as the policy does, and where", "[view]") {
  const auto& shop = test::shop(GENERATE(from_range(test::k_policies)));
  const std::string lang = GENERATE("kk", "ru", "en");
  const Value tree = shop.layer(lang, "notice");
  const Value& who = test::find(tree, {{"label", test::locale(lang).text("notice.who")}});
  CHECK(who["text"].as_string() == shop.policy.operator_.name);
  CHECK(tree["title"].as_string().find(shop.policy.operator_.sites.front()) != std::string::npos);
  // A name that ends with a dot used to give a sentence two.
  CHECK_FALSE(test::says(tree, ".."));
}

TEST_CASE("layers: the term of the shop's setting stands on the first layer", "[view]") {
  CHECK(test::says(layer_of(fixture(), "notice", "ru"), "6 месяцев"));
  CHECK(test::says(test::shop("letoile").layer("kk", "notice"), "12 ай"));
}

TEST_CASE("layers: the first layer says where to change one's mind", "[view]") {
  const auto words = test::locale("en");
  CHECK(test::says(layer_of(fixture(), "notice"), words.text("notice.change")));
  const auto without =
      fixture([](Value& document) { document.find("settings")->set("handle", "none"); });
  CHECK(test::says(layer_of(without, "notice"), words.text("notice.change_link")));
}

TEST_CASE("layers: a purpose of the app has no switch on a page", "[view]") {
  const auto policy =
      fixture([](Value& document) { document.find("purposes")->items()[1].set("surface", "app"); });
  CHECK(test::switches(layer_of(policy, "choices"), "purpose") ==
        std::vector<std::string>{"advertising"});
  const Value tree = layer_of(policy, "policy");
  CHECK(test::has_mark(*test::items(test::line(tree, "why"), "1.2.•1").front(),
                       test::locale("en").text("mark.app")));
}

TEST_CASE(
    "layers: a placeholder names the service, its recipient, country and purpose, and grants it "
    "alone",
    "[view]") {
  const auto policy = fixture();
  view::Request request{.layer = "hold", .service = "video"};
  const auto words = test::locale("en");
  const Value tree = test::expect(
      view::layer(policy, test::expect(enforce::resolve(policy, nullptr)), words, request));
  CHECK_FALSE(tree["modal"].as_bool());
  for (const auto* piece : {"Video is off", "Video Inc., USA", "Advertising"})
    CHECK(test::says(tree, piece));
  const Value& grant = test::find(tree, {{"part", "hold-grant"}});
  CHECK(grant["action"].as_string() == "grant_service");
  CHECK(grant["target"].as_string() == "video");
  CHECK_FALSE(test::find(tree, {{"action", "open"}, {"target", "choices"}}).is_null());
}

TEST_CASE("layers: decisions are listed with date, action and what they were about", "[view]") {
  const Value receipts = test::expect(json::parse(R"({"receipts":[
    {"evidence":{"action":"withdraw_all"},"event":[{"event_time":"2026-11-20T14:05:09Z","event_state":"withdrawn","purpose_ids":["stat"]}],
     "pii_processing":{"purposes":[{"purpose_id":"stat","purpose":"Статистика"}]}},
    {"evidence":{"action":"save_choices"},"event":[
       {"event_time":"2026-11-19T08:00:00Z","event_state":"given","purpose_ids":["stat"]},
       {"event_time":"2026-11-19T08:00:00Z","event_state":"renewed","purpose_ids":["ads"]},
       {"event_time":"2026-11-19T08:00:00Z","event_state":"refused","purpose_ids":["channel:sms"]}],
     "pii_processing":{"purposes":[{"purpose_id":"stat","purpose":"Статистика"},{"purpose_id":"ads","purpose":"Реклама"},{"purpose_id":"channel:sms","purpose":"SMS"}]}},
    {}]})"));
  const auto& shop = test::shop("webpulse");
  view::Request request{.layer = "receipts"};
  request.given = &receipts;
  const Value tree = shop.layer("ru", request);
  const auto rows =
      test::nodes(tree, [](const Value& node) { return node["kind"].as_string() == "item"; });
  REQUIRE(rows.size() == 3);
  CHECK(test::words(*rows[0]) ==
        "20 ноября 2026 г., 14:05 UTC\nОтозвано всё\nОтозвано\nСтатистика\n");
  CHECK(test::words(*rows[1]) ==
        "19 ноября 2026 г., 08:00 UTC\nВыбор сохранён\nРазрешено\nСтатистика, "
        "реклама\nОтказано\nSMS\n");
  const Value local = test::expect(json::parse(R"({"receipts":[
    {"evidence":{"action":"refuse_all"},"event":[{"event_time":"2026-11-21T00:35+5:30"}]}]})"));
  request.given = &local;
  CHECK(test::says(shop.layer("ru", request), "21 ноября 2026 г., 00:35 UTC+5:30"));
  CHECK_FALSE(test::find(tree, {{"action", "save_receipts"}}).is_null());
  const Value none = shop.layer("ru", "receipts");
  CHECK(test::says(none, test::locale("ru").text("receipts.none")));
  CHECK(test::find(none, {{"action", "save_receipts"}}).is_null());
}

TEST_CASE(
    "layers: what became of a receipt is told in words, with the reason where it was not taken",
    "[view]") {
  struct Row {
    std::string sent;
    std::string want;
    std::string tone;
  };
  const auto row = GENERATE(
      Row{R"({"state":"sent","to":"shop.kz","at":"2026-11-20T14:05:10.000Z","signed":true})",
          "Sent\nshop.kz, 20 November 2026, 14:05 UTC\nThe receiver has signed that it has it.\n",
          "muted"},
      Row{R"({"state":"sent"})", "Sent\n", "muted"},
      Row{R"({"state":"pending","to":"shop.kz"})", "Waits to be sent\nshop.kz\n", "muted"},
      Row{R"({"state":"pending","to":"shop.kz","status":0})",
          "Waits to be sent\nshop.kz\nThere was no connection; it is tried again by itself.\n",
          "muted"},
      Row{R"({"state":"pending","to":"shop.kz","status":503})",
          "Waits to be sent\nshop.kz\nThe receiver was not ready (answer 503); it is tried again "
          "by "
          "itself.\n",
          "muted"},
      Row{R"({"state":"failed","to":"shop.kz","status":422})",
          "Not taken\nshop.kz\nThe receiver has another receipt in its place (answer 422). It "
          "stays on this device.\n",
          "warning"},
      Row{R"({"state":"failed","to":"shop.kz","status":400})",
          "Not taken\nshop.kz\nThe receiver refused it (answer 400). It stays on this device.\n",
          "warning"});
  const Value given = test::expect(json::parse(
      R"({"receipts":[{"receipt_id":"r1","evidence":{"action":"refuse_all"}}],"sent":{"r1":)" +
      row.sent + "}}"));
  view::Request request{.layer = "receipts"};
  request.given = &given;
  const Value tree = test::shop("webpulse").layer("en", request);
  const auto told = test::nodes(tree, [](const Value& node) {
    return node["label"].as_string() == "Sent" || node["label"].as_string() == "Not taken" ||
           node["label"].as_string() == "Waits to be sent";
  });
  REQUIRE(told.size() == 1);
  CHECK(test::words(*told[0]) == row.want);
  CHECK((*told[0])["tone"].as_string() == row.tone);
}

TEST_CASE("layers: a check of the receipts says of each whether it holds, and of all", "[view]") {
  const Value given = test::expect(json::parse(
      R"({"receipts":[{"receipt_id":"a"},{"receipt_id":"b"},{"receipt_id":"c"},{"receipt_id":"d"}],
          "checked":{"a":"","b":"signature","c":"chain_gap","d":"receipt_type"}})"));
  view::Request request{.layer = "receipts"};
  request.given = &given;
  const auto lang = GENERATE("kk", "ru", "en");
  const auto words = test::locale(lang);
  Value tree = test::shop("webpulse").layer(lang, request);
  for (const auto* key :
       {"check.holds", "check.forged", "check.chain", "check.unreadable", "check.some"})
    CHECK(test::says(tree, words.text(key)));
  const Value sound = test::expect(json::parse(
      R"({"receipts":[{"receipt_id":"a"},{"receipt_id":"b"}],"checked":{"a":"","b":""}})"));
  request.given = &sound;
  tree = test::shop("webpulse").layer(lang, request);
  CHECK(test::says(tree, words.count("check.all", 2)));
  CHECK_FALSE(test::says(tree, words.text("check.some")));
}

TEST_CASE("layers: an own name is left as it is, a common word inside a sentence is not",
          "[view]") {
  CHECK(test::says(test::shop("alma-chocolates").layer("ru", "notice"), "Яндекс Метрика"));
  const Value tree = test::shop("webpulse").layer("ru", "policy");
  CHECK(test::line(tree, "data")["text"].as_string().starts_with("Адрес электронной почты, имя"));
}

TEST_CASE("clause: its label is the number people look for, the wrong printed one beside it",
          "[view]") {
  struct Row {
    const char* policy;
    const char* id;
    const char* ru;
    const char* en;
  };
  const auto row = GENERATE(Row{"alma-chocolates", "3.2.5", "3.2.5 (2.2.5)", "3.2.5 (2.2.5)"},
                            Row{"alma-chocolates", "2.1.1", "2.1.1", "2.1.1"},
                            Row{"alma-chocolates", "p.¶1", "преамбула", "preamble"},
                            Row{"webpulse", "p.¶2", "преамбула, абз. 2", "preamble, para. 2"},
                            Row{"alma-chocolates", "end.¶1", "конец текста", "end of the text"},
                            Row{"webpulse", "5.¶1", "5, абз. 1", "5, para. 1"},
                            Row{"aster", "3.3.•2", "3.3 • 2", "3.3 • 2"},
                            Row{"letoile", "5.1.1", "5.1.1 (1)", "5.1.1 (1)"},
                            Row{"letoile", "5.1.1.¶1", "5.1.1, абз. 1", "5.1.1, para. 1"},
                            Row{"alma-chocolates", "s5", "раздел 5", "section 5"},
                            Row{"aster", "t1", "заголовок", "title"});
  const auto& policy = test::shop(row.policy).policy;
  CHECK(view::clause_label(policy, test::locale("ru"), row.id) == row.ru);
  CHECK(view::clause_label(policy, test::locale("en"), row.id) == row.en);
}

TEST_CASE("clause: a number is read out as a clause, words as they are", "[view]") {
  struct Row {
    const char* policy;
    const char* id;
    const char* kk;
    const char* en;
  };
  const auto row =
      GENERATE(Row{"letoile", "7.10", "7.10-тармақ", "Clause 7.10"},
               Row{"webpulse", "5.¶1", "5-тармақ: 5, 1-абзац", "Clause 5, para. 1"},
               Row{"aster", "3.3.•2", "3.3-тармақ: 3.3 • 2", "Clause 3.3 • 2"},
               Row{"alma-chocolates", "p.¶1", "", ""}, Row{"alma-chocolates", "s3", "", ""});
  const auto& policy = test::shop(row.policy).policy;
  CHECK(view::clause_name(policy, test::locale("kk"), row.id) == row.kk);
  CHECK(view::clause_name(policy, test::locale("en"), row.id) == row.en);
}

TEST_CASE("clause: verbatim text with its language, null until the text is loaded", "[view]") {
  const auto& shop = test::shop(GENERATE(from_range(test::k_policies)));
  for (const auto& clause : shop.policy.clauses) {
    const Value kk =
        test::expect(view::clause(shop.policy, &shop.texts, test::locale("kk"), clause.id));
    CHECK(kk["text"].as_string() == *shop.texts.find(clause.id));
    CHECK(kk["lang"].as_string() == "ru");
    CHECK_FALSE(test::expect(view::clause(shop.policy, &shop.texts, test::locale("ru"), clause.id))
                    .has("lang"));
    const Value before =
        test::expect(view::clause(shop.policy, nullptr, test::locale("kk"), clause.id));
    CHECK((before.has("text") && before["text"].is_null()));
  }
}

TEST_CASE("full text: all clauses in the order of the text, a search leaves those that contain it",
          "[view]") {
  const auto& shop = test::shop(GENERATE(from_range(test::k_policies)));
  view::Request request{.layer = "policy"};
  request.texts = &shop.texts;
  request.text = true;
  const auto is_clause = [](const Value& node) { return node["kind"].as_string() == "clause"; };
  const Value tree = shop.layer("en", request);
  const auto all = test::nodes(tree, is_clause);
  REQUIRE(all.size() == shop.policy.clauses.size());
  for (std::size_t i = 0; i < all.size(); ++i)
    CHECK((*all[i])["id"].as_string() == shop.policy.clauses[i].id);
  request.query = "персональных ДАННЫХ";
  const Value found = shop.layer("en", request);
  const auto some = test::nodes(found, is_clause);
  CHECK_FALSE(some.empty());
  CHECK(some.size() < all.size());
  for (const Value* node : some) {
    const std::string& text = (*node)["text"].as_string();
    CHECK((text.find("ерсональных данных") != std::string::npos ||
           text.find("ЕРСОНАЛЬНЫХ ДАННЫХ") != std::string::npos));
  }
  request.query = "этого здесь нет";
  CHECK(test::says(shop.layer("en", request), "0 clauses found"));
}

TEST_CASE("layers: in a language the policy is not written in, its words name their own",
          "[view]") {
  const auto arabic =
      test::expect(view::Locale::parse(test::read_file("tests/support/locales/ar.json")));
  const auto& shop = test::shop("letoile");
  for (const char* name : {"notice", "choices", "policy", "rights"}) {
    CAPTURE(name);
    view::Request request{.layer = name};
    const Value tree = test::expect(view::layer(shop.policy, shop.services, arabic, request));
    CHECK(tree["dir"].as_string() == "rtl");
    // What is Cyrillic and not Arabic (U+0600 to U+06FF start with D8 to DB) is marked, but for
    // names.
    const auto is_cyrillic = [](const std::string& text) {
      return text.find("\xD0\xB0") != std::string::npos && text.find("\xD8") == std::string::npos;
    };
    std::size_t marked = 0;
    for (const auto* node : test::nodes(tree, [](const Value&) { return true; })) {
      for (const auto& [member, lang] :
           {std::pair{"label", "label_lang"}, std::pair{"note", "note_lang"},
            std::pair{"title", "title_lang"}}) {
        if (!is_cyrillic((*node)[member].as_string())) continue;
        CAPTURE((*node)[member].as_string());
        CHECK((*node)[lang].as_string() == shop.policy.language);
        ++marked;
      }
      if ((*node)["lang"].as_string() == shop.policy.language) ++marked;
    }
    CHECK(marked > 0);
  }
  // In a language it is written in there is nothing to mark but the text itself.
  const Value russian = shop.layer("ru", "choices");
  for (const auto* node : test::nodes(russian, [](const Value&) { return true; })) {
    CHECK_FALSE(node->has("label_lang"));
    CHECK_FALSE(node->has("lang"));
  }
}
