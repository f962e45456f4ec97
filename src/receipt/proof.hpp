// Whether receipts bear out what a stored state grants.
#pragma once

#include <string>
#include <vector>

#include "consent/state.hpp"
#include "json/value.hpp"

namespace kelisim::receipt {

/// What a state grants at `now_ms` and the receipts do not: nothing of it when all is in order.
///
///  - the id of a purpose, "service:x", "channel:x", "transfer:cross_border" or "form:x" whose
///    newest event is a refusal or a withdrawal, or that has none;
///  - "edition": no receipt names the edition the state says was decided on;
///  - "term": the state lasts longer than any receipt says.
///
/// A state that grants nothing needs no receipt. Grants that hold no longer are not looked at, and
/// forms are asked for their events only.
///
/// @param receipts  Compact JWS of the person's receipts, newest first. One that is none says
///                  nothing; signatures are not looked at. Read no further than needed.
std::vector<std::string> unproven(const policy::Policy& policy, const consent::Services& services,
                                  const consent::State& state, Millis now_ms,
                                  const json::Value& receipts);

}  // namespace kelisim::receipt
