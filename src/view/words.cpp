// Small letters and look-alikes.
#include "view/words.hpp"

namespace kelisim::view {
namespace {

/// The code point at `at`, which moves past it. The text is well-formed UTF-8 (json::parse lets
/// nothing else in).
char32_t next(std::string_view text, std::size_t& at) {
  const auto byte = [&](std::size_t i) {
    return static_cast<char32_t>(static_cast<unsigned char>(i < text.size() ? text[i] : 0));
  };
  const char32_t lead = byte(at);
  const std::size_t more = lead < 0xC0 ? 0 : lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
  char32_t point = more == 0 ? lead : lead & (0x3FU >> more);
  for (std::size_t i = 1; i <= more; ++i) point = (point << 6U) | (byte(at + i) & 0x3FU);
  at += more + 1;
  return point;
}

void append(std::string& out, char32_t point) {
  const auto put = [&](char32_t byte) { out += static_cast<char>(byte); };
  if (point < 0x80) {
    put(point);
  } else if (point < 0x800) {
    put(0xC0 | (point >> 6U));
    put(0x80 | (point & 0x3FU));
  } else if (point < 0x10000) {
    put(0xE0 | (point >> 12U));
    put(0x80 | ((point >> 6U) & 0x3FU));
    put(0x80 | (point & 0x3FU));
  } else {
    put(0xF0 | (point >> 18U));
    put(0x80 | ((point >> 12U) & 0x3FU));
    put(0x80 | ((point >> 6U) & 0x3FU));
    put(0x80 | (point & 0x3FU));
  }
}

char32_t lower(char32_t point) {
  if ((point >= 'A' && point <= 'Z') || (point >= 0x410 && point <= 0x42F)) return point + 0x20;
  if (point >= 0x400 && point <= 0x40F) return point + 0x50;
  // Kazakh and other added letters stand in pairs, the capital on the even place.
  if ((point >= 0x48A && point <= 0x4BF) || (point >= 0x4D0 && point <= 0x52F)) return point | 1U;
  return point;
}

char32_t upper(char32_t point) {
  if ((point >= 'a' && point <= 'z') || (point >= 0x430 && point <= 0x44F)) return point - 0x20;
  if (point >= 0x450 && point <= 0x45F) return point - 0x50;
  if ((point >= 0x48A && point <= 0x4BF) || (point >= 0x4D0 && point <= 0x52F)) return point & ~1U;
  return point;
}

bool is_small_letter(char32_t point) {
  return (point >= 'a' && point <= 'z') || (point >= 0x430 && point <= 0x45F) ||
         (((point >= 0x48A && point <= 0x4BF) || (point >= 0x4D0 && point <= 0x52F)) &&
          (point & 1U) != 0);
}

/// What a small Cyrillic letter is searched as: the Latin letter it looks like, or whose capital
/// looks like a Latin capital; a Kazakh letter as the one people write where a keyboard lacks it.
char32_t look_alike(char32_t point) {
  constexpr char32_t k_pairs[][2] = {
      {0x430, 'a'}, {0x432, 'b'}, {0x435, 'e'},   {0x451, 'e'}, {0x438, 'i'},
      {0x43A, 'k'}, {0x43C, 'm'}, {0x43D, 'h'},   {0x43E, 'o'}, {0x440, 'p'},
      {0x441, 'c'}, {0x442, 't'}, {0x443, 'y'},   {0x445, 'x'}, {0x455, 's'},
      {0x456, 'i'}, {0x458, 'j'}, {0x493, 0x433}, {0x49B, 'k'}, {0x4A3, 'h'},
      {0x4AF, 'y'}, {0x4B1, 'y'}, {0x4BB, 'h'},   {0x4D9, 'a'}, {0x4E9, 'o'}};
  for (const auto& pair : k_pairs) {
    if (pair[0] == point) return pair[1];
  }
  return point;
}

}  // namespace

std::string lower_first(std::string_view text) {
  std::size_t at = 0;
  const char32_t first = text.empty() ? 0 : next(text, at);
  std::size_t after = at;
  const char32_t second = after < text.size() ? next(text, after) : 0;
  // A word of one letter in Cyrillic is a preposition or the like.
  if (!is_small_letter(second) && !(second == ' ' && first >= 0x400)) return std::string(text);
  std::string out;
  append(out, lower(first));
  out += text.substr(at);
  return out;
}

std::string upper_first(std::string_view text) {
  std::size_t at = 0;
  std::string out;
  if (!text.empty()) append(out, upper(next(text, at)));
  out += text.substr(at);
  return out;
}

std::string search_key(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t point = next(text, at);
    if (point == 0xAD) continue;
    if (point <= ' ' || point == 0xA0 || (point >= 0x2000 && point <= 0x200B) || point == 0x202F) {
      if (!out.empty() && out.back() != ' ') out += ' ';
    } else {
      append(out, look_alike(lower(point)));
    }
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

}  // namespace kelisim::view
