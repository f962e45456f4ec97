#include "receipt/check.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "json/reader.hpp"
#include "receipt/shape.hpp"

namespace kelisim::receipt {
namespace {

constexpr Field k_notice[] = {
    text("policy_id", Form::opaque), text("url", Form::address, k_stated),
    text("version", Form::opaque),   word("place", "heading|end_of_text|clause|none", k_optional),
    text("sha256", Form::hash),      text("equivalent_to", Form::hash, k_list | k_optional)};

constexpr Field k_pii[] = {text("pii_type", Form::opaque, k_stated),
                           flag("pii_optional", k_stated)};

constexpr Field k_purpose[] = {text("purpose_id", Form::opaque),
                               text("purpose", Form::text),
                               word("category", "functional|analytics|marketing", k_optional),
                               text("purpose_type", Form::opaque, k_list),
                               text("lawful_basis", Form::opaque),
                               object("pii_information", k_pii, k_list),
                               text("pii_controllers", Form::opaque, k_list),
                               text("processing_method", Form::opaque, k_list | k_optional),
                               text("storage_locations", Form::country, k_list | k_stated),
                               retention("retention_period"),
                               text("jurisdiction", Form::opaque),
                               text("recipient_third_parties", Form::opaque, k_list),
                               text("withdrawal_method", Form::address),
                               text("privacy_rights", Form::opaque, k_list),
                               text("service", Form::text, k_optional),
                               text("clauses", Form::text, k_list)};

constexpr Field k_processing[] = {object("privacy_notice", k_notice),
                                  text("language", Form::language),
                                  object("purposes", k_purpose, k_list | k_filled)};

// The parties' own numbers and addresses are theirs to publish.
constexpr Field k_identifiers[] = {text("bin", Form::twelve, k_optional),
                                   text("iin", Form::twelve, k_optional)};
constexpr Field k_party[] = {text("party_id", Form::opaque),
                             text("party_name", Form::text),
                             word("party_role", "controller|recipient"),
                             text("party_address", Form::text, k_stated),
                             text("party_contact", Form::opaque, k_stated),
                             text("party_email", Form::opaque, k_optional),
                             text("party_url", Form::address, k_optional),
                             text("party_phone", Form::opaque, k_optional),
                             text("party_country", Form::country, k_optional),
                             text("party_type", Form::opaque),
                             object("party_identifiers", k_identifiers, k_optional)};

constexpr Field k_event[] = {text("event_time", Form::time),
                             word("event_type", "explicit|expressed"),
                             word("entity_id", "subject|guardian|controller"),
                             text("validity_duration", Form::term),
                             text("purpose_ids", Form::opaque, k_list | k_filled),
                             word("event_state", "given|renewed|refused|withdrawn")};

constexpr Field k_channel[] = {word("state", "granted|refused"), text("changed_at", Form::time)};

constexpr Field k_evidence[] = {
    text("widget", Form::text),
    text("config_sha256", Form::hash),
    text("text_sha256", Form::hash, k_null),
    word("action",
         "grant_all|refuse_all|save_choices|withdraw_all|withdraw_some|grant_service|form|host"),
    text("layer", Form::text),
    text("origin", Form::origin),
    flag("gpc"),
    word("key", "persistent|ephemeral")};

constexpr Field k_kz[] = {
    text("operator_name", Form::text),
    text("operator_bin", Form::twelve, k_stated | k_optional),
    text("operator_iin", Form::twelve, k_stated | k_optional),
    text("subject_name", Form::opaque, k_null),
    text("consent_term", Form::term),
    flag("third_party_transfer", k_stated),
    flag("cross_border_transfer", k_stated),
    text("cross_border_countries", Form::country, k_list | k_stated),
    flag("public_sources", k_stated),
    text("pii_list", Form::text, k_list | k_stated),
    word("form", "written|state_service|non_state_service|other_confirmable")};

constexpr Field k_body[] = {word("schema_version", "kelisim-receipt-1"),
                            text("receipt_id", Form::uuid),
                            text("record_id", Form::uuid),
                            text("supersedes", Form::uuid, k_optional),
                            text("pii_principal_id", Form::principal),
                            number("seq"),
                            text("prev", Form::chain_hash, k_null),
                            object("pii_processing", k_processing),
                            object("party_identification", k_party, k_list | k_filled),
                            object("event", k_event, k_list | k_filled),
                            word("categories", "granted|refused|mixed", k_map),
                            object("channels", k_channel, k_map),
                            word("transfers", "granted|refused", k_map),
                            object("evidence", k_evidence),
                            object("kz", k_kz, k_optional)};

// Lawful bases that are a consent; nothing else is decided by a person.
constexpr const char* k_consent =
    "https://w3id.org/dpv#Consent|https://w3id.org/dpv#InformedConsent|"
    "https://w3id.org/dpv#ExpressedConsent|https://w3id.org/dpv#ExplicitlyExpressedConsent|"
    "https://w3id.org/dpv/legal/eu/gdpr#A6-1-a|https://w3id.org/dpv/legal/eu/gdpr#A9-2-a|"
    "https://w3id.org/dpv/legal/eu/gdpr#A49-1-a";

bool contains(const json::Value& list, const std::string& text) {
  for (const json::Value& item : list.items()) {
    if (item.as_string() == text) return true;
  }
  return false;
}

const json::Value* by_id(const json::Value& list, const char* key, const std::string& id) {
  for (const json::Value& item : list.items()) {
    if (item[key].as_string() == id) return &item;
  }
  return nullptr;
}

class Meaning {
 public:
  Meaning(Shape& shape, const json::Value& body)
      : shape_(shape),
        body_(body),
        purposes_(body["pii_processing"]["purposes"]),
        parties_(body["party_identification"]) {}

