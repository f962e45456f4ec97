// json: what is read and written once reads and writes the same again, and no input breaks the
// reader.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "json/reader.hpp"
#include "json/writer.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (const bool reals : {false, true}) {
    const kelisim::json::Limits limits{.max_bytes = 8U << 20U, .reals = reals};
    const auto value = kelisim::json::parse(text, limits);
    if (!value) continue;
    const auto written = kelisim::json::write(*value);
    const auto again = kelisim::json::parse(written, limits);
    // A fraction beyond 2^53 is written as the shortest integer, which no double need hold: that
    // one is refused when read.
    if (again ? kelisim::json::write(*again) != written : !reals) std::abort();
  }
  return 0;
}
