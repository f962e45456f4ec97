#include "receipt/kz.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace kelisim::receipt {
namespace {

void add(json::Value& list, const std::string& text) {
  const json::Value item(text);
  if (std::find(list.items().begin(), list.items().end(), item) == list.items().end())
    list.push(item);
}

void add_country(json::Value& list, const std::string& country) {
  if (country != "KZ" && country != "-" && !country.empty()) add(list, country);
}

void set_border(json::Value& kz, const policy::Policy& policy, const std::vector<Entry>& entries) {
  const policy::CrossBorder& border = policy.cross_border;
  json::Value countries = json::Value::array();
  for (const Entry& entry : entries) {
    for (const policy::ServiceFacts* service : entry.recipients)
      add_country(countries, service->operator_country);
  }
  if (border.localisation) add_country(countries, border.localisation->country);
  if (border.allowed.value_or(false) && border.countries) {
    for (const std::string& country : *border.countries) add_country(countries, country);
  }
  json::Value abroad = border.allowed ? json::Value(*border.allowed) : not_stated();
  const bool any = !countries.items().empty();
  if (any) abroad = true;
  // Allowed without a country, or not said at all: then which countries is not said either.
  const bool none = abroad.is_bool() && !abroad.as_bool();
  kz.set("cross_border_transfer", std::move(abroad))
      .set("cross_border_countries", any || none ? std::move(countries) : not_stated());
}

}  // namespace

json::Value kz_block(const policy::Policy& policy, const std::vector<Entry>& entries,
                     const Draft& draft) {
  json::Value words = json::Value::array();
  bool recipients = false;
  for (const Entry& entry : entries) {
    recipients = recipients || !entry.recipients.empty();
    for (const policy::DataItem* item : entry.data) add(words, item->name.in(draft.lang));
  }
  // The policy may be silent about recipients altogether.
  const bool silent = !recipients && policy.recipients.empty();
  json::Value kz = json::Value::object();
  kz.set("operator_name", operator_name(policy))
      .set("operator_bin", stated(policy.operator_.bin))
      .set("subject_name", json::Value())
      .set("consent_term", draft.validity)
      .set("third_party_transfer", silent ? not_stated() : json::Value(recipients))
      .set("public_sources",
           policy.public_sources ? json::Value(policy.public_sources->allowed) : not_stated())
      .set("pii_list", words.items().empty() ? not_stated() : std::move(words))
      .set("form", "other_confirmable");
  set_border(kz, policy, entries);
  return kz;
}

}  // namespace kelisim::receipt
