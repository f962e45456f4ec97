#include "receipt/build.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>

#include "core/encoding.hpp"
#include "core/time.hpp"
#include "json/reader.hpp"
#include "receipt/check.hpp"
#include "receipt/forms.hpp"
#include "receipt/jws.hpp"
#include "receipt/purposes.hpp"

namespace kelisim::receipt {
namespace {

struct Decision {
  std::string id;
  std::string state;
  bool by_itself;  // The person moved its own control.
  std::string label;
};

std::vector<Decision> decisions_of(const json::Value& draft) {
  std::vector<Decision> out;
  for (const json::Value& item : draft["decisions"].items()) {
    out.push_back({item["purpose_id"].as_string(), item["state"].as_string(),
                   item["explicit"].as_bool(), item["label"].as_string()});
  }
  return out;
}

// One decision for all services that were decided alike: "service:a,b,c".
std::vector<Decision> folded(const std::vector<Decision>& decisions) {
  std::vector<Decision> out;
  for (const Decision& decision : decisions) {
    Decision* into = nullptr;
    for (Decision& other : out) {
      if (other.state == decision.state && other.by_itself == decision.by_itself &&
          other.id.starts_with("service:"))
        into = &other;
    }
    if (into != nullptr && decision.id.starts_with("service:")) {
      into->id.append(",").append(decision.id, 8);
    } else {
      out.push_back(decision);
    }
  }
  return out;
}

bool has_channel(const policy::Policy& policy, const std::string& id) {
  if (!policy.messages) return false;
  for (const policy::Topic& topic : policy.messages->topics) {
    if (topic.id == id) return true;
  }
  for (const policy::Channel& channel : policy.messages->channels) {
    if (channel.id == id) return true;
  }
  return false;
}

json::Value retention(const policy::Policy& policy, const std::string& lang) {
  using Kind = policy::Term::Kind;
  if (policy.terms.empty()) return not_stated();
  const policy::Term& term = policy.terms.front();
  json::Value out = json::Value::object();
  switch (term.kind) {
    case Kind::duration:
      return term.duration;
    case Kind::unlimited:
      out.set("unlimited", true);
      break;
    case Kind::by_law:
      out.set("by_law", true);
      break;
    case Kind::until:
      out.set("until", term.until.in(lang));
      break;
    case Kind::not_stated:
      return not_stated();
  }
  return out;
}

// What the policy gives, and the withdrawal that the widget gives itself.
json::Value rights(const policy::Policy& policy) {
  std::vector<std::string> out;
  for (const policy::Right& right : policy.rights) {
    if (!right.not_stated) add_once(out, right.right);
  }
  add_once(out, std::string("withdrawal"));
  return strings(out);
}

// The contact the policy gives for withdrawing, else a general one, else any; kind "" = any.
const std::string* contact(const policy::Policy& policy, const char* kind) {
  const std::string* out = nullptr;
  int best = 0;
  for (const policy::Contact& contact : policy.contacts) {
    if (!contact.value || (*kind != '\0' && contact.kind != kind)) continue;
    const int worth = contact.purpose == "withdrawal" ? 3 : contact.purpose == "general" ? 2 : 1;
    if (worth <= best) continue;
    best = worth;
    out = &*contact.value;
  }
  return out;
}

const std::string& operator_name(const policy::Policy& policy) {
  return policy.operator_.legal_name ? *policy.operator_.legal_name : policy.operator_.name;
}

class Builder {
 public:
  Builder(const policy::Policy& policy, const Services& services, const Draft& draft,
          const Host& host)
      : policy_(policy),
        draft_(draft.value),
        host_(host.value),
        key_(host.key),
        lang_(draft_["lang"].as_string()),
        by_page_(draft_["source"].as_string() == "api"),
        found_(policy, services, lang_) {}

  json::Value body(const std::vector<Decision>& decisions) {
    json::Value processing = json::Value::object();
    processing.set("privacy_notice", notice());
    processing.set("language", lang_);
    processing.set("purposes", purposes(decisions));
    json::Value out = json::Value::object();
    out.set("schema_version", "kelisim-receipt-1");
    for (const char* key : {"receipt_id", "record_id", "supersedes", "seq", "prev"}) {
      if (const json::Value* value = host_.find(key)) out.set(key, *value);
    }
    out.set("pii_principal_id", "jkt:" + thumbprint(key_));
    out.set("pii_processing", std::move(processing));
    out.set("party_identification", parties());
    out.set("event", events(decisions));
    out.set("categories", draft_["categories"]);
    out.set("channels", channels());
    out.set("transfers", draft_["transfers"]);
    out.set("evidence", evidence());
    if (is_kz(policy_.jurisdiction)) out.set("kz", kz());
    return out;
  }

  std::vector<Error> errors;

