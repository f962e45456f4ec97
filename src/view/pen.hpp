// Writes a view tree from top to bottom: one node is open at a time, and what is said goes to it.
// Every step is one call with few arguments, because this module is written in steps and a page
// downloads each of them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "json/value.hpp"
#include "policy/policy.hpp"
#include "view/layer.hpp"
#include "view/locale.hpp"

namespace kelisim::view {

class Pen {
 public:
  const policy::Policy& policy;
  const std::vector<policy::ServiceFacts>& services;
  const Locale& locale;

  Pen(const policy::Policy& of, const std::vector<policy::ServiceFacts>& with,
      const Locale& in_locale);

  /// The sentence behind a key, or behind two halves of one.
  [[nodiscard]] std::string t(const char* key) const;
  [[nodiscard]] std::string t(const char* key, std::string_view rest) const;
  [[nodiscard]] const policy::Text::Entry& entry(const policy::Text& text) const {
    return text.entry(locale.lang(), policy.language);
  }
  [[nodiscard]] const std::string& in(const policy::Text& text) const { return entry(text).second; }

  // Nodes.
  /// The tree itself: its head, ready for a title and children.
  Pen& open_root(const std::string& layer, bool modal);
  Pen& open(const char* kind);
  /// Closes the open node into the one around it. A line gets the clauses of everything in it, in
  /// the order of the text.
  Pen& end();
  /// The same, but a node without children is dropped.
  Pen& end_filled();
  [[nodiscard]] bool filled() const { return nodes_.back().has("children"); }
  /// Takes the first node that was opened.
  json::Value take();

  // Members of the open node. What is empty is not written.
  Pen& put(const char* member, const std::string& text);
  Pen& put(const char* member, const char* text);
  Pen& put(const char* member, json::Value value);
  /// The policy's words, and in `lang_member` their language where it is not the layer's.
  Pen& put(const char* member, const char* lang_member, const policy::Text& text);
  Pen& id(const std::string& id) { return put("id", id); }
  Pen& tone(const char* tone) { return put("tone", tone); }
  Pen& title(const char* key);
  Pen& title(const policy::Text& text) { return put("title", "title_lang", text); }
  Pen& label(const char* key);
  Pen& label(const char* key, std::string_view rest);
  Pen& label(const policy::Text& text);
  Pen& say(const char* key);
  Pen& say(const policy::Text& text);
  Pen& note(const char* key);
  Pen& note(const policy::Text& text);
  Pen& mark(const char* key) { return mark(key, {}); }
  Pen& mark(const char* key, std::string_view rest);
  Pen& mark_text(const std::string& text);
  Pen& mark_basis(const policy::Purpose& purpose);
  Pen& refs(const policy::ClauseIds& ids);
  /// `lang` of verbatim text, where it is not the layer's.
  Pen& verbatim();
  /// `lang` of words that were put together around a text of the policy.
  Pen& lang_of(const policy::Text& text) { return put("lang", foreign(entry(text))); }

  // Names, collected for a line in short.
  Pen& name(const std::string& name);
  Pen& name(const policy::Text& text);
  [[nodiscard]] bool has_names() const { return !names_.empty(); }
  /// "A, b, c and 8 more", and forgets the names. Words that are no proper names start with a small
  /// letter after the first.
  std::string brief(std::size_t most, bool proper_names = false);
  /// That as the text of the open node.
  Pen& named(std::size_t most, bool proper_names = false);
  /// Opens a line of the summary …
  Pen& line(const char* id);
  /// … and closes it with the names collected, or with "the policy does not say".
  Pen& end_line(std::size_t most);
  /// Says that the policy does not say.
  Pen& silent();

  // Whole nodes.
  Pen& text(const char* key, const char* tone = nullptr);
  Pen& button(const char* key, const char* action, const char* target = nullptr,
              const char* part = nullptr);
  Pen& close_button();
  /// What every modal layer begins with.
  Pen& head(const char* title);
  Pen& statement(const policy::Statement& statement, bool with_topic);
  Pen& statements(std::string_view topic, bool with_topic = false);
  Pen& finding(const policy::Finding& finding);
  /// A way to reach the shop: a link with the exact subject, or the words where there is none.
  Pen& way(const policy::Contact& contact);
  Pen& ways(const policy::Ids& contacts);

  // Nodes left open.
  Pen& section(const char* id, const char* title);
  Pen& item() { return open("item"); }
  Pen& item(const policy::Text& text, const policy::ClauseIds& clauses);
  Pen& item(const char* label, const std::string& text);
  /// label: value, or label: "the policy does not say".
  Pen& stated(const char* label, const std::string* value);
  Pen& stated(const char* label, const policy::Stated<bool>& value);
  Pen& stated(const char* label, const policy::Stated<policy::Text>& value);
  Pen& note_item(const char* label, const policy::Note& note);
  Pen& switch_of(const char* scope, const std::string& id);
  Pen& purpose(const policy::Purpose& purpose);
  Pen& service(const policy::ServiceFacts& service);

  // Services.
  [[nodiscard]] std::string operated(const policy::ServiceFacts& service) const;
  [[nodiscard]] std::string stores(const policy::ServiceFacts& service) const;
  [[nodiscard]] static bool is_abroad(const policy::ServiceFacts& service) {
    return service.declared && service.abroad;
  }
  /// Whether the transfer switch decides about a service; a necessary one runs without it.
  [[nodiscard]] static bool needs_transfer(const policy::ServiceFacts& service) {
    return is_abroad(service) && service.category != policy::Category::necessary;
  }
  /// Countries of the services that are `wanted`, each once; "" when there are none.
  [[nodiscard]] std::string countries(bool wanted(const policy::ServiceFacts&)) const;

 private:
  Pen& link(const char* rel, const std::string& href);
  void append(const char* member, json::Value value);

  std::vector<json::Value> nodes_;
  /// The language that words of a policy are in where the layer's own is missing; else "".
  [[nodiscard]] const std::string& foreign(const policy::Text::Entry& entry) const;

  struct Name {
    std::string text;
    std::string lang;  ///< "" = of every language.
  };
  std::vector<Name> names_;
};

// The layers. They write into the tree's root; false: what the request names does not exist.
bool notice(Pen& pen, const Request& request);
bool choices(Pen& pen, const Request& request);
bool summary(Pen& pen, const Request& request);
bool rights_layer(Pen& pen, const Request& request);
bool receipts_layer(Pen& pen, const Request& request);
bool hold(Pen& pen, const Request& request);
bool form(Pen& pen, const Request& request);

// Shared by several layers.
void rights(Pen& pen);         ///< A list of the rights, each with its ways.
void withdraw_here(Pen& pen);  ///< The widget's own withdrawal: text and button.
void full_text(Pen& pen, const Request& request);
void clause_node(Pen& pen, const policy::Clause& clause, const policy::ClauseTexts* texts);

}  // namespace kelisim::view
