#include "policy/parse.hpp"

#include <algorithm>
#include <set>

#include "core/encoding.hpp"
#include "json/reader.hpp"
#include "json/writer.hpp"
#include "policy/fields.hpp"

namespace kelisim::policy {
namespace {

constexpr std::string_view k_categories = "necessary|functional|analytics|marketing";

/// Reads the parts of one document in order; what refers to other parts is resolved at the end.
class Reader {
 public:
  explicit Reader(const json::Value& document) : root_{&document, ""} {}

  Result<Policy> read() {
    out_.id = f_.string(root_, "id", Pattern::id);
    out_.jurisdiction = f_.string(root_, "jurisdiction", Pattern::jurisdiction);
    out_.language = f_.string(root_, "language", Pattern::language);
    read_settings();
    read_operator();
    read_contacts();
    read_edition();
    read_laws();
    read_clauses();
    read_data();
    read_purposes();
    read_recipients();
    read_cookies();
    read_services();
    read_terms();
    read_rights();
    read_messages();
    read_disputes();
    read_cross_border();
    read_statements();
    read_forms();
    read_findings();
    resolve();
    out_.not_stated = std::move(f_.silent);
    if (!f_.errors.empty()) return std::move(f_.errors);
    return std::move(out_);
  }

 private:
  Audience audience(const Node& node) {
    Audience out;
    const auto items = f_.list(node, "audience", true, false);
    for (const Node& item : items) {
      const std::string& name = item.value->as_string();
      bool* flag = name == "visitor"        ? &out.visitor
                   : name == "client"       ? &out.client
                   : name == "applicant"    ? &out.applicant
                   : name == "staff"        ? &out.staff
                   : name == "counterparty" ? &out.counterparty
                                            : nullptr;
      if (flag == nullptr) {
        f_.error("policy_value", item.path,
                 "has to be one of visitor|client|applicant|staff|counterparty");
      } else {
        *flag = true;
      }
    }
    if (items.empty())
      f_.error("policy_value", json::pointer(node.path, "audience"), "names nobody");
    return out;
  }

  Surface surface(const Node& node) {
    const std::string name = f_.choice(node, "surface", "web|app|both", false);
    return name == "app" ? Surface::app : name == "both" ? Surface::both : Surface::web;
  }

  std::optional<Note> note(const Node& parent, std::string_view key) {
    const auto node = f_.object(parent, key, false);
    if (!node) return std::nullopt;
    return Note{f_.text(*node, "text"), f_.clauses(*node)};
  }

  Ids ids(const Node& node, std::string_view key, std::vector<Reference>& references,
          bool required = false) {
    Ids out;
    for (const Node& item : f_.list(node, key, required, false)) {
      references.push_back({item.path, item.value->as_string()});
      out.push_back(item.value->as_string());
    }
    return out;
  }

  void read_settings() {
    const auto settings = f_.object(root_, "settings", false);
    out_.consent_term = *parse_duration(out_.consent_term_text);
    if (!settings) return;
    const std::string term = f_.string(*settings, "consent_term", Pattern::duration, false);
    if (!term.empty()) {
      out_.consent_term_text = term;
      out_.consent_term = *parse_duration(term);
      if (add(0, out_.consent_term) > add(0, {.months = 12, .days = 0})) {
        f_.error("policy_term", "/settings/consent_term",
                 "a consent stands for twelve months at most");
      }
    }
    const std::string handle = f_.choice(*settings, "handle", "start|end|none", false);
    if (!handle.empty()) out_.handle = handle;
  }

  void read_operator() {
    const auto node = f_.object(root_, "operator");
    if (!node) return;
    Operator& to = out_.operator_;
    to.name = f_.string(*node, "name");
    to.legal_name = f_.stated_string(*node, "legal_name");
    to.bin = f_.stated_string(*node, "bin", Pattern::bin);
    to.address = f_.stated_string(*node, "address");
    to.phone = f_.stated_string(*node, "phone");
    to.country = f_.string(*node, "country", Pattern::country);
    to.sites = f_.strings(*node, "sites", Pattern::host);
    if (to.sites.empty()) f_.error("policy_value", "/operator/sites", "names no host");
    for (const Node& item : f_.list(*node, "roles")) {
      to.roles.push_back(
          {f_.choice(item, "role", "operator|seller|administration|site|responsible"),
           f_.string(item, "term"), f_.clauses(item)});
    }
    if (!f_.not_stated(*node, "covered_persons")) {
      if (const auto covered = f_.object(*node, "covered_persons")) {
        to.covered_persons =
            CoveredPersons{f_.text(*covered, "text"), f_.strings(*covered, "named", Pattern::any),
                           f_.clauses(*covered)};
      }
    }
    to.clauses = f_.clauses(*node);
  }

