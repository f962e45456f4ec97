#include "receipt/check.hpp"

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "json/reader.hpp"
#include "receipt/forms.hpp"

namespace kelisim::receipt {
namespace {

using Kind = json::Value::Kind;

// The schema as tables. A field's flags say what surrounds a value; kind, form, words and fields
// say what the value itself is.
enum Flag : std::uint8_t {
  k_optional = 1,
  k_stated = 2,   // may be {"not_stated": true}
  k_null = 4,     // may be null
  k_list = 8,     // an array of such values
  k_filled = 16,  // that array has at least one
  k_map = 32,     // an object whose members are such values
};

struct Field {
  std::string_view key;
  Kind kind;
  std::uint8_t flags;
  Form form;
  std::string_view words;
  const Field* fields;  // of an object
  std::size_t count;
};

constexpr Field text(std::string_view key, Form form, unsigned flags = 0) {
  return {key, Kind::string, static_cast<std::uint8_t>(flags), form, {}, nullptr, 0};
}
constexpr Field word(std::string_view key, std::string_view words, unsigned flags = 0) {
  return {key, Kind::string, static_cast<std::uint8_t>(flags), Form::opaque, words, nullptr, 0};
}
constexpr Field flag(std::string_view key, unsigned flags = 0) {
  return {key, Kind::boolean, static_cast<std::uint8_t>(flags), Form::opaque, {}, nullptr, 0};
}
template <std::size_t N>
constexpr Field object(std::string_view key, const Field (&fields)[N], unsigned flags = 0) {
  return {key, Kind::object, static_cast<std::uint8_t>(flags), Form::opaque, {}, fields, N};
}

constexpr Field k_notice[] = {
    text("policy_id", Form::opaque), text("url", Form::opaque, k_stated),
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
                               {"retention_period", Kind::null, 0, Form::opaque, {}, nullptr, 0},
                               text("jurisdiction", Form::opaque),
                               text("recipient_third_parties", Form::opaque, k_list),
                               text("withdrawal_method", Form::opaque),
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
                             text("party_url", Form::opaque, k_optional),
                             text("party_phone", Form::opaque, k_optional),
                             text("party_country", Form::country, k_optional),
                             text("party_type", Form::opaque),
                             object("party_identifiers", k_identifiers, k_optional)};

constexpr Field k_event[] = {text("event_time", Form::time),
                             word("event_type", "explicit|expressed"),
                             word("entity_id", "subject|guardian|controller"),
                             text("validity_duration", Form::duration),
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
    text("origin", Form::opaque),
    flag("gpc"),
    word("key", "persistent|ephemeral")};

constexpr Field k_kz[] = {
    text("operator_name", Form::text),
    text("operator_bin", Form::twelve, k_stated | k_optional),
    text("operator_iin", Form::twelve, k_stated | k_optional),
    text("consent_term", Form::duration),
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
                            {"seq", Kind::integer, 0, Form::opaque, {}, nullptr, 0},
                            text("prev", Form::chain_hash, k_null),
                            object("pii_processing", k_processing),
                            object("party_identification", k_party, k_list | k_filled),
                            object("event", k_event, k_list | k_filled),
                            word("categories", "granted|refused|mixed", k_map),
                            object("channels", k_channel, k_map),
                            word("transfers", "granted|refused", k_map),
                            object("evidence", k_evidence),
                            object("kz", k_kz, k_optional)};

constexpr std::string_view k_consent_bases[] = {"https://w3id.org/dpv#Consent",
                                                "https://w3id.org/dpv#InformedConsent",
                                                "https://w3id.org/dpv#ExpressedConsent",
                                                "https://w3id.org/dpv#ExplicitlyExpressedConsent",
                                                "https://w3id.org/dpv/legal/eu/gdpr#A6-1-a",
                                                "https://w3id.org/dpv/legal/eu/gdpr#A9-2-a",
                                                "https://w3id.org/dpv/legal/eu/gdpr#A49-1-a"};

bool is_not_stated(const json::Value& value) { return value["not_stated"].as_bool(); }

class Check {
 public:
  void fault(const char* code, const std::string& path, const std::string& message) {
    errors.push_back(Error{code, path, message});
  }

  void fields(const json::Value& value, const std::string& path, const Field* list,
              std::size_t count) {
    const auto* const end = list + count;
    for (const Field& field : std::span(list, count)) {
      if (const json::Value* member = value.find(field.key)) {
        surrounded(*member, json::pointer(path, field.key), field);
      } else if ((field.flags & k_optional) == 0) {
        fault("receipt_missing", json::pointer(path, field.key), "not there");
      }
    }
    for (const json::Member& member : value.members()) {
      const bool known =
          std::any_of(list, end, [&](const Field& field) { return field.key == member.key; });
      if (!known) free_member(member, path);
    }
  }

  std::vector<Error> errors;

