// The stored consent state `kelisim-state-1` (src/consent/state.schema.json): reading, writing, and
// whether it still stands.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "core/time.hpp"
#include "json/value.hpp"
#include "policy/policy.hpp"

namespace kelisim::consent {

using Services = std::vector<policy::ServiceFacts>;

enum class Choice : std::uint8_t { granted, refused };

std::string_view name_of(Choice choice);

/// One thing decided.
struct Decided {
  std::string id;
  Choice choice = Choice::refused;
  Millis changed_at_ms = 0;  ///< Of channels and forms; 0 elsewhere.
};

/// Decisions of one scope, each id once, in the order they came. An id that is not in it is
/// undecided, which counts as refused.
class Decisions {
 public:
  [[nodiscard]] const Decided* find(std::string_view id) const;
  [[nodiscard]] bool granted(std::string_view id) const;
  [[nodiscard]] bool refused(std::string_view id) const;
  void set(std::string_view id, Choice choice, Millis changed_at_ms = 0);
  void erase(std::string_view id);
  void drop_grants();
  void clear() { all_.clear(); }
  [[nodiscard]] const std::vector<Decided>& all() const { return all_; }

 private:
  std::vector<Decided> all_;
};

/// What a decision was about. A new edition that adds to it closes the grants; one that only
/// removes does not.
struct Scope {
  policy::Ids purposes;    ///< Ids of the switch purposes (policy::is_switch).
  policy::Ids recipients;  ///< Ids of the recipients, those of kind never aside.
  policy::Ids services;    ///< "<id>@<operator>" of the declared services.

  friend bool operator==(const Scope&, const Scope&) = default;
};

/// The scope of a policy with its services resolved; each list sorted by bytes.
Scope scope_of(const policy::Policy& policy, const Services& services);

/// SHA-256 (base64url) of the RFC 8785 bytes of {"purposes":[…],"recipients":[…],"services":[…]}.
std::string scope_sha256(const Scope& scope);

struct State {
  std::string policy;   ///< Id of the policy decided on.
  std::string edition;  ///< Text hash of the edition decided on.
  std::optional<Scope> scope;
  std::string scope_sha256;             ///< "" = not known.
  std::optional<Millis> decided_at_ms;  ///< When a whole layer was last decided; nothing = never.
  std::optional<Millis>
      expires_at_ms;  ///< Exclusive. Set whenever anything was granted or decided.
  Decisions purposes;
  Decisions services;   ///< Only services decided by themselves.
  Decisions channels;   ///< Message topics and channels.
  Decisions transfers;  ///< "cross_border".
  Decisions forms;
  bool gpc = false;     ///< Global Privacy Control was on when something was last decided.
  json::Value unknown;  ///< Members of the stored object this version does not know; written back.
};

inline constexpr std::string_view k_cross_border = "cross_border";

/// An undecided state of this policy.
State undecided(const policy::Policy& policy, const Services& services);

/// Reads a stored state of the policy `policy_id`; a bad one is refused whole, with every error.
///
/// Errors: `state_format` (no or another version), `state_policy` (decided on another policy: it
/// never satisfies this one), `state_missing`, `state_type`, `state_value` (a choice that is
/// neither granted nor refused; decided without an end; an end before the decision), `state_scope`
/// (scope and its hash differ).
Result<State> parse_state(const json::Value& value, std::string_view policy_id);

/// `kelisim-state-1`.
json::Value to_json(const State& state);

enum class Status : std::uint8_t { undecided, decided, stale, expired };

std::string_view name_of(Status status);

struct Standing {
  Status status = Status::undecided;
  bool holds = false;  ///< Whether the grants in the state count. A layer is to be shown unless
                       ///< status is decided.
};

/// Whether a state still stands, in this order:
///
///  - decided, or ending, later than a clock that is right could have made it (a day of grace) →
///    undecided; nothing holds.
///  - no whole layer was ever decided → undecided. Single grants (placeholders) in it hold until
///    they expire.
///  - now ≥ expires_at_ms → expired; nothing holds.
///  - the policy's edition is neither the state's nor says it is equivalent to it → stale;
///  - the policy gained a switch purpose, a recipient or a service since (whatever the edition) →
///    stale, and nothing holds;
///  - else decided.
///
/// Gained: an id in the scope of now that is not in the scope decided on. Under another edition a
/// service also counts as gained when its operator's name changed; under the same edition the id
/// alone counts, so that a catalogue that spells an operator better asks nobody again. A state that
/// lacks its scope but has its hash holds only while the hash is the same; one that has neither
/// holds only under the same or an equivalent edition. What was removed closes nothing. (R-ALL-11)
Standing standing(const policy::Policy& policy, const Services& services, const State& state,
                  Millis now_ms);

/// What Global Privacy Control does to a state decided before it was on: what is granted of
/// marketing is undecided again, and the person is asked. Nothing else changes; a choice made with
/// the signal on stands (standards/signals.md, section 3).
void heed_gpc(const policy::Policy& policy, const Services& services, State& state);

/// The state as it counts at `now_ms`: itself while its grants hold; else without the grants of
/// purposes, services, channels and transfers (they are undecided again; refusals stay), on the
/// policy's edition and undecided. Form consents stay: they were given with the form and end by
/// withdrawal.
State in_force(const policy::Policy& policy, const Services& services, const State& state,
               Millis now_ms);

}  // namespace kelisim::consent
