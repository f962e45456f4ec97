// The verbatim text: proof that it is the text the policy names.
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

const std::string* ClauseTexts::find(std::string_view id) const {
  for (const auto& [clause, text] : all_) {
    if (clause == id) return &text;
  }
  return nullptr;
}

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
      texts.add(member.key, member.value.as_string());
    }
  }
  std::string source;
  const Clause* before = nullptr;
  for (const Clause& clause : policy.clauses) {
    const std::string* text = texts.find(clause.id);
    if (text == nullptr) {
      errors.push_back(
          {"text_clause", json::pointer("/clauses", clause.id), "clause without a text"});
      continue;
    }
    if (!clause.sha256.empty() && clause.sha256 != sha256_text(*text)) {
      errors.push_back({"text_clause_hash", json::pointer("/clauses", clause.id),
                        "not the text the policy names"});
    }
    if (before != nullptr) {
      const bool tight = before->kind == clause.kind &&
                         (clause.kind == ClauseKind::bullet || clause.kind == ClauseKind::number);
      source += tight ? "\n" : "\n\n";
    }
    source += mark_of(clause.kind);
    source += *text;
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
        if (texts.find(quote.clause)->find(quote.text) == std::string::npos) {
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

}  // namespace kelisim::policy
