// Thousands of random lives of an outbox: crashes, lost requests, lost and doubled answers, clock
// jumps, full and picky receivers. Whatever happens, once the network is calm every receipt stands
// at the receiver exactly once, none before its predecessor.
#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "support/catch.hpp"
#include "sync/outbox.hpp"

using kelisim::Millis;
using kelisim::sync::Answer;
using kelisim::sync::Entry;
using kelisim::sync::State;

namespace {

class Life {
 public:
  explicit Life(std::uint64_t seed) : state_(seed * 2 + 1) {}

  void run(bool with_poison) {
    poison_ = with_poison ? static_cast<int>(draw(20)) : -1;
    const int total = 1 + static_cast<int>(draw(70));
    for (int step = 0; step < 400; ++step) {
      if (made_ < total && draw(3) == 0) make_receipt();
      if (draw(4) == 0) jump();
      wild_exchange();
    }
    while (made_ < total) make_receipt();
    for (int step = 0; step < 2'000 && calm_exchange(); ++step) {
    }
  }

  std::string fault;

  [[nodiscard]] bool complete() const {
    for (const Entry& entry : entries_) {
      const int number = std::stoi(entry.receipt_id);
      if (number == poison_) {
        if (entry.state != State::failed || holds(number)) return false;
      } else if (entry.state != State::sent || !holds(number)) {
        return false;
      }
    }
    return static_cast<int>(received_.size()) == made_ - (poison_ >= 0 && poison_ < made_ ? 1 : 0);
  }

 private:
  std::uint64_t draw(std::uint64_t below) {
    state_ = state_ * 6'364'136'223'846'793'005ULL + 1'442'695'040'888'963'407ULL;
    return (state_ >> 33U) % below;
  }

