// Layers of the real policies: documents, catalogue facts and languages read from the repository,
// and a way to look into trees.
#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "enforce/catalogue.hpp"
#include "json/reader.hpp"
#include "policy/parse.hpp"
#include "support/files.hpp"
#include "view/layer.hpp"

namespace kelisim::test {

using json::Value;

inline constexpr const char* k_languages[] = {"kk", "ru", "en"};

/// What a Result holds; its first error fails the test.
template <class T>
T expect(Result<T> result) {
  if (!result)
    throw std::runtime_error(result.error().code + " at " + result.error().path + ": " +
                             result.error().message);
  return *std::move(result);
}

/// The compact catalogue, as tools/make-catalogue.mjs writes it, without hosts and paths: no layer
/// shows them.
inline enforce::Catalogue catalogue() {
  const auto first_letter = [](const Value& word) { return word.as_string().substr(0, 1); };
  const Value source = expect(json::parse(read_file("src/enforce/services.json")));
  Value services = Value::object();
  for (const Value& service : source["services"].items()) {
    Value storage = Value::array();
    for (const Value& item : service["storage"].items()) {
      storage.push(Value::array()
                       .push(first_letter(item["type"]))
                       .push(item["name"])
                       .push(item["match"].as_string() == "prefix" ? 1 : 0)
                       .push(item["party"].as_string() == "first" ? 1 : 0)
                       .push(item["max_age_s"]));
    }
    const std::string gate = service["gate"].as_string();
    services.set(service["id"].as_string(),
                 Value::object()
                     .set("n", service["name"])
                     .set("o", service["operator"])
                     .set("c", service["operator_country"])
                     .set("g", first_letter(service["category"]))
                     .set("k", service["kind"])
                     .set("a", gate == "allow_on_action" ? "o" : gate.substr(0, 1))
                     .set("s", std::move(storage)));
  }
  return expect(enforce::Catalogue::parse(Value::object()
                                              .set("format", "kelisim-catalogue-1")
                                              .set("version", 1)
                                              .set("services", std::move(services))));
}

inline view::Locale locale(const std::string& lang) {
  return expect(view::Locale::parse(read_file("web/locales/" + lang + ".json")));
}

/// One shop: its policy, text and services.
struct Shop {
  policy::Policy policy;
  policy::ClauseTexts texts;
  std::vector<policy::ServiceFacts> services;

  explicit Shop(const std::string& name) : policy(expect(policy::parse(policy_document(name)))) {
    texts = expect(policy::parse_text(policy, policy_text(name)));
    const auto facts = catalogue();
    services = expect(enforce::resolve(policy, &facts));
  }

  [[nodiscard]] Value layer(const std::string& lang, view::Request request) const {
    return expect(view::layer(policy, services, locale(lang), request));
  }
  [[nodiscard]] Value layer(const std::string& lang, const std::string& name) const {
    view::Request request;
    request.layer = name;
    return layer(lang, request);
  }
};

/// The shop, read once per test program.
inline const Shop& shop(std::string_view name) {
  static std::map<std::string, Shop, std::less<>> all;
  const auto at = all.find(name);
  return at == all.end() ? all.emplace(name, Shop(std::string(name))).first->second : at->second;
}

/// Every node of a tree, parents first. They live as long as the tree, so it has to have a name.
inline std::vector<const Value*> nodes(const Value&& tree) = delete;
inline std::vector<const Value*> nodes(const Value& tree) {
  std::vector<const Value*> all;
  const std::function<void(const Value&)> visit = [&](const Value& node) {
    if (node.has("kind")) all.push_back(&node);
    for (const Value& child : node["children"].items()) visit(child);
  };
  visit(tree);
  return all;
}

inline std::vector<const Value*> nodes(const Value&& tree,
                                       const std::function<bool(const Value&)>& wanted) = delete;
inline std::vector<const Value*> nodes(const Value& tree,
                                       const std::function<bool(const Value&)>& wanted) {
  auto all = nodes(tree);
  all.erase(
      std::remove_if(all.begin(), all.end(), [&](const Value* node) { return !wanted(*node); }),
      all.end());
  return all;
}

/// The first node with these members, or a null value.
inline const Value& find(const Value&& tree,
                         std::vector<std::pair<std::string, std::string>> members) = delete;
inline const Value& find(const Value& tree,
                         std::vector<std::pair<std::string, std::string>> members) {
  static const Value none;
  for (const Value* node : nodes(tree)) {
    const auto fits = [&](const auto& member) {
      return (*node)[member.first].as_string() == member.second;
    };
    if (std::all_of(members.begin(), members.end(), fits)) return *node;
  }
  return none;
}

/// A line of the summary.
inline const Value& line(const Value&& tree, std::string_view id) = delete;
inline const Value& line(const Value& tree, std::string_view id) {
  return find(tree, {{"kind", "line"}, {"id", std::string(id)}});
}

/// Ids of the clauses a node names itself.
inline std::vector<std::string> clause_ids(const Value& node) {
  std::vector<std::string> ids;
  for (const Value& ref : node["clauses"].items()) ids.push_back(ref["id"].as_string());
  return ids;
}

inline bool names(const Value& node, const std::string& clause) {
  const auto ids = clause_ids(node);
  return std::find(ids.begin(), ids.end(), clause) != ids.end();
}

/// The list items that name a clause.
inline std::vector<const Value*> items(const Value& within, const std::string& clause) {
  return nodes(within, [&](const Value& node) {
    return node["kind"].as_string() == "item" && names(node, clause);
  });
}

inline bool has_mark(const Value& node, const std::string& mark) {
  const auto& marks = node["marks"].items();
  return std::any_of(marks.begin(), marks.end(),
                     [&](const Value& have) { return have.as_string() == mark; });
}

/// Ids of the switches of a scope, in order.
inline std::vector<std::string> switches(const Value& tree, const std::string& scope) {
  std::vector<std::string> ids;
  for (const Value* node : nodes(tree)) {
    if ((*node)["kind"].as_string() == "switch" && (*node)["scope"].as_string() == scope)
      ids.push_back((*node)["id"].as_string());
  }
  return ids;
}

/// All words of a node and of everything in it, one piece per line.
inline std::string words(const Value& node) {
  std::string out;
  for (const char* key : {"title", "label", "text"}) {
    if (node[key].is_string()) out += node[key].as_string() + "\n";
  }
  for (const Value& mark : node["marks"].items()) out += mark.as_string() + "\n";
  if (node.has("note")) out += node["note"].as_string() + "\n";
  for (const Value& child : node["children"].items()) out += words(child);
  return out;
}

inline bool says(const Value& node, std::string_view text) {
  return words(node).find(text) != std::string::npos;
}

/// A shop's layers in one language, with what a requirement asks of them.
struct Page {
  const Shop& shop;
  view::Locale locale;
  Value notice;
  Value choices;
  Value summary;

