// Every layer of the widget as a tree (kelisim-view-1, view.schema.json): what it says and what it
// offers, in one language.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "json/value.hpp"
#include "policy/parse.hpp"
#include "policy/policy.hpp"
#include "view/locale.hpp"

namespace kelisim::view {

struct Request {
  std::string layer{};    ///< notice, choices, policy, rights, receipts, hold, form.
  std::string service{};  ///< hold: id of a declared service.
  std::string form{};     ///< form: id of a form consent.
  /// receipts: {receipts: [bodies, newest first; their times and those below as the reader's clock
  /// shows them, with the offset in hours ("2026-11-20T19:05+5"), or in UTC], sent?: {receipt id:
  /// {state: sent|pending|failed, to: host, at?: ISO time, status?: of the last answer that did not
  /// take it, 0 = none, signed?: acknowledged with a signature}}, local?: nothing is sent,
  /// checked?: {receipt id: "" = it holds, else the code of its fault}}; null = none.
  const json::Value* given = nullptr;
  const policy::ClauseTexts* texts = nullptr;  ///< The verbatim text, once it is loaded.
  bool text = false;                           ///< policy: with the full text.
  std::string query{};  ///< policy: the clauses that contain it (needs the text); letters that look
                        ///< alike count as the same.
};

/// Builds a layer. The tree depends on its arguments alone: no positions of switches, and no times
/// but those of receipts, so that its hash (sha256_text of json::write) names what was shown.
///
/// What people read comes from the policy (in the locale's language, else Russian, else English)
/// and from the locale. Where the policy does not say, the tree does: `tone` not_stated. Items that
/// are not about visitors or clients are left out.
///
/// @param services  Of enforce::resolve; those nobody declared are not shown.
/// @returns the tree; `view_layer` at /layer, `view_service` at /service, `view_form` at /form for
/// what does not exist, `view_text`
///          at /text when the text is asked for and not loaded.
Result<json::Value> layer(const policy::Policy& policy,
                          const std::vector<policy::ServiceFacts>& services, const Locale& locale,
                          const Request& request);

/// One clause as a node: canonical number with the printed one where it differs, and the verbatim
/// text (null without `texts`).
///
/// @returns the node; `view_clause` at /id when the policy has no such clause.
Result<json::Value> clause(const policy::Policy& policy, const policy::ClauseTexts* texts,
                           const Locale& locale, std::string_view id);

/// A clause as people read it: "3.2.5", with a wrong printed number "3.2.5 (2.2.5)", "5, para. 1",
/// "3.3 • 2", "preamble".
std::string clause_label(const policy::Policy& policy, const Locale& locale, std::string_view id);

/// A numbered clause as it is read out, "Clause 3.2.5"; "" for others, whose label is words
/// already.
std::string clause_name(const policy::Policy& policy, const Locale& locale, std::string_view id);

}  // namespace kelisim::view
