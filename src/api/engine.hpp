// The engine as its hosts see it: a few coarse calls, JSON text in and out. No call throws, reads a
// clock, draws a random number or touches the outside; what has to happen outside comes back as
// effects, in the order to carry them out.
//
// Every call answers with one envelope:
//   {"ok":true,"value":…}
//   {"ok":false,"error":{"code","path","message"},"errors":[{"code","path","message"},…]}
// where `error` is the first of `errors`, `path` is a JSON Pointer (RFC 6901) into the call's input
// and `message` is English, for logs. Times are Unix epoch milliseconds, UTC. Hashes are SHA-256,
// base64url without padding.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace kelisim::api {

class Engine {
 public:
  Engine();
  ~Engine();
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  /// Makes one of the calls below by its name in JavaScript ("loadPolicy"); a page's module has
  /// this one way in.
  std::string call(std::string_view name, const std::string& in);

  /// Reads and checks a policy document (`kelisim-policy-1`, at most 1 MiB); a bad one is refused
  /// whole, with every error. A policy that was loaded before stays in force when the new one is
  /// refused.
  /// @returns {policy, edition, label, text:{href, sha256}, handle, catalogue:[service ids whose
  /// facts are needed],
  ///           not_stated:[JSON pointers], findings:[{code, severity, kind, clauses}]}
  std::string load_policy(const std::string& policy) { return call("loadPolicy", policy); }

  /// Reads the compact catalogue (`kelisim-catalogue-1`) that services of the policy refer to.
  /// Until it is there, calls that need the facts of services answer `catalogue_needed`. Errors:
  /// those of the catalogue, and `service_unknown` for each service of the policy that nobody
  /// describes.
  /// @returns {services: number of services in it}
  std::string load_catalogue(const std::string& catalogue) {
    return call("loadCatalogue", catalogue);
  }

  /// Reads one language of the interface (`kelisim-locale-1`).
  /// @returns {lang, dir}
  std::string load_locale(const std::string& locale) { return call("loadLocale", locale); }

  /// Reads the verbatim text (`kelisim-policy-text-1`), puts the source text together and compares
  /// its hash with the edition. Errors: `text_hash` at "/clauses" when it is not the text the
  /// policy names; then nothing is loaded.
  /// @returns {clauses: number, sha256}
  std::string load_text(const std::string& text) { return call("loadText", text); }

  /// Takes the stored state (`kelisim-state-1`) or null. A state of another policy is
  /// `state_policy`; one that does not parse is refused, and the engine stays undecided (closed).
  /// Where Global Privacy Control is on (or Do Not Track, in a policy that heeds it) and was not
  /// when the state was decided, its marketing grants are undecided again.
  /// @param in {state, now_ms, gpc?: bool, dnt?: bool, region?: ISO 3166-2}; the last three hold
  /// until the next restore
  /// @returns the public state (below)
  std::string restore(const std::string& in) { return call("restore", in); }

  /// The public state: {status, policy, edition, categories:{id:granted|refused|mixed},
  /// purposes:{id:bool}, services:{id:bool}, channels:{id:bool}, transfers:{cross_border:bool},
  /// decided_at, expires_at (ISO 8601 or null), ask: bool}. `ask` = a layer has to be shown (status
  /// is not decided).
  /// @param in {now_ms}
  std::string state(const std::string& in) { return call("state", in); }

  /// The snapshot for the gate (`kelisim-snapshot-1`) and the value of the cookie beside it.
  /// @param in {now_ms, unknown?: "hold"|"report"}
  /// @returns {snapshot, cookie}
  std::string snapshot(const std::string& in) { return call("snapshot", in); }

  /// Decides about addresses and storage names, by the same rules as the gate.
  /// @param in {now_ms, page: page URL, allow?: [hosts], unknown?, items: [{kind, url} |
  /// {kind, name}]}; a name of another kind than cookie|local|session goes by itself, whatever its
  /// declared type
  /// @returns {decisions: [{verdict: allow|hold, why:
  /// first_party|allowed_host|necessary|granted|on_action|not_granted|transfer|
  ///           undeclared|local|invalid_url, service?, placeholder?: bool}]}
  std::string decide(const std::string& in) { return call("decide", in); }

  /// A layer as a tree (`kelisim-view-1`) with the hash a receipt of it will carry.
  /// @param in {layer, lang, now_ms, service? (layer hold), form? (layer form), receipts? (layer
  /// receipts: payloads, newest
  ///           first; with them sent?, local?, checked?: view/layer.hpp), text?: bool (policy layer
  ///           with the full text), query? (policy layer: clauses that contain it)}
  /// @returns {tree, sha256, html?}; `html` when in.html is true: the tree as escaped HTML text
  std::string view(const std::string& in) { return call("view", in); }

