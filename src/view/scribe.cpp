// The shapes all layers are written with.
#include "view/scribe.hpp"

#include <algorithm>

#include "core/encoding.hpp"
#include "view/href.hpp"
#include "view/words.hpp"

namespace kelisim::view {

json::Value Scribe::refs(const policy::ClauseIds& ids, const policy::ClauseIds& more) const {
  json::Value list = json::Value::array();
  for (const auto* source : {&ids, &more}) {
    for (const auto& id : *source) {
      const auto& have = list.items();
      if (std::any_of(have.begin(), have.end(), [&](const json::Value& ref) { return ref["id"].as_string() == id; })) continue;
      list.push(json::Value::object().set("id", id).set("label", clause_label(policy, locale, id)));
    }
  }
  return list;
}

std::string Scribe::brief(const Names& words, std::size_t most, bool proper_names) const {
  // One left over is named, not counted.
  const std::size_t shown = words.size() <= most + 1 ? words.size() : most;
  std::string out;
  for (std::size_t i = 0; i < shown; ++i) {
    if (i != 0) out += ", ";
    out += i == 0 || proper_names ? words[i] : lower_first(words[i]);
  }
  if (shown < words.size()) out += ' ' + t("more", {{"n", to_text(static_cast<std::int64_t>(words.size() - shown))}});
  return out;
}

Node Scribe::text(std::string_view words, std::string_view tone) const { return Node("text").set("text", words).set("tone", tone); }

Node Scribe::section(std::string_view id, std::string_view title) const { return Node("section").set("id", id).set("title", title); }

Node Scribe::item(std::string_view label, std::string_view words, const policy::ClauseIds& clauses) const {
  return Node("item").set("label", label).set("text", words).put("clauses", refs(clauses));
}

Node Scribe::stated(std::string_view label, const std::string* value, const policy::ClauseIds& clauses) const {
  if (value == nullptr) return item(label, t("not_stated"), clauses).set("tone", "not_stated");
  return item(label, *value, clauses);
}

Node Scribe::button(std::string_view key, std::string_view action, std::string_view part, std::string_view target) const {
  return Node("button").set("text", t(key)).set("action", action).set("part", part).set("target", target).set("weight", "quiet");
}

Node Scribe::answer(std::string_view key, std::string_view action, std::string_view part) const {
  return button(key, action, part).set("weight", "equal");
}

Node Scribe::switch_of(std::string_view scope, std::string_view id, std::string_view label) const {
  return Node("switch").set("scope", scope).set("id", id).set("label", label);
}

Node Scribe::note(std::string_view label, const policy::Note& note) const {
  return item(label, in(note.text), note.clauses);
}

Node Scribe::statement(const policy::Statement& statement, std::string_view label) const {
  Node node = item(label, in(statement.text), statement.clauses);
  Node list("list");
  for (const auto& words : statement.items) list.add(item({}, in(words)));
  add_list(node, std::move(list));
  // A contact the same clause names stands next to what it is for.
  for (const auto& contact : policy.contacts) {
    const bool shared = std::any_of(contact.clauses.begin(), contact.clauses.end(), [&](const std::string& id) {
      return std::find(statement.clauses.begin(), statement.clauses.end(), id) != statement.clauses.end();
    });
    if (shared) node.add(way(contact));
  }
  return node;
}

Node Scribe::finding(const policy::Finding& finding) const {
  const auto severity = name_of(finding.severity);
  Node node = Node("finding").set("id", finding.code).set("tone", severity);
  node.set("label", t("severity." + std::string(severity))).set("text", in(finding.text)).put("clauses", refs(finding.clauses));
  for (const auto& quote : finding.quotes) {
    node.add(Node("quote").set("text", quote.text).set("lang", verbatim()).put("clauses", refs({quote.clause})));
  }
  return node;
}

Node Scribe::mail(std::string_view label, std::string_view address, std::string_view subject) const {
  const auto href = mail_href(address, subject);
  Node node(href.empty() ? "text" : "link");
  node.set("label", label).set("text", address).set("href", href).set("rel", href.empty() ? "" : "mail");
  if (!subject.empty()) node.set("note", t("mail.subject", {{"subject", subject}}));
  return node;
}

Node Scribe::phone(std::string_view label, std::string_view number) const {
  const auto href = phone_href(number);
  return Node(href.empty() ? "text" : "link").set("label", label).set("text", number).set("href", href).set("rel", href.empty() ? "" : "tel");
}

Node Scribe::way(const policy::Contact& contact) const {
  const std::string label = contact.name.empty() ? t("contact." + contact.kind) : in(contact.name);
  if (!contact.value) {
    return text(t("not_stated"), "not_stated").set("label", label).put("clauses", refs(contact.clauses));
  }
  Node node = contact.kind == "mail" ? mail(label, *contact.value, contact.subject) : phone(label, *contact.value);
  if (contact.kind == "cabinet") {
    const auto href = web_href(*contact.value);
    node = Node(href.empty() ? "text" : "link").set("text", label).set("href", href).set("rel", href.empty() ? "" : "cabinet");
    node.set("note", host_part(href));
  }
  node.put("clauses", refs(contact.clauses));
  return node;
}

std::string Scribe::operated(const policy::ServiceFacts& service) const {
  if (service.operator_country == "-" || service.operator_country.empty()) return service.operator_name;
  return service.operator_name + ", " + locale.country(service.operator_country);
}

std::string Scribe::stores(const policy::ServiceFacts& service) const {
  if (service.storage.empty()) return t("service.stores_unknown");
  std::string list;
  for (const auto& entry : service.storage) {
    if (!list.empty()) list += ", ";
    list += entry.name;
    if (entry.prefix) list += "…";
    list += " (";
    if (entry.type == policy::StorageType::session) {
      list += locale.age(0);
    } else if (entry.type == policy::StorageType::local) {
      list += t("span.local");
    } else {
      list += entry.max_age_s ? locale.age(*entry.max_age_s) : t("span.unknown");
    }
    list += ')';
  }
  return t("service.stores", {{"list", list}});
}

Node Scribe::service(const policy::ServiceFacts& service) const {
  return item({}, in(service.name), service.clauses).set("note", operated(service));
}

std::string Scribe::countries_abroad() const {
  Names names;
  for (const auto& service : services) {
    if (!is_abroad(service)) continue;
    auto name = locale.country(service.operator_country);
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(std::move(name));
  }
  std::string out;
  for (const auto& name : names) out += (out.empty() ? "" : ", ") + name;
  return out;
}

bool Scribe::is_shown_purpose(const policy::Purpose& purpose, policy::Control control) const {
  return purpose.control == control && purpose.audience.in_shop() && purpose.surface != policy::Surface::app;
}

namespace {

void collect(const json::Value& node, std::vector<json::Value>& refs) {
  for (const auto& ref : node["clauses"].items()) {
    if (std::find(refs.begin(), refs.end(), ref) == refs.end()) refs.push_back(ref);
  }
  for (const auto& child : node["children"].items()) collect(child, refs);
}

}  // namespace

Node Scribe::line(std::string_view id, std::string_view words, bool silent, Node body) const {
  std::vector<json::Value> named;
  collect(body.value(), named);
  json::Value refs = json::Value::array();
  for (const auto& clause : policy.clauses) {
    for (const auto& ref : named) {
      if (ref["id"].as_string() == clause.id) refs.push(ref);
    }
  }
  Node node = Node("line").set("id", id).set("label", t("line." + std::string(id))).set("text", words);
  if (silent) node.set("tone", "not_stated");
  node.put("clauses", std::move(refs));
  json::Value built = std::move(body).take();
  if (auto* children = built.find("children"); children != nullptr) node.put("children", std::move(*children));
  return node;
}

void add_list(Node& to, Node list) {
  if (list.has_children()) to.add(std::move(list));
}

}  // namespace kelisim::view
