// The switches while they are moved.
#include <random>

#include "consent/shop.hpp"
#include "json/reader.hpp"
#include "json/writer.hpp"
#include "support/catch.hpp"

using namespace kelisim;
using consent::Action;
using consent::Choice;
using consent::Draft;
using test::k_now;
using test::Shop;

namespace {

struct Move {
  std::string scope;
  std::string id;
  bool on;
};

Draft moved(const Shop& shop, Draft draft, const std::vector<Move>& moves) {
  for (const Move& move : moves) {
    auto next = consent::set(shop.policy, shop.services, draft, move.scope, move.id, move.on);
    REQUIRE(next);
    draft = *next;
  }
  return draft;
}

/// Position of one switch: "on", "off", "mixed", or "" when there is none.
std::string where(const Shop& shop, const Draft& draft, std::string_view key) {
  return consent::switches(shop.policy, shop.services, draft)[key].as_string();
}

Draft started(const Shop& shop) {
  return consent::start_draft(shop.policy, shop.services, shop.undecided(), k_now);
}

}  // namespace

TEST_CASE("R-ALL-03: every optional switch starts off", "[consent]") {
  const Shop shop;
  const json::Value switches = consent::switches(shop.policy, shop.services, started(shop));
  CHECK(
      json::write(switches) ==
      R"({"category:analytics":"off","category:functional":"off","category:marketing":"off",)"
      R"("category:necessary":"on","channel:email":"off","channel:news_partners":"off","channel:news_shop":"off",)"
      R"("channel:phone":"off","channel:sms":"off","purpose:ads":"off","purpose:comfort":"off",)"
      R"("purpose:research":"off","purpose:statistics":"off","service:chat":"off","service:counter":"off",)"
      R"("service:metrics":"off","service:pixel":"off","service:video":"off","transfer:cross_border":"off"})");
}

TEST_CASE("draft: starts from what is granted; nothing is ticked from a decision that ended",
          "[consent]") {
  Shop shop;
  const consent::State state = shop.after(shop.undecided(), Action::grant_all);
  CHECK(where(shop, consent::start_draft(shop.policy, shop.services, state, k_now),
              "purpose:ads") == "on");
  const Draft expired =
      consent::start_draft(shop.policy, shop.services, state, *state.expires_at_ms);
  CHECK(expired.purposes.all().empty());
  shop.policy.edition.text_sha256 = "edition-2";
  shop.services.push_back(test::service("map", policy::Category::functional, {"comfort"}, "KZ"));
  const Draft stale = consent::start_draft(shop.policy, shop.services, state, k_now);
  CHECK(stale.purposes.all().empty());
  CHECK(stale.transfers.all().empty());
}

TEST_CASE("draft: what the policy no longer declares is left behind, so the draft can be saved",
          "[consent]") {
  Shop shop;
  consent::State state = shop.after(shop.undecided(), Action::grant_all);
  consent::Act one;
  one.action = Action::grant_service;
  one.service = "video";
  state.transfers.set("cross_border", Choice::refused);
  state = shop.after(state, one);
  shop.policy.edition.text_sha256 = "edition-2";
  shop.services.pop_back();
  std::erase_if(shop.policy.purposes, [](const policy::Purpose& p) { return p.id == "ads"; });
  const Draft draft = consent::start_draft(shop.policy, shop.services, state, k_now);
  CHECK(draft.purposes.granted("comfort"));
  CHECK(draft.purposes.find("ads") == nullptr);
  CHECK(draft.services.find("video") == nullptr);
  CHECK(consent::parse_draft(shop.policy, shop.services, consent::to_json(draft), "/draft"));
}

TEST_CASE("draft: a category moves its purposes, a purpose moves its category", "[consent]") {
  const Shop shop;
  struct Row {
    std::vector<Move> moves;
    std::string category;
    std::string statistics;
    std::string counter;
  };
  const auto row = GENERATE(
      Row{{{"category", "analytics", true}}, "on", "on", "on"},
      Row{{{"purpose", "statistics", true}}, "mixed", "on", "off"},
      Row{{{"purpose", "statistics", true}, {"purpose", "research", true}}, "on", "on", "on"},
      Row{{{"category", "analytics", true}, {"purpose", "statistics", false}},
          "mixed",
          "off",
          "off"},
      Row{{{"purpose", "statistics", true}, {"category", "analytics", true}}, "on", "on", "on"},
      Row{{{"category", "analytics", true}, {"category", "analytics", false}}, "off", "off", "off"},
      Row{{{"category", "marketing", true}}, "off", "off", "off"});
  const Draft draft = moved(shop, started(shop), row.moves);
  CHECK(where(shop, draft, "category:analytics") == row.category);
  CHECK(where(shop, draft, "purpose:statistics") == row.statistics);
  CHECK(where(shop, draft, "service:counter") == row.counter);
}

