#include "sync/outbox.hpp"

#include <algorithm>
#include <utility>

namespace kelisim::sync {
namespace {

constexpr std::int64_t k_envelope_bytes =
    26;  // {"kelisim":1,"receipts":[]} less the comma that the last receipt does not have
constexpr std::int64_t k_quotes_bytes = 3;  // two quotes and a comma for each

// Longest wait that settle sets for an entry: Retry-After can only have come with an HTTP answer.
Millis longest_wait(const Entry& entry) {
  return k_backoff_cap_ms + (entry.status > 0 ? k_retry_after_cap_ms : 0);
}

// When an entry is due; 0 = now. A time too far ahead was written before the clock was set back.
Millis due_at(Millis now_ms, const Entry& entry) {
  const bool waits = entry.next_at_ms > now_ms && entry.next_at_ms - now_ms <= longest_wait(entry);
  return waits ? entry.next_at_ms : 0;
}

// When the first pending entry may go; nothing = none waits.
std::optional<Millis> next_wake(Millis now_ms, const std::vector<Entry>& entries) {
  for (const Entry& entry : entries) {
    if (entry.state == State::pending) return std::max(now_ms, due_at(now_ms, entry));
  }
  return std::nullopt;
}

// Full jitter: a random part of a window that doubles with each attempt.
Millis backoff(std::int64_t attempts, std::int64_t random) {
  Millis window = k_backoff_base_ms;
  for (std::int64_t i = 0; i < attempts && window < k_backoff_cap_ms; ++i) window *= 2;
  return std::min(window, k_backoff_cap_ms) * random / 1'000'000;
}

enum class Meaning : std::uint8_t { accepted, later, failed, apart };

Meaning meaning(const Answer& answer, bool several) {
  const std::int64_t status = answer.status;
  if (std::find(answer.accept.begin(), answer.accept.end(), status) != answer.accept.end())
    return Meaning::accepted;
  if (status >= 200 && status < 300) return Meaning::accepted;
  if (status < 400 || status >= 500 || status == 408 || status == 425 || status == 429)
    return Meaning::later;
  const bool one_receipts_fault = status == 409 || status == 413 || status == 422;
  return one_receipts_fault && several ? Meaning::apart : Meaning::failed;
}

void apply(Entry& entry, Meaning what, Millis now_ms, const Answer& answer) {
  if (entry.state == State::sent) return;
  if (what == Meaning::accepted) {
    entry.state = State::sent;
    entry.next_at_ms = 0;
    entry.status = -1;
    return;
  }
  if (entry.state == State::failed) return;
  entry.status = answer.status;
  if (what == Meaning::failed) {
    entry.state = State::failed;
    entry.next_at_ms = answer.status == 422 ? 0 : now_ms + k_failed_again_ms;
  } else if (what == Meaning::apart) {
    entry.alone = true;
    entry.next_at_ms = 0;
  } else {
    const std::int64_t after = std::max<std::int64_t>(answer.retry_after_s.value_or(0), 0);
    const Millis base = after >= k_retry_after_cap_ms / 1000 ? k_retry_after_cap_ms : after * 1000;
    entry.next_at_ms =
        now_ms + (answer.status > 0 ? base : 0) + backoff(entry.attempts, answer.random);
    ++entry.attempts;
  }
}

}  // namespace

Plan plan(Millis now_ms, bool hiding, const std::vector<Entry>& entries) {
  const std::int64_t limit = hiding ? k_max_hiding_bytes : k_max_body_bytes;
  Plan out;
  std::int64_t body = k_envelope_bytes;
  for (const Entry& entry : entries) {
    if (entry.state != State::pending) continue;
    body += entry.bytes + k_quotes_bytes;
    // The first that cannot go holds back all behind it. One that is over the limit by itself goes
    // by itself, while there is time.
    const bool fits = body <= limit || (out.send.empty() && !hiding);
    const bool full = !out.send.empty() && (entry.alone || out.send.size() == k_max_batch);
    if (due_at(now_ms, entry) != 0 || !fits || full) break;
    out.send.push_back(entry.receipt_id);
    if (entry.alone) break;
  }
  if (out.send.empty()) out.wake_at_ms = next_wake(now_ms, entries);
  return out;
}

Settled settle(Millis now_ms, const Answer& answer, const std::vector<std::string>& sent,
               const std::vector<Entry>& entries) {
  Settled out;
  const Meaning what = meaning(answer, sent.size() > 1);
  std::vector<Entry> after = entries;
  for (std::size_t i = 0; i < after.size(); ++i) {
    if (std::find(sent.begin(), sent.end(), after[i].receipt_id) == sent.end()) continue;
    apply(after[i], what, now_ms, answer);
    if (!(after[i] == entries[i])) out.entries.push_back(after[i]);
  }
  out.wake_at_ms = next_wake(now_ms, after);
  return out;
}

Settled retry(Millis now_ms, const std::vector<Entry>& entries) {
  Settled out;
  std::vector<Entry> after = entries;
  for (Entry& entry : after) {
    if (entry.state != State::failed || entry.status == 422) continue;
    entry.state = State::pending;
    entry.attempts = 0;
    entry.next_at_ms = 0;
    entry.status = -1;
    out.entries.push_back(entry);
  }
  out.wake_at_ms = next_wake(now_ms, after);
  return out;
}

}  // namespace kelisim::sync
