// Each vendor's calls, from choices alone: the vectors, and that nothing is granted to whoever does
// not run.
#include "signals/signals.hpp"

#include "json/reader.hpp"
#include "json/writer.hpp"
#include "support/catch.hpp"
#include "support/files.hpp"

using namespace kelisim;

namespace {

std::vector<policy::ServiceFacts> services_of(const json::Value& list, policy::Flags& runs) {
  std::vector<policy::ServiceFacts> out;
  for (const json::Value& item : list.items()) {
    const auto& parts = item.items();
    policy::ServiceFacts facts;
    facts.id = parts[0].as_string();
    for (const auto category :
         {policy::Category::functional, policy::Category::analytics, policy::Category::marketing}) {
      if (policy::name_of(category) == parts[1].as_string()) facts.category = category;
    }
    runs.push_back(parts[2].as_bool() ? 1 : 0);
    if (parts.size() > 3) {
      for (const json::Value& host : parts[3].items()) facts.hosts.push_back(host.as_string());
    }
    out.push_back(std::move(facts));
  }
  return out;
}

json::Value answer(const json::Value& entry) {
  policy::Flags runs;
  const auto services = services_of(entry["services"], runs);
  return signals::calls(services, {.runs = runs,
                                   .categories = &entry["categories"],
                                   .gpc = entry["gpc"].as_bool(),
                                   .region = entry["region"].as_string()});
}

}  // namespace

TEST_CASE("signals: the vectors", "[signals]") {
  const auto vectors = json::parse(test::read_file("tests/vectors/signals.json"));
  REQUIRE(vectors);
  int seen = 0;
  for (const json::Value& entry : (*vectors)["cases"].items()) {
    CAPTURE(entry["title"].as_string());
    CHECK(json::write(answer(entry)) == json::write(entry["want"]));
    ++seen;
  }
  CHECK(seen >= 11);
}

TEST_CASE("signals: whatever runs, the default of a page grants nothing but security",
          "[signals]") {
  const auto vectors = json::parse(test::read_file("tests/vectors/signals.json"));
  REQUIRE(vectors);
  for (const json::Value& entry : (*vectors)["cases"].items()) {
    CAPTURE(entry["title"].as_string());
    const std::string text = json::write(answer(entry)["default"]);
    const std::size_t first = text.find("granted");
    if (first != std::string::npos) {
      CHECK(text.substr(first - 19, 18) == "security_storage\":");
      CHECK(text.find("granted", first + 1) == std::string::npos);
    }
    CHECK(text.find("grantConsent") == std::string::npos);
    CHECK(text.find("\"grant\"") == std::string::npos);
  }
}

TEST_CASE("signals: services that only the catalogue names are told nothing", "[signals]") {
  policy::Flags runs;
  const auto list = json::parse(R"([["meta-pixel","marketing",false]])");
  auto services = services_of(*list, runs);
  services[0].declared = false;
  const json::Value categories = json::Value::object();
  signals::Choices choices;
  choices.runs = runs;
  choices.categories = &categories;
  CHECK(signals::calls(services, choices).is_null());
}