  void read_contacts() {
    for (const Node& item : f_.list(root_, "contacts")) {
      Contact to;
      to.id = f_.string(item, "id", Pattern::id);
      to.purpose =
          f_.choice(item, "purpose", "general|support|withdrawal|update|messages|deletion");
      to.kind = f_.choice(item, "kind", "mail|phone|cabinet|desk");
      to.value = f_.stated_string(item, "value");
      if (to.kind == "mail" && to.value &&
          (to.value->find('@') == std::string::npos || to.value->find(' ') != std::string::npos)) {
        f_.error("policy_value", json::pointer(item.path, "value"), "not a mail address");
      }
      to.name = f_.text(item, "name", false);
      to.subject = f_.string(item, "subject", Pattern::any, false);
      to.clauses = f_.clauses(item);
      out_.contacts.push_back(std::move(to));
    }
  }

  void read_edition() {
    const auto node = f_.object(root_, "edition");
    if (!node) return;
    Edition& to = out_.edition;
    to.label = f_.string(*node, "label");
    to.date = f_.stated_string(*node, "date", Pattern::date);
    to.place = f_.choice(*node, "place", "heading|end_of_text|clause|none");
    if (const auto text = f_.object(*node, "text")) {
      to.text_href = f_.string(*text, "href");
      to.text_sha256 = f_.string(*text, "sha256", Pattern::sha256);
    }
    to.equivalent_to = f_.strings(*node, "equivalent_to", Pattern::sha256, false);
    if (!f_.not_stated(*node, "url")) {
      if (const auto url = f_.object(*node, "url")) {
        to.url_href = f_.string(*url, "href", Pattern::https);
        to.url_printed = f_.string(*url, "printed");
        to.url_clauses = f_.clauses(*url);
      }
    }
    to.clauses = f_.clauses(*node);
  }

  void read_laws() {
    for (const Node& item : f_.list(root_, "laws")) {
      out_.laws.push_back({f_.string(item, "id", Pattern::id), f_.text(item, "name"),
                           f_.string(item, "number", Pattern::any, false),
                           f_.string(item, "date", Pattern::date, false), f_.clauses(item)});
    }
  }

  void read_clauses() {
    const auto items = f_.list(root_, "clauses");
    if (items.empty()) f_.error("policy_value", "/clauses", "the text has no clause");
    for (const Node& item : items) {
      Clause to;
      to.id = f_.string(item, "id", Pattern::clause);
      to.kind =
          clause_kind_of(f_.choice(item, "kind", "title|section|clause|paragraph|bullet|number"))
              .value_or(ClauseKind::clause);
      const auto printed = f_.member(item, "printed");
      if (printed && !printed->value->is_null()) to.printed = f_.string(item, "printed");
      to.parent = f_.string(item, "parent", Pattern::clause, false);
      if (!to.parent.empty())
        f_.clause_references.push_back({json::pointer(item.path, "parent"), to.parent});
      to.full_text_only = f_.flag(item, "full_text_only");
      to.sha256 = f_.string(item, "sha256", Pattern::sha256, false);
      out_.clauses.push_back(std::move(to));
    }
  }

  void read_data() {
    for (const Node& item : f_.list(root_, "data_groups", false)) {
      out_.data_groups.push_back({f_.string(item, "id", Pattern::id), f_.text(item, "name"),
                                  f_.text(item, "note", false), f_.clauses(item)});
    }
    for (const Node& item : f_.list(root_, "data")) {
      DataItem to;
      to.id = f_.string(item, "id", Pattern::id);
      to.name = f_.text(item, "name");
      to.group = f_.string(item, "group", Pattern::id, false);
      if (!to.group.empty())
        group_references_.push_back({json::pointer(item.path, "group"), to.group});
      to.source = f_.choice(item, "source", "given|automatic|server|other");
      to.necessity = f_.choice(item, "necessity", "required|optional|marked|not_stated");
      to.audience = audience(item);
      to.special = f_.flag(item, "special");
      to.national_id = f_.flag(item, "national_id");
      to.pseudonym_ok = f_.flag(item, "pseudonym_ok");
      to.open_ended = f_.flag(item, "open_ended");
      to.pii_type = f_.string(item, "pii_type", Pattern::pii, false);
      to.note = f_.text(item, "note", false);
      to.clauses = f_.clauses(item);
      out_.data.push_back(std::move(to));
    }
  }

