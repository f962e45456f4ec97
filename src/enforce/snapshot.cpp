#include "enforce/snapshot.hpp"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

namespace kelisim::enforce {
namespace {

constexpr Millis k_day_ms = 86'400'000;

constexpr std::array<policy::Category, 3> k_optional = {
    policy::Category::functional, policy::Category::analytics, policy::Category::marketing};

std::size_t host_rank(const std::string& host) {
  if (host.empty()) return 2;
  return host[0] == '*' ? 1 : 0;
}

struct HostRule {
  std::string host;
  int service;

  friend bool operator<(const HostRule& a, const HostRule& b) {
    return std::tie(a.host, a.service) < std::tie(b.host, b.service);
  }
  [[nodiscard]] bool same(const HostRule& other) const { return host == other.host; }
};

struct PathRule {
  std::string host;
  std::string prefix;
  int service;

  friend bool operator<(const PathRule& a, const PathRule& b) {
    if (a.prefix.size() != b.prefix.size()) return a.prefix.size() > b.prefix.size();
    if (a.prefix != b.prefix) return a.prefix < b.prefix;
    if (host_rank(a.host) != host_rank(b.host)) return host_rank(a.host) < host_rank(b.host);
    if (a.host.size() != b.host.size()) return a.host.size() > b.host.size();
    return std::tie(a.host, a.service) < std::tie(b.host, b.service);
  }
  [[nodiscard]] bool same(const PathRule& other) const {
    return host == other.host && prefix == other.prefix;
  }
};

struct StorageRule {
  policy::StorageType type;
  bool prefix;
  std::string name;
  int service;

  friend bool operator<(const StorageRule& a, const StorageRule& b) {
    if (a.type != b.type) return a.type < b.type;
    if (a.prefix != b.prefix) return !a.prefix;
    if (a.name.size() != b.name.size()) return a.name.size() > b.name.size();
    return std::tie(a.name, a.service) < std::tie(b.name, b.service);
  }
  [[nodiscard]] bool same(const StorageRule& other) const {
    return type == other.type && prefix == other.prefix && name == other.name;
  }
};

struct Rules {
  std::vector<HostRule> hosts;
  std::vector<PathRule> paths;
  std::vector<StorageRule> storage;
};

void collect(const policy::ServiceFacts& service, int index, Rules& rules) {
  for (const std::string& host : service.hosts) rules.hosts.push_back({host, index});
  for (const std::string& path : service.paths) {
    const auto slash = path.find('/');
    if (slash != std::string::npos)
      rules.paths.push_back({path.substr(0, slash), path.substr(slash), index});
  }
  for (const policy::StorageItem& item : service.storage) {
    // An empty prefix would be every name there is.
    if (item.first_party && !item.name.empty())
      rules.storage.push_back({item.type, item.prefix, item.name, index});
  }
}

// Sorts the rules and calls `emit(rule, services)` once for each that differs.
template <class Rule, class Emit>
void merged(std::vector<Rule>& rules, Emit emit) {
  std::sort(rules.begin(), rules.end());
  for (std::size_t i = 0; i < rules.size();) {
    json::Value services = json::Value::array();
    std::size_t j = i;
    for (; j < rules.size() && rules[j].same(rules[i]); ++j) {
      if (j == i || rules[j].service != rules[j - 1].service) services.push(rules[j].service);
    }
    emit(rules[i], std::move(services));
    i = j;
  }
}

json::Value service_entry(const policy::ServiceFacts& service, bool run, bool lacks_transfer) {
  json::Value entry = json::Value::object();
  entry.set("id", service.id)
      .set("category", policy::name_of(service.category))
      .set("gate", policy::name_of(service.gate))
      .set("run", run);
  if (lacks_transfer) entry.set("lacks", "transfer");
  if (!service.declared) entry.set("declared", false);
  return entry;
}

std::string base36(std::int64_t number) {
  constexpr std::string_view digits = "0123456789abcdefghijklmnopqrstuvwxyz";
  std::string out;
  for (; number > 0; number /= 36)
    out.insert(out.begin(), digits[static_cast<std::size_t>(number % 36)]);
  return out.empty() ? "0" : out;
}

}  // namespace

json::Value compile(const policy::Policy& policy, const std::vector<policy::ServiceFacts>& services,
                    const Granted& granted, Millis now_ms, Unknown unknown,
                    const Catalogue* catalogue) {
  json::Value list = json::Value::array();
  Rules rules;
  int index = 0;
  for (std::size_t i = 0; i < services.size(); ++i) {
    collect(services[i], index++, rules);
    list.push(service_entry(services[i], granted.runs[i], granted.lacks_transfer[i]));
  }
  if (unknown == Unknown::report && catalogue != nullptr) {
    for (const std::string_view id : catalogue->ids()) {
      const bool declared =
          std::any_of(services.begin(), services.end(),
                      [&](const policy::ServiceFacts& service) { return service.id == id; });
      auto facts = catalogue->facts(id);
      if (declared || !facts || facts->category == policy::Category::necessary) continue;
      facts->declared = false;
      collect(*facts, index++, rules);
      list.push(service_entry(*facts, false, false));
    }
  }

  json::Value hosts = json::Value::object();
  merged(rules.hosts, [&](const HostRule& rule, json::Value indexes) {
    hosts.members().push_back({rule.host, std::move(indexes)});
  });
  json::Value paths = json::Value::array();
  merged(rules.paths, [&](const PathRule& rule, json::Value indexes) {
    paths.push(json::Value::array().push(rule.host).push(rule.prefix).push(std::move(indexes)));
  });
  json::Value storage = json::Value::array();
  merged(rules.storage, [&](const StorageRule& rule, json::Value indexes) {
    storage.push(json::Value::array()
                     .push(policy::name_of(rule.type))
                     .push(rule.name)
                     .push(rule.prefix ? "prefix" : "exact")
                     .push(std::move(indexes)));
  });
  json::Value sites = json::Value::array();
  for (const std::string& site : policy.operator_.sites) sites.push(site);

  return json::Value::object()
      .set("format", "kelisim-snapshot-1")
      .set("policy", policy.id)
      .set("edition", policy.edition.text_sha256)
      .set("status", granted.status)
      .set("made_at_ms", now_ms)
      .set("expires_at_ms",
           granted.expires_at_ms ? json::Value(*granted.expires_at_ms) : json::Value())
      .set("unknown", unknown == Unknown::report ? "report" : "hold")
      .set("sites", std::move(sites))
      .set("services", std::move(list))
      .set("hosts", std::move(hosts))
      .set("paths", std::move(paths))
      .set("storage", std::move(storage))
      .set("purposes", granted.purposes)
      .set("categories", granted.categories)
      .set("channels", granted.channels)
      .set("transfers", granted.transfers);
}

std::string cookie_value(const json::Value& snapshot) {
  std::string out = "1." + snapshot["edition"].as_string().substr(0, 8) + ".";
  for (const policy::Category id : k_optional) {
    const std::string_view name = policy::name_of(id);
    const std::string& category = snapshot["categories"][name].as_string();
    bool all = category == "granted";
    bool some = category == "granted" || category == "mixed";
    for (const json::Value& service : snapshot["services"].items()) {
      if (service["category"].as_string() != name || service.has("declared")) continue;
      all = all && service["run"].as_bool();
      some = some || service["run"].as_bool();
    }
    out += all ? '1' : some ? '2' : '0';
  }
  return out + "." + base36(snapshot["expires_at_ms"].as_integer() / k_day_ms);
}

}  // namespace kelisim::enforce
