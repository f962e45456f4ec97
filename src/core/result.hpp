// What can fail returns Result<T>: a value or errors with a stable code, a place and an English message.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace kelisim {

/// One error in an input. People never see `message`; the view translates `code`.
struct Error {
  std::string code;     ///< Stable snake_case code, documented in docs/errors.md; appended to, never renamed.
  std::string path;     ///< JSON Pointer (RFC 6901) into the input; "" is the whole document.
  std::string message;  ///< English, for logs.

  friend bool operator==(const Error&, const Error&) = default;
};

/// A value, or at least one error. Never both, never neither.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : value_(std::move(value)) {}                         // NOLINT(google-explicit-constructor)
  Result(Error error) { errors_.push_back(std::move(error)); }          // NOLINT(google-explicit-constructor)
  Result(std::vector<Error> errors) : errors_(std::move(errors)) {}     // NOLINT(google-explicit-constructor)

  explicit operator bool() const { return value_.has_value(); }
  [[nodiscard]] bool ok() const { return value_.has_value(); }

  T& operator*() & { return *value_; }
  const T& operator*() const& { return *value_; }
  T&& operator*() && { return *std::move(value_); }
  T* operator->() { return &*value_; }
  const T* operator->() const { return &*value_; }

  /// The first error; only when there is no value.
  [[nodiscard]] const Error& error() const { return errors_.front(); }
  [[nodiscard]] const std::vector<Error>& errors() const { return errors_; }

 private:
  std::optional<T> value_;
  std::vector<Error> errors_;
};

}  // namespace kelisim
