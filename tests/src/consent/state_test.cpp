// The stored state: reading, writing, and whether it still stands.
#include <functional>

#include "consent/grants.hpp"
#include "consent/shop.hpp"
#include "core/encoding.hpp"
#include "json/reader.hpp"
#include "json/writer.hpp"
#include "support/catch.hpp"

using namespace kelisim;
using consent::Action;
using consent::Status;
using test::k_day;
using test::k_now;
using test::Shop;

namespace {

json::Value parsed(std::string_view text) {
  auto value = json::parse(text);
  REQUIRE(value);
  return *value;
}

constexpr std::string_view k_stored =
    R"({"format":"kelisim-state-1","policy":"shop","edition":"edition-1",
  "decided_at_ms":1000,"expires_at_ms":2000,"purposes":{"ads":"refused","statistics":"granted"},
  "services":{"video":"granted"},"channels":{"email":{"state":"granted","changed_at_ms":500}},
  "transfers":{"cross_border":"refused"},"forms":{"order":{"state":"granted","changed_at_ms":600}}})";

}  // namespace

TEST_CASE("state: what was written is read back the same, unknown members included", "[consent]") {
  const Shop shop;
  const consent::State state = shop.after(shop.undecided(), Action::grant_all);
  json::Value stored = consent::to_json(state);
  stored.set("later_version", json::Value::object().set("deep", 1));
  const auto again = consent::parse_state(stored, "shop");
  REQUIRE(again);
  CHECK(json::write(consent::to_json(*again)) == json::write(stored));
  CHECK(shop.running(*again) == shop.running(state));
}

TEST_CASE("state: a stored state says what it says", "[consent]") {
  const auto state = consent::parse_state(parsed(k_stored), "shop");
  REQUIRE(state);
  CHECK(state->decided_at_ms == 1000);
  CHECK(state->expires_at_ms == 2000);
  CHECK(state->purposes.granted("statistics"));
  CHECK(state->purposes.refused("ads"));
  CHECK_FALSE(state->purposes.granted("research"));
  CHECK_FALSE(state->purposes.refused("research"));
  CHECK(state->services.granted("video"));
  CHECK(state->channels.find("email")->changed_at_ms == 500);
  CHECK(state->transfers.refused("cross_border"));
  CHECK(state->forms.granted("order"));
}

TEST_CASE("state: a bad one is refused whole, with the place", "[consent]") {
  struct Row {
    std::string member;
    std::string value;  // JSON; "" = the member is missing
    std::string code;
    std::string path;
  };
  const auto row = GENERATE(
      Row{"format", "\"kelisim-state-2\"", "state_format", "/format"},
      Row{"format", "", "state_format", "/format"},
      Row{"policy", "\"other\"", "state_policy", "/policy"},
      Row{"policy", "7", "state_type", "/policy"}, Row{"policy", "", "state_missing", "/policy"},
      Row{"edition", "", "state_missing", "/edition"},
      Row{"edition", "null", "state_type", "/edition"},
      Row{"decided_at_ms", "", "state_missing", "/decided_at_ms"},
      Row{"decided_at_ms", "\"1\"", "state_type", "/decided_at_ms"},
      Row{"expires_at_ms", "null", "state_value", "/expires_at_ms"},
      Row{"expires_at_ms", "999", "state_value", "/expires_at_ms"},
      Row{"purposes", "[]", "state_type", "/purposes"},
      Row{"purposes", "{\"a/b\":true}", "state_type", "/purposes/a~1b"},
      Row{"purposes", "{\"ads\":\"yes\"}", "state_value", "/purposes/ads"},
      Row{"services", "", "state_missing", "/services"},
      Row{"channels", "{\"sms\":\"granted\"}", "state_type", "/channels/sms"},
      Row{"channels", "{\"sms\":{\"state\":\"granted\"}}", "state_type", "/channels/sms"},
      Row{"channels", "{\"sms\":{\"state\":\"on\",\"changed_at_ms\":1}}", "state_value",
          "/channels/sms"},
      Row{"transfers", "{\"cross_border\":\"\"}", "state_value", "/transfers/cross_border"},
      Row{"forms", "{\"order\":{\"changed_at_ms\":1}}", "state_type", "/forms/order"},
      Row{"scope", "{\"purposes\":[],\"recipients\":[]}", "state_type", "/scope/services"},
      Row{"scope", "{\"purposes\":[1],\"recipients\":[],\"services\":[]}", "state_type",
          "/scope/purposes"},
      Row{"scope_sha256", "1", "state_type", "/scope_sha256"});
  CAPTURE(row.member, row.value);
  json::Value stored = parsed(k_stored);
  stored.erase(row.member);
  if (!row.value.empty()) stored.set(row.member, parsed(row.value));
  const auto state = consent::parse_state(stored, "shop");
  REQUIRE_FALSE(state);
  CHECK(state.error().code == row.code);
  CHECK(state.error().path == row.path);
}

