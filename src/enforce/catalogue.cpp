#include "enforce/catalogue.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "core/sort.hpp"
#include "json/reader.hpp"
#include "policy/switches.hpp"

namespace kelisim::enforce {
namespace {

// The index of a one-letter code in `letters`; an unknown letter reads as the first.
std::size_t letter(const json::Value& value, std::string_view letters) {
  const std::string& text = value.as_string();
  const auto place = text.size() == 1 ? letters.find(text[0]) : std::string_view::npos;
  return place == std::string_view::npos ? 0 : place;
}

std::vector<std::string> strings(const json::Value& list) {
  std::vector<std::string> out;
  for (const json::Value& entry : list.items()) out.push_back(entry.as_string());
  return out;
}

policy::StorageItem storage_item(const json::Value& entry) {
  const std::vector<json::Value>& parts = entry.items();
  policy::StorageItem item;
  if (parts.size() < 4) return item;
  item.type = static_cast<policy::StorageType>(letter(parts[0], "cls"));
  item.name = parts[1].as_string();
  item.prefix = parts[2].as_integer() == 1;
  item.first_party = parts[3].as_integer() == 1;
  if (parts.size() > 4 && parts[4].is_integer()) item.max_age_s = parts[4].as_integer();
  return item;
}

bool described(const policy::Service& service) {
  return !service.name.empty() && !service.operator_name.empty() &&
         !service.operator_country.empty() && service.category && service.gate;
}

policy::Ids purposes_of(const policy::Policy& policy, const policy::Service& service,
                        policy::Category category) {
  policy::Ids out;
  if (category == policy::Category::necessary) return out;
  for (const policy::Purpose& purpose : policy.purposes) {
    if (!policy::is_switch(purpose)) continue;
    const bool named =
        service.purposes ? contains(*service.purposes, purpose.id) : purpose.category == category;
    if (named) out.push_back(purpose.id);
  }
  return out;
}

template <class T>
void override_with(T& fact, const std::optional<T>& own) {
  if (own) fact = *own;
}

void override_with(std::string& fact, const std::string& own) {
  if (!own.empty()) fact = own;
}

}  // namespace

Result<Catalogue> Catalogue::parse(json::Value value) {
  if (value["format"].as_string() != "kelisim-catalogue-1") {
    return Error{"catalogue_format", "/format", "not kelisim-catalogue-1"};
  }
  json::Value* services = value.find("services");
  if (services == nullptr || !services->is_object())
    return Error{"catalogue_type", "/services", "not an object"};
  std::vector<Error> errors;
  for (const json::Member& service : services->members()) {
    for (const std::string_view key : {"n", "o", "c", "g", "k", "a"}) {
      if (!service.value[key].is_string() && !(key == "n" && service.value[key].is_object())) {
        errors.push_back({"catalogue_type",
                          json::pointer(json::pointer("/services", service.key), key),
                          "not a string"});
      }
    }
  }
  if (!errors.empty()) return errors;
  Catalogue catalogue;
  catalogue.services_ = std::move(*services);
  return catalogue;
}

std::vector<std::string_view> Catalogue::ids() const {
  std::vector<std::string_view> out;
  for (const json::Member& service : services_.members()) out.emplace_back(service.key);
  return out;
}

std::optional<policy::ServiceFacts> Catalogue::facts(std::string_view id) const {
  const json::Value* entry = services_.find(id);
  if (entry == nullptr) return std::nullopt;
  policy::ServiceFacts facts;
  facts.id = id;
  const json::Value& name = (*entry)["n"];
  if (name.is_string()) facts.name.by_lang.emplace_back("", name.as_string());
  for (const json::Member& text : name.members())
    facts.name.by_lang.emplace_back(text.key, text.value.as_string());
  facts.operator_name = (*entry)["o"].as_string();
  facts.operator_country = (*entry)["c"].as_string();
  // An unknown category is the strictest; an unknown gate blocks.
  facts.category = std::array{policy::Category::marketing, policy::Category::analytics,
                              policy::Category::functional,
                              policy::Category::necessary}[letter((*entry)["g"], "mafn")];
  facts.gate = static_cast<policy::Gate>(letter((*entry)["a"], "bpao"));
  facts.kind = (*entry)["k"].as_string();
  facts.hosts = strings((*entry)["h"]);
  facts.paths = strings((*entry)["p"]);
  for (const json::Value& item : (*entry)["s"].items()) facts.storage.push_back(storage_item(item));
  return facts;
}

bool leans_on_catalogue(const policy::Service& service) {
  return !described(service) || (!service.hosts && !service.paths && !service.storage);
}

std::vector<std::string> needed(const policy::Policy& policy) {
  std::vector<std::string> out;
  for (const policy::Service& service : policy.services) {
    if (service.surface != policy::Surface::app && leans_on_catalogue(service))
      out.push_back(service.id);
  }
  return out;
}

Result<std::vector<policy::ServiceFacts>> resolve(const policy::Policy& policy,
                                                  const Catalogue* catalogue) {
  std::vector<policy::ServiceFacts> out;
  std::vector<Error> errors;
  for (std::size_t i = 0; i < policy.services.size(); ++i) {
    const policy::Service& service = policy.services[i];
    if (service.surface == policy::Surface::app) continue;
    std::optional<policy::ServiceFacts> known;
    if (catalogue != nullptr && leans_on_catalogue(service)) known = catalogue->facts(service.id);
    if (!known && !described(service)) {
      errors.push_back(
          {"service_unknown", json::pointer("/services", i),
           "\"" + service.id + "\" is not in the catalogue and does not describe itself"});
      continue;
    }
    policy::ServiceFacts facts = known ? *std::move(known) : policy::ServiceFacts();
    facts.id = service.id;
    if (!service.name.empty()) facts.name = service.name;
    override_with(facts.operator_name, service.operator_name);
    override_with(facts.operator_country, service.operator_country);
    override_with(facts.category, service.category);
    override_with(facts.gate, service.gate);
    override_with(facts.kind, service.kind);
    override_with(facts.hosts, service.hosts);
    override_with(facts.paths, service.paths);
    override_with(facts.storage, service.storage);
    facts.purposes = purposes_of(policy, service, facts.category);
    facts.abroad =
        facts.operator_country != "-" && facts.operator_country != policy.operator_.country;
    facts.declared = true;
    facts.clauses = service.clauses;
    out.push_back(std::move(facts));
  }
  if (!errors.empty()) return errors;
  return out;
}

}  // namespace kelisim::enforce