  void check() {
    if ((body_["seq"].as_integer() == 1) != body_["prev"].is_null()) {
      shape_.fault("first", "/body/prev", "null for the first receipt and only for it");
    }
    events();
    action();
    unique(parties_, "party_id", "party_twice", "/body/party_identification");
    for (std::size_t i = 0; i < purposes_.items().size(); ++i) {
      refer(i, "pii_controllers", "controller");
      refer(i, "recipient_third_parties", "recipient");
    }
    const json::Value* kz = body_.find("kz");
    if (kz != nullptr) {
      block(*kz);
    } else if (under_kz()) {
      shape_.fault("kz_missing", "/body/kz", "a purpose under KZ without Article 8(4)'s block");
    }
  }

 private:
  void unique(const json::Value& list, const char* key, const char* code, const char* path) {
    for (std::size_t i = 0; i < list.items().size(); ++i) {
      const json::Value& item = list.items()[i];
      if (by_id(list, key, item[key].as_string()) != &item) {
        shape_.fault(code, json::pointer(json::pointer(path, i), key), "stands twice");
      }
    }
  }

  void refer(std::size_t purpose, const char* key, const char* role) {
    const json::Value& ids = purposes_.items()[purpose][key];
    for (std::size_t i = 0; i < ids.items().size(); ++i) {
      const json::Value* party = by_id(parties_, "party_id", ids.items()[i].as_string());
      if (party != nullptr && (*party)["party_role"].as_string() == role) continue;
      const std::string path = json::pointer("/body/pii_processing/purposes", purpose);
      shape_.fault("party_ref", json::pointer(json::pointer(path, key), i), "no such party");
    }
  }

  void events() {
    unique(purposes_, "purpose_id", "purpose_twice", "/body/pii_processing/purposes");
    std::vector<std::string> seen;
    bool by_subject = false;
    const auto& events = body_["event"].items();
    for (std::size_t i = 0; i < events.size(); ++i) {
      const std::string path = json::pointer("/body/event", i);
      const bool by_page = events[i]["entity_id"].as_string() == "controller";
      by_subject = by_subject || !by_page;
      if (by_page && one_of("given|renewed", events[i]["event_state"].as_string())) {
        shape_.fault("event_entity", path + "/entity_id", "a controller grants nothing");
      }
      const auto& ids = events[i]["purpose_ids"].items();
      for (std::size_t k = 0; k < ids.size(); ++k) {
        event(ids[k].as_string(), one_of("given|renewed", events[i]["event_state"].as_string()),
              json::pointer(path + "/purpose_ids", k), seen);
      }
    }
    if (by_subject && body_["evidence"]["text_sha256"].is_null()) {
      shape_.fault("text_hash", "/body/evidence/text_sha256", "a person answers what was shown");
    }
    for (std::size_t i = 0; i < purposes_.items().size(); ++i) {
      const json::Value& purpose = purposes_.items()[i];
      const std::string& id = purpose["purpose_id"].as_string();
      if (one_of(k_consent, purpose["lawful_basis"].as_string()) &&
          std::find(seen.begin(), seen.end(), id) == seen.end()) {
        shape_.fault("event_none", json::pointer("/body/pii_processing/purposes", i),
                     "rests on consent, and no event says what was decided");
      }
    }
  }

