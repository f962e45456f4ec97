// The summary's second half: rights, messages, cookies, transfer, disputes, laws, the rest,
// contact, edition, findings.
#include <algorithm>

#include "core/encoding.hpp"
#include "view/href.hpp"
#include "view/summary.hpp"
#include "view/words.hpp"

namespace kelisim::view {
namespace {

bool is_own_host(const policy::Policy& policy, const std::string& host) {
  return std::any_of(
      policy.operator_.sites.begin(), policy.operator_.sites.end(),
      [&](const std::string& site) { return host == site || host.ends_with("." + site); });
}

std::string silence(Pen& p, const char* label) {
  std::string words = p.t(label);
  words += ": ";
  words += p.t("not_stated");
  return words;
}

}  // namespace

void line_rights(Pen& p) {
  p.line("rights");
  rights(p);
  withdraw_here(p);
  std::string words;
  for (const auto& right : p.policy.rights) {
    if (!right.not_stated) p.name(right.name);
  }
  words = p.brief(2);
  for (const auto& right : p.policy.rights) {
    if (right.not_stated) p.name(right.name);
  }
  if (p.has_names()) {
    const std::string silent = p.brief(99);
    words += words.empty() ? silent : "; " + lower_first(silent);
    words += ": ";
    words += p.t("not_stated");
  }
  if (words.empty()) p.silent();
  p.put("text", words).end();
}

void line_messages(Pen& p) {
  p.line("messages");
  if (p.policy.messages) {
    const auto& all = *p.policy.messages;
    p.open("list");
    for (const auto& topic : all.topics) {
      p.item(topic.name, topic.clauses)
          .name(topic.name)
          .mark(topic.partners ? "mark.from_partners" : "mark.from_shop")
          .mark("mark.switch")
          .end();
    }
    for (const auto& channel : all.channels) {
      p.item(channel.name, channel.clauses)
          .label("messages.channel")
          .note(channel.note)
          .mark("mark.switch");
      if (!channel.named) p.mark("mark.unnamed_channel");
      p.end();
    }
    for (const auto& message : all.service) {
      p.item(message.name, message.clauses)
          .name(message.name)
          .mark("mark.information")
          .note("service_messages.no_reason");
      if (message.reason) p.note(*message.reason);
      p.open("list");
      for (const auto& occasion : message.occasions) p.item(occasion, {}).end();
      p.end_filled().end();
    }
    p.end_filled().section("refuse", "messages.refuse").ways(all.refuse).end_filled();
  }
  p.end_line(2);
}

void line_cookies(Pen& p) {
  p.line("cookies");
  if (p.policy.cookies) {
    const auto& cookies = *p.policy.cookies;
    p.open("list");
    for (const auto& use : cookies.uses) {
      p.item(use.name, use.clauses).name(use.name).mark("category.", name_of(use.category));
      if (use.third_party) p.mark("mark.third_party");
      p.end();
    }
    p.stated("cookies.named", cookies.named)
        .end()
        .stated("cookies.lifetimes", cookies.lifetimes)
        .end();
    if (cookies.stops_working) p.note_item("stops.label", *cookies.stops_working).end();
    if (cookies.tie) p.note_item("cookies.tie", *cookies.tie).note("cookies.no_wall").end();
    if (cookies.changes) p.note_item("cookies.changes", *cookies.changes).end();
    if (cookies.browser) p.note_item("browser.label", *cookies.browser).note("browser.note").end();
    p.end();
  }
  p.end_line(k_line_names);
}

void line_transfer(Pen& p) {
  const auto& border = p.policy.cross_border;
  p.line("transfer")
      .open("list")
      .stated("transfer.allowed", border.allowed)
      .refs(border.clauses)
      .end();
  if (border.bundled) p.item().say("transfer.bundled").refs(border.clauses).tone("warning").end();
  std::string countries;
  if (border.countries) {
    for (const auto& code : *border.countries) p.locale.join(countries, p.locale.country(code));
  }
  p.stated("transfer.countries", countries.empty() ? nullptr : &countries).end();
  std::string stored;
  if (border.localisation) stored = p.locale.country(border.localisation->country);
  p.stated("transfer.stored", stored.empty() ? nullptr : &stored);
  if (border.localisation) p.refs(border.localisation->clauses);
  p.end();
  const std::string abroad = p.countries(Pen::is_abroad);
  if (!abroad.empty()) {
    p.item("transfer.who", abroad);
    if (!p.countries(Pen::needs_transfer).empty()) p.note("transfer.switch");
    p.end();
  }
  p.end();
  // The silence first, then what is known all the same.
  std::string words = upper_first(
      p.t(border.allowed ? (*border.allowed ? "transfer.yes" : "transfer.no") : "not_stated"));
  const auto add = [&](const char* label, const std::string& value) {
    if (value.empty()) return;
    words += ". ";
    words += p.t(label);
    words += ": ";
    words += value;
  };
  add("transfer.countries", countries);
  add("transfer.stored", stored);
  add("transfer.who", abroad);
  if (!border.allowed) p.tone("not_stated");
  p.put("text", words).end();
}

void line_disputes(Pen& p) {
  p.line("disputes");
  if (p.policy.disputes) {
    const auto& disputes = *p.policy.disputes;
    p.open("list").stated("disputes.claim", disputes.claim_required).refs(disputes.clauses).end();
    if (disputes.claim_required && *disputes.claim_required) p.name(p.t("disputes.claim_first"));
    std::string days;
    if (disputes.answer_days) days = p.locale.count("span.calendar", *disputes.answer_days);
    p.stated("disputes.answer", days.empty() ? nullptr : &days).end();
    p.name(days.empty() ? silence(p, "disputes.answer") : p.t("disputes.answer") + ": " + days);
    p.stated("disputes.court", disputes.court)
        .end()
        .stated("disputes.law", disputes.law)
        .end()
        .end();
  }
  p.end_line(k_line_names);
}

void line_laws(Pen& p) {
  p.line("laws").open("list");
  for (const auto& law : p.policy.laws) {
    std::string name = p.in(law.name);
    if (!law.number.empty()) p.locale.join(name, "№ " + law.number);
    if (!law.date.empty()) p.locale.join(name, p.locale.date(law.date));
    p.item().put("text", name).lang_of(law.name).name(name).refs(law.clauses).end();
  }
  p.statements("governing_law").end_filled();
  if (p.has_names()) {
    p.named(1, true);
  } else {
    p.silent();
  }
  p.end();
}

void line_also(Pen& p) {
  constexpr const char* k_topics[] = {"scope",     "contracts",  "links",    "duty",
                                      "liability", "disclaimer", "security", "other"};
  p.line("also").open("list");
  for (const auto* topic : k_topics) {
    if (std::none_of(p.policy.statements.begin(), p.policy.statements.end(),
                     [&](const auto& statement) { return statement.topic == topic; }))
      continue;
    p.name(p.t("topic.", topic)).statements(topic, true);
  }
  if (!p.policy.forms.empty()) p.name(p.t("forms.title"));
  for (const auto& form : p.policy.forms)
    p.item(form.name, form.clauses).label("also.form").note(form.text).end();
  p.end_filled().named(4).end_filled();
}

void line_contact(Pen& p) {
  const auto& all = p.policy.contacts;
  p.line("contact").open("list");
  for (auto contact = all.begin(); contact != all.end(); ++contact) {
    // The same way for two purposes is one way, of both clauses.
    const auto same = [&](const policy::Contact& other) {
      return other.kind == contact->kind && other.value == contact->value &&
             other.subject == contact->subject && p.in(other.name) == p.in(contact->name);
    };
    if (std::any_of(all.begin(), contact, same)) continue;
    policy::Contact merged = *contact;
    for (auto other = contact + 1; other != all.end(); ++other) {
      if (same(*other))
        merged.clauses.insert(merged.clauses.end(), other->clauses.begin(), other->clauses.end());
    }
    p.item().way(merged).end();
    // In short: every address once, else what the policy calls its desks.
    if (contact->value && contact->kind != "cabinet" &&
        std::none_of(all.begin(), contact,
                     [&](const auto& other) { return other.value == contact->value; })) {
      p.name(*contact->value);
    }
  }
  p.end_filled();
  if (!p.has_names() && !all.empty()) p.name(all.front().name);
  p.put("text", p.has_names() ? p.brief(k_line_names, true) : p.t("not_stated"));
  if (all.empty()) p.tone("not_stated");
  p.end();
}

void line_edition(Pen& p) {
  const auto& edition = p.policy.edition;
  const std::string date = edition.date ? p.locale.date(*edition.date) : std::string();
  p.line("edition")
      .open("list")
      .stated("edition.date", date.empty() ? nullptr : &date)
      .refs(edition.clauses);
  if (!date.empty() && edition.place != "none") p.put("note", p.t("place.", edition.place));
  p.end();
  if (edition.url_href) {
    const std::string href = web_href(*edition.url_href);
    const std::string host = host_part(href);
    std::string note;
    if (edition.url_printed != *edition.url_href)
      note = p.locale.text("edition.printed", {{"url", edition.url_printed}});
    if (!is_own_host(p.policy, host)) {
      if (!note.empty()) note += ' ';
      note += p.locale.text("edition.other_site", {{"host", host}});
    }
    p.item()
        .open("link")
        .label("edition.url")
        .put("text", *edition.url_href)
        .put("href", href)
        .put("rel", "policy");
    p.put("note", note).refs(edition.url_clauses).end();
  } else {
    p.stated("edition.url", static_cast<const std::string*>(nullptr));
  }
  // The address may show another text; what a receipt proves is the one with this hash.
  p.end()
      .item("edition.hash", "sha256:" + edition.text_sha256)
      .note("edition.bound")
      .end()
      .statements("change")
      .end();
  if (date.empty()) p.tone("not_stated");
  p.put("text", date.empty() ? silence(p, "edition.date") : date).end();
}

void line_findings(Pen& p) {
  const auto& all = p.policy.findings;
  p.line("findings");
  if (!all.empty()) p.text("findings.lead", "muted");
  for (const auto severity :
       {policy::Severity::high, policy::Severity::medium, policy::Severity::low}) {
    for (const auto& finding : all) {
      if (finding.severity == severity) p.finding(finding);
    }
  }
  const auto high = std::count_if(all.begin(), all.end(), [](const auto& finding) {
    return finding.severity == policy::Severity::high;
  });
  p.put("text", p.locale.count("findings.count", static_cast<std::int64_t>(all.size()),
                               {{"high", to_text(high)}}))
      .end_filled();
}

}  // namespace kelisim::view
