// The five shops, consent and enforcement together: what loads before, after and without a choice.
#include "consent/act.hpp"
#include "enforce/decide.hpp"
#include "enforce/shop.hpp"
#include "json/writer.hpp"

using namespace kelisim;
using consent::Action;
using enforce::Decision;
using enforce::Rules;
using enforce::Why;
using policy::Category;
using test::k_now;

namespace {

struct Shop {
  policy::Policy policy;
  consent::Services services;

  [[nodiscard]] consent::State after(const consent::State& state, Action action) const {
    consent::Act act;
    act.action = action;
    act.by_person = true;
    act.at_ms = k_now;
    auto outcome = consent::apply(policy, services, state, act);
    REQUIRE(outcome);
    return outcome->state;
  }

  [[nodiscard]] json::Value snapshot(const consent::State& state, Millis now_ms = k_now) const {
    const auto grants = consent::grants(policy, services, state, now_ms);
    return enforce::compile(policy, services,
                            {.status = consent::name_of(grants.status),
                             .runs = grants.runs,
                             .lacks_transfer = grants.lacks_transfer,
                             .purposes = grants.purposes,
                             .categories = grants.categories,
                             .channels = grants.channels,
                             .transfers = grants.transfers,
                             .expires_at_ms = state.expires_at_ms},
                            now_ms, enforce::Unknown::hold, nullptr);
  }

  [[nodiscard]] enforce::Page page(Millis now_ms = k_now) const {
    enforce::Page page;
    page.host = policy.operator_.sites.front();
    page.now_ms = now_ms;
    return page;
  }
};

Shop shop(const std::string& name) {
  auto policy = policy::parse(test::policy_document(name));
  REQUIRE(policy);
  auto catalogue = enforce::Catalogue::parse(test::read_json("tests/vectors/catalogue-shops.json"));
  REQUIRE(catalogue);
  auto services = enforce::resolve(*policy, &*catalogue);
  if (!services) UNSCOPED_INFO(services.error().path << " " << services.error().message);
  REQUIRE(services);
  return {*std::move(policy), *std::move(services)};
}

// One address for each way a service's hosts and paths name it.
std::vector<std::string> addresses(const policy::ServiceFacts& service) {
  std::vector<std::string> out;
  const auto host = [](std::string pattern) {
    return pattern.starts_with("*.") ? "a" + pattern.substr(1) : pattern;
  };
  for (const std::string& pattern : service.hosts) out.push_back("https://" + host(pattern) + "/");
  for (const std::string& path : service.paths) {
    const auto slash = path.find('/');
    if (slash == 0) continue;
    out.push_back("https://" + host(path.substr(0, slash)) + path.substr(slash));
  }
  return out;
}

}  // namespace

TEST_CASE("vectors: the fixture's policy, decided, gives its state and snapshot byte for byte",
          "[enforce][shops]") {
  const policy::Policy policy = test::fixture_policy();
  const auto services = enforce::resolve(policy, nullptr);
  REQUIRE(services);
  const Shop here{policy, *services};
  consent::Act act;
  act.action = Action::save_choices;
  act.by_person = true;
  act.at_ms = k_now;
  act.draft.purposes.set("statistics", consent::Choice::granted);
  act.draft.purposes.set("advertising", consent::Choice::granted);
  act.draft.channels.set("email_channel", consent::Choice::granted);
  const auto outcome = consent::apply(here.policy, here.services,
                                      consent::undecided(here.policy, here.services), act);
  REQUIRE(outcome);
  const std::string state = test::read_file("tests/vectors/state.json");
  CHECK(json::write(consent::to_json(outcome->state)) + "\n" == state);
  CHECK(json::write(here.snapshot(outcome->state)) + "\n" ==
        test::read_file("tests/vectors/snapshot.json"));

  const auto restored =
      consent::parse_state(test::read_json("tests/vectors/state.json"), policy.id);
  REQUIRE(restored);
  CHECK(json::write(consent::to_json(*restored)) + "\n" == state);
  CHECK(consent::standing(here.policy, here.services, *restored, k_now).status ==
        consent::Status::decided);
}

TEST_CASE(
    "R-ALL-01, R-LETO-07.10b: on a first visit no address and no name of an optional service is "
    "open",
    "[enforce][shops]") {
  for (const char* name : test::k_policies) {
    CAPTURE(name);
    const Shop here = shop(name);
    const consent::State state = consent::undecided(here.policy, here.services);
    const Rules rules(here.snapshot(state));
    for (const policy::ServiceFacts& service : here.services) {
      if (service.category == Category::necessary) continue;
      for (const std::string& url : addresses(service)) {
        CAPTURE(service.id, url);
        CHECK_FALSE(rules.decide(here.page(), url).allow);
      }
      for (const policy::StorageItem& item : service.storage) {
        CAPTURE(service.id, item.name);
        if (item.first_party) CHECK_FALSE(rules.decide(item.type, item.name, k_now).allow);
      }
    }
    CHECK(rules.decide(here.page(), "https://" + here.page().host + "/app.js").why ==
          Why::first_party);
    CHECK(enforce::cookie_value(here.snapshot(state)).ends_with(".000.0"));
  }
}