TEST_CASE("state: every fault is listed, not only the first", "[consent]") {
  json::Value stored = parsed(k_stored);
  stored.set("purposes", 1).set("forms", 2).erase("edition");
  const auto state = consent::parse_state(stored, "shop");
  REQUIRE_FALSE(state);
  CHECK(state.errors().size() == 3);
  CHECK_FALSE(consent::parse_state(json::Value("text"), "shop"));
}

TEST_CASE("state: a scope that does not have its hash is refused", "[consent]") {
  const Shop shop;
  json::Value stored = consent::to_json(shop.after(shop.undecided(), Action::grant_all));
  stored.find("scope")->find("purposes")->push("smuggled");
  const auto state = consent::parse_state(stored, "shop");
  REQUIRE_FALSE(state);
  CHECK(state.error().code == "state_scope");
}

TEST_CASE("R-ALLUR-D: a state of one policy never satisfies another", "[consent]") {
  const Shop shop;
  const json::Value stored = consent::to_json(shop.after(shop.undecided(), Action::grant_all));
  CHECK(consent::parse_state(stored, "shop"));
  const auto other = consent::parse_state(stored, "shop-2");
  REQUIRE_FALSE(other);
  CHECK(other.error().code == "state_policy");
}

TEST_CASE("scope: what a decision was about, sorted, with its hash", "[consent]") {
  Shop shop;
  policy::Recipient nobody;
  nobody.id = "nobody";
  nobody.kind = "never";
  shop.policy.recipients.push_back(nobody);
  policy::Purpose app =
      test::purpose("in_app", policy::Control::switch_, policy::Category::analytics);
  app.surface = policy::Surface::app;
  shop.policy.purposes.push_back(app);
  policy::Purpose staff =
      test::purpose("payroll", policy::Control::switch_, policy::Category::analytics);
  staff.audience = {
      .visitor = false, .client = false, .applicant = false, .staff = true, .counterparty = false};
  shop.policy.purposes.push_back(staff);
  shop.services.back().declared = false;

  const consent::Scope scope = consent::scope_of(shop.policy, shop.services);
  CHECK(scope.purposes == policy::Ids{"ads", "comfort", "research", "statistics"});
  CHECK(scope.recipients == policy::Ids{"courier"});
  CHECK(scope.services.size() == 6);
  CHECK(scope.services.front() == "chat@Operator of chat");
  CHECK(consent::scope_sha256({.purposes = {"a"}, .recipients = {}, .services = {"s@o"}}) ==
        sha256_text(R"({"purposes":["a"],"recipients":[],"services":["s@o"]})"));
}

TEST_CASE("standing: a decision holds up to, not at, its expiry", "[consent]") {
  const Shop shop;
  const consent::State state = shop.after(shop.undecided(), Action::grant_all);
  REQUIRE(state.expires_at_ms == add(k_now, shop.policy.consent_term));
  struct Row {
    Millis now_ms;
    Status status;
    bool holds;
  };
  const Millis end = *state.expires_at_ms;
  const auto row =
      GENERATE_COPY(Row{k_now, Status::decided, true}, Row{end - 1, Status::decided, true},
                    Row{end, Status::expired, false}, Row{end + k_day, Status::expired, false});
  CAPTURE(row.now_ms);
  const auto standing = consent::standing(shop.policy, shop.services, state, row.now_ms);
  CHECK(standing.status == row.status);
  CHECK(standing.holds == row.holds);
  CHECK(shop.running(state, row.now_ms) ==
        (row.holds ? test::k_everything : test::k_only_necessary));
}

