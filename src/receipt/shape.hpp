// Checks a JSON value against a table: which members, of which type, form and words. One small
// interpreter for drafts, hosts' facts and receipts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "core/result.hpp"
#include "json/value.hpp"
#include "receipt/forms.hpp"

namespace kelisim::receipt {

/// What surrounds a member's value.
enum Flag : std::uint8_t {
  k_optional = 1,
  k_stated = 2,   ///< May be {"not_stated": true}.
  k_null = 4,     ///< May be null.
  k_list = 8,     ///< An array of such values.
  k_filled = 16,  ///< That array has at least one.
  k_map = 32,     ///< An object whose members are such values.
};

/// One member. Strings have a form and, where there are words, are one of them ("a|b"); integers
/// lie within 1 and the last millisecond of the year 9999; objects have members of their own.
struct Field {
  using Kind = json::Value::Kind;

  const char* key;
  Kind kind;
  std::uint8_t flags;
  Form form;
  const char* words;
  const Field* fields;
  std::size_t count;
};

constexpr Field text(const char* key, Form form, unsigned flags = 0) {
  return {key, Field::Kind::string, static_cast<std::uint8_t>(flags), form, nullptr, nullptr, 0};
}
constexpr Field word(const char* key, const char* words, unsigned flags = 0) {
  return {key, Field::Kind::string, static_cast<std::uint8_t>(flags), Form::opaque, words, nullptr,
          0};
}
constexpr Field flag(const char* key, unsigned flags = 0) {
  return {
      key, Field::Kind::boolean, static_cast<std::uint8_t>(flags), Form::opaque, nullptr, nullptr,
      0};
}
constexpr Field number(const char* key) {
  return {key, Field::Kind::integer, 0, Form::opaque, nullptr, nullptr, 0};
}
/// A retention period: a duration, or an object that says why there is none.
constexpr Field retention(const char* key) {
  return {key, Field::Kind::null, 0, Form::opaque, nullptr, nullptr, 0};
}
template <std::size_t N>
constexpr Field object(const char* key, const Field (&fields)[N], unsigned flags = 0) {
  return {key, Field::Kind::object, static_cast<std::uint8_t>(flags), Form::opaque, nullptr, fields,
          N};
}

/// True for {"not_stated": true}.
bool is_not_stated(const json::Value& value);

class Shape {
 public:
  /// @param what  Begins every code: `<what>_missing`, `<what>_type`, `<what>_pattern` (a string
  ///              of another form), `<what>_value` (not one of the words), `<what>_range`,
  ///              `<what>_empty` (a list that needs an item).
  /// @param free  Whether members that no table names are looked at: strings of at most 4096 bytes
  ///              (`<what>_string`; known ones too) without twelve digits in a row, numbers not of
  ///              twelve digits (`<what>_twelve_digits`), neither of them a mail address or a
  ///              telephone number (`<what>_contact`).
  Shape(const char* what, bool free) : what_(what), free_(free) {}

  /// Looks at every field of the object and collects the faults.
  template <std::size_t N>
  void check(const json::Value& value, const std::string& path, const Field (&fields)[N]) {
    this->fields(value, path, fields, N);
  }

  void fault(const char* code, const std::string& path, const char* message);

  std::vector<Error> errors;

 private:
  void fields(const json::Value& value, const std::string& path, const Field* list,
              std::size_t count);
  void surrounded(const json::Value& value, const std::string& path, const Field& field);
  void itself(const json::Value& value, const std::string& path, const Field& field);
  void string(const std::string& value, const std::string& path, Form form);
  void retention(const json::Value& value, const std::string& path);
  void free_string(const std::string& value, const std::string& path);
  void free_member(const json::Member& member, const std::string& path);
  void free_value(const json::Value& value, const std::string& path);

  const char* what_;
  bool free_;
};

}  // namespace kelisim::receipt
