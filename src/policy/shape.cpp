// The members of a policy document, in the order they are read (and errors are listed), and what
// only code can say about some of them.
#include <cstddef>
#include <memory>
#include <type_traits>

#include "policy/reader.hpp"

namespace kelisim::policy {
namespace {

using Kind = Field::Kind;
using enum Field::Flags;

constexpr const char* k_categories = "necessary|functional|analytics|marketing";

template <class T>
void* make_list(void* at, std::size_t count) {
  return std::construct_at(static_cast<std::vector<T>*>(at), count)->data();
}

template <class T>
void* make_inside(void* at, std::size_t /*count*/) {
  return &static_cast<std::optional<T>*>(at)->emplace();
}

template <class T, std::size_t N>
constexpr Struct list_of(const Field (&fields)[N], Space space = Space::none,
                         const char* empty = nullptr) {
  static_assert(std::is_standard_layout_v<T>);
  return {fields, N, space, sizeof(T), empty, make_list<T>};
}

template <class T, std::size_t N>
constexpr Struct inside_of(const Field (&fields)[N]) {
  static_assert(std::is_standard_layout_v<T>);
  return {.fields = fields, .count = N, .make = make_inside<T>};
}

template <std::size_t N>
constexpr Struct part(const Field (&fields)[N]) {
  return {.fields = fields, .count = N};
}

// Rows that stand in many tables.
constexpr Field id_row(Pattern pattern = Pattern::id) {
  return {"id", 0, Kind::string, required, pattern};
}
constexpr Field text_row(const char* key, std::size_t offset, int flags = required) {
  return {key, static_cast<std::uint16_t>(offset), Kind::text, static_cast<std::uint8_t>(flags)};
}
constexpr Field string_row(const char* key, std::size_t offset, int flags = required,
                           Field::More more = Pattern::any) {
  return {key, static_cast<std::uint16_t>(offset), Kind::string, static_cast<std::uint8_t>(flags),
          more};
}
constexpr Field clauses_row(std::size_t offset, const char* key = "clauses",
                            std::uint8_t flags = required) {
  return {key,
          static_cast<std::uint16_t>(offset),
          Kind::clauses,
          flags,
          {Pattern::clause, Space::clause}};
}
constexpr Field row(const char* key, std::size_t offset, Kind kind, int flags = optional,
                    Field::More more = Pattern::any) {
  return {key, static_cast<std::uint16_t>(offset), kind, static_cast<std::uint8_t>(flags), more};
}
constexpr Field hook_row(Hook hook, std::size_t offset = 0) {
  return row("", offset, Kind::hook, optional, hook);
}

constexpr int k_stated = required | stated | inside;

// Structs that stand in others.

constexpr Field k_text_and_clauses_of_note[] = {text_row("text", offsetof(Note, text)),
                                                clauses_row(offsetof(Note, clauses))};
constexpr Struct k_note = inside_of<Note>(k_text_and_clauses_of_note);

constexpr Field object_row(const char* key, std::size_t offset, const Struct& type,
                           int flags = required) {
  return row(key, offset, Kind::object, flags, type);
}
constexpr Field list_row(const char* key, std::size_t offset, const Struct& type,
                         int flags = required) {
  return row(key, offset, Kind::list, flags, type);
}

// Who an item is about.
void read_audience(Reader& reader, const Node& object, void* to) {
  auto& audience = *static_cast<Audience*>(to);
  bool* const flags[] = {&audience.visitor, &audience.client, &audience.applicant, &audience.staff,
                         &audience.counterparty};
  const Node node = reader.member(object, "audience", true);
  const std::vector<Node> items = reader.items(node, false);
  for (const Node& item : items) {
    const int place =
        place_in("visitor|client|applicant|staff|counterparty", item.value->as_string());
    if (place >= 0) {
      *flags[place] = true;
    } else {
      reader.error("policy_value", item,
                   "has to be one of visitor|client|applicant|staff|counterparty");
    }
  }
  if (items.empty()) reader.error("policy_value", node, "names nobody");
}

// What is not about visitors or clients is no line of the summary.
void only_in_shop(Reader& reader, const Node& /*object*/, void* to) {
  if (!static_cast<Audience*>(to)->in_shop()) reader.used.resize(reader.used_before);
}

// Settings.

void check_term(Reader& reader, const Node& object, void* to) {
  auto& policy = *static_cast<Policy*>(to);
  policy.consent_term = *parse_duration(policy.consent_term_text);
  if (!is_within_a_year(policy.consent_term)) {
    reader.error("policy_term", Node{nullptr, &object, "consent_term"},
                 "a consent stands for twelve months at most");
  }
}

constexpr Field k_settings_fields[] = {
    string_row("consent_term", offsetof(Policy, consent_term_text), optional, Pattern::duration),
    hook_row(check_term),
    row("handle", offsetof(Policy, handle), Kind::choice, optional, "start|end|none"),
    row("dnt", offsetof(Policy, heeds_dnt), Kind::flag)};
constexpr Struct k_settings = part(k_settings_fields);

// Operator.

constexpr Field k_role_fields[] = {row("role", offsetof(Role, role), Kind::choice, required,
                                       "operator|seller|administration|site|responsible"),
                                   string_row("term", offsetof(Role, term)),
                                   clauses_row(offsetof(Role, clauses))};
constexpr Struct k_role = list_of<Role>(k_role_fields);

constexpr Field k_covered_fields[] = {
    text_row("text", offsetof(CoveredPersons, text)),
    row("named", offsetof(CoveredPersons, named), Kind::strings, required),
    clauses_row(offsetof(CoveredPersons, clauses))};
constexpr Struct k_covered = inside_of<CoveredPersons>(k_covered_fields);

void check_sites(Reader& reader, const Node& object, void* to) {
  if (object.value->has("sites") && static_cast<Operator*>(to)->sites.empty())
    reader.error("policy_value", Node{nullptr, &object, "sites"}, "names no host");
}

constexpr Field k_operator_fields[] = {
    string_row("name", offsetof(Operator, name)),
    string_row("legal_name", offsetof(Operator, legal_name), k_stated),
    string_row("bin", offsetof(Operator, bin), k_stated, Pattern::bin),
    string_row("address", offsetof(Operator, address), k_stated),
    string_row("phone", offsetof(Operator, phone), k_stated),
    string_row("country", offsetof(Operator, country), required, Pattern::country),
    row("sites", offsetof(Operator, sites), Kind::strings, required, Pattern::host),
    hook_row(check_sites),
    clauses_row(offsetof(Operator, site_clauses), "site_clauses", optional),
    list_row("roles", offsetof(Operator, roles), k_role),
    object_row("covered_persons", offsetof(Operator, covered_persons), k_covered,
               required | stated),
    clauses_row(offsetof(Operator, clauses))};
constexpr Struct k_operator = part(k_operator_fields);

// Contacts.

void check_mail(Reader& reader, const Node& object, void* to) {
  const auto& contact = *static_cast<Contact*>(to);
  if (contact.kind == "mail" && contact.value &&
      (contact.value->find('@') == std::string::npos ||
       contact.value->find(' ') != std::string::npos)) {
    reader.error("policy_value", Node{nullptr, &object, "value"}, "not a mail address");
  }
}

constexpr Field k_contact_fields[] = {
    id_row(),
    row("purpose", offsetof(Contact, purpose), Kind::choice, required,
        "general|support|withdrawal|update|messages|deletion"),
    row("kind", offsetof(Contact, kind), Kind::choice, required, "mail|phone|cabinet|desk"),
    string_row("value", offsetof(Contact, value), k_stated),
    hook_row(check_mail),
    text_row("name", offsetof(Contact, name), optional),
    string_row("subject", offsetof(Contact, subject), optional),
    clauses_row(offsetof(Contact, clauses))};
constexpr Struct k_contact = list_of<Contact>(k_contact_fields, Space::contact);

// Edition and laws.

constexpr Field k_edition_text_fields[] = {
    string_row("href", offsetof(Edition, text_href)),
    string_row("sha256", offsetof(Edition, text_sha256), required, Pattern::sha256)};
constexpr Struct k_edition_text = part(k_edition_text_fields);

constexpr Field k_edition_url_fields[] = {
    string_row("href", offsetof(Edition, url_href), required | inside, Pattern::https),
    string_row("printed", offsetof(Edition, url_printed)),
    clauses_row(offsetof(Edition, url_clauses))};
constexpr Struct k_edition_url = part(k_edition_url_fields);

constexpr Field k_edition_fields[] = {
    string_row("label", offsetof(Edition, label)),
    string_row("date", offsetof(Edition, date), k_stated, Pattern::date),
    row("place", offsetof(Edition, place), Kind::choice, required,
        "heading|end_of_text|clause|none"),
    object_row("text", 0, k_edition_text),
    row("equivalent_to", offsetof(Edition, equivalent_to), Kind::strings, optional,
        Pattern::sha256),
    object_row("url", 0, k_edition_url, required | stated),
    clauses_row(offsetof(Edition, clauses))};
constexpr Struct k_edition = part(k_edition_fields);

constexpr Field k_law_fields[] = {id_row(), text_row("name", offsetof(Law, name)),
                                  string_row("number", offsetof(Law, number), optional),
                                  string_row("date", offsetof(Law, date), optional, Pattern::date),
                                  clauses_row(offsetof(Law, clauses))};
constexpr Struct k_law = list_of<Law>(k_law_fields, Space::law);

// Clauses.

void read_printed(Reader& reader, const Node& object, void* to) {
  const Node node = reader.member(object, "printed", true);
  if (node.value != nullptr && !node.value->is_null())
    reader.string(node, Pattern::any, static_cast<Clause*>(to)->printed);
}

constexpr Field k_clause_fields[] = {
    id_row(Pattern::clause),
    row("kind", offsetof(Clause, kind), Kind::name, required,
        "title|section|clause|paragraph|bullet|number"),
    hook_row(read_printed),
    string_row("parent", offsetof(Clause, parent), optional | reference,
               {Pattern::clause, Space::clause}),
    row("full_text_only", offsetof(Clause, full_text_only), Kind::flag),
    string_row("sha256", offsetof(Clause, sha256), optional, Pattern::sha256)};
constexpr Struct k_clause =
    list_of<Clause>(k_clause_fields, Space::clause, "the text has no clause");

// Data.

constexpr Field k_group_fields[] = {
    id_row(), text_row("name", offsetof(DataGroup, name)),
    text_row("note", offsetof(DataGroup, note), optional),
    // Of use when an item of it is shown: parse.cpp looks.
    clauses_row(offsetof(DataGroup, clauses)),
    hook_row([](Reader& reader, const Node&, void*) { reader.used.resize(reader.used_before); })};
constexpr Struct k_group = list_of<DataGroup>(k_group_fields, Space::group);

constexpr Field k_data_fields[] = {
    id_row(),
    text_row("name", offsetof(DataItem, name)),
    string_row("group", offsetof(DataItem, group), optional | reference,
               {Pattern::id, Space::group}),
    row("source", offsetof(DataItem, source), Kind::choice, required,
        "given|automatic|server|other"),
    row("necessity", offsetof(DataItem, necessity), Kind::choice, required,
        "required|optional|marked|not_stated"),
    hook_row(read_audience, offsetof(DataItem, audience)),
    row("special", offsetof(DataItem, special), Kind::flag),
    row("national_id", offsetof(DataItem, national_id), Kind::flag),
    row("pseudonym_ok", offsetof(DataItem, pseudonym_ok), Kind::flag),
    row("open_ended", offsetof(DataItem, open_ended), Kind::flag),
    string_row("pii_type", offsetof(DataItem, pii_type), optional, Pattern::pii),
    text_row("note", offsetof(DataItem, note), optional),
    clauses_row(offsetof(DataItem, clauses)),
    hook_row(only_in_shop, offsetof(DataItem, audience))};
constexpr Struct k_data = list_of<DataItem>(k_data_fields, Space::data);

// Purposes.

void check_switch(Reader& reader, const Node& object, void* to) {
  const auto& purpose = *static_cast<Purpose*>(to);
  if (purpose.control != Control::switch_) return;
  if (purpose.category == Category::necessary) {
    reader.error("policy_no_category", Node{nullptr, &object, "category"},
                 "a switch stands in functional, analytics or marketing");
  }
  if (purpose.basis != Basis::consent) {
    reader.error("policy_switch_basis", Node{nullptr, &object, "basis"},
                 "a purpose with a switch rests on consent; others are information");
  }
}

constexpr Field k_purpose_fields[] = {
    id_row(),
    text_row("name", offsetof(Purpose, name)),
    row("basis", offsetof(Purpose, basis), Kind::name, required,
        "consent|contract|law|interest|public_data|statistics|not_stated"),
    clauses_row(offsetof(Purpose, basis_clauses), "basis_clauses", optional),
    row("control", offsetof(Purpose, control), Kind::name, required,
        "switch|information|message|form"),
    row("category", offsetof(Purpose, category), Kind::name, optional, k_categories),
    hook_row(check_switch),
    hook_row(read_audience, offsetof(Purpose, audience)),
    row("surface", offsetof(Purpose, surface), Kind::name, optional, "web|app|both"),
    row("with_consent", offsetof(Purpose, with_consent), Kind::flag),
    row("widget_controls", offsetof(Purpose, widget_controls), Kind::flag),
    row("dpv", offsetof(Purpose, dpv), Kind::strings, optional, Pattern::dpv),
    row("data", offsetof(Purpose, data), Kind::ids, optional, {Pattern::any, Space::data}),
    text_row("note", offsetof(Purpose, note), optional),
    clauses_row(offsetof(Purpose, clauses)),
    hook_row(only_in_shop, offsetof(Purpose, audience))};
constexpr Struct k_purpose = list_of<Purpose>(k_purpose_fields, Space::purpose);

constexpr Field k_recipient_fields[] = {
    id_row(),
    text_row("name", offsetof(Recipient, name)),
    row("kind", offsetof(Recipient, kind), Kind::choice, required,
        "named|class|condition|state_body|never"),
    text_row("condition", offsetof(Recipient, condition), optional),
    row("needs_consent", offsetof(Recipient, needs_consent), Kind::flag, inside),
    row("anonymised", offsetof(Recipient, anonymised), Kind::flag),
    string_row("country", offsetof(Recipient, country), stated | inside, Pattern::country),
    clauses_row(offsetof(Recipient, clauses))};
constexpr Struct k_recipient = list_of<Recipient>(k_recipient_fields, Space::recipient);

// Cookies.

constexpr Field k_use_fields[] = {
    id_row(), text_row("name", offsetof(CookieUse, name)),
    row("category", offsetof(CookieUse, category), Kind::name, required, k_categories),
    row("third_party", offsetof(CookieUse, third_party), Kind::flag),
    clauses_row(offsetof(CookieUse, clauses))};
constexpr Struct k_use = list_of<CookieUse>(k_use_fields);

constexpr Field k_cookies_fields[] = {
    list_row("uses", offsetof(Cookies, uses), k_use),
    row("named", offsetof(Cookies, named), Kind::flag, k_stated),
    row("lifetimes", offsetof(Cookies, lifetimes), Kind::flag, k_stated),
    object_row("browser", offsetof(Cookies, browser), k_note, optional),
    object_row("stops_working", offsetof(Cookies, stops_working), k_note, optional),
    object_row("tie", offsetof(Cookies, tie), k_note, optional),
    object_row("changes", offsetof(Cookies, changes), k_note, optional)};
constexpr Struct k_cookies = inside_of<Cookies>(k_cookies_fields);

// Services.

// A number of seconds, or null: until the session ends.
void read_age(Reader& reader, const Node& object, void* to) {
  const Node node = reader.member(object, "max_age_s", false);
  if (node.value == nullptr || node.value->is_null()) return;
  if (node.value->is_integer() && node.value->as_integer() >= 0) {
    static_cast<StorageItem*>(to)->max_age_s = node.value->as_integer();
  } else {
    reader.error("policy_type", node, "has to be seconds or null");
  }
}

constexpr Field k_storage_fields[] = {
    row("type", offsetof(StorageItem, type), Kind::name, required, "cookie|local|session"),
    string_row("name", offsetof(StorageItem, name)),
    row("match", offsetof(StorageItem, prefix), Kind::name, required, "exact|prefix"),
    row("party", offsetof(StorageItem, first_party), Kind::name, required | opposite,
        "first|third"),
    hook_row(read_age)};
constexpr Struct k_storage = {
    .fields = k_storage_fields,
    .count = std::size(k_storage_fields),
    .size = sizeof(StorageItem),
    .make = [](void* at, std::size_t count) -> void* {
      using Items = std::vector<StorageItem>;
      return static_cast<std::optional<Items>*>(at)->emplace(count).data();
    }};

// The name is a text, or one string for every language.
void read_service_name(Reader& reader, const Node& object, void* to) {
  const Node node = reader.member(object, "name", false);
  auto& name = static_cast<Service*>(to)->name;
  if (node.value == nullptr) return;
  if (!node.value->is_string()) return reader.text(node, name);
  reader.string(node, Pattern::any, name.by_lang.emplace_back().second);
}

void read_operator_country(Reader& reader, const Node& object, void* to) {
  const Node node = reader.member(object, "operator_country", false);
  auto& country = static_cast<Service*>(to)->operator_country;
  if (node.value != nullptr && node.value->is("-")) {
    country = "-";
  } else {
    reader.string(node, Pattern::country, country);
  }
}

void read_category(Reader& reader, const Node& object, void* to) {
  const int place = reader.choice(reader.member(object, "category", false), k_categories);
  if (place >= 0) static_cast<Service*>(to)->category = static_cast<Category>(place);
}

void read_gate(Reader& reader, const Node& object, void* to) {
  const int place = reader.choice(reader.member(object, "gate", false),
                                  "block|placeholder|allow|allow_on_action");
  if (place >= 0) static_cast<Service*>(to)->gate = static_cast<Gate>(place);
}

constexpr Field k_service_fields[] = {
    id_row(),
    hook_row(read_service_name),
    string_row("operator", offsetof(Service, operator_name), optional),
    hook_row(read_operator_country),
    hook_row(read_category),
    row("purposes", offsetof(Service, purposes), Kind::ids, inside,
        {Pattern::any, Space::switches}),
    hook_row(read_gate),
    string_row("kind", offsetof(Service, kind), optional),
    row("hosts", offsetof(Service, hosts), Kind::strings, inside, Pattern::host_pattern),
    row("paths", offsetof(Service, paths), Kind::strings, inside, Pattern::path_pattern),
    list_row("storage", offsetof(Service, storage), k_storage, optional),
    row("surface", offsetof(Service, surface), Kind::name, optional, "web|app|both"),
    clauses_row(offsetof(Service, clauses), "clauses", optional)};
constexpr Struct k_service = list_of<Service>(k_service_fields, Space::service);

// Terms and rights.

void read_term_value(Reader& reader, const Node& object, void* to) {
  auto& term = *static_cast<Term*>(to);
  if (reader.not_stated(object, "value")) return;
  const Node node = reader.member(object, "value", true);
  if (node.value == nullptr) return;
  const json::Value& value = *node.value;
  if (!value.is_object()) return reader.error("policy_type", node, "has to be an object");
  if (value.has("duration")) {
    term.kind = Term::Kind::duration;
    reader.string(reader.member(node, "duration", true), Pattern::duration, term.duration);
  } else if (value.has("until")) {
    term.kind = Term::Kind::until;
    reader.text(reader.member(node, "until", true), term.until);
  } else if (value["unlimited"].as_bool()) {
    term.kind = Term::Kind::unlimited;
  } else if (value["by_law"].as_bool()) {
    term.kind = Term::Kind::by_law;
  } else {
    reader.error("policy_value", node,
                 "has to be duration, unlimited, by_law, until or not_stated");
  }
}

constexpr Field k_term_fields[] = {id_row(), text_row("name", offsetof(Term, name)),
                                   hook_row(read_term_value), clauses_row(offsetof(Term, clauses))};
constexpr Struct k_term = list_of<Term>(k_term_fields, Space::term);

constexpr Field k_right_fields[] = {
    id_row(),
    row("right", offsetof(Right, right), Kind::choice, required,
        "know|access|rectification|blocking|erasure|withdrawal|refuse_publication|"
        "refuse_messages|defence|breach_notice|joint_measures|other"),
    text_row("name", offsetof(Right, name)),
    row("not_stated", offsetof(Right, not_stated), Kind::flag),
    hook_row([](Reader& reader, const Node& object, void* to) {
      if (static_cast<Right*>(to)->not_stated) reader.silent.push_back(object.path());
    }),
    row("ways", offsetof(Right, ways), Kind::ids, required, {Pattern::any, Space::contact}),
    text_row("exceptions", offsetof(Right, exceptions), optional),
    string_row("term", offsetof(Right, term), k_stated, Pattern::duration),
    text_row("note", offsetof(Right, note), optional),
    clauses_row(offsetof(Right, clauses))};
constexpr Struct k_right = list_of<Right>(k_right_fields, Space::right);

void check_rights(Reader& reader, const Node& object, void* to) {
  for (const char* wanted : {"withdrawal", "erasure"}) {
    bool there = false;
    for (const Right& right : static_cast<Policy*>(to)->rights)
      there = there || right.right == wanted;
    if (there) continue;
    const std::string message =
        std::string("has to say ") + wanted + ", not_stated where the policy is silent";
    reader.error("policy_missing", Node{nullptr, &object, "rights"}, message.c_str());
  }
}

// Messages.

constexpr Field k_topic_fields[] = {
    id_row(), text_row("name", offsetof(Topic, name)),
    row("from", offsetof(Topic, partners), Kind::name, required, "shop|partners"),
    string_row("purpose", offsetof(Topic, purpose), optional | reference,
               {Pattern::id, Space::purpose}),
    clauses_row(offsetof(Topic, clauses))};
constexpr Struct k_topic = list_of<Topic>(k_topic_fields, Space::message);

constexpr Field k_channel_fields[] = {
    id_row(),
    text_row("name", offsetof(Channel, name)),
    text_row("note", offsetof(Channel, note), optional),
    row("named", offsetof(Channel, named), Kind::flag),
    row("data", offsetof(Channel, data), Kind::ids, optional, {Pattern::any, Space::data}),
    clauses_row(offsetof(Channel, clauses))};
constexpr Struct k_channel = list_of<Channel>(k_channel_fields, Space::message);

constexpr Field k_service_message_fields[] = {
    id_row(),
    text_row("name", offsetof(ServiceMessage, name)),
    row("locked", offsetof(ServiceMessage, locked), Kind::flag, required),
    text_row("reason", offsetof(ServiceMessage, reason), k_stated),
    row("occasions", offsetof(ServiceMessage, occasions), Kind::texts, required),
    row("purposes", offsetof(ServiceMessage, purposes), Kind::ids, optional,
        {Pattern::any, Space::purpose}),
    hook_row([](Reader& reader, const Node& object, void*) {
      reader.message_paths.push_back(Node{nullptr, &object, "purposes"}.path());
    }),
    clauses_row(offsetof(ServiceMessage, clauses))};
constexpr Struct k_service_message =
    list_of<ServiceMessage>(k_service_message_fields, Space::service_message);

constexpr Field k_messages_fields[] = {
    list_row("topics", offsetof(Messages, topics), k_topic),
    list_row("channels", offsetof(Messages, channels), k_channel),
    list_row("service", offsetof(Messages, service), k_service_message),
    row("refuse", offsetof(Messages, refuse), Kind::ids, optional, {Pattern::any, Space::contact})};
constexpr Struct k_messages = inside_of<Messages>(k_messages_fields);

// Disputes.

void read_answer_days(Reader& reader, const Node& object, void* to) {
  if (reader.not_stated(object, "answer_days")) return;
  const Node node = reader.member(object, "answer_days", true);
  if (node.value == nullptr) return;
  const std::int64_t days = node.value->as_integer();
  if (days >= 1 && days <= 3650) {
    static_cast<Disputes*>(to)->answer_days = days;
  } else {
    reader.error("policy_value", node, "has to be days, 1 to 3650");
  }
}

constexpr Field k_disputes_fields[] = {
    row("claim_required", offsetof(Disputes, claim_required), Kind::flag, k_stated),
    hook_row(read_answer_days), text_row("court", offsetof(Disputes, court), k_stated),
    text_row("law", offsetof(Disputes, law), k_stated), clauses_row(offsetof(Disputes, clauses))};
constexpr Struct k_disputes = inside_of<Disputes>(k_disputes_fields);

// Cross-border and public sources.

constexpr Field k_localisation_fields[] = {
    string_row("country", offsetof(Localisation, country), required, Pattern::country),
    clauses_row(offsetof(Localisation, clauses))};
constexpr Struct k_localisation = inside_of<Localisation>(k_localisation_fields);

constexpr Field k_cross_border_fields[] = {
    row("allowed", offsetof(CrossBorder, allowed), Kind::flag, k_stated),
    row("bundled", offsetof(CrossBorder, bundled), Kind::flag, required),
    row("countries", offsetof(CrossBorder, countries), Kind::strings, k_stated, Pattern::country),
    object_row("localisation", offsetof(CrossBorder, localisation), k_localisation,
               required | stated),
    clauses_row(offsetof(CrossBorder, clauses))};
constexpr Struct k_cross_border = part(k_cross_border_fields);

constexpr Field k_sources_fields[] = {
    row("allowed", offsetof(PublicSources, allowed), Kind::flag, required),
    clauses_row(offsetof(PublicSources, clauses))};
constexpr Struct k_sources = inside_of<PublicSources>(k_sources_fields);

// Statements, forms, findings.

constexpr Field k_statement_fields[] = {
    id_row(),
    row("topic", offsetof(Statement, topic), Kind::choice, required,
        "scope|contracts|special_data|storage|links|disclaimer|duty|security|liability|change|"
        "confidentiality|governing_law|recording|basis|other"),
    text_row("text", offsetof(Statement, text)),
    row("items", offsetof(Statement, items), Kind::texts),
    clauses_row(offsetof(Statement, clauses))};
constexpr Struct k_statement = list_of<Statement>(k_statement_fields, Space::statement);

constexpr Field k_form_fields[] = {
    id_row(),
    text_row("name", offsetof(Form, name)),
    text_row("text", offsetof(Form, text)),
    row("purposes", offsetof(Form, purposes), Kind::ids, optional, {Pattern::any, Space::purpose}),
    row("data", offsetof(Form, data), Kind::ids, optional, {Pattern::any, Space::data}),
    clauses_row(offsetof(Form, clauses))};
constexpr Struct k_form = list_of<Form>(k_form_fields, Space::form);

constexpr Field k_quote_fields[] = {
    string_row("clause", offsetof(Quote, clause), required | reference,
               {Pattern::clause, Space::clause}),
    string_row("text", offsetof(Quote, text))};
constexpr Struct k_quote = list_of<Quote>(k_quote_fields);

constexpr Field k_finding_fields[] = {
    string_row("code", offsetof(Finding, code), required, Pattern::code),
    row("severity", offsetof(Finding, severity), Kind::name, required, "high|medium|low"),
    row("kind", offsetof(Finding, structural), Kind::name, required | opposite,
        "structural|declared"),
    clauses_row(offsetof(Finding, clauses)),
    text_row("text", offsetof(Finding, text)),
    list_row("quotes", offsetof(Finding, quotes), k_quote, optional)};
constexpr Struct k_finding = list_of<Finding>(k_finding_fields);

// The document.

constexpr Field k_document_fields[] = {
    string_row("id", offsetof(Policy, id), required, Pattern::id),
    string_row("jurisdiction", offsetof(Policy, jurisdiction), required, Pattern::jurisdiction),
    string_row("language", offsetof(Policy, language), required, Pattern::language),
    object_row("settings", 0, k_settings, optional),
    object_row("operator", offsetof(Policy, operator_), k_operator),
    list_row("contacts", offsetof(Policy, contacts), k_contact),
    object_row("edition", offsetof(Policy, edition), k_edition),
    list_row("laws", offsetof(Policy, laws), k_law),
    list_row("clauses", offsetof(Policy, clauses), k_clause),
    list_row("data_groups", offsetof(Policy, data_groups), k_group, optional),
    list_row("data", offsetof(Policy, data), k_data),
    list_row("purposes", offsetof(Policy, purposes), k_purpose),
    list_row("recipients", offsetof(Policy, recipients), k_recipient),
    object_row("cookies", offsetof(Policy, cookies), k_cookies, required | stated),
    list_row("services", offsetof(Policy, services), k_service),
    list_row("terms", offsetof(Policy, terms), k_term),
    list_row("rights", offsetof(Policy, rights), k_right),
    hook_row(check_rights),
    object_row("messages", offsetof(Policy, messages), k_messages, required | stated),
    object_row("disputes", offsetof(Policy, disputes), k_disputes, required | stated),
    object_row("cross_border", offsetof(Policy, cross_border), k_cross_border),
    object_row("public_sources", offsetof(Policy, public_sources), k_sources, required | stated),
    list_row("statements", offsetof(Policy, statements), k_statement),
    list_row("forms", offsetof(Policy, forms), k_form),
    list_row("findings", offsetof(Policy, findings), k_finding)};

}  // namespace

constinit const Struct k_document = part(k_document_fields);

}  // namespace kelisim::policy
