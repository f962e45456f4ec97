// The catalogue, and the policy's services with its facts.
#include "enforce/catalogue.hpp"

#include "enforce/shop.hpp"

using namespace kelisim;
using enforce::Catalogue;
using policy::Category;
using policy::Gate;

namespace {

policy::Service named(std::string id) {
  policy::Service service;
  service.id = std::move(id);
  return service;
}

policy::Service own(std::string id) {
  policy::Service service = named(std::move(id));
  service.name.by_lang = {{"", "Own"}};
  service.operator_name = "Own LLP";
  service.operator_country = "KZ";
  service.category = Category::analytics;
  service.gate = Gate::block;
  return service;
}

policy::Policy with(std::vector<policy::Service> services) {
  policy::Policy policy = test::fixture_policy();
  policy.services = std::move(services);
  return policy;
}

}  // namespace

TEST_CASE("catalogue: every member of an entry is understood", "[enforce]") {
  const Catalogue catalogue = test::fixture_catalogue();
  CHECK(catalogue.size() == 5);
  CHECK(catalogue.ids() ==
        std::vector<std::string_view>{"maps", "metrics", "ads", "captcha", "cart"});
  CHECK(catalogue.has("ads"));
  CHECK_FALSE(catalogue.has("adds"));
  CHECK_FALSE(catalogue.facts("adds").has_value());

  const auto metrics = catalogue.facts("metrics");
  REQUIRE(metrics);
  CHECK(metrics->id == "metrics");
  CHECK(metrics->name.in("kk") == "Метрика");
  CHECK(metrics->operator_name == "Metrics");
  CHECK(metrics->operator_country == "RU");
  CHECK(metrics->category == Category::analytics);
  CHECK(metrics->gate == Gate::block);
  CHECK(metrics->kind == "counter");
  CHECK(metrics->hosts == std::vector<std::string>{"metrics.example"});
  CHECK(metrics->paths == std::vector<std::string>{"/metrics.js"});
  REQUIRE(metrics->storage.size() == 4);
  CHECK(metrics->storage[0].type == policy::StorageType::cookie);
  CHECK(metrics->storage[0].prefix);
  CHECK(metrics->storage[0].first_party);
  CHECK(metrics->storage[0].max_age_s == 31'536'000);
  CHECK(metrics->storage[1].type == policy::StorageType::local);
  CHECK_FALSE(metrics->storage[1].max_age_s.has_value());
  CHECK(metrics->storage[2].type == policy::StorageType::session);
  CHECK_FALSE(metrics->storage[2].prefix);
  CHECK(metrics->storage[2].max_age_s == 0);
  CHECK_FALSE(metrics->storage[3].first_party);

  CHECK(catalogue.facts("maps")->gate == Gate::placeholder);
  CHECK(catalogue.facts("maps")->category == Category::functional);
  CHECK(catalogue.facts("ads")->category == Category::marketing);
  CHECK(catalogue.facts("captcha")->gate == Gate::allow_on_action);
  CHECK(catalogue.facts("captcha")->category == Category::necessary);
  CHECK(catalogue.facts("cart")->gate == Gate::allow);
}

TEST_CASE("catalogue: an unknown category reads as the strictest, an unknown gate as block",
          "[enforce]") {
  auto document = test::read_json("tests/vectors/catalogue.json");
  document.find("services")->find("captcha")->set("g", "x").set("a", "");
  const auto catalogue = Catalogue::parse(std::move(document));
  REQUIRE(catalogue);
  CHECK(catalogue->facts("captcha")->category == Category::marketing);
  CHECK(catalogue->facts("captcha")->gate == Gate::block);
}

TEST_CASE("catalogue: a name may be one for all languages or one for each", "[enforce]") {
  auto document = test::read_json("tests/vectors/catalogue.json");
  document.find("services")
      ->find("maps")
      ->set("n", json::Value::object().set("kk", "Карталар").set("ru", "Карты").set("en", "Maps"));
  const auto catalogue = Catalogue::parse(std::move(document));
  REQUIRE(catalogue);
  const auto maps = catalogue->facts("maps");
  CHECK(maps->name.in("kk") == "Карталар");
  CHECK(maps->name.in("en") == "Maps");
  CHECK(catalogue->facts("metrics")->name.in("en") == "Метрика");
}

TEST_CASE("catalogue: what is none is refused", "[enforce]") {
  const auto parse = [](std::string_view text) {
    auto value = json::parse(text);
    REQUIRE(value);
    return Catalogue::parse(std::move(*value));
  };
  CHECK(parse("{}").error().code == "catalogue_format");
  CHECK(parse(R"({"format":"kelisim-catalogue-2","services":{}})").error().code ==
        "catalogue_format");
  CHECK(parse(R"({"format":"kelisim-catalogue-1","services":[]})").error().path == "/services");
  const auto lacking = parse(
      R"({"format":"kelisim-catalogue-1","services":{"a/b":{"n":"A","o":"A","c":"KZ","g":"m"}}})");
  REQUIRE_FALSE(lacking);
  CHECK(lacking.errors().size() == 2);
  CHECK(lacking.error() == Error{"catalogue_type", "/services/a~1b/k", "not a string"});
}