 private:
  json::Value notice() const {
    const policy::Edition& edition = policy_.edition;
    json::Value out = json::Value::object();
    out.set("policy_id", policy_.id);
    out.set("url", stated(edition.url_href));
    out.set("version", edition.label);
    out.set("place", edition.place);
    out.set("sha256", edition.text_sha256);
    if (!edition.equivalent_to.empty()) out.set("equivalent_to", strings(edition.equivalent_to));
    return out;
  }

  // Members that all purposes of a receipt share.
  json::Value shared() const {
    json::Value controllers = json::Value::array();
    controllers.push("controller:operator");
    for (std::size_t i = 0; i < covered().size(); ++i) controllers.push(covered_id(i));
    const std::string& origin = host_["origin"].as_string();
    json::Value out = json::Value::object();
    out.set("pii_controllers", std::move(controllers));
    out.set("storage_locations", policy_.cross_border.localisation
                                     ? strings({policy_.cross_border.localisation->country})
                                     : not_stated());
    out.set("retention_period", retention(policy_, lang_));
    out.set("jurisdiction", policy_.jurisdiction);
    out.set("withdrawal_method", origin.starts_with("http") ? origin + "/#kelisim" : "#kelisim");
    out.set("privacy_rights", rights(policy_));
    return out;
  }

  json::Value purposes(const std::vector<Decision>& decisions) {
    const json::Value common = shared();
    json::Value out = json::Value::array();
    for (std::size_t i = 0; i < decisions.size(); ++i) {
      json::Value purpose = common;
      purpose.set("lawful_basis", decisions[i].by_itself
                                      ? "https://w3id.org/dpv#ExplicitlyExpressedConsent"
                                      : "https://w3id.org/dpv#ExpressedConsent");
      const Purposes::Found found = found_.write(decisions[i].id, decisions[i].label, purpose);
      if (found != Purposes::Found::written) {
        const bool known = found == Purposes::Found::without_consent;
        errors.push_back(Error{known ? "draft_basis" : "draft_unknown",
                               json::pointer("/draft/decisions", i) + "/purpose_id",
                               known ? "does not rest on consent" : "not in the policy"});
      }
      out.push(std::move(purpose));
    }
    return out;
  }

  [[nodiscard]] const std::vector<std::string>& covered() const {
    static const std::vector<std::string> nobody;
    return policy_.operator_.covered_persons ? policy_.operator_.covered_persons->named : nobody;
  }

  static std::string covered_id(std::size_t index) {
    return "controller:covered-" + to_text(static_cast<std::int64_t>(index) + 1);
  }

  // A party with what every party has; nothing is known of where it sits.
  static json::Value party(const std::string& id, const std::string& name, bool recipient) {
    json::Value out = json::Value::object();
    out.set("party_id", id);
    out.set("party_name", name);
    out.set("party_role", recipient ? "recipient" : "controller");
    out.set("party_type",
            recipient ? "https://w3id.org/dpv#ThirdParty" : "https://w3id.org/dpv#DataController");
    out.set("party_address", not_stated());
    out.set("party_contact", not_stated());
    return out;
  }

  json::Value operator_party() const {
    const policy::Operator& facts = policy_.operator_;
    json::Value out = party("controller:operator", operator_name(policy_), false);
    out.set("party_country", facts.country);
    const std::string* phone = contact(policy_, "phone");
    if (phone == nullptr && facts.phone) phone = &*facts.phone;
    const std::string* mail = contact(policy_, "mail");
    const std::string* any = contact(policy_, "");
    if (any == nullptr) any = phone;
    if (facts.address) out.set("party_address", *facts.address);
    if (any != nullptr) out.set("party_contact", *any);
    if (mail != nullptr) out.set("party_email", *mail);
    if (phone != nullptr) out.set("party_phone", *phone);
    if (!facts.sites.empty()) out.set("party_url", "https://" + facts.sites.front());
    if (facts.bin) {
      json::Value identifiers = json::Value::object();
      identifiers.set("bin", *facts.bin);
      out.set("party_identifiers", std::move(identifiers));
    }
    return out;
  }

  // The operator, persons the policy covers by name, and the recipients of the purposes.
  json::Value parties() const {
    json::Value out = json::Value::array();
    out.push(operator_party());
    for (std::size_t i = 0; i < covered().size(); ++i) {
      out.push(party(covered_id(i), covered()[i], false));
    }
    for (const policy::ServiceFacts* service : found_.recipients()) {
      json::Value recipient = party(service->id, service->operator_name, true);
      recipient.set("party_country", service->operator_country);
      out.push(std::move(recipient));
    }
    return out;
  }

