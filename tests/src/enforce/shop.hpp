// The policy of tests/vectors, its services and what a test wants granted, for tests of
// enforcement.
#pragma once

#include <string>

#include "enforce/snapshot.hpp"
#include "json/reader.hpp"
#include "policy/parse.hpp"
#include "support/catch.hpp"
#include "support/files.hpp"

namespace kelisim::test {

inline constexpr Millis k_now = 1'800'000'000'000;  // 2027-01-15T08:00:00Z

inline json::Value read_json(const std::string& path) {
  auto value = json::parse(read_file(path));
  REQUIRE(value);
  return *value;
}

inline policy::Policy fixture_policy() {
  auto policy = policy::parse(read_file("tests/vectors/policy.json"));
  REQUIRE(policy);
  return *policy;
}

inline enforce::Catalogue fixture_catalogue() {
  auto catalogue = enforce::Catalogue::parse(read_json("tests/vectors/catalogue.json"));
  REQUIRE(catalogue);
  return *catalogue;
}

/// Nothing decided: only what is necessary runs.
inline enforce::Granted nothing_granted(const std::vector<policy::ServiceFacts>& services) {
  enforce::Granted granted;
  granted.status = "undecided";
  for (const policy::ServiceFacts& service : services) {
    granted.runs.push_back(service.category == policy::Category::necessary);
    granted.lacks_transfer.push_back(false);
  }
  granted.purposes = granted.categories = granted.channels = granted.transfers =
      json::Value::object();
  return granted;
}

/// Everything that is declared runs until `expires_at_ms`.
inline enforce::Granted everything_granted(const std::vector<policy::ServiceFacts>& services,
                                           Millis expires_at_ms) {
  enforce::Granted granted = nothing_granted(services);
  granted.status = "decided";
  granted.runs.assign(services.size(), true);
  granted.expires_at_ms = expires_at_ms;
  for (const char* category : {"functional", "analytics", "marketing"})
    granted.categories.set(category, "granted");
  granted.transfers.set("cross_border", true);
  return granted;
}

}  // namespace kelisim::test
