// What a receipt's decisions are about: each id of a draft looked up in the policy and its
// services.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "json/value.hpp"
#include "policy/policy.hpp"
#include "receipt/draft.hpp"

namespace kelisim::receipt {

/// One decision with everything its purpose entry is made from. Pointers into the policy and
/// services given.
struct Entry {
  std::string id;     ///< As in the draft: "analytics", "channel:sms"…
  std::string state;  ///< given, renewed, refused or withdrawn.
  std::string text;   ///< In the language shown.
  std::string service;
  std::optional<policy::Category> category;
  std::vector<std::string> types;  ///< DPV purpose IRIs.
  bool cross_border = false;
  std::vector<const policy::DataItem*> data;
  std::vector<const policy::ServiceFacts*> recipients;
  policy::ClauseIds clauses;
};

/// True if the policy has a message topic or channel of this id.
bool has_channel(const policy::Policy& policy, std::string_view id);

/// Looks up every decision (rules: build.hpp). Errors: `draft_unknown`, `draft_basis`, with paths
/// into the draft ("/draft/decisions/0/purpose_id").
Result<std::vector<Entry>> resolve(const policy::Policy& policy,
                                   const std::vector<policy::ServiceFacts>& services,
                                   const Draft& draft);

/// The entries with one for all services of one state, "service:a,b,c", where there are several.
std::vector<Entry> fold_services(const std::vector<Entry>& entries);

/// The pii_information of an entry; never empty.
json::Value pii_information(const Entry& entry);

/// {"not_stated":true}
json::Value not_stated();
json::Value stated(const policy::Stated<std::string>& value);

/// The operator's legal name, else the name the policy uses.
const std::string& operator_name(const policy::Policy& policy);

}  // namespace kelisim::receipt