  // Decisions of one state and type share one event; the events stand in the order of their first.
  json::Value events(const std::vector<Decision>& decisions) const {
    json::Value out = json::Value::array();
    for (const Decision& decision : decisions) {
      const char* type = decision.by_itself ? "explicit" : "expressed";
      json::Value* event = nullptr;
      for (json::Value& other : out.items()) {
        if (other["event_state"].as_string() == decision.state && other["event_type"].is(type))
          event = &other;
      }
      if (event == nullptr) {
        json::Value fresh = json::Value::object();
        fresh.set("event_time", iso_time(draft_["at_ms"].as_integer()));
        fresh.set("event_type", type);
        fresh.set("entity_id", by_page_ ? "controller" : "subject");
        fresh.set("validity_duration", draft_["validity"]);
        fresh.set("purpose_ids", json::Value::array());
        fresh.set("event_state", decision.state);
        out.push(std::move(fresh));
        event = &out.items().back();
      }
      event->find("purpose_ids")->push(decision.id);
    }
    return out;
  }

  // Channels as they stand. One that an earlier edition had was not shown, so it is left out.
  json::Value channels() const {
    json::Value out = json::Value::object();
    for (const json::Member& member : draft_["channels"].members()) {
      if (!has_channel(policy_, member.key)) continue;
      json::Value channel = json::Value::object();
      channel.set("state", member.value["state"]);
      channel.set("changed_at", iso_time(member.value["changed_at_ms"].as_integer()));
      out.set(member.key, std::move(channel));
    }
    return out;
  }

  json::Value evidence() const {
    json::Value out = json::Value::object();
    out.set("config_sha256", policy_.config_sha256);
    for (const char* key : {"text_sha256", "action", "layer"}) out.set(key, draft_[key]);
    for (const char* key : {"widget", "origin", "gpc", "key"}) out.set(key, host_[key]);
    return out;
  }

  json::Value kz() const {
    json::Value words = json::Value::array();
    for (const policy::DataItem* item : found_.data()) {
      add_once(words.items(), json::Value(item->name.in(lang_)));
    }
    // Article 8(4) asks what the operator may do, so kinds of recipients count too (couriers, for
    // one). The policy may be silent about recipients altogether.
    const bool any = !found_.recipients().empty() ||
                     std::any_of(policy_.recipients.begin(), policy_.recipients.end(),
                                 [](const auto& one) { return one.kind != "never"; });
    json::Value out = json::Value::object();
    out.set("operator_name", operator_name(policy_));
    out.set("operator_bin", stated(policy_.operator_.bin));
    out.set("subject_name", json::Value());
    out.set("consent_term", draft_["validity"]);
    out.set("third_party_transfer",
            any || !policy_.recipients.empty() ? json::Value(any) : not_stated());
    out.set("public_sources",
            policy_.public_sources ? json::Value(policy_.public_sources->allowed) : not_stated());
    out.set("pii_list", words.items().empty() ? not_stated() : std::move(words));
    out.set("form", "other_confirmable");
    set_border(out);
    return out;
  }

  void set_border(json::Value& out) const {
    const policy::CrossBorder& border = policy_.cross_border;
    const bool allowed = border.allowed && *border.allowed;
    std::vector<std::string> countries;
    const auto add = [&](const std::string& country) {
      if (country != "KZ") add_once(countries, country);
    };
    for (const policy::ServiceFacts* service : found_.recipients()) add(service->operator_country);
    if (border.localisation) add(border.localisation->country);
    if (allowed && border.countries) {
      for (const std::string& country : *border.countries) add(country);
    }
    const bool abroad = allowed || !countries.empty();
    const bool said = abroad || border.allowed;
    out.set("cross_border_transfer", said ? json::Value(abroad) : not_stated());
    // Allowed without a country, or not said at all: then which countries is not said either.
    out.set("cross_border_countries",
            said && abroad == !countries.empty() ? strings(countries) : not_stated());
  }

  const policy::Policy& policy_;
  const json::Value& draft_;
  const json::Value& host_;
  const PublicKey& key_;
  std::string lang_;
  bool by_page_;
  Purposes found_;
};

}  // namespace

Result<json::Value> build(const policy::Policy& policy, const Services& services,
                          const Draft& draft, const Host& host) {
  if (draft.value["policy"].as_string() != policy.id) {
    return Error{"draft_policy", "/draft/policy", "about another policy"};
  }
  if (draft.value["edition"].as_string() != policy.edition.text_sha256) {
    return Error{"draft_edition", "/draft/edition", "about another edition of the policy"};
  }
  const std::vector<Decision> decisions = decisions_of(draft.value);
  Builder builder(policy, services, draft, host);
  json::Value out = builder.body(decisions);
  if (!builder.errors.empty()) return std::move(builder.errors);
  if (!fits(out, host.key)) {
    Builder shorter(policy, services, draft, host);
    out = shorter.body(folded(decisions));
    if (!fits(out, host.key)) return Error{"receipt_size", "", "more than 32 KiB"};
  }
  if (std::vector<Error> errors = check_body(out); !errors.empty()) return errors;
  return out;
}

}  // namespace kelisim::receipt