TEST_CASE("draft: a service moves by itself; its purposes and its category stay", "[consent]") {
  const Shop shop;
  Draft draft =
      moved(shop, started(shop), {{"transfer", "cross_border", true}, {"service", "video", true}});
  CHECK(draft.services.granted("video"));
  CHECK(where(shop, draft, "service:video") == "on");
  CHECK(where(shop, draft, "purpose:ads") == "off");
  CHECK(where(shop, draft, "service:pixel") == "off");

  draft =
      moved(shop, started(shop), {{"category", "analytics", true}, {"service", "counter", false}});
  CHECK(draft.services.refused("counter"));
  CHECK(where(shop, draft, "service:counter") == "off");
  CHECK(where(shop, draft, "category:analytics") == "on");
  draft = moved(shop, draft, {{"service", "counter", true}});
  CHECK(draft.services.find("counter") == nullptr);
  CHECK(where(shop, draft, "service:counter") == "on");
}

TEST_CASE("draft: a category that is turned on forgets refusals of its services, and only of its",
          "[consent]") {
  const Shop shop;
  const Draft draft = moved(
      shop, started(shop),
      {{"service", "counter", false}, {"service", "chat", false}, {"category", "analytics", true}});
  CHECK(draft.services.find("counter") == nullptr);
  CHECK(draft.services.refused("chat"));
}

TEST_CASE(
    "draft: a purpose or category that is turned off ends single grants of services that need it",
    "[consent]") {
  const Shop shop;
  const Draft own = moved(
      shop, started(shop),
      {{"transfer", "cross_border", true}, {"service", "video", true}, {"service", "chat", true}});
  CHECK(where(shop, moved(shop, own, {{"purpose", "ads", false}}), "service:video") == "off");
  CHECK(where(shop, moved(shop, own, {{"category", "marketing", false}}), "service:video") ==
        "off");
  CHECK(where(shop, moved(shop, own, {{"purpose", "ads", false}}), "service:chat") == "on");
}

TEST_CASE("draft: no service of a category that was turned off still runs, whatever its purposes",
          "[consent]") {
  Shop shop;
  shop.services.push_back(test::service("player", policy::Category::functional, {"ads"}, "KZ"));
  const Draft draft = moved(shop, started(shop),
                            {{"category", "marketing", true}, {"category", "functional", false}});
  CHECK(where(shop, draft, "service:player") == "off");
  CHECK(where(shop, draft, "category:marketing") == "on");
  CHECK(where(shop, moved(shop, draft, {{"category", "functional", true}}), "service:player") ==
        "on");
}

TEST_CASE("draft: the transfer turned off ends single grants of services abroad, and only of those",
          "[consent]") {
  const Shop shop;
  Draft draft = moved(
      shop, started(shop),
      {{"transfer", "cross_border", true}, {"service", "video", true}, {"service", "chat", true}});
  CHECK(where(shop, draft, "service:video") == "on");
  draft = moved(shop, draft, {{"transfer", "cross_border", false}});
  CHECK(where(shop, draft, "service:video") == "off");
  CHECK(where(shop, draft, "service:chat") == "on");
  draft = moved(shop, draft, {{"transfer", "cross_border", true}});
  CHECK(where(shop, draft, "service:video") == "off");
}

TEST_CASE("R-WEBP-05a: while the transfer is off, no switch of a service abroad can be on",
          "[consent]") {
  const Shop shop;
  const Draft draft =
      moved(shop, started(shop), {{"service", "video", true}, {"category", "marketing", true}});
  CHECK(where(shop, draft, "service:video") == "off");
  consent::Act placeholder;
  placeholder.action = Action::grant_service;
  placeholder.service = "video";
  const consent::State state = shop.after(shop.undecided(), placeholder);
  CHECK(shop.running(state) == "session payment video");
  CHECK(where(shop, consent::start_draft(shop.policy, shop.services, state, k_now),
              "service:video") == "off");
}

