// Cuts an address (URL.href) into what the rules look at.
#pragma once

#include <string>
#include <string_view>

namespace kelisim::enforce {

struct Address {
  enum class Kind { invalid, local, network };
  Kind kind = Kind::invalid;
  std::string host;       ///< Normalised (decide.hpp); of Kind::network.
  std::string_view path;  ///< Path and query, as they are; of Kind::network.
};

Address cut_address(std::string_view url);

/// True if `host` is below `parent`: a.x is below x, x itself and ax are not.
bool is_below(std::string_view host, std::string_view parent);

/// True if a host pattern ("x" or "*.x") fits.
bool host_fits(std::string_view pattern, std::string_view host);

}  // namespace kelisim::enforce
