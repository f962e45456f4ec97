#include "consent/act.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "core/encoding.hpp"
#include "core/sort.hpp"
#include "json/reader.hpp"
#include "policy/switches.hpp"

namespace kelisim::consent {
namespace {

constexpr std::array<policy::Category, 3> k_optional = {
    policy::Category::functional, policy::Category::analytics, policy::Category::marketing};

Choice choice_of(bool on) { return on ? Choice::granted : Choice::refused; }

bool has_switch(const policy::ServiceFacts& service) {
  return service.declared && service.category != policy::Category::necessary;
}

bool names(const policy::ServiceFacts& service, std::string_view purpose) {
  return contains(service.purposes, purpose);
}

bool is_form(const policy::Policy& policy, std::string_view id) {
  return std::any_of(policy.forms.begin(), policy.forms.end(),
                     [&](const policy::Form& form) { return form.id == id; });
}

// Ids per scope that an act touches; nothing = the whole scope.
struct Touched {
  policy::Ids purposes;
  policy::Ids services;
  policy::Ids channels;
  policy::Ids forms;
  bool transfer = false;
};

void add(policy::Ids& ids, std::string_view id) {
  if (!contains(ids, id)) ids.emplace_back(id);
}

class Application {
 public:
  Application(const policy::Policy& policy, const Services& services, const State& recorded,
              const Act& act)
      : policy_(policy),
        services_(services),
        act_(act),
        before_(in_force(policy, services, recorded, act.at_ms)),
        recorded_(recorded),
        next_(before_) {
    // A grant that ended by itself cannot be withdrawn any more.
    if (recorded.expires_at_ms && act.at_ms >= *recorded.expires_at_ms) recorded_ = before_;
  }

  Result<Outcome> run() {
    switch (act_.action) {
      case Action::grant_all:
      case Action::refuse_all:
        all(act_.action == Action::grant_all);
        break;
      case Action::withdraw_all:
        all(false);
        withdraw_messages_and_forms();
        break;
      case Action::save_choices:
      case Action::host:
        save();
        break;
      case Action::withdraw_some:
        if (auto errors = withdraw_some(); !errors.empty()) return errors;
        break;
      case Action::grant_service:
        if (!grant_service())
          return Error{"act_unknown_id", "/service", "no such optional service"};
        break;
      case Action::form:
        if (!is_form(policy_, act_.form))
          return Error{"act_unknown_id", "/form/id", "no such form"};
        next_.forms.set(act_.form, choice_of(act_.form_on), act_.at_ms);
        add(touched_.forms, act_.form);
        break;
    }
    return outcome();
  }

 private:
  // Every purpose, the transfer, and what services do by themselves: one answer for all.
  void all(bool on) {
    decide_whole();
    next_.purposes.clear();
    for (const policy::Purpose& purpose : policy_.purposes) {
      if (policy::is_switch(purpose)) next_.purposes.set(purpose.id, choice_of(on));
    }
    next_.transfers.clear();
    if (has_transfer(services_)) next_.transfers.set(k_cross_border, choice_of(on));
    next_.services.clear();
    for (const policy::ServiceFacts& service : services_) {
      if (has_switch(service) && service.purposes.empty())
        next_.services.set(service.id, choice_of(on));
    }
  }

  void withdraw_messages_and_forms() {
    for (const std::string_view id : channel_ids(policy_)) {
      if (recorded_.channels.granted(id)) add(touched_.channels, id);
    }
    for (const policy::Form& form : policy_.forms) {
      if (recorded_.forms.granted(form.id)) add(touched_.forms, form.id);
    }
    // Also what the policy no longer declares.
    for (const Decided& channel : recorded_.channels.all()) refuse(channel, next_.channels);
    for (const Decided& form : recorded_.forms.all()) refuse(form, next_.forms);
  }

  void refuse(const Decided& decided, Decisions& next) const {
    if (decided.choice == Choice::granted) next.set(decided.id, Choice::refused, act_.at_ms);
  }