  void read_purposes() {
    for (const Node& item : f_.list(root_, "purposes")) {
      Purpose to;
      to.id = f_.string(item, "id", Pattern::id);
      to.name = f_.text(item, "name");
      to.basis =
          basis_of(f_.choice(item, "basis",
                             "consent|contract|law|interest|public_data|statistics|not_stated"))
              .value_or(Basis::not_stated);
      to.basis_clauses = f_.clauses(item, "basis_clauses", false);
      const std::string control = f_.choice(item, "control", "switch|information|message|form");
      to.control = control == "switch"    ? Control::switch_
                   : control == "message" ? Control::message
                   : control == "form"    ? Control::form
                                          : Control::information;
      const auto category = category_of(f_.choice(item, "category", k_categories, false));
      to.category = category.value_or(Category::necessary);
      if (to.control == Control::switch_) {
        if (to.category == Category::necessary) {
          f_.error("policy_no_category", json::pointer(item.path, "category"),
                   "a switch stands in functional, analytics or marketing");
        }
        if (to.basis != Basis::consent) {
          f_.error("policy_switch_basis", json::pointer(item.path, "basis"),
                   "a purpose with a switch rests on consent; others are information");
        }
      }
      to.audience = audience(item);
      to.surface = surface(item);
      to.with_consent = f_.flag(item, "with_consent");
      to.widget_controls = f_.flag(item, "widget_controls", true);
      to.dpv = f_.strings(item, "dpv", Pattern::dpv, false);
      to.data = ids(item, "data", data_references_);
      to.note = f_.text(item, "note", false);
      to.clauses = f_.clauses(item);
      out_.purposes.push_back(std::move(to));
    }
  }

  void read_recipients() {
    for (const Node& item : f_.list(root_, "recipients")) {
      Recipient to;
      to.id = f_.string(item, "id", Pattern::id);
      to.name = f_.text(item, "name");
      to.kind = f_.choice(item, "kind", "named|class|condition|state_body|never");
      to.condition = f_.text(item, "condition", false);
      if (item.value->has("needs_consent")) to.needs_consent = f_.flag(item, "needs_consent");
      to.anonymised = f_.flag(item, "anonymised");
      if (item.value->has("country"))
        to.country = f_.stated_string(item, "country", Pattern::country);
      to.clauses = f_.clauses(item);
      out_.recipients.push_back(std::move(to));
    }
  }

  void read_cookies() {
    if (f_.not_stated(root_, "cookies")) return;
    const auto node = f_.object(root_, "cookies");
    if (!node) return;
    Cookies to;
    for (const Node& item : f_.list(*node, "uses")) {
      to.uses.push_back(
          {f_.string(item, "id", Pattern::id), f_.text(item, "name"),
           category_of(f_.choice(item, "category", k_categories)).value_or(Category::necessary),
           f_.flag(item, "third_party"), f_.clauses(item)});
    }
    to.named = f_.stated_bool(*node, "named");
    to.lifetimes = f_.stated_bool(*node, "lifetimes");
    to.browser = note(*node, "browser");
    to.stops_working = note(*node, "stops_working");
    to.tie = note(*node, "tie");
    to.changes = note(*node, "changes");
    out_.cookies = std::move(to);
  }

  void read_services() {
    for (const Node& item : f_.list(root_, "services")) {
      Service to;
      to.id = f_.string(item, "id", Pattern::id);
      if (const json::Value* name = item.value->find("name")) {
        if (name->is_string()) {
          to.name.by_lang.emplace_back("", f_.string(item, "name"));
        } else {
          to.name = f_.text(item, "name");
        }
      }
      to.operator_name = f_.string(item, "operator", Pattern::any, false);
      if ((*item.value)["operator_country"].as_string() == "-") {
        to.operator_country = "-";
      } else {
        to.operator_country = f_.string(item, "operator_country", Pattern::country, false);
      }
      to.category = category_of(f_.choice(item, "category", k_categories, false));
      if (item.value->has("purposes")) to.purposes = ids(item, "purposes", switch_references_);
      to.gate = gate_of(f_.choice(item, "gate", "block|placeholder|allow|allow_on_action", false));
      to.kind = f_.string(item, "kind", Pattern::any, false);
      if (item.value->has("hosts")) to.hosts = f_.strings(item, "hosts", Pattern::host_pattern);
      if (item.value->has("paths")) to.paths = f_.strings(item, "paths", Pattern::path_pattern);
      if (item.value->has("storage")) to.storage = storage(item);
      to.surface = surface(item);
      to.clauses = f_.clauses(item, "clauses", false);
      out_.services.push_back(std::move(to));
    }
  }

