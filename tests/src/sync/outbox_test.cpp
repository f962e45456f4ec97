// What the outbox sends when, and what answers mean.
#include <string>
#include <vector>

#include "support/catch.hpp"
#include "sync/outbox.hpp"

using kelisim::Millis;
using kelisim::sync::Answer;
using kelisim::sync::Entry;
using kelisim::sync::plan;
using kelisim::sync::retry;
using kelisim::sync::settle;
using kelisim::sync::State;
using Ids = std::vector<std::string>;

namespace {

constexpr Millis k_now = 1'800'000'000'000;

Entry entry(const std::string& id, std::int64_t bytes = 1'000) {
  Entry out;
  out.receipt_id = id;
  out.bytes = bytes;
  return out;
}

std::vector<Entry> entries(int n, std::int64_t bytes = 1'000) {
  std::vector<Entry> out;
  for (int i = 0; i < n; ++i) out.push_back(entry(std::to_string(i), bytes));
  return out;
}

Answer answer(std::int64_t status) {
  Answer out;
  out.status = status;
  out.random = 500'000;
  return out;
}

/// The one entry after an answer to it alone.
Entry after(std::int64_t status, Entry before = entry("a")) {
  const auto settled = settle(k_now, answer(status), {before.receipt_id}, {before});
  return settled.entries.empty() ? before : settled.entries[0];
}

}  // namespace

TEST_CASE("plan: nothing to do, nothing to wake for", "[sync]") {
  CHECK(plan(k_now, false, {}).send.empty());
  CHECK_FALSE(plan(k_now, false, {}).wake_at_ms);
  Entry sent = entry("a");
  sent.state = State::sent;
  Entry failed = entry("b");
  failed.state = State::failed;
  CHECK(plan(k_now, false, {sent, failed}).send.empty());
  CHECK_FALSE(plan(k_now, false, {sent, failed}).wake_at_ms);
}

TEST_CASE("plan: the pending receipts in the order of the chain", "[sync]") {
  auto list = entries(4);
  list[0].state = State::sent;
  list[2].state = State::failed;
  CHECK(plan(k_now, false, list).send == Ids{"1", "3"});
}

TEST_CASE("plan: at most 50 receipts in a request", "[sync]") {
  CHECK(plan(k_now, false, entries(50)).send.size() == 50);
  CHECK(plan(k_now, false, entries(51)).send.size() == 50);
}

