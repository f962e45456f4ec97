// Acts: what becomes of the state, what a receipt has to list, and what nobody but the person may
// do.
#include <algorithm>

#include "consent/shop.hpp"
#include "json/reader.hpp"
#include "json/writer.hpp"
#include "support/catch.hpp"

using namespace kelisim;
using consent::Act;
using consent::Action;
using consent::Choice;
using consent::EventState;
using consent::Status;
using test::by_person;
using test::k_day;
using test::k_now;
using test::Shop;

namespace {

/// "id state" per line of the receipt, with commas between.
std::string listed(const consent::Outcome& outcome) {
  std::string out;
  for (const consent::Item& item : outcome.items) {
    out += (out.empty() ? "" : ", ") + item.purpose_id + " " +
           std::string(consent::name_of(item.state));
  }
  return out;
}

consent::Outcome done(const Shop& shop, const consent::State& state, const Act& act) {
  auto outcome = shop.act(state, act);
  REQUIRE(outcome);
  return *outcome;
}

Act saving(const Shop& shop, const consent::State& state, const policy::Ids& on,
           Millis at_ms = k_now) {
  Act act = by_person(Action::save_choices, at_ms);
  act.draft = consent::start_draft(shop.policy, shop.services, state, at_ms);
  for (const std::string& key : on) {
    const auto colon = key.find(':');
    const bool off = key[0] == '-';
    auto draft =
        consent::set(shop.policy, shop.services, act.draft,
                     key.substr(off ? 1 : 0, colon - (off ? 1 : 0)), key.substr(colon + 1), !off);
    REQUIRE(draft);
    act.draft = *draft;
  }
  return act;
}

Act withdrawing(policy::Ids ids, Millis at_ms = k_now) {
  Act act = by_person(Action::withdraw_some, at_ms);
  act.ids = std::move(ids);
  return act;
}

Act granting(std::string service, Millis at_ms = k_now) {
  Act act = by_person(Action::grant_service, at_ms);
  act.service = std::move(service);
  return act;
}

Act form(std::string id, bool on, Millis at_ms = k_now) {
  Act act = by_person(Action::form, at_ms);
  act.form = std::move(id);
  act.form_on = on;
  return act;
}

}  // namespace

TEST_CASE("grant_all: every purpose and the transfer, never a channel, never a form", "[consent]") {
  const Shop shop;
  const auto outcome = done(shop, shop.undecided(), by_person(Action::grant_all));
  CHECK(shop.running(outcome.state) == test::k_everything);
  CHECK(shop.status(outcome.state) == Status::decided);
  CHECK(outcome.state.channels.all().empty());
  CHECK(outcome.state.forms.all().empty());
  CHECK(listed(outcome) ==
        "comfort given, statistics given, research given, ads given, transfer:cross_border given");
  CHECK(
      json::write(outcome.changed) ==
      R"({"categories":{"analytics":"granted","functional":"granted","marketing":"granted"},"channels":{},)"
      R"("purposes":{"ads":true,"comfort":true,"research":true,"statistics":true},)"
      R"("services":{"chat":true,"counter":true,"metrics":true,"pixel":true,"video":true},)"
      R"("transfers":{"cross_border":true}})");
  CHECK(outcome.ran_before == policy::Flags{true, true, false, false, false, false, false});
  CHECK(outcome.runs_now == policy::Flags(7, true));
}

TEST_CASE("grant_all: a necessary service abroad makes no transfer to grant, it runs without",
          "[consent]") {
  Shop shop;
  for (auto& service : shop.services) {
    if (service.abroad) service.category = policy::Category::necessary;
  }
  const auto outcome = done(shop, shop.undecided(), by_person(Action::grant_all));
  CHECK(outcome.state.transfers.all().empty());
}