TEST_CASE(
    "draft: a category without switch purposes moves its services, those abroad only with the "
    "transfer",
    "[consent]") {
  Shop shop;
  std::erase_if(shop.policy.purposes, [](const policy::Purpose& p) { return p.id == "comfort"; });
  shop.named("chat").purposes.clear();
  shop.services.push_back(test::service("map", policy::Category::functional, {}, "RU"));
  Draft draft = moved(shop, started(shop), {{"category", "functional", true}});
  CHECK(where(shop, draft, "service:chat") == "on");
  CHECK(where(shop, draft, "service:map") == "off");
  CHECK(where(shop, draft, "category:functional") == "mixed");
  draft =
      moved(shop, draft, {{"transfer", "cross_border", true}, {"category", "functional", true}});
  CHECK(where(shop, draft, "category:functional") == "on");
  draft = moved(shop, draft, {{"category", "functional", false}});
  CHECK(where(shop, draft, "category:functional") == "off");
}

TEST_CASE("R-LETO-07.8a: channels move independently of each other and of everything else",
          "[consent]") {
  const Shop shop;
  const Draft before =
      moved(shop, started(shop), {{"channel", "email", true}, {"channel", "phone", true}});
  const Draft after = moved(shop, before, {{"channel", "email", false}});
  CHECK(where(shop, after, "channel:email") == "off");
  CHECK(where(shop, after, "channel:phone") == "on");
  CHECK(where(shop, after, "channel:sms") == "off");
  CHECK(where(shop, after, "category:marketing") == "off");
  CHECK(where(shop, moved(shop, started(shop), {{"category", "marketing", true}}),
              "channel:news_shop") == "off");
}

TEST_CASE("draft: what has no switch is an error, not a guess", "[consent]") {
  Shop shop;
  struct Row {
    std::string scope;
    std::string id;
    std::string code;
  };
  const auto row =
      GENERATE(Row{"category", "necessary", "draft_id"}, Row{"category", "ads", "draft_id"},
               Row{"purpose", "order", "draft_id"}, Row{"purpose", "news", "draft_id"},
               Row{"purpose", "account", "draft_id"}, Row{"purpose", "nowhere", "draft_id"},
               Row{"service", "payment", "draft_id"}, Row{"service", "undeclared", "draft_id"},
               Row{"channel", "fax", "draft_id"}, Row{"transfer", "elsewhere", "draft_id"},
               Row{"form", "order", "draft_scope"}, Row{"", "ads", "draft_scope"});
  CAPTURE(row.scope, row.id);
  shop.services.push_back(test::service("undeclared", policy::Category::marketing, {"ads"}, "KZ"));
  shop.services.back().declared = false;
  const auto draft = consent::set(shop.policy, shop.services, {}, row.scope, row.id, true);
  REQUIRE_FALSE(draft);
  CHECK(draft.error().code == row.code);
}

TEST_CASE("draft: one from outside is checked id by id", "[consent]") {
  const Shop shop;
  const json::Value good = json::Value::object().set("ads", true);
  struct Row {
    json::Value draft;
    std::string code;
    std::string path;
  };
  const auto row = GENERATE_COPY(
      Row{json::Value("x"), "draft_type", "/draft"},
      Row{json::Value::object().set("purposes", 1), "draft_type", "/draft/purposes"},
      Row{json::Value::object().set("purposes", json::Value::object().set("ads", "on")),
          "draft_type", "/draft/purposes/ads"},
      Row{json::Value::object().set("purposes", json::Value::object().set("order", true)),
          "draft_id", "/draft/purposes/order"},
      Row{json::Value::object().set("services", json::Value::object().set("payment", false)),
          "draft_id", "/draft/services/payment"},
      Row{json::Value::object().set("purposes", good).set("channels", good), "draft_id",
          "/draft/channels/ads"},
      Row{json::Value::object().set("transfers", good), "draft_id", "/draft/transfers/ads"});
  const auto draft = consent::parse_draft(shop.policy, shop.services, row.draft, "/draft");
  REQUIRE_FALSE(draft);
  CHECK(draft.error().code == row.code);
  CHECK(draft.error().path == row.path);
}