  std::vector<StorageItem> storage(const Node& service) {
    std::vector<StorageItem> out;
    for (const Node& item : f_.list(service, "storage")) {
      StorageItem to;
      to.type = storage_type_of(f_.choice(item, "type", "cookie|local|session"))
                    .value_or(StorageType::cookie);
      to.name = f_.string(item, "name");
      to.prefix = f_.choice(item, "match", "exact|prefix") == "prefix";
      to.first_party = f_.choice(item, "party", "first|third") != "third";
      if (const auto age = f_.member(item, "max_age_s", false); age && !age->value->is_null()) {
        if (age->value->is_integer() && age->value->as_integer() >= 0) {
          to.max_age_s = age->value->as_integer();
        } else {
          f_.error("policy_type", age->path, "has to be seconds or null");
        }
      }
      out.push_back(std::move(to));
    }
    return out;
  }

  void read_terms() {
    for (const Node& item : f_.list(root_, "terms")) {
      Term to;
      to.id = f_.string(item, "id", Pattern::id);
      to.name = f_.text(item, "name");
      if (!f_.not_stated(item, "value")) {
        if (const auto value = f_.object(item, "value")) {
          if (value->value->has("duration")) {
            to.kind = Term::Kind::duration;
            to.duration = f_.string(*value, "duration", Pattern::duration);
          } else if (value->value->has("until")) {
            to.kind = Term::Kind::until;
            to.until = f_.text(*value, "until");
          } else if ((*value->value)["unlimited"].as_bool()) {
            to.kind = Term::Kind::unlimited;
          } else if ((*value->value)["by_law"].as_bool()) {
            to.kind = Term::Kind::by_law;
          } else {
            f_.error("policy_value", value->path,
                     "has to be duration, unlimited, by_law, until or not_stated");
          }
        }
      }
      to.clauses = f_.clauses(item);
      out_.terms.push_back(std::move(to));
    }
  }

  void read_rights() {
    bool withdrawal = false;
    bool erasure = false;
    for (const Node& item : f_.list(root_, "rights")) {
      Right to;
      to.id = f_.string(item, "id", Pattern::id);
      to.right = f_.choice(item, "right",
                           "know|access|rectification|blocking|erasure|withdrawal|refuse_"
                           "publication|refuse_messages|defence|"
                           "breach_notice|joint_measures|other");
      withdrawal = withdrawal || to.right == "withdrawal";
      erasure = erasure || to.right == "erasure";
      to.name = f_.text(item, "name");
      to.not_stated = f_.flag(item, "not_stated");
      if (to.not_stated) f_.silent.push_back(item.path);
      to.ways = ids(item, "ways", contact_references_, true);
      to.exceptions = f_.text(item, "exceptions", false);
      to.term = f_.stated_string(item, "term", Pattern::duration);
      to.note = f_.text(item, "note", false);
      to.clauses = f_.clauses(item);
      out_.rights.push_back(std::move(to));
    }
    if (!withdrawal)
      f_.error("policy_missing", "/rights",
               "has to say withdrawal, not_stated where the policy is silent");
    if (!erasure)
      f_.error("policy_missing", "/rights",
               "has to say erasure, not_stated where the policy is silent");
  }

