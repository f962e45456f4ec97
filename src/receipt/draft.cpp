#include "receipt/draft.hpp"

#include <utility>

#include "core/time.hpp"
#include "json/reader.hpp"
#include "receipt/shape.hpp"

namespace kelisim::receipt {
namespace {

constexpr Field k_decision[] = {
    text("purpose_id", Form::opaque), word("state", "given|renewed|refused|withdrawn"),
    flag("explicit", k_optional), text("label", Form::text, k_optional)};
constexpr Field k_channel[] = {word("state", "granted|refused"), number("changed_at_ms")};
constexpr Field k_draft[] = {
    text("policy", Form::opaque),
    text("edition", Form::hash),
    word("action",
         "grant_all|refuse_all|save_choices|withdraw_all|withdraw_some|grant_service|form|host"),
    number("at_ms"),
    word("layer", "notice|choices|policy|rights|receipts|hold|form|host|none"),
    text("lang", Form::language),
    text("text_sha256", Form::hash, k_null),
    text("validity", Form::duration),
    word("source", "person|api"),
    object("decisions", k_decision, k_list | k_filled),
    word("categories", "granted|refused|mixed", k_map),
    object("channels", k_channel, k_map),
    word("transfers", "granted|refused", k_map)};

constexpr Field k_host[] = {text("record_id", Form::uuid),
                            text("receipt_id", Form::uuid),
                            text("supersedes", Form::uuid, k_optional),
                            number("seq"),
                            text("prev", Form::chain_hash, k_null),
                            text("origin", Form::origin),
                            flag("gpc"),
                            word("key", "persistent|ephemeral"),
                            text("widget", Form::widget)};

void check_decisions(Shape& shape, const json::Value& draft) {
  const bool by_page = draft["source"].as_string() == "api";
  const auto& decisions = draft["decisions"].items();
  for (std::size_t i = 0; i < decisions.size(); ++i) {
    const std::string path = json::pointer("/draft/decisions", i);
    const std::string& id = decisions[i]["purpose_id"].as_string();
    for (std::size_t k = 0; k < i; ++k) {
      if (decisions[k]["purpose_id"].as_string() == id) {
        shape.fault("twice", path + "/purpose_id", "decided twice");
      }
    }
    if (by_page && one_of("given|renewed", decisions[i]["state"].as_string())) {
      shape.fault("not_a_person", path + "/state", "only the person grants");
    }
  }
  if (!by_page && draft["text_sha256"].is_null()) {
    shape.fault("not_a_person", "/draft/text_sha256", "a person answers what was shown");
  }
}

}  // namespace

Result<Draft> parse_draft(const json::Value& value) {
  Shape shape("draft", false);
  shape.check(value, "/draft", k_draft);
  if (shape.errors.empty()) {
    const auto validity = parse_duration(value["validity"].as_string());
    if (!validity || !is_within_a_year(*validity)) {
      shape.fault("validity", "/draft/validity", "over twelve months");
    }
    check_decisions(shape, value);
  }
  if (!shape.errors.empty()) return std::move(shape.errors);
  return Draft{value};
}

Result<Host> parse_host(const json::Value& value) {
  Shape shape("host", false);
  shape.check(value, "", k_host);
  Result<PublicKey> key = parse_key(value["jwk"], "/jwk", false);
  if (!key) shape.errors.push_back(key.error());
  if (shape.errors.empty() && value["prev"].is_null() != (value["seq"].as_integer() == 1)) {
    shape.fault("prev", "/prev", "null for the first receipt and only for it");
  }
  if (!shape.errors.empty()) return std::move(shape.errors);
  return Host{*std::move(key), value["receipt_id"].as_string(), value};
}

}  // namespace kelisim::receipt
