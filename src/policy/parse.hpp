// Reads a policy document with complete checks: a bad one is refused whole, with every error.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/result.hpp"
#include "json/value.hpp"
#include "policy/policy.hpp"

namespace kelisim::policy {

/// Largest policy document, in bytes (design, section 7).
inline constexpr std::size_t k_max_policy_bytes = 1U << 20U;

/// Reads and checks `kelisim-policy-1`. Unknown members are left alone; an unknown format version
/// is an error.
///
/// Errors, all at once, each with a JSON Pointer: those of json::parse; `policy_format` (missing or
/// unknown version), `policy_missing` (a required member), `policy_type`, `policy_value` (not one
/// of the allowed, pattern, length or range), `policy_duplicate` (an id stands twice in its list),
/// `policy_unknown_clause`, `policy_unknown_id` (a reference that does not resolve),
/// `policy_no_category` (a switch without one, or with necessary), `policy_switch_basis` (a switch
/// whose basis is not consent), `policy_service_message` (a service message with a purpose of
/// category marketing), `policy_term` (a consent term over 12 months), `policy_clause_twice`
/// (full_text_only on a clause that a member names), `policy_clause_unused` (neither).
///
/// @param to  An empty policy, filled where it stays: pages download what moves one. Of no use when
/// there are errors.
Errors parse(std::string_view json, Policy& to);
/// The same, by value.
Result<Policy> parse(std::string_view json);

/// Clause id → verbatim text.
class ClauseTexts {
 public:
  /// The text, or nullptr.
  [[nodiscard]] const std::string* find(std::string_view id) const;
  [[nodiscard]] std::size_t size() const { return all_.size(); }
  void add(const std::string& id, const std::string& text) { all_.emplace_back(id, text); }

 private:
  std::vector<std::pair<std::string, std::string>> all_;
};

/// Reads `kelisim-policy-text-1` and proves that it is the text of `policy`: the clauses joined by
/// the rule of src/policy/policy-text.schema.json have the hash of the edition, and every quote
/// stands in its clause.
///
/// Errors: those of json::parse, `text_format`, `text_policy` (of another policy), `text_clause` (a
/// clause without text, or a text without clause), `text_hash`, `text_quote`, `text_clause_hash`.
Result<ClauseTexts> parse_text(const Policy& policy, std::string_view json);

}  // namespace kelisim::policy
