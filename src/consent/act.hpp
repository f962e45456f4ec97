// One act of the person (or a refusal by the page): from a state to the next, with what a receipt
// of it has to list.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "consent/draft.hpp"

namespace kelisim::consent {

/// evidence.action of the receipt.
enum class Action : std::uint8_t {
  grant_all,
  refuse_all,
  save_choices,
  withdraw_all,
  withdraw_some,
  grant_service,
  form,
  host,  ///< Choices made on a native host's own screen, handed over as a draft (bridge, `apply`).
};

std::string_view name_of(Action action);

struct Act {
  Action action = Action::refuse_all;
  bool by_person = false;  ///< false: called by the page; it may only refuse and withdraw.
  Millis at_ms = 0;
  Draft draft;          ///< save_choices, host.
  policy::Ids ids;      ///< withdraw_some: plain ids, or "purpose:x", "service:x" and so on.
  std::string service;  ///< grant_service.
  std::string form;     ///< form.
  bool form_on = false;
};

/// Reads the members action, at_ms, source, draft, ids, service and form {id, on} of Engine::act's
/// input; leaves the others alone. Errors: `act_type` (also a missing member), `act_action`,
/// `act_source`, and those of parse_draft.
Result<Act> parse_act(const policy::Policy& policy, const Services& services,
                      const json::Value& value);

/// States of ISO/IEC TS 27560 events. given: granted now and not in force before. renewed: granted
/// now and in force before. withdrawn: refused now and granted before (and not expired; a grant
/// that a new edition had closed is withdrawn too). refused: refused now, otherwise.
enum class EventState : std::uint8_t { given, renewed, refused, withdrawn };

std::string_view name_of(EventState state);

/// One decision for the receipt.
struct Item {
  /// A purpose's id, "channel:x", "transfer:cross_border", "service:x" or "form:x".
  std::string purpose_id;
  EventState state = EventState::refused;

  friend bool operator==(const Item&, const Item&) = default;
};

struct Outcome {
  State state;
  /// evidence.action: the act's own, but who withdraws where nothing was given has refused. A
  /// withdraw_all is a refuse_all then, a withdraw_some is save_choices: some answers, these.
  Action action = Action::refuse_all;
  /// Purposes, transfer, services, channels, forms, each in the policy's order.
  std::vector<Item> items;
  /// New values of what changed: {purposes, services, channels, transfers: {id: bool}, categories:
  /// {id: granted|refused|mixed}}.
  json::Value changed;
  policy::Flags ran_before;  ///< Parallel to the services: which ran just before the act …
  policy::Flags runs_now;    ///< … and which run after it.
};

/// Whether the person moved the control of one decision of an act itself (event_type `explicit`):
/// what withdraw_some, grant_service and form name, and of save_choices what the draft says was
/// moved. One button for all, a native screen and the page's own code move none.
bool moved(const Act& act, std::string_view purpose_id);

/// Applies one act; nothing is applied when it is refused.
///
///  - grant_all: every switch purpose, and the transfer where it exists; services follow them (what
///    was said about one by itself is gone). Channels and forms stay as they are.
///  - refuse_all: the same, refused. Channels and forms stay as they are; a channel never decided
///    stays undecided.
///  - save_choices, host: every switch as the draft has it, channels too. A channel that keeps its
///    position keeps its time. With the transfer off, grants of services abroad by themselves are
///    gone.
///  - withdraw_all: refuse_all, and every channel and form that was granted.
///  - withdraw_some: what `ids` names, and nothing else; a plain id means everything of that name.
///    A category: its purposes, and its services by themselves where they would still run or have
///    no purposes. A purpose, or the transfer: also the grants by themselves of services that need
///    it.
///  - grant_service: that service, by itself.
///  - form: that form. Neither it nor its purposes touch any other decision.
///
/// The first four (and host) decide the whole layer: they set edition, scope, decided_at_ms, and
/// expires_at_ms = at_ms + the policy's consent term. The others decide a part: they leave those as
/// they are, so nothing that was granted earlier lasts longer by them (the first grant of an
/// undecided state sets expires_at_ms). Grants that no longer hold (expired, new edition) are
/// dropped first, so that no part decision brings them back.
///
/// Items: every unit of the layer for grant_all, refuse_all, save_choices, host and withdraw_all
/// (purposes, transfer, services decided by themselves before or after, for save_choices and host
/// all channels, for withdraw_all the channels and forms that were granted); for the others the
/// touched ones. Items are empty only when the policy has nothing to decide.
///
/// Errors: `not_a_person` at "/source" (the page asked for anything but refusing or withdrawing),
/// `act_unknown_id` at "/ids/<n>", "/service" or "/form/id" (not declared, without a switch, or
/// necessary).
Result<Outcome> apply(const policy::Policy& policy, const Services& services, const State& state,
                      const Act& act);

/// An item in a service's storage, both pointing into the services given.
struct Stored {
  const policy::ServiceFacts* service;
  const policy::StorageItem* item;
};

struct Leftovers {
  /// First party: on the shop's own origin.
  std::vector<Stored> deletable;
  /// Third party: out of the page's reach, to be listed to the person (R-ALL-05).
  std::vector<Stored> kept;
};

/// What services that ran before and no longer run have left on the device. An item that a running
/// service declares as well (same type, name and match) stays.
/// @param before, after  Parallel to the services (Outcome::ran_before, runs_now). Everything true
///                       in `before` sweeps whatever is not allowed now, such as what was there
///                       before the widget came.
Leftovers to_delete(const Services& services, const policy::Flags& before,
                    const policy::Flags& after);

}  // namespace kelisim::consent