TEST_CASE("standing: what a wrong clock dated to the future is undecided, and nothing of it holds",
          "[consent]") {
  const Shop shop;
  const consent::State state = shop.after(shop.undecided(), Action::grant_all);
  const auto earlier = [&](Millis by) {
    return consent::standing(shop.policy, shop.services, state, k_now - by);
  };
  CHECK(earlier(k_day).status == Status::decided);
  CHECK(earlier(k_day + 1).status == Status::undecided);
  CHECK_FALSE(earlier(k_day + 1).holds);
  CHECK(shop.running(state, k_now - 365 * k_day) == test::k_only_necessary);

  consent::State single = shop.undecided();
  single.services.set("video", consent::Choice::granted, k_now);
  single.expires_at_ms = k_now + 366 * k_day;
  CHECK(consent::standing(shop.policy, shop.services, single, k_now).holds);
  single.expires_at_ms = k_now + 366 * k_day + 1;
  CHECK_FALSE(consent::standing(shop.policy, shop.services, single, k_now).holds);
}

TEST_CASE("standing: the term of a decision is the shop's setting", "[consent]") {
  Shop shop;
  shop.policy.consent_term = {.months = 0, .days = 30};
  const consent::State state = shop.after(shop.undecided(), Action::refuse_all);
  CHECK(shop.status(state, k_now + 30 * k_day - 1) == Status::decided);
  CHECK(shop.status(state, k_now + 30 * k_day) == Status::expired);
}

TEST_CASE(
    "R-ALL-11: a new edition keeps grants only where no purpose, recipient or service was added",
    "[consent]") {
  struct Row {
    std::string what;
    std::function<void(Shop&)> change;
    bool holds;
  };
  const auto add_recipient = [](Shop& shop, const char* id, const char* kind) {
    policy::Recipient recipient;
    recipient.id = id;
    recipient.kind = kind;
    shop.policy.recipients.push_back(recipient);
  };
  const std::vector<Row> rows = {
      {"nothing but the text", [](Shop&) {}, true},
      {"a purpose less", [](Shop& s) { s.policy.purposes.erase(s.policy.purposes.begin() + 4); },
       true},
      {"a recipient less", [](Shop& s) { s.policy.recipients.clear(); }, true},
      {"a service less", [](Shop& s) { s.services.pop_back(); }, true},
      {"an information purpose more",
       [](Shop& s) {
         s.policy.purposes.push_back(
             test::purpose("tax", policy::Control::information, policy::Category::necessary));
       },
       true},
      {"a sentence that nobody receives data",
       [&](Shop& s) { add_recipient(s, "nobody", "never"); }, true},
      {"a switch purpose more",
       [](Shop& s) {
         s.policy.purposes.push_back(
             test::purpose("profiling", policy::Control::switch_, policy::Category::analytics));
       },
       false},
      {"a recipient more", [&](Shop& s) { add_recipient(s, "insurer", "named"); }, false},
      {"a service more",
       [](Shop& s) {
         s.services.push_back(
             test::service("map", policy::Category::functional, {"comfort"}, "KZ"));
       },
       false},
      {"another operator behind a service",
       [](Shop& s) { s.named("counter").operator_name = "Somebody else"; }, false},
      {"one purpose for another",
       [](Shop& s) {
         s.policy.purposes[4] =
             test::purpose("profiling", policy::Control::switch_, policy::Category::marketing);
       },
       false}};
  for (const Row& row : rows) {
    CAPTURE(row.what);
    Shop shop;
    const consent::State state = shop.after(shop.undecided(), Action::grant_all);
    shop.policy.edition.text_sha256 = "edition-2";
    row.change(shop);
    const auto standing = consent::standing(shop.policy, shop.services, state, k_now);
    CHECK(standing.status == Status::stale);
    CHECK(standing.holds == row.holds);
    for (const policy::ServiceFacts& service : shop.services) {
      const bool run =
          consent::runs(consent::in_force(shop.policy, shop.services, state, k_now), service);
      CHECK(run == (row.holds || service.category == policy::Category::necessary));
    }
  }
}

TEST_CASE("R-ALL-11: an edition the shop declares equivalent is not a new one", "[consent]") {
  Shop shop;
  const consent::State state = shop.after(shop.undecided(), Action::grant_all);
  shop.policy.edition.text_sha256 = "edition-2";
  CHECK(shop.status(state) == Status::stale);
  shop.policy.edition.equivalent_to = {"edition-0", "edition-1"};
  CHECK(shop.status(state) == Status::decided);
  CHECK(shop.running(state) == test::k_everything);
}