  void save() {
    decide_whole();
    const Draft& draft = act_.draft;
    next_.purposes.clear();
    for (const policy::Purpose& purpose : policy_.purposes) {
      if (policy::is_switch(purpose))
        next_.purposes.set(purpose.id, choice_of(draft.purposes.granted(purpose.id)));
    }
    const bool transfer = draft.transfers.granted(k_cross_border);
    next_.transfers.clear();
    if (has_transfer(services_)) next_.transfers.set(k_cross_border, choice_of(transfer));
    next_.services.clear();
    for (const policy::ServiceFacts& service : services_) {
      const Decided* itself = has_switch(service) ? draft.services.find(service.id) : nullptr;
      if (itself == nullptr) continue;
      if (itself->choice == Choice::refused || transfer || !service.abroad) {
        next_.services.set(service.id, itself->choice);
      }
    }
    next_.channels.clear();
    for (const std::string_view id : channel_ids(policy_)) {
      const Choice choice = choice_of(draft.channels.granted(id));
      const Decided* old = before_.channels.find(id);
      next_.channels.set(id, choice,
                         old != nullptr && old->choice == choice ? old->changed_at_ms : act_.at_ms);
      add(touched_.channels, id);
    }
  }

  std::vector<Error> withdraw_some() {
    std::vector<Error> errors;
    for (std::size_t i = 0; i < act_.ids.size(); ++i) {
      if (!withdraw_id(act_.ids[i])) {
        errors.push_back({"act_unknown_id", json::pointer("/ids", i),
                          "nothing that can be refused has this id"});
      }
    }
    return errors;
  }

  // "scope:id", or an id that stands for everything of that name.
  bool withdraw_id(std::string_view id) {
    const auto colon = id.find(':');
    const std::string_view scope =
        colon == std::string_view::npos ? std::string_view() : id.substr(0, colon);
    if (colon != std::string_view::npos) id.remove_prefix(colon + 1);
    const auto asks = [&](std::string_view name) { return scope.empty() || scope == name; };
    bool found = false;
    if (asks("category")) {
      for (const policy::Category category : k_optional) {
        if (policy::name_of(category) == id) found = withdraw_category(category) || found;
      }
    }
    if (asks("purpose")) {
      const policy::Purpose* purpose = policy_.purpose(id);
      if (purpose != nullptr && policy::is_switch(*purpose)) {
        withdraw_purpose(*purpose);
        found = true;
      }
    }
    if (asks("service")) {
      for (const policy::ServiceFacts& service : services_) {
        if (service.id != id || !has_switch(service)) continue;
        next_.services.set(id, Choice::refused);
        add(touched_.services, id);
        found = true;
      }
    }
    if (asks("channel")) {
      for (const std::string_view channel : channel_ids(policy_)) {
        if (channel != id) continue;
        // A refusal said again keeps its time.
        if (!before_.channels.refused(id)) next_.channels.set(id, Choice::refused, act_.at_ms);
        add(touched_.channels, id);
        found = true;
      }
    }
    if (asks("transfer") && id == k_cross_border && has_transfer(services_)) {
      next_.transfers.set(id, Choice::refused);
      touched_.transfer = true;
      clear_own_grants([](const policy::ServiceFacts& service) { return service.abroad; });
      found = true;
    }
    if (asks("form") && is_form(policy_, id)) {
      if (!before_.forms.refused(id)) next_.forms.set(id, Choice::refused, act_.at_ms);
      add(touched_.forms, id);
      found = true;
    }
    return found;
  }

  bool withdraw_category(policy::Category category) {
    if (!consent::category(policy_, services_, before_, category)) return false;
    for (const policy::Purpose& purpose : policy_.purposes) {
      if (policy::is_switch(purpose) && purpose.category == category) withdraw_purpose(purpose);
    }
    // What runs by itself, or for purposes of another category.
    for (const policy::ServiceFacts& service : services_) {
      if (!has_switch(service) || service.category != category) continue;
      if (!runs(next_, service) && !service.purposes.empty()) continue;
      next_.services.set(service.id, Choice::refused);
      add(touched_.services, service.id);
    }
    return true;
  }

  void withdraw_purpose(const policy::Purpose& purpose) {
    next_.purposes.set(purpose.id, Choice::refused);
    add(touched_.purposes, purpose.id);
    clear_own_grants(
        [&](const policy::ServiceFacts& service) { return names(service, purpose.id); });
  }

  template <class Needs>
  void clear_own_grants(Needs needs) {
    for (const policy::ServiceFacts& service : services_) {
      if (!next_.services.granted(service.id) || !needs(service)) continue;
      next_.services.erase(service.id);
      add(touched_.services, service.id);
    }
  }

  bool grant_service() {
    for (const policy::ServiceFacts& service : services_) {
      if (service.id != act_.service || !has_switch(service)) continue;
      next_.services.erase(service.id);
      if (!runs(next_, service)) next_.services.set(service.id, Choice::granted);
      if (!next_.expires_at_ms)
        next_.expires_at_ms = kelisim::add(act_.at_ms, policy_.consent_term);
      add(touched_.services, service.id);
      return true;
    }
    return false;
  }