  /// One clause as a tree node, with its verbatim text when the text is loaded.
  /// @param in {id, lang}
  std::string clause(const std::string& in) { return call("clause", in); }

  /// Whether the answers of a layer weigh the same, as they were painted; pure.
  /// @param in {answers: [{width, height, font, weight, ink, ground}]} (view/weight.hpp)
  /// @returns {fault: "" | "size" | "font" | "look" | "contrast"}
  std::string weigh(const std::string& in) { return call("weigh", in); }

  /// The positions of the switches while the person edits them; pure.
  /// @param in {op: "start"} → from the state (nothing pre-ticked); {op: "set", draft, scope, id,
  /// on, source?: "api" where no person moved it} → after one movement:
  ///           a category moves its purposes and its services, a purpose leaves its category
  ///           granted, refused or mixed
  /// @returns {draft: {purposes, services, channels, transfers, moved?: [what the person moved]},
  /// switches: {"scope:id": "on"|"off"|"mixed"}}
  std::string draft(const std::string& in) { return call("draft", in); }

  /// One act of the person (or a refusal by the page). Nothing is applied when it is refused.
  /// @param in {action: evidence.action of the receipt, at_ms, layer, lang, text_sha256?, draft?
  /// (save_choices), ids?
  ///            (withdraw_some), service? (grant_service), form?: {id, on}, source:
  ///            "person"|"api"}. source api may refuse and withdraw only (`not_a_person`).
  /// @returns {state (kelisim-state-1), public, snapshot, cookie, changed: {purposes, services,
  /// channels, transfers, categories},
  ///           effects: [{type: store_state | write_snapshot | write_cookie | close_layer | release
  ///           {services} | delete_storage {items: [{type, name, match, service}]} | list_kept
  ///           {items} | offer_reload {services} | emit {event, detail} | make_receipt}], receipt:
  ///           draft for `receipt` below}
  std::string act(const std::string& in) { return call("act", in); }

  /// The body of a receipt and what has to be signed.
  /// @param in {draft (of act), jwk: public key, record_id, receipt_id, supersedes?, seq, prev,
  /// origin, gpc, key:
  ///           "persistent"|"ephemeral", widget}
  /// @returns {body, header, signing_input (ASCII, for ES256), receipt_id}
  std::string receipt(const std::string& in) { return call("receipt", in); }

  /// Puts body and signature together. @param in {signing_input, signature (base64url, 64 bytes
  /// r||s)}
  /// @returns {jws, sha256: "sha256:…" (the next receipt's prev), json (the JSON face)}
  std::string seal(const std::string& in) { return call("seal", in); }

  /// Checks a receipt's structure (signing.md, verifier checklist) without its signature; at most
  /// 32 KiB.
  /// @param in {jws} or {json}
  /// @returns {jws, header, body, signing_input, signature, sha256}
  std::string inspect(const std::string& in) { return call("inspect", in); }

  /// Checks a chain of inspected receipts in order: seq, prev, record, key. @param in {receipts:
  /// [jws…]}
  /// @returns {receipts, record_id, faults: [{receipt_id, code, message}]}
  std::string chain(const std::string& in) { return call("chain", in); }

  /// Whether receipts bear out what the state grants (receipt::unproven); pure. @param in
  /// {receipts: [jws…], newest first, now_ms}
  /// @returns {faults: [ids of what is granted and not proven, "edition", "term"]}
  std::string compare(const std::string& in) { return call("compare", in); }

  /// The outbox's decisions; pure. An entry is {receipt_id, state: pending|sent|failed, attempts,
  /// next_at_ms, bytes, alone}.
  /// @param in {op: "plan", now_ms, hiding: bool, entries} → {send: [receipt ids, in order],
  /// wake_at_ms|null}
  ///           {op: "settle", now_ms, random (0…999999), status (0 = no network),
  ///           retry_after_s|null, accept?: [statuses], sent: [receipt ids], entries} → {entries
  ///           (changed), wake_at_ms|null}
  std::string outbox(const std::string& in) { return call("outbox", in); }

  /// RFC 8785 bytes of a JSON text whose numbers are integers, as a string, and their hash.
  /// @returns {text, sha256}
  std::string canonical(const std::string& json) { return call("canonical", json); }

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace kelisim::api