TEST_CASE("grant_all: without services abroad there is no transfer to grant", "[consent]") {
  Shop shop;
  std::erase_if(shop.services, [](const policy::ServiceFacts& service) { return service.abroad; });
  const auto outcome = done(shop, shop.undecided(), by_person(Action::grant_all));
  CHECK(outcome.state.transfers.all().empty());
  CHECK(listed(outcome) == "comfort given, statistics given, research given, ads given");
}

TEST_CASE(
    "grant_all: clears what was refused of single services, and grants those without purposes",
    "[consent]") {
  Shop shop;
  shop.services.push_back(test::service("lonely", policy::Category::functional, {}, "KZ"));
  consent::State state = shop.after(shop.undecided(), withdrawing({"pixel"}));
  REQUIRE(state.services.refused("pixel"));
  const auto outcome = done(shop, state, by_person(Action::grant_all));
  CHECK(shop.running(outcome.state) == test::k_everything + " lonely");
  CHECK(outcome.state.services.find("pixel") == nullptr);
  CHECK(listed(outcome).ends_with(
      "transfer:cross_border given, service:pixel given, service:lonely given"));
}

TEST_CASE("refuse_all: everything optional is refused, channels stay as they are", "[consent]") {
  const Shop shop;
  const auto first = done(shop, shop.undecided(), by_person(Action::refuse_all));
  CHECK(shop.running(first.state) == test::k_only_necessary);
  CHECK(shop.status(first.state) == Status::decided);
  CHECK(first.state.channels.all().empty());
  CHECK(listed(first) ==
        "comfort refused, statistics refused, research refused, ads refused, transfer:cross_border "
        "refused");
  CHECK(json::write(first.changed) ==
        R"({"categories":{},"channels":{},"purposes":{},"services":{},"transfers":{}})");

  const consent::State granted =
      shop.after(shop.undecided(), saving(shop, shop.undecided(), {"channel:email"}));
  const auto second = done(shop, granted, by_person(Action::refuse_all, k_now + 1));
  CHECK(second.state.channels.granted("email"));
  CHECK(second.state.channels.refused("sms"));
  CHECK(listed(second).find("channel:") == std::string::npos);
}

TEST_CASE("save_choices: every switch as it stands, every channel listed", "[consent]") {
  const Shop shop;
  const auto outcome =
      done(shop, shop.undecided(),
           saving(shop, shop.undecided(),
                  {"purpose:statistics", "category:functional", "channel:sms", "-service:chat"}));
  CHECK(shop.running(outcome.state) == test::k_only_necessary);
  CHECK(listed(outcome) ==
        "comfort given, statistics given, research refused, ads refused, transfer:cross_border "
        "refused, "
        "service:chat refused, channel:news_shop refused, channel:news_partners refused, "
        "channel:email refused, "
        "channel:sms given, channel:phone refused");
  CHECK(json::write(outcome.changed["categories"]) ==
        R"({"analytics":"mixed","functional":"granted"})");
}

TEST_CASE("save_choices: a channel that keeps its position keeps its time", "[consent]") {
  const Shop shop;
  const consent::State first = shop.after(
      shop.undecided(), saving(shop, shop.undecided(), {"channel:email", "channel:sms"}), k_now);
  const auto second =
      done(shop, first, saving(shop, first, {"-channel:sms", "channel:phone"}, k_now + k_day));
  CHECK(second.state.channels.find("email")->changed_at_ms == k_now);
  CHECK(second.state.channels.find("news_shop")->changed_at_ms == k_now);
  CHECK(second.state.channels.find("sms")->changed_at_ms == k_now + k_day);
  CHECK(second.state.channels.find("phone")->changed_at_ms == k_now + k_day);
  CHECK(listed(second).ends_with(
      "channel:news_shop refused, channel:news_partners refused, channel:email renewed, "
      "channel:sms withdrawn, channel:phone given"));
}

