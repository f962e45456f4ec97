// What a receipt is made from: what happened (Draft) and what only the host knows (Host). Both
// arrive as JSON and are checked.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/result.hpp"
#include "core/time.hpp"
#include "json/value.hpp"
#include "receipt/key.hpp"

namespace kelisim::receipt {

struct Decision {
  /// "ads", "channel:sms", "transfer:cross_border", "service:x" or "form:x".
  std::string purpose_id;
  std::string state;  ///< given, renewed, refused or withdrawn.
};

/// A message topic or channel that the layer showed.
struct ChannelState {
  std::string id;
  bool granted = false;
  Millis changed_at_ms = 0;
};

/// An id with one word about it: a category (granted, refused, mixed) or a transfer (granted,
/// refused).
struct Standing {
  std::string id;
  std::string state;
};

/// One act of the person, as Engine.act returns it. It waits in the page between the click and the
/// signature, so it is read back with checks:
///
///     {"policy": id, "edition": text hash, "action", "at_ms", "layer", "lang",
///      "text_sha256": hash | null, "validity": "P12M", "source": "person" | "api",
///      "decisions": [{"purpose_id", "state"}, …],
///      "categories": {id: granted | refused | mixed},
///      "channels": {id: {"state": granted | refused, "changed_at_ms"}},
///      "transfers": {id: granted | refused}}
///
/// Unknown members are left alone.
struct Draft {
  std::string policy;
  std::string edition;
  std::string action;  ///< evidence.action.
  Millis at_ms = 0;
  std::string layer;        ///< A layer of the view, "host" (native screen), "none" (page's call).
  std::string lang;         ///< Language shown.
  std::string text_sha256;  ///< Of the view tree shown; "" = nothing shown (source api only).
  std::string validity;     ///< ISO 8601 duration: how long the decision stands.
  bool by_page = false;     ///< Source api: the page's own code refused; it can never grant.
  std::vector<Decision> decisions;
  std::vector<Standing> categories;
  std::vector<ChannelState> channels;
  std::vector<Standing> transfers;
};

/// Reads a draft.
///
/// Errors, all at once, each with a JSON Pointer below "/draft": `draft_type` (not an object, or a
/// member of the wrong type), `draft_missing`, `draft_action`, `draft_time` (before 1970 or after
/// 9999), `draft_layer`, `draft_lang`, `draft_hash`, `draft_validity` (not a duration, or over 12
/// months: never endless), `draft_source`, `draft_state`, `draft_empty` (no decision),
/// `draft_twice` (two decisions on one purpose), `draft_not_a_person` (source api with a grant, or
/// a person without the hash of what was shown).
Result<Draft> parse_draft(const json::Value& value);

/// What only the host knows.
struct Host {
  PublicKey key;
  std::string record_id;  ///< UUID, the same along the chain.
  std::string receipt_id;
  std::string supersedes;  ///< Record whose key was lost; "" = none.
  std::int64_t seq = 1;
  std::optional<std::string> prev;  ///< Hash of the receipt before; nothing for the first.
  std::string origin;               ///< `location.origin` of the page; "null" where it has none.
  bool gpc = false;                 ///< Whether the signal was there; a note only.
  std::string key_kind;             ///< persistent or ephemeral.
  std::string widget;               ///< "kelisim/0.1.0".
};

/// Reads {jwk, record_id, receipt_id, supersedes?, seq, prev, origin, gpc, key, widget}; other
/// members (the draft) are left alone.
///
/// Errors, all at once: `host_type`, `host_missing`, `host_uuid`, `host_seq`, `host_prev` (not a
/// hash, or null exactly when seq is not 1), `host_origin`, `host_key_kind`, `host_widget`, and
/// those of parse_key.
Result<Host> parse_host(const json::Value& value);

}  // namespace kelisim::receipt
