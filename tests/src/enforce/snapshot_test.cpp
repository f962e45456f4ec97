// The compiled snapshot and the cookie beside it.
#include "enforce/snapshot.hpp"

#include <algorithm>

#include "enforce/decide.hpp"
#include "enforce/shop.hpp"
#include "json/writer.hpp"

using namespace kelisim;
using enforce::Rules;
using enforce::Unknown;
using enforce::Why;
using policy::Category;
using test::k_now;

namespace {

policy::ServiceFacts service(std::string id, std::vector<std::string> hosts,
                             std::vector<std::string> paths) {
  policy::ServiceFacts facts;
  facts.id = std::move(id);
  facts.category = Category::marketing;
  facts.hosts = std::move(hosts);
  facts.paths = std::move(paths);
  return facts;
}

policy::StorageItem item(policy::StorageType type, const char* name, bool prefix,
                         bool first_party = true) {
  return {.type = type,
          .name = name,
          .prefix = prefix,
          .first_party = first_party,
          .max_age_s = std::nullopt};
}

json::Value compiled(const std::vector<policy::ServiceFacts>& services,
                     Unknown unknown = Unknown::hold,
                     const enforce::Catalogue* catalogue = nullptr) {
  return enforce::compile(test::fixture_policy(), services, test::nothing_granted(services), k_now,
                          unknown, catalogue);
}

}  // namespace

TEST_CASE("snapshot: the fixture's policy gives the snapshot of tests/vectors, byte for byte",
          "[enforce]") {
  const policy::Policy policy = test::fixture_policy();
  const auto services = enforce::resolve(policy, nullptr);
  REQUIRE(services);
  // Statistics granted, advertising too, the transfer not.
  enforce::Granted granted;
  granted.status = "decided";
  granted.runs = {true, false, false, true};
  granted.lacks_transfer = {false, true, true, false};
  granted.purposes = json::Value::object().set("statistics", true).set("advertising", true);
  granted.categories =
      json::Value::object().set("analytics", "granted").set("marketing", "granted");
  granted.channels = json::Value::object().set("news_shop", false).set("email_channel", true);
  granted.transfers = json::Value::object().set("cross_border", false);
  granted.expires_at_ms = add(k_now, policy.consent_term);
  const json::Value snapshot =
      enforce::compile(policy, *services, granted, k_now, Unknown::hold, nullptr);
  CHECK(json::write(snapshot) + "\n" == test::read_file("tests/vectors/snapshot.json"));
}

TEST_CASE(
    "snapshot: rules that stand in several services are one rule; order does not depend on the "
    "document",
    "[enforce]") {
  const std::vector<policy::ServiceFacts> services = {
      service("a", {"b.example", "*.a.example", "b.example"},
              {"w.example/x", "/x", "*.w.example/x", "*.v.w.example/x"}),
      service("b", {"a.example", "b.example"}, {"w.example/x", "w.example/xyz", "w.example/b/"}),
      service("c", {}, {"w.example/a/", "nowhere"})};
  const json::Value snapshot = compiled(services);
  CHECK(json::write(snapshot["hosts"]) ==
        R"({"*.a.example":[0],"a.example":[1],"b.example":[0,1]})");
  CHECK(
      json::write(snapshot["paths"]) ==
      R"([["w.example","/xyz",[1]],["w.example","/a/",[2]],["w.example","/b/",[1]],["w.example","/x",[0,1]],)"
      R"(["*.v.w.example","/x",[0]],["*.w.example","/x",[0]],["","/x",[0]]])");
}

TEST_CASE("snapshot: storage of the shop's own origin only, exact before prefix, longest first",
          "[enforce]") {
  using policy::StorageType;
  auto facts = service("a", {}, {});
  facts.storage = {item(StorageType::session, "s", false),
                   item(StorageType::cookie, "_g", true),
                   item(StorageType::cookie, "_gat", true),
                   item(StorageType::cookie, "z", false),
                   item(StorageType::cookie, "third", false, false),
                   item(StorageType::local, "", true),
                   item(StorageType::cookie, "_g", true)};
  CHECK(
      json::write(compiled({facts})["storage"]) ==
      R"([["cookie","z","exact",[0]],["cookie","_gat","prefix",[0]],["cookie","_g","prefix",[0]],)"
      R"(["session","s","exact",[0]]])");
}