TEST_CASE("R-ASTER-04.1.11: refusing advertising does not refuse messages, and the other way round",
          "[consent]") {
  const Shop shop;
  const consent::State both = shop.after(
      shop.undecided(), saving(shop, shop.undecided(), {"purpose:ads", "channel:news_shop"}));
  const consent::State no_ads = shop.after(both, withdrawing({"ads"}));
  CHECK(no_ads.channels.granted("news_shop"));
  CHECK(no_ads.purposes.refused("ads"));
  const consent::State no_news = shop.after(both, withdrawing({"news_shop"}));
  CHECK(no_news.channels.refused("news_shop"));
  CHECK(no_news.purposes.granted("ads"));
}

TEST_CASE("R-LETO-07.8b: refusing one channel leaves the others as they are; all go in one act",
          "[consent]") {
  const Shop shop;
  const consent::State all =
      shop.after(shop.undecided(),
                 saving(shop, shop.undecided(),
                        {"channel:email", "channel:sms", "channel:phone", "channel:news_shop"}));
  const auto one = done(shop, all, withdrawing({"sms"}, k_now + 5));
  CHECK(listed(one) == "channel:sms withdrawn");
  CHECK(json::write(one.changed["channels"]) == R"({"sms":false})");
  CHECK(one.state.channels.granted("email"));
  CHECK(one.state.channels.granted("phone"));
  CHECK(one.state.channels.find("email")->changed_at_ms == k_now);
  CHECK(one.state.channels.find("sms")->changed_at_ms == k_now + 5);

  const auto none =
      done(shop, all, withdrawing({"email", "sms", "phone", "news_shop", "news_partners"}));
  CHECK(std::none_of(
      none.state.channels.all().begin(), none.state.channels.all().end(),
      [](const consent::Decided& channel) { return channel.choice == Choice::granted; }));
  const auto keep = done(shop, all, saving(shop, all, {"-channel:sms", "-channel:phone"}));
  CHECK(keep.state.channels.granted("email"));
  CHECK(keep.state.channels.refused("phone"));
}

TEST_CASE("R-LETO-06.4b: one act withdraws everything the widget holds, channels and forms too",
          "[consent]") {
  const Shop shop;
  consent::State state = shop.after(
      shop.undecided(), saving(shop, shop.undecided(), {"category:analytics", "channel:email"}));
  state = shop.after(state, form("account", true));
  state = shop.after(state, granting("video"));
  const auto outcome = done(shop, state, by_person(Action::withdraw_all, k_now + 9));
  CHECK(shop.running(outcome.state) == test::k_only_necessary);
  CHECK(outcome.state.channels.refused("email"));
  CHECK(outcome.state.forms.refused("account"));
  CHECK(outcome.state.forms.find("account")->changed_at_ms == k_now + 9);
  CHECK(listed(outcome) ==
        "comfort refused, statistics withdrawn, research withdrawn, ads refused, "
        "transfer:cross_border refused, "
        "service:video withdrawn, channel:email withdrawn, form:account withdrawn");
  CHECK(shop.status(outcome.state) == Status::decided);
}

TEST_CASE("withdraw_some: ids name a category, purpose, service, channel, transfer or form",
          "[consent]") {
  Shop shop;
  shop.policy.forms[0].id = "application";
  consent::State state = shop.after(shop.undecided(), Action::grant_all);
  state = shop.after(state, saving(shop, state, {"channel:sms"}));
  state = shop.after(state, form("application", true));
  struct Row {
    policy::Ids ids;
    std::string items;
    std::string running;
  };
  const auto row = GENERATE(
      Row{{"analytics"},
          "statistics withdrawn, research withdrawn",
          "session payment chat pixel video"},
      Row{{"category:analytics"},
          "statistics withdrawn, research withdrawn",
          "session payment chat pixel video"},
      Row{{"statistics"}, "statistics withdrawn", "session payment chat pixel video"},
      Row{{"purpose:research"}, "research withdrawn", "session payment chat metrics pixel video"},
      Row{{"pixel"}, "service:pixel withdrawn", "session payment chat counter metrics video"},
      Row{{"cross_border"}, "transfer:cross_border withdrawn", "session payment chat counter"},
      Row{{"transfer:cross_border", "comfort"},
          "comfort withdrawn, transfer:cross_border withdrawn",
          "session payment counter"},
      Row{{"channel:sms", "email"},
          "channel:sms withdrawn, channel:email refused",
          test::k_everything},
      Row{{"form:application"}, "form:application withdrawn", test::k_everything});
  CAPTURE(row.ids);
  const auto outcome = done(shop, state, withdrawing(row.ids, k_now + 3));
  CHECK(listed(outcome) == row.items);
  CHECK(shop.running(outcome.state) == row.running);
  CHECK(outcome.state.decided_at_ms == state.decided_at_ms);
  CHECK(outcome.state.expires_at_ms == state.expires_at_ms);
}

