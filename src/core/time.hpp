// Times and durations: Unix epoch milliseconds (UTC) and ISO 8601. No clock; the host supplies the
// time.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kelisim {

using Millis = std::int64_t;  ///< Unix epoch, UTC, milliseconds.

/// `YYYY-MM-DDTHH:MM:SSZ`; milliseconds are cut.
std::string iso_time(Millis at_ms);

/// The time that a text of that shape (digits in their places) says. A text is a time that there is
/// exactly when iso_time gives it back.
Millis time_of(std::string_view iso);

/// An ISO 8601 duration of years, months, weeks and days.
struct Duration {
  std::int64_t months = 0;  ///< Years count as twelve.
  std::int64_t days = 0;    ///< Weeks count as seven.
};

/// Reads `P12M`, `P1Y6M`, `P30D`, `P2W`; nothing for anything else, an empty or a zero duration.
std::optional<Duration> parse_duration(std::string_view text);

/// True up to twelve months: no consent lasts longer.
bool is_within_a_year(const Duration& duration);

/// The same time of day `duration` later (proleptic Gregorian calendar, UTC); a day the month lacks
/// becomes its last.
Millis add(Millis at_ms, const Duration& duration);

}  // namespace kelisim
