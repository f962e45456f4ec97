// One language of the interface (`kelisim-locale-1`, locale.schema.json): sentences, plurals,
// durations, dates, country names.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

#include "core/result.hpp"
#include "json/value.hpp"

namespace kelisim::view {

class Locale {
 public:
  /// A value for a {placeholder}; what it holds is written as it is, braces too.
  struct Arg {
    std::string_view name;
    std::string_view value;
  };
  using Args = std::initializer_list<Arg>;

  /// Reads a locale of at most 64 KiB.
  ///
  /// Errors: those of json::parse; `locale_format` (missing or unknown version), `locale_type`
  /// (lang, dir, a plural rule or a string of another type, or not of the allowed form),
  /// `locale_order` (the keys are not in the order of their bytes).
  static Result<Locale> parse(std::string_view json);

  [[nodiscard]] const std::string& lang() const { return lang_; }
  [[nodiscard]] const std::string& dir() const { return dir_; }  ///< "ltr" or "rtl".

  /// The sentence behind a key with its placeholders filled; a key the locale does not have answers
  /// with itself.
  [[nodiscard]] std::string text(std::string_view key, Args args = {}) const;

  /// The plural variant of a key for `n`, by the locale's own rules, which also fills {n}; what the
  /// language has no variant for takes "#other".
  [[nodiscard]] std::string count(std::string_view key, std::int64_t n, Args args = {}) const;

  /// Adds an entry to a list in words, with the language's own comma between two.
  void join(std::string& list, const std::string& entry) const;

  /// An ISO 8601 duration in its own units: "P12M" → "12 months".
  [[nodiscard]] std::string duration(std::string_view iso) const;
  /// A lifetime in whole units, rounded: 63072000 → "2 years"; 0 = until the browser is closed.
  [[nodiscard]] std::string age(std::int64_t seconds) const;
  /// "2019-10-15" or "2019-10-15T…" as a date in words; anything else as it is.
  [[nodiscard]] std::string date(std::string_view iso) const;

  /// Name of an ISO 3166-1 alpha-2 country; the code when the locale does not know it.
  [[nodiscard]] std::string country(std::string_view code) const;
  /// "in Russian", for a language tag; the tag when the locale does not know it.
  [[nodiscard]] std::string in_language(std::string_view code) const;

 private:
  [[nodiscard]] bool is_rtl() const { return dir_ == "rtl"; }
  [[nodiscard]] const std::string* find(std::string_view key) const;
  [[nodiscard]] std::string named(std::string_view prefix, std::string_view code) const;

  std::string lang_;
  std::string dir_;
  json::Value plural_;   // form → rule
  json::Value strings_;  // members in the order of their keys
};

}  // namespace kelisim::view