TEST_CASE("withdraw_some: a plain id means everything of that name", "[consent]") {
  Shop shop;
  shop.policy.messages->channels[0].id = "ads";
  consent::State state =
      shop.after(shop.undecided(), saving(shop, shop.undecided(), {"purpose:ads", "channel:ads"}));
  const consent::State both = shop.after(state, withdrawing({"ads"}));
  CHECK(both.purposes.refused("ads"));
  CHECK(both.channels.refused("ads"));
  const consent::State one = shop.after(state, withdrawing({"purpose:ads"}));
  CHECK(one.purposes.refused("ads"));
  CHECK(one.channels.granted("ads"));
}

TEST_CASE(
    "withdraw_some: a category stops its services, also those granted by themselves or for other "
    "purposes",
    "[consent]") {
  Shop shop;
  shop.services.push_back(test::service("player", policy::Category::functional, {"ads"}, "KZ"));
  shop.services.push_back(test::service("lonely", policy::Category::functional, {}, "KZ"));
  const consent::State state = shop.after(shop.undecided(), Action::grant_all);
  const auto outcome = done(shop, state, withdrawing({"functional"}));
  CHECK(shop.running(outcome.state) == "session payment counter metrics pixel video");
  CHECK(listed(outcome) == "comfort withdrawn, service:player withdrawn, service:lonely withdrawn");
}

TEST_CASE("withdraw_some: a category with neither purposes nor services is no switch",
          "[consent]") {
  Shop shop;
  std::erase_if(shop.policy.purposes,
                [](const policy::Purpose& purpose) { return purpose.id == "comfort"; });
  std::erase_if(shop.services,
                [](const policy::ServiceFacts& service) { return service.id == "chat"; });
  const auto outcome = shop.act(shop.undecided(), withdrawing({"functional"}));
  REQUIRE_FALSE(outcome);
  CHECK(outcome.error().path == "/ids/0");
}

TEST_CASE("withdraw_some: what cannot be refused is an error, and then nothing is applied",
          "[consent]") {
  const Shop shop;
  const auto id =
      GENERATE(as<std::string>(), "nowhere", "order_", "session", "payment", "necessary", "news",
               "purpose:order", "service:ads", "category:pixel", "channel:statistics", "x:ads", "");
  CAPTURE(id);
  const auto outcome = shop.act(shop.undecided(), withdrawing({"ads", id}));
  REQUIRE_FALSE(outcome);
  CHECK(outcome.error().code == "act_unknown_id");
  CHECK(outcome.error().path == "/ids/1");
}

TEST_CASE(
    "R-ALMA-06.3: a placeholder grants exactly its one service, its purposes and the transfer stay "
    "off",
    "[consent]") {
  const Shop shop;
  const auto outcome = done(shop, shop.undecided(), granting("video"));
  CHECK(shop.running(outcome.state) == "session payment video");
  CHECK(listed(outcome) == "service:video given");
  CHECK(
      json::write(outcome.changed) ==
      R"({"categories":{},"channels":{},"purposes":{},"services":{"video":true},"transfers":{}})");
  CHECK(outcome.state.expires_at_ms == add(k_now, shop.policy.consent_term));
  CHECK(shop.status(outcome.state) == Status::undecided);
  CHECK(shop.running(outcome.state, *outcome.state.expires_at_ms) == test::k_only_necessary);
  CHECK(listed(done(shop, outcome.state, granting("video"))) == "service:video renewed");
}

