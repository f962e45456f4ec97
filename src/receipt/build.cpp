#include "receipt/build.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "core/encoding.hpp"
#include "receipt/check.hpp"
#include "receipt/entries.hpp"
#include "receipt/forms.hpp"
#include "receipt/jws.hpp"
#include "receipt/kz.hpp"

namespace kelisim::receipt {
namespace {

json::Value strings(const std::vector<std::string>& list) {
  json::Value out = json::Value::array();
  for (const std::string& text : list) out.push(text);
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

json::Value retention(const policy::Policy& policy, std::string_view lang) {
  using Kind = policy::Term::Kind;
  if (policy.terms.empty()) return not_stated();
  const policy::Term& term = policy.terms.front();
  switch (term.kind) {
    case Kind::duration:
      return term.duration;
    case Kind::unlimited:
      return json::Value::object().set("unlimited", true);
    case Kind::by_law:
      return json::Value::object().set("by_law", true);
    case Kind::until:
      return json::Value::object().set("until", term.until.in(lang));
    case Kind::not_stated:
      break;
  }
  return not_stated();
}

// What the policy gives, and the withdrawal that the widget gives itself.
json::Value rights(const policy::Policy& policy) {
  std::vector<std::string> out;
  const auto put = [&](const std::string& right) {
    if (std::find(out.begin(), out.end(), right) == out.end()) out.push_back(right);
  };
  for (const policy::Right& right : policy.rights) {
    if (!right.not_stated) put(right.right);
  }
  put("withdrawal");
  return strings(out);
}

json::Value notice(const policy::Policy& policy) {
  const policy::Edition& edition = policy.edition;
  json::Value out = json::Value::object();
  out.set("policy_id", policy.id)
      .set("url", stated(edition.url_href))
      .set("version", edition.label)
      .set("place", edition.place)
      .set("sha256", edition.text_sha256);
  if (!edition.equivalent_to.empty()) out.set("equivalent_to", strings(edition.equivalent_to));
  return out;
}

// One value for every purpose of the receipt.
struct Shared {
  json::Value controllers = json::Value::array();
  json::Value storage;
  json::Value retention;
  json::Value rights;
  std::string withdrawal;
  std::string basis;
};

json::Value purpose(const policy::Policy& policy, const Entry& entry, const Shared& shared) {
  json::Value out = json::Value::object();
  out.set("purpose_id", entry.id).set("purpose", entry.text);
  if (entry.category) out.set("category", policy::name_of(*entry.category));
  if (!entry.service.empty()) out.set("service", entry.service);
  if (entry.cross_border) {
    out.set("processing_method",
            json::Value::array().push("https://w3id.org/dpv#CrossBorderTransfer"));
  }
  json::Value recipients = json::Value::array();
  for (const policy::ServiceFacts* service : entry.recipients) recipients.push(service->id);
  out.set("purpose_type", strings(entry.types))
      .set("lawful_basis", shared.basis)
      .set("pii_information", pii_information(entry))
      .set("pii_controllers", shared.controllers)
      .set("storage_locations", shared.storage)
      .set("retention_period", shared.retention)
      .set("jurisdiction", policy.jurisdiction)
      .set("recipient_third_parties", std::move(recipients))
      .set("withdrawal_method", shared.withdrawal)
      .set("privacy_rights", shared.rights)
      .set("clauses", clause_labels(policy, entry.clauses));
  return out;
}

// The contact the policy gives for withdrawing, else a general one, else any; kind "" = any.
const policy::Contact* contact(const policy::Policy& policy, std::string_view kind) {
  for (const std::string_view wanted : {"withdrawal", "general", ""}) {
    for (const policy::Contact& contact : policy.contacts) {
      if (contact.value && (wanted.empty() || contact.purpose == wanted) &&
          (kind.empty() || contact.kind == kind)) {
        return &contact;
      }
    }
  }
  return nullptr;
}

json::Value party(std::string_view id, const std::string& name, std::string_view role,
                  json::Value address, json::Value contact) {
  json::Value out = json::Value::object();
  out.set("party_id", id)
      .set("party_name", name)
      .set("party_role", role)
      .set("party_address", std::move(address))
      .set("party_contact", std::move(contact))
      .set("party_type", role == "controller" ? "https://w3id.org/dpv#DataController"
                                              : "https://w3id.org/dpv#ThirdParty");
  return out;
}

json::Value operator_party(const policy::Policy& policy) {
  const policy::Operator& facts = policy.operator_;
  const policy::Contact* any = contact(policy, "");
  json::Value contact_value = any != nullptr ? json::Value(*any->value) : stated(facts.phone);
  json::Value out = party("controller:operator", operator_name(policy), "controller",
                          stated(facts.address), std::move(contact_value));
  out.set("party_country", facts.country);
  if (!facts.sites.empty()) out.set("party_url", "https://" + facts.sites.front());
  if (const policy::Contact* mail = contact(policy, "mail")) out.set("party_email", *mail->value);
  if (const policy::Contact* phone = contact(policy, "phone")) {
    out.set("party_phone", *phone->value);
  } else if (facts.phone) {
    out.set("party_phone", *facts.phone);
  }
  if (facts.bin) out.set("party_identifiers", json::Value::object().set("bin", *facts.bin));
  return out;
}

// The operator, persons the policy covers by name, and the recipients of the entries.
json::Value parties(const policy::Policy& policy, const std::vector<Entry>& entries) {
  json::Value out = json::Value::array().push(operator_party(policy));
  if (policy.operator_.covered_persons) {
    std::int64_t number = 0;
    for (const std::string& name : policy.operator_.covered_persons->named) {
      out.push(party("controller:covered-" + to_text(++number), name, "controller", not_stated(),
                     not_stated()));
    }
  }
  std::vector<const policy::ServiceFacts*> seen;
  for (const Entry& entry : entries) {
    for (const policy::ServiceFacts* service : entry.recipients) {
      if (std::find(seen.begin(), seen.end(), service) != seen.end()) continue;
      seen.push_back(service);
      json::Value recipient =
          party(service->id, service->operator_name, "recipient", not_stated(), not_stated());
      recipient.set("party_country", service->operator_country);
      out.push(std::move(recipient));
    }
  }
  return out;
}

// Decisions with one state share one event; the events stand in the order of their first decision.
json::Value events(const std::vector<Entry>& entries, const Draft& draft, std::string_view type) {
  json::Value out = json::Value::array();
  for (const Entry& entry : entries) {
    const auto same = [&](const json::Value& event) {
      return event["event_state"].as_string() == entry.state;
    };
    auto event = std::find_if(out.items().begin(), out.items().end(), same);
    if (event == out.items().end()) {
      out.push(json::Value::object()
                   .set("event_time", iso_time(draft.at_ms))
                   .set("event_type", type)
                   .set("entity_id", draft.by_page ? "controller" : "subject")
                   .set("validity_duration", draft.validity)
                   .set("purpose_ids", json::Value::array())
                   .set("event_state", entry.state));
      event = out.items().end() - 1;
    }
    event->find("purpose_ids")->push(entry.id);
  }
  return out;
}

json::Value standings(const std::vector<Standing>& list) {
  json::Value out = json::Value::object();
  for (const Standing& standing : list) out.set(standing.id, standing.state);
  return out;
}

// Channels as they stand. One that an earlier edition had was not shown, so it is not in the
// receipt.
json::Value channel_states(const policy::Policy& policy, const Draft& draft) {
  json::Value out = json::Value::object();
  for (const ChannelState& channel : draft.channels) {
    if (!has_channel(policy, channel.id)) continue;
    out.set(channel.id, json::Value::object()
                            .set("state", channel.granted ? "granted" : "refused")
                            .set("changed_at", iso_time(channel.changed_at_ms)));
  }
  return out;
}

json::Value body(const policy::Policy& policy, const std::vector<Entry>& entries,
                 const Draft& draft, const Host& host) {
  const bool by_itself = one_of("save_choices|withdraw_some|grant_service|form", draft.action);
  Shared shared;
  shared.storage = policy.cross_border.localisation
                       ? json::Value::array().push(policy.cross_border.localisation->country)
                       : not_stated();
  shared.retention = retention(policy, draft.lang);
  shared.rights = rights(policy);
  shared.withdrawal =
      (host.origin.starts_with("http") ? host.origin + "/" : std::string()) + "#kelisim";
  shared.basis = by_itself ? "https://w3id.org/dpv#ExplicitlyExpressedConsent"
                           : "https://w3id.org/dpv#ExpressedConsent";

  json::Value party_list = parties(policy, entries);
  for (const json::Value& party : party_list.items()) {
    if (party["party_role"].as_string() == "controller") shared.controllers.push(party["party_id"]);
  }
  json::Value purposes = json::Value::array();
  for (const Entry& entry : entries) purposes.push(purpose(policy, entry, shared));

  json::Value evidence = json::Value::object();
  evidence.set("widget", host.widget)
      .set("config_sha256", policy.config_sha256)
      .set("text_sha256",
           draft.text_sha256.empty() ? json::Value() : json::Value(draft.text_sha256))
      .set("action", draft.action)
      .set("layer", draft.layer)
      .set("origin", host.origin)
      .set("gpc", host.gpc)
      .set("key", host.key_kind);

  json::Value out = json::Value::object();
  out.set("schema_version", "kelisim-receipt-1")
      .set("receipt_id", host.receipt_id)
      .set("record_id", host.record_id)
      .set("pii_principal_id", "jkt:" + thumbprint(host.key))
      .set("seq", host.seq)
      .set("prev", host.prev ? json::Value(*host.prev) : json::Value())
      .set("pii_processing", json::Value::object()
                                 .set("privacy_notice", notice(policy))
                                 .set("language", draft.lang)
                                 .set("purposes", std::move(purposes)))
      .set("party_identification", std::move(party_list))
      .set("event", events(entries, draft, by_itself ? "explicit" : "expressed"))
      .set("categories", standings(draft.categories))
      .set("channels", channel_states(policy, draft))
      .set("transfers", standings(draft.transfers))
      .set("evidence", std::move(evidence));
  if (!host.supersedes.empty()) out.set("supersedes", host.supersedes);
  if (policy.jurisdiction == "KZ" || policy.jurisdiction.starts_with("KZ-")) {
    out.set("kz", kz_block(policy, entries, draft));
  }
  return out;
}

}  // namespace

Result<json::Value> build(const policy::Policy& policy,
                          const std::vector<policy::ServiceFacts>& services, const Draft& draft,
                          const Host& host) {
  if (draft.policy != policy.id)
    return Error{"draft_policy", "/draft/policy", "about another policy"};
  if (draft.edition != policy.edition.text_sha256) {
    return Error{"draft_edition", "/draft/edition", "about another edition of the policy"};
  }
  const Result<std::vector<Entry>> entries = resolve(policy, services, draft);
  if (!entries) return entries.errors();
  json::Value out = body(policy, *entries, draft, host);
  Result<ToSign> fits = to_sign(out, host.key);
  if (!fits) {
    out = body(policy, fold_services(*entries), draft, host);
    fits = to_sign(out, host.key);
  }
  if (!fits) return fits.errors();
  if (std::vector<Error> errors = check_body(out); !errors.empty()) return errors;
  return out;
}

}  // namespace kelisim::receipt