  void make_receipt() {
    Entry entry;
    entry.receipt_id = std::to_string(made_);
    entry.bytes = 3'000 + static_cast<std::int64_t>(draw(29'000));
    entries_.push_back(entry);
    ++made_;
  }

  // The device's clock, not time itself: back or forth by up to two years, or a little forward.
  void jump() {
    if (draw(10) == 0) {
      const auto year = Millis{365} * 86'400'000;
      now_ms_ = std::max<Millis>(1, now_ms_ + static_cast<Millis>(draw(4)) * year - 2 * year);
    } else {
      now_ms_ += static_cast<Millis>(draw(120'000));
    }
  }

  [[nodiscard]] bool holds(int number) const {
    return std::find(received_.begin(), received_.end(), number) != received_.end();
  }

  // The receiver: takes a request whole or not at all, de-duplicates, and refuses what it cannot
  // take.
  std::int64_t receive(const std::vector<std::string>& ids) {
    std::int64_t bytes = 26;
    for (const std::string& id : ids)
      bytes += entries_[static_cast<std::size_t>(std::stoi(id))].bytes + 3;
    if (bytes > max_body_) return 413;
    if (std::find(ids.begin(), ids.end(), std::to_string(poison_)) != ids.end())
      return ids.size() == 1 ? 422 : 409;
    for (const std::string& id : ids) {
      const int number = std::stoi(id);
      const int before = number - 1;
      if (number > 0 && before != poison_ && !holds(before))
        fault = "receipt " + id + " came before its predecessor";
      if (!holds(number)) received_.push_back(number);
    }
    return 200;
  }

  void settle(std::int64_t status, const std::vector<std::string>& ids) {
    Answer answer;
    answer.status = status;
    answer.random = static_cast<std::int64_t>(draw(1'000'000));
    if (status >= 429 && draw(2) == 0)
      answer.retry_after_s = static_cast<std::int64_t>(draw(200'000));
    const auto settled = kelisim::sync::settle(now_ms_, answer, ids, entries_);
    for (const Entry& changed : settled.entries) {
      Entry& entry = entries_[static_cast<std::size_t>(std::stoi(changed.receipt_id))];
      if (entry.state == State::sent) fault = "an acceptance was taken back";
      entry = changed;
    }
  }

  std::vector<std::string> plan(bool hiding) {
    const auto planned = kelisim::sync::plan(now_ms_, hiding, entries_);
    std::int64_t bytes = 26;
    for (const std::string& id : planned.send)
      bytes += entries_[static_cast<std::size_t>(std::stoi(id))].bytes + 3;
    if (bytes > (hiding ? 48 : 256) * 1024 || planned.send.size() > 50)
      fault = "a request over its limit";
    const bool pending = std::any_of(entries_.begin(), entries_.end(), [](const Entry& entry) {
      return entry.state == State::pending;
    });
    if (planned.send.empty() && planned.wake_at_ms.has_value() != pending)
      fault = "pending receipts and no time to wake, or the reverse";
    wake_at_ms_ = planned.wake_at_ms.value_or(now_ms_);
    return planned.send;
  }

  void wild_exchange() {
    max_body_ = draw(3) == 0 ? 40'000 : 1'000'000;
    const auto ids = plan(draw(3) == 0);
    if (ids.empty()) return;
    switch (draw(9)) {
      case 0:  // lost on the way
        settle(0, ids);
        break;
      case 1:  // the page died before an answer, perhaps after the receiver took it
        if (draw(2) == 0) receive(ids);
        break;
      case 2:  // the receiver took it, the answer was lost
        receive(ids);
        settle(0, ids);
        break;
      case 3:  // taken, then an error on the way back
        receive(ids);
        settle(502, ids);
        break;
      case 4:  // not taken
        settle(draw(2) == 0 ? 503 : 429, ids);
        break;
      case 5:  // delivered twice, answered twice, in any order
        settle(receive(ids), ids);
        settle(draw(2) == 0 ? receive(ids) : 0, ids);
        break;
      case 6: {  // a second tab has planned the same
        const auto again = plan(false);
        settle(receive(ids), ids);
        if (!again.empty()) settle(receive(again), again);
        break;
      }
      case 7:  // busy for a picky receiver
        settle(draw(2) == 0 ? 409 : 413, ids.size() > 1 ? ids : std::vector<std::string>{});
        break;
      default:
        settle(receive(ids), ids);
    }
  }

  // No more faults but the poison: sleeps until told. False = nothing is left to do.
  bool calm_exchange() {
    max_body_ = 1'000'000;
    const auto ids = plan(false);
    if (!ids.empty()) {
      settle(receive(ids), ids);
      return true;
    }
    if (std::none_of(entries_.begin(), entries_.end(),
                     [](const Entry& entry) { return entry.state == State::pending; }))
      return false;
    if (wake_at_ms_ <= now_ms_) fault = "woken for nothing";
    now_ms_ = wake_at_ms_;
    return true;
  }

  std::uint64_t state_;
  std::vector<Entry> entries_;  // what the device has stored
  std::vector<int> received_;
  int made_ = 0;
  int poison_ = -1;
  std::int64_t max_body_ = 1'000'000;
  Millis now_ms_ = 1'800'000'000'000;
  Millis wake_at_ms_ = 0;
};

}  // namespace

TEST_CASE(
    "R-ALL-15: every receipt reaches the receiver once and after its predecessor, whatever happens "
    "on the way",
    "[sync]") {
  for (std::uint64_t seed = 0; seed < 4'000; ++seed) {
    Life life(seed);
    life.run(false);
    if (!life.fault.empty()) FAIL("seed " << seed << ": " << life.fault);
    if (!life.complete()) FAIL("seed " << seed << ": a receipt is missing");
  }
}

TEST_CASE("a receipt the receiver will never take fails alone and holds up nobody", "[sync]") {
  for (std::uint64_t seed = 0; seed < 2'000; ++seed) {
    Life life(seed + 1'000'000);
    life.run(true);
    if (!life.fault.empty()) FAIL("seed " << seed << ": " << life.fault);
    if (!life.complete())
      FAIL("seed " << seed << ": a receipt is missing, or the bad one did not fail");
  }
}
