// Compiles the policy's rules and what is granted into the gate's snapshot, and the cookie beside
// it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/time.hpp"
#include "enforce/catalogue.hpp"
#include "json/value.hpp"
#include "policy/policy.hpp"

namespace kelisim::enforce {

/// What is granted, as consent::grants says it (the two modules do not know each other).
struct Granted {
  std::string_view status;              ///< undecided, decided, stale, expired.
  policy::Flags runs;                   ///< Parallel to the services.
  policy::Flags lacks_transfer;         ///< Parallel to the services.
  json::Value purposes;                 ///< {id: bool}
  json::Value categories;               ///< {id: granted|refused|mixed}
  json::Value channels;                 ///< {id: bool}
  json::Value transfers;                ///< {id: bool}
  std::optional<Millis> expires_at_ms;  ///< Exclusive.
};

enum class Unknown : std::uint8_t { hold, report };

/// The snapshot `kelisim-snapshot-1` (src/enforce/snapshot.schema.json). Equal input gives equal
/// bytes: services in the policy's order, hosts sorted by bytes, paths longest first, then by
/// bytes, and for one path the exact host, then "*.x" with the longest x, then any host; storage by
/// type, exact before prefix, longest first.
///
/// Storage on third-party hosts is left out: a name on the shop's own origin is another thing.
///
/// With Unknown::report the catalogue's optional services that the policy does not declare are
/// added with declared: false, run: false, so they are held although unknown hosts are not.
/// Necessary ones (a payment, a login cookie) are not: what nobody can grant must not be stricter
/// than the unknown.
///
/// @param catalogue  Of use with Unknown::report only; nullptr = none.
json::Value compile(const policy::Policy& policy, const std::vector<policy::ServiceFacts>& services,
                    const Granted& granted, Millis now_ms, Unknown unknown,
                    const Catalogue* catalogue);

/// Value of the cookie `__Host-kelisim`: "1.<edition>.<categories>.<expiry>", without an id of
/// anybody.
///
///  - edition: first 8 characters of the text hash;
///  - categories: one digit each for functional, analytics, marketing: 1 = granted and every
///    declared service of it may run, 2 = some of it, 0 = none. Whoever opens from the cookie alone
///    (a gate with its rules built in, a server) opens the 1s;
///  - expiry: whole days since 1970-01-01 UTC in base 36, 0 = nothing is decided; the categories
///    hold until that day begins.
std::string cookie_value(const json::Value& snapshot);

}  // namespace kelisim::enforce
