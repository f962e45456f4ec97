// The layers with one job each: rights, the placeholder of a held service, the box of a form.
#include <algorithm>

#include "view/pen.hpp"

namespace kelisim::view {
namespace {

/// Whether a right is a request with a deadline; a breach notice, damages or "other rights" are
/// not.
bool has_deadline(std::string_view right) {
  constexpr std::string_view k_requests[] = {
      "know",       "access",         "erasure", "rectification", "blocking", "refuse_publication",
      "withdrawal", "refuse_messages"};
  return std::find(std::begin(k_requests), std::end(k_requests), right) != std::end(k_requests);
}

template <class List>
auto* find_id(const List& list, const std::string& id) {
  const auto at =
      std::find_if(list.begin(), list.end(), [&](const auto& entry) { return entry.id == id; });
  return at == list.end() ? nullptr : &*at;
}

}  // namespace

void rights(Pen& p) {
  p.open("list");
  for (const auto& right : p.policy.rights) {
    p.item(right.name, right.clauses).note(right.note);
    if (right.not_stated) p.tone("not_stated").mark("not_stated");
    if (!right.exceptions.empty())
      p.open("text").label("rights.exceptions").say(right.exceptions).end();
    p.ways(right.ways);
    if (has_deadline(right.right)) {
      if (!right.not_stated && right.ways.empty())
        p.open("text").label("rights.how").silent().end();
      p.open("text").label("rights.term");
      if (right.term) {
        p.put("text", p.locale.duration(*right.term));
      } else {
        p.silent();
        // Law No. 94-V, Article 6: the one term of the law that was read in its text
        // (docs/policy-format.md has the others). A visitor is told nothing unchecked.
        if (right.right == "refuse_publication" && p.policy.jurisdiction.starts_with("KZ")) {
          p.put("note", p.locale.text("rights.by_law", {{"term", p.locale.count("span.work", 1)}}));
        }
      }
      p.end();
    }
    if (right.right == "withdrawal")
      p.open("text").label("rights.here_label").say("rights.here").end();
    p.end();
  }
  p.end_filled();
}

bool rights_layer(Pen& p, const Request&) {
  p.head("rights.title");
  rights(p);
  withdraw_here(p);
  p.button("open.choices", "open", "choices").button("open.receipts", "open", "receipts");
  return true;
}

bool hold(Pen& p, const Request& request) {
  const auto* service = find_id(p.services, request.service);
  if (service == nullptr || !service->declared) return false;
  p.put("title", p.locale.text("hold.title", {{"service", p.in(service->name)}}))
      .text("hold.text")
      .open("list");
  p.item("hold.recipient", p.operated(*service)).refs(service->clauses).end();
  p.item().label("hold.purpose");
  for (const auto& id : service->purposes) {
    if (const auto* purpose = p.policy.purpose(id); purpose != nullptr)
      p.name(purpose->name).refs(purpose->clauses);
  }
  if (!p.has_names()) p.name(p.t("category.", name_of(service->category)));
  p.named(99).end();
  if (service->abroad)
    p.item("hold.abroad", p.locale.country(service->operator_country))
        .refs(p.policy.cross_border.clauses)
        .end();
  p.end()
      .button("hold.grant", "grant_service", service->id.c_str(), "hold-grant")
      .button("open.choices", "open", "choices");
  return true;
}

bool form(Pen& p, const Request& request) {
  const auto* form = find_id(p.policy.forms, request.form);
  if (form == nullptr) return false;
  p.title(form->name).switch_of("form", form->id).label(form->text).refs(form->clauses).end();
  for (const auto& id : form->purposes) {
    if (const auto* purpose = p.policy.purpose(id); purpose != nullptr) p.name(purpose->name);
  }
  if (p.has_names()) p.open("text").label("hold.purpose").named(99).end();
  p.text("form.apart", "muted");
  return true;
}

}  // namespace kelisim::view