  Page(std::string_view name, const std::string& lang)
      : shop(test::shop(name)),
        locale(test::locale(lang)),
        notice(shop.layer(lang, "notice")),
        choices(shop.layer(lang, "choices")),
        summary(shop.layer(lang, "policy")) {}

  [[nodiscard]] const Value& line(std::string_view id) const { return test::line(summary, id); }
  [[nodiscard]] std::string short_text(std::string_view id) const {
    return line(id)["text"].as_string();
  }
  [[nodiscard]] std::string t(std::string_view key) const { return locale.text(key); }
  [[nodiscard]] std::string silence() const { return t("not_stated"); }
  [[nodiscard]] const std::string& in(const policy::Text& text) const {
    return text.in(locale.lang());
  }
  /// The list item of a line with this label.
  [[nodiscard]] const Value& labelled(std::string_view line_id, std::string_view key) const {
    return find(line(line_id), {{"kind", "item"}, {"label", t(key)}});
  }
  /// The list items of a line that name a clause.
  [[nodiscard]] std::vector<const Value*> items(std::string_view line_id,
                                                const std::string& clause) const {
    return test::items(line(line_id), clause);
  }
  /// The one item of a line for a thing of the policy, found by its name; null when there is not
  /// exactly one.
  [[nodiscard]] const Value& named(std::string_view line_id, const policy::Text& name) const {
    static const Value none;
    const auto all = nodes(line(line_id), [&](const Value& node) {
      return node["kind"].as_string() == "item" && node["text"].as_string() == in(name);
    });
    return all.size() == 1 ? *all.front() : none;
  }
  [[nodiscard]] const policy::Purpose& purpose(std::string_view id) const {
    return *shop.policy.purpose(id);
  }
  [[nodiscard]] const policy::DataItem& data(std::string_view id) const {
    return *by_id(shop.policy.data, id);
  }
  [[nodiscard]] const policy::Recipient& recipient(std::string_view id) const {
    return *by_id(shop.policy.recipients, id);
  }
  [[nodiscard]] const policy::Right& right(std::string_view id) const {
    return *by_id(shop.policy.rights, id);
  }
  [[nodiscard]] const policy::Statement& statement(std::string_view id) const {
    return *by_id(shop.policy.statements, id);
  }
  /// True when the choices have this switch.
  [[nodiscard]] bool has_switch(const std::string& scope, const std::string& id) const {
    const auto ids = switches(choices, scope);
    return std::find(ids.begin(), ids.end(), id) != ids.end();
  }
  [[nodiscard]] const Value& switch_node(const std::string& scope, const std::string& id) const {
    return find(choices, {{"kind", "switch"}, {"scope", scope}, {"id", id}});
  }
  /// True when a purpose is shown as information: named in the summary, and without a switch
  /// anywhere.
  [[nodiscard]] bool is_information(std::string_view id) const {
    const Value& item = named("why", purpose(id).name);
    return has_mark(item, t("mark.information")) && !has_switch("purpose", std::string(id)) &&
           says(find(choices, {{"id", "necessary"}}), in(purpose(id).name));
  }
  [[nodiscard]] const Value& link(const Value& within, const std::string& href) const {
    return find(within, {{"kind", "link"}, {"href", href}});
  }

 private:
  template <class List>
  static typename List::const_iterator by_id(const List& list, std::string_view id) {
    const auto at =
        std::find_if(list.begin(), list.end(), [&](const auto& entry) { return entry.id == id; });
    if (at == list.end()) throw std::runtime_error("no " + std::string(id));
    return at;
  }
};

/// The subject of a mailto: address, decoded.
inline std::string subject_of(const std::string& href) {
  const auto at = href.find("?subject=");
  std::string out;
  for (std::size_t i = at == std::string::npos ? href.size() : at + 9; i < href.size(); ++i) {
    if (href[i] == '%') {
      out += static_cast<char>(std::stoi(href.substr(i + 1, 2), nullptr, 16));
      i += 2;
    } else {
      out += href[i];
    }
  }
  return out;
}

}  // namespace kelisim::test
