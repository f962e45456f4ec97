// Looks sentences up and fills them.
#include "view/locale.hpp"

#include <algorithm>

#include "core/encoding.hpp"
#include "json/reader.hpp"

namespace kelisim::view {
namespace {

constexpr std::size_t k_max_bytes = 64U << 10U;
constexpr std::int64_t k_minute = 60;
constexpr std::int64_t k_hour = 60 * k_minute;
constexpr std::int64_t k_day = 24 * k_hour;
constexpr std::int64_t k_month = 2'629'746;  // a twelfth of the mean Gregorian year
constexpr std::int64_t k_year = 31'556'952;
constexpr const char* k_isolate = "\xE2\x81\xA8";      // U+2068
constexpr const char* k_end_isolate = "\xE2\x81\xA9";  // U+2069

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::int64_t take_number(std::string_view& text) {
  std::int64_t number = 0;
  while (!text.empty() && text[0] >= '0' && text[0] <= '9') {
    if (number < k_year) number = number * 10 + (text[0] - '0');
    text.remove_prefix(1);
  }
  return number;
}

std::int64_t number_of(std::string_view digits) { return take_number(digits); }

bool take(std::string_view& text, char wanted) {
  if (text.empty() || text[0] != wanted) return false;
  text.remove_prefix(1);
  return true;
}

/// Whether a plural rule holds for `n`: alternatives with "|" between them, each all of its
/// conditions, with spaces between; a condition is "[%modulus:][!]range,range…", a range "2" or
/// "2-4".
bool holds(std::string_view rule, std::int64_t n) {
  bool any = false;
  do {
    bool all = true;
    do {
      std::int64_t value = n;
      if (take(rule, '%')) {
        const auto modulus = take_number(rule);
        if (modulus > 0) value %= modulus;
        take(rule, ':');
      }
      const bool not_in = take(rule, '!');
      bool in = false;
      do {
        const auto from = take_number(rule);
        const auto to = take(rule, '-') ? take_number(rule) : from;
        in = in || (value >= from && value <= to);
      } while (take(rule, ','));
      all = all && in != not_in;
    } while (take(rule, ' '));
    any = any || all;
  } while (take(rule, '|'));
  return any;
}

/// Whether every character of a rule is one that `holds` takes, in its place.
bool is_rule(std::string_view rule) {
  char before = '|';
  bool modulus = false;
  for (const char c : rule) {
    const bool starts = before == '|' || before == ' ';
    const bool fits = is_digit(c) ? true
                      : c == '%'  ? starts
                      : c == '!'  ? starts || before == ':'
                      : c == ':'  ? modulus && is_digit(before)
                                  : !modulus && is_digit(before) &&
                                       std::string_view("|,- ").find(c) != std::string_view::npos;
    if (!fits) return false;
    modulus = c == '%' || (modulus && c != ':');
    before = c;
  }
  return !modulus && is_digit(before);
}

/// @param rtl  what is filled in is kept apart from the direction around it
std::string fill(std::string_view pattern, Locale::Args args, bool rtl) {
  std::string out;
  while (true) {
    const auto open = pattern.find('{');
    const auto close = open == std::string_view::npos ? open : pattern.find('}', open);
    if (close == std::string_view::npos) break;
    out += pattern.substr(0, open);
    const auto name = pattern.substr(open + 1, close - open - 1);
    for (const auto& arg : args) {
      if (arg.name != name) continue;
      if (rtl) out += k_isolate;
      out += arg.value;
      if (rtl) out += k_end_isolate;
    }
    pattern.remove_prefix(close + 1);
  }
  out += pattern;
  return out;
}

Error wrong(const std::string& member) {
  return {"locale_type", "/" + member, "missing, or not what it may be"};
}

bool all_digits(std::string_view text) { return std::all_of(text.begin(), text.end(), is_digit); }

}  // namespace

Result<Locale> Locale::parse(std::string_view json) {
  auto read = json::parse(json, {k_max_bytes, 4});
  if (!read) return read.errors();
  json::Value& root = *read;
  if (root["format"].as_string() != "kelisim-locale-1")
    return Error{"locale_format", "/format", "not kelisim-locale-1"};
  Locale locale;
  locale.lang_ = root["lang"].as_string();
  if (locale.lang_.empty()) return wrong("lang");
  locale.dir_ = root["dir"].as_string();
  if (locale.dir_ != "ltr" && locale.dir_ != "rtl") return wrong("dir");
  auto* plural = root.find("plural");
  if (plural == nullptr || !plural->is_object()) return wrong("plural");
  for (const auto& rule : plural->members()) {
    // A rule that could not be read would silently pick the wrong form.
    if (!rule.value.is_string() || !is_rule(rule.value.as_string()))
      return wrong("plural/" + rule.key);
  }
  locale.plural_ = std::move(*plural);
  auto* strings = root.find("strings");
  if (strings == nullptr || !strings->is_object()) return wrong("strings");
  std::string_view before;
  for (const auto& member : strings->members()) {
    if (!member.value.is_string()) return wrong("strings/" + member.key);
    if (member.key < before)
      return Error{"locale_order", "/strings/" + member.key,
                   "keys stand in the order of their bytes"};
    before = member.key;
  }
  locale.strings_ = std::move(*strings);
  return locale;
}

const std::string* Locale::find(std::string_view key) const {
  const auto& all = strings_.members();
  const auto at = std::lower_bound(
      all.begin(), all.end(), key,
      [](const json::Member& entry, std::string_view wanted) { return entry.key < wanted; });
  return at != all.end() && at->key == key ? &at->value.as_string() : nullptr;
}

std::string Locale::text(std::string_view key, Args args) const {
  const auto* pattern = find(key);
  return pattern == nullptr ? std::string(key) : fill(*pattern, args, is_rtl());
}

std::string Locale::count(std::string_view key, std::int64_t n, Args args) const {
  std::string pattern = std::string(key) + '#';
  for (const auto& rule : plural_.members()) {
    if (holds(rule.value.as_string(), n) && find(pattern + rule.key) != nullptr) {
      pattern += rule.key;
      break;
    }
  }
  if (pattern.back() == '#') pattern += "other";
  std::string number = to_text(n);
  // The arguments first, the number into what is left of the pattern: an argument's text is never
  // read as a pattern.
  const auto* found = find(pattern);
  if (found == nullptr) return pattern;
  std::string filled;
  std::string_view rest = *found;
  for (auto at = rest.find("{n}"); at != std::string_view::npos; at = rest.find("{n}")) {
    filled += fill(rest.substr(0, at), args, is_rtl());
    filled += number;
    rest.remove_prefix(at + 3);
  }
  return filled + fill(rest, args, is_rtl());
}

void Locale::join(std::string& list, const std::string& entry) const {
  if (!list.empty()) {
    list += text("comma");
    list += ' ';
  }
  list += entry;
}

std::string Locale::duration(std::string_view iso) const {
  std::string out;
  std::size_t at = 1;  // after the P
  while (at < iso.size()) {
    const auto end = iso.find_first_not_of("0123456789", at);
    if (end == std::string_view::npos || end == at) break;
    if (!out.empty()) out += ' ';
    out += count(std::string("span.") + iso[end], number_of(iso.substr(at, end - at)));
    at = end + 1;
  }
  return out;
}

std::string Locale::age(std::int64_t seconds) const {
  if (seconds <= 0) return text("span.session");
  struct Unit {
    std::int64_t seconds;
    std::int64_t from;
    const char* key;
  };
  constexpr Unit k_units[] = {{k_year, 2 * k_year - k_day, "span.Y"},
                              {k_month, 59 * k_day, "span.M"},
                              {k_day, k_day, "span.D"},
                              {k_hour, k_hour, "span.h"},
                              {k_minute, 0, "span.m"}};
  if (seconds == 365 * k_day) return count("span.Y", 1);
  for (const auto& unit : k_units) {
    if (seconds >= unit.from)
      return count(unit.key,
                   std::max<std::int64_t>(1, (seconds + unit.seconds / 2) / unit.seconds));
  }
  return {};
}

std::string Locale::date(std::string_view iso) const {
  if (iso.size() < 10 || iso[4] != '-' || iso[7] != '-' || !all_digits(iso.substr(0, 4)) ||
      !all_digits(iso.substr(5, 2)) || !all_digits(iso.substr(8, 2))) {
    return std::string(iso);
  }
  const std::string months = text("months");
  std::string_view month = months;
  for (auto left = number_of(iso.substr(5, 2)); left > 1; --left) {
    const auto bar = month.find('|');
    if (bar == std::string_view::npos) return std::string(iso);
    month.remove_prefix(bar + 1);
  }
  return text("date", {{"d", to_text(number_of(iso.substr(8, 2)))},
                       {"m", month.substr(0, month.find('|'))},
                       {"y", iso.substr(0, 4)}});
}

std::string Locale::named(std::string_view prefix, std::string_view code) const {
  const auto* name = find(std::string(prefix) + std::string(code));
  return name == nullptr ? std::string(code) : *name;
}

std::string Locale::country(std::string_view code) const { return named("country.", code); }

std::string Locale::in_language(std::string_view code) const { return named("lang.", code); }

}  // namespace kelisim::view
