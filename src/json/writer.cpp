#include "json/writer.hpp"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "core/encoding.hpp"
#include "core/sort.hpp"
#ifndef KELISIM_INTEGERS_ONLY
#include "json/number.hpp"
#endif

namespace kelisim::json {
namespace {

void write_value(std::string& out, const Value& value) {
  switch (value.kind()) {
    case Value::Kind::null:
      out += "null";
      break;
    case Value::Kind::boolean:
      out += value.as_bool() ? "true" : "false";
      break;
    case Value::Kind::integer:
      out += to_text(value.as_integer());
      break;
    case Value::Kind::real:
#ifndef KELISIM_INTEGERS_ONLY
      out += number_text(value.as_real());
#endif
      break;
    case Value::Kind::string:
      write_string(out, value.as_string());
      break;
    case Value::Kind::array: {
      out += '[';
      bool first = true;
      for (const Value& item : value.items()) {
        if (!first) out += ',';
        first = false;
        write_value(out, item);
      }
      out += ']';
      break;
    }
    case Value::Kind::object: {
      std::vector<const Member*> order;
      order.reserve(value.members().size());
      for (const Member& member : value.members()) order.push_back(&member);
      sort(order, [](const Member* a, const Member* b) { return utf16_less(a->key, b->key); });
      out += '{';
      bool first = true;
      for (const Member* member : order) {
        if (!first) out += ',';
        first = false;
        write_string(out, member->key);
        out += ':';
        write_value(out, member->value);
      }
      out += '}';
      break;
    }
  }
}

}  // namespace

std::string write(const Value& value) {
  std::string out;
  write_value(out, value);
  return out;
}

void write_string(std::string& out, std::string_view text) {
  constexpr std::string_view hex = "0123456789abcdef";
  out += '"';
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (byte >= 0x20) {
      out += c;
    } else if (c == '\b') {
      out += "\\b";
    } else if (c == '\t') {
      out += "\\t";
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\f') {
      out += "\\f";
    } else if (c == '\r') {
      out += "\\r";
    } else {
      out += "\\u00";
      out += hex[byte >> 4U];
      out += hex[byte & 15U];
    }
  }
  out += '"';
}

bool utf16_less(std::string_view a, std::string_view b) {
  const std::size_t common = std::min(a.size(), b.size());
  for (std::size_t i = 0; i < common; ++i) {
    const auto x = static_cast<unsigned char>(a[i]);
    const auto y = static_cast<unsigned char>(b[i]);
    if (x == y) continue;
    // UTF-8 order is code point order; UTF-16 differs only where an astral character (a surrogate
    // pair, D800…DFFF) meets one of U+E000…U+FFFF (lead bytes EE and EF).
    const bool x_astral = x >= 0xf0;
    const bool y_astral = y >= 0xf0;
    if (x_astral != y_astral) {
      if (x_astral && y >= 0xee) return true;
      if (y_astral && x >= 0xee) return false;
    }
    return x < y;
  }
  return a.size() < b.size();
}

}  // namespace kelisim::json
