#include "receipt/entries.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "json/reader.hpp"
#include "policy/switches.hpp"

namespace kelisim::receipt {
namespace {

template <class T>
void add(std::vector<T>& list, T item) {
  if (std::find(list.begin(), list.end(), item) == list.end()) list.push_back(std::move(item));
}

template <class T>
const T* find_id(const std::vector<T>& list, std::string_view id) {
  for (const T& item : list) {
    if (item.id == id) return &item;
  }
  return nullptr;
}

// "dpv:X" → "https://w3id.org/dpv#X"; "pd:" and "tech:" are its extensions.
std::string iri(std::string_view term) {
  const auto colon = term.find(':');
  std::string out = "https://w3id.org/dpv";
  if (term.substr(0, colon) != "dpv") out.append("/").append(term.substr(0, colon));
  return out.append("#").append(term.substr(colon + 1));
}

std::string_view type_of(policy::Category category) {
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

class Resolver {
 public:
  Resolver(const policy::Policy& policy, const std::vector<policy::ServiceFacts>& services,
           std::string_view lang)
      : policy_(policy), services_(services), lang_(lang) {}

  // Nothing when the policy has no such thing; an entry without id when it has, but does not rest
  // it on consent.
  std::optional<Entry> entry(const std::string& id) {
    const auto colon = id.find(':');
    const std::string_view scope =
        colon == std::string::npos ? std::string_view() : std::string_view(id).substr(0, colon);
    const std::string_view name =
        std::string_view(id).substr(colon == std::string::npos ? 0 : colon + 1);
    std::optional<Entry> out = colon == std::string::npos ? of_purpose(name)
                               : scope == "channel"       ? of_channel(name)
                               : scope == "transfer"      ? of_transfer(name)
                               : scope == "service"       ? of_service(name)
                               : scope == "form"          ? of_form(name)
                                                          : std::nullopt;
    if (out && !refused_) out->id = id;
    refused_ = false;
    return out;
  }

 private:
  std::optional<Entry> without_consent() {
    refused_ = true;
    return Entry();
  }

  std::optional<Entry> of_purpose(std::string_view id) {
    const policy::Purpose* purpose = policy_.purpose(id);
    if (purpose == nullptr) return std::nullopt;
    if (!policy::is_switch(*purpose) || purpose->basis != policy::Basis::consent)
      return without_consent();
    Entry out;
    out.text = purpose->name.in(lang_);
    out.category = purpose->category;
    out.clauses = purpose->clauses;
    take(out, *purpose);
    for (const policy::ServiceFacts& service : services_) {
      if (contains(service.purposes, id)) add_recipient(out, service);
    }
    complete(out);
    return out;
  }

  std::optional<Entry> of_channel(std::string_view id) {
    if (!policy_.messages) return std::nullopt;
    Entry out;
    if (const policy::Topic* topic = find_id(policy_.messages->topics, id)) {
      out.text = topic->name.in(lang_);
      out.clauses = topic->clauses;
      if (const policy::Purpose* purpose = policy_.purpose(topic->purpose)) take(out, *purpose);
    } else if (const policy::Channel* channel = find_id(policy_.messages->channels, id)) {
      out.text = channel->name.in(lang_);
      out.clauses = channel->clauses;
    } else {
      return std::nullopt;
    }
    if (out.types.empty()) out.types.push_back(iri("dpv:DirectMarketing"));
    return out;
  }

  std::optional<Entry> of_transfer(std::string_view id) {
    if (id != "cross_border") return std::nullopt;
    Entry out;
    out.text = lang_ == "kk"   ? "Дербес деректерді трансшекаралық беру"
               : lang_ == "ru" ? "Трансграничная передача персональных данных"
                               : "Cross-border transfer of personal data";
    out.clauses = policy_.cross_border.clauses;
    out.cross_border = true;
    for (const policy::ServiceFacts& service : services_) {
      if (!service.abroad || service.category == policy::Category::necessary) continue;
      add_recipient(out, service);
      take_purposes(out, service.purposes);
    }
    complete(out);
    return out;
  }

  std::optional<Entry> of_service(std::string_view id) {
    const policy::ServiceFacts* service = find_id(services_, id);
    if (service == nullptr || !service->declared) return std::nullopt;
    if (service->category == policy::Category::necessary) return without_consent();
    Entry out;
    out.service = service->name.in(lang_);
    out.category = service->category;
    out.clauses = service->clauses;
    for (const std::string& purpose_id : service->purposes) {
      const policy::Purpose* purpose = policy_.purpose(purpose_id);
      if (purpose == nullptr) continue;
      take(out, *purpose);
      out.text += (out.text.empty() ? "" : "; ") + purpose->name.in(lang_);
      if (service->clauses.empty()) {
        for (const std::string& clause : purpose->clauses) add(out.clauses, clause);
      }
    }
    if (out.text.empty()) out.text = out.service;
    add_recipient(out, *service);
    complete(out);
    return out;
  }

  std::optional<Entry> of_form(std::string_view id) {
    const policy::Form* form = find_id(policy_.forms, id);
    if (form == nullptr) return std::nullopt;
    Entry out;
    out.text = form->text.in(lang_);
    out.clauses = form->clauses;
    take_purposes(out, form->purposes);
    return out;
  }

  static bool contains(const policy::Ids& ids, std::string_view id) {
    return std::find(ids.begin(), ids.end(), id) != ids.end();
  }

  // A service of nobody outside the shop is no recipient; one that only the catalogue names is not
  // part of what was shown.
  static void add_recipient(Entry& out, const policy::ServiceFacts& service) {
    if (service.declared && service.operator_country != "-") add(out.recipients, &service);
  }

  void take(Entry& out, const policy::Purpose& purpose) {
    for (const std::string& term : purpose.dpv) add(out.types, iri(term));
    if (purpose.dpv.empty() && policy::is_switch(purpose))
      add(out.types, iri(type_of(purpose.category)));
    for (const std::string& id : purpose.data) {
      if (const policy::DataItem* item = find_id(policy_.data, id)) add(out.data, item);
    }
  }

  void take_purposes(Entry& out, const policy::Ids& ids) {
    for (const std::string& id : ids) {
      if (const policy::Purpose* purpose = policy_.purpose(id)) take(out, *purpose);
    }
  }

  // What happens on the page: without terms of its own the category's, without data of its own
  // what is collected automatically.
  void complete(Entry& out) {
    if (out.types.empty() && out.category) out.types.push_back(iri(type_of(*out.category)));
    if (!out.data.empty()) return;
    for (const policy::DataItem& item : policy_.data) {
      if (item.source == "automatic" && item.audience.in_shop()) out.data.push_back(&item);
    }
  }

  const policy::Policy& policy_;
  const std::vector<policy::ServiceFacts>& services_;
  std::string_view lang_;
  bool refused_ = false;
};

json::Value optional(std::string_view necessity) {
  if (necessity == "required") return false;
  if (necessity == "optional") return true;
  return not_stated();
}

}  // namespace

bool has_channel(const policy::Policy& policy, std::string_view id) {
  return policy.messages && (find_id(policy.messages->topics, id) != nullptr ||
                             find_id(policy.messages->channels, id) != nullptr);
}

Result<std::vector<Entry>> resolve(const policy::Policy& policy,
                                   const std::vector<policy::ServiceFacts>& services,
                                   const Draft& draft) {
  Resolver resolver(policy, services, draft.lang);
  std::vector<Entry> out;
  std::vector<Error> errors;
  for (std::size_t i = 0; i < draft.decisions.size(); ++i) {
    const std::string path = json::pointer("/draft/decisions", i) + "/purpose_id";
    std::optional<Entry> entry = resolver.entry(draft.decisions[i].purpose_id);
    if (!entry) {
      errors.push_back({"draft_unknown", path, "not in the policy"});
    } else if (entry->id.empty()) {
      errors.push_back({"draft_basis", path, "does not rest on consent"});
    } else {
      entry->state = draft.decisions[i].state;
      out.push_back(*std::move(entry));
    }
  }
  if (!errors.empty()) return errors;
  return out;
}

std::vector<Entry> fold_services(const std::vector<Entry>& entries) {
  std::vector<Entry> out;
  for (const Entry& entry : entries) {
    const auto alike = [&](const Entry& other) {
      return !other.service.empty() && other.state == entry.state;
    };
    const auto into =
        entry.service.empty() ? out.end() : std::find_if(out.begin(), out.end(), alike);
    if (into == out.end()) {
      out.push_back(entry);
      continue;
    }
    into->id += "," + entry.id.substr(entry.id.find(':') + 1);
    into->service += ", " + entry.service;
    if (into->text.find(entry.text) == std::string::npos) into->text += "; " + entry.text;
    if (into->category != entry.category) into->category.reset();
    for (const std::string& type : entry.types) add(into->types, type);
    for (const policy::DataItem* item : entry.data) add(into->data, item);
    for (const policy::ServiceFacts* recipient : entry.recipients) add(into->recipients, recipient);
    for (const std::string& clause : entry.clauses) add(into->clauses, clause);
  }
  return out;
}

json::Value pii_information(const Entry& entry) {
  json::Value out = json::Value::array();
  for (const policy::DataItem* data : entry.data) {
    json::Value item = json::Value::object();
    item.set("pii_type", iri(data->pii_type.empty() ? "dpv:PersonalData" : data->pii_type))
        .set("pii_optional", optional(data->necessity));
    if (data->special) item.set("special_pii_category", true);
    if (std::find(out.items().begin(), out.items().end(), item) == out.items().end())
      out.push(std::move(item));
  }
  if (out.items().empty()) {
    out.push(json::Value::object().set("pii_type", not_stated()).set("pii_optional", not_stated()));
  }
  return out;
}

json::Value not_stated() { return json::Value::object().set("not_stated", true); }

json::Value stated(const policy::Stated<std::string>& value) {
  return value ? json::Value(*value) : not_stated();
}

const std::string& operator_name(const policy::Policy& policy) {
  return policy.operator_.legal_name ? *policy.operator_.legal_name : policy.operator_.name;
}

}  // namespace kelisim::receipt
