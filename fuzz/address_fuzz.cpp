// enforce: an address is cut into what it holds and nothing else; a host never carries a scheme, a
// port or a path.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "enforce/address.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view url(reinterpret_cast<const char*>(data), size);
  const auto address = kelisim::enforce::cut_address(url);
  if (address.kind != kelisim::enforce::Address::Kind::network) return 0;
  if (address.host.empty() || address.host.find_first_of("/\\?#@") != std::string::npos)
    std::abort();
  if (!address.path.empty() &&
      (address.path.data() < url.data() ||
       address.path.data() + address.path.size() > url.data() + url.size()))
    std::abort();
  return 0;
}