TEST_CASE("plan: the body stays within 256 KiB, within 48 KiB when the page is hiding", "[sync]") {
  struct Row {
    bool hiding;
    std::int64_t bytes;
    std::size_t want;
  };
  // A body of n receipts of b bytes is 26 + n (b + 3) bytes.
  const auto row = GENERATE(Row{false, 32'761, 8}, Row{false, 32'762, 7}, Row{false, 32'768, 7},
                            Row{true, 16'372, 3}, Row{true, 16'373, 2}, Row{true, 32'768, 1},
                            Row{true, 49'123, 1}, Row{true, 49'124, 0});
  CAPTURE(row.hiding, row.bytes);
  const auto planned = plan(k_now, row.hiding, entries(10, row.bytes));
  CHECK(planned.send.size() == row.want);
  std::string body = R"({"kelisim":1,"receipts":[)";
  for (std::size_t i = 0; i < planned.send.size(); ++i) {
    body += (i == 0 ? "\"" : ",\"") + std::string(static_cast<std::size_t>(row.bytes), 'x') + "\"";
  }
  CHECK(body.size() + 2 <= (row.hiding ? 49'152U : 262'144U));
}

TEST_CASE("plan: what is over the limit by itself goes by itself, so that it holds nobody up",
          "[sync]") {
  CHECK(plan(k_now, false, {entry("a", 400'000), entry("b")}).send == Ids{"a"});
}

TEST_CASE("plan: a waiting receipt holds back all behind it, and says when to come again",
          "[sync]") {
  auto list = entries(3);
  list[1].next_at_ms = k_now + 1;
  CHECK(plan(k_now, false, list).send == Ids{"0"});
  list[0].next_at_ms = k_now + 60'000;
  const auto planned = plan(k_now, false, list);
  CHECK(planned.send.empty());
  CHECK(planned.wake_at_ms == k_now + 60'000);
  CHECK(plan(k_now + 60'000, false, list).send == Ids{"0", "1", "2"});
  CHECK(plan(k_now + 59'999, true, list).send.empty());
}

TEST_CASE("plan: receipts marked alone go one by one, in their place", "[sync]") {
  auto list = entries(4);
  list[1].alone = true;
  list[2].alone = true;
  CHECK(plan(k_now, false, list).send == Ids{"0"});
  list[0].state = State::sent;
  CHECK(plan(k_now, false, list).send == Ids{"1"});
  list[1].state = State::sent;
  CHECK(plan(k_now, false, list).send == Ids{"2"});
  list[2].state = State::sent;
  CHECK(plan(k_now, false, list).send == Ids{"3"});
}

// Once a wait written before the clock was set back by a year kept the outbox still for that year.
TEST_CASE("plan: a wait longer than settle ever sets is over", "[sync]") {
  struct Row {
    std::int64_t status;
    Millis ahead;
    bool waits;
  };
  constexpr Millis cap = 900'000;
  constexpr Millis day = 86'400'000;
  const auto row = GENERATE(Row{0, cap, true}, Row{0, cap + 1, false}, Row{503, cap + 1, true},
                            Row{503, day + cap, true}, Row{503, day + cap + 1, false},
                            Row{503, 365 * day, false}, Row{-1, cap + 1, false});
  Entry one = entry("a");
  one.status = row.status;
  one.next_at_ms = k_now + row.ahead;
  CAPTURE(row.status, row.ahead);
  CHECK(plan(k_now, false, {one}).send.empty() == row.waits);
}

TEST_CASE("settle: accepted", "[sync]") {
  const int status = GENERATE(200, 201, 202, 204, 299);
  CHECK(after(status).state == State::sent);
}

TEST_CASE("settle: the shop's own statuses are accepted besides 2xx", "[sync]") {
  Answer with = answer(302);
  with.accept = {302, 409};
  CHECK(settle(k_now, with, {"a"}, {entry("a")}).entries[0].state == State::sent);
  with.status = 409;
  CHECK(settle(k_now, with, {"a"}, {entry("a")}).entries[0].state == State::sent);
  with.status = 200;
  CHECK(settle(k_now, with, {"a"}, {entry("a")}).entries[0].state == State::sent);
  with.status = 303;
  CHECK(settle(k_now, with, {"a"}, {entry("a")}).entries[0].state == State::pending);
}

TEST_CASE("settle: later: no network, 408, 425, 429, 5xx, and what is no answer of an endpoint",
          "[sync]") {
  const int status =
      GENERATE(0, 100, 199, 300, 301, 304, 399, 408, 425, 429, 500, 502, 503, 504, 599);
  const Entry got = after(status);
  CHECK(got.state == State::pending);
  CHECK(got.attempts == 1);
  CHECK(got.next_at_ms > k_now);
  CHECK(got.status == status);
}

TEST_CASE("settle: failed: other 4xx, and 409, 413, 422 for one receipt", "[sync]") {
  const int status = GENERATE(400, 401, 403, 404, 405, 406, 409, 410, 413, 415, 418, 422, 451, 499);
  const Entry got = after(status);
  CHECK(got.state == State::failed);
  CHECK(got.status == status);
  CHECK(got.attempts == 0);
  CHECK(got.next_at_ms == (status == 422 ? 0 : k_now + 24 * 3'600'000));
}

TEST_CASE(
    "settle: 409, 413 and 422 for several: each alone, at once; one must not take the others with "
    "it",
    "[sync]") {
  const int status = GENERATE(409, 413, 422);
  const auto settled = settle(k_now, answer(status), {"0", "1", "2"}, entries(4));
  REQUIRE(settled.entries.size() == 3);
  for (const Entry& one : settled.entries) {
    CHECK(one.state == State::pending);
    CHECK(one.alone);
    CHECK(one.next_at_ms == 0);
  }
  CHECK(settled.wake_at_ms == k_now);
}

TEST_CASE("settle: other 4xx for several fails them all", "[sync]") {
  for (const Entry& one : settle(k_now, answer(404), {"0", "1"}, entries(2)).entries)
    CHECK(one.state == State::failed);
}

TEST_CASE("settle: back-off is a random part of a window that doubles from 2 s to 15 min",
          "[sync]") {
  struct Row {
    std::int64_t attempts;
    Millis window;
  };
  const auto row =
      GENERATE(Row{0, 2'000}, Row{1, 4'000}, Row{2, 8'000}, Row{8, 512'000}, Row{9, 900'000},
               Row{10, 900'000}, Row{1'000, 900'000}, Row{9'007'199'254'740'000, 900'000});
  Entry one = entry("a");
  one.attempts = row.attempts;
  const auto wait = [&](std::int64_t random) {
    Answer with = answer(503);
    with.random = random;
    return settle(k_now, with, {"a"}, {one}).entries[0].next_at_ms - k_now;
  };
  CHECK(wait(0) == 0);
  CHECK(wait(500'000) == row.window / 2);
  CHECK(wait(999'999) < row.window);
  CHECK(wait(999'999) >= row.window - row.window / 1'000 - 1);
}

TEST_CASE("settle: Retry-After is obeyed, up to a day, with the jitter on top", "[sync]") {
  struct Row {
    std::int64_t status;
    std::int64_t seconds;
    Millis least;
  };
  const auto row = GENERATE(Row{429, 120, 120'000}, Row{503, 1, 1'000}, Row{503, 0, 0},
                            Row{503, 86'400, 86'400'000}, Row{503, 86'401, 86'400'000},
                            Row{503, 9'007'199'254'740'991, 86'400'000}, Row{500, 3'600, 3'600'000},
                            Row{0, 3'600, 0});
  Answer with = answer(row.status);
  with.retry_after_s = row.seconds;
  const auto settled = settle(k_now, with, {"a"}, {entry("a")});
  CAPTURE(row.status, row.seconds);
  CHECK(settled.entries[0].next_at_ms == k_now + row.least + 1'000);
  CHECK(settled.wake_at_ms == settled.entries[0].next_at_ms);
  // And the wait that was set is one that plan keeps.
  CHECK(plan(k_now, false, settled.entries).send.empty());
}

TEST_CASE("settle: a late or second answer never takes back an acceptance", "[sync]") {
  Entry sent = entry("a");
  sent.state = State::sent;
  for (const int status : {0, 503, 404, 413, 200}) {
    CHECK(settle(k_now, answer(status), {"a"}, {sent}).entries.empty());
  }
}

TEST_CASE("settle: an acceptance counts after a failure too; a failure stays one otherwise",
          "[sync]") {
  Entry failed = entry("a");
  failed.state = State::failed;
  failed.status = 404;
  CHECK(after(200, failed).state == State::sent);
  CHECK(after(503, failed) == failed);
}

TEST_CASE("settle: only those sent, and only those that changed; unknown ids are passed over",
          "[sync]") {
  const auto settled = settle(k_now, answer(200), {"1", "nobody"}, entries(3));
  REQUIRE(settled.entries.size() == 1);
  CHECK(settled.entries[0].receipt_id == "1");
  CHECK(settled.wake_at_ms == k_now);
  CHECK_FALSE(settle(k_now, answer(200), {"0", "1", "2"}, entries(3)).wake_at_ms);
}

TEST_CASE("retry: failed receipts become pending again; a fork stays failed", "[sync]") {
  auto list = entries(4);
  list[0].state = State::sent;
  list[1].state = State::failed;
  list[1].status = 404;
  list[1].attempts = 7;
  list[2].state = State::failed;
  list[2].status = 422;
  const auto settled = retry(k_now, list);
  REQUIRE(settled.entries.size() == 1);
  CHECK(settled.entries[0] == entry("1"));
  CHECK(settled.wake_at_ms == k_now);
}