 private:
  void surrounded(const json::Value& value, const std::string& path, const Field& field) {
    if ((field.flags & k_null) != 0 && value.is_null()) return;
    if ((field.flags & k_stated) != 0 && is_not_stated(value)) return free_value(value, path);
    if ((field.flags & k_list) != 0) {
      if (!value.is_array()) return fault("receipt_type", path, "not a list");
      if ((field.flags & k_filled) != 0 && value.items().empty())
        fault("receipt_empty", path, "an empty list");
      for (std::size_t i = 0; i < value.items().size(); ++i)
        itself(value.items()[i], json::pointer(path, i), field);
    } else if ((field.flags & k_map) != 0) {
      if (!value.is_object()) return fault("receipt_type", path, "not an object");
      for (const json::Member& member : value.members()) {
        string(member.key, path, Form::opaque);
        itself(member.value, json::pointer(path, member.key), field);
      }
    } else {
      itself(value, path, field);
    }
  }

  void itself(const json::Value& value, const std::string& path, const Field& field) {
    if (field.key == "retention_period") return retention(value, path);
    if (value.kind() != field.kind) return fault("receipt_type", path, "of the wrong type");
    if (field.kind == Kind::object) return fields(value, path, field.fields, field.count);
    if (field.kind == Kind::integer && value.as_integer() < 1)
      fault("receipt_pattern", path, "counts from 1");
    if (field.kind != Kind::string) return;
    string(value.as_string(), path, field.form);
    if (!field.words.empty() && !one_of(field.words, value.as_string())) {
      fault("receipt_value", path, "not one of " + std::string(field.words));
    }
  }

  void string(std::string_view value, const std::string& path, Form form) {
    if (value.size() > k_max_string_bytes) fault("receipt_string", path, "over 4096 bytes");
    if (form == Form::text && has_twelve_digits(value)) {
      fault("receipt_twelve_digits", path, "twelve digits in a row in free text");
    }
    if (!matches(form, value)) fault("receipt_pattern", path, "of the wrong form");
  }

  // A duration, or an object that says why there is none: unlimited, by_law, until (a text),
  // not_stated.
  void retention(const json::Value& value, const std::string& path) {
    if (value.is_string()) return string(value.as_string(), path, Form::duration);
    if (!is_not_stated(value) && !value["unlimited"].as_bool() && !value["by_law"].as_bool() &&
        !value["until"].is_string() && !value["until_event"].is_string()) {
      fault("receipt_type", path, "not a retention period");
    }
    free_value(value, path);
  }

  void free_member(const json::Member& member, const std::string& path) {
    string(member.key, json::pointer(path, member.key), Form::text);
    free_value(member.value, json::pointer(path, member.key));
  }