  void read_messages() {
    if (f_.not_stated(root_, "messages")) return;
    const auto node = f_.object(root_, "messages");
    if (!node) return;
    Messages to;
    for (const Node& item : f_.list(*node, "topics")) {
      Topic topic;
      topic.id = f_.string(item, "id", Pattern::id);
      topic.name = f_.text(item, "name");
      topic.partners = f_.choice(item, "from", "shop|partners") == "partners";
      topic.purpose = f_.string(item, "purpose", Pattern::id, false);
      if (!topic.purpose.empty())
        purpose_references_.push_back({json::pointer(item.path, "purpose"), topic.purpose});
      topic.clauses = f_.clauses(item);
      to.topics.push_back(std::move(topic));
    }
    for (const Node& item : f_.list(*node, "channels")) {
      to.channels.push_back({f_.string(item, "id", Pattern::id), f_.text(item, "name"),
                             f_.text(item, "note", false), f_.flag(item, "named", true),
                             f_.clauses(item)});
    }
    for (const Node& item : f_.list(*node, "service")) {
      ServiceMessage message;
      message.id = f_.string(item, "id", Pattern::id);
      message.name = f_.text(item, "name");
      f_.member(item, "locked");
      message.locked = f_.flag(item, "locked", true);
      message.reason = f_.stated_text(item, "reason");
      message.occasions = f_.texts(item, "occasions");
      message.purposes = ids(item, "purposes", purpose_references_);
      service_message_purposes_.push_back({json::pointer(item.path, "purposes"), message.purposes});
      message.clauses = f_.clauses(item);
      to.service.push_back(std::move(message));
    }
    to.refuse = ids(*node, "refuse", contact_references_);
    out_.messages = std::move(to);
  }

  void read_disputes() {
    if (f_.not_stated(root_, "disputes")) return;
    const auto node = f_.object(root_, "disputes");
    if (!node) return;
    Disputes to;
    to.claim_required = f_.stated_bool(*node, "claim_required");
    if (!f_.not_stated(*node, "answer_days")) {
      if (const auto days = f_.member(*node, "answer_days")) {
        if (days->value->is_integer() && days->value->as_integer() >= 1 &&
            days->value->as_integer() <= 3650) {
          to.answer_days = days->value->as_integer();
        } else {
          f_.error("policy_value", days->path, "has to be days, 1 to 3650");
        }
      }
    }
    to.court = f_.stated_text(*node, "court");
    to.law = f_.stated_text(*node, "law");
    to.clauses = f_.clauses(*node);
    out_.disputes = std::move(to);
  }

  void read_cross_border() {
    if (const auto node = f_.object(root_, "cross_border")) {
      CrossBorder& to = out_.cross_border;
      to.allowed = f_.stated_bool(*node, "allowed");
      f_.member(*node, "bundled");
      to.bundled = f_.flag(*node, "bundled");
      if (!f_.not_stated(*node, "countries"))
        to.countries = f_.strings(*node, "countries", Pattern::country);
      if (!f_.not_stated(*node, "localisation")) {
        if (const auto place = f_.object(*node, "localisation")) {
          to.localisation =
              Localisation{f_.string(*place, "country", Pattern::country), f_.clauses(*place)};
        }
      }
      to.clauses = f_.clauses(*node);
    }
    if (!f_.not_stated(root_, "public_sources")) {
      if (const auto node = f_.object(root_, "public_sources")) {
        f_.member(*node, "allowed");
        out_.public_sources = PublicSources{f_.flag(*node, "allowed"), f_.clauses(*node)};
      }
    }
  }

  void read_statements() {
    for (const Node& item : f_.list(root_, "statements")) {
      out_.statements.push_back({f_.string(item, "id", Pattern::id),
                                 f_.choice(item, "topic",
                                           "scope|contracts|special_data|storage|links|disclaimer|"
                                           "duty|security|liability|change|confidentiality|"
                                           "governing_law|recording|basis|other"),
                                 f_.text(item, "text"), f_.texts(item, "items", false),
                                 f_.clauses(item)});
    }
  }

  void read_forms() {
    for (const Node& item : f_.list(root_, "forms")) {
      out_.forms.push_back({f_.string(item, "id", Pattern::id), f_.text(item, "name"),
                            f_.text(item, "text"), ids(item, "purposes", purpose_references_),
                            f_.clauses(item)});
    }
  }

  void read_findings() {
    for (const Node& item : f_.list(root_, "findings")) {
      Finding to;
      to.code = f_.string(item, "code", Pattern::code);
      to.severity =
          severity_of(f_.choice(item, "severity", "high|medium|low")).value_or(Severity::low);
      to.structural = f_.choice(item, "kind", "structural|declared") == "structural";
      to.clauses = f_.clauses(item);
      to.text = f_.text(item, "text");
      for (const Node& quote : f_.list(item, "quotes", false)) {
        Quote one{f_.string(quote, "clause", Pattern::clause), f_.string(quote, "text")};
        f_.clause_references.push_back({json::pointer(quote.path, "clause"), one.clause});
        to.quotes.push_back(std::move(one));
      }
      out_.findings.push_back(std::move(to));
    }
  }

