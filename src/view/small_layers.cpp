// The layers with one job each: rights, the decisions made so far, the placeholder of a held service, the box of a form.
#include "policy/switches.hpp"
#include "view/scribe.hpp"

namespace kelisim::view {
namespace {

/// The deadline the law of Kazakhstan sets for a request, where the policy names none (Law No. 94-V, Articles 6, 8(7) and 25; of the
/// two terms for stopping after a withdrawal the shorter). "" = none known.
std::string lawful_term(const Scribe& s, const std::string& right) {
  if (s.policy.jurisdiction.substr(0, 2) != "KZ") return {};
  if (right == "know" || right == "access") return s.locale.count("span.work", 3);
  if (right == "rectification" || right == "blocking" || right == "erasure" || right == "refuse_publication") return s.locale.count("span.work", 1);
  if (right == "withdrawal") return s.locale.count("span.D", 15);
  return {};
}

/// Rights whose exercise is not a request to the shop.
bool is_request(const std::string& right) {
  return right != "breach_notice" && right != "joint_measures" && right != "defence" && right != "other";
}

Node back(const Scribe& s) { return s.button("back", "back", "back"); }

}  // namespace

Node rights(const Scribe& s) {
  Node list("list");
  for (const auto& right : s.policy.rights) {
    Node item = s.item({}, s.in(right.name), right.clauses);
    item.set("note", s.in(right.note));
    if (right.not_stated) item.set("tone", "not_stated").mark(s.t("not_stated"));
    if (!right.exceptions.empty()) item.add(s.text(s.in(right.exceptions)).set("label", s.t("rights.exceptions")));
    bool said = false;
    for (const auto& id : right.ways) {
      if (const auto* contact = s.policy.contact(id); contact != nullptr) {
        item.add(s.way(*contact));
        said = true;
      }
    }
    if (is_request(right.right)) {
      if (!said && !right.not_stated) item.add(s.text(s.t("not_stated"), "not_stated").set("label", s.t("rights.how")));
      Node term = right.term ? s.text(s.locale.duration(*right.term)) : s.text(s.t("not_stated"), "not_stated");
      if (const auto law = right.term ? std::string() : lawful_term(s, right.right); !law.empty()) {
        term.set("note", s.t("rights.by_law", {{"term", law}}));
      }
      item.add(std::move(term).set("label", s.t("rights.term")));
    }
    if (right.right == "withdrawal") item.add(s.text(s.t("rights.here")).set("label", s.t("rights.here_label")));
    list.add(std::move(item));
  }
  return list;
}

Node rights_layer(const Scribe& s) {
  Node layer = s.section({}, s.t("rights.title"));
  layer.add(Node("close").set("text", s.t("close"))).add(back(s));
  add_list(layer, rights(s));
  layer.add(withdraw_here(s));
  layer.add(s.button("open.choices", "open", {}, "choices")).add(s.button("open.receipts", "open", {}, "receipts"));
  return layer;
}

Node receipts_layer(const Scribe& s, const json::Value* receipts) {
  Node layer = s.section({}, s.t("receipts.title"));
  layer.add(Node("close").set("text", s.t("close"))).add(back(s)).add(s.text(s.t("receipts.lead"), "muted"));
  Node list("list");
  const json::Value none = json::Value::array();
  for (const auto& receipt : (receipts == nullptr ? none : *receipts).items()) {
    const auto& evidence = receipt["evidence"];
    const auto& events = receipt["event"].items();
    const std::string at = events.empty() ? std::string() : events.front()["event_time"].as_string();
    Node item = s.item(s.locale.date(at) + (at.size() >= 16 ? ", " + at.substr(11, 5) + " UTC" : ""), s.t("action." + evidence["action"].as_string()));
    // given and renewed are one word for the reader.
    for (const std::string_view state : {"given", "refused", "withdrawn"}) {
      Names names;
      for (const auto& event : events) {
        const std::string& is = event["event_state"].as_string();
        if (is != state && !(is == "renewed" && state == "given")) continue;
        for (const auto& id : event["purpose_ids"].items()) {
          for (const auto& purpose : receipt["pii_processing"]["purposes"].items()) {
            if (purpose["purpose_id"] == id) names.push_back(purpose["purpose"].as_string());
          }
        }
      }
      if (!names.empty()) item.add(s.text(s.all(names)).set("label", s.t("event." + std::string(state))));
    }
    list.add(std::move(item));
  }
  if (!list.has_children()) {
    layer.add(s.text(s.t("receipts.none")));
  } else {
    layer.add(std::move(list)).add(s.button("save_receipts", "save_receipts"));
  }
  return layer;
}

Node hold(const Scribe& s, const policy::ServiceFacts& service) {
  const std::string& name = s.in(service.name);
  Node layer = s.section({}, s.t("hold.title", {{"service", name}}));
  layer.add(s.text(s.t("hold.text")));
  Node list("list");
  list.add(s.item(s.t("hold.recipient"), s.operated(service), service.clauses));
  Names purposes;
  policy::ClauseIds clauses;
  for (const auto& id : service.purposes) {
    if (const auto* purpose = s.policy.purpose(id); purpose != nullptr) {
      purposes.push_back(s.in(purpose->name));
      clauses.insert(clauses.end(), purpose->clauses.begin(), purpose->clauses.end());
    }
  }
  if (purposes.empty()) purposes.push_back(s.t("category." + std::string(name_of(service.category))));
  list.add(s.item(s.t("hold.purpose"), s.all(purposes), clauses));
  if (service.abroad) list.add(s.item(s.t("hold.abroad"), s.locale.country(service.operator_country), s.policy.cross_border.clauses));
  layer.add(std::move(list));
  layer.add(s.answer("hold.grant", "grant_service", "hold-grant").set("target", service.id));
  layer.add(s.button("open.choices", "open", {}, "choices"));
  return layer;
}

Node form(const Scribe& s, const policy::Form& form) {
  Node layer = s.section({}, s.in(form.name));
  layer.add(s.switch_of("form", form.id, s.in(form.text)).put("clauses", s.refs(form.clauses)));
  Names purposes;
  for (const auto& id : form.purposes) {
    if (const auto* purpose = s.policy.purpose(id); purpose != nullptr) purposes.push_back(s.in(purpose->name));
  }
  if (!purposes.empty()) layer.add(s.text(s.all(purposes)).set("label", s.t("hold.purpose")));
  layer.add(s.text(s.t("form.apart"), "muted"));
  return layer;
}

}  // namespace kelisim::view
