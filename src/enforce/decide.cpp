#include "enforce/decide.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "enforce/address.hpp"

namespace kelisim::enforce {
namespace {

constexpr std::array<std::string_view, 10> k_whys = {
    "first_party", "allowed_host", "necessary",  "granted", "on_action",
    "not_granted", "transfer",     "undeclared", "local",   "invalid_url"};

constexpr std::array<policy::StorageType, 3> k_storage_types = {
    policy::StorageType::cookie, policy::StorageType::local, policy::StorageType::session};

// Place in the table of decide.hpp; lower answers first.
int rank(Why why) {
  switch (why) {
    case Why::necessary:
      return 0;
    case Why::granted:
      return 1;
    case Why::on_action:
      return 2;
    case Why::transfer:
      return 3;
    default:
      return 4;
  }
}

}  // namespace

std::string_view name_of(Why why) { return k_whys[static_cast<std::size_t>(why)]; }

json::Value to_json(const Decision& decision) {
  json::Value out = json::Value::object();
  out.set("verdict", decision.allow ? "allow" : "hold").set("why", name_of(decision.why));
  if (!decision.service.empty()) out.set("service", decision.service);
  if (decision.placeholder) out.set("placeholder", true);
  return out;
}

Rules::Rules(const json::Value& snapshot)
    : expires_at_ms_(snapshot["expires_at_ms"].as_integer()),
      expires_(snapshot["expires_at_ms"].is_integer()),
      report_unknown_(snapshot["unknown"].as_string() == "report") {
  for (const json::Value& entry : snapshot["services"].items()) {
    const std::string& gate = entry["gate"].as_string();
    services_.push_back({.id = entry["id"].as_string(),
                         .necessary = entry["category"].as_string() == "necessary",
                         .run = entry["run"].as_bool(),
                         .on_action = gate == "allow_on_action",
                         .placeholder = gate == "placeholder",
                         .lacks_transfer = entry["lacks"].as_string() == "transfer"});
  }
  for (const json::Member& rule : snapshot["hosts"].members())
    at(rule.key).services = indexes(rule.value);
  std::size_t order = 0;
  for (const json::Value& rule : snapshot["paths"].items()) {
    const std::vector<json::Value>& parts = rule.items();
    if (parts.size() < 3) continue;
    at(parts[0].as_string()).paths.push_back({order++, parts[1].as_string(), indexes(parts[2])});
  }
  for (const json::Value& rule : snapshot["storage"].items()) {
    const std::vector<json::Value>& parts = rule.items();
    if (parts.size() < 4) continue;
    for (const policy::StorageType type : k_storage_types) {
      if (policy::name_of(type) != parts[0].as_string()) continue;
      storage_.push_back(
          {type, parts[1].as_string(), parts[2].as_string() == "prefix", indexes(parts[3])});
    }
  }
  for (const json::Value& site : snapshot["sites"].items()) sites_.push_back(site.as_string());
}

Rules::Indexes Rules::indexes(const json::Value& list) const {
  Indexes out;
  for (const json::Value& index : list.items()) {
    if (!index.is_integer() || index.as_integer() < 0) continue;
    if (static_cast<std::size_t>(index.as_integer()) >= services_.size()) continue;
    out.push_back(static_cast<std::uint16_t>(index.as_integer()));
  }
  return out;
}

Rules::HostRules& Rules::at(std::string_view host) {
  const auto place = std::lower_bound(
      hosts_.begin(), hosts_.end(), host,
      [](const HostRules& rules, std::string_view key) { return rules.host < key; });
  if (place != hosts_.end() && place->host == host) return *place;
  return *hosts_.insert(place, HostRules{std::string(host), {}, {}});
}

const Rules::HostRules* Rules::find(std::string_view host) const {
  const auto place = std::lower_bound(
      hosts_.begin(), hosts_.end(), host,
      [](const HostRules& rules, std::string_view key) { return rules.host < key; });
  return place != hosts_.end() && place->host == host ? &*place : nullptr;
}

Decision Rules::best(const Indexes& services, Millis now_ms, bool address) const {
  Decision out{.allow = false, .why = Why::undeclared, .service = {}, .placeholder = false};
  const bool expired = expires_ && now_ms >= expires_at_ms_;
  for (const std::uint16_t index : services) {
    const Service& service = services_[index];
    const bool run = service.run && (service.necessary || !expired);
    Why why = Why::not_granted;
    if (run) {
      why = service.on_action && address ? Why::on_action
            : service.necessary          ? Why::necessary
                                         : Why::granted;
    } else if (service.lacks_transfer && !expired) {
      why = Why::transfer;
    }
    const bool placeholder = service.placeholder && rank(why) > rank(Why::on_action);
    const bool first = out.service.empty();
    if (!first && rank(why) > rank(out.why)) continue;
    if (!first && rank(why) == rank(out.why) && (out.placeholder || !placeholder)) continue;
    out = {.allow = rank(why) < rank(Why::on_action),
           .why = why,
           .service = service.id,
           .placeholder = placeholder};
  }
  out.placeholder = out.placeholder && address;
  return out;
}

Decision Rules::decide(const Page& page, std::string_view url) const {
  const Address address = cut_address(url);
  if (address.kind == Address::Kind::invalid)
    return {.allow = false, .why = Why::invalid_url, .service = {}};
  if (address.kind == Address::Kind::local)
    return {.allow = true, .why = Why::local, .service = {}};

  const Indexes* by_path = nullptr;
  const Indexes* by_host = nullptr;
  std::size_t order = std::numeric_limits<std::size_t>::max();
  const auto look = [&](std::string_view key) {
    const HostRules* rules = find(key);
    if (rules == nullptr) return;
    for (const PathRule& rule : rules->paths) {
      if (rule.order >= order) break;
      if (!address.path.starts_with(rule.prefix)) continue;
      order = rule.order;
      by_path = &rule.services;
      break;
    }
    if (by_host == nullptr && !rules->services.empty()) by_host = &rules->services;
  };
  look(address.host);
  for (auto dot = address.host.find('.'); dot != std::string::npos;
       dot = address.host.find('.', dot + 1)) {
    look("*" + address.host.substr(dot));
  }
  look("");
  for (const Indexes* rule : {by_path, by_host}) {
    if (rule == nullptr) continue;
    const Decision decision = best(*rule, page.now_ms, true);
    if (!decision.service.empty()) return decision;
  }

  const auto ours = [&](std::string_view site) {
    return address.host == site || is_below(address.host, site);
  };
  if ((!page.host.empty() && ours(page.host)) || std::any_of(sites_.begin(), sites_.end(), ours)) {
    return {.allow = true, .why = Why::first_party, .service = {}};
  }
  if (std::any_of(page.allow.begin(), page.allow.end(),
                  [&](const std::string& pattern) { return host_fits(pattern, address.host); })) {
    return {.allow = true, .why = Why::allowed_host, .service = {}};
  }
  return {.allow = report_unknown_, .why = Why::undeclared, .service = {}};
}

Decision Rules::decide(policy::StorageType type, std::string_view name, Millis now_ms) const {
  const StorageRule* found = nullptr;
  for (const StorageRule& rule : storage_) {
    if (rule.type != type) continue;
    if (!rule.prefix && rule.name == name) {
      found = &rule;
      break;
    }
    if (rule.prefix && name.starts_with(rule.name) &&
        (found == nullptr || rule.name.size() > found->name.size())) {
      found = &rule;
    }
  }
  Decision out = found != nullptr ? best(found->services, now_ms, false) : Decision{};
  if (out.service.empty()) out = {.allow = true, .why = Why::undeclared, .service = {}};
  return out;
}

std::string host_of(std::string_view url) { return cut_address(url).host; }

}  // namespace kelisim::enforce
