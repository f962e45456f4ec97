// The steps a tree is written in.
#include "view/pen.hpp"

#include <algorithm>

#include "core/encoding.hpp"
#include "view/href.hpp"
#include "view/words.hpp"

namespace kelisim::view {
namespace {

bool contains(const policy::ClauseIds& ids, const std::string& id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

/// The references in a node and in everything below it.
void collect(const json::Value& node, std::vector<const json::Value*>& refs) {
  for (const auto& ref : node["clauses"].items()) refs.push_back(&ref);
  for (const auto& child : node["children"].items()) collect(child, refs);
}

}  // namespace

Pen::Pen(const policy::Policy& of, const std::vector<policy::ServiceFacts>& with,
         const Locale& in_locale)
    : policy(of), services(with), locale(in_locale) {}

std::string Pen::t(const char* key) const { return locale.text(key); }

std::string Pen::t(const char* key, std::string_view rest) const {
  std::string whole = key;
  whole += rest;
  return locale.text(whole);
}

Pen& Pen::open_root(const std::string& layer, bool modal) {
  nodes_.emplace_back();
  put("format", "kelisim-view-1")
      .put("policy", policy.id)
      .put("edition", policy.edition.text_sha256)
      .put("layer", layer);
  put("lang", locale.lang()).put("dir", locale.dir()).put("modal", modal);
  return put("children", json::Value::array());
}

Pen& Pen::open(const char* kind) {
  nodes_.emplace_back();
  return put("kind", kind);
}

void Pen::append(const char* member, json::Value value) {
  json::Value& node = nodes_.back();
  if (!node.has(member)) node.set(member, json::Value::array());
  node.find(member)->push(std::move(value));
}

Pen& Pen::end() {
  json::Value node = std::move(nodes_.back());
  nodes_.pop_back();
  if (node["kind"].as_string() == "line") {
    std::vector<const json::Value*> named;
    collect(node, named);
    json::Value refs = json::Value::array();
    for (const auto& clause : policy.clauses) {
      const auto at = std::find_if(named.begin(), named.end(), [&](const json::Value* ref) {
        return (*ref)["id"].as_string() == clause.id;
      });
      if (at != named.end()) refs.push(**at);
    }
    if (!refs.items().empty()) node.set("clauses", std::move(refs));
  }
  append("children", std::move(node));
  return *this;
}

Pen& Pen::end_filled() {
  if (filled()) return end();
  nodes_.pop_back();
  return *this;
}

json::Value Pen::take() { return std::move(nodes_.front()); }

Pen& Pen::put(const char* member, json::Value value) {
  nodes_.back().set(member, std::move(value));
  return *this;
}

Pen& Pen::put(const char* member, const std::string& text) {
  if (!text.empty()) put(member, json::Value(text));
  return *this;
}

Pen& Pen::put(const char* member, const char* text) {
  if (text != nullptr) put(member, std::string(text));
  return *this;
}

Pen& Pen::put(const char* member, const char* lang_member, const policy::Text& text) {
  const auto& words = entry(text);
  if (words.second.empty()) return *this;
  return put(member, words.second).put(lang_member, foreign(words));
}

const std::string& Pen::foreign(const policy::Text::Entry& entry) const {
  static const std::string none;
  return entry.first == locale.lang() ? none : entry.first;
}

Pen& Pen::title(const char* key) { return put("title", t(key)); }
Pen& Pen::label(const char* key) { return put("label", t(key)); }
Pen& Pen::label(const char* key, std::string_view rest) { return put("label", t(key, rest)); }
Pen& Pen::label(const policy::Text& text) { return put("label", "label_lang", text); }
Pen& Pen::say(const char* key) { return put("text", t(key)); }
Pen& Pen::say(const policy::Text& text) { return put("text", "lang", text); }
Pen& Pen::note(const char* key) { return put("note", t(key)); }
Pen& Pen::note(const policy::Text& text) { return put("note", "note_lang", text); }
Pen& Pen::mark(const char* key, std::string_view rest) { return mark_text(t(key, rest)); }

Pen& Pen::mark_text(const std::string& text) {
  append("marks", text);
  return *this;
}

Pen& Pen::mark_basis(const policy::Purpose& purpose) {
  return mark_text(locale.text("basis", {{"basis", t("basis.", name_of(purpose.basis))}}));
}

Pen& Pen::refs(const policy::ClauseIds& ids) {
  for (const auto& id : ids) {
    const auto& have = nodes_.back()["clauses"].items();
    if (std::any_of(have.begin(), have.end(),
                    [&](const json::Value& ref) { return ref["id"].as_string() == id; }))
      continue;
    json::Value ref;
    ref.set("id", id);
    ref.set("label", clause_label(policy, locale, id));
    if (const auto name = clause_name(policy, locale, id); !name.empty()) ref.set("name", name);
    append("clauses", std::move(ref));
  }
  return *this;
}

Pen& Pen::verbatim() {
  if (policy.language != locale.lang()) put("lang", policy.language);
  return *this;
}

Pen& Pen::name(const std::string& name) {
  names_.push_back({name, locale.lang()});
  return *this;
}

Pen& Pen::name(const policy::Text& text) {
  const auto& words = entry(text);
  names_.push_back({words.second, words.first});
  return *this;
}

Pen& Pen::named(std::size_t most, bool proper_names) {
  // One attribute cannot name two languages; names of every language take any.
  std::string lang;
  for (const Name& name : names_) {
    if (name.lang.empty() || name.lang == lang) continue;
    lang = lang.empty() ? name.lang : locale.lang();
  }
  if (lang != locale.lang()) put("lang", lang);
  return put("text", brief(most, proper_names));
}

std::string Pen::brief(std::size_t most, bool proper_names) {
  // One left over is named, not counted.
  const std::size_t shown = names_.size() <= most + 1 ? names_.size() : most;
  std::string out;
  for (std::size_t i = 0; i < shown; ++i)
    locale.join(out, i == 0 || proper_names ? names_[i].text : lower_first(names_[i].text));
  if (shown < names_.size()) {
    out += ' ';
    out += locale.text("more", {{"n", to_text(static_cast<std::int64_t>(names_.size() - shown))}});
  }
  names_.clear();
  return out;
}

Pen& Pen::silent() { return say("not_stated").tone("not_stated"); }

Pen& Pen::line(const char* id) { return open("line").put("id", id).label("line.", id); }

Pen& Pen::end_line(std::size_t most) {
  if (names_.empty()) {
    silent();
  } else {
    named(most);
  }
  return end();
}

Pen& Pen::text(const char* key, const char* tone) { return open("text").say(key).tone(tone).end(); }

Pen& Pen::button(const char* key, const char* action, const char* target, const char* part) {
  return open("button")
      .say(key)
      .put("action", action)
      .put("target", target)
      .put("part", part)
      .put("weight", part == nullptr ? "quiet" : "equal")
      .end();
}

Pen& Pen::head(const char* title) {
  return this->title(title)
      .close_button()
      .open("button")
      .say("back")
      .put("action", "back")
      .put("part", "back")
      .put("weight", "quiet")
      .end();
}

Pen& Pen::close_button() { return open("close").say("close").end(); }

Pen& Pen::statement(const policy::Statement& statement, bool with_topic) {
  item(statement.text, statement.clauses);
  if (with_topic) label("topic.", statement.topic);
  open("list");
  for (const auto& words : statement.items) item(words, {}).end();
  end_filled();
  // A contact the same clause names stands next to what it is for.
  for (const auto& contact : policy.contacts) {
    if (std::any_of(contact.clauses.begin(), contact.clauses.end(),
                    [&](const auto& id) { return contains(statement.clauses, id); }))
      way(contact);
  }
  return end();
}

Pen& Pen::statements(std::string_view topic, bool with_topic) {
  for (const auto& statement : policy.statements) {
    if (statement.topic == topic) this->statement(statement, with_topic);
  }
  return *this;
}

Pen& Pen::finding(const policy::Finding& finding) {
  const auto severity = name_of(finding.severity);
  open("finding")
      .id(finding.code)
      .label("severity.", severity)
      .say(finding.text)
      .refs(finding.clauses)
      .put("tone", std::string(severity));
  for (const auto& quote : finding.quotes)
    open("quote").put("text", quote.text).verbatim().refs({quote.clause}).end();
  return end();
}

Pen& Pen::link(const char* rel, const std::string& href) {
  // Without an address the words stay words.
  if (!href.empty()) put("kind", "link").put("href", href).put("rel", rel);
  return *this;
}

Pen& Pen::way(const policy::Contact& contact) {
  open("text").refs(contact.clauses);
  if (contact.name.empty()) {
    label("contact.", contact.kind);
  } else {
    label(contact.name);
  }
  if (!contact.value) return silent().end();
  const std::string& value = *contact.value;
  put("text", value);
  if (contact.kind == "mail") {
    link("mail", mail_href(value, contact.subject));
    if (!contact.subject.empty())
      put("note", locale.text("mail.subject", {{"subject", contact.subject}}));
  } else if (contact.kind == "cabinet") {
    const std::string href = web_href(value);
    link("cabinet", href).put("text", nodes_.back()["label"]).put("note", host_part(href));
    lang_of(contact.name);
    nodes_.back().erase("label");
    nodes_.back().erase("label_lang");
  } else {
    link("tel", phone_href(value));
  }
  return end();
}

Pen& Pen::ways(const policy::Ids& contacts) {
  for (const auto& id : contacts) {
    if (const auto* contact = policy.contact(id); contact != nullptr) way(*contact);
  }
  return *this;
}

Pen& Pen::section(const char* id, const char* title) {
  return open("section").put("id", id).title(title);
}

Pen& Pen::item(const policy::Text& text, const policy::ClauseIds& clauses) {
  return item().say(text).refs(clauses);
}

Pen& Pen::item(const char* label, const std::string& text) {
  return item().label(label).put("text", text);
}

Pen& Pen::stated(const char* label, const std::string* value) {
  item().label(label);
  return value == nullptr ? silent() : put("text", *value);
}

Pen& Pen::stated(const char* label, const policy::Stated<bool>& value) {
  item().label(label);
  return value ? say(*value ? "yes" : "no") : silent();
}

Pen& Pen::stated(const char* label, const policy::Stated<policy::Text>& value) {
  item().label(label);
  return value ? say(*value) : silent();
}

Pen& Pen::note_item(const char* label, const policy::Note& note) {
  return item(note.text, note.clauses).label(label);
}

Pen& Pen::switch_of(const char* scope, const std::string& id) {
  return open("switch").put("scope", scope).id(id);
}

Pen& Pen::purpose(const policy::Purpose& purpose) {
  return note(purpose.note).refs(purpose.clauses).refs(purpose.basis_clauses).mark_basis(purpose);
}

Pen& Pen::service(const policy::ServiceFacts& service) {
  return item(service.name, service.clauses).put("note", operated(service));
}

std::string Pen::operated(const policy::ServiceFacts& service) const {
  if (service.operator_country.size() != 2) return t("service.own");
  std::string out = service.operator_name;
  locale.join(out, locale.country(service.operator_country));
  return out;
}

std::string Pen::stores(const policy::ServiceFacts& service) const {
  std::string list;
  for (const auto& entry : service.storage) {
    locale.join(list, entry.name);
    if (entry.prefix) list += "…";
    list += " (";
    list += entry.type == policy::StorageType::session ? locale.age(0)
            : entry.type == policy::StorageType::local ? t("span.local")
            : entry.max_age_s                          ? locale.age(*entry.max_age_s)
                                                       : t("span.unknown");
    list += ')';
  }
  return list.empty() ? t("service.stores_unknown")
                      : locale.text("service.stores", {{"list", list}});
}

std::string Pen::countries(bool wanted(const policy::ServiceFacts&)) const {
  std::string out;
  policy::Ids seen;
  for (const auto& service : services) {
    if (!wanted(service) || contains(seen, service.operator_country)) continue;
    seen.push_back(service.operator_country);
    locale.join(out, locale.country(service.operator_country));
  }
  return out;
}

}  // namespace kelisim::view
