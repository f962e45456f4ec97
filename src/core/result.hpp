// What can fail returns Result<T>: a value or errors with a stable code, a place and an English
// message.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace kelisim {

/// One error in an input. People never see `message`; the view translates `code`.
struct Error {
  std::string
      code;  ///< Stable snake_case code, documented in docs/errors.md; appended to, never renamed.
  std::string path;     ///< JSON Pointer (RFC 6901) into the input; "" is the whole document.
  std::string message;  ///< English, for logs.

  Error() = default;
  // One call at each of some hundred places, instead of three strings made there.
  Error(const char* with_code, const char* at, const char* says);
  Error(const char* with_code, const std::string& at, const char* says);
  Error(const char* with_code, const std::string& at, const std::string& says);

  friend bool operator==(const Error& a, const Error& b);
};

using Errors = std::vector<Error>;

/// Appends an error.
void fault(Errors& errors, const char* code, const std::string& path, const char* message);
void fault(Errors& errors, const char* code, const std::string& path, const std::string& message);

/// A value, or at least one error. Never both, never neither.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : value_(std::move(value)) {}  // NOLINT(google-explicit-constructor)
  Result(Error error) {
    errors_.push_back(std::move(error));
  }  // NOLINT(google-explicit-constructor)
  /// @param errors  At least one.
  Result(Errors errors) : errors_(std::move(errors)) {}  // NOLINT(google-explicit-constructor)

  explicit operator bool() const { return errors_.empty(); }
  [[nodiscard]] bool ok() const { return errors_.empty(); }

  T& operator*() & { return value_; }
  const T& operator*() const& { return value_; }
  T&& operator*() && { return std::move(value_); }
  T* operator->() { return &value_; }
  const T* operator->() const { return &value_; }

  /// The first error; only when there is no value.
  [[nodiscard]] const Error& error() const { return errors_.front(); }
  [[nodiscard]] const Errors& errors() const { return errors_; }

 private:
  T value_{};
  Errors errors_;
};

}  // namespace kelisim
