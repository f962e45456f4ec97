// The second layer: every switch, and what has none and why (R-ALL-10).
#include "policy/switches.hpp"
#include "view/pen.hpp"

namespace kelisim::view {
namespace {

void services_line(Pen& p, policy::Category category) {
  const bool necessary = category == policy::Category::necessary;
  p.open("line").label("services").id(std::string(name_of(category)) + "_services");
  if (necessary) p.open("list");
  for (const auto& service : p.services) {
    if (!service.declared || service.category != category) continue;
    p.name(service.name);
    if (necessary) {
      p.service(service);
      if (service.abroad) p.mark("mark.abroad");
      p.open("text").tone("muted").put("text", p.stores(service)).end();
    } else {
      p.switch_of("service", service.id).label(service.name).refs(service.clauses);
      std::string words = p.locale.text("service.recipient", {{"operator", p.operated(service)}});
      words += ' ';
      words += p.stores(service);
      p.put("text", words);
      if (service.abroad) p.mark("mark.abroad");
    }
    p.end();
  }
  if (necessary) p.end_filled();
  p.named(3, true).end_filled();
}

/// Always on: necessary services, and purposes that need no consent. Shown, never switched.
void necessary(Pen& p) {
  p.open("row")
      .put("id", "necessary")
      .label("category.necessary")
      .say("necessary.text")
      .put("locked", true);
  services_line(p, policy::Category::necessary);
  p.open("line").put("id", "information").label("purposes.information").open("list");
  for (const auto& purpose : p.policy.purposes) {
    if (purpose.control != policy::Control::information || !purpose.audience.in_shop() ||
        purpose.surface == policy::Surface::app)
      continue;
    p.item().say(purpose.name).purpose(purpose);
    if (!purpose.widget_controls) p.mark("mark.not_controlled");
    p.end();
  }
  p.end_filled().end_filled().end();
}

void cookie_uses(Pen& p, policy::Category category) {
  if (!p.policy.cookies) return;
  p.open("line").label("cookies.uses").id(std::string(name_of(category)) + "_uses").open("list");
  for (const auto& use : p.policy.cookies->uses) {
    if (use.category != category) continue;
    p.item(use.name, use.clauses);
    if (use.third_party) p.mark("mark.third_party");
    p.end();
  }
  p.end_filled().end_filled();
}

void category_switch(Pen& p, policy::Category category) {
  const std::string id(name_of(category));
  p.switch_of("category", id).label("category.", id);
  for (const auto& purpose : p.policy.purposes) {
    if (policy::is_switch(purpose) && purpose.category == category)
      p.switch_of("purpose", purpose.id).label(purpose.name).purpose(purpose).end();
  }
  services_line(p, category);
  // A use of cookies alone makes no switch: there would be nothing to move.
  if (p.filled()) cookie_uses(p, category);
  p.end_filled();
}

void transfer(Pen& p) {
  const auto countries = p.countries(Pen::needs_transfer);
  if (countries.empty()) return;
  p.switch_of("transfer", "cross_border")
      .label("transfer.label")
      .refs(p.policy.cross_border.clauses);
  p.put("text", p.locale.text("transfer.text", {{"countries", countries}}));
  p.open("line").put("id", "abroad").label("transfer.who").open("list");
  for (const auto& service : p.services) {
    if (!Pen::is_abroad(service)) continue;
    p.service(service);
    // A necessary service runs without this switch; hiding that would make the switch promise too
    // much.
    if (service.category == policy::Category::necessary) p.mark("mark.always_on");
    p.end();
  }
  p.end().end().end();
}

void messages(Pen& p) {
  if (!p.policy.messages) return;
  const auto& all = *p.policy.messages;
  std::string ids;
  const auto message_switch = [&](const std::string& id, const policy::Text& name,
                                  const policy::ClauseIds& clauses) -> Pen& {
    if (!ids.empty()) ids += ' ';
    ids += id;
    return p.switch_of("channel", id).label(name).refs(clauses);
  };
  p.section("messages", "messages.title");
  if (!all.topics.empty() || !all.channels.empty()) p.text("messages.lead");
  p.section("topics", "messages.topics");
  for (const auto& topic : all.topics) {
    message_switch(topic.id, topic.name, topic.clauses)
        .mark(topic.partners ? "mark.from_partners" : "mark.from_shop");
    if (const auto* purpose = p.policy.purpose(topic.purpose); purpose != nullptr)
      p.note(purpose->note);
    p.end();
  }
  p.end_filled().section("channels", "messages.channels");
  for (const auto& channel : all.channels) {
    message_switch(channel.id, channel.name, channel.clauses).note(channel.note);
    if (!channel.named) p.mark("mark.unnamed_channel");
    p.end();
  }
  p.end_filled();
  if (!ids.empty())
    p.open("button")
        .say("refuse_messages")
        .put("action", "withdraw_some")
        .put("target", ids)
        .put("weight", "quiet")
        .end();
  for (const auto& message : all.service) {
    p.open("row").id(message.id).label(message.name).refs(message.clauses).put("locked", true);
    p.say(message.locked ? "service_messages.locked" : "service_messages.open");
    if (message.reason) {
      p.note(*message.reason);
    } else {
      p.mark("service_messages.no_reason");
    }
    p.open("list");
    for (const auto& occasion : message.occasions) p.item(occasion, {}).end();
    p.end_filled().end();
  }
  p.end_filled();
}

void forms(Pen& p) {
  if (p.policy.forms.empty()) return;
  p.section("forms", "forms.title").text("forms.text", "muted");
  for (const auto& form : p.policy.forms)
    p.open("row").id(form.id).label(form.name).say(form.text).refs(form.clauses).end();
  p.end();
}

void cookie_notes(Pen& p) {
  if (!p.policy.cookies) return;
  const auto& cookies = *p.policy.cookies;
  if (cookies.stops_working) {
    p.open("text")
        .label("stops.label")
        .say(cookies.stops_working->text)
        .refs(cookies.stops_working->clauses)
        .end();
  }
  if (cookies.browser) {
    p.open("text")
        .tone("muted")
        .label("browser.label")
        .say(cookies.browser->text)
        .note("browser.note")
        .refs(cookies.browser->clauses)
        .end();
  }
}

}  // namespace

void withdraw_here(Pen& p) {
  p.section("withdraw", "withdraw.title").text("withdraw.text");
  bool asked = false;
  for (const auto& right : p.policy.rights) {
    if (right.right != "withdrawal" || right.ways.empty()) continue;
    if (!asked) p.text("withdraw.given");
    asked = true;
    p.ways(right.ways);
  }
  if (!asked) p.text("withdraw.given_silent", "not_stated");
  p.open("button")
      .say("withdraw_all")
      .put("action", "withdraw_all")
      .put("part", "withdraw-all")
      .put("weight", "quiet")
      .end()
      .end();
}

bool choices(Pen& p, const Request&) {
  p.title("choices.title").close_button().text("choices.lead", "muted");
  necessary(p);
  category_switch(p, policy::Category::functional);
  category_switch(p, policy::Category::analytics);
  category_switch(p, policy::Category::marketing);
  transfer(p);
  messages(p);
  forms(p);
  cookie_notes(p);
  withdraw_here(p);
  p.button("open.policy", "open", "policy")
      .button("open.rights", "open", "rights")
      .button("open.receipts", "open", "receipts");
  p.open("actions");
  p.button("grant_all", "grant_all", nullptr, "grant-all");
  p.button("refuse_all", "refuse_all", nullptr, "refuse-all");
  p.button("save", "save_choices", nullptr, "save");
  p.end();
  return true;
}

}  // namespace kelisim::view
