// The verbatim text: proof that it is the text the policy names; and which clauses the summary
// uses.
#include <algorithm>
#include <set>

#include "core/encoding.hpp"
#include "json/reader.hpp"
#include "policy/parse.hpp"

namespace kelisim::policy {
namespace {

std::string_view mark_of(ClauseKind kind) {
  switch (kind) {
    case ClauseKind::title:
      return "# ";
    case ClauseKind::section:
      return "## ";
    case ClauseKind::bullet:
      return "- ";
    default:
      return "";
  }
}

}  // namespace

Result<ClauseTexts> parse_text(const Policy& policy, std::string_view json) {
  auto document = json::parse(json, {.max_bytes = k_max_policy_bytes, .max_depth = 8});
  if (!document) return document.errors();
  if ((*document)["format"].as_string() != "kelisim-policy-text-1") {
    return Error{"text_format", "/format", "the format has to be \"kelisim-policy-text-1\""};
  }
  if ((*document)["policy"].as_string() != policy.id) {
    return Error{"text_policy", "/policy", "text of another policy, not of \"" + policy.id + "\""};
  }
  std::vector<Error> errors;
  ClauseTexts texts;
  for (const json::Member& member : (*document)["clauses"].members()) {
    if (policy.clause(member.key) == nullptr || !member.value.is_string()) {
      errors.push_back(
          {"text_clause", json::pointer("/clauses", member.key), "no clause of the policy"});
    } else {
      texts.emplace(member.key, member.value.as_string());
    }
  }
  std::string source;
  const Clause* before = nullptr;
  for (const Clause& clause : policy.clauses) {
    const auto text = texts.find(clause.id);
    if (text == texts.end()) {
      errors.push_back(
          {"text_clause", json::pointer("/clauses", clause.id), "clause without a text"});
      continue;
    }
    if (!clause.sha256.empty() && clause.sha256 != sha256_text(text->second)) {
      errors.push_back({"text_clause_hash", json::pointer("/clauses", clause.id),
                        "not the text the policy names"});
    }
    if (before != nullptr) {
      const bool tight = before->kind == clause.kind &&
                         (clause.kind == ClauseKind::bullet || clause.kind == ClauseKind::number);
      source += tight ? "\n" : "\n\n";
    }
    source += mark_of(clause.kind);
    source += text->second;
    before = &clause;
  }
  source += '\n';
  if (errors.empty() && sha256_text(source) != policy.edition.text_sha256) {
    errors.push_back({"text_hash", "/clauses",
                      "put together it is not the text of edition " + policy.edition.text_sha256});
  }
  if (errors.empty()) {
    std::size_t index = 0;
    for (const Finding& finding : policy.findings) {
      for (const Quote& quote : finding.quotes) {
        if (texts.find(quote.clause)->second.find(quote.text) == std::string::npos) {
          errors.push_back({"text_quote", json::pointer("/findings", index),
                            "the quote does not stand in clause " + quote.clause});
        }
      }
      ++index;
    }
  }
  if (!errors.empty()) return errors;
  return texts;
}

std::vector<std::string> used_clauses(const Policy& policy) {
  std::set<std::string, std::less<>> used;
  const auto use = [&used](const ClauseIds& ids) { used.insert(ids.begin(), ids.end()); };
  const auto use_all = [&use](const auto& list) {
    for (const auto& item : list) use(item.clauses);
  };
  const auto use_shop = [&use](const auto& list) {
    for (const auto& item : list) {
      if (item.audience.in_shop()) use(item.clauses);
    }
  };
  use(policy.operator_.clauses);
  use_all(policy.operator_.roles);
  if (policy.operator_.covered_persons) use(policy.operator_.covered_persons->clauses);
  use_all(policy.contacts);
  use(policy.edition.clauses);
  use(policy.edition.url_clauses);
  use_all(policy.laws);
  use_shop(policy.data);
  for (const DataGroup& group : policy.data_groups) {
    const bool shown =
        std::any_of(policy.data.begin(), policy.data.end(), [&group](const DataItem& item) {
          return item.group == group.id && item.audience.in_shop();
        });
    if (shown) use(group.clauses);
  }
  use_shop(policy.purposes);
  for (const Purpose& purpose : policy.purposes) {
    if (purpose.audience.in_shop()) use(purpose.basis_clauses);
  }
  use_all(policy.recipients);
  if (policy.cookies) {
    use_all(policy.cookies->uses);
    for (const auto* note : {&policy.cookies->browser, &policy.cookies->stops_working,
                             &policy.cookies->tie, &policy.cookies->changes}) {
      if (*note) use((*note)->clauses);
    }
  }
  use_all(policy.services);
  use_all(policy.terms);
  use_all(policy.rights);
  if (policy.messages) {
    use_all(policy.messages->topics);
    use_all(policy.messages->channels);
    use_all(policy.messages->service);
  }
  if (policy.disputes) use(policy.disputes->clauses);
  use(policy.cross_border.clauses);
  if (policy.cross_border.localisation) use(policy.cross_border.localisation->clauses);
  if (policy.public_sources) use(policy.public_sources->clauses);
  use_all(policy.statements);
  use_all(policy.forms);
  use_all(policy.findings);
  for (const Finding& finding : policy.findings) {
    for (const Quote& quote : finding.quotes) used.insert(quote.clause);
  }
  return {used.begin(), used.end()};
}

}  // namespace kelisim::policy
