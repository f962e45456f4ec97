// The summary's second half: rights, messages, cookies, transfer, disputes, laws, the rest, contact, edition, findings.
#include <algorithm>

#include "consent/grants.hpp"
#include "core/encoding.hpp"
#include "view/href.hpp"
#include "view/summary.hpp"
#include "view/words.hpp"

namespace kelisim::view {
namespace {

bool is_own_host(const Scribe& s, const std::string& host) {
  return std::any_of(s.policy.operator_.sites.begin(), s.policy.operator_.sites.end(), [&](const std::string& site) {
    return host == site || (host.size() > site.size() && host.ends_with(site) && host[host.size() - site.size() - 1] == '.');
  });
}

/// "yes", "no" or "the policy does not say".
Node answer_item(const Scribe& s, const char* key, const policy::Stated<bool>& stated, const policy::ClauseIds& clauses) {
  const std::string word = stated ? s.t(*stated ? "yes" : "no") : std::string();
  return s.stated(s.t(key), stated ? &word : nullptr, clauses);
}

Node contacts(const Scribe& s) {
  Node list("list");
  const auto& all = s.policy.contacts;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto same = [&](const policy::Contact& other) {
      return other.kind == all[i].kind && other.value == all[i].value && other.subject == all[i].subject && s.in(other.name) == s.in(all[i].name);
    };
    if (std::any_of(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(i), same)) continue;
    policy::Contact merged = all[i];
    for (std::size_t j = i + 1; j < all.size(); ++j) {
      if (same(all[j])) merged.clauses.insert(merged.clauses.end(), all[j].clauses.begin(), all[j].clauses.end());
    }
    list.add(Node("item").add(s.way(merged)));
  }
  return list;
}

}  // namespace

Node line_rights(const Scribe& s) {
  Names names;
  Names silent;
  for (const auto& right : s.policy.rights) (right.not_stated ? silent : names).push_back(s.in(right.name));
  std::string words = s.brief(names, 2);
  if (!silent.empty()) words += (words.empty() ? "" : "; ") + (words.empty() ? s.all(silent) : lower_first(s.all(silent))) + ": " + s.t("not_stated");
  Node body("line");
  add_list(body, rights(s));
  body.add(withdraw_here(s));
  return s.line("rights", words.empty() ? s.t("not_stated") : words, names.empty(), std::move(body));
}

Node line_messages(const Scribe& s) {
  if (!s.policy.messages) return s.line("messages", s.t("not_stated"), true, Node("line"));
  const auto& messages = *s.policy.messages;
  Node list("list");
  Names names;
  for (const auto& topic : messages.topics) {
    names.push_back(s.in(topic.name));
    list.add(s.item({}, s.in(topic.name), topic.clauses).mark(s.t(topic.partners ? "mark.from_partners" : "mark.from_shop")).mark(s.t("mark.switch")));
  }
  for (const auto& channel : messages.channels) {
    Node item = s.item(s.t("messages.channel"), s.in(channel.name), channel.clauses).set("note", s.in(channel.note)).mark(s.t("mark.switch"));
    if (!channel.named) item.mark(s.t("mark.unnamed_channel"));
    list.add(std::move(item));
  }
  for (const auto& message : messages.service) {
    names.push_back(s.in(message.name));
    Node item = s.item({}, s.in(message.name), message.clauses).mark(s.t("mark.information"));
    item.set("note", message.reason ? s.in(*message.reason) : s.t("service_messages.no_reason"));
    Node occasions("list");
    for (const auto& occasion : message.occasions) occasions.add(s.item({}, s.in(occasion)));
    add_list(item, std::move(occasions));
    list.add(std::move(item));
  }
  Node body("line");
  add_list(body, std::move(list));
  Node ways = s.section("refuse", s.t("messages.refuse"));
  for (const auto& id : messages.refuse) {
    if (const auto* contact = s.policy.contact(id); contact != nullptr) ways.add(s.way(*contact));
  }
  if (ways.has_children()) body.add(std::move(ways));
  return s.line("messages", names.empty() ? s.t("not_stated") : s.brief(names, 2), names.empty(), std::move(body));
}

