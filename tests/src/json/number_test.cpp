// Numbers as RFC 8785 section 3.2.2.3 writes them.
#include <bit>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "core/encoding.hpp"
#include "json/number.hpp"
#include "json/reader.hpp"
#include "support/catch.hpp"
#include "support/files.hpp"

namespace {

double from_hex(const std::string& text) {
  return std::bit_cast<double>(std::uint64_t{std::stoull(text, nullptr, 16)});
}

std::string hex(std::uint64_t bits) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  do {
    out.insert(out.begin(), digits[bits & 15U]);
    bits >>= 4U;
  } while (bits != 0);
  return out;
}

std::string hex(const kelisim::Digest& digest) {
  std::string out;
  for (const std::uint8_t byte : digest) {
    if (byte < 16) out += '0';
    out += hex(std::uint64_t{byte});
  }
  return out;
}

}  // namespace

TEST_CASE("number_text: the table of RFC 8785 appendix B", "[json]") {
  struct Row {
    std::string bits;
    std::string want;
  };
  const auto row = GENERATE(
      Row{"0000000000000000", "0"}, Row{"8000000000000000", "0"}, Row{"0000000000000001", "5e-324"},
      Row{"8000000000000001", "-5e-324"}, Row{"7fefffffffffffff", "1.7976931348623157e+308"},
      Row{"ffefffffffffffff", "-1.7976931348623157e+308"},
      Row{"4340000000000000", "9007199254740992"}, Row{"c340000000000000", "-9007199254740992"},
      Row{"4430000000000000", "295147905179352830000"},
      Row{"44b52d02c7e14af5", "9.999999999999997e+22"}, Row{"44b52d02c7e14af6", "1e+23"},
      Row{"44b52d02c7e14af7", "1.0000000000000001e+23"},
      Row{"444b1ae4d6e2ef4e", "999999999999999700000"},
      Row{"444b1ae4d6e2ef4f", "999999999999999900000"}, Row{"444b1ae4d6e2ef50", "1e+21"},
      Row{"3eb0c6f7a0b5ed8c", "9.999999999999997e-7"}, Row{"3eb0c6f7a0b5ed8d", "0.000001"},
      Row{"41b3de4355555553", "333333333.3333332"}, Row{"41b3de4355555554", "333333333.33333325"},
      Row{"41b3de4355555555", "333333333.3333333"}, Row{"41b3de4355555556", "333333333.3333334"},
      Row{"41b3de4355555557", "333333333.33333343"},
      Row{"becbf647612f3696", "-0.0000033333333333333333"},
      Row{"43143ff3c1cb0959", "1424953923781206.2"}, Row{"3ff0000000000000", "1"},
      Row{"bff8000000000000", "-1.5"});
  CAPTURE(row.bits);
  CHECK(kelisim::json::number_text(from_hex(row.bits)) == row.want);
}

TEST_CASE("number_text: the published hashes of the first 1000 and 10 000 lines of the number list",
          "[json]") {
  const auto vector =
      kelisim::json::parse(kelisim::test::read_file("tests/vectors/es6-numbers.json"));
  REQUIRE(vector);
  const auto& fixed = (*vector)["static"].items();
  REQUIRE(fixed.size() == 168);
  const std::uint64_t serial = std::stoull((*vector)["serial_from"].as_string(), nullptr, 16);
  const auto serial_count = static_cast<std::size_t>((*vector)["serial_count"].as_integer());

  std::string lines;
  std::size_t count = 0;
  std::string block(32, '\0');
  std::size_t in_block = 4;
  const auto next = [&]() -> std::uint64_t {
    if (count < fixed.size()) return std::stoull(fixed[count].as_string(), nullptr, 16);
    if (count < fixed.size() + serial_count) return serial + (count - fixed.size());
    while (true) {
      if (in_block == 4) {
        const auto digest = kelisim::sha256(block);
        block.assign(digest.begin(), digest.end());
        in_block = 0;
      }
      std::uint64_t bits = 0;
      for (std::size_t i = 0; i < 8; ++i) {
        bits |= std::uint64_t{static_cast<unsigned char>(block[in_block * 8 + i])} << (8 * i);
      }
      ++in_block;
      const auto number = std::bit_cast<double>(bits);
      if (number != 0 && std::isfinite(number)) return bits;
    }
  };
  for (; count < 10'000; ++count) {
    if (count == 1'000)
      CHECK(hex(kelisim::sha256(lines)) == (*vector)["sha256"]["1000"].as_string());
    const std::uint64_t bits = next();
    lines += hex(bits) + "," + kelisim::json::number_text(std::bit_cast<double>(bits)) + "\n";
  }
  CHECK(lines.size() == 399'022);
  CHECK(hex(kelisim::sha256(lines)) == (*vector)["sha256"]["10000"].as_string());
}
