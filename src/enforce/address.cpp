#include "enforce/address.hpp"

#include <algorithm>
#include <array>

namespace kelisim::enforce {
namespace {

constexpr std::array<std::string_view, 9> k_network = {"http", "https", "ws",   "wss",  "ftp",
                                                       "stun", "stuns", "turn", "turns"};

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// The scheme in lower case, or "" when there is none.
std::string scheme_of(std::string_view url) {
  std::string scheme;
  for (const char raw : url) {
    const char c = lower(raw);
    if (c == ':') return scheme;
    if (!is_lower(c) && (scheme.empty() || (!is_digit(c) && c != '+' && c != '-' && c != '.')))
      break;
    scheme += c;
  }
  return {};
}

bool is_valid_name(std::string_view host) {
  char before = '.';
  for (const char c : host) {
    if (!is_lower(c) && !is_digit(c) && c != '-' && c != '_' && c != '.') return false;
    if (c == '.' && before == '.') return false;
    before = c;
  }
  return before != '.';  // also for the empty host
}

bool is_valid_ipv6(std::string_view inside) {
  return !inside.empty() && std::all_of(inside.begin(), inside.end(), [](char c) {
    return is_digit(c) || (c >= 'a' && c <= 'f') || c == ':' || c == '.';
  });
}

// Host and port → host; "" when it is not valid.
std::string host_from(std::string_view authority) {
  if (const auto at = authority.rfind('@'); at != std::string_view::npos)
    authority.remove_prefix(at + 1);
  const bool ipv6 = !authority.empty() && authority[0] == '[';
  const auto end = ipv6 ? authority.find(']') : authority.find(':');
  if (ipv6 && end == std::string_view::npos) return {};
  std::string host(authority.substr(0, ipv6 ? end + 1 : end));
  std::string_view rest = authority.substr(host.size());
  if (!rest.empty()) {
    if (rest[0] != ':') return {};
    rest.remove_prefix(1);
    if (!std::all_of(rest.begin(), rest.end(), is_digit)) return {};
  }
  std::transform(host.begin(), host.end(), host.begin(), lower);
  if (ipv6)
    return is_valid_ipv6(std::string_view(host).substr(1, host.size() - 2)) ? host : std::string();
  if (!host.empty() && host.back() == '.') host.pop_back();
  return is_valid_name(host) ? host : std::string();
}

}  // namespace

Address cut_address(std::string_view url) {
  Address out;
  const std::string scheme = scheme_of(url);
  if (scheme.empty()) return out;
  if (std::find(k_network.begin(), k_network.end(), scheme) == k_network.end()) {
    out.kind = Address::Kind::local;
    return out;
  }
  url.remove_prefix(scheme.size() + 1);
  url.remove_prefix(std::min(url.find_first_not_of("/\\"), url.size()));
  const auto end = std::min(url.find_first_of("/\\?#"), url.size());
  out.host = host_from(url.substr(0, end));
  if (out.host.empty()) return out;
  out.kind = Address::Kind::network;
  out.path = url.substr(end);
  out.path = out.path.substr(0, out.path.find('#'));
  return out;
}

bool is_below(std::string_view host, std::string_view parent) {
  return host.size() > parent.size() + 1 && host.ends_with(parent) &&
         host[host.size() - parent.size() - 1] == '.' && !parent.empty();
}

bool host_fits(std::string_view pattern, std::string_view host) {
  return pattern.starts_with("*.") ? is_below(host, pattern.substr(2)) : pattern == host;
}

}  // namespace kelisim::enforce
