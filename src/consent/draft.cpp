#include "consent/draft.hpp"

#include <algorithm>

#include "core/sort.hpp"
#include "json/reader.hpp"
#include "policy/switches.hpp"

namespace kelisim::consent {
namespace {

Choice choice_of(bool on) { return on ? Choice::granted : Choice::refused; }

std::string_view position(bool on) { return on ? "on" : "off"; }

std::string_view position(Tri tri) {
  return tri == Tri::mixed ? "mixed" : position(tri == Tri::on);
}

// The draft as a state, for runs() and category().
State as_state(const Draft& draft) {
  State state;
  state.purposes = draft.purposes;
  state.services = draft.services;
  state.transfers = draft.transfers;
  return state;
}

bool has_switch(const policy::ServiceFacts& service) {
  return service.declared && service.category != policy::Category::necessary;
}

const policy::ServiceFacts* find_service(const Services& services, std::string_view id) {
  for (const policy::ServiceFacts& service : services) {
    if (service.id == id && has_switch(service)) return &service;
  }
  return nullptr;
}

// Whether there is a switch of this scope (not category) and id.
bool exists(const policy::Policy& policy, const Services& services, std::string_view scope,
            std::string_view id) {
  if (scope == "purpose") {
    const policy::Purpose* purpose = policy.purpose(id);
    return purpose != nullptr && policy::is_switch(*purpose);
  }
  if (scope == "service") return find_service(services, id) != nullptr;
  if (scope == "transfer") return id == k_cross_border && has_transfer(services);
  for (const std::string_view channel : channel_ids(policy)) {
    if (channel == id) return scope == "channel";
  }
  return false;
}

void move(Draft& draft, std::string_view prefix, std::string_view id) {
  std::string name(prefix);
  name.append(id);
  if (!contains(draft.moved, name)) draft.moved.push_back(std::move(name));
}

// Grants by themselves of services for which `needs` is true are gone.
template <class Needs>
void clear_own_grants(const Services& services, Draft& draft, Needs needs) {
  for (const policy::ServiceFacts& service : services) {
    if (!draft.services.granted(service.id) || !needs(service)) continue;
    draft.services.erase(service.id);
    move(draft, "service:", service.id);
  }
}

void set_purpose(const Services& services, Draft& draft, const std::string& id, bool on) {
  draft.purposes.set(id, choice_of(on));
  move(draft, "", id);
  if (on) return;
  clear_own_grants(services, draft, [&](const policy::ServiceFacts& service) {
    return contains(service.purposes, id);
  });
}

bool transfer_allows(const Draft& draft, const policy::ServiceFacts& service) {
  return !service.abroad || draft.transfers.granted(k_cross_border);
}

void set_service(Draft& draft, const policy::ServiceFacts& service, bool on) {
  draft.services.erase(service.id);
  move(draft, "service:", service.id);
  if (!on) draft.services.set(service.id, Choice::refused);
  if (on && transfer_allows(draft, service) && !runs(as_state(draft), service)) {
    draft.services.set(service.id, Choice::granted);
  }
}

void set_category(const policy::Policy& policy, const Services& services, Draft& draft,
                  policy::Category category, bool on) {
  bool purposes = false;
  for (const policy::Purpose& purpose : policy.purposes) {
    if (!policy::is_switch(purpose) || purpose.category != category) continue;
    purposes = true;
    set_purpose(services, draft, purpose.id, on);
  }
  for (const policy::ServiceFacts& service : services) {
    if (!has_switch(service) || service.category != category) continue;
    if (!purposes) {
      set_service(draft, service, on);
    } else if (on ? draft.services.refused(service.id) : runs(as_state(draft), service)) {
      draft.services.erase(service.id);
      if (!on) draft.services.set(service.id, Choice::refused);
      move(draft, "service:", service.id);
    }
  }
}

}  // namespace

Draft start_draft(const policy::Policy& policy, const Services& services, const State& state,
                  Millis now_ms) {
  const State force = in_force(policy, services, state, now_ms);
  Draft draft;
  // What the policy no longer declares is left behind.
  const auto take = [](Decisions& to, const Decisions& from, std::string_view id) {
    if (const Decided* decided = from.find(id)) to.set(id, decided->choice);
  };
  for (const policy::Purpose& purpose : policy.purposes) {
    if (policy::is_switch(purpose)) take(draft.purposes, force.purposes, purpose.id);
  }
  for (const policy::ServiceFacts& service : services) {
    if (has_switch(service)) take(draft.services, force.services, service.id);
  }
  for (const std::string_view id : channel_ids(policy)) take(draft.channels, force.channels, id);
  if (has_transfer(services)) take(draft.transfers, force.transfers, k_cross_border);
  clear_own_grants(services, draft, [&](const policy::ServiceFacts& service) {
    return !transfer_allows(draft, service);
  });
  draft.moved.clear();
  return draft;
}

Result<Draft> set(const policy::Policy& policy, const Services& services, Draft draft,
                  std::string_view scope, std::string_view id, bool on, bool by_person) {
  const Error unknown{"draft_id", "/id", "no such switch"};
  policy::Ids before = std::move(draft.moved);
  draft.moved.clear();
  if (scope == "category") {
    const auto which = policy::category_of(id);
    if (!which || !category(policy, services, as_state(draft), *which)) return unknown;
    set_category(policy, services, draft, *which, on);
  } else if (scope != "purpose" && scope != "service" && scope != "channel" &&
             scope != "transfer") {
    return Error{"draft_scope", "/scope", "no such scope of switches"};
  } else if (!exists(policy, services, scope, id)) {
    return unknown;
  } else if (scope == "purpose") {
    set_purpose(services, draft, std::string(id), on);
  } else if (scope == "service") {
    set_service(draft, *find_service(services, id), on);
  } else if (scope == "channel") {
    draft.channels.set(id, choice_of(on));
    move(draft, "channel:", id);
  } else {
    draft.transfers.set(id, choice_of(on));
    move(draft, "transfer:", id);
    if (!on)
      clear_own_grants(services, draft,
                       [](const policy::ServiceFacts& service) { return service.abroad; });
  }
  if (by_person) {
    for (const std::string& name : draft.moved) {
      if (!contains(before, name)) before.push_back(name);
    }
  } else {
    std::erase_if(before, [&](const std::string& name) { return contains(draft.moved, name); });
  }
  draft.moved = std::move(before);
  return draft;
}

json::Value switches(const policy::Policy& policy, const Services& services, const Draft& draft) {
  const State state = as_state(draft);
  json::Value out = json::Value::object();
  const auto put = [&](std::string_view scope, std::string_view id, std::string_view where) {
    out.set(std::string(scope).append(":").append(id), where);
  };
  put("category", policy::name_of(policy::Category::necessary), position(true));
  for (const auto id :
       {policy::Category::functional, policy::Category::analytics, policy::Category::marketing}) {
    if (const auto tri = category(policy, services, state, id))
      put("category", policy::name_of(id), position(*tri));
  }
  for (const policy::Purpose& purpose : policy.purposes) {
    if (policy::is_switch(purpose))
      put("purpose", purpose.id, position(draft.purposes.granted(purpose.id)));
  }
  for (const policy::ServiceFacts& service : services) {
    if (has_switch(service)) put("service", service.id, position(runs(state, service)));
  }
  for (const std::string_view id : channel_ids(policy))
    put("channel", id, position(draft.channels.granted(id)));
  if (has_transfer(services)) {
    put("transfer", k_cross_border, position(draft.transfers.granted(k_cross_border)));
  }
  return out;
}

json::Value to_json(const Draft& draft) {
  const auto flags = [](const Decisions& decisions) {
    json::Value out = json::Value::object();
    for (const Decided& decided : decisions.all())
      out.set(decided.id, decided.choice == Choice::granted);
    return out;
  };
  json::Value out = json::Value::object()
                        .set("purposes", flags(draft.purposes))
                        .set("services", flags(draft.services))
                        .set("channels", flags(draft.channels))
                        .set("transfers", flags(draft.transfers));
  for (const std::string& name : draft.moved) out.at("moved").push(name);
  return out;
}

Result<Draft> parse_draft(const policy::Policy& policy, const Services& services,
                          const json::Value& value, std::string_view path) {
  if (!value.is_object()) return Error{"draft_type", std::string(path), "not an object"};
  Draft draft;
  std::vector<Error> errors;
  const auto read = [&](std::string_view key, Decisions& out) {
    const json::Value& member = value[key];
    const std::string place = json::pointer(path, key);
    if (!member.is_object() && !member.is_null())
      errors.push_back({"draft_type", place, "not an object"});
    for (const json::Member& entry : member.members()) {
      const std::string at = json::pointer(place, entry.key);
      // The member's name is the scope's, with an s.
      if (!entry.value.is_bool()) {
        errors.push_back({"draft_type", at, "neither true nor false"});
      } else if (!exists(policy, services, key.substr(0, key.size() - 1), entry.key)) {
        errors.push_back({"draft_id", at, "no such switch"});
      } else {
        out.set(entry.key, choice_of(entry.value.as_bool()));
      }
    }
  };
  read("purposes", draft.purposes);
  read("services", draft.services);
  read("channels", draft.channels);
  read("transfers", draft.transfers);
  const json::Value& moved = value["moved"];
  if (!moved.is_array() && !moved.is_null())
    errors.push_back({"draft_type", json::pointer(path, "moved"), "not a list"});
  for (std::size_t i = 0; i < moved.items().size(); ++i) {
    const std::string& name = moved.items()[i].as_string();
    const auto colon = name.find(':');
    const bool plain = colon == std::string::npos;
    if (exists(policy, services, plain ? "purpose" : name.substr(0, colon),
               plain ? name : name.substr(colon + 1))) {
      draft.moved.push_back(name);
    } else {
      errors.push_back(
          {"draft_id", json::pointer(json::pointer(path, "moved"), i), "no such switch"});
    }
  }
  if (!errors.empty()) return errors;
  return draft;
}

}  // namespace kelisim::consent
