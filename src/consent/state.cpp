#include "consent/state.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "core/encoding.hpp"
#include "core/sort.hpp"
#include "json/reader.hpp"
#include "json/writer.hpp"
#include "policy/switches.hpp"

namespace kelisim::consent {
namespace {

constexpr std::string_view k_format = "kelisim-state-1";

constexpr std::array<std::string_view, 13> k_members = {
    "format",        "policy",        "edition",  "scope",    "scope_sha256",
    "decided_at_ms", "expires_at_ms", "purposes", "services", "channels",
    "transfers",     "forms",         "gpc"};

std::string_view before_at(std::string_view service) {
  return service.substr(0, service.find('@'));
}

json::Value to_json(const Scope& scope) {
  return json::Value::object()
      .set("purposes", json::strings(scope.purposes))
      .set("recipients", json::strings(scope.recipients))
      .set("services", json::strings(scope.services));
}

// Whether `now` has something that `then` has not; `key` says what of an entry counts.
template <class Key>
bool gained(const policy::Ids& now, const policy::Ids& then, Key key) {
  return std::any_of(now.begin(), now.end(), [&](const std::string& entry) {
    return std::none_of(then.begin(), then.end(),
                        [&](const std::string& old) { return key(old) == key(entry); });
  });
}

bool gained(const Scope& now, const State& state, bool same_edition) {
  const auto whole = [](const std::string& entry) { return std::string_view(entry); };
  const auto id = [](const std::string& entry) { return before_at(entry); };
  if (!state.scope) {
    if (state.scope_sha256.empty()) return !same_edition;
    return state.scope_sha256 != scope_sha256(now);
  }
  return gained(now.purposes, state.scope->purposes, whole) ||
         gained(now.recipients, state.scope->recipients, whole) ||
         (same_edition ? gained(now.services, state.scope->services, id)
                       : gained(now.services, state.scope->services, whole));
}

// Reads the members of a stored state and notes what is wrong.
class Reader {
 public:
  explicit Reader(const json::Value& value) : value_(value) {}

  std::string text(std::string_view key, bool required) {
    const json::Value* member = find(key, required);
    if (member == nullptr) return {};
    if (!member->is_string()) fail("state_type", json::pointer("", key), "not a string");
    return member->as_string();
  }

  std::optional<Millis> time(std::string_view key) {
    const json::Value* member = find(key, true);
    if (member == nullptr || member->is_null()) return std::nullopt;
    if (!member->is_integer())
      fail("state_type", json::pointer("", key), "neither a time nor null");
    return member->as_integer();
  }

  // {id: choice}, or with times {id: {state, changed_at_ms}}.
  Decisions decisions(std::string_view key, bool timed) {
    Decisions out;
    const json::Value* member = find(key, true);
    if (member == nullptr) return out;
    const std::string path = json::pointer("", key);
    if (!member->is_object()) fail("state_type", path, "not an object");
    for (const json::Member& entry : member->members()) {
      const std::string place = json::pointer(path, entry.key);
      const json::Value& choice = timed ? entry.value["state"] : entry.value;
      const json::Value& at_ms = timed ? entry.value["changed_at_ms"] : k_zero;
      if (!choice.is_string() || !at_ms.is_integer()) {
        fail("state_type", place, timed ? "not a choice with its time" : "not a choice");
      } else if (choice.as_string() != "granted" && choice.as_string() != "refused") {
        fail("state_value", place, "neither granted nor refused");
      } else {
        out.set(entry.key, choice.as_string() == "granted" ? Choice::granted : Choice::refused,
                at_ms.as_integer());
      }
    }
    return out;
  }

  std::optional<Scope> scope() {
    const json::Value* member = find("scope", false);
    if (member == nullptr) return std::nullopt;
    return Scope{.purposes = ids(*member, "purposes"),
                 .recipients = ids(*member, "recipients"),
                 .services = ids(*member, "services")};
  }

  void fail(const char* code, const std::string& path, const char* message) {
    errors.push_back({code, path, message});
  }

  std::vector<Error> errors;

