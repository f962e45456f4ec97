// Builds and checks addresses.
#include "view/href.hpp"

namespace kelisim::view {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

void percent(std::string& out, std::string_view text) {
  constexpr char k_hex[] = "0123456789ABCDEF";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || is_digit(c) || c == '-' ||
        c == '.' || c == '_' || c == '~') {
      out += c;
    } else {
      out += '%';
      out += k_hex[byte >> 4U];
      out += k_hex[byte & 15U];
    }
  }
}

bool has_scheme(std::string_view address, std::string_view scheme) {
  if (address.size() <= scheme.size()) return false;
  for (std::size_t i = 0; i < scheme.size(); ++i) {
    const char c = address[i];
    if ((c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c) != scheme[i]) return false;
  }
  return true;
}

}  // namespace

std::string mail_href(std::string_view address, std::string_view subject) {
  const auto at = address.find('@');
  if (at == std::string_view::npos || at == 0 || at + 1 == address.size() ||
      address.find('@', at + 1) != std::string_view::npos)
    return {};
  for (const char c : address) {
    if (static_cast<unsigned char>(c) <= ' ' || c == ',' || c == '<' || c == '>' || c == '"')
      return {};
  }
  std::string out = "mailto:";
  percent(out, address.substr(0, at));
  out += '@';
  percent(out, address.substr(at + 1));
  if (!subject.empty()) {
    out += "?subject=";
    percent(out, subject);
  }
  return out;
}

std::string phone_href(std::string_view printed) {
  std::string out = "tel:";
  for (const char c : printed) {
    if (is_digit(c) || (c == '+' && out.size() == 4)) {
      out += c;
    } else if (c != ' ' && c != '(' && c != ')' && c != '-' && c != '.') {
      break;
    }
  }
  return out.size() < 7 ? std::string() : out;
}

std::string web_href(std::string_view address) {
  if (has_scheme(address, "http://")) return web_href("https://" + std::string(address.substr(7)));
  return has_scheme(address, "https://") && is_safe_href(address) ? std::string(address)
                                                                  : std::string();
}

bool is_safe_href(std::string_view href) {
  for (const char c : href) {
    if (static_cast<unsigned char>(c) <= ' ' || c == '\x7F') return false;
  }
  return has_scheme(href, "https://") || has_scheme(href, "mailto:") || has_scheme(href, "tel:");
}

std::string host_part(std::string_view href) {
  if (!has_scheme(href, "https://")) return {};
  auto host = href.substr(8);
  host = host.substr(0, host.find_first_of("/\\?#"));
  if (const auto user = host.rfind('@'); user != std::string_view::npos)
    host.remove_prefix(user + 1);
  host = host.substr(0, host.find(':'));
  std::string out(host);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  return out;
}

}  // namespace kelisim::view
