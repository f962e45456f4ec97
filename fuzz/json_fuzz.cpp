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
  const auto value = kelisim::json::parse(text, {.reals = true});
  if (!value) return 0;
  const auto written = kelisim::json::write(*value);
  const auto again = kelisim::json::parse(written, {.max_bytes = 8U << 20U, .reals = true});
  if (!again || kelisim::json::write(*again) != written) std::abort();
  return 0;
}