Node line_cookies(const Scribe& s) {
  if (!s.policy.cookies) return s.line("cookies", s.t("not_stated"), true, Node("line"));
  const auto& cookies = *s.policy.cookies;
  Node list("list");
  Names names;
  for (const auto& use : cookies.uses) {
    names.push_back(s.in(use.name));
    Node item = s.item({}, s.in(use.name), use.clauses).mark(s.t("category." + std::string(name_of(use.category))));
    if (use.third_party) item.mark(s.t("mark.third_party"));
    list.add(std::move(item));
  }
  list.add(answer_item(s, "cookies.named", cookies.named, {}));
  list.add(answer_item(s, "cookies.lifetimes", cookies.lifetimes, {}));
  if (cookies.stops_working) list.add(s.note(s.t("stops.label"), *cookies.stops_working));
  if (cookies.tie) list.add(s.note(s.t("cookies.tie"), *cookies.tie).set("note", s.t("cookies.no_wall")));
  if (cookies.changes) list.add(s.note(s.t("cookies.changes"), *cookies.changes));
  if (cookies.browser) list.add(s.note(s.t("browser.label"), *cookies.browser).set("note", s.t("browser.note")));
  return s.line("cookies", names.empty() ? s.t("not_stated") : s.brief(names, k_line_names), names.empty(), Node("line").add(std::move(list)));
}

Node line_transfer(const Scribe& s) {
  const auto& border = s.policy.cross_border;
  Node list("list");
  list.add(answer_item(s, "transfer.allowed", border.allowed, border.clauses));
  if (border.bundled) list.add(s.item({}, s.t("transfer.bundled"), border.clauses).set("tone", "warning"));
  std::string countries;
  if (border.countries) {
    for (const auto& code : *border.countries) countries += (countries.empty() ? "" : ", ") + s.locale.country(code);
  }
  list.add(s.stated(s.t("transfer.countries"), countries.empty() ? nullptr : &countries));
  std::string stored;
  if (border.localisation) stored = s.locale.country(border.localisation->country);
  list.add(s.stated(s.t("transfer.stored"), stored.empty() ? nullptr : &stored, border.localisation ? border.localisation->clauses : policy::ClauseIds()));
  const std::string abroad = consent::has_transfer(s.services) ? s.countries_abroad() : std::string();
  if (!abroad.empty()) list.add(s.item(s.t("transfer.who"), abroad).set("note", s.t("transfer.switch")));
  std::string words = s.t(border.allowed ? (*border.allowed ? "transfer.yes" : "transfer.no") : "not_stated");
  if (!countries.empty()) words += ": " + countries;
  if (!stored.empty()) words += ". " + s.t("transfer.stored") + ": " + stored;
  if (!abroad.empty()) words += ". " + s.t("transfer.who") + ": " + abroad;
  return s.line("transfer", words, !border.allowed, Node("line").add(std::move(list)));
}

Node line_disputes(const Scribe& s) {
  Node list("list");
  Names names;
  if (s.policy.disputes) {
    const auto& disputes = *s.policy.disputes;
    list.add(answer_item(s, "disputes.claim", disputes.claim_required, disputes.clauses));
    if (disputes.claim_required && *disputes.claim_required) names.push_back(s.t("disputes.claim_first"));
    const std::string days = disputes.answer_days ? s.locale.count("span.calendar", *disputes.answer_days) : std::string();
    list.add(s.stated(s.t("disputes.answer"), disputes.answer_days ? &days : nullptr));
    names.push_back(s.t("disputes.answer") + ": " + (days.empty() ? s.t("not_stated") : days));
    list.add(s.stated(s.t("disputes.court"), disputes.court ? &s.in(*disputes.court) : nullptr));
    list.add(s.stated(s.t("disputes.law"), disputes.law ? &s.in(*disputes.law) : nullptr));
  }
  Node body("line");
  add_list(body, std::move(list));
  return s.line("disputes", names.empty() ? s.t("not_stated") : s.all(names), names.empty(), std::move(body));
}