TEST_CASE(
    "draft: any walk over the switches survives JSON, and saving gives exactly what the switches "
    "show",
    "[consent]") {
  const Shop shop;
  std::mt19937 random(7);
  const json::Value all = consent::switches(shop.policy, shop.services, started(shop));
  for (int walk = 0; walk < 200; ++walk) {
    Draft draft = started(shop);
    for (int step = 0; step < 8; ++step) {
      const json::Member& member = all.members()[random() % all.members().size()];
      const auto colon = member.key.find(':');
      const std::string scope = member.key.substr(0, colon);
      const std::string id = member.key.substr(colon + 1);
      if (id == "necessary") continue;
      const bool on = random() % 2 == 0;
      CAPTURE(walk, step, scope, id, on);
      draft = moved(shop, draft, {{scope, id, on}});
      const bool needs_transfer =
          scope == "service" && shop.named(id).abroad && !draft.transfers.granted("cross_border");
      CHECK(where(shop, draft, member.key) == (on && !needs_transfer ? "on" : "off"));
      const auto again =
          consent::parse_draft(shop.policy, shop.services, consent::to_json(draft), "");
      REQUIRE(again);
      CHECK(json::write(consent::to_json(*again)) == json::write(consent::to_json(draft)));
    }
    consent::Act save;
    save.action = Action::save_choices;
    save.draft = draft;
    const auto grants =
        consent::grants(shop.policy, shop.services, shop.after(shop.undecided(), save), k_now);
    for (std::size_t i = 0; i < shop.services.size(); ++i) {
      if (shop.services[i].category == policy::Category::necessary) continue;
      const bool shown = where(shop, draft, "service:" + shop.services[i].id) == "on";
      CHECK(grants.runs[i] == shown);
    }
    for (const json::Member& channel : grants.channels.members()) {
      CHECK(channel.value.as_bool() == (where(shop, draft, "channel:" + channel.key) == "on"));
    }
  }
}

TEST_CASE("draft: what the person moved is known, wherever it stands now", "[consent]") {
  struct Row {
    std::vector<Move> moves;
    policy::Ids moved;
  };
  const auto row =
      GENERATE(Row{{}, {}}, Row{{{"purpose", "ads", true}}, {"ads"}},
               Row{{{"purpose", "ads", true}, {"purpose", "ads", false}}, {"ads"}},
               Row{{{"category", "analytics", true}}, {"statistics", "research"}},
               Row{{{"purpose", "statistics", true}, {"category", "analytics", true}},
                   {"statistics", "research"}},
               Row{{{"channel", "sms", true}, {"transfer", "cross_border", true}},
                   {"channel:sms", "transfer:cross_border"}},
               Row{{{"service", "counter", false}}, {"service:counter"}},
               // A grant by itself that goes with the transfer went by the same movement.
               Row{{{"transfer", "cross_border", true},
                    {"service", "video", true},
                    {"transfer", "cross_border", false}},
                   {"transfer:cross_border", "service:video"}});
  const Shop shop;
  const Draft draft = moved(shop, started(shop), row.moves);
  CHECK(draft.moved == row.moved);
  const auto read =
      consent::parse_draft(shop.policy, shop.services, consent::to_json(draft), "/draft");
  REQUIRE(read);
  CHECK(read->moved == row.moved);
}

TEST_CASE("draft: what the page's own code turned off, the person did not move", "[consent]") {
  const Shop shop;
  Draft draft = moved(shop, started(shop), {{"purpose", "ads", true}, {"channel", "sms", true}});
  draft = *consent::set(shop.policy, shop.services, draft, "purpose", "ads", false, false);
  CHECK(draft.moved == policy::Ids{"channel:sms"});
}

TEST_CASE("draft: moved is a list of switches", "[consent]") {
  const Shop shop;
  for (const char* text :
       {R"({"moved":1})", R"({"moved":["order"]})", R"({"moved":["category:analytics"]})",
        R"({"moved":[7]})", R"({"moved":["service:session"]})"}) {
    const auto value = json::parse(text);
    REQUIRE(value);
    CHECK_FALSE(consent::parse_draft(shop.policy, shop.services, *value, "/draft"));
  }
}
