// SHA-256 against FIPS 180-4 and against lengths at the edges of its padding.
#include <string>

#include "core/encoding.hpp"
#include "support/catch.hpp"

namespace {

std::string hex(const kelisim::Digest& digest) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  for (const std::uint8_t byte : digest) {
    out += digits[byte >> 4U];
    out += digits[byte & 15U];
  }
  return out;
}

}  // namespace

TEST_CASE("sha256: the published examples", "[core]") {
  struct Row {
    std::string text;
    std::string want;
  };
  const auto row =
      GENERATE(Row{"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
               Row{"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
               Row{"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                   "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
               Row{std::string(1'000'000, 'a'),
                   "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"});
  CHECK(hex(kelisim::sha256(row.text)) == row.want);
}

TEST_CASE("sha256: every padding length, bytes i*7+3", "[core]") {
  struct Row {
    int length;
    std::string want;
  };
  const auto row =
      GENERATE(Row{0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
               Row{1, "084fed08b978af4d7d196a7446a86b58009e636b611db16211b65a9aadff29c5"},
               Row{3, "6ab0dba1f4f1dfbb37b4f9eeb092c09fca4900ad32bdcd147d8dde35d6c87c35"},
               Row{55, "e7313d333c272e639f790978283f9eb392e843d0f29b7016828bb1daa4aac70b"},
               Row{56, "4324d65f3c103567f5589c710bc08f8523f929a9272e3af36fc968e52abc6c27"},
               Row{57, "35df609437dcfea3279283ab79fd554e2bf78f8f7ae2de532d8ee300b09e8f73"},
               Row{63, "81c80242132f230c3bd41b3e63bbcff16107339549214a99614ff26664625055"},
               Row{64, "39e3d7b6b5d075d37d053ad89b24b41bef4f3c29760c84447cab3f3be1882241"},
               Row{65, "aacca6ff74fdbb296d165a45cecfa04e5127bc008770fbbdd48006f2d2fae95e"},
               Row{111, "67d9492e628fd376e0b2efec8ca2b99b123e202cf620deb270728df979b2f73e"},
               Row{112, "96b928cff8528dbb99602c709a65b846cb6467acb8b722f0d758e4dc27bfc508"},
               Row{119, "9ce7368e4daf32341631b492e80359dc9f594b48453cd0dd5bf0b19279cc177e"},
               Row{120, "7836b787757e95e58b3ca5aec90b1b004e8deba1e50e9675af9cabf1a13a04b5"},
               Row{127, "a8d23e75d936f303d248888d9b165ee543f4cbafcad3c9dd2a79bd84faa11d07"},
               Row{128, "d2742f1f4ac6bb7ca2b239ee18402ba8b3f9f8e652d2a72973c2b9ba11c08cf6"},
               Row{129, "307f8fc2c1622b92762e818d39a185d4d667ad49a4b07ceae1f4afa008a93ec4"},
               Row{1000, "1e9bc38cbf860b9ec31918b065f9b52476c549a782e0e7990bed8ce3868d2371"});
  std::string bytes;
  for (int i = 0; i < row.length; ++i) bytes += static_cast<char>((i * 7 + 3) & 255);
  CAPTURE(row.length);
  CHECK(hex(kelisim::sha256(bytes)) == row.want);
}

TEST_CASE("sha256_text: base64url of the digest, 43 characters, no padding", "[core]") {
  CHECK(kelisim::sha256_text("") == "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU");
}
