// The second layer: every switch, and what has none and why (R-ALL-10).
#include "consent/grants.hpp"
#include "policy/switches.hpp"
#include "view/scribe.hpp"

namespace kelisim::view {
namespace {

std::string basis(const Scribe& s, const policy::Purpose& purpose) {
  return s.t("basis", {{"basis", s.t("basis." + std::string(name_of(purpose.basis)))}});
}

/// Always on: necessary services, and purposes that need no consent. Shown, never switched.
void add_necessary(const Scribe& s, Node& to) {
  Node row = Node("row").set("id", "necessary").set("label", s.t("category.necessary")).set("text", s.t("necessary.text"));
  row.put("locked", true);
  Node services("list");
  for (const auto& service : s.services) {
    if (!service.declared || service.category != policy::Category::necessary) continue;
    Node item = s.service(service);
    if (service.abroad) item.mark(s.t("mark.abroad"));
    services.add(std::move(item).add(s.text(s.stores(service), "muted")));
  }
  if (services.has_children()) row.add(Node("line").set("id", "necessary_services").set("label", s.t("services")).add(std::move(services)));
  Node purposes("list");
  for (const auto& purpose : s.policy.purposes) {
    if (!s.is_shown_purpose(purpose, policy::Control::information)) continue;
    Node item = s.item({}, s.in(purpose.name));
    item.put("clauses", s.refs(purpose.clauses, purpose.basis_clauses)).mark(basis(s, purpose)).set("note", s.in(purpose.note));
    if (!purpose.widget_controls) item.mark(s.t("mark.not_controlled"));
    purposes.add(std::move(item));
  }
  if (purposes.has_children()) row.add(Node("line").set("id", "information").set("label", s.t("purposes.information")).add(std::move(purposes)));
  to.add(std::move(row));
}

void add_category(const Scribe& s, policy::Category category, Node& to) {
  const auto id = name_of(category);
  Node node = s.switch_of("category", id, s.t("category." + std::string(id)));
  for (const auto& purpose : s.policy.purposes) {
    if (!policy::is_switch(purpose) || purpose.category != category) continue;
    node.add(s.switch_of("purpose", purpose.id, s.in(purpose.name))
                 .mark(basis(s, purpose))
                 .set("note", s.in(purpose.note))
                 .put("clauses", s.refs(purpose.clauses, purpose.basis_clauses)));
  }
  Names names;
  Node services("line");
  for (const auto& service : s.services) {
    if (!service.declared || service.category != category) continue;
    names.push_back(s.in(service.name));
    Node item = s.switch_of("service", service.id, s.in(service.name));
    item.set("text", s.t("service.recipient", {{"operator", s.operated(service)}}) + ' ' + s.stores(service));
    if (service.abroad) item.mark(s.t("mark.abroad"));
    services.add(std::move(item).put("clauses", s.refs(service.clauses)));
  }
  if (!node.has_children() && !services.has_children()) return;
  if (services.has_children()) {
    node.add(std::move(services).set("id", std::string(id) + "_services").set("label", s.t("services")).set("text", s.brief(names, 3, true)));
  }
  Node uses("list");
  if (s.policy.cookies) {
    for (const auto& use : s.policy.cookies->uses) {
      if (use.category != category) continue;
      Node item = s.item({}, s.in(use.name), use.clauses);
      if (use.third_party) item.mark(s.t("mark.third_party"));
      uses.add(std::move(item));
    }
  }
  if (uses.has_children()) node.add(Node("line").set("id", std::string(id) + "_uses").set("label", s.t("cookies.uses")).add(std::move(uses)));
  to.add(std::move(node));
}

void add_messages(const Scribe& s, Node& to) {
  if (!s.policy.messages) return;
  const auto& messages = *s.policy.messages;
  Node section = s.section("messages", s.t("messages.title"));
  std::string ids;
  const auto remember = [&](const std::string& id) { ids += (ids.empty() ? "" : " ") + id; };
  Node topics = s.section("topics", s.t("messages.topics"));
  for (const auto& topic : messages.topics) {
    remember(topic.id);
    const auto* purpose = s.policy.purpose(topic.purpose);
    topics.add(s.switch_of("channel", topic.id, s.in(topic.name))
                   .mark(s.t(topic.partners ? "mark.from_partners" : "mark.from_shop"))
                   .set("note", purpose == nullptr ? "" : s.in(purpose->note))
                   .put("clauses", s.refs(topic.clauses)));
  }
  Node channels = s.section("channels", s.t("messages.channels"));
  for (const auto& channel : messages.channels) {
    remember(channel.id);
    Node node = s.switch_of("channel", channel.id, s.in(channel.name)).set("note", s.in(channel.note)).put("clauses", s.refs(channel.clauses));
    if (!channel.named) node.mark(s.t("mark.unnamed_channel"));
    channels.add(std::move(node));
  }
  if (!ids.empty()) section.add(s.text(s.t("messages.lead")));
  if (topics.has_children()) section.add(std::move(topics));
  if (channels.has_children()) section.add(std::move(channels));
  if (!ids.empty()) section.add(s.button("refuse_messages", "withdraw_some", {}, ids));
  for (const auto& message : messages.service) {
    Node row = Node("row").set("id", message.id).set("label", s.in(message.name)).put("locked", true);
    row.set("text", s.t(message.locked ? "service_messages.locked" : "service_messages.open"));
    if (message.reason) {
      row.set("note", s.in(*message.reason));
    } else {
      row.mark(s.t("service_messages.no_reason"));
    }
    Node occasions("list");
    for (const auto& occasion : message.occasions) occasions.add(s.item({}, s.in(occasion)));
    row.put("clauses", s.refs(message.clauses));
    add_list(row, std::move(occasions));
    section.add(std::move(row));
  }
  if (section.has_children()) to.add(std::move(section));
}

void add_transfer(const Scribe& s, Node& to) {
  if (!consent::has_transfer(s.services)) return;
  Node node = s.switch_of("transfer", "cross_border", s.t("transfer.label"));
  node.set("text", s.t("transfer.text", {{"countries", s.countries_abroad()}})).put("clauses", s.refs(s.policy.cross_border.clauses));
  Node list("list");
  for (const auto& service : s.services) {
    if (!s.is_abroad(service)) continue;
    Node item = s.service(service);
    // A necessary service runs without this switch; hiding that would make the switch promise too much.
    if (service.category == policy::Category::necessary) item.mark(s.t("mark.always_on"));
    list.add(std::move(item));
  }
  node.add(Node("line").set("id", "abroad").set("label", s.t("transfer.who")).add(std::move(list)));
  to.add(std::move(node));
}

}  // namespace

Node withdraw_here(const Scribe& s) {
  Node section = s.section("withdraw", s.t("withdraw.title"));
  section.add(s.text(s.t("withdraw.text")));
  bool asked = false;
  for (const auto& right : s.policy.rights) {
    if (right.right != "withdrawal") continue;
    for (const auto& id : right.ways) {
      const auto* contact = s.policy.contact(id);
      if (contact == nullptr) continue;
      if (!asked) section.add(s.text(s.t("withdraw.given")));
      asked = true;
      section.add(s.way(*contact));
    }
  }
  if (!asked) section.add(s.text(s.t("withdraw.given_silent"), "not_stated"));
  section.add(s.button("withdraw_all", "withdraw_all", "withdraw-all"));
  return section;
}

Node choices(const Scribe& s) {
  Node layer = s.section({}, s.t("choices.title"));
  layer.add(Node("close").set("text", s.t("close")));
  layer.add(s.text(s.t("choices.lead"), "muted"));
  add_necessary(s, layer);
  add_category(s, policy::Category::functional, layer);
  add_category(s, policy::Category::analytics, layer);
  add_category(s, policy::Category::marketing, layer);
  add_transfer(s, layer);
  add_messages(s, layer);
  if (!s.policy.forms.empty()) {
    Node section = s.section("forms", s.t("forms.title"));
    section.add(s.text(s.t("forms.text"), "muted"));
    for (const auto& form : s.policy.forms) {
      section.add(Node("row").set("id", form.id).set("label", s.in(form.name)).set("text", s.in(form.text)).put("clauses", s.refs(form.clauses)));
    }
    layer.add(std::move(section));
  }
  if (s.policy.cookies) {
    const auto& cookies = *s.policy.cookies;
    if (cookies.stops_working) {
      layer.add(s.text(s.in(cookies.stops_working->text)).set("label", s.t("stops.label")).put("clauses", s.refs(cookies.stops_working->clauses)));
    }
    if (cookies.browser) {
      layer.add(s.text(s.in(cookies.browser->text), "muted")
                    .set("label", s.t("browser.label"))
                    .set("note", s.t("browser.note"))
                    .put("clauses", s.refs(cookies.browser->clauses)));
    }
  }
  layer.add(withdraw_here(s));
  layer.add(s.button("open.policy", "open", {}, "policy"));
  layer.add(s.button("open.rights", "open", {}, "rights"));
  layer.add(s.button("open.receipts", "open", {}, "receipts"));
  layer.add(Node("actions")
                .add(s.answer("grant_all", "grant_all", "grant-all"))
                .add(s.answer("refuse_all", "refuse_all", "refuse-all"))
                .add(s.answer("save", "save_choices", "save")));
  return layer;
}

}  // namespace kelisim::view
