#include "enforce/snapshot.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "core/sort.hpp"

namespace kelisim::enforce {
namespace {

constexpr Millis k_day_ms = 86'400'000;

constexpr std::array<policy::Category, 3> k_optional = {
    policy::Category::functional, policy::Category::analytics, policy::Category::marketing};

// Rules are sorted as texts: a key whose bytes give the order of snapshot.hpp, then the service.
// One kind of sort serves all three, which matters in a module that a page loads.

std::string two_bytes(std::size_t number) {
  return {static_cast<char>(number >> 8U), static_cast<char>(number & 0xFFU)};
}

std::size_t number_at(std::string_view text, std::size_t place) {
  return static_cast<std::size_t>(static_cast<unsigned char>(text[place])) << 8U |
         static_cast<unsigned char>(text[place + 1]);
}

// The text behind its length, so that longer ones come first. No rule is longer than two bytes say.
std::string longest_first(std::string_view text) {
  return two_bytes(0xFFFF - text.size()).append(text);
}

// Takes what longest_first() wrote off the front.
std::string_view take(std::string_view& key) {
  const std::string_view text = key.substr(2, 0xFFFF - number_at(key, 0));
  key.remove_prefix(2 + text.size());
  return text;
}

char digit(int number) { return static_cast<char>('0' + number); }

struct Rules {
  std::vector<std::string> hosts;    // host
  std::vector<std::string> paths;    // longest_first(prefix), rank of the host, longest_first(host)
  std::vector<std::string> storage;  // type, 0 exact or 1 prefix, longest_first(name)
};

void collect(const policy::ServiceFacts& service, std::size_t index, Rules& rules) {
  const auto add = [&](std::vector<std::string>& list, std::string key) {
    if (key.size() < 0xFFFF) list.push_back(std::move(key.append(two_bytes(index))));
  };
  for (const std::string& host : service.hosts) add(rules.hosts, host);
  for (const std::string& path : service.paths) {
    const auto slash = path.find('/');
    if (slash == std::string::npos || path.size() >= 0xFFFF) continue;
    const std::string host = path.substr(0, slash);
    const int rank = host.empty() ? 2 : host[0] == '*' ? 1 : 0;
    add(rules.paths,
        longest_first(std::string_view(path).substr(slash)) + digit(rank) + longest_first(host));
  }
  for (const policy::StorageItem& item : service.storage) {
    // An empty prefix would be every name there is.
    if (!item.first_party || item.name.empty() || item.name.size() >= 0xFFFF) continue;
    add(rules.storage, std::string{digit(static_cast<int>(item.type)), digit(item.prefix ? 1 : 0)} +
                           longest_first(item.name));
  }
}

// Sorts the rules and calls `emit(key, services)` once for each key.
template <class Emit>
void merged(std::vector<std::string>& rules, Emit emit) {
  sort(rules);
  rules.erase(std::unique(rules.begin(), rules.end()), rules.end());
  const auto key = [&](std::size_t i) {
    return std::string_view(rules[i]).substr(0, rules[i].size() - 2);
  };
  for (std::size_t i = 0; i < rules.size();) {
    json::Value services = json::Value::array();
    std::size_t j = i;
    for (; j < rules.size() && key(j) == key(i); ++j) {
      services.push(static_cast<std::int64_t>(number_at(rules[j], rules[j].size() - 2)));
    }
    emit(key(i), std::move(services));
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
  std::size_t index = 0;
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
  merged(rules.hosts, [&](std::string_view key, json::Value indexes) {
    hosts.members().push_back({std::string(key), std::move(indexes)});
  });
  json::Value paths = json::Value::array();
  merged(rules.paths, [&](std::string_view key, json::Value indexes) {
    const std::string_view prefix = take(key);
    key.remove_prefix(1);
    paths.push(json::Value::array().push(take(key)).push(prefix).push(std::move(indexes)));
  });
  json::Value storage = json::Value::array();
  merged(rules.storage, [&](std::string_view key, json::Value indexes) {
    const auto type = static_cast<policy::StorageType>(key[0] - '0');
    const char* match = key[1] == '1' ? "prefix" : "exact";
    key.remove_prefix(2);
    storage.push(json::Value::array()
                     .push(policy::name_of(type))
                     .push(take(key))
                     .push(match)
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