  // What this version does not know: kept and signed, but it must not smuggle anything.
  void free_value(const json::Value& value, const std::string& path) {
    const std::int64_t number = value.as_integer() < 0 ? -value.as_integer() : value.as_integer();
    if (number >= 100'000'000'000 && number <= 999'999'999'999)
      fault("receipt_twelve_digits", path, "a number of twelve digits");
    if (value.is_string()) string(value.as_string(), path, Form::text);
    for (std::size_t i = 0; i < value.items().size(); ++i)
      free_value(value.items()[i], json::pointer(path, i));
    for (const json::Member& member : value.members()) free_member(member, path);
  }
};

bool contains(const json::Value& list, std::string_view text) {
  return std::any_of(list.items().begin(), list.items().end(),
                     [&](const json::Value& item) { return item.as_string() == text; });
}

const json::Value* by_id(const json::Value& list, std::string_view key, std::string_view id) {
  for (const json::Value& item : list.items()) {
    if (item[key].as_string() == id) return &item;
  }
  return nullptr;
}

void check_unique(Check& check, const json::Value& list, std::string_view key, const char* code,
                  const std::string& path) {
  for (std::size_t i = 0; i < list.items().size(); ++i) {
    const json::Value& item = list.items()[i];
    if (by_id(list, key, item[key].as_string()) != &item) {
      check.fault(code, json::pointer(json::pointer(path, i), key),
                  item[key].as_string() + " stands twice");
    }
  }
}

void check_parties(Check& check, const json::Value& body) {
  const json::Value& parties = body["party_identification"];
  check_unique(check, parties, "party_id", "receipt_party_twice", "/body/party_identification");
  const json::Value& purposes = body["pii_processing"]["purposes"];
  const auto refer = [&](std::size_t purpose, std::string_view key, std::string_view role) {
    const std::string path =
        json::pointer(json::pointer("/body/pii_processing/purposes", purpose), key);
    const json::Value& ids = purposes.items()[purpose][key];
    for (std::size_t i = 0; i < ids.items().size(); ++i) {
      const json::Value* party = by_id(parties, "party_id", ids.items()[i].as_string());
      if (party == nullptr || (*party)["party_role"].as_string() != role) {
        check.fault("receipt_party_ref", json::pointer(path, i),
                    "no " + std::string(role) + " of this id");
      }
    }
  };
  for (std::size_t i = 0; i < purposes.items().size(); ++i) {
    refer(i, "pii_controllers", "controller");
    refer(i, "recipient_third_parties", "recipient");
  }
}

void check_events(Check& check, const json::Value& body) {
  const json::Value& purposes = body["pii_processing"]["purposes"];
  check_unique(check, purposes, "purpose_id", "receipt_purpose_twice",
               "/body/pii_processing/purposes");
  std::vector<std::string_view> seen;
  bool by_subject = false;
  const json::Value& events = body["event"];
  for (std::size_t i = 0; i < events.items().size(); ++i) {
    const json::Value& event = events.items()[i];
    const std::string path = json::pointer("/body/event", i);
    const bool by_page = event["entity_id"].as_string() == "controller";
    by_subject = by_subject || !by_page;
    if (by_page && one_of("given|renewed", event["event_state"].as_string())) {
      check.fault("receipt_event_entity", json::pointer(path, "entity_id"),
                  "a controller grants nothing");
    }
    const json::Value& ids = event["purpose_ids"];
    for (std::size_t k = 0; k < ids.items().size(); ++k) {
      const std::string& id = ids.items()[k].as_string();
      const std::string at = json::pointer(json::pointer(path, "purpose_ids"), k);
      const json::Value* purpose = by_id(purposes, "purpose_id", id);
      if (purpose == nullptr) {
        check.fault("receipt_event_ref", at, "no purpose " + id);
      } else if (std::find(std::begin(k_consent_bases), std::end(k_consent_bases),
                           (*purpose)["lawful_basis"].as_string()) == std::end(k_consent_bases)) {
        check.fault("receipt_event_basis", at, id + " does not rest on consent");
      }
      if (std::find(seen.begin(), seen.end(), id) != seen.end()) {
        check.fault("receipt_event_twice", at, id + " has two states");
      }
      seen.push_back(id);
    }
  }
  if (by_subject && body["evidence"]["text_sha256"].is_null()) {
    check.fault("receipt_text_hash", "/body/evidence/text_sha256",
                "a person answers what was shown");
  }
}

void check_kz(Check& check, const json::Value& body) {
  const json::Value& purposes = body["pii_processing"]["purposes"];
  if (!body.has("kz")) {
    for (const json::Value& purpose : purposes.items()) {
      const std::string& jurisdiction = purpose["jurisdiction"].as_string();
      if (jurisdiction == "KZ" || jurisdiction.starts_with("KZ-")) {
        return check.fault("receipt_kz_missing", "/body/kz",
                           "a purpose under KZ without the block of Article 8(4)");
      }
    }
    return;
  }
  const json::Value& kz = body["kz"];
  if (!kz.has("operator_bin") && !kz.has("operator_iin")) {
    check.fault("receipt_missing", "/body/kz/operator_bin",
                "neither operator_bin nor operator_iin");
  }
  if (!kz.has("subject_name")) check.fault("receipt_missing", "/body/kz/subject_name", "not there");
  if (!kz["subject_name"].is_null())
    check.fault("receipt_subject_name", "/body/kz/subject_name", "no receipt holds a name");

  // Countries other than KZ that the entries themselves name.
  const json::Value& countries = kz["cross_border_countries"];
  bool any_recipient = false;
  bool all_listed = !contains(countries, "KZ");
  const auto needs = [&](const std::string& country) {
    if (!country.empty() && country != "KZ" && !contains(countries, country)) all_listed = false;
  };
  for (const json::Value& purpose : purposes.items()) {
    for (const json::Value& country : purpose["storage_locations"].items())
      needs(country.as_string());
    for (const json::Value& id : purpose["recipient_third_parties"].items()) {
      any_recipient = true;
      const json::Value* party = by_id(body["party_identification"], "party_id", id.as_string());
      if (party != nullptr) needs((*party)["party_country"].as_string());
    }
  }
  const json::Value& transfer = kz["third_party_transfer"];
  if (any_recipient ? !transfer.as_bool() : transfer.as_bool()) {
    check.fault("receipt_kz_transfer", "/body/kz/third_party_transfer",
                "true exactly when there is a recipient");
  }
  const bool abroad = kz["cross_border_transfer"].as_bool();
  const bool fits = countries.is_array() ? abroad == !countries.items().empty()
                                         : abroad || is_not_stated(kz["cross_border_transfer"]);
  if (!fits || !all_listed) {
    check.fault("receipt_kz_border", "/body/kz/cross_border_transfer",
                "true exactly when a country other than KZ is named");
  }
}

}  // namespace

std::vector<Error> check_body(const json::Value& body) {
  Check check;
  if (!body.is_object() || body["schema_version"].as_string() != "kelisim-receipt-1") {
    check.fault("receipt_version", "/body/schema_version", "not kelisim-receipt-1");
    return check.errors;
  }
  check.fields(body, "/body", k_body, std::size(k_body));
  if (body.has("proof"))
    check.fault("receipt_proof", "/body/proof", "the JSON face puts the signature there");
  if (!check.errors.empty()) return check.errors;

  if ((body["seq"].as_integer() == 1) != body["prev"].is_null()) {
    check.fault("receipt_first", "/body/prev", "null for the first receipt and only for it");
  }
  check_events(check, body);
  check_parties(check, body);
  check_kz(check, body);
  return check.errors;
}

}  // namespace kelisim::receipt
