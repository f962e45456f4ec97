// receipt: one receipt has one spelling. What inspect accepts is what its parts put together give,
// as JWS and as JSON face.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "receipt/jws.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (!text.empty() && text.front() == '{') {
    const auto read = kelisim::receipt::inspect_face(text);
    if (read && !kelisim::receipt::inspect(read->jws)) std::abort();
    return 0;
  }
  const auto read = kelisim::receipt::inspect(text);
  if (!read) return 0;
  if (read->signing_input + "." + read->signature != text) std::abort();
  const auto face = kelisim::receipt::inspect_face(read->face());
  if (!face || face->jws != text) std::abort();
  return 0;
}
