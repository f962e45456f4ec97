// The first layer: who asks, what for, for how long, and three equal answers (R-ALL-03).
#include "policy/switches.hpp"
#include "view/pen.hpp"

namespace kelisim::view {
namespace {

constexpr std::size_t k_names = 3;
constexpr policy::Category k_optional[] = {
    policy::Category::functional, policy::Category::analytics, policy::Category::marketing};

/// What a category is for: its purposes, else its services.
void name_uses(Pen& p, policy::Category category) {
  for (const auto& purpose : p.policy.purposes) {
    if (policy::is_switch(purpose) && purpose.category == category) p.name(purpose.name);
  }
  if (p.has_names()) return;
  for (const auto& service : p.services) {
    if (service.declared && service.category == category) p.name(service.name);
  }
}

}  // namespace

bool notice(Pen& p, const Request&) {
  const auto& op = p.policy.operator_;
  p.put("title", p.locale.text("notice.title", {{"site", op.sites.front()}}));
  bool asks = false;
  for (const auto category : k_optional) {
    name_uses(p, category);
    asks = asks || p.has_names();
    p.brief(0);
  }
  p.open("text")
      .label(asks ? "notice.who" : "notice.operator")
      .put("text", op.name)
      .verbatim()
      .end();
  p.text(asks ? "notice.asks" : "notice.nothing", "lead");
  p.open("list");
  for (const auto category : k_optional) {
    name_uses(p, category);
    if (p.has_names()) p.item().label("category.", name_of(category)).named(k_names).end();
  }
  p.end_filled();
  if (asks) {
    for (const auto& service : p.services) {
      if (Pen::needs_transfer(service)) p.name(service.name);
    }
    if (p.has_names()) {
      p.open("text").put(
          "text", p.locale.text("notice.transfer", {{"grant_all", p.t("grant_all")},
                                                    {"countries", p.countries(Pen::needs_transfer)},
                                                    {"services", p.brief(k_names, true)}}));
      p.end();
    }
    std::string term =
        p.locale.text("notice.term", {{"term", p.locale.duration(p.policy.consent_term_text)}});
    term += ' ';
    term += p.t(p.policy.handle == "none" ? "notice.change_link" : "notice.change");
    p.open("text").put("text", term).end();
  }
  const bool messages = p.policy.messages &&
                        !(p.policy.messages->topics.empty() && p.policy.messages->channels.empty());
  if (messages || !p.policy.forms.empty()) p.text("notice.apart", "muted");
  if (asks) {
    p.open("actions");
    p.button("grant_all", "grant_all", nullptr, "grant-all");
    p.button("refuse_all", "refuse_all", nullptr, "refuse-all");
    p.button("choose", "open", "choices", "choose");
    p.end();
  } else {
    // Nothing is optional, so there is nothing to answer.
    p.close_button();
    if (messages) p.button("open.choices", "open", "choices");
  }
  p.button("open.policy", "open", "policy");
  return true;
}

}  // namespace kelisim::view