 private:
  const json::Value* find(std::string_view key, bool required) {
    const json::Value* member = value_.find(key);
    if (member == nullptr && required) fail("state_missing", json::pointer("", key), "missing");
    return member;
  }

  policy::Ids ids(const json::Value& scope, std::string_view key) {
    policy::Ids out;
    const json::Value& list = scope[key];
    bool good = list.is_array();
    for (const json::Value& entry : list.items()) {
      good = good && entry.is_string();
      out.push_back(entry.as_string());
    }
    if (!good) fail("state_type", json::pointer("/scope", key), "not a list of ids");
    return out;
  }

  const json::Value k_zero = json::Value(0);
  const json::Value& value_;
};

json::Value choices(const Decisions& decisions, bool timed) {
  json::Value out = json::Value::object();
  for (const Decided& decided : decisions.all()) {
    const json::Value choice = name_of(decided.choice);
    out.set(
        decided.id,
        timed
            ? json::Value::object().set("state", choice).set("changed_at_ms", decided.changed_at_ms)
            : choice);
  }
  return out;
}

json::Value time_or_null(const std::optional<Millis>& at_ms) {
  return at_ms ? json::Value(*at_ms) : json::Value();
}

}  // namespace

std::string_view name_of(Choice choice) {
  return choice == Choice::granted ? "granted" : "refused";
}

std::string_view name_of(Status status) {
  constexpr std::array<std::string_view, 4> names = {"undecided", "decided", "stale", "expired"};
  return names[static_cast<std::size_t>(status)];
}

const Decided* Decisions::find(std::string_view id) const {
  for (const Decided& decided : all_) {
    if (decided.id == id) return &decided;
  }
  return nullptr;
}

bool Decisions::granted(std::string_view id) const {
  const Decided* decided = find(id);
  return decided != nullptr && decided->choice == Choice::granted;
}

bool Decisions::refused(std::string_view id) const {
  const Decided* decided = find(id);
  return decided != nullptr && decided->choice == Choice::refused;
}

void Decisions::set(std::string_view id, Choice choice, Millis changed_at_ms) {
  erase(id);
  all_.push_back({std::string(id), choice, changed_at_ms});
}

void Decisions::erase(std::string_view id) {
  std::erase_if(all_, [&](const Decided& decided) { return decided.id == id; });
}

void Decisions::drop_grants() {
  std::erase_if(all_, [](const Decided& decided) { return decided.choice == Choice::granted; });
}

Scope scope_of(const policy::Policy& policy, const Services& services) {
  Scope scope;
  for (const policy::Purpose& purpose : policy.purposes) {
    if (policy::is_switch(purpose)) scope.purposes.push_back(purpose.id);
  }
  for (const policy::Recipient& recipient : policy.recipients) {
    if (recipient.kind != "never") scope.recipients.push_back(recipient.id);
  }
  for (const policy::ServiceFacts& service : services) {
    if (service.declared) scope.services.push_back(service.id + "@" + service.operator_name);
  }
  for (policy::Ids* ids : {&scope.purposes, &scope.recipients, &scope.services}) sort(*ids);
  return scope;
}

std::string scope_sha256(const Scope& scope) { return sha256_text(json::write(to_json(scope))); }

State undecided(const policy::Policy& policy, const Services& services) {
  State state;
  state.policy = policy.id;
  state.edition = policy.edition.text_sha256;
  state.scope = scope_of(policy, services);
  state.scope_sha256 = scope_sha256(*state.scope);
  return state;
}

Result<State> parse_state(const json::Value& value, std::string_view policy_id) {
  if (!value.is_object()) return Error{"state_type", "", "not an object"};
  if (value["format"].as_string() != k_format)
    return Error{"state_format", "/format", "not kelisim-state-1"};
  Reader reader(value);
  State state;
  state.policy = reader.text("policy", true);
  if (reader.errors.empty() && state.policy != policy_id) {
    return Error{"state_policy", "/policy", "decided on another policy"};
  }
  state.edition = reader.text("edition", true);
  state.scope = reader.scope();
  state.scope_sha256 = reader.text("scope_sha256", false);
  state.decided_at_ms = reader.time("decided_at_ms");
  state.expires_at_ms = reader.time("expires_at_ms");
  state.purposes = reader.decisions("purposes", false);
  state.services = reader.decisions("services", false);
  state.channels = reader.decisions("channels", true);
  state.transfers = reader.decisions("transfers", false);
  state.forms = reader.decisions("forms", true);
  state.gpc = value["gpc"].as_bool();
  if (state.decided_at_ms &&
      (!state.expires_at_ms || *state.expires_at_ms < *state.decided_at_ms)) {
    reader.fail("state_value", "/expires_at_ms", "a decision ends, and not before it was made");
  }
  if (state.scope && !state.scope_sha256.empty() &&
      state.scope_sha256 != scope_sha256(*state.scope)) {
    reader.fail("state_scope", "/scope_sha256", "not the hash of the scope");
  }
  if (!reader.errors.empty()) return reader.errors;
  state.unknown = value;
  for (const std::string_view member : k_members) state.unknown.erase(member);
  return state;
}

json::Value to_json(const State& state) {
  json::Value out = state.unknown.is_object() ? state.unknown : json::Value::object();
  out.set("format", k_format).set("policy", state.policy).set("edition", state.edition);
  if (state.scope) out.set("scope", to_json(*state.scope));
  if (!state.scope_sha256.empty()) out.set("scope_sha256", state.scope_sha256);
  out.set("decided_at_ms", time_or_null(state.decided_at_ms))
      .set("expires_at_ms", time_or_null(state.expires_at_ms))
      .set("purposes", choices(state.purposes, false))
      .set("services", choices(state.services, false))
      .set("channels", choices(state.channels, true))
      .set("transfers", choices(state.transfers, false))
      .set("forms", choices(state.forms, true));
  if (state.gpc) out.set("gpc", true);
  return out;
}

Standing standing(const policy::Policy& policy, const Services& services, const State& state,
                  Millis now_ms) {
  const bool same_edition = state.edition == policy.edition.text_sha256 ||
                            contains(policy.edition.equivalent_to, state.edition);
  // A clock that was wrong makes no consent longer than the longest term, twelve months.
  constexpr Millis k_day = 24 * 3600 * Millis{1000};
  if (state.decided_at_ms.value_or(0) > now_ms + k_day ||
      state.expires_at_ms.value_or(0) > add(now_ms + k_day, {.months = 12, .days = 0}))
    return {};
  const bool ended = state.expires_at_ms && now_ms >= *state.expires_at_ms;
  const bool more = gained(scope_of(policy, services), state, same_edition);
  const bool holds = state.expires_at_ms && !ended && !more;
  if (!state.decided_at_ms) return {.status = Status::undecided, .holds = holds};
  if (ended) return {.status = Status::expired, .holds = false};
  return {.status = same_edition && !more ? Status::decided : Status::stale, .holds = holds};
}

void heed_gpc(const policy::Policy& policy, const Services& services, State& state) {
  if (state.gpc) return;
  bool found = false;
  const auto drop = [&](Decisions& decisions, const std::string& id) {
    if (!decisions.granted(id)) return;
    decisions.erase(id);
    found = true;
  };
  for (const policy::Purpose& purpose : policy.purposes) {
    if (purpose.category == policy::Category::marketing) drop(state.purposes, purpose.id);
  }
  for (const policy::ServiceFacts& service : services) {
    if (service.category == policy::Category::marketing) drop(state.services, service.id);
  }
  if (found) state.decided_at_ms.reset();
}

State in_force(const policy::Policy& policy, const Services& services, const State& state,
               Millis now_ms) {
  State out = state;
  if (standing(policy, services, state, now_ms).holds) return out;
  for (Decisions* decisions : {&out.purposes, &out.services, &out.channels, &out.transfers})
    decisions->drop_grants();
  const State fresh = undecided(policy, services);
  out.policy = fresh.policy;
  out.edition = fresh.edition;
  out.scope = fresh.scope;
  out.scope_sha256 = fresh.scope_sha256;
  out.decided_at_ms.reset();
  out.expires_at_ms.reset();
  return out;
}

}  // namespace kelisim::consent
