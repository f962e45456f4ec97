// A small shop for tests of consent: two analytics purposes, one functional, one marketing,
// messages, forms, services at home and abroad.
#pragma once

#include <cstdlib>
#include <string>
#include <utility>

#include "consent/act.hpp"

namespace kelisim::test {

inline constexpr Millis k_now = 1'800'000'000'000;  // 2027-01-15T08:00:00Z
inline constexpr Millis k_day = 86'400'000;

inline policy::Purpose purpose(std::string id, policy::Control control, policy::Category category) {
  policy::Purpose out;
  out.id = std::move(id);
  out.control = control;
  out.category = category;
  out.audience.visitor = true;
  return out;
}

inline policy::ServiceFacts service(std::string id, policy::Category category, policy::Ids purposes,
                                    std::string country) {
  policy::ServiceFacts out;
  out.id = std::move(id);
  out.category = category;
  out.purposes = std::move(purposes);
  out.operator_name = "Operator of " + out.id;
  out.abroad = country != "KZ" && country != "-";
  out.operator_country = std::move(country);
  return out;
}

struct Shop {
  policy::Policy policy;
  consent::Services services;

  Shop() {
    using policy::Category;
    using policy::Control;
    policy.id = "shop";
    policy.edition.text_sha256 = "edition-1";
    policy.consent_term = {.months = 12, .days = 0};
    policy.operator_.country = "KZ";
    policy.purposes = {purpose("order", Control::information, Category::necessary),
                       purpose("comfort", Control::switch_, Category::functional),
                       purpose("statistics", Control::switch_, Category::analytics),
                       purpose("research", Control::switch_, Category::analytics),
                       purpose("ads", Control::switch_, Category::marketing),
                       purpose("news", Control::message, Category::marketing),
                       purpose("account", Control::form, Category::functional)};
    policy::Recipient courier;
    courier.id = "courier";
    courier.kind = "class";
    policy.recipients = {courier};
    policy::Messages messages;
    messages.topics.resize(2);
    messages.topics[0].id = "news_shop";
    messages.topics[1].id = "news_partners";
    messages.channels.resize(3);
    messages.channels[0].id = "email";
    messages.channels[1].id = "sms";
    messages.channels[2].id = "phone";
    policy.messages = messages;
    policy.forms.resize(2);
    policy.forms[0].id = "order";
    policy.forms[1].id = "account";
    policy.forms[1].purposes = {"account"};
    services = {service("session", Category::necessary, {}, "-"),
                service("payment", Category::necessary, {}, "US"),
                service("chat", Category::functional, {"comfort"}, "KZ"),
                service("counter", Category::analytics, {"statistics", "research"}, "KZ"),
                service("metrics", Category::analytics, {"statistics"}, "RU"),
                service("pixel", Category::marketing, {"ads"}, "US"),
                service("video", Category::marketing, {"ads"}, "US")};
    services[6].gate = policy::Gate::placeholder;
  }

  [[nodiscard]] const policy::ServiceFacts& named(std::string_view id) const {
    for (const policy::ServiceFacts& entry : services) {
      if (entry.id == id) return entry;
    }
    std::abort();
  }
  [[nodiscard]] policy::ServiceFacts& named(std::string_view id) {
    return const_cast<policy::ServiceFacts&>(std::as_const(*this).named(id));
  }

  [[nodiscard]] consent::State undecided() const { return consent::undecided(policy, services); }

  [[nodiscard]] Result<consent::Outcome> act(const consent::State& state,
                                             const consent::Act& act) const {
    return consent::apply(policy, services, state, act);
  }

  /// The state after an act of the person that has to succeed.
  [[nodiscard]] consent::State after(const consent::State& state, consent::Act act,
                                     Millis at_ms = k_now) const {
    act.by_person = true;
    act.at_ms = at_ms;
    auto outcome = consent::apply(policy, services, state, act);
    if (!outcome) std::abort();
    return outcome->state;
  }

  [[nodiscard]] consent::State after(const consent::State& state, consent::Action action,
                                     Millis at_ms = k_now) const {
    consent::Act act;
    act.action = action;
    return after(state, act, at_ms);
  }

  /// Ids of the services that run, in order, with blanks between.
  [[nodiscard]] std::string running(const consent::State& state, Millis now_ms = k_now) const {
    const auto grants = consent::grants(policy, services, state, now_ms);
    std::string out;
    for (std::size_t i = 0; i < services.size(); ++i) {
      if (grants.runs[i]) out += (out.empty() ? "" : " ") + services[i].id;
    }
    return out;
  }

  [[nodiscard]] consent::Status status(const consent::State& state, Millis now_ms = k_now) const {
    return consent::standing(policy, services, state, now_ms).status;
  }
};

/// An act of the person.
inline consent::Act by_person(consent::Action action, Millis at_ms = k_now) {
  consent::Act act;
  act.action = action;
  act.by_person = true;
  act.at_ms = at_ms;
  return act;
}

inline const std::string k_only_necessary = "session payment";
inline const std::string k_everything = "session payment chat counter metrics pixel video";

}  // namespace kelisim::test
