#include "json/number.hpp"

#include <array>
#include <charconv>
#include <cstdint>

#include "core/encoding.hpp"

namespace kelisim::json {

std::string number_text(double number) {
  if (number == 0) return "0";
  // Shortest digits that read back the same, as d.ddde±x; then laid out again by ECMA-262
  // Number::toString.
  std::array<char, 64> buffer{};
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number,
                                 std::chars_format::scientific)
                       .ptr;
  std::string sign;
  std::string digits;
  std::int64_t exponent = 0;
  const char* at = buffer.data();
  if (*at == '-') {
    sign = "-";
    ++at;
  }
  for (; at != end && *at != 'e'; ++at) {
    if (*at != '.') digits += *at;
  }
  ++at;
  const bool negative = *at == '-';
  for (++at; at != end; ++at) exponent = exponent * 10 + (*at - '0');
  if (negative) exponent = -exponent;

  const auto k = static_cast<std::int64_t>(digits.size());
  const std::int64_t n = exponent + 1;  // value = 0.digits × 10^n
  if (k <= n && n <= 21) return sign + digits + std::string(static_cast<std::size_t>(n - k), '0');
  if (0 < n && n <= 21) {
    return sign + digits.substr(0, static_cast<std::size_t>(n)) + "." +
           digits.substr(static_cast<std::size_t>(n));
  }
  if (-6 < n && n <= 0)
    return sign + "0." + std::string(static_cast<std::size_t>(-n), '0') + digits;
  std::string out = sign + digits.substr(0, 1);
  if (k > 1) out += "." + digits.substr(1);
  return out + "e" + (n - 1 < 0 ? "-" : "+") + to_text(n - 1 < 0 ? 1 - n : n - 1);
}

}  // namespace kelisim::json
