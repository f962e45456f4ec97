// The rule of gate and engine: the shared vectors, requirements, and the same rule written without
// an index.
#include "enforce/decide.hpp"

#include <random>

#include "enforce/address.hpp"
#include "enforce/shop.hpp"
#include "json/writer.hpp"

using namespace kelisim;
using enforce::Decision;
using enforce::Page;
using enforce::Rules;
using enforce::Why;
using test::k_now;

namespace {

std::optional<policy::StorageType> storage_type(std::string_view kind) {
  if (kind == "cookie") return policy::StorageType::cookie;
  if (kind == "local") return policy::StorageType::local;
  if (kind == "session") return policy::StorageType::session;
  return std::nullopt;
}

Page page_of(std::string host, Millis now_ms = k_now) {
  Page page;
  page.host = std::move(host);
  page.now_ms = now_ms;
  return page;
}

// One service under one host rule.
json::Value one_rule(std::string_view category, std::string_view gate, bool run) {
  return json::Value::object()
      .set("services", json::Value::array().push(json::Value::object()
                                                     .set("id", "s")
                                                     .set("category", category)
                                                     .set("gate", gate)
                                                     .set("run", run)))
      .set("hosts", json::Value::object().set("s.example", json::Value::array().push(0)));
}

}  // namespace

TEST_CASE("decide: the vectors shared with the gate", "[enforce]") {
  const json::Value vectors = test::read_json("tests/vectors/decide.json");
  int decided = 0;
  for (const json::Value& entry : vectors["cases"].items()) {
    json::Value snapshot = entry.has("snapshot") ? json::Value::object() : vectors["snapshot"];
    if (entry.has("unknown")) snapshot.set("unknown", entry["unknown"]);
    const Rules rules(snapshot);
    Page page = page_of(enforce::host_of(entry["page"].as_string()), entry["now_ms"].as_integer());
    for (const json::Value& host : entry["allow"].items()) page.allow.push_back(host.as_string());
    for (const json::Value& item : entry["items"].items()) {
      CAPTURE(entry["title"].as_string(), json::write(item));
      const auto type = storage_type(item["kind"].as_string());
      const Decision decision = item.has("name")
                                    ? rules.decide(type, item["name"].as_string(), page.now_ms)
                                    : rules.decide(page, item["url"].as_string());
      CHECK(json::write(enforce::to_json(decision)) == json::write(item["want"]));
      ++decided;
    }
  }
  CHECK(decided > 100);
}

TEST_CASE(
    "R-ASTER-06.2.2, R-ALLUR-06.2.2: a third party nobody declared is held, whatever is granted",
    "[enforce]") {
  const policy::Policy policy = test::fixture_policy();
  const auto services = enforce::resolve(policy, nullptr);
  REQUIRE(services);
  const Rules rules(enforce::compile(policy, *services,
                                     test::everything_granted(*services, k_now + 1), k_now,
                                     enforce::Unknown::hold, nullptr));
  const Decision decision = rules.decide(page_of("shop.example"), "https://unknown.example/x.js");
  CHECK_FALSE(decision.allow);
  CHECK(decision.why == Why::undeclared);
  CHECK(decision.service.empty());
}

TEST_CASE("decide: the gate of an optional service opens nothing by itself", "[enforce]") {
  for (const char* category : {"functional", "analytics", "marketing"}) {
    for (const char* gate : {"block", "placeholder", "allow", "allow_on_action"}) {
      CAPTURE(category, gate);
      const Decision decision = Rules(one_rule(category, gate, false))
                                    .decide(page_of("shop.example"), "https://s.example/");
      CHECK_FALSE(decision.allow);
      CHECK(decision.why == Why::not_granted);
    }
  }
}

TEST_CASE("decide: a damaged snapshot allows no third party", "[enforce]") {
  const auto damaged = GENERATE(
      as<std::string>(), "null", "[]", "{}",
      R"({"services":{},"hosts":[],"paths":{},"storage":1,"sites":""})",
      R"({"hosts":{"s.example":[0]}})", R"({"services":[{"run":true}],"hosts":{"s.example":[0]}})",
      R"({"services":[{"id":"s","run":"yes","category":"necessary"}],"hosts":{"s.example":[0]}})",
      R"({"services":[{"id":"s","run":true,"category":"necessary"}],"hosts":{"s.example":[-1,1,"0",null]}})",
      R"({"services":[{"id":"s","run":true}],"paths":[["s.example"],["s.example","/"],7]})",
      R"({"services":[{"id":"s","run":true,"category":"analytics"}],"expires_at_ms":0,"hosts":{"s.example":[0]}})");
  CAPTURE(damaged);
  const auto snapshot = json::parse(damaged);
  REQUIRE(snapshot);
  CHECK_FALSE(Rules(*snapshot).decide(page_of("shop.example"), "https://s.example/").allow);
  CHECK(Rules(*snapshot).decide(page_of("shop.example"), "https://shop.example/").allow);
}