TEST_CASE("grant_service: lasts until something stricter is said", "[consent]") {
  const Shop shop;
  const consent::State state = shop.after(shop.undecided(), granting("video"));
  struct Row {
    std::string what;
    Act act;
    bool runs;
  };
  const std::vector<Row> rows = {{"refuse_all", by_person(Action::refuse_all), false},
                                 {"withdraw_all", by_person(Action::withdraw_all), false},
                                 {"its purpose", withdrawing({"ads"}), false},
                                 {"its category", withdrawing({"marketing"}), false},
                                 {"itself", withdrawing({"video"}), false},
                                 {"the transfer", withdrawing({"cross_border"}), false},
                                 {"saved with the transfer off", saving(shop, state, {}), false},
                                 {"another purpose", withdrawing({"statistics"}), true},
                                 {"another service", withdrawing({"pixel"}), true},
                                 {"another placeholder", granting("chat"), true},
                                 {"grant_all", by_person(Action::grant_all), true}};
  for (const Row& row : rows) {
    CAPTURE(row.what);
    const auto outcome = done(shop, state, row.act);
    CHECK(outcome.runs_now[6] == row.runs);
  }
}

TEST_CASE(
    "save_choices: a draft made by hand cannot keep a service abroad while it refuses the transfer",
    "[consent]") {
  const Shop shop;
  Act act = by_person(Action::save_choices);
  act.draft.services.set("video", Choice::granted);
  act.draft.services.set("chat", Choice::granted);
  const auto outcome = done(shop, shop.undecided(), act);
  CHECK(shop.running(outcome.state) == "session payment chat");
  act.draft.transfers.set("cross_border", Choice::granted);
  CHECK(shop.running(done(shop, shop.undecided(), act).state) == "session payment chat video");
}

TEST_CASE("grant_service: only a declared optional service", "[consent]") {
  Shop shop;
  shop.services[5].declared = false;
  const auto id = GENERATE(as<std::string>(), "session", "pixel", "nowhere", "");
  CAPTURE(id);
  const auto outcome = shop.act(shop.undecided(), granting(id));
  REQUIRE_FALSE(outcome);
  CHECK(outcome.error().code == "act_unknown_id");
  CHECK(outcome.error().path == "/service");
}

TEST_CASE("R-LETO-07.8d: a form sets its own consent and nothing else", "[consent]") {
  const Shop shop;
  const auto on = done(shop, shop.undecided(), form("account", true, k_now));
  CHECK(listed(on) == "form:account given");
  CHECK(shop.running(on.state) == test::k_only_necessary);
  CHECK(on.state.channels.all().empty());
  CHECK(on.state.purposes.all().empty());
  CHECK(shop.status(on.state) == Status::undecided);
  CHECK(listed(done(shop, on.state, form("account", true))) == "form:account renewed");
  CHECK(listed(done(shop, on.state, form("account", false))) == "form:account withdrawn");
  CHECK(listed(done(shop, on.state, form("order", false))) == "form:order refused");
  const auto unknown = shop.act(shop.undecided(), form("nowhere", true));
  REQUIRE_FALSE(unknown);
  CHECK(unknown.error() == Error{"act_unknown_id", "/form/id", unknown.error().message});
}

TEST_CASE("apply: the page may refuse and withdraw, only the person grants", "[consent]") {
  const Shop shop;
  struct Row {
    Act act;
    bool allowed;
  };
  const std::vector<Row> rows = {
      {by_person(Action::grant_all), false}, {saving(shop, shop.undecided(), {}), false},
      {by_person(Action::host), false},      {granting("video"), false},
      {form("order", true), false},          {form("order", false), true},
      {by_person(Action::refuse_all), true}, {by_person(Action::withdraw_all), true},
      {withdrawing({"ads"}), true}};
  for (Row row : rows) {
    CAPTURE(consent::name_of(row.act.action), row.act.form_on);
    CHECK(shop.act(shop.undecided(), row.act));
    row.act.by_person = false;
    const auto outcome = shop.act(shop.undecided(), row.act);
    CHECK(outcome.ok() == row.allowed);
    if (!outcome) {
      CHECK(outcome.error().code == "not_a_person");
      CHECK(outcome.error().path == "/source");
    }
  }
}

