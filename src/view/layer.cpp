// Chooses the layer, puts the tree's head on it; clauses and the full text.
#include "view/layer.hpp"

#include <algorithm>

#include "view/pen.hpp"
#include "view/words.hpp"

namespace kelisim::view {
namespace {

constexpr std::string_view k_paragraph = ".\xC2\xB6";   // ".¶"
constexpr std::string_view k_bullet = ".\xE2\x80\xA2";  // ".•"

struct Layer {
  std::string_view name;
  bool (*write)(Pen&, const Request&);
  bool modal;
  const char* unknown;  ///< What is wrong when it does not exist: view_<unknown> at /<unknown>.
};

constexpr Layer k_layers[] = {
    {"notice", notice, false, ""},          {"choices", choices, true, ""},
    {"policy", summary, true, "text"},      {"rights", rights_layer, true, ""},
    {"receipts", receipts_layer, true, ""}, {"hold", hold, false, "service"},
    {"form", form, false, "form"}};

Error unknown(const char* what) {
  const std::string name = what;
  return {("view_" + name).c_str(), "/" + name, "there is no such " + name};
}

}  // namespace

std::string clause_label(const policy::Policy& policy, const Locale& locale, std::string_view id) {
  if (const auto at = id.find(k_bullet); at != std::string_view::npos) {
    std::string label(id.substr(0, at));
    label += " \xE2\x80\xA2 ";
    label += id.substr(at + k_bullet.size());
    return label;
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
  if (clause != nullptr && !clause->printed.empty() && clause->printed != id)
    label += " (" + clause->printed + ')';
  return label;
}

std::string clause_name(const policy::Policy& policy, const Locale& locale, std::string_view id) {
  if (id.empty() || id[0] < '0' || id[0] > '9') return {};
  const auto number = id.substr(0, std::min(id.find(k_bullet), id.find(k_paragraph)));
  const auto label = clause_label(policy, locale, id);
  const auto name = locale.text("clause.name", {{"n", number}});
  const auto rest = label.substr(number.size());
  // What is seen has to be in what is said, for those who speak to their browser.
  return rest.empty() || name.ends_with(number) ? name + rest : name + ": " + label;
}

void clause_node(Pen& p, const policy::Clause& clause, const policy::ClauseTexts* texts) {
  p.open("clause")
      .id(clause.id)
      .put("label", clause_label(p.policy, p.locale, clause.id))
      .verbatim();
  json::Value words;
  if (texts != nullptr) {
    if (const std::string* text = texts->find(clause.id)) words = *text;
  }
  p.put("text", std::move(words));
  p.put("level", clause.kind == policy::ClauseKind::title     ? 1
                 : clause.kind == policy::ClauseKind::section ? 2
                                                              : 3);
}

void full_text(Pen& p, const Request& request) {
  p.section("full_text", "text.title");
  if (p.policy.language != p.locale.lang()) {
    const std::string language = p.locale.in_language(p.policy.language);
    p.open("text")
        .tone("muted")
        .put("text", p.locale.text("text.language", {{"language", language}}))
        .end();
  }
  if (!request.text && request.query.empty()) {
    p.button("load_text", "load_text");
  } else {
    const auto wanted = search_key(request.query);
    std::int64_t number = 0;
    p.open("section");
    for (const auto& clause : p.policy.clauses) {
      const std::string* words = request.texts->find(clause.id);
      if (!wanted.empty() &&
          (words == nullptr || search_key(*words).find(wanted) == std::string::npos))
        continue;
      clause_node(p, clause, request.texts);
      p.end();
      ++number;
    }
    p.end_filled();
    if (!wanted.empty())
      p.open("text").tone("muted").put("text", p.locale.count("text.found", number)).end();
  }
  p.end();
}

Result<json::Value> layer(const policy::Policy& policy,
                          const std::vector<policy::ServiceFacts>& services, const Locale& locale,
                          const Request& request) {
  if ((request.text || !request.query.empty()) && request.texts == nullptr) return unknown("text");
  for (const auto& layer : k_layers) {
    if (layer.name != request.layer) continue;
    Pen pen(policy, services, locale);
    pen.open_root(request.layer, layer.modal);
    if (!layer.write(pen, request)) return unknown(layer.unknown);
    return pen.take();
  }
  return unknown("layer");
}

Result<json::Value> clause(const policy::Policy& policy, const policy::ClauseTexts* texts,
                           const Locale& locale, std::string_view id) {
  const auto* found = policy.clause(id);
  if (found == nullptr) return Error{"view_clause", "/id", "there is no such clause"};
  const std::vector<policy::ServiceFacts> none;
  Pen pen(policy, none, locale);
  clause_node(pen, *found, texts);
  return pen.take();
}

}  // namespace kelisim::view