TEST_CASE("R-LETO-06.2b, R-ALLUR-03.3c: only necessary means no third-party request",
          "[enforce][shops]") {
  for (const char* name : test::k_policies) {
    CAPTURE(name);
    const Shop here = shop(name);
    const Rules rules(here.snapshot(
        here.after(consent::undecided(here.policy, here.services), Action::refuse_all)));
    for (const policy::ServiceFacts& service : here.services) {
      if (service.category == Category::necessary) continue;
      for (const std::string& url : addresses(service)) {
        CAPTURE(service.id, url);
        const Decision decision = rules.decide(here.page(), url);
        CHECK_FALSE(decision.allow);
        CHECK(decision.why != Why::undeclared);
      }
    }
  }
}

TEST_CASE("R-ASTER-03.3.1a, R-ALLUR-03.3.1: the login's own cookies stay on after a refusal",
          "[enforce][shops]") {
  for (const char* name : test::k_policies) {
    CAPTURE(name);
    const Shop here = shop(name);
    const Rules rules(here.snapshot(
        here.after(consent::undecided(here.policy, here.services), Action::refuse_all)));
    int necessary = 0;
    for (const policy::ServiceFacts& service : here.services) {
      if (service.category != Category::necessary) continue;
      for (const policy::StorageItem& item : service.storage) {
        if (!item.first_party) continue;
        CAPTURE(service.id, item.name);
        CHECK(rules.decide(item.type, item.name, k_now).why == Why::necessary);
        ++necessary;
      }
    }
    CHECK(necessary > 0);
  }
}

TEST_CASE("R-ALMA-06.1b: after grant_all everything declared is open, until the decision ends",
          "[enforce][shops]") {
  for (const char* name : test::k_policies) {
    CAPTURE(name);
    const Shop here = shop(name);
    const consent::State state =
        here.after(consent::undecided(here.policy, here.services), Action::grant_all);
    const Rules rules(here.snapshot(state));
    for (const policy::ServiceFacts& service : here.services) {
      for (const std::string& url : addresses(service)) {
        CAPTURE(service.id, url);
        const Decision decision = rules.decide(here.page(), url);
        CHECK((decision.allow || decision.why == Why::on_action));
        const Decision late = rules.decide(here.page(*state.expires_at_ms), url);
        // An address may be shared with a necessary service, which goes on.
        if (service.category != Category::necessary)
          CHECK((!late.allow || late.why == Why::necessary));
      }
    }
    CHECK_FALSE(rules.decide(here.page(), "https://nobody.example/").allow);
  }
}

TEST_CASE(
    "R-WEBP-05a: every shop with services abroad has its own transfer switch, and off it holds "
    "them",
    "[enforce][shops]") {
  for (const char* name : test::k_policies) {
    CAPTURE(name);
    const Shop here = shop(name);
    REQUIRE(consent::has_transfer(here.services));
    consent::State state =
        here.after(consent::undecided(here.policy, here.services), Action::grant_all);
    state.transfers.set("cross_border", consent::Choice::refused);
    const Rules rules(here.snapshot(state));
    for (const policy::ServiceFacts& service : here.services) {
      if (service.category == Category::necessary) continue;
      CAPTURE(service.id);
      CHECK(consent::runs(state, service) == !service.abroad);
      for (const std::string& url : addresses(service)) {
        const Decision decision = rules.decide(here.page(), url);
        CAPTURE(url);
        if (service.abroad && decision.service == service.id) CHECK(decision.why == Why::transfer);
      }
    }
  }
}

TEST_CASE(
    "R-ALMA-06.3: an embed that is held says so with a placeholder, and granting it opens it alone",
    "[enforce][shops]") {
  for (const char* name : test::k_policies) {
    CAPTURE(name);
    const Shop here = shop(name);
    const consent::State undecided = consent::undecided(here.policy, here.services);
    for (const policy::ServiceFacts& service : here.services) {
      if (service.gate != policy::Gate::placeholder || addresses(service).empty()) continue;
      CAPTURE(service.id);
      const std::string url = addresses(service).front();
      CHECK(Rules(here.snapshot(undecided)).decide(here.page(), url).placeholder);
      consent::Act act;
      act.action = Action::grant_service;
      act.by_person = true;
      act.at_ms = k_now;
      act.service = service.id;
      const auto outcome = consent::apply(here.policy, here.services, undecided, act);
      REQUIRE(outcome);
      CHECK(Rules(here.snapshot(outcome->state)).decide(here.page(), url).why == Why::granted);
      for (std::size_t i = 0; i < here.services.size(); ++i) {
        const bool expected =
            here.services[i].category == Category::necessary || here.services[i].id == service.id;
        CHECK(outcome->runs_now[i] == expected);
      }
    }
  }
}