TEST_CASE("apply: no act of the page ever lets one service more run", "[consent]") {
  const Shop shop;
  const std::vector<consent::State> states = {shop.undecided(),
                                              shop.after(shop.undecided(), Action::grant_all),
                                              shop.after(shop.undecided(), Action::refuse_all),
                                              shop.after(shop.undecided(), granting("video"))};
  for (const consent::State& state : states) {
    for (Act act : {by_person(Action::refuse_all), by_person(Action::withdraw_all),
                    withdrawing({"ads"}), withdrawing({"video"}),
                    withdrawing({"analytics", "cross_border"}), form("order", false)}) {
      act.by_person = false;
      const auto outcome = done(shop, state, act);
      for (std::size_t i = 0; i < shop.services.size(); ++i)
        CHECK((outcome.ran_before[i] || !outcome.runs_now[i]));
    }
  }
}

TEST_CASE("items: given, renewed, refused and withdrawn", "[consent]") {
  Shop shop;
  const consent::State granted = shop.after(shop.undecided(), Action::grant_all);
  const Millis end = *granted.expires_at_ms;
  const auto first = [&](const consent::State& state, Action action, Millis at_ms) {
    return done(shop, state, by_person(action, at_ms)).items.front().state;
  };
  CHECK(first(shop.undecided(), Action::grant_all, k_now) == EventState::given);
  CHECK(first(granted, Action::grant_all, end - 1) == EventState::renewed);
  CHECK(first(granted, Action::grant_all, end) == EventState::given);
  CHECK(first(granted, Action::refuse_all, end - 1) == EventState::withdrawn);
  CHECK(first(granted, Action::refuse_all, end) == EventState::refused);
  CHECK(first(shop.undecided(), Action::refuse_all, k_now) == EventState::refused);
  // A new edition with a service more closes the grants without a word of the person: they can
  // still be withdrawn.
  shop.policy.edition.text_sha256 = "edition-2";
  shop.services.push_back(test::service("map", policy::Category::functional, {"comfort"}, "KZ"));
  CHECK(first(granted, Action::grant_all, k_now) == EventState::given);
  CHECK(first(granted, Action::refuse_all, k_now) == EventState::withdrawn);
  for (const consent::Item& item : done(shop, granted, by_person(Action::grant_all)).items) {
    CAPTURE(item.purpose_id);
    CHECK(item.state == EventState::given);
  }
}

TEST_CASE("apply: a decision on part of it makes no earlier grant last longer or come back",
          "[consent]") {
  Shop shop;
  const consent::State granted = shop.after(shop.undecided(), Action::grant_all);
  const Millis end = *granted.expires_at_ms;
  for (const Act& act :
       {granting("video", end - 1), form("order", true, end - 1), withdrawing({"sms"}, end - 1)}) {
    const consent::State state = shop.after(granted, act, end - 1);
    CHECK(state.expires_at_ms == end);
    CHECK(shop.running(state, end) == test::k_only_necessary);
  }
  const consent::State late = shop.after(granted, granting("video"), end);
  CHECK(shop.running(late, end) == "session payment video");
  CHECK(shop.status(late, end) == Status::undecided);
  CHECK(late.expires_at_ms == add(end, shop.policy.consent_term));

  shop.policy.edition.text_sha256 = "edition-2";
  shop.services.push_back(test::service("map", policy::Category::functional, {"comfort"}, "KZ"));
  const consent::State stale = shop.after(granted, granting("video"));
  CHECK(shop.running(stale) == "session payment video");
  CHECK(shop.status(stale) == Status::undecided);
}

