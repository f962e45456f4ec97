// A JSON value as plain data. Objects keep the order of their members; keys are unique.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kelisim::json {

struct Member;

/// Integers lie within ±(2^53 − 1) (I-JSON, RFC 7493 section 2.2). Numbers with a fraction or beyond that range exist only in
/// builds without KELISIM_INTEGERS_ONLY; no Kelisim format uses them.
class Value {
 public:
  enum class Kind : std::uint8_t { null, boolean, integer, real, string, array, object };

  Value();
  Value(bool flag);                // NOLINT(google-explicit-constructor)
  Value(std::int64_t number);      // NOLINT(google-explicit-constructor)
  Value(int number);               // NOLINT(google-explicit-constructor)
  Value(std::string text);         // NOLINT(google-explicit-constructor)
  Value(std::string_view text);    // NOLINT(google-explicit-constructor)
  Value(const char* text);         // NOLINT(google-explicit-constructor)
  Value(const Value&);
  Value(Value&&) noexcept;
  Value& operator=(const Value&);
  Value& operator=(Value&&) noexcept;
  ~Value();

  static Value array();
  static Value object();
#ifndef KELISIM_INTEGERS_ONLY
  static Value real(double number);
  [[nodiscard]] double as_real() const { return real_; }
#endif

  [[nodiscard]] Kind kind() const { return kind_; }
  [[nodiscard]] bool is_null() const { return kind_ == Kind::null; }
  [[nodiscard]] bool is_bool() const { return kind_ == Kind::boolean; }
  [[nodiscard]] bool is_integer() const { return kind_ == Kind::integer; }
  [[nodiscard]] bool is_string() const { return kind_ == Kind::string; }
  [[nodiscard]] bool is_array() const { return kind_ == Kind::array; }
  [[nodiscard]] bool is_object() const { return kind_ == Kind::object; }

  // Lenient readers: what the value is, else the empty value of that type. Whoever must tell the difference asks is_…() first.
  [[nodiscard]] bool as_bool() const { return kind_ == Kind::boolean && number_ != 0; }
  [[nodiscard]] std::int64_t as_integer() const { return kind_ == Kind::integer ? number_ : 0; }
  [[nodiscard]] const std::string& as_string() const { return text_; }
  [[nodiscard]] const std::vector<Value>& items() const { return items_; }
  [[nodiscard]] std::vector<Value>& items() { return items_; }
  [[nodiscard]] const std::vector<Member>& members() const { return members_; }
  [[nodiscard]] std::vector<Member>& members() { return members_; }

  /// The member, or nullptr.
  [[nodiscard]] const Value* find(std::string_view key) const;
  [[nodiscard]] Value* find(std::string_view key);
  /// The member, or a null value.
  [[nodiscard]] const Value& operator[](std::string_view key) const;
  [[nodiscard]] bool has(std::string_view key) const { return find(key) != nullptr; }

  /// Sets a member (of an object; a null value becomes one); returns *this for chaining.
  Value& set(std::string_view key, Value value) &;
  Value&& set(std::string_view key, Value value) &&;
  /// Appends to an array (a null value becomes one).
  Value& push(Value value) &;
  Value&& push(Value value) &&;
  void erase(std::string_view key);

  friend bool operator==(const Value& a, const Value& b);

 private:
  Kind kind_ = Kind::null;
  std::int64_t number_ = 0;
#ifndef KELISIM_INTEGERS_ONLY
  double real_ = 0;
#endif
  std::string text_;
  std::vector<Value> items_;
  std::vector<Member> members_;
};

struct Member {
  std::string key;
  Value value;
};

}  // namespace kelisim::json
