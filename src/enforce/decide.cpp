#include "enforce/decide.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "enforce/address.hpp"

namespace kelisim::enforce {
namespace {

constexpr std::array<std::string_view, 10> k_whys = {
    "first_party", "allowed_host", "necessary",  "granted", "on_action",
    "not_granted", "transfer",     "undeclared", "local",   "invalid_url"};

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

Rules::Rules(json::Value snapshot) : snapshot_(std::move(snapshot)) {
  const std::vector<json::Member>& hosts = snapshot_["hosts"].members();
  sorted_ =
      std::is_sorted(hosts.begin(), hosts.end(),
                     [](const json::Member& a, const json::Member& b) { return a.key < b.key; });
}

const json::Value* Rules::host_rule(std::string_view host) const {
  const json::Value& hosts = snapshot_["hosts"];
  if (!sorted_) return hosts.find(host);
  const std::vector<json::Member>& rules = hosts.members();
  const auto place = std::lower_bound(
      rules.begin(), rules.end(), host,
      [](const json::Member& rule, std::string_view key) { return rule.key < key; });
  return place != rules.end() && place->key == host ? &place->value : nullptr;
}

Decision Rules::best(const json::Value& indexes, Millis now_ms, bool address) const {
  Decision out{.allow = false, .why = Why::undeclared, .service = {}, .placeholder = false};
  const std::vector<json::Value>& services = snapshot_["services"].items();
  const json::Value& expires_at_ms = snapshot_["expires_at_ms"];
  const bool expired = expires_at_ms.is_integer() && now_ms >= expires_at_ms.as_integer();
  for (const json::Value& index : indexes.items()) {
    const auto place = static_cast<std::uint64_t>(index.as_integer());
    if (!index.is_integer() || place >= services.size()) continue;
    const json::Value& service = services[static_cast<std::size_t>(place)];
    const std::string& gate = service["gate"].as_string();
    const bool necessary = service["category"].as_string() == "necessary";
    Why why = Why::not_granted;
    if (service["run"].as_bool() && (necessary || !expired)) {
      const bool on_action = address && gate == "allow_on_action";
      why = on_action ? Why::on_action : necessary ? Why::necessary : Why::granted;
    } else if (!expired && service["lacks"].as_string() == "transfer") {
      why = Why::transfer;
    }
    const bool held = rank(why) > rank(Why::on_action);
    const bool placeholder = held && gate == "placeholder";
    const bool first = out.service.empty();
    if (!first && rank(why) > rank(out.why)) continue;
    if (!first && rank(why) == rank(out.why) && (out.placeholder || !placeholder)) continue;
    out = {.allow = rank(why) < rank(Why::on_action),
           .why = why,
           .service = service["id"].as_string(),
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

  const json::Value* rule = nullptr;
  for (const json::Value& entry : snapshot_["paths"].items()) {
    const std::vector<json::Value>& parts = entry.items();
    if (parts.size() < 3 || !address.path.starts_with(parts[1].as_string())) continue;
    const std::string& pattern = parts[0].as_string();
    if (!pattern.empty() && !host_fits(pattern, address.host)) continue;
    rule = &parts[2];
    break;
  }
  if (rule == nullptr) rule = host_rule(address.host);
  for (auto dot = address.host.find('.'); rule == nullptr && dot != std::string::npos;
       dot = address.host.find('.', dot + 1)) {
    rule = host_rule("*" + address.host.substr(dot));
  }
  if (rule != nullptr) {
    const Decision decision = best(*rule, page.now_ms, true);
    if (!decision.service.empty()) return decision;
  }

  const auto ours = [&](std::string_view site) {
    return address.host == site || is_below(address.host, site);
  };
  bool first_party = !page.host.empty() && ours(page.host);
  for (const json::Value& site : snapshot_["sites"].items()) {
    first_party = first_party || ours(site.as_string());
  }
  if (first_party) return {.allow = true, .why = Why::first_party, .service = {}};
  for (const std::string& pattern : page.allow) {
    if (host_fits(pattern, address.host))
      return {.allow = true, .why = Why::allowed_host, .service = {}};
  }
  const bool report = snapshot_["unknown"].as_string() == "report";
  return {.allow = report, .why = Why::undeclared, .service = {}};
}

Decision Rules::decide(std::optional<policy::StorageType> type, std::string_view name,
                       Millis now_ms) const {
  const std::vector<json::Value>* found = nullptr;
  bool exact = false;
  for (const json::Value& rule : snapshot_["storage"].items()) {
    const std::vector<json::Value>& parts = rule.items();
    if (exact || parts.size() < 4) continue;
    if (type && parts[0].as_string() != policy::name_of(*type)) continue;
    const std::string& text = parts[1].as_string();
    exact = parts[2].as_string() == "exact" && text == name;
    const bool fits = parts[2].as_string() == "prefix" && name.starts_with(text) &&
                      (found == nullptr || text.size() > (*found)[1].as_string().size());
    if (exact || fits) found = &parts;
  }
  const Decision out = found != nullptr ? best((*found)[3], now_ms, false) : Decision{};
  if (!out.service.empty()) return out;
  return {.allow = true, .why = Why::undeclared, .service = {}};
}

std::string host_of(std::string_view url) { return cut_address(url).host; }

}  // namespace kelisim::enforce