  template <class T>
  std::set<std::string, std::less<>> ids_of(const std::vector<T>& list, const char* path) {
    std::vector<std::string> all;
    for (const T& item : list) all.push_back(item.id);
    f_.unique(path, all);
    return {all.begin(), all.end()};
  }

  void known(const std::vector<Reference>& references,
             const std::set<std::string, std::less<>>& ids, std::string_view code,
             const char* what) {
    for (const Reference& reference : references) {
      if (!ids.contains(reference.id))
        f_.error(code, reference.path, "\"" + reference.id + "\" is no " + what);
    }
  }

  void resolve() {
    known(f_.clause_references, ids_of(out_.clauses, "/clauses"), "policy_unknown_clause",
          "clause");
    known(contact_references_, ids_of(out_.contacts, "/contacts"), "policy_unknown_id", "contact");
    known(data_references_, ids_of(out_.data, "/data"), "policy_unknown_id", "data item");
    known(group_references_, ids_of(out_.data_groups, "/data_groups"), "policy_unknown_id",
          "data group");
    const auto purposes = ids_of(out_.purposes, "/purposes");
    known(purpose_references_, purposes, "policy_unknown_id", "purpose");
    std::set<std::string, std::less<>> switches;
    for (const Purpose& purpose : out_.purposes) {
      if (purpose.control == Control::switch_) switches.insert(purpose.id);
    }
    known(switch_references_, switches, "policy_unknown_id", "purpose with a switch");
    ids_of(out_.recipients, "/recipients");
    ids_of(out_.services, "/services");
    ids_of(out_.terms, "/terms");
    ids_of(out_.rights, "/rights");
    ids_of(out_.statements, "/statements");
    ids_of(out_.forms, "/forms");
    ids_of(out_.laws, "/laws");
    if (out_.messages) {
      std::vector<std::string> all;  // topics and channels share one space of switches
      for (const Topic& topic : out_.messages->topics) all.push_back(topic.id);
      for (const Channel& channel : out_.messages->channels) all.push_back(channel.id);
      f_.unique("/messages", all);
      ids_of(out_.messages->service, "/messages/service");
    }
    for (const auto& [path, ids] : service_message_purposes_) {
      for (const std::string& id : ids) {
        const Purpose* purpose = out_.purpose(id);
        if (purpose != nullptr &&
            (purpose->category == Category::marketing || purpose->control == Control::message)) {
          f_.error("policy_service_message", path,
                   "a service message must not advertise (\"" + id + "\")");
        }
      }
    }
    if (!f_.errors.empty()) return;
    const auto used = used_clauses(out_);
    const std::set<std::string, std::less<>> use(used.begin(), used.end());
    std::size_t index = 0;
    for (const Clause& clause : out_.clauses) {
      const std::string path = json::pointer("/clauses", index++);
      if (clause.full_text_only && use.contains(clause.id)) {
        f_.error("policy_clause_twice", path,
                 "clause " + clause.id + " is full_text_only and named by a member");
      }
      if (!clause.full_text_only && !use.contains(clause.id)) {
        f_.error("policy_clause_unused", path, "no line of the summary names clause " + clause.id);
      }
    }
  }

  struct MessagePurposes {
    std::string path;
    Ids ids;
  };

  Node root_;
  Fields f_;
  Policy out_;
  std::vector<Reference> contact_references_;
  std::vector<Reference> data_references_;
  std::vector<Reference> group_references_;
  std::vector<Reference> purpose_references_;
  std::vector<Reference> switch_references_;
  std::vector<MessagePurposes> service_message_purposes_;
};

}  // namespace

Result<Policy> parse(std::string_view json) {
  auto document = json::parse(json, {.max_bytes = k_max_policy_bytes, .max_depth = 64});
  if (!document) return document.errors();
  if (!document->is_object()) return Error{"policy_type", "", "a policy document is an object"};
  if ((*document)["format"].as_string() != "kelisim-policy-1") {
    return Error{"policy_format", "/format", "the format has to be \"kelisim-policy-1\""};
  }
  auto policy = Reader(*document).read();
  if (policy) policy->config_sha256 = sha256_text(json::write(*document));
  return policy;
}

}  // namespace kelisim::policy
