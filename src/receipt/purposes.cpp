#include "receipt/purposes.hpp"

#include <utility>

#include "policy/switches.hpp"

namespace kelisim::receipt {
namespace {

template <class T>
const T* find_id(const std::vector<T>& list, const std::string& id) {
  for (const T& item : list) {
    if (item.id == id) return &item;
  }
  return nullptr;
}

// "dpv:X" → "https://w3id.org/dpv#X"; "pd:" and "tech:" are its extensions.
std::string iri(const std::string& term) {
  const auto colon = term.find(':');
  std::string out = "https://w3id.org/dpv";
  if (!term.starts_with("dpv:")) out.append("/").append(term, 0, colon);
  return out.append("#").append(term, colon + 1);
}

const char* type_of(policy::Category category) {
  switch (category) {
    case policy::Category::functional:
      return "dpv:ServicePersonalisation";
    case policy::Category::analytics:
      return "dpv:ServiceUsageAnalytics";
    case policy::Category::marketing:
      return "dpv:Advertising";
    case policy::Category::necessary:
      break;
  }
  return "dpv:ServiceProvision";
}

json::Value optional(const std::string& necessity) {
  if (necessity == "required") return false;
  if (necessity == "optional") return true;
  return not_stated();
}

json::Value pii_information(const std::vector<const policy::DataItem*>& data) {
  json::Value out = json::Value::array();
  for (const policy::DataItem* item : data) {
    json::Value kind = json::Value::object();
    kind.set("pii_type", iri(item->pii_type.empty() ? "dpv:PersonalData" : item->pii_type));
    kind.set("pii_optional", optional(item->necessity));
    if (item->special) kind.set("special_pii_category", true);
    add_once(out.items(), kind);
  }
  if (data.empty()) {
    json::Value kind = json::Value::object();
    kind.set("pii_type", not_stated());
    kind.set("pii_optional", not_stated());
    out.push(std::move(kind));
  }
  return out;
}

/// "3.2.5", or "3.2.5 (printed 2.2.5)" where the text prints another number. The heading of
/// section 6 is "s6" and prints "6".
json::Value clause_labels(const policy::Policy& policy, const policy::ClauseIds& ids) {
  json::Value out = json::Value::array();
  for (const std::string& id : ids) {
    const policy::Clause* clause = policy.clause(id);
    const bool same = clause == nullptr || clause->printed.empty() || clause->printed == id ||
                      id == "s" + clause->printed;
    out.push(same ? id : id + " (printed " + clause->printed + ")");
  }
  return out;
}

std::string joined(const std::vector<std::string>& list, const char* separator) {
  std::string out;
  for (const std::string& text : list) {
    if (!out.empty()) out += separator;
    out += text;
  }
  return out;
}

}  // namespace

json::Value not_stated() {
  json::Value out = json::Value::object();
  out.set("not_stated", true);
  return out;
}

json::Value stated(const policy::Stated<std::string>& value) {
  return value ? json::Value(*value) : not_stated();
}

json::Value strings(const std::vector<std::string>& list) {
  json::Value out = json::Value::array();
  for (const std::string& text : list) out.push(text);
  return out;
}

Purposes::Found Purposes::write(const std::string& id, const std::string& label, json::Value& out) {
  entry_ = {};
  const auto colon = id.find(':');
  const std::string name = id.substr(colon + 1);
  Found found = Found::nothing;
  if (colon == std::string::npos) found = purpose(id);
  if (id.starts_with("channel:")) found = channel(name);
  if (id.starts_with("transfer:")) found = transfer(name, label);
  if (id.starts_with("service:")) found = services(name);
  if (id.starts_with("form:")) found = form(name);
  if (found == Found::written) {
    out.set("purpose_id", id);
    finish(out);
    if (id.starts_with("transfer:")) {
      out.set("processing_method", strings({"https://w3id.org/dpv#CrossBorderTransfer"}));
    }
  }
  return found;
}

Purposes::Found Purposes::purpose(const std::string& id) {
  const policy::Purpose* purpose = policy_.purpose(id);
  if (purpose == nullptr) return Found::nothing;
  if (!policy::is_switch(*purpose) || purpose->basis != policy::Basis::consent) {
    return Found::without_consent;
  }
  entry_.names.push_back(purpose->name.in(lang_));
  entry_.category = &purpose->category;
  entry_.clauses = purpose->clauses;
  entry_.on_page = true;
  take(*purpose);
  for (const policy::ServiceFacts& service : services_) {
    for (const std::string& served : service.purposes) {
      if (served == id) recipient(service);
    }
  }
  return Found::written;
}

Purposes::Found Purposes::channel(const std::string& id) {
  if (!policy_.messages) return Found::nothing;
  if (const policy::Topic* topic = find_id(policy_.messages->topics, id)) {
    entry_.names.push_back(topic->name.in(lang_));
    entry_.clauses = topic->clauses;
    take(policy::Ids{topic->purpose});
  } else if (const policy::Channel* channel = find_id(policy_.messages->channels, id)) {
    entry_.names.push_back(channel->name.in(lang_));
    entry_.clauses = channel->clauses;
    take_data(channel->data);
  } else {
    return Found::nothing;
  }
  if (entry_.types.empty()) entry_.types.emplace_back("dpv:DirectMarketing");
  return Found::written;
}

Purposes::Found Purposes::transfer(const std::string& id, const std::string& label) {
  if (id != "cross_border") return Found::nothing;
  // The policy has no name for the switch, the locales have. In a language that is not one of
  // ours, as the policy's own words: in Russian.
  entry_.names.emplace_back(!label.empty()  ? label
                            : lang_ == "kk" ? "Деректерді шетелге беру"
                            : lang_ == "en" ? "Transfer of data abroad"
                                            : "Передача данных за границу");
  entry_.clauses = policy_.cross_border.clauses;
  entry_.on_page = true;
  for (const policy::ServiceFacts& service : services_) {
    if (!service.abroad || service.category == policy::Category::necessary) continue;
    recipient(service);
    take(service.purposes);
  }
  return Found::written;
}

Purposes::Found Purposes::services(std::string_view ids) {
  while (true) {
    const auto comma = ids.find(',');
    const Found found = service(std::string(ids.substr(0, comma)));
    if (found != Found::written || comma == std::string_view::npos) return found;
    ids.remove_prefix(comma + 1);
  }
}

Purposes::Found Purposes::service(const std::string& id) {
  const policy::ServiceFacts* service = find_id(services_, id);
  if (service == nullptr || !service->declared) return Found::nothing;
  if (service->category == policy::Category::necessary) return Found::without_consent;
  const std::string& name = service->name.in(lang_);
  const bool first = entry_.services.empty();
  entry_.services.push_back(name);
  if (service->purposes.empty()) add_once(entry_.names, name);
  if (first) entry_.category = &service->category;
  if (entry_.category != nullptr && *entry_.category != service->category) {
    entry_.category = nullptr;
  }
  entry_.on_page = true;
  for (const std::string& clause : service->clauses) add_once(entry_.clauses, clause);
  for (const std::string& purpose_id : service->purposes) {
    const policy::Purpose* purpose = policy_.purpose(purpose_id);
    if (purpose == nullptr) continue;
    take(*purpose);
    add_once(entry_.names, purpose->name.in(lang_));
    if (!service->clauses.empty()) continue;
    for (const std::string& clause : purpose->clauses) add_once(entry_.clauses, clause);
  }
  recipient(*service);
  return Found::written;
}

Purposes::Found Purposes::form(const std::string& id) {
  const policy::Form* form = find_id(policy_.forms, id);
  if (form == nullptr) return Found::nothing;
  entry_.names.push_back(form->text.in(lang_));
  entry_.clauses = form->clauses;
  take_data(form->data);
  take(form->purposes);
  return Found::written;
}

void Purposes::take(const policy::Purpose& purpose) {
  for (const std::string& term : purpose.dpv) add_once(entry_.types, term);
  if (purpose.dpv.empty() && policy::is_switch(purpose)) {
    add_once(entry_.types, std::string(type_of(purpose.category)));
  }
  take_data(purpose.data);
}

void Purposes::take_data(const policy::Ids& ids) {
  for (const std::string& id : ids) {
    const policy::DataItem* item = find_id(policy_.data, id);
    if (item != nullptr) add_once(entry_.data, item);
  }
}

void Purposes::take(const policy::Ids& ids) {
  for (const std::string& id : ids) {
    const policy::Purpose* purpose = policy_.purpose(id);
    if (purpose != nullptr) take(*purpose);
  }
}

// A service of nobody outside the shop is no recipient; one that only the catalogue names is not
// part of what was shown.
void Purposes::recipient(const policy::ServiceFacts& service) {
  if (!service.declared || service.operator_country == "-") return;
  add_once(entry_.recipients, &service);
  add_once(recipients_, &service);
}

void Purposes::finish(json::Value& out) {
  if (entry_.types.empty() && entry_.category != nullptr) {
    entry_.types.emplace_back(type_of(*entry_.category));
  }
  if (entry_.data.empty() && entry_.on_page) {
    for (const policy::DataItem& item : policy_.data) {
      if (item.source == "automatic" && item.audience.in_shop()) entry_.data.push_back(&item);
    }
  }
  for (const policy::DataItem* item : entry_.data) add_once(data_, item);
  json::Value types = json::Value::array();
  for (const std::string& term : entry_.types) types.push(iri(term));
  json::Value recipients = json::Value::array();
  for (const policy::ServiceFacts* service : entry_.recipients) recipients.push(service->id);
  out.set("purpose", joined(entry_.names, "; "));
  if (entry_.category != nullptr) out.set("category", std::string(name_of(*entry_.category)));
  if (!entry_.services.empty()) out.set("service", joined(entry_.services, ", "));
  out.set("purpose_type", std::move(types));
  out.set("pii_information", pii_information(entry_.data));
  out.set("recipient_third_parties", std::move(recipients));
  out.set("clauses", clause_labels(policy_, entry_.clauses));
}

}  // namespace kelisim::receipt
