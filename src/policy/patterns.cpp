#include "policy/patterns.hpp"

#include <algorithm>

#include "core/encoding.hpp"
#include "core/time.hpp"

namespace kelisim::policy {
namespace {

bool lower(char c) { return c >= 'a' && c <= 'z'; }
bool upper(char c) { return c >= 'A' && c <= 'Z'; }
bool digit(char c) { return c >= '0' && c <= '9'; }

// Words of [a-z0-9] (or only letters) joined by single separators.
bool words(std::string_view text, std::string_view separators, bool digits) {
  bool before = false;
  for (const char c : text) {
    const bool word = lower(c) || (digits && digit(c));
    if (!word && (!before || separators.find(c) == std::string_view::npos)) return false;
    before = word;
  }
  return before;
}

bool is_host(std::string_view text) {
  if (text.empty() || text.size() > 253) return false;
  bool before = false;
  for (const char c : text) {
    const bool label = lower(c) || digit(c) || c == '-';
    if (!label && (c != '.' || !before)) return false;
    before = label;
  }
  return before;
}

bool is_host_pattern(std::string_view text) {
  return is_host(text.starts_with("*.") ? text.substr(2) : text);
}

bool prefixed_name(std::string_view text, std::string_view prefix) {
  if (!text.starts_with(prefix) || text.size() == prefix.size()) return false;
  text.remove_prefix(prefix.size());
  return std::all_of(text.begin(), text.end(), [](char c) { return lower(c) || upper(c); });
}

bool shaped(std::string_view text,
            std::string_view shape) {  // 'A' upper, '0' digit, others themselves
  if (text.size() != shape.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool fits = shape[i] == 'A'   ? upper(text[i])
                      : shape[i] == '0' ? digit(text[i])
                                        : text[i] == shape[i];
    if (!fits) return false;
  }
  return true;
}

}  // namespace

std::size_t code_points(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U;
  }));
}

bool matches(Pattern pattern, std::string_view text) {
  switch (pattern) {
    case Pattern::any:
      return !text.empty();
    case Pattern::id:
      return text.size() <= 64 && words(text, "_-", true);
    case Pattern::host:
      return is_host(text);
    case Pattern::host_pattern:
      return is_host_pattern(text);
    case Pattern::path_pattern: {
      const auto slash = text.find('/');
      return slash != std::string_view::npos &&
             (slash == 0 || is_host_pattern(text.substr(0, slash)));
    }
    case Pattern::sha256:
      return text.size() == 43 && base64url_decode(text).has_value();
    case Pattern::duration:
      return parse_duration(text).has_value();
    case Pattern::country:
      return shaped(text, "AA");
    case Pattern::jurisdiction:
      return shaped(text.substr(0, 2), "AA") &&
             (text.size() == 2 || (text.size() >= 4 && text.size() <= 6 && text[2] == '-' &&
                                   std::all_of(text.begin() + 3, text.end(),
                                               [](char c) { return upper(c) || digit(c); })));
    case Pattern::language: {
      const auto dash = text.find('-');
      const auto first = text.substr(0, dash);
      return (first.size() == 2 || first.size() == 3) &&
             std::all_of(first.begin(), first.end(), lower) &&
             (dash == std::string_view::npos || text.size() > dash + 2);
    }
    case Pattern::date:
      return shaped(text, "0000-00-00");
    case Pattern::bin:
      return shaped(text, "000000000000");
    case Pattern::dpv:
      return prefixed_name(text, "dpv:");
    case Pattern::pii:
      return prefixed_name(text, "pd:") || prefixed_name(text, "tech:") ||
             prefixed_name(text, "dpv:");
    case Pattern::https:
      return text.starts_with("https://") && text.size() > 8;
    case Pattern::code:
      return words(text, "-", false);
    case Pattern::clause:
      return !text.empty() && code_points(text) <= 32;
  }
  return false;
}

}  // namespace kelisim::policy