Node line_laws(const Scribe& s) {
  Node list("list");
  Names names;
  for (const auto& law : s.policy.laws) {
    std::string name = s.in(law.name);
    if (!law.number.empty()) name += ", № " + law.number;
    if (!law.date.empty()) name += ", " + s.locale.date(law.date);
    list.add(s.item({}, name, law.clauses));
    names.push_back(std::move(name));
  }
  add_statements(s, {"governing_law"}, false, list);
  Node body("line");
  add_list(body, std::move(list));
  return s.line("laws", names.empty() ? s.t("not_stated") : s.brief(names, 1, true), names.empty(), std::move(body));
}

Node line_also(const Scribe& s) {
  constexpr std::string_view k_topics[] = {"scope", "contracts", "links", "duty", "liability", "disclaimer", "security", "other"};
  Node list("list");
  Names names;
  for (const auto topic : k_topics) {
    const bool any = std::any_of(s.policy.statements.begin(), s.policy.statements.end(), [&](const auto& statement) { return statement.topic == topic; });
    if (!any) continue;
    names.push_back(s.t("topic." + std::string(topic)));
    add_statements(s, {topic}, true, list);
  }
  for (const auto& form : s.policy.forms) list.add(s.item(s.t("also.form"), s.in(form.name), form.clauses).set("note", s.in(form.text)));
  Node body("line");
  add_list(body, std::move(list));
  return s.line("also", s.brief(names, 4), false, std::move(body));
}

Node line_contact(const Scribe& s) {
  Node body("line");
  add_list(body, contacts(s));
  std::string words;
  for (const std::string_view kind : {"mail", "phone"}) {
    for (const auto& contact : s.policy.contacts) {
      if (contact.kind != kind || !contact.value) continue;
      words += (words.empty() ? "" : ", ") + *contact.value;
      break;
    }
  }
  if (words.empty() && !s.policy.contacts.empty()) words = s.in(s.policy.contacts.front().name);
  return s.line("contact", words.empty() ? s.t("not_stated") : words, words.empty(), std::move(body));
}

Node line_edition(const Scribe& s) {
  const auto& edition = s.policy.edition;
  Node list("list");
  const std::string date = edition.date ? s.locale.date(*edition.date) : std::string();
  Node dated = s.stated(s.t("edition.date"), edition.date ? &date : nullptr, edition.clauses);
  if (edition.date) dated.set("note", s.t("place." + edition.place));
  list.add(std::move(dated));
  if (edition.url_href) {
    const auto href = web_href(*edition.url_href);
    const auto host = host_part(href);
    Node link = Node(href.empty() ? "text" : "link").set("label", s.t("edition.url")).set("text", href.empty() ? *edition.url_href : href);
    link.set("href", href).set("rel", href.empty() ? "" : "policy").put("clauses", s.refs(edition.url_clauses));
    std::string note;
    if (edition.url_printed != *edition.url_href) note = s.t("edition.printed", {{"url", edition.url_printed}});
    if (!is_own_host(s, host)) note += (note.empty() ? "" : " ") + s.t("edition.other_site", {{"host", host}});
    list.add(Node("item").add(std::move(link).set("note", note)));
  } else {
    list.add(s.stated(s.t("edition.url"), nullptr));
  }
  // The address may show another text; what a receipt proves is the one with this hash.
  list.add(s.item(s.t("edition.hash"), "sha256:" + edition.text_sha256).set("note", s.t("edition.bound")));
  add_statements(s, {"change"}, false, list);
  const std::string words = edition.date ? date : s.t("edition.date") + ": " + s.t("not_stated");
  return s.line("edition", words, !edition.date, Node("line").add(std::move(list)));
}

Node line_findings(const Scribe& s) {
  if (s.policy.findings.empty()) return Node("line");
  Node body("line");
  body.add(s.text(s.t("findings.lead"), "muted"));
  std::int64_t high = 0;
  for (const auto severity : {policy::Severity::high, policy::Severity::medium, policy::Severity::low}) {
    for (const auto& finding : s.policy.findings) {
      if (finding.severity != severity) continue;
      body.add(s.finding(finding));
      if (severity == policy::Severity::high) ++high;
    }
  }
  const auto all = static_cast<std::int64_t>(s.policy.findings.size());
  return s.line("findings", s.locale.count("findings.count", all, {{"high", to_text(high)}}), false, std::move(body));
}

}  // namespace kelisim::view
