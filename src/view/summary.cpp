// The summary (R-ALL-08): one screen of lines, each with its clauses; first half of the lines.
#include "view/summary.hpp"

#include <algorithm>

#include "view/words.hpp"

namespace kelisim::view {
namespace {

bool shares_clause(const policy::ClauseIds& a, const policy::ClauseIds& b) {
  return std::any_of(a.begin(), a.end(), [&](const std::string& id) {
    return std::find(b.begin(), b.end(), id) != b.end();
  });
}

/// Two sentences of different clauses that contradict each other.
bool is_contradiction(const policy::Finding& finding) {
  return std::any_of(finding.quotes.begin(), finding.quotes.end(), [&](const policy::Quote& quote) {
    return quote.clause != finding.quotes.front().clause;
  });
}

void data_items(Pen& p, const std::string& group) {
  for (const auto& data : p.policy.data) {
    if (data.group != group || !data.audience.in_shop()) continue;
    p.item(data.name, data.clauses).note(data.note).name(data.name);
    if (data.necessity != "not_stated") p.mark("necessity.", data.necessity);
    if (data.national_id) p.mark("mark.national_id");
    if (data.special) p.mark("mark.special");
    if (data.pseudonym_ok) p.mark("mark.pseudonym");
    if (data.source == "server") p.mark("mark.not_controlled");
    if (data.open_ended) p.mark("mark.open_ended");
    if (data.open_ended || data.national_id || data.special) p.tone("warning");
    p.end();
  }
}

/// Recipients; returns their clauses.
policy::ClauseIds recipients(Pen& p) {
  policy::ClauseIds clauses;
  bool country_said = p.policy.recipients.empty();
  for (const auto& recipient : p.policy.recipients) {
    clauses.insert(clauses.end(), recipient.clauses.begin(), recipient.clauses.end());
    p.item(recipient.name, recipient.clauses).note(recipient.condition).name(recipient.name);
    if (recipient.kind == "never") {
      p.tone("lead").mark("mark.never");
    } else {
      if (recipient.kind == "state_body") p.mark("mark.state_body");
      if (recipient.needs_consent)
        p.mark(*recipient.needs_consent ? "mark.needs_consent" : "mark.no_consent");
      if (recipient.anonymised) p.mark("mark.anonymised");
    }
    if (recipient.country) p.mark_text(p.locale.country(*recipient.country));
    country_said = country_said || recipient.country;
    p.end();
  }
  if (!country_said) p.stated("whom.countries", static_cast<const std::string*>(nullptr)).end();
  return clauses;
}

}  // namespace

void line_who(Pen& p) {
  struct Field {
    const char* label;
    policy::Stated<std::string> policy::Operator::* value;
  };
  constexpr Field k_fields[] = {{"who.legal_name", &policy::Operator::legal_name},
                                {"who.bin", &policy::Operator::bin},
                                {"who.address", &policy::Operator::address},
                                {"who.phone", &policy::Operator::phone}};
  const auto& op = p.policy.operator_;
  p.line("who").open("list").item("who.name", op.name).verbatim().refs(op.clauses).end();
  for (const auto& field : k_fields) {
    const auto& value = op.*field.value;
    if (!value) p.name(p.t(field.label));
    p.stated(field.label, value ? &*value : nullptr);
    if (value && field.value == &policy::Operator::address) p.verbatim();
    for (const auto& contact : p.policy.contacts) {
      if (value && contact.value == value) p.refs(contact.clauses);
    }
    p.end();
  }
  if (p.policy.contacts.empty()) p.name(p.t("line.contact"));
  std::string words;
  for (const auto& site : op.sites) p.locale.join(words, site);
  p.item("who.sites", words).refs(op.site_clauses).end();
  for (const auto& role : op.roles) {
    words = "«";
    words += role.term;
    words += "»";
    p.item().label("role.", role.role).put("text", words).refs(role.clauses).end();
  }
  if (op.covered_persons) {
    const auto& covered = *op.covered_persons;
    p.item(covered.text, covered.clauses).label("who.covered");
    if (covered.named.empty()) p.tone("warning").note("who.unnamed");
    p.open("list");
    for (const auto& name : covered.named) p.item().put("text", name).end();
    p.end_filled().end();
  }
  p.end();
  words = op.name;
  // The line has the text's clauses, so it says only what the text says.
  if (!op.site_clauses.empty()) p.locale.join(words, op.sites.front());
  if (p.has_names()) {
    words += ". ";
    words += p.brief(99);
    words += ": ";
    words += p.t("not_stated");
  }
  p.put("text", words).end();
}

void line_data(Pen& p) {
  p.line("data");
  for (const auto& group : p.policy.data_groups) {
    const auto& data = p.policy.data;
    if (std::none_of(data.begin(), data.end(), [&](const auto& item) {
          return item.group == group.id && item.audience.in_shop();
        }))
      continue;
    p.open("section").id(group.id).title(group.name);
    p.open("text")
        .tone("muted")
        .say("data.group")
        .say(group.note)
        .refs(group.clauses)
        .end()
        .open("list");
    data_items(p, group.id);
    p.end().end();
  }
  p.open("list");
  data_items(p, {});
  p.statements("special_data").statements("recording").end_filled().end_line(k_line_names);
}

void line_why(Pen& p) {
  constexpr const char* k_marks[] = {"mark.switch", "mark.information", "mark.message",
                                     "mark.form"};
  p.line("why").open("list");
  for (const auto& purpose : p.policy.purposes) {
    if (!purpose.audience.in_shop()) continue;
    p.item().say(purpose.name).name(purpose.name).purpose(purpose);
    p.mark(purpose.surface == policy::Surface::app
               ? "mark.app"
               : k_marks[static_cast<std::size_t>(purpose.control)]);
    if (!purpose.widget_controls) p.mark("mark.not_controlled");
    p.end();
  }
  p.end_filled()
      .section("basis", "why.bases")
      .open("list")
      .statements("basis")
      .end_filled()
      .end_filled()
      .end_line(k_line_names);
}

void line_whom(Pen& p) {
  p.line("whom").open("list");
  const auto clauses = recipients(p);
  policy::Stated<bool> published;
  if (p.policy.public_sources) published = p.policy.public_sources->allowed;
  p.stated("whom.public", published);
  if (published) p.refs(p.policy.public_sources->clauses);
  p.end().statements("confidentiality").end();
  for (const auto& finding : p.policy.findings) {
    if (is_contradiction(finding) && finding.severity == policy::Severity::high &&
        shares_clause(finding.clauses, clauses))
      p.finding(finding);
  }
  p.section("third_parties", "whom.services").open("list");
  for (const auto& service : p.services) {
    if (service.declared && service.operator_country != "-")
      p.service(service).mark("category.", name_of(service.category)).end();
  }
  p.end_filled().end_filled().end_line(k_line_names);
}

void line_term(Pen& p) {
  constexpr std::size_t k_shown = 2;
  p.line("term").open("list");
  std::string words;
  std::size_t shown = 0;
  bool said = false;
  for (const auto& term : p.policy.terms) {
    using Kind = policy::Term::Kind;
    const std::string value = term.kind == Kind::duration    ? p.locale.duration(term.duration)
                              : term.kind == Kind::unlimited ? p.t("term.unlimited")
                              : term.kind == Kind::by_law    ? p.t("term.by_law")
                              : term.kind == Kind::until     ? p.in(term.until)
                                                             : std::string();
    p.item().label(term.name).refs(term.clauses);
    if (term.kind == Kind::until) {
      p.say(term.until);
    } else {
      p.put("text", value);
    }
    if (value.empty()) p.silent();
    if (term.kind == Kind::unlimited) p.tone("warning");
    p.end();
    said = said || !value.empty();
    if (++shown > k_shown) continue;
    words += shown == 1 ? "" : "; ";
    words += p.in(term.name);
    words += ": ";
    words += value.empty() ? p.t("not_stated") : lower_first(value);
  }
  p.item("term.decision", p.locale.duration(p.policy.consent_term_text))
      .end()
      .statements("storage")
      .end();
  if (!said) p.silent();
  p.put("text", words).end();
}

bool summary(Pen& p, const Request& request) {
  p.head("policy.title");
  constexpr void (*k_lines[])(Pen&) = {line_who,      line_data,     line_why,      line_whom,
                                       line_term,     line_rights,   line_messages, line_cookies,
                                       line_transfer, line_disputes, line_laws,     line_also,
                                       line_contact,  line_edition,  line_findings};
  for (const auto line : k_lines) line(p);
  full_text(p, request);
  return true;
}

}  // namespace kelisim::view
