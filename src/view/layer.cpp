// Chooses the layer, puts the tree's head on it; clauses and the full text.
#include "view/layer.hpp"

#include <algorithm>

#include "view/scribe.hpp"
#include "view/words.hpp"

namespace kelisim::view {
namespace {

constexpr std::string_view k_paragraph = ".\xC2\xB6";   // ".¶"
constexpr std::string_view k_bullet = ".\xE2\x80\xA2";  // ".•"

std::string join(const std::string& words, std::string_view id) { return words + ' ' + std::string(id); }

}  // namespace

std::string clause_label(const policy::Policy& policy, const Locale& locale, std::string_view id) {
  if (const auto at = id.find(k_bullet); at != std::string_view::npos) {
    return join(std::string(id.substr(0, at)) + " \xE2\x80\xA2", id.substr(at + k_bullet.size()));
  }
  if (const auto at = id.rfind(k_paragraph); at != std::string_view::npos) {
    const auto of = id.substr(0, at);
    const auto n = id.substr(at + k_paragraph.size());
    if (of == "p" || of == "end") {
      const auto name = locale.text(of == "p" ? "clause.preamble" : "clause.end");
      return n == "1" ? name : locale.text("clause.paragraph", {{"of", name}, {"n", n}});
    }
    return locale.text("clause.paragraph", {{"of", of}, {"n", n}});
  }
  const auto* clause = policy.clause(id);
  const bool numbered = id.size() > 1 && id[1] >= '0' && id[1] <= '9';
  if (numbered && id[0] == 's') return locale.text("clause.section", {{"n", id.substr(1)}});
  if (numbered && id[0] == 't') return locale.text("clause.title");
  std::string label(id);
  if (clause != nullptr && !clause->printed.empty() && clause->printed != id) label += " (" + clause->printed + ')';
  return label;
}

Node clause_node(const Scribe& s, const policy::Clause& clause, const policy::ClauseTexts* texts) {
  Node node = Node("clause").set("id", clause.id).set("label", clause_label(s.policy, s.locale, clause.id));
  json::Value words;
  if (texts != nullptr) {
    if (const auto at = texts->find(clause.id); at != texts->end()) words = at->second;
  }
  node.put("text", std::move(words)).set("lang", s.verbatim());
  node.put("level", clause.kind == policy::ClauseKind::title ? 1 : clause.kind == policy::ClauseKind::section ? 2 : 3);
  return node;
}

void full_text(const Scribe& s, const Request& request, Node& to) {
  Node section = s.section("full_text", s.t("text.title"));
  if (!s.verbatim().empty()) {
    section.add(s.text(s.t("text.language", {{"language", s.locale.in_language(s.policy.language)}}), "muted"));
  }
  if (!request.text && request.query.empty()) {
    section.add(s.button("load_text", "load_text"));
  } else {
    const auto wanted = search_key(request.query);
    Node found("section");
    std::int64_t number = 0;
    for (const auto& clause : s.policy.clauses) {
      const auto words = request.texts->find(clause.id);
      if (!wanted.empty() && (words == request.texts->end() || search_key(words->second).find(wanted) == std::string::npos)) continue;
      found.add(clause_node(s, clause, request.texts));
      ++number;
    }
    if (!wanted.empty()) section.add(s.text(s.locale.count("text.found", number), "muted"));
    if (number != 0) section.add(std::move(found));
  }
  to.add(std::move(section));
}

Result<json::Value> layer(const policy::Policy& policy, const std::vector<policy::ServiceFacts>& services, const Locale& locale,
                          const Request& request) {
  const Scribe s{policy, services, locale};
  const std::string& name = request.layer;
  Node body("section");
  bool modal = true;
  if (name == "notice") {
    body = notice(s);
    modal = false;
  } else if (name == "choices") {
    body = choices(s);
  } else if (name == "policy") {
    if ((request.text || !request.query.empty()) && request.texts == nullptr) return Error{"view_text", "/text", "the text is not loaded"};
    body = summary(s, request);
  } else if (name == "rights") {
    body = rights_layer(s);
  } else if (name == "receipts") {
    body = receipts_layer(s, request.receipts);
  } else if (name == "hold") {
    const auto at = std::find_if(services.begin(), services.end(), [&](const auto& service) { return service.id == request.service && service.declared; });
    if (at == services.end()) return Error{"view_service", "/service", "the policy declares no such service"};
    body = hold(s, *at);
    modal = false;
  } else if (name == "form") {
    const auto at = std::find_if(policy.forms.begin(), policy.forms.end(), [&](const auto& form) { return form.id == request.form; });
    if (at == policy.forms.end()) return Error{"view_form", "/form", "the policy has no such form consent"};
    body = form(s, *at);
    modal = false;
  } else {
    return Error{"view_layer", "/layer", "there is no such layer"};
  }
  json::Value built = std::move(body).take();
  json::Value tree = json::Value::object();
  tree.set("format", "kelisim-view-1").set("policy", policy.id).set("edition", policy.edition.text_sha256).set("layer", name);
  tree.set("lang", locale.lang()).set("dir", locale.dir()).set("title", built["title"]).set("modal", modal);
  auto* children = built.find("children");
  tree.set("children", children == nullptr ? json::Value::array() : std::move(*children));
  return tree;
}

Result<json::Value> clause(const policy::Policy& policy, const policy::ClauseTexts* texts, const Locale& locale, std::string_view id) {
  const auto* found = policy.clause(id);
  if (found == nullptr) return Error{"view_clause", "/id", "the policy has no such clause"};
  const std::vector<policy::ServiceFacts> none;
  return clause_node(Scribe{policy, none, locale}, *found, texts).take();
}

}  // namespace kelisim::view
