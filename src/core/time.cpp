#include "core/time.hpp"

#include <algorithm>
#include <array>

#include "core/encoding.hpp"

namespace kelisim {
namespace {

constexpr Millis k_day_ms = 86'400'000;

struct Date {
  std::int64_t year;
  std::int64_t month;  // 1…12
  std::int64_t day;    // 1…31
};

// Days since 1970-01-01 ↔ date, by eras of 400 years that begin on 1 March.
std::int64_t days_from(const Date& date) {
  const std::int64_t year = date.year - (date.month <= 2 ? 1 : 0);
  const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
  const std::int64_t year_of_era = year - era * 400;
  const std::int64_t day_of_year =
      (153 * (date.month + (date.month > 2 ? -3 : 9)) + 2) / 5 + date.day - 1;
  return era * 146'097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year -
         719'468;
}

Date date_from(std::int64_t days) {
  days += 719'468;
  const std::int64_t era = (days >= 0 ? days : days - 146'096) / 146'097;
  const std::int64_t day_of_era = days - era * 146'097;
  const std::int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
  const std::int64_t day_of_year =
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t shifted = (5 * day_of_year + 2) / 153;
  const std::int64_t month = shifted < 10 ? shifted + 3 : shifted - 9;
  return {.year = year_of_era + era * 400 + (month <= 2 ? 1 : 0),
          .month = month,
          .day = day_of_year - (153 * shifted + 2) / 5 + 1};
}

std::int64_t days_in_month(std::int64_t year, std::int64_t month) {
  constexpr std::array<std::int64_t, 12> days = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : days[static_cast<std::size_t>(month - 1)];
}

std::int64_t floor_day(Millis at_ms) {
  return at_ms >= 0 ? at_ms / k_day_ms : (at_ms - (k_day_ms - 1)) / k_day_ms;
}

std::string padded(std::int64_t number, std::size_t width) {
  std::string text = to_text(number);
  while (text.size() < width) text.insert(text.begin(), '0');
  return text;
}

}  // namespace

bool is_within_a_year(const Duration& duration) {
  return add(0, duration) <= add(0, {.months = 12, .days = 0});
}

std::string iso_time(Millis at_ms) {
  const std::int64_t days = floor_day(at_ms);
  const std::int64_t seconds = (at_ms - days * k_day_ms) / 1000;
  const Date date = date_from(days);
  return padded(date.year, 4) + "-" + padded(date.month, 2) + "-" + padded(date.day, 2) + "T" +
         padded(seconds / 3600, 2) + ":" + padded(seconds / 60 % 60, 2) + ":" +
         padded(seconds % 60, 2) + "Z";
}

Millis time_of(std::string_view iso) {
  const auto part = [&](std::size_t at) -> std::int64_t {
    return (iso[at] - '0') * 10 + (iso[at + 1] - '0');
  };
  const std::int64_t days =
      days_from({.year = part(0) * 100 + part(2), .month = part(5), .day = part(8)});
  return days * k_day_ms + ((part(11) * 60 + part(14)) * 60 + part(17)) * 1000;
}

std::optional<Duration> parse_duration(std::string_view text) {
  if (text.size() < 3 || text[0] != 'P') return std::nullopt;
  Duration out;
  std::string_view units = "YMWD";
  std::int64_t number = -1;
  for (const char c : text.substr(1)) {
    if (c >= '0' && c <= '9') {
      number = std::max<std::int64_t>(number, 0) * 10 + (c - '0');
      if (number > 100'000) return std::nullopt;
      continue;
    }
    const auto unit = units.find(c);
    if (unit == std::string_view::npos || number < 0) return std::nullopt;
    if (c == 'Y') out.months += number * 12;
    if (c == 'M') out.months += number;
    if (c == 'W') out.days += number * 7;
    if (c == 'D') out.days += number;
    units.remove_prefix(unit + 1);
    number = -1;
  }
  if (number >= 0 || (out.months == 0 && out.days == 0)) return std::nullopt;
  return out;
}

Millis add(Millis at_ms, const Duration& duration) {
  const std::int64_t days = floor_day(at_ms);
  Date date = date_from(days);
  const std::int64_t months = date.year * 12 + date.month - 1 + duration.months;
  date.year = (months >= 0 ? months : months - 11) / 12;
  date.month = months - date.year * 12 + 1;
  date.day = std::min(date.day, days_in_month(date.year, date.month));
  return (days_from(date) + duration.days) * k_day_ms + (at_ms - days * k_day_ms);
}

}  // namespace kelisim
