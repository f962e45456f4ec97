// The switches while the person moves them: nothing is decided until the draft is saved (act.hpp,
// save_choices).
#pragma once

#include <string_view>

#include "consent/grants.hpp"

namespace kelisim::consent {

/// Positions of the switches; granted = on. An id that is absent is off; a service that is absent
/// follows its purposes.
struct Draft {
  Decisions purposes;
  Decisions services;  ///< Moved by themselves, as State::services.
  Decisions channels;
  Decisions transfers;
  /// What the person has moved, wherever it stands now, as an act's items name it: "ads",
  /// "service:x", "channel:x", "transfer:cross_border".
  policy::Ids moved;
};

/// Where the switches stand when the layer opens: what saving without a movement would leave
/// granted. Undecided, expired or closed by a new edition: everything off (nothing is ever
/// pre-ticked). A service abroad that a placeholder granted by itself while the transfer is off
/// stands off, because saving with the transfer off ends it.
Draft start_draft(const policy::Policy& policy, const Services& services, const State& state,
                  Millis now_ms);

/// One movement. Scopes and what they move:
///
///  - category: all its switch purposes, as purpose below. On also clears refusals of its services
///    by themselves; off refuses those that would still run (for purposes of another category). A
///    category without switch purposes moves its services themselves, as service below.
///  - purpose: itself. Off clears the grants by themselves of services that name it.
///  - service: on = granted by itself unless it runs already without; its purposes do not move. One
///    abroad stays off while the transfer is off. Off = refused by itself.
///  - channel: itself.
///  - transfer: itself. Off clears the grants by themselves of services abroad.
///
/// All of it counts as moved by the person; where the page's own code did it, as moved by nobody.
///
/// Errors: `draft_scope` at "/scope", `draft_id` at "/id" (not declared, without a switch, or
/// necessary).
Result<Draft> set(const policy::Policy& policy, const Services& services, Draft draft,
                  std::string_view scope, std::string_view id, bool on, bool by_person = true);

/// {"scope:id": "on"|"off"|"mixed"} for every switch: categories (necessary is always on),
/// purposes, optional services (on = would run), channels, transfer.
json::Value switches(const policy::Policy& policy, const Services& services, const Draft& draft);

/// {purposes, services, channels, transfers}, each {id: bool}; moved, a list, once there is any.
json::Value to_json(const Draft& draft);

/// Reads what to_json wrote; members may be absent (everything in them is off).
/// Errors: `draft_type`, `draft_id` (an id without a switch), each with its path below `path`.
Result<Draft> parse_draft(const policy::Policy& policy, const Services& services,
                          const json::Value& value, std::string_view path);

}  // namespace kelisim::consent
