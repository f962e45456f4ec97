// The summary (R-ALL-08): one screen of lines, each with its clauses; first half of the lines.
#include "view/summary.hpp"

#include <algorithm>

#include "policy/switches.hpp"
#include "view/words.hpp"

namespace kelisim::view {
namespace {

const std::string* value_of(const policy::Stated<std::string>& stated) { return stated ? &*stated : nullptr; }

bool shares_clause(const policy::ClauseIds& a, const policy::ClauseIds& b) {
  return std::any_of(a.begin(), a.end(), [&](const std::string& id) { return std::find(b.begin(), b.end(), id) != b.end(); });
}

/// Two sentences of different clauses that contradict each other.
bool is_contradiction(const policy::Finding& finding) {
  return std::any_of(finding.quotes.begin(), finding.quotes.end(),
                     [&](const policy::Quote& quote) { return quote.clause != finding.quotes.front().clause; });
}

Node data_item(const Scribe& s, const policy::DataItem& data) {
  Node item = s.item({}, s.in(data.name), data.clauses);
  if (data.necessity != "not_stated") item.mark(s.t("necessity." + data.necessity));
  if (data.national_id) item.mark(s.t("mark.national_id"));
  if (data.special) item.mark(s.t("mark.special"));
  if (data.pseudonym_ok) item.mark(s.t("mark.pseudonym"));
  if (data.source == "server") item.mark(s.t("mark.not_controlled"));
  if (data.open_ended) item.set("tone", "warning").mark(s.t("mark.open_ended"));
  if (data.national_id || data.special) item.set("tone", "warning");
  return item.set("note", s.in(data.note));
}

}  // namespace

void add_statements(const Scribe& s, std::initializer_list<std::string_view> topics, bool with_topic, Node& list) {
  for (const auto topic : topics) {
    for (const auto& statement : s.policy.statements) {
      if (statement.topic == topic) list.add(s.statement(statement, with_topic ? s.t("topic." + statement.topic) : std::string()));
    }
  }
}

Node line_who(const Scribe& s) {
  const auto& op = s.policy.operator_;
  Node list("list");
  Names silent;
  const auto add = [&](const char* key, const policy::Stated<std::string>& value) {
    const auto label = s.t(key);
    if (!value) silent.push_back(label);
    list.add(s.stated(label, value_of(value)));
  };
  list.add(s.item(s.t("who.name"), op.name, op.clauses));
  add("who.legal_name", op.legal_name);
  add("who.bin", op.bin);
  add("who.address", op.address);
  add("who.phone", op.phone);
  if (s.policy.contacts.empty()) silent.push_back(s.t("line.contact"));
  std::string sites;
  for (const auto& site : op.sites) sites += (sites.empty() ? "" : ", ") + site;
  list.add(s.item(s.t("who.sites"), sites));
  for (const auto& role : op.roles) list.add(s.item(s.t("role." + role.role), "«" + role.term + "»", role.clauses));
  if (op.covered_persons) {
    const auto& covered = *op.covered_persons;
    Node item = s.item(s.t("who.covered"), s.in(covered.text), covered.clauses);
    if (covered.named.empty()) {
      item.set("tone", "warning").set("note", s.t("who.unnamed"));
    } else {
      Node names("list");
      for (const auto& name : covered.named) names.add(s.item({}, name));
      item.add(std::move(names));
    }
    list.add(std::move(item));
  }
  std::string words = op.name + ", " + op.sites.front();
  if (!silent.empty()) words += ". " + s.all(silent) + ": " + s.t("not_stated");
  return s.line("who", words, false, Node("line").add(std::move(list)));
}

Node line_data(const Scribe& s) {
  Node body("line");
  Names names;
  const auto items_of = [&](std::string_view group) {
    Node list("list");
    for (const auto& data : s.policy.data) {
      if (data.group != group || !data.audience.in_shop()) continue;
      names.push_back(s.in(data.name));
      list.add(data_item(s, data));
    }
    return list;
  };
  for (const auto& group : s.policy.data_groups) {
    Node list = items_of(group.id);
    if (!list.has_children()) continue;
    const std::string& note = s.in(group.note);
    Node lead = s.text(note.empty() ? s.t("data.group") : note, "muted").put("clauses", s.refs(group.clauses));
    body.add(s.section(group.id, s.in(group.name)).add(std::move(lead)).add(std::move(list)));
  }
  Node rest = items_of({});
  add_statements(s, {"special_data", "recording"}, false, rest);
  add_list(body, std::move(rest));
  return s.line("data", names.empty() ? s.t("not_stated") : s.brief(names, k_line_names), names.empty(), std::move(body));
}

Node line_why(const Scribe& s) {
  constexpr const char* k_marks[] = {"mark.switch", "mark.information", "mark.message", "mark.form"};
  Node body("line");
  Node list("list");
  Names names;
  for (const auto& purpose : s.policy.purposes) {
    if (!purpose.audience.in_shop()) continue;
    names.push_back(s.in(purpose.name));
    Node item = s.item({}, s.in(purpose.name)).put("clauses", s.refs(purpose.clauses, purpose.basis_clauses));
    item.mark(s.t("basis", {{"basis", s.t("basis." + std::string(name_of(purpose.basis)))}}));
    if (purpose.surface == policy::Surface::app) {
      item.mark(s.t("mark.app"));
    } else {
      item.mark(s.t(k_marks[static_cast<std::size_t>(purpose.control)]));
    }
    if (!purpose.widget_controls) item.mark(s.t("mark.not_controlled"));
    list.add(std::move(item).set("note", s.in(purpose.note)));
  }
  add_list(body, std::move(list));
  Node bases = s.section("basis", s.t("why.bases"));
  Node said("list");
  add_statements(s, {"basis"}, false, said);
  add_list(bases, std::move(said));
  if (bases.has_children()) body.add(std::move(bases));
  return s.line("why", names.empty() ? s.t("not_stated") : s.brief(names, k_line_names), names.empty(), std::move(body));
}

Node line_whom(const Scribe& s) {
  Node body("line");
  Node list("list");
  Names names;
  policy::ClauseIds clauses;
  bool country_said = s.policy.recipients.empty();
  for (const auto& recipient : s.policy.recipients) {
    names.push_back(s.in(recipient.name));
    clauses.insert(clauses.end(), recipient.clauses.begin(), recipient.clauses.end());
    Node item = s.item({}, s.in(recipient.name), recipient.clauses).set("note", s.in(recipient.condition));
    if (recipient.kind == "never") {
      item.set("tone", "lead").mark(s.t("mark.never"));
    } else {
      if (recipient.kind == "state_body") item.mark(s.t("mark.state_body"));
      if (recipient.needs_consent) item.mark(s.t(*recipient.needs_consent ? "mark.needs_consent" : "mark.no_consent"));
      if (recipient.anonymised) item.mark(s.t("mark.anonymised"));
    }
    if (recipient.country) {
      item.mark(s.locale.country(*recipient.country));
      country_said = true;
    }
    list.add(std::move(item));
  }
  if (!country_said) list.add(s.stated(s.t("whom.countries"), nullptr));
  if (s.policy.public_sources) {
    const std::string yes = s.t(s.policy.public_sources->allowed ? "yes" : "no");
    list.add(s.stated(s.t("whom.public"), &yes, s.policy.public_sources->clauses));
  } else {
    list.add(s.stated(s.t("whom.public"), nullptr));
  }
  add_statements(s, {"confidentiality"}, false, list);
  body.add(std::move(list));
  for (const auto& finding : s.policy.findings) {
    if (is_contradiction(finding) && finding.severity == policy::Severity::high && shares_clause(finding.clauses, clauses)) body.add(s.finding(finding));
  }
  Node declared = s.section("third_parties", s.t("whom.services"));
  Node services("list");
  for (const auto& service : s.services) {
    if (!service.declared || service.operator_country == "-") continue;
    services.add(s.service(service).mark(s.t("category." + std::string(name_of(service.category)))));
  }
  add_list(declared, std::move(services));
  if (declared.has_children()) body.add(std::move(declared));
  return s.line("whom", names.empty() ? s.t("not_stated") : s.brief(names, k_line_names), names.empty(), std::move(body));
}

Node line_term(const Scribe& s) {
  Node list("list");
  Names names;
  bool said = false;
  for (const auto& term : s.policy.terms) {
    std::string value;
    if (term.kind == policy::Term::Kind::duration) value = s.locale.duration(term.duration);
    if (term.kind == policy::Term::Kind::unlimited) value = s.t("term.unlimited");
    if (term.kind == policy::Term::Kind::by_law) value = s.t("term.by_law");
    if (term.kind == policy::Term::Kind::until) value = s.in(term.until);
    const bool silent = value.empty();
    said = said || !silent;
    Node item = s.stated(s.in(term.name), silent ? nullptr : &value, term.clauses);
    if (term.kind == policy::Term::Kind::unlimited) item.set("tone", "warning");
    list.add(std::move(item));
    names.push_back(s.in(term.name) + ": " + (silent ? s.t("not_stated") : lower_first(value)));
  }
  const std::string term = s.locale.duration(s.policy.consent_term_text);
  list.add(s.item(s.t("term.decision"), term));
  add_statements(s, {"storage"}, false, list);
  std::string words;
  for (std::size_t i = 0; i < names.size() && i < 2; ++i) words += (i == 0 ? "" : "; ") + names[i];
  return s.line("term", names.empty() ? s.t("not_stated") : words, !said, Node("line").add(std::move(list)));
}

Node summary(const Scribe& s, const Request& request) {
  Node layer = s.section({}, s.t("policy.title"));
  layer.add(Node("close").set("text", s.t("close"))).add(s.button("back", "back", "back"));
  using Line = Node (*)(const Scribe&);
  constexpr Line k_lines[] = {line_who,     line_data,     line_why,  line_whom, line_term,    line_rights,  line_messages, line_cookies,
                              line_transfer, line_disputes, line_laws, line_also, line_contact, line_edition, line_findings};
  for (const auto& line : k_lines) {
    // A line that has nothing to say and nothing to be silent about is left out.
    if (Node node = line(s); node.value().has("text")) layer.add(std::move(node));
  }
  full_text(s, request, layer);
  return layer;
}

}  // namespace kelisim::view
