// What all layers are written with: the policy, its services, the language, and the few shapes that come again and again.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "view/layer.hpp"
#include "view/node.hpp"

namespace kelisim::view {

using Names = std::vector<std::string>;

struct Scribe {
  const policy::Policy& policy;
  const std::vector<policy::ServiceFacts>& services;
  const Locale& locale;

  [[nodiscard]] std::string t(std::string_view key, Locale::Args args = {}) const { return locale.text(key, args); }
  [[nodiscard]] const std::string& in(const policy::Text& text) const { return text.in(locale.lang()); }

  /// References to clauses, each once, as the member `clauses` of a node.
  [[nodiscard]] json::Value refs(const policy::ClauseIds& ids, const policy::ClauseIds& more = {}) const;
  /// `lang` of verbatim text, "" where it is the layer's.
  [[nodiscard]] std::string_view verbatim() const { return policy.language == locale.lang() ? std::string_view() : policy.language; }

  /// "A, b, c and 8 more". Words that are no names start with a small letter after the first.
  [[nodiscard]] std::string brief(const Names& words, std::size_t most, bool proper_names = false) const;
  [[nodiscard]] std::string all(const Names& words) const { return brief(words, words.size()); }

  // Shapes. Empty members are not written.
  [[nodiscard]] Node text(std::string_view words, std::string_view tone = {}) const;
  [[nodiscard]] Node section(std::string_view id, std::string_view title) const;
  [[nodiscard]] Node item(std::string_view label, std::string_view words, const policy::ClauseIds& clauses = {}) const;
  /// label: value, or label: "the policy does not say".
  [[nodiscard]] Node stated(std::string_view label, const std::string* value, const policy::ClauseIds& clauses = {}) const;
  [[nodiscard]] Node button(std::string_view key, std::string_view action, std::string_view part = {}, std::string_view target = {}) const;
  [[nodiscard]] Node answer(std::string_view key, std::string_view action, std::string_view part) const;
  [[nodiscard]] Node switch_of(std::string_view scope, std::string_view id, std::string_view label) const;
  [[nodiscard]] Node note(std::string_view label, const policy::Note& note) const;
  [[nodiscard]] Node statement(const policy::Statement& statement, std::string_view label = {}) const;
  [[nodiscard]] Node finding(const policy::Finding& finding) const;
  /// A way to reach the shop: a link with the exact subject, or the words where there is none.
  [[nodiscard]] Node way(const policy::Contact& contact) const;
  [[nodiscard]] Node mail(std::string_view label, std::string_view address, std::string_view subject) const;
  [[nodiscard]] Node phone(std::string_view label, std::string_view number) const;
  /// A service: who operates it and where; as a list item.
  [[nodiscard]] Node service(const policy::ServiceFacts& service) const;
  [[nodiscard]] std::string operated(const policy::ServiceFacts& service) const;
  [[nodiscard]] std::string stores(const policy::ServiceFacts& service) const;
  /// Countries of the declared services abroad, each once.
  [[nodiscard]] std::string countries_abroad() const;
  [[nodiscard]] bool is_abroad(const policy::ServiceFacts& service) const { return service.declared && service.abroad; }
  [[nodiscard]] bool is_shown_purpose(const policy::Purpose& purpose, policy::Control control) const;

  /// A line of the summary. Its clauses are those of everything in it, in the order of the text.
  [[nodiscard]] Node line(std::string_view id, std::string_view words, bool silent, Node body) const;
};

/// Adds a list of items to `to`, under nothing when it is empty.
void add_list(Node& to, Node list);

// The layers, each with its own file. They return a node whose children become the layer's.
Node notice(const Scribe& s);
Node choices(const Scribe& s);
Node summary(const Scribe& s, const Request& request);
Node rights_layer(const Scribe& s);
Node receipts_layer(const Scribe& s, const json::Value* receipts);
Node hold(const Scribe& s, const policy::ServiceFacts& service);
Node form(const Scribe& s, const policy::Form& form);

// Shared by several layers.
Node rights(const Scribe& s);                       ///< A list of the rights, each with its ways.
Node withdraw_here(const Scribe& s);                ///< Text and button: the widget's own withdrawal.
void full_text(const Scribe& s, const Request& request, Node& to);
Node clause_node(const Scribe& s, const policy::Clause& clause, const policy::ClauseTexts* texts);

}  // namespace kelisim::view
