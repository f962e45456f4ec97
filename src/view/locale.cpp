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

std::string fill(std::string_view pattern, Locale::Args args) {
  std::string out;
  while (true) {
    const auto open = pattern.find('{');
    const auto close = open == std::string_view::npos ? open : pattern.find('}', open);
    if (close == std::string_view::npos) break;
    out += pattern.substr(0, open);
    const auto name = pattern.substr(open + 1, close - open - 1);
    for (const auto& arg : args) {
      if (arg.name == name) out += arg.value;
    }
    pattern.remove_prefix(close + 1);
  }
  out += pattern;
  return out;
}

Error wrong(const std::string& member) {
  return {"locale_type", "/" + member, "missing, or not what it may be"};
}

bool all_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::int64_t to_number(std::string_view digits) {
  std::int64_t number = 0;
  for (const char c : digits.substr(0, 15)) number = number * 10 + (c - '0');
  return number;
}

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
  constexpr const char* k_plurals[] = {"other", "one_other", "one_few_many"};
  const auto* plural =
      std::find(std::begin(k_plurals), std::end(k_plurals), root["plural"].as_string());
  if (plural == std::end(k_plurals)) return wrong("plural");
  locale.plural_ = static_cast<Plural>(plural - k_plurals);
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
  return pattern == nullptr ? std::string(key) : fill(*pattern, args);
}

std::string Locale::count(std::string_view key, std::int64_t n, Args args) const {
  const auto units = n % 10;
  const auto tens = n % 100;
  const char* form = "#other";
  if (plural_ == Plural::one_other) {
    if (n == 1) form = "#one";
  } else if (plural_ == Plural::one_few_many) {
    form = units == 1 && tens != 11                               ? "#one"
           : units >= 2 && units <= 4 && (tens < 12 || tens > 14) ? "#few"
                                                                  : "#many";
  }
  std::string number = to_text(n);
  // The arguments first, the number into what is left of the pattern: an argument's text is never
  // read as a pattern.
  std::string pattern = std::string(key) + form;
  const auto* found = find(pattern);
  if (found == nullptr) return pattern;
  std::string filled;
  std::string_view rest = *found;
  for (auto at = rest.find("{n}"); at != std::string_view::npos; at = rest.find("{n}")) {
    filled += fill(rest.substr(0, at), args);
    filled += number;
    rest.remove_prefix(at + 3);
  }
  return filled + fill(rest, args);
}

std::string Locale::duration(std::string_view iso) const {
  std::string out;
  std::size_t at = 1;  // after the P
  while (at < iso.size()) {
    const auto end = iso.find_first_not_of("0123456789", at);
    if (end == std::string_view::npos || end == at) break;
    if (!out.empty()) out += ' ';
    out += count(std::string("span.") + iso[end], to_number(iso.substr(at, end - at)));
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
  for (auto left = to_number(iso.substr(5, 2)); left > 1; --left) {
    const auto bar = month.find('|');
    if (bar == std::string_view::npos) return std::string(iso);
    month.remove_prefix(bar + 1);
  }
  return text("date", {{"d", to_text(to_number(iso.substr(8, 2)))},
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