TEST_CASE(
    "decide: equals the rule read off the snapshot line by line, for random rules and addresses",
    "[enforce]") {
  std::mt19937 random(11);
  const auto pick = [&](const std::vector<std::string>& from) {
    return from[random() % from.size()];
  };
  const std::vector<std::string> hosts = {"a.example",  "b.example", "x.a.example", "y.x.a.example",
                                          "xa.example", "example",   "c.example",   "x.c.example"};
  const std::vector<std::string> patterns = {"a.example",  "*.a.example", "*.x.a.example",
                                             "b.example",  "*.example",   "x.a.example",
                                             "*.c.example"};
  const std::vector<std::string> paths = {"/", "/t", "/t?id=", "/track", "/a/b"};
  const std::vector<std::string> gates = {"block", "placeholder", "allow", "allow_on_action"};
  const std::vector<std::string> categories = {"necessary", "functional", "marketing"};

  for (int round = 0; round < 300; ++round) {
    json::Value services = json::Value::array();
    const auto indexes = [&] {
      json::Value list = json::Value::array();
      for (int i = 0; i < 4; ++i) {
        if (random() % 3 == 0) list.push(i);
      }
      if (list.items().empty()) list.push(static_cast<int>(random() % 4));
      return list;
    };
    for (int i = 0; i < 4; ++i) {
      json::Value service = json::Value::object();
      service.set("id", "s" + std::to_string(i))
          .set("category", pick(categories))
          .set("gate", pick(gates))
          .set("run", random() % 2 == 0);
      if (!service["run"].as_bool() && random() % 2 == 0) service.set("lacks", "transfer");
      services.push(std::move(service));
    }
    json::Value host_rules = json::Value::object();
    for (int i = 0; i < 3; ++i) host_rules.set(pick(patterns), indexes());
    json::Value path_rules = json::Value::array();
    for (int i = 0; i < 3; ++i) {
      path_rules.push(json::Value::array()
                          .push(random() % 3 == 0 ? std::string() : pick(patterns))
                          .push(pick(paths))
                          .push(indexes()));
    }
    const bool report = random() % 2 == 0;
    const Millis expires = random() % 2 == 0 ? k_now : k_now + 1;
    const json::Value snapshot = json::Value::object()
                                     .set("unknown", report ? "report" : "hold")
                                     .set("expires_at_ms", expires)
                                     .set("sites", json::Value::array().push("c.example"))
                                     .set("services", services)
                                     .set("hosts", host_rules)
                                     .set("paths", path_rules);
    const Rules rules(snapshot);
    Page page = page_of("b.example");
    page.allow = {"*.example"};

    for (int probe = 0; probe < 20; ++probe) {
      const std::string host = pick(hosts);
      const std::string path = pick(paths) + pick({"", "1", "x"});
      CAPTURE(json::write(snapshot), host, path);

      // The rule, word for word.
      const json::Value* rule = nullptr;
      for (const json::Value& entry : path_rules.items()) {
        const std::string& pattern = entry.items()[0].as_string();
        if (rule == nullptr && (pattern.empty() || enforce::host_fits(pattern, host)) &&
            path.starts_with(entry.items()[1].as_string())) {
          rule = &entry.items()[2];
        }
      }
      if (rule == nullptr) rule = host_rules.find(host);
      for (std::string rest = host; rule == nullptr && rest.find('.') != std::string::npos;) {
        rest = rest.substr(rest.find('.') + 1);
        rule = host_rules.find("*." + rest);
      }
      std::string want;
      if (rule != nullptr) {
        int best = 100;
        for (const json::Value& index : rule->items()) {
          const json::Value& service =
              services.items()[static_cast<std::size_t>(index.as_integer())];
          const bool necessary = service["category"].as_string() == "necessary";
          const std::string& gate = service["gate"].as_string();
          const bool live = expires > k_now;
          const bool runs = service["run"].as_bool() && (necessary || live);
          const int box = gate == "placeholder" ? 0 : 1;
          int place = 0;
          std::string say;
          if (runs && gate != "allow_on_action") {
            place = necessary ? 0 : 10;
            say = necessary ? "allow necessary" : "allow granted";
          } else if (runs) {
            place = 20;
            say = "hold on_action";
          } else if (service.has("lacks") && live) {
            place = 30 + box;
            say = "hold transfer";
          } else {
            place = 40 + box;
            say = "hold not_granted";
          }
          if (place >= 30 && box == 0) say += " placeholder";
          if (place < best) {
            best = place;
            want = say + " " + service["id"].as_string();
          }
        }
      } else if (host == "b.example" || enforce::is_below(host, "b.example") ||
                 host == "c.example" || enforce::is_below(host, "c.example")) {
        want = "allow first_party ";
      } else if (enforce::is_below(host, "example")) {
        want = "allow allowed_host ";
      } else {
        want = report ? "allow undeclared " : "hold undeclared ";
      }

      const Decision decision = rules.decide(page, "https://" + host + path);
      std::string got = decision.allow ? "allow " : "hold ";
      got.append(enforce::name_of(decision.why))
          .append(decision.placeholder ? " placeholder " : " ");
      got.append(decision.service);
      CHECK(got == want);
    }
  }
}
