// The first layer: who asks, what for, for how long, and three equal answers (R-ALL-03).
#include "consent/grants.hpp"
#include "policy/switches.hpp"
#include "view/scribe.hpp"

namespace kelisim::view {
namespace {

constexpr std::size_t k_names = 3;

/// What a category is for, in short: its purposes, else its services.
Names used_for(const Scribe& s, policy::Category category) {
  Names names;
  for (const auto& purpose : s.policy.purposes) {
    if (policy::is_switch(purpose) && purpose.category == category) names.push_back(s.in(purpose.name));
  }
  if (!names.empty()) return names;
  for (const auto& service : s.services) {
    if (service.declared && service.category == category) names.push_back(s.in(service.name));
  }
  return names;
}

}  // namespace

Node notice(const Scribe& s) {
  Node layer = s.section({}, s.t("notice.title", {{"site", s.policy.operator_.sites.front()}}));
  Node categories("list");
  for (const auto category : {policy::Category::functional, policy::Category::analytics, policy::Category::marketing}) {
    const auto names = used_for(s, category);
    if (!names.empty()) categories.add(s.item(s.t("category." + std::string(name_of(category))), s.brief(names, k_names)));
  }
  const bool asks = categories.has_children();
  layer.add(s.text(s.t(asks ? "notice.asks" : "notice.nothing", {{"operator", s.policy.operator_.name}}), "lead"));
  add_list(layer, std::move(categories));
  if (asks) {
    if (consent::has_transfer(s.services)) {
      Names abroad;
      for (const auto& service : s.services) {
        if (s.is_abroad(service)) abroad.push_back(s.in(service.name));
      }
      layer.add(s.text(s.t("notice.transfer", {{"grant_all", s.t("grant_all")},
                                               {"countries", s.countries_abroad()},
                                               {"services", s.brief(abroad, k_names, true)}})));
    }
    layer.add(s.text(s.t("notice.term", {{"term", s.locale.duration(s.policy.consent_term_text)}}) + ' ' +
                     s.t(s.policy.handle == "none" ? "notice.change_link" : "notice.change")));
  }
  const bool messages = s.policy.messages && (!s.policy.messages->topics.empty() || !s.policy.messages->channels.empty());
  if (messages || !s.policy.forms.empty()) layer.add(s.text(s.t("notice.apart"), "muted"));
  if (asks) {
    layer.add(Node("actions")
                  .add(s.answer("grant_all", "grant_all", "grant-all"))
                  .add(s.answer("refuse_all", "refuse_all", "refuse-all"))
                  .add(s.answer("choose", "open", "choose").set("target", "choices")));
  } else {
    // Nothing is optional, so there is nothing to answer.
    layer.add(Node("close").set("text", s.t("close")));
    if (messages) layer.add(s.button("open.choices", "open", {}, "choices"));
  }
  layer.add(s.button("open.policy", "open", {}, "policy"));
  return layer;
}

}  // namespace kelisim::view
