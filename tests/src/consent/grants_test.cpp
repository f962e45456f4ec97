// What a state grants.
#include "consent/shop.hpp"
#include "json/writer.hpp"
#include "support/catch.hpp"

using namespace kelisim;
using consent::Action;
using consent::Choice;
using consent::Tri;
using policy::Category;
using test::k_day;
using test::k_now;
using test::Shop;

TEST_CASE("R-ALL-01: before a choice only what is necessary runs, however long one waits",
          "[consent]") {
  const Shop shop;
  const consent::State state = shop.undecided();
  for (const Millis wait : {Millis{0}, Millis{1}, k_day, 400 * k_day}) {
    CAPTURE(wait);
    CHECK(shop.status(state, k_now + wait) == consent::Status::undecided);
    CHECK(shop.running(state, k_now + wait) == test::k_only_necessary);
  }
  const auto grants = consent::grants(shop.policy, shop.services, state, k_now);
  CHECK(json::write(grants.purposes) ==
        R"({"ads":false,"comfort":false,"research":false,"statistics":false})");
  CHECK(json::write(grants.categories) ==
        R"({"analytics":"refused","functional":"refused","marketing":"refused"})");
  CHECK(json::write(grants.channels) ==
        R"({"email":false,"news_partners":false,"news_shop":false,"phone":false,"sms":false})");
  CHECK(json::write(grants.transfers) == R"({"cross_border":false})");
}

TEST_CASE("R-ALMA-04.2b: a recipient is off until every purpose it is for is granted",
          "[consent]") {
  const Shop shop;
  struct Row {
    policy::Ids granted;
    std::string running;
  };
  const auto row =
      GENERATE(Row{{}, "session payment"}, Row{{"comfort"}, "session payment chat"},
               Row{{"statistics"}, "session payment"}, Row{{"research"}, "session payment"},
               Row{{"statistics", "research"}, "session payment counter"},
               Row{{"comfort", "statistics", "research", "ads"}, "session payment chat counter"});
  consent::State state = shop.after(shop.undecided(), Action::refuse_all);
  for (const std::string& id : row.granted) state.purposes.set(id, Choice::granted);
  CHECK(shop.running(state) == row.running);
}

TEST_CASE("R-WEBP-05a: while the cross-border transfer is off, services abroad are off",
          "[consent]") {
  const Shop shop;
  consent::State state = shop.after(shop.undecided(), Action::grant_all);
  CHECK(shop.running(state) == test::k_everything);
  state.transfers.set("cross_border", Choice::refused);
  CHECK(shop.running(state) == "session payment chat counter");
  state.transfers.erase("cross_border");
  CHECK(shop.running(state) == "session payment chat counter");
  const auto grants = consent::grants(shop.policy, shop.services, state, k_now);
  CHECK(grants.lacks_transfer == policy::Flags{false, false, false, false, true, true, true});
}

TEST_CASE("runs: equals the rule for every set of grants, written the other way round",
          "[consent]") {
  // What keeps an optional service from running, asked one by one.
  for (unsigned bits = 0; bits < 1U << 8U; ++bits) {
    const bool first = (bits & 1U) != 0;
    const bool second = (bits & 2U) != 0;
    const bool names_second = (bits & 4U) != 0;
    const bool transfer = (bits & 8U) != 0;
    const bool abroad = (bits & 16U) != 0;
    const bool necessary = (bits & 32U) != 0;
    const unsigned itself = bits >> 6U;  // 0, 1: nothing said; 2: refused; 3: granted
    CAPTURE(bits);
    consent::State state;
    if (first) state.purposes.set("p1", Choice::granted);
    state.purposes.set("p2", second ? Choice::granted : Choice::refused);
    if (transfer) state.transfers.set("cross_border", Choice::granted);
    if (itself >= 2) state.services.set("s", itself == 2 ? Choice::refused : Choice::granted);
    policy::Ids purposes = {"p1"};
    if (names_second) purposes.emplace_back("p2");
    const auto service = test::service("s", necessary ? Category::necessary : Category::analytics,
                                       necessary ? policy::Ids{} : purposes, abroad ? "US" : "KZ");

    bool held = false;
    if (!first) held = true;
    if (names_second && !second) held = true;
    if (abroad && !transfer) held = true;
    if (itself == 2) held = true;
    if (itself == 3) held = false;
    if (necessary) held = false;
    CHECK(consent::runs(state, service) == !held);

    const bool only_transfer =
        held && first && (!names_second || second) && itself != 2 && abroad && !transfer;
    CHECK(consent::lacks_transfer(state, service) == only_transfer);
  }
}

TEST_CASE("runs: a service without purposes runs only when it is granted by itself", "[consent]") {
  const auto service = test::service("lonely", Category::functional, {}, "KZ");
  consent::State state;
  state.purposes.set("comfort", Choice::granted);
  state.transfers.set("cross_border", Choice::granted);
  CHECK_FALSE(consent::runs(state, service));
  state.services.set("lonely", Choice::granted);
  CHECK(consent::runs(state, service));
}

TEST_CASE("category: its switch stands over its switch purposes", "[consent]") {
  const Shop shop;
  struct Row {
    policy::Ids granted;
    Tri want;
  };
  const auto row =
      GENERATE(Row{{}, Tri::off}, Row{{"ads"}, Tri::off}, Row{{"statistics"}, Tri::mixed},
               Row{{"research", "ads"}, Tri::mixed}, Row{{"statistics", "research"}, Tri::on});
  consent::State state;
  for (const std::string& id : row.granted) state.purposes.set(id, Choice::granted);
  CHECK(consent::category(shop.policy, shop.services, state, Category::analytics) == row.want);
}

TEST_CASE(
    "category: without switch purposes it follows its services; with neither there is no switch",
    "[consent]") {
  Shop shop;
  std::erase_if(shop.policy.purposes, [](const policy::Purpose& p) { return p.id == "comfort"; });
  shop.named("chat").purposes.clear();
  shop.services.push_back(test::service("map", Category::functional, {}, "KZ"));
  const auto of = [&](const consent::State& state) {
    return consent::category(shop.policy, shop.services, state, Category::functional);
  };
  consent::State state;
  CHECK(of(state) == Tri::off);
  state.services.set("map", Choice::granted);
  CHECK(of(state) == Tri::mixed);
  state.services.set("chat", Choice::granted);
  CHECK(of(state) == Tri::on);
  std::erase_if(shop.services,
                [](const policy::ServiceFacts& s) { return s.category == Category::functional; });
  CHECK_FALSE(of(state).has_value());
  CHECK_FALSE(
      consent::category(shop.policy, shop.services, state, Category::necessary).has_value());
}

TEST_CASE("has_transfer: exists when a declared service is abroad", "[consent]") {
  Shop shop;
  CHECK(consent::has_transfer(shop.services));
  for (policy::ServiceFacts& service : shop.services) service.declared = !service.abroad;
  CHECK_FALSE(consent::has_transfer(shop.services));
  CHECK(
      json::write(consent::grants(shop.policy, shop.services, shop.undecided(), k_now).transfers) ==
      "{}");
  CHECK_FALSE(consent::has_transfer({}));
}