TEST_CASE(
    "apply: on a new edition that only lost something, a part decision still leaves it to be asked",
    "[consent]") {
  Shop shop;
  const consent::State granted = shop.after(shop.undecided(), Action::grant_all);
  shop.policy.edition.text_sha256 = "edition-2";
  const consent::State part = shop.after(granted, withdrawing({"chat"}));
  CHECK(shop.status(part) == Status::stale);
  CHECK(shop.running(part) == "session payment counter metrics pixel video");
  const consent::State whole = shop.after(granted, Action::refuse_all);
  CHECK(shop.status(whole) == Status::decided);
  CHECK(whole.edition == "edition-2");
}

TEST_CASE("apply: a whole decision forgets what the policy no longer declares", "[consent]") {
  Shop shop;
  consent::State state = shop.after(shop.undecided(), Action::grant_all);
  state.purposes.set("gone", Choice::granted);
  state.services.set("gone", Choice::granted);
  const consent::State after = shop.after(state, Action::refuse_all);
  CHECK(after.purposes.find("gone") == nullptr);
  CHECK(after.services.find("gone") == nullptr);
}

TEST_CASE("apply: granting, refusing and saving nothing end where they began", "[consent]") {
  const Shop shop;
  const consent::State start = shop.after(shop.undecided(), Action::refuse_all);
  const consent::State back = shop.after(shop.after(start, Action::grant_all), Action::refuse_all);
  CHECK(json::write(consent::to_json(back)) == json::write(consent::to_json(start)));
  const consent::State saved = shop.after(start, saving(shop, start, {}));
  CHECK(shop.running(saved) == shop.running(start));
  CHECK(json::write(consent::to_json(saved)["purposes"]) ==
        json::write(consent::to_json(start)["purposes"]));
}

TEST_CASE("R-ALL-05: after a withdrawal what can be deleted is named, and what cannot",
          "[consent]") {
  Shop shop;
  const auto item = [](const char* name, bool prefix, bool first_party) {
    return policy::StorageItem{.type = policy::StorageType::cookie,
                               .name = name,
                               .prefix = prefix,
                               .first_party = first_party,
                               .max_age_s = std::nullopt};
  };
  shop.named("counter").storage = {item("_cnt", false, true), item("shared", false, true),
                                   item("uid", false, false)};
  shop.named("pixel").storage = {item("_px", true, true)};
  shop.named("chat").storage = {item("shared", false, true)};
  shop.named("session").storage = {item("sid", false, true)};
  const consent::State granted = shop.after(shop.undecided(), Action::grant_all);
  const auto names = [](const std::vector<consent::Stored>& items) {
    std::string out;
    for (const consent::Stored& stored : items)
      out += stored.service->id + "/" + stored.item->name + " ";
    return out;
  };

  const auto some = done(shop, granted, withdrawing({"analytics"}));
  auto left = consent::to_delete(shop.services, some.ran_before, some.runs_now);
  CHECK(names(left.deletable) == "counter/_cnt ");
  CHECK(names(left.kept) == "counter/uid ");

  const auto all = done(shop, granted, by_person(Action::withdraw_all));
  left = consent::to_delete(shop.services, all.ran_before, all.runs_now);
  CHECK(names(left.deletable) == "chat/shared counter/_cnt counter/shared pixel/_px ");

  const auto first = done(shop, shop.undecided(), by_person(Action::refuse_all));
  left = consent::to_delete(shop.services, first.ran_before, first.runs_now);
  CHECK(left.deletable.empty());
  left = consent::to_delete(shop.services, policy::Flags(7, true), first.runs_now);
  CHECK(names(left.deletable) == "chat/shared counter/_cnt counter/shared pixel/_px ");
}

