// The policy document `kelisim-policy-1` (src/policy/policy.schema.json) as types. Read only:
// nothing here decides.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/time.hpp"

namespace kelisim::policy {

/// A text in several languages.
struct Text {
  using Entry = std::pair<std::string, std::string>;  ///< Language, text; "" = of every language.
  std::vector<Entry> by_lang;

  /// The text in `lang`, else in `then`, ru, en, else the first there is; empty only when there is
  /// none.
  [[nodiscard]] const Entry& entry(std::string_view lang, std::string_view then) const;
  [[nodiscard]] const std::string& in(std::string_view lang) const {
    return entry(lang, {}).second;
  }
  [[nodiscard]] bool empty() const { return by_lang.empty(); }
};

/// A fact the policy may be silent about: nothing = `{"not_stated": true}`.
template <class T>
using Stated = std::optional<T>;

using ClauseIds = std::vector<std::string>;
using Ids = std::vector<std::string>;

enum class Category : std::uint8_t { necessary, functional, analytics, marketing };
enum class Basis : std::uint8_t {
  consent,
  contract,
  law,
  interest,
  public_data,
  statistics,
  not_stated
};
enum class Control : std::uint8_t { switch_, information, message, form };
enum class Gate : std::uint8_t { block, placeholder, allow, allow_on_action };
enum class Severity : std::uint8_t { high, medium, low };
enum class Surface : std::uint8_t { web, app, both };

std::string_view name_of(Category category);
std::string_view name_of(Basis basis);
std::string_view name_of(Gate gate);
std::string_view name_of(Severity severity);
std::optional<Category> category_of(std::string_view name);
std::optional<Gate> gate_of(std::string_view name);
std::optional<Basis> basis_of(std::string_view name);
std::optional<Severity> severity_of(std::string_view name);

/// Who an item is about: a set of flags.
struct Audience {
  bool visitor = false;
  bool client = false;
  bool applicant = false;
  bool staff = false;
  bool counterparty = false;
  /// Whether a shop's widget shows it (staff, applicants and counterparties stay in the full text).
  [[nodiscard]] bool in_shop() const { return visitor || client; }
};

struct Note {
  Text text;
  ClauseIds clauses;
};

struct Role {
  std::string role;
  std::string term;  ///< Verbatim.
  ClauseIds clauses;
};

struct CoveredPersons {
  Text text;
  std::vector<std::string> named;  ///< Empty: the text covers others without naming them.
  ClauseIds clauses;
};

struct Operator {
  std::string name;  ///< Verbatim.
  Stated<std::string> legal_name;
  Stated<std::string> bin;
  Stated<std::string> address;
  Stated<std::string> phone;
  std::string country;             ///< ISO 3166-1 alpha-2.
  std::vector<std::string> sites;  ///< Hosts, lower case.
  ClauseIds site_clauses;          ///< That name the site; empty: only the shop says so.
  std::vector<Role> roles;
  Stated<CoveredPersons> covered_persons;
  ClauseIds clauses;
};

struct Contact {
  std::string id;
  std::string purpose;  ///< general, support, withdrawal, update, messages, deletion.
  std::string kind;     ///< mail, phone, cabinet, desk.
  Stated<std::string> value;
  Text name;
  std::string subject;  ///< Exact mail subject or "".
  ClauseIds clauses;
};

struct Edition {
  std::string label;
  Stated<std::string> date;  ///< YYYY-MM-DD.
  std::string place;         ///< heading, end_of_text, clause, none.
  std::string text_href;
  std::string text_sha256;  ///< The edition.
  std::vector<std::string> equivalent_to;
  Stated<std::string> url_href;
  std::string url_printed;
  ClauseIds url_clauses;
  ClauseIds clauses;
};

struct Law {
  std::string id;
  Text name;
  std::string number;
  std::string date;
  ClauseIds clauses;
};

enum class ClauseKind : std::uint8_t { title, section, clause, paragraph, bullet, number };
std::string_view name_of(ClauseKind kind);
std::optional<ClauseKind> clause_kind_of(std::string_view name);

struct Clause {
  std::string id;
  ClauseKind kind = ClauseKind::clause;
  std::string printed;  ///< "" = none.
  std::string parent;   ///< "" = none.
  bool full_text_only = false;
  std::string sha256;  ///< "" = not given.
};

struct DataItem {
  std::string id;
  Text name;
  std::string group;
  std::string source;     ///< given, automatic, server, other.
  std::string necessity;  ///< required, optional, marked, not_stated.
  Audience audience;
  bool special = false;
  bool national_id = false;
  bool pseudonym_ok = false;
  bool open_ended = false;
  std::string pii_type;
  Text note;
  ClauseIds clauses;
};

struct DataGroup {
  std::string id;
  Text name;
  Text note;
  ClauseIds clauses;
};

struct Purpose {
  std::string id;
  Text name;
  Basis basis = Basis::not_stated;
  ClauseIds basis_clauses;
  Control control = Control::information;
  Category category = Category::necessary;
  Audience audience;
  Surface surface = Surface::web;
  bool with_consent = false;
  bool widget_controls = true;
  std::vector<std::string> dpv;
  Ids data;
  Text note;
  ClauseIds clauses;
};

struct Recipient {
  std::string id;
  Text name;
  std::string kind;  ///< named, class, condition, state_body, never.
  Text condition;
  std::optional<bool> needs_consent;  ///< Nothing: the document leaves it open.
  bool anonymised = false;
  Stated<std::string> country;
  ClauseIds clauses;
};

struct CookieUse {
  std::string id;
  Text name;
  Category category = Category::necessary;
  bool third_party = false;
  ClauseIds clauses;
};

struct Cookies {
  std::vector<CookieUse> uses;
  Stated<bool> named;
  Stated<bool> lifetimes;
  std::optional<Note> browser;
  std::optional<Note> stops_working;
  std::optional<Note> tie;
  std::optional<Note> changes;
};

enum class StorageType : std::uint8_t { cookie, local, session };
std::string_view name_of(StorageType type);
std::optional<StorageType> storage_type_of(std::string_view name);

struct StorageItem {
  StorageType type = StorageType::cookie;
  std::string name;
  bool prefix = false;
  bool first_party = true;
  std::optional<std::int64_t> max_age_s;
};

/// A service as the document writes it: what is absent comes from the catalogue (enforce resolves
/// it).
struct Service {
  std::string id;
  Text name;
  std::string operator_name;
  std::string operator_country;
  std::optional<Category> category;
  std::optional<Ids> purposes;
  std::optional<Gate> gate;
  std::string kind;
  std::optional<std::vector<std::string>> hosts;
  std::optional<std::vector<std::string>> paths;
  std::optional<std::vector<StorageItem>> storage;
  Surface surface = Surface::web;
  ClauseIds clauses;
};

/// A service with everything known about it: the document's members over the catalogue's facts
/// (enforce::resolve makes it).
struct ServiceFacts {
  std::string id;
  Text name;
  std::string operator_name;
  std::string operator_country;  ///< ISO 3166-1 alpha-2, or "-" = nobody outside the shop.
  Category category = Category::necessary;
  Ids purposes;  ///< Switch purposes; by default all of its category. Empty for necessary services.
  Gate gate = Gate::block;
  std::string kind;
  std::vector<std::string> hosts;
  std::vector<std::string> paths;
  std::vector<StorageItem> storage;
  bool abroad = false;   ///< The operator sits outside the policy operator's country.
  bool declared = true;  ///< false: only the catalogue names it (unknown = report).
  ClauseIds clauses;
};

/// An answer for each service, in their order. (std::vector<bool> would be code of its own.)
using Flags = std::vector<char>;

struct Term {
  enum class Kind : std::uint8_t { duration, unlimited, by_law, until, not_stated };
  std::string id;
  Text name;
  Kind kind = Kind::not_stated;
  std::string duration;  ///< ISO 8601, for Kind::duration.
  Text until;
  ClauseIds clauses;
};

struct Right {
  std::string id;
  std::string right;
  Text name;
  bool not_stated = false;
  Ids ways;
  Text exceptions;
  Stated<std::string> term;  ///< ISO 8601 duration.
  Text note;
  ClauseIds clauses;
};

struct Topic {
  std::string id;
  Text name;
  bool partners = false;
  std::string purpose;
  ClauseIds clauses;
};

struct Channel {
  std::string id;
  Text name;
  Text note;
  bool named = true;
  Ids data;
  ClauseIds clauses;
};

struct ServiceMessage {
  std::string id;
  Text name;
  bool locked = true;
  Stated<Text> reason;
  std::vector<Text> occasions;
  Ids purposes;
  ClauseIds clauses;
};

struct Messages {
  std::vector<Topic> topics;
  std::vector<Channel> channels;
  std::vector<ServiceMessage> service;
  Ids refuse;
};

struct Disputes {
  Stated<bool> claim_required;
  Stated<std::int64_t> answer_days;
  Stated<Text> court;
  Stated<Text> law;
  ClauseIds clauses;
};

struct Localisation {
  std::string country;
  ClauseIds clauses;
};

struct CrossBorder {
  Stated<bool> allowed;
  bool bundled = false;
  Stated<std::vector<std::string>> countries;
  Stated<Localisation> localisation;
  ClauseIds clauses;
};

struct PublicSources {
  bool allowed = false;
  ClauseIds clauses;
};

struct Statement {
  std::string id;
  std::string topic;
  Text text;
  std::vector<Text> items;
  ClauseIds clauses;
};

struct Form {
  std::string id;
  Text name;
  Text text;
  Ids purposes;
  Ids data;
  ClauseIds clauses;
};

struct Quote {
  std::string clause;
  std::string text;
};

struct Finding {
  std::string code;
  Severity severity = Severity::low;
  bool structural = false;
  ClauseIds clauses;
  Text text;
  std::vector<Quote> quotes;
};

struct Policy {
  std::string id;
  std::string jurisdiction;
  std::string language;
  std::string config_sha256;  ///< Hash of the document's RFC 8785 bytes.
  Duration consent_term;
  std::string consent_term_text = "P12M";
  std::string handle = "end";
  bool heeds_dnt = false;  ///< Do Not Track counts as Global Privacy Control does.
  Operator operator_;
  std::vector<Contact> contacts;
  Edition edition;
  std::vector<Law> laws;
  std::vector<Clause> clauses;
  std::vector<DataItem> data;
  std::vector<DataGroup> data_groups;
  std::vector<Purpose> purposes;
  std::vector<Recipient> recipients;
  Stated<Cookies> cookies;
  std::vector<Service> services;
  std::vector<Term> terms;
  std::vector<Right> rights;
  Stated<Messages> messages;
  Stated<Disputes> disputes;
  CrossBorder cross_border;
  Stated<PublicSources> public_sources;
  std::vector<Statement> statements;
  std::vector<Form> forms;
  std::vector<Finding> findings;
  std::vector<std::string> not_stated;  ///< JSON Pointers of every `{"not_stated": true}`.

  [[nodiscard]] const Clause* clause(std::string_view wanted) const;
  [[nodiscard]] const Purpose* purpose(std::string_view wanted) const;
  [[nodiscard]] const Contact* contact(std::string_view wanted) const;
};

}  // namespace kelisim::policy
