#include "policy/parse.hpp"

#include <algorithm>
#include <utility>

#include "core/encoding.hpp"
#include "json/reader.hpp"
#include "json/writer.hpp"
#include "policy/reader.hpp"

namespace kelisim::policy {
namespace {

/// A space of ids: where it stands, and what is said of a reference that nothing in it answers.
struct IdSpace {
  Space space;
  const char* path;
  const char* code;
  const char* what;  ///< nullptr = nothing refers to it.
};

constexpr IdSpace k_spaces[] = {
    {Space::clause, "/clauses", "policy_unknown_clause", "clause"},
    {Space::contact, "/contacts", "policy_unknown_id", "contact"},
    {Space::data, "/data", "policy_unknown_id", "data item"},
    {Space::group, "/data_groups", "policy_unknown_id", "data group"},
    {Space::purpose, "/purposes", "policy_unknown_id", "purpose"},
    {Space::switches, nullptr, "policy_unknown_id", "purpose with a switch"},
    {Space::recipient, "/recipients", nullptr, nullptr},
    {Space::service, "/services", nullptr, nullptr},
    {Space::term, "/terms", nullptr, nullptr},
    {Space::right, "/rights", nullptr, nullptr},
    {Space::statement, "/statements", nullptr, nullptr},
    {Space::form, "/forms", nullptr, nullptr},
    {Space::law, "/laws", nullptr, nullptr},
    {Space::message, "/messages", nullptr, nullptr},
    {Space::service_message, "/messages/service", nullptr, nullptr}};

bool has(const StringPointers& sorted, const std::string& id) {
  const auto at = std::lower_bound(
      sorted.begin(), sorted.end(), id,
      [](const std::string* a, const std::string& b) { return a->compare(b) < 0; });
  return at != sorted.end() && **at == id;
}

std::string quoted(const std::string& id, const char* rest) { return '"' + id + "\" " + rest; }

/// Ids stand once each; references name what there is.
void resolve_ids(Reader& reader) {
  for (const IdSpace& each : k_spaces) {
    StringPointers& ids = reader.ids[static_cast<std::size_t>(each.space)];
    for (const std::string* id : repeated(ids)) {
      if (each.path != nullptr && !id->empty())
        reader.error("policy_duplicate", each.path, quoted(*id, "stands twice").c_str());
    }
    for (const Reference& reference : reader.references) {
      if (reference.space != each.space || has(ids, *reference.id)) continue;
      const std::string message = quoted(*reference.id, "is no ") + each.what;
      reader.error(each.code, reference.path, message.c_str());
    }
  }
}

/// A service message must not advertise.
void check_service_messages(const Policy& policy, Reader& reader) {
  if (!policy.messages) return;
  for (std::size_t i = 0; i < reader.message_paths.size(); ++i) {
    for (const std::string& id : policy.messages->service[i].purposes) {
      const Purpose* purpose = policy.purpose(id);
      if (purpose != nullptr &&
          (purpose->category == Category::marketing || purpose->control == Control::message)) {
        const std::string message = "a service message must not advertise (\"" + id + "\")";
        reader.error("policy_service_message", reader.message_paths[i], message.c_str());
      }
    }
  }
}

/// Every clause is named by a line of the summary, or stands in the full text only.
void check_clauses(const Policy& policy, Reader& reader) {
  for (const DataGroup& group : policy.data_groups) {
    for (const DataItem& item : policy.data) {
      if (item.group != group.id || !item.audience.in_shop()) continue;
      for (const std::string& id : group.clauses) reader.used.push_back(&id);
      break;
    }
  }
  sort(reader.used);
  std::size_t index = 0;
  for (const Clause& clause : policy.clauses) {
    const std::string path = json::pointer("/clauses", index++);
    const bool used = has(reader.used, clause.id);
    if (clause.full_text_only && used) {
      const std::string message =
          "clause " + clause.id + " is full_text_only and named by a member";
      reader.error("policy_clause_twice", path, message.c_str());
    }
    if (!clause.full_text_only && !used) {
      const std::string message = "no line of the summary names clause " + clause.id;
      reader.error("policy_clause_unused", path, message.c_str());
    }
  }
}

}  // namespace

Errors parse(std::string_view json, Policy& to) {
  auto document = json::parse(json, {.max_bytes = k_max_policy_bytes, .max_depth = 64});
  if (!document) return document.errors();
  if (!document->is_object()) return {Error("policy_type", "", "a policy document is an object")};
  const json::Value& format = (*document)["format"];
  if (!format.is("kelisim-policy-1")) {
    if (format.as_string().starts_with("kelisim-policy-"))
      return {Error("policy_version", "/format", "a version that is not known; this is read: 1")};
    return {Error("policy_format", "/format", "the format has to be \"kelisim-policy-1\"")};
  }
  Reader reader;
  to.consent_term = *parse_duration(to.consent_term_text);
  reader.read(Node{&*document}, k_document, &to);
  for (const Purpose& purpose : to.purposes) {
    if (purpose.control == Control::switch_)
      reader.ids[static_cast<std::size_t>(Space::switches)].push_back(&purpose.id);
  }
  resolve_ids(reader);
  check_service_messages(to, reader);
  if (reader.errors.empty()) check_clauses(to, reader);
  to.not_stated = std::move(reader.silent);
  to.config_sha256 = sha256_text(json::write(*document));
  return std::move(reader.errors);
}

Result<Policy> parse(std::string_view json) {
  Policy policy;
  if (Errors errors = parse(json, policy); !errors.empty()) return errors;
  return policy;
}

}  // namespace kelisim::policy