TEST_CASE(
    "standing: within one edition a service more asks again, an operator spelled otherwise does "
    "not",
    "[consent]") {
  Shop shop;
  const consent::State state = shop.after(shop.undecided(), Action::grant_all);
  shop.named("counter").operator_name = "OPERATOR of counter";
  CHECK(shop.status(state) == Status::decided);
  shop.services.push_back(test::service("map", policy::Category::functional, {"comfort"}, "KZ"));
  CHECK(shop.status(state) == Status::stale);
  CHECK(shop.running(state) == test::k_only_necessary);
}

TEST_CASE("standing: a state without its scope holds only on the same edition or the same hash",
          "[consent]") {
  Shop shop;
  consent::State state = shop.after(shop.undecided(), Action::grant_all);
  state.scope.reset();
  const std::string hash = state.scope_sha256;
  SECTION("hash only") {
    shop.policy.edition.text_sha256 = "edition-2";
    CHECK(consent::standing(shop.policy, shop.services, state, k_now).holds);
    shop.services.pop_back();
    CHECK_FALSE(consent::standing(shop.policy, shop.services, state, k_now).holds);
  }
  SECTION("neither") {
    state.scope_sha256.clear();
    CHECK(consent::standing(shop.policy, shop.services, state, k_now).holds);
    shop.policy.edition.text_sha256 = "edition-2";
    CHECK_FALSE(consent::standing(shop.policy, shop.services, state, k_now).holds);
  }
}

TEST_CASE("in_force: what no longer holds is undecided again; refusals and form consents stay",
          "[consent]") {
  Shop shop;
  consent::State state = shop.after(shop.undecided(), Action::grant_all);
  consent::Act form;
  form.action = Action::form;
  form.form = "order";
  form.form_on = true;
  state = shop.after(state, form);
  consent::Act refuse;
  refuse.action = Action::withdraw_some;
  refuse.ids = {"pixel", "sms"};
  state = shop.after(state, refuse);
  const consent::State expired =
      consent::in_force(shop.policy, shop.services, state, *state.expires_at_ms);
  CHECK(shop.status(expired, *state.expires_at_ms) == Status::undecided);
  CHECK_FALSE(expired.purposes.granted("ads"));
  CHECK_FALSE(expired.transfers.granted("cross_border"));
  CHECK(expired.services.refused("pixel"));
  CHECK(expired.channels.refused("sms"));
  CHECK(expired.forms.granted("order"));
  CHECK_FALSE(expired.decided_at_ms.has_value());
  CHECK_FALSE(expired.expires_at_ms.has_value());
}

TEST_CASE(
    "gpc: a signal that came after the choice makes what is granted of marketing undecided again, "
    "and asks; a choice made with it stands",
    "[consent]") {
  Shop shop;
  consent::State state = shop.after(shop.undecided(), Action::grant_all);
  consent::State with_signal = state;
  with_signal.gpc = true;
  consent::heed_gpc(shop.policy, shop.services, with_signal);
  CHECK(consent::to_json(with_signal)["decided_at_ms"].is_integer());
  CHECK(with_signal.purposes.granted("ads"));

  consent::heed_gpc(shop.policy, shop.services, state);
  CHECK(shop.status(state, k_now) == Status::undecided);
  int marketing = 0;
  int others = 0;
  const consent::Grants now = consent::grants(shop.policy, shop.services, state, k_now);
  for (std::size_t i = 0; i < shop.services.size(); ++i) {
    if (shop.services[i].category == policy::Category::marketing) {
      CHECK_FALSE(now.runs[i]);
      ++marketing;
    } else if (now.runs[i]) {
      ++others;
    }
  }
  CHECK(marketing > 0);
  CHECK(others > 0);
}

TEST_CASE("gpc: a state without marketing in it is not touched by the signal", "[consent]") {
  Shop shop;
  const consent::State before = shop.after(shop.undecided(), Action::refuse_all);
  consent::State state = before;
  consent::heed_gpc(shop.policy, shop.services, state);
  CHECK(json::write(consent::to_json(state)) == json::write(consent::to_json(before)));
}

TEST_CASE("gpc: the stored state says that the signal was on, and only then", "[consent]") {
  Shop shop;
  consent::State state = shop.after(shop.undecided(), Action::grant_all);
  CHECK_FALSE(consent::to_json(state).has("gpc"));
  state.gpc = true;
  const auto read = consent::parse_state(consent::to_json(state), shop.policy.id);
  REQUIRE(read);
  CHECK(read->gpc);
}
