// May this address be asked, this name be stored? The one rule of gate and engine; web/gate
// implements the same text.
//
// Input is a snapshot (src/enforce/snapshot.schema.json), the page and what is wanted. An address
// is decided in this order; the first step that answers ends it:
//
//  1. Scheme. http, https, ws, wss and ftp, and stun, stuns, turn and turns (WebRTC servers), go
//     over the network. Any other scheme (data:, blob:, about:, javascript:, file:, an app's own) →
//     allow/local. No scheme, or a network scheme without a valid host → hold/invalid_url.
//  2. Path rules (`paths`), in the order of the snapshot: the first entry whose host part fits and
//     whose path is a prefix of the address's path *and query* (not the fragment), compared byte by
//     byte, letters as they are. Host part: "" = any host, the page's own too; "x" = exactly x;
//     "*.x" = any host below x. → its services.
//  3. Host rules (`hosts`): the exact host, then "*.x" with the longest x first (x itself is not
//     below x). → its services.
//  4. First party: the page's own host, its subdomains, `sites` and their subdomains →
//     allow/first_party. Declared services go before it, so a counter behind a subdomain of the
//     shop or under a path of the shop is held too.
//  5. The hosts of `data-allow` ("x" or "*.x", as in 2) → allow/allowed_host. A declared service is
//     not opened by it.
//  6. Nobody declared it: `unknown` hold → hold/undeclared, report → allow/undeclared. No grant
//     opens it.
//
// Services of a rule (steps 2, 3, and storage). A service runs when the snapshot says run, and it
// is necessary or now is before expires_at_ms (exclusive; null = no end). Of several services the
// best one answers, in the order of this table; of services in the same row the lowest index, but
// in the last two rows one with gate placeholder goes before one without. A service's gate opens
// nothing by itself: `allow` in an optional category waits for its grant like any other.
//
//     runs, necessary, gate not allow_on_action   → allow/necessary
//     runs, optional, gate not allow_on_action    → allow/granted
//     runs, gate allow_on_action                  → hold/on_action: released on a trusted action
//     does not run, lacks transfer, not expired   → hold/transfer: only the transfer is missing
//     does not run                                → hold/not_granted
//
// `placeholder` is true for transfer and not_granted of an address when the answering service's
// gate is placeholder.
//
// Host: ASCII lower case, without user, password, port and one closing dot; IPv6 with its brackets;
// punycode as it is. Hosts with other characters than letters, digits, "-", "_", "." (or those of
// an IPv6 address in brackets) are not valid. The address is expected as URL.href writes it; a
// backslash ends the host as a slash does.
//
// Storage: an item of the same type (databases, caches and files, which no policy declares: of any
// type) with the exact name, else the longest prefix → its services by the table, where
// allow_on_action counts as running (nobody asks before a running service writes). Nobody declared
// it → allow/undeclared, for the watcher to report. Kelisim's own names never come here.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/time.hpp"
#include "json/value.hpp"
#include "policy/policy.hpp"

namespace kelisim::enforce {

enum class Why : std::uint8_t {
  first_party,
  allowed_host,
  necessary,
  granted,
  on_action,
  not_granted,
  transfer,
  undeclared,
  local,
  invalid_url,
};

std::string_view name_of(Why why);

struct Decision {
  bool allow = false;
  Why why = Why::invalid_url;
  std::string_view service;  ///< Id, "" = none; lives as long as the Rules.
  bool placeholder = false;  ///< Stand a click-to-load box in its place.
};

/// {verdict: "allow"|"hold", why, service?, placeholder?} as Engine::decide answers.
json::Value to_json(const Decision& decision);

/// Where and when something is asked for.
struct Page {
  std::string host;                ///< host_of(page URL); "" = none (file:, an app's own scheme).
  std::vector<std::string> allow;  ///< data-allow, "x" or "*.x"; lower case.
  Millis now_ms = 0;
};

/// The rules of one snapshot.
class Rules {
 public:
  /// @param snapshot  `kelisim-snapshot-1`, as compile() made it. What is missing in it or
  /// malformed
  ///                  names no service, so nothing third-party is allowed by it: an empty object is
  ///                  the closed state.
  explicit Rules(json::Value snapshot);

  /// Decides about an address (URL.href).
  [[nodiscard]] Decision decide(const Page& page, std::string_view url) const;

  /// Decides about a name in the page's storage.
  /// @param type  none: of a kind no policy declares (a database, a cache, a file)
  [[nodiscard]] Decision decide(std::optional<policy::StorageType> type, std::string_view name,
                                Millis now_ms) const;

 private:
  [[nodiscard]] const json::Value* host_rule(std::string_view host) const;
  [[nodiscard]] Decision best(const json::Value& indexes, Millis now_ms, bool address) const;

  json::Value snapshot_;
  bool sorted_;  // hosts stand in the order of their bytes, as compile() writes them
};

/// The host of an address by the rule above; "" when it has none or an invalid one.
std::string host_of(std::string_view url);

}  // namespace kelisim::enforce
