// A JSON value as plain data. Objects keep the order of their members; keys are unique.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kelisim::json {

struct Member;

/// Integers lie within ±(2^53 − 1) (I-JSON, RFC 7493 section 2.2). Numbers with a fraction or
/// beyond that range exist only in builds without KELISIM_INTEGERS_ONLY; no Kelisim format uses
/// them.
///
/// One pointer wide, and every operation is a call: values are handled at some thousand places of a
/// module that pages download. Members and items are best made where they stay: `Value& notice =
/// body.at("notice"); notice.set("url", url);`
class Value {
 public:
  enum class Kind : std::uint8_t { null, boolean, integer, real, string, array, object };

  constexpr Value() = default;
  Value(bool flag);                // NOLINT(google-explicit-constructor)
  Value(std::int64_t number);      // NOLINT(google-explicit-constructor)
  Value(int number);               // NOLINT(google-explicit-constructor)
  Value(const std::string& text);  // NOLINT(google-explicit-constructor)
  Value(std::string_view text);    // NOLINT(google-explicit-constructor)
  Value(const char* text);         // NOLINT(google-explicit-constructor)
  Value(const Value& other);
  Value(Value&& other) noexcept : node_(std::exchange(other.node_, nullptr)) {}
  Value& operator=(const Value& other);
  Value& operator=(Value&& other) noexcept;
  ~Value();

  static Value array();
  static Value object();
#ifndef KELISIM_INTEGERS_ONLY
  static Value real(double number);
  [[nodiscard]] double as_real() const;
#endif

  [[nodiscard]] Kind kind() const;
  [[nodiscard]] bool is_null() const { return node_ == nullptr; }
  [[nodiscard]] bool is_bool() const { return kind() == Kind::boolean; }
  [[nodiscard]] bool is_integer() const { return kind() == Kind::integer; }
  [[nodiscard]] bool is_string() const { return kind() == Kind::string; }
  [[nodiscard]] bool is_array() const { return kind() == Kind::array; }
  [[nodiscard]] bool is_object() const { return kind() == Kind::object; }
  /// Whether it is this string.
  [[nodiscard]] bool is(const char* text) const;

  // Lenient readers: what the value is, else the empty value of that type. Whoever must tell the
  // difference asks is_…() first.
  [[nodiscard]] bool as_bool() const;
  [[nodiscard]] std::int64_t as_integer() const;
  [[nodiscard]] const std::string& as_string() const;
  [[nodiscard]] const std::vector<Value>& items() const;
  [[nodiscard]] const std::vector<Member>& members() const;
  /// To change them. What a value of another kind answers with is empty and stays so: push(),
  /// add(), set() and at() make it one.
  [[nodiscard]] std::vector<Value>& items();
  [[nodiscard]] std::vector<Member>& members();

  /// The member, or nullptr.
  [[nodiscard]] const Value* find(std::string_view key) const;
  [[nodiscard]] const Value* find(const char* key) const;
  [[nodiscard]] const Value* find(const std::string& key) const;
  [[nodiscard]] Value* find(std::string_view key);
  [[nodiscard]] Value* find(const char* key);
  [[nodiscard]] Value* find(const std::string& key);
  /// The member, or a null value.
  [[nodiscard]] const Value& operator[](std::string_view key) const;
  [[nodiscard]] const Value& operator[](const char* key) const;
  [[nodiscard]] const Value& operator[](const std::string& key) const;
  [[nodiscard]] bool has(std::string_view key) const { return find(key) != nullptr; }
  [[nodiscard]] bool has(const char* key) const { return find(key) != nullptr; }
  [[nodiscard]] bool has(const std::string& key) const { return find(key) != nullptr; }

  /// The member, a null one when it was not there (this becomes an object). Valid until another
  /// member is added.
  Value& at(std::string_view key);
  Value& at(const char* key);
  Value& at(const std::string& key);
  /// Sets a member (this becomes an object); returns *this for chaining.
  Value& set(const char* key, Value&& value);
  Value& set(const char* key, const Value& value);
  Value& set(const char* key, const char* text);
  Value& set(const char* key, const std::string& text);
  Value& set(const char* key, bool flag);
  Value& set(const char* key, std::int64_t number);
  Value& set(const char* key, int number);
  Value& set(const std::string& key, Value&& value);
  Value& set(const std::string& key, const Value& value);
  Value& set(const std::string& key, const char* text);
  Value& set(const std::string& key, const std::string& text);
  Value& set(const std::string& key, bool flag);
  Value& set(const std::string& key, std::int64_t number);
  Value& set(const std::string& key, int number);
  Value& set(std::string_view key, const Value& value);

  /// A null item at the end (this becomes an array). Valid until another item is added.
  Value& add();
  /// Appends an item; returns *this for chaining.
  Value& push(Value&& value);
  Value& push(const Value& value);
  Value& push(const char* text);
  Value& push(const std::string& text);
  Value& push(bool flag);
  Value& push(std::int64_t number);
  Value& push(int number);

  void erase(std::string_view key);

  friend bool operator==(const Value& a, const Value& b);

 private:
  struct Node;
  Node& become(Kind kind);

  Node* node_ = nullptr;  // nullptr = null
};

struct Member {
  std::string key;
  Value value;
};

/// An array of strings.
Value strings(const std::vector<std::string>& list);

}  // namespace kelisim::json
