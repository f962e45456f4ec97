// Layers of the real policies: documents, catalogue facts and languages read from the repository, and a way to look into trees.
#pragma once

#include <algorithm>
#include <functional>
#include <string>
#include <string_view>
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
  if (!result) throw std::runtime_error(result.error().code + " at " + result.error().path + ": " + result.error().message);
  return *std::move(result);
}

/// The compact catalogue, as tools/make-catalogue.mjs writes it, without hosts and paths: no layer shows them.
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
    services.set(service["id"].as_string(), Value::object()
                                                .set("n", service["name"])
                                                .set("o", service["operator"])
                                                .set("c", service["operator_country"])
                                                .set("g", first_letter(service["category"]))
                                                .set("k", service["kind"])
                                                .set("a", gate == "allow_on_action" ? "o" : gate.substr(0, 1))
                                                .set("s", std::move(storage)));
  }
  return expect(enforce::Catalogue::parse(
      Value::object().set("format", "kelisim-catalogue-1").set("version", 1).set("services", std::move(services))));
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

/// Every node of a tree, parents first.
inline std::vector<const Value*> nodes(const Value& tree) {
  std::vector<const Value*> all;
  const std::function<void(const Value&)> visit = [&](const Value& node) {
    if (node.has("kind")) all.push_back(&node);
    for (const Value& child : node["children"].items()) visit(child);
  };
  visit(tree);
  return all;
}

inline std::vector<const Value*> nodes(const Value& tree, const std::function<bool(const Value&)>& wanted) {
  auto all = nodes(tree);
  all.erase(std::remove_if(all.begin(), all.end(), [&](const Value* node) { return !wanted(*node); }), all.end());
  return all;
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

inline bool says(const Value& node, std::string_view text) { return words(node).find(text) != std::string::npos; }

/// Ids of the clauses a node names itself.
inline std::vector<std::string> clause_ids(const Value& node) {
  std::vector<std::string> ids;
  for (const Value& ref : node["clauses"].items()) ids.push_back(ref["id"].as_string());
  return ids;
}

}  // namespace kelisim::test