TEST_CASE("resolve: the document's members go over the catalogue's", "[enforce]") {
  const Catalogue catalogue = test::fixture_catalogue();
  policy::Service ads = named("ads");
  ads.name.by_lang = {{"ru", "Реклама"}};
  ads.category = Category::analytics;
  ads.gate = Gate::placeholder;
  ads.hosts = std::vector<std::string>{"ads.shop.example"};
  ads.clauses = {"1.2"};
  const auto services = enforce::resolve(with({ads}), &catalogue);
  REQUIRE(services);
  const policy::ServiceFacts& facts = services->at(0);
  CHECK(facts.name.in("ru") == "Реклама");
  CHECK(facts.operator_name == "Ads Inc.");
  CHECK(facts.category == Category::analytics);
  CHECK(facts.gate == Gate::placeholder);
  CHECK(facts.hosts == std::vector<std::string>{"ads.shop.example"});
  CHECK(facts.storage.size() == 1);
  CHECK(facts.abroad);
  CHECK(facts.declared);
  CHECK(facts.clauses == policy::ClauseIds{"1.2"});
}

TEST_CASE("resolve: purposes are the category's switch purposes, or the switch purposes named",
          "[enforce]") {
  struct Row {
    Category category;
    std::optional<policy::Ids> named;
    policy::Ids want;
  };
  const auto row = GENERATE(
      Row{Category::analytics, std::nullopt, {"statistics"}},
      Row{Category::marketing, std::nullopt, {"advertising"}},
      Row{Category::functional, std::nullopt, {}}, Row{Category::necessary, std::nullopt, {}},
      Row{Category::necessary, policy::Ids{"statistics"}, {}},
      Row{Category::analytics, policy::Ids{"advertising"}, {"advertising"}},
      Row{Category::analytics, policy::Ids{"order", "statistics"}, {"statistics"}},
      Row{Category::analytics, policy::Ids{"order"}, {}},
      Row{Category::analytics, policy::Ids{}, {}});
  policy::Service service = own("counter");
  service.category = row.category;
  service.purposes = row.named;
  const auto services = enforce::resolve(with({service}), nullptr);
  REQUIRE(services);
  CHECK(services->at(0).purposes == row.want);
}

TEST_CASE("resolve: abroad is where neither the shop's operator nor nobody sits", "[enforce]") {
  struct Row {
    std::string country;
    bool abroad;
  };
  const auto row = GENERATE(Row{"KZ", false}, Row{"-", false}, Row{"US", true}, Row{"RU", true});
  policy::Service service = own("counter");
  service.operator_country = row.country;
  CHECK(enforce::resolve(with({service}), nullptr)->at(0).abroad == row.abroad);
}

TEST_CASE("resolve: who nobody describes is an error with its place; everything is listed",
          "[enforce]") {
  const Catalogue catalogue = test::fixture_catalogue();
  policy::Service half = own("half");
  half.gate.reset();
  const policy::Policy policy = with({named("maps"), named("nobody"), own("mine"), half});
  const auto services = enforce::resolve(policy, &catalogue);
  REQUIRE_FALSE(services);
  REQUIRE(services.errors().size() == 2);
  CHECK(services.errors()[0].code == "service_unknown");
  CHECK(services.errors()[0].path == "/services/1");
  CHECK(services.errors()[1].path == "/services/3");
  CHECK(enforce::resolve(policy, nullptr).errors().size() == 3);
}

TEST_CASE("needed: services that lean on the catalogue, on the page's surface", "[enforce]") {
  policy::Service complete = own("complete");
  complete.hosts = std::vector<std::string>{};
  policy::Service app = named("ads");
  app.surface = policy::Surface::app;
  policy::Service both = named("metrics");
  both.surface = policy::Surface::both;
  CHECK(enforce::needed(with({named("maps"), complete, app, both, own("bare")})) ==
        std::vector<std::string>{"maps", "metrics", "bare"});
  CHECK(enforce::needed(test::fixture_policy()).empty());
}

TEST_CASE("resolve: a service that describes itself is the same with and without the catalogue",
          "[enforce]") {
  const Catalogue catalogue = test::fixture_catalogue();
  policy::Service ads = own("ads");
  ads.storage = std::vector<policy::StorageItem>{};
  for (const Catalogue* known : {static_cast<const Catalogue*>(nullptr), &catalogue}) {
    const auto services = enforce::resolve(with({ads}), known);
    REQUIRE(services);
    CHECK(services->at(0).hosts.empty());
    CHECK(services->at(0).operator_name == "Own LLP");
  }
}

TEST_CASE("resolve: services of the app alone are not on the page", "[enforce]") {
  policy::Service app = own("in_app");
  app.surface = policy::Surface::app;
  policy::Service both = own("everywhere");
  both.surface = policy::Surface::both;
  const auto services = enforce::resolve(with({app, both}), nullptr);
  REQUIRE(services);
  REQUIRE(services->size() == 1);
  CHECK(services->at(0).id == "everywhere");
}