  // What came of an action has to be something that it can bring about.
  void action() {
    const std::string& action = body_["evidence"]["action"].as_string();
    bool fits = true;
    for (const json::Value& event : body_["event"].items()) {
      const bool on = one_of("given|renewed", event["event_state"].as_string());
      if (one_of(on ? "refuse_all|withdraw_all|withdraw_some" : "grant_all|grant_service", action))
        fits = false;
      for (const json::Value& id : event["purpose_ids"].items()) {
        if ((action == "grant_service" && !id.as_string().starts_with("service:")) ||
            (action == "form" && !id.as_string().starts_with("form:")))
          fits = false;
      }
    }
    if (!fits) {
      shape_.fault("action", "/body/evidence/action", "the events are not what this brings about");
    }
  }

  // How everything stands after an event is how the event left it.
  void standing(const json::Value& purpose, const std::string& id, bool on,
                const std::string& path) {
    const auto colon = id.find(':') + 1;
    const std::string name = id.substr(colon);
    const json::Value* after = nullptr;
    if (colon == 0 && purpose["category"].is_string())
      after = &body_["categories"][purpose["category"].as_string()];
    if (id.starts_with("channel:")) after = &body_["channels"][name]["state"];
    if (id.starts_with("transfer:")) after = &body_["transfers"][name];
    if (after != nullptr && !one_of(on ? "granted|mixed" : "refused|mixed", after->as_string())) {
      shape_.fault("event_after", path, "stands otherwise after the event");
    }
  }

  void event(const std::string& id, bool on, const std::string& path,
             std::vector<std::string>& seen) {
    const json::Value* purpose = by_id(purposes_, "purpose_id", id);
    if (purpose == nullptr) {
      shape_.fault("event_ref", path, "no such purpose");
    } else if (!one_of(k_consent, (*purpose)["lawful_basis"].as_string())) {
      shape_.fault("event_basis", path, "does not rest on consent");
    } else if (std::find(seen.begin(), seen.end(), id) != seen.end()) {
      shape_.fault("event_twice", path, "has two states");
    } else {
      standing(*purpose, id, on, path);
    }
    seen.push_back(id);
  }

  [[nodiscard]] bool under_kz() const {
    for (const json::Value& purpose : purposes_.items()) {
      if (is_kz(purpose["jurisdiction"].as_string())) return true;
    }
    return false;
  }

  void block(const json::Value& kz) {
    if (!kz.has("operator_bin") && !kz.has("operator_iin")) {
      shape_.fault("missing", "/body/kz/operator_bin", "neither operator_bin nor operator_iin");
    }
    if (!kz["subject_name"].is_null()) {
      shape_.fault("subject_name", "/body/kz/subject_name", "no receipt holds a name");
    }
    // Countries other than KZ that the entries themselves name have to be listed.
    const json::Value& countries = kz["cross_border_countries"];
    bool any_recipient = false;
    bool listed = !contains(countries, "KZ");
    const auto needs = [&](const std::string& country) {
      if (!country.empty() && country != "KZ" && !contains(countries, country)) listed = false;
    };
    for (const json::Value& purpose : purposes_.items()) {
      for (const json::Value& country : purpose["storage_locations"].items()) {
        needs(country.as_string());
      }
      for (const json::Value& id : purpose["recipient_third_parties"].items()) {
        any_recipient = true;
        const json::Value* party = by_id(parties_, "party_id", id.as_string());
        if (party != nullptr) needs((*party)["party_country"].as_string());
      }
    }
    // A policy may also pass data on to kinds of recipients, which are no parties.
    if (any_recipient && !kz["third_party_transfer"].as_bool()) {
      shape_.fault("kz_transfer", "/body/kz/third_party_transfer",
                   "true where there is a recipient");
    }
    const json::Value& border = kz["cross_border_transfer"];
    const bool fits = countries.is_array() ? border.as_bool() == !countries.items().empty()
                                           : border.as_bool() || is_not_stated(border);
    if (!fits || !listed) {
      shape_.fault("kz_border", "/body/kz/cross_border_transfer",
                   "true exactly when a country other than KZ is named");
    }
  }

  Shape& shape_;
  const json::Value& body_;
  const json::Value& purposes_;
  const json::Value& parties_;
};

}  // namespace

bool is_kz(const std::string& jurisdiction) {
  return jurisdiction == "KZ" || jurisdiction.starts_with("KZ-");
}

std::vector<Error> check_body(const json::Value& body) {
  Shape shape("receipt", true);
  if (body["schema_version"].as_string() != "kelisim-receipt-1") {
    shape.fault("version", "/body/schema_version", "not kelisim-receipt-1");
    return std::move(shape.errors);
  }
  shape.check(body, "/body", k_body);
  if (body.has("proof")) {
    shape.fault("proof", "/body/proof", "the JSON face puts the signature there");
  }
  if (shape.errors.empty()) Meaning(shape, body).check();
  return std::move(shape.errors);
}

}  // namespace kelisim::receipt