  void decide_whole() {
    const State fresh = undecided(policy_, services_);
    next_.policy = fresh.policy;
    next_.edition = fresh.edition;
    next_.scope = fresh.scope;
    next_.scope_sha256 = fresh.scope_sha256;
    next_.decided_at_ms = act_.at_ms;
    next_.expires_at_ms = kelisim::add(act_.at_ms, policy_.consent_term);
    whole_ = true;
  }

  Outcome outcome() {
    Outcome out;
    out.items = items();
    out.action = act_.action;
    const bool withdrawn = std::any_of(out.items.begin(), out.items.end(), [](const Item& item) {
      return item.state == EventState::withdrawn;
    });
    if (!withdrawn && act_.action == Action::withdraw_all) out.action = Action::refuse_all;
    if (!withdrawn && act_.action == Action::withdraw_some) out.action = Action::save_choices;
    const Grants then = grants(policy_, services_, before_, act_.at_ms);
    const Grants now = grants(policy_, services_, next_, act_.at_ms);
    out.ran_before = then.runs;
    out.runs_now = now.runs;
    out.changed = json::Value::object()
                      .set("purposes", difference(then.purposes, now.purposes))
                      .set("services", difference(then.services, now.services))
                      .set("channels", difference(then.channels, now.channels))
                      .set("transfers", difference(then.transfers, now.transfers))
                      .set("categories", difference(then.categories, now.categories));
    out.state = std::move(next_);
    return out;
  }

  static json::Value difference(const json::Value& then, const json::Value& now) {
    json::Value out = json::Value::object();
    for (const json::Member& member : now.members()) {
      if (!(then[member.key] == member.value)) out.set(member.key, member.value);
    }
    return out;
  }

  // Whether it was granted in the records, granted in force, and granted now.
  static EventState event(bool recorded, bool before, bool now) {
    if (now) return before ? EventState::renewed : EventState::given;
    return recorded ? EventState::withdrawn : EventState::refused;
  }

  std::vector<Item> items() {
    std::vector<Item> out;
    const auto put = [&](std::string_view prefix, std::string_view id, const Decisions& recorded,
                         const Decisions& before, const Decisions& now) {
      out.push_back({std::string(prefix).append(id),
                     event(recorded.granted(id), before.granted(id), now.granted(id))});
    };
    for (const policy::Purpose& purpose : policy_.purposes) {
      if (policy::is_switch(purpose) && (whole_ || contains(touched_.purposes, purpose.id))) {
        put("", purpose.id, recorded_.purposes, before_.purposes, next_.purposes);
      }
    }
    if (has_transfer(services_) && (whole_ || touched_.transfer)) {
      put("transfer:", k_cross_border, recorded_.transfers, before_.transfers, next_.transfers);
    }
    for (const policy::ServiceFacts& service : services_) {
      const bool itself = whole_ && has_switch(service) &&
                          (recorded_.services.find(service.id) != nullptr ||
                           next_.services.find(service.id) != nullptr);
      if (!itself && !contains(touched_.services, service.id)) continue;
      out.push_back({"service:" + service.id, event(runs(recorded_, service),
                                                    runs(before_, service), runs(next_, service))});
    }
    for (const std::string_view id : touched_.channels) {
      put("channel:", id, recorded_.channels, before_.channels, next_.channels);
    }
    for (const std::string_view id : touched_.forms)
      put("form:", id, recorded_.forms, before_.forms, next_.forms);
    return out;
  }

  const policy::Policy& policy_;
  const Services& services_;
  const Act& act_;
  State before_;    // in force before the act
  State recorded_;  // as stored, without what has expired
  State next_;
  Touched touched_;
  bool whole_ = false;
};

}  // namespace

bool moved(const Act& act, std::string_view purpose_id) {
  switch (act.action) {
    case Action::withdraw_some:
    case Action::grant_service:
    case Action::form:
      return act.by_person;
    case Action::save_choices:
      return act.by_person && contains(act.draft.moved, purpose_id);
    default:
      return false;
  }
}

Result<Outcome> apply(const policy::Policy& policy, const Services& services, const State& state,
                      const Act& act) {
  const bool stricter = act.action == Action::refuse_all || act.action == Action::withdraw_all ||
                        act.action == Action::withdraw_some ||
                        (act.action == Action::form && !act.form_on);
  if (!act.by_person && !stricter)
    return Error{"not_a_person", "/source", "only the person grants"};
  return Application(policy, services, state, act).run();
}

}  // namespace kelisim::consent
