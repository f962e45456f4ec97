// ISO 8601 times and durations, without a clock.
#include <cstdint>
#include <string>

#include "core/time.hpp"
#include "support/catch.hpp"

using kelisim::add;
using kelisim::Duration;
using kelisim::iso_time;
using kelisim::Millis;
using kelisim::parse_duration;

TEST_CASE("iso_time: UTC, to the second, milliseconds cut downwards", "[core]") {
  struct Row {
    Millis at_ms;
    std::string want;
  };
  const auto row = GENERATE(
      Row{0, "1970-01-01T00:00:00Z"}, Row{999, "1970-01-01T00:00:00Z"},
      Row{1'000, "1970-01-01T00:00:01Z"}, Row{-1, "1969-12-31T23:59:59Z"},
      Row{-1'000, "1969-12-31T23:59:59Z"}, Row{-1'001, "1969-12-31T23:59:58Z"},
      Row{86'399'999, "1970-01-01T23:59:59Z"}, Row{86'400'000, "1970-01-02T00:00:00Z"},
      Row{951'825'600'000, "2000-02-29T12:00:00Z"}, Row{1'795'168'800'000, "2026-11-20T10:00:00Z"},
      Row{4'107'542'399'000, "2100-02-28T23:59:59Z"},
      Row{4'107'542'400'000, "2100-03-01T00:00:00Z"},
      Row{-2'203'891'201'000, "1900-02-28T23:59:59Z"},
      Row{1'835'395'200'000, "2028-02-29T00:00:00Z"},
      Row{253'402'300'799'999, "9999-12-31T23:59:59Z"});
  CHECK(iso_time(row.at_ms) == row.want);
}

TEST_CASE("iso_time: every day from 1970 to 2108 follows the one before", "[core]") {
  constexpr int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  int year = 1970;
  int month = 1;
  int day = 1;
  const auto two = [](int number) { return (number < 10 ? "0" : "") + std::to_string(number); };
  for (Millis at = 0; year < 2109; at += 86'400'000) {
    const std::string want =
        std::to_string(year) + "-" + two(month) + "-" + two(day) + "T00:00:00Z";
    if (iso_time(at) != want) FAIL(iso_time(at) << " is not " << want);
    const bool leap = year % 4 == 0 && year != 2100;
    if (++day > lengths[month - 1] + (month == 2 && leap ? 1 : 0)) {
      day = 1;
      if (++month > 12) {
        month = 1;
        ++year;
      }
    }
  }
}

TEST_CASE("parse_duration: years, months, weeks and days in this order", "[core]") {
  struct Row {
    std::string text;
    std::int64_t months;
    std::int64_t days;
  };
  const auto row = GENERATE(Row{"P12M", 12, 0}, Row{"P1Y", 12, 0}, Row{"P1Y6M", 18, 0},
                            Row{"P30D", 0, 30}, Row{"P2W", 0, 14}, Row{"P1Y2M3W4D", 14, 25},
                            Row{"P0Y1D", 0, 1}, Row{"P100000D", 0, 100'000}, Row{"P012M", 12, 0});
  CAPTURE(row.text);
  const auto got = parse_duration(row.text);
  REQUIRE(got);
  CHECK(got->months == row.months);
  CHECK(got->days == row.days);
}

TEST_CASE("parse_duration: nothing for what is not a duration, is empty, zero or has a time of day",
          "[core]") {
  const auto text = GENERATE(as<std::string>{}, "", "P", "P1", "PD", "12M", "p12M", "P12m", "P12",
                             "P0D", "P0Y0M0W0D", "PT1H", "P1DT1H", "P1D1D", "P1D1M", "P1M1Y",
                             "P1.5D", "P-1D", "P+1D", "P1 D", " P1D", "P1D ", "P100001D",
                             "P99999999999999999999D", "unlimited", "PMD", "P1YM");
  CAPTURE(text);
  CHECK_FALSE(parse_duration(text));
}

TEST_CASE("add: a day the month lacks becomes its last", "[core]") {
  struct Row {
    std::string what;
    Millis at_ms;
    Duration duration;
    std::string want;
  };
  const auto row = GENERATE(
      Row{"31 January + 1 month", 1'769'817'600'000, {1, 0}, "2026-02-28T00:00:00Z"},
      Row{"29 February + 12 months", 1'835'395'200'000, {12, 0}, "2029-02-28T00:00:00Z"},
      Row{"29 February + 48 months", 1'835'395'200'000, {48, 0}, "2032-02-29T00:00:00Z"},
      Row{"over a year's end", 1'795'168'800'000, {2, 0}, "2027-01-20T10:00:00Z"},
      Row{"12 months keep the time of day", 1'795'168'800'999, {12, 0}, "2027-11-20T10:00:00Z"},
      Row{"months first, then days", 1'769'817'600'000, {1, 1}, "2026-03-01T00:00:00Z"},
      Row{"days", 1'795'168'800'000, {0, 30}, "2026-12-20T10:00:00Z"},
      Row{"before 1970", -86'400'000, {0, 1}, "1970-01-01T00:00:00Z"});
  CAPTURE(row.what);
  CHECK(iso_time(add(row.at_ms, row.duration)) == row.want);
}

// A forged state can name any integer as a time: a year before 0 used to index the table of months
// below its start.
TEST_CASE("add: any integer JSON can hold is a time", "[core]") {
  static constexpr Millis edge = 9'007'199'254'740'991;
  const auto at = GENERATE(as<Millis>{}, edge, -edge, -62'167'219'200'000, -62'167'219'200'001,
                           -63'000'000'000'000);
  CAPTURE(at);
  CHECK(add(at, {.months = 0, .days = 1}) - at == 86'400'000);
  for (std::int64_t months = 1; months <= 24; ++months) {
    const Millis later = add(at, {.months = months, .days = 0});
    CHECK(later >= at + months * 28 * 86'400'000);
    CHECK(later <= at + months * 31 * 86'400'000);
  }
}