TEST_CASE("parse_act: reads the call's input and refuses what it cannot mean", "[consent]") {
  const Shop shop;
  const auto read = [&](std::string_view text) {
    const auto value = json::parse(text);
    REQUIRE(value);
    return consent::parse_act(shop.policy, shop.services, *value);
  };
  const auto act = read(R"({"action":"save_choices","at_ms":5,"source":"person","layer":"choices",
                            "draft":{"purposes":{"ads":true}}})");
  REQUIRE(act);
  CHECK(act->action == Action::save_choices);
  CHECK(act->by_person);
  CHECK(act->at_ms == 5);
  CHECK(act->draft.purposes.granted("ads"));
  const auto form_act =
      read(R"({"action":"form","at_ms":5,"source":"api","form":{"id":"order","on":false}})");
  REQUIRE(form_act);
  CHECK_FALSE(form_act->by_person);
  CHECK(form_act->form == "order");
  CHECK(read(R"({"action":"withdraw_some","at_ms":5,"source":"api","ids":["ads","sms"]})")
            ->ids.size() == 2);
  CHECK(read(R"({"action":"grant_service","at_ms":5,"source":"person","service":"video"})")
            ->service == "video");

  struct Row {
    std::string text;
    std::string code;
    std::string path;
  };
  const std::vector<Row> rows = {
      {R"({"at_ms":5,"source":"person"})", "act_action", "/action"},
      {R"({"action":"close","at_ms":5,"source":"person"})", "act_action", "/action"},
      {R"({"action":"grant_all","at_ms":5})", "act_source", "/source"},
      {R"({"action":"grant_all","at_ms":5,"source":"user"})", "act_source", "/source"},
      {R"({"action":"grant_all","at_ms":"5","source":"person"})", "act_type", "/at_ms"},
      {R"({"action":"save_choices","at_ms":5,"source":"person"})", "draft_type", "/draft"},
      {R"({"action":"host","at_ms":5,"source":"person","draft":{"channels":{"fax":true}}})",
       "draft_id", "/draft/channels/fax"},
      {R"({"action":"withdraw_some","at_ms":5,"source":"person"})", "act_type", "/ids"},
      {R"({"action":"withdraw_some","at_ms":5,"source":"person","ids":[]})", "act_type", "/ids"},
      {R"({"action":"withdraw_some","at_ms":5,"source":"person","ids":[1]})", "act_type", "/ids"},
      {R"({"action":"grant_service","at_ms":5,"source":"person"})", "act_type", "/service"},
      {R"({"action":"form","at_ms":5,"source":"person","form":{"id":"order"}})", "act_type",
       "/form"}};
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const auto bad = read(row.text);
    REQUIRE_FALSE(bad);
    CHECK(bad.error().code == row.code);
    CHECK(bad.error().path == row.path);
  }
}

TEST_CASE("R-ALL-01: asking, closing and waiting are no acts", "[consent]") {
  const Shop shop;
  for (const char* word :
       {"close", "dismiss", "scroll", "ask", "expire", "timeout", "navigate", ""}) {
    const auto act = consent::parse_act(
        shop.policy, shop.services,
        json::Value::object().set("action", word).set("at_ms", 1).set("source", "person"));
    CHECK_FALSE(act);
  }
}

TEST_CASE("moved: only what the person moved by itself; of a draft only what it says",
          "[consent]") {
  consent::Act act;
  act.by_person = true;
  act.draft.moved = {"ads", "channel:sms"};
  struct Row {
    Action action;
    bool ads;
    bool comfort;
  };
  const auto row =
      GENERATE(Row{Action::save_choices, true, false}, Row{Action::host, false, false},
               Row{Action::grant_all, false, false}, Row{Action::refuse_all, false, false},
               Row{Action::withdraw_all, false, false}, Row{Action::withdraw_some, true, true},
               Row{Action::grant_service, true, true}, Row{Action::form, true, true});
  act.action = row.action;
  CHECK(consent::moved(act, "ads") == row.ads);
  CHECK(consent::moved(act, "comfort") == row.comfort);
  act.by_person = false;
  CHECK_FALSE(consent::moved(act, "ads"));
}
