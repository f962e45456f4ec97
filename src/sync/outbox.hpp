// The outbox's decisions: which receipts go out together and when, and what an answer means. Pure:
// time and randomness are given.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/result.hpp"
#include "core/time.hpp"
#include "json/value.hpp"

namespace kelisim::sync {

inline constexpr std::int64_t k_max_body_bytes = 256 * 1024;
/// Below the 64 KiB that fetch keepalive and beacon share.
inline constexpr std::int64_t k_max_hiding_bytes = 48 * 1024;
inline constexpr std::size_t k_max_batch = 50;
inline constexpr Millis k_backoff_base_ms = 2'000;
inline constexpr Millis k_backoff_cap_ms = 15 * 60'000;
inline constexpr Millis k_retry_after_cap_ms = 24 * 3'600'000;
/// What failed is worth another try then: an endpoint that was not there for an hour says 404.
inline constexpr Millis k_failed_again_ms = 24 * 3'600'000;

enum class State : std::uint8_t { pending, sent, failed };

struct Entry {
  std::string receipt_id;
  State state = State::pending;
  std::int64_t attempts = 0;  ///< Answers that meant "later".
  Millis next_at_ms = 0;      ///< Not before this; 0 = now. Failed: when to retry; 0 = never.
  std::int64_t bytes = 0;     ///< Length of the compact JWS.
  bool alone = false;         ///< Goes in a request of its own.
  std::int64_t status = -1;  ///< Last answer that was not an acceptance; 0 = no network, -1 = none.

  friend bool operator==(const Entry&, const Entry&) = default;
};

struct Plan {
  std::vector<std::string> send;     ///< Receipt ids of one request, in order; empty = nothing now.
  std::optional<Millis> wake_at_ms;  ///< With nothing to send: when to plan again, if ever.
};

/// What to send now, as one request.
///
/// `entries` is the outbox in the order of the chain. A receipt never overtakes one before it that
/// is still pending; sent and failed ones do not block. The body {"kelisim":1,"receipts":["…",…]}
/// stays within 256 KiB and 50 receipts, within 48 KiB when the page is `hiding`; entries marked
/// alone go one by one; back-off is waited out in both cases. A wait longer than any that settle
/// sets (the clock was set back) counts as over.
Plan plan(Millis now_ms, bool hiding, const std::vector<Entry>& entries);

struct Answer {
  std::int64_t status = 0;                    ///< HTTP status; 0 = no network, timeout, opaque.
  std::optional<std::int64_t> retry_after_s;  ///< Retry-After, in seconds; at most 24 h is obeyed.
  std::vector<std::int64_t> accept;           ///< Statuses that mean accepted besides 2xx.
  std::int64_t random = 0;                    ///< 0…999999, drawn for this answer.
};

struct Settled {
  std::vector<Entry> entries;        ///< Those that changed.
  std::optional<Millis> wake_at_ms;  ///< When to plan again; nothing = no receipt waits.
};

/// What an answer means for the receipts of its request.
///
/// 2xx and `accept`: sent. 409, 413 and 422 for several: each goes alone, at once (one receipt
/// must not take the others with it). 409, 413, 422 for one, and other 4xx: failed, with the
/// status, and but for a fork (422) with the time at which the host calls retry by itself.
/// Everything else (408, 425, 429, 5xx, 0, an unfollowed redirect): later, after a random part of 2
/// s × 2^attempts, at most 15 min (full jitter), counted from Retry-After where there is one. A
/// late or second answer never takes back an acceptance; ids that are not in the outbox are passed
/// over.
Settled settle(Millis now_ms, const Answer& answer, const std::vector<std::string>& sent,
               const std::vector<Entry>& entries);

/// Every failed receipt becomes pending again, except forks (422): for the person's or the shop's
/// own "try again".
Settled retry(Millis now_ms, const std::vector<Entry>& entries);

/// The same by JSON, as Engine.outbox takes and gives it: op plan, settle or retry; an entry is
/// {receipt_id, state, attempts, next_at_ms, bytes, alone, status?}.
///
/// Errors: `outbox_op`, `outbox_type` (a member of the wrong type or missing), `outbox_range` (a
/// number outside its range), `outbox_state`, `outbox_twice` (one receipt id twice).
Result<json::Value> outbox(const json::Value& in);

}  // namespace kelisim::sync
