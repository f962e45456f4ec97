#include "receipt/forms.hpp"

#include "core/encoding.hpp"
#include "core/time.hpp"

namespace kelisim::receipt {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// A shape: '0' a digit, 'x' a lower-case hexadecimal digit, 'A' a capital letter, anything else
// itself.
bool has_shape(std::string_view shape, std::string_view text) {
  if (shape.size() != text.size()) return false;
  for (std::size_t i = 0; i < shape.size(); ++i) {
    const char c = text[i];
    const bool fits = shape[i] == '0'   ? is_digit(c)
                      : shape[i] == 'x' ? is_digit(c) || (c >= 'a' && c <= 'f')
                      : shape[i] == 'A' ? c >= 'A' && c <= 'Z'
                                        : c == shape[i];
    if (!fits) return false;
  }
  return true;
}

bool is_hash(std::string_view text) {
  const auto bytes = base64url_decode(text);
  return bytes && bytes->size() == 32;
}

bool is_prefixed_hash(std::string_view prefix, std::string_view text) {
  return text.starts_with(prefix) && is_hash(text.substr(prefix.size()));
}

bool is_time(std::string_view text) {
  return has_shape("0000-00-00T00:00:00Z", text) && iso_time(time_of(text)) == text;
}

bool is_uuid(std::string_view text) {
  return has_shape("xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx", text) && text[14] >= '1' &&
         text[14] <= '8' && one_of("8|9|a|b", text.substr(19, 1));
}

bool is_language(std::string_view text) {
  if (text.size() < 2 || text.size() > 35) return false;
  std::size_t part = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '-' && part >= 2) {
      part = 0;
    } else if ((c >= 'a' && c <= 'z') || (i >= 3 && ((c >= 'A' && c <= 'Z') || is_digit(c)))) {
      ++part;
    } else {
      return false;
    }
  }
  return part >= 2;
}

bool is_origin(std::string_view text) {
  if (text == "null") return true;
  const auto colon = text.find("://");
  if (colon == 0 || colon == std::string_view::npos || text.size() > 300) return false;
  for (const char c : text) {
    if (c <= ' ' || c >= 0x7f) return false;
  }
  return text.substr(colon + 3).find_first_of("/?#@\\\"<>") == std::string_view::npos;
}

bool is_term(std::string_view text) {
  const auto duration = parse_duration(text);
  return duration && is_within_a_year(*duration);
}

bool is_address(std::string_view text) {
  for (const char c : text) {
    if (static_cast<unsigned char>(c) <= ' ' || c == '\x7f') return false;
  }
  const auto end = text.find_first_of(":/?#");
  return !text.empty() && (end == std::string_view::npos || text[end] != ':' ||
                           one_of("https|http|mailto", text.substr(0, end)));
}

// Of a name in a mail address, in any script.
bool is_word(char c) {
  return is_digit(c) || (static_cast<unsigned char>(c) | 32U) >= 'a' || c == '_' || c == '-';
}

}  // namespace

bool matches(Form form, const std::string& text) {
  switch (form) {
    case Form::text:
    case Form::opaque:
      return true;
    case Form::uuid:
      return is_uuid(text);
    case Form::principal:
      return is_prefixed_hash("jkt:", text);
    case Form::hash:
      return is_hash(text);
    case Form::chain_hash:
      return is_prefixed_hash("sha256:", text);
    case Form::time:
      return is_time(text);
    case Form::duration:
      return parse_duration(text).has_value();
    case Form::term:
      return is_term(text);
    case Form::address:
      return is_address(text);
    case Form::country:
      return has_shape("AA", text);
    case Form::twelve:
      return has_shape("000000000000", text);
    case Form::language:
      return is_language(text);
    case Form::origin:
      return is_origin(text);
    case Form::widget:
      return text.starts_with("kelisim/") && text.size() <= 64;
  }
  return false;
}

bool one_of(std::string_view words, std::string_view word) {
  if (word.empty() || word.find('|') != std::string_view::npos) return false;
  while (!words.empty()) {
    const auto end = words.find('|');
    if (words.substr(0, end) == word) return true;
    if (end == std::string_view::npos) break;
    words.remove_prefix(end + 1);
  }
  return false;
}

bool has_twelve_digits(std::string_view text) {
  int run = 0;
  for (const char c : text) {
    run = is_digit(c) ? run + 1 : 0;
    if (run == 12) return true;
  }
  return false;
}

bool has_contact(std::string_view text) {
  std::string digits;  // Of the number that is being read; '+' first where it has one.
  for (std::size_t i = 0; i <= text.size(); ++i) {
    const char c = i < text.size() ? text[i] : '\n';
    if (is_digit(c) || (c == '+' && digits.empty())) {
      digits += c;
    } else if (std::string_view(" -().").find(c) == std::string_view::npos) {
      const bool plus = digits[0] == '+';
      if (plus ? digits.size() > 10 : digits.size() == 11 && one_of("7|8", digits.substr(0, 1)))
        return true;
      digits.clear();
    }
    if (c != '@' || i == 0 || !is_word(text[i - 1])) continue;
    auto end = i + 1;
    while (end < text.size() && is_word(text[end])) ++end;
    if (end > i + 1 && end + 1 < text.size() && text[end] == '.' && is_word(text[end + 1]))
      return true;
  }
  return false;
}

}  // namespace kelisim::receipt
