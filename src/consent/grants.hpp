// What a state grants: purposes, categories, the transfer, and which services may run.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "consent/state.hpp"

namespace kelisim::consent {

/// A switch with something below it.
enum class Tri : std::uint8_t { off, mixed, on };

/// True if the transfer switch exists: a declared service's operator sits outside the policy
/// operator's country.
bool has_transfer(const Services& services);

/// May a service run? `state` is taken as it is: pass in_force().
///
///     necessary, or
///     granted by itself, or
///     (not refused by itself, and it has purposes, and each is granted, and (cross_border granted,
///     or it is not abroad))
///
/// Granted by itself: the person clicked a placeholder that named the recipient and its country, or
/// moved the service's own switch; purposes and transfer need not be granted then. It lasts until
/// something stricter is said: refuse_all and withdraw_all; withdrawing it, a purpose of it, or its
/// category; the transfer withdrawn or off in saved choices, for services abroad; its own switch
/// off. A service without purposes (its category has no switch purpose) runs only when granted by
/// itself, which the category's switch and grant_all do.
bool runs(const State& state, const policy::ServiceFacts& service);

/// True if a service does not run, and would with the cross-border transfer granted.
bool lacks_transfer(const State& state, const policy::ServiceFacts& service);

/// A category's switch: over its switch purposes; over its declared services where it has none.
/// @returns nothing where the category has neither (then there is no switch), and for necessary.
std::optional<Tri> category(const policy::Policy& policy, const Services& services,
                            const State& state, policy::Category category);

/// Everything that is granted at a time, ready for the snapshot, the public state and events.
struct Grants {
  Status status = Status::undecided;
  policy::Flags runs;            ///< Parallel to the services.
  policy::Flags lacks_transfer;  ///< Parallel to the services.
  json::Value purposes;          ///< {switch purpose id: bool}
  json::Value
      categories;  ///< {functional|analytics|marketing: granted|refused|mixed}, those with a switch
  json::Value services;   ///< {declared service id: bool}
  json::Value channels;   ///< {message topic or channel id: bool}
  json::Value transfers;  ///< {cross_border: bool} or {}
};

Grants grants(const policy::Policy& policy, const Services& services, const State& state,
              Millis now_ms);

/// Message topics, then channels: everything whose switch has scope channel.
std::vector<std::string_view> channel_ids(const policy::Policy& policy);

}  // namespace kelisim::consent
