// What a receipt is made from: what happened (Draft) and what only the host knows (Host). Both
// arrive as JSON and are checked.
#pragma once

#include <string>

#include "core/result.hpp"
#include "json/value.hpp"
#include "receipt/key.hpp"

namespace kelisim::receipt {

/// One act of the person, as Engine.act returns it. It waits in the page between the click and the
/// signature, so it is read back with checks:
///
///     {"policy": id, "edition": text hash, "action", "at_ms",
///      "layer": one of the view, "host" (a native screen) or "none" (a call of the page),
///      "lang": language shown, "text_sha256": hash of the view tree shown | null,
///      "validity": "P12M", "source": "person" | "api",
///      "decisions": [{"purpose_id": "ads", "channel:sms", "transfer:cross_border", "service:x"
///                     or "form:x", "state": given | renewed | refused | withdrawn,
///                     "explicit"?: true where the person moved the control of this decision,
///                     "label"?: what a control without a name in the policy was called}, …],
///      "categories": {id: granted | refused | mixed},
///      "channels": {id: {"state": granted | refused, "changed_at_ms"}},
///      "transfers": {id: granted | refused}}
///
/// Unknown members are left alone.
struct Draft {
  json::Value value;
};

/// Reads a draft.
///
/// Errors, all at once, each with a JSON Pointer below "/draft": `draft_type`, `draft_missing`,
/// `draft_pattern` (a string of the wrong form), `draft_value` (not one of the words),
/// `draft_range` (a time before 1970 or after 9999), `draft_empty` (no decision); then
/// `draft_validity` (over 12 months), `draft_twice` (two decisions on one purpose),
/// `draft_not_a_person` (source api with a grant, or a person without the hash of what was shown).
Result<Draft> parse_draft(const json::Value& value);

/// What only the host knows.
///
///     {"jwk", "record_id": UUID, the same along the chain, "receipt_id": UUID,
///      "supersedes"?: the record whose key was lost, "seq": from 1,
///      "prev": hash of the receipt before, null for the first,
///      "origin": location.origin of the page, "null" where it has none, "gpc": a note only,
///      "key": persistent | ephemeral, "widget": "kelisim/0.1.0"}
struct Host {
  PublicKey key;
  std::string receipt_id;
  json::Value value;
};

/// Reads the host's facts; members it does not know (the draft) are left alone.
///
/// Errors, all at once: `host_type`, `host_missing`, `host_pattern`, `host_value`, `host_range`;
/// then `host_prev` (not null exactly when seq is 1) and those of parse_key at "/jwk".
Result<Host> parse_host(const json::Value& value);

}  // namespace kelisim::receipt