TEST_CASE(
    "snapshot: report adds the catalogue's optional services, held and marked as not declared",
    "[enforce]") {
  const enforce::Catalogue catalogue = test::fixture_catalogue();
  const std::vector<policy::ServiceFacts> services = {service("ads", {"own.example"}, {})};
  const json::Value held = compiled(services, Unknown::hold, &catalogue);
  CHECK(held["services"].items().size() == 1);
  CHECK(held["unknown"].as_string() == "hold");

  const json::Value snapshot = compiled(services, Unknown::report, &catalogue);
  CHECK(
      json::write(snapshot["services"]) ==
      R"([{"category":"marketing","gate":"block","id":"ads","run":false},)"
      R"({"category":"functional","declared":false,"gate":"placeholder","id":"maps","run":false},)"
      R"({"category":"analytics","declared":false,"gate":"block","id":"metrics","run":false}])");
  CHECK(snapshot["unknown"].as_string() == "report");

  const Rules rules(snapshot);
  enforce::Page page;
  page.host = "shop.example";
  page.now_ms = k_now;
  CHECK_FALSE(rules.decide(page, "https://metrics.example/m.js").allow);
  CHECK_FALSE(rules.decide(page, "https://shop.example/metrics.js").allow);
  CHECK_FALSE(rules.decide(policy::StorageType::cookie, "_mt1", k_now).allow);
  CHECK(rules.decide(page, "https://nobody.example/").allow);
  // What nobody can grant is not stricter than the unknown: a payment goes on, a basket is kept.
  CHECK(rules.decide(page, "https://captcha.example/").why == Why::undeclared);
  CHECK(rules.decide(policy::StorageType::cookie, "cart", k_now).allow);
  // The shop's own words about "ads" count, the catalogue's do not.
  CHECK(rules.decide(page, "https://ads.example/").why == Why::undeclared);
}

TEST_CASE("cookie: version, edition, one digit per category, last day in base 36", "[enforce]") {
  const policy::Policy policy = test::fixture_policy();
  const auto services = enforce::resolve(policy, nullptr);
  REQUIRE(services);
  const auto value = [&](const enforce::Granted& granted) {
    return enforce::cookie_value(
        enforce::compile(policy, *services, granted, k_now, Unknown::hold, nullptr));
  };
  CHECK(value(test::nothing_granted(*services)) == "1.ySbyFJLu.000.0");

  enforce::Granted granted = test::everything_granted(*services, k_now);
  granted.categories.erase("functional");
  CHECK(value(granted) == "1.ySbyFJLu.011.g2p");  // day 20833

  SECTION("a category of which one service may not run is not open") {
    granted.runs[2] = false;
    CHECK(value(granted) == "1.ySbyFJLu.012.g2p");
  }
  SECTION("a category of which only one service may run is not open") {
    granted.categories.set("marketing", "refused");
    granted.runs[1] = false;
    CHECK(value(granted) == "1.ySbyFJLu.012.g2p");
    granted.runs[2] = false;
    CHECK(value(granted) == "1.ySbyFJLu.010.g2p");
  }
  SECTION("a category that is granted in part is not open") {
    granted.categories.set("analytics", "mixed");
    CHECK(value(granted) == "1.ySbyFJLu.021.g2p");
  }
  SECTION("the day begins at midnight UTC") {
    granted.expires_at_ms = Millis{86'400'000} * 36 - 1;
    CHECK(value(granted).ends_with(".z"));
    granted.expires_at_ms = Millis{86'400'000} * 36;
    CHECK(value(granted).ends_with(".10"));
  }
}

TEST_CASE("cookie: it never says more than the snapshot, and nothing about who", "[enforce]") {
  const policy::Policy policy = test::fixture_policy();
  const auto services = enforce::resolve(policy, nullptr);
  REQUIRE(services);
  const std::vector<std::string> words = {"granted", "refused", "mixed"};
  for (std::size_t bits = 0; bits < 72; ++bits) {
    enforce::Granted granted = test::everything_granted(*services, k_now + 1);
    granted.runs = {bits % 2 == 1, bits / 2 % 2 == 1, bits / 4 % 2 == 1, true};
    granted.categories = json::Value::object()
                             .set("analytics", words[bits / 8 % 3])
                             .set("marketing", words[bits / 24]);
    const json::Value snapshot =
        enforce::compile(policy, *services, granted, k_now, Unknown::hold, nullptr);
    const std::string cookie = enforce::cookie_value(snapshot);
    CAPTURE(cookie, bits);
    CHECK(cookie.size() <= 24);
    const std::string digits = cookie.substr(11, 3);
    for (const json::Value& entry : snapshot["services"].items()) {
      const std::string& category = entry["category"].as_string();
      const char digit = category == "analytics"   ? digits[1]
                         : category == "marketing" ? digits[2]
                                                   : '0';
      if (digit == '1') CHECK(entry["run"].as_bool());
    }
  }
}
