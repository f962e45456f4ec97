// base64url, UTF-8 and numbers as text.
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include "core/encoding.hpp"
#include "support/catch.hpp"

using kelisim::base64url;
using kelisim::base64url_decode;
using kelisim::is_utf8;

TEST_CASE("base64url: RFC 4648 section 10 without padding, and both letters of the URL alphabet",
          "[core]") {
  struct Row {
    std::string bytes;
    std::string text;
  };
  const auto row =
      GENERATE(Row{"", ""}, Row{"f", "Zg"}, Row{"fo", "Zm8"}, Row{"foo", "Zm9v"},
               Row{"foob", "Zm9vYg"}, Row{"fooba", "Zm9vYmE"}, Row{"foobar", "Zm9vYmFy"},
               Row{"\xfb\xff\xbf", "-_-_"}, Row{std::string("\0\0\0", 3), "AAAA"});
  CHECK(base64url(row.bytes) == row.text);
  const auto back = base64url_decode(row.text);
  REQUIRE(back);
  CHECK(*back == row.bytes);
}

TEST_CASE("base64url: all bytes at all lengths up to 70 come back", "[core]") {
  for (std::size_t length = 0; length <= 70; ++length) {
    for (const int start : {0, 100, 190}) {
      std::string bytes;
      for (std::size_t i = 0; i < length; ++i)
        bytes += static_cast<char>(start + static_cast<int>(i));
      const auto back = base64url_decode(base64url(bytes));
      REQUIRE(back);
      CHECK(*back == bytes);
    }
  }
}

TEST_CASE("base64url: a byte string has one spelling, every other is refused", "[core]") {
  const auto text = GENERATE(as<std::string>{}, "A", "AAAAA",  // a length no byte string has
                             "Zg==", "Zm8=", "Zm9v=", "=",     // padding
                             "Zm9v ", " Zm9v", "Zm\n9v", "Zm9v\r\n", "\t",  // white space
                             "+/+/", "-/-_", "-_+_",                        // the other alphabet
                             "Zh", "Zi", "Zo", "Zx",  // non-zero bits behind one byte ("Zg")
                             "Zm9", "Zm-", "Zm_",     // non-zero bits behind two bytes ("Zm8")
                             "Zm9\xc3\xa9", "\xff\xff\xff\xff", "Z.9v", "Z*9v");
  CAPTURE(text);
  CHECK_FALSE(base64url_decode(text));
  CHECK_FALSE(base64url_decode(std::string("Zm9\0", 4)));
}

TEST_CASE("base64url: of the 64 last characters only those with zero unused bits are read",
          "[core]") {
  constexpr std::string_view alphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  for (std::size_t i = 0; i < alphabet.size(); ++i) {
    CAPTURE(alphabet[i]);
    CHECK(base64url_decode(std::string("A") + alphabet[i]).has_value() == (i % 16 == 0));
    CHECK(base64url_decode(std::string("AA") + alphabet[i]).has_value() == (i % 4 == 0));
    CHECK(base64url_decode(std::string("AAA") + alphabet[i]).has_value());
  }
}

TEST_CASE("is_utf8: well-formed sequences at the edges of every length", "[core]") {
  const auto text = GENERATE(as<std::string>{}, "", "a", "\x7f", "\xc2\x80", "\xdf\xbf",
                             "\xe0\xa0\x80", "\xed\x9f\xbf", "\xee\x80\x80", "\xef\xbf\xbf",
                             "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf", "қазақша €😀");
  CAPTURE(text);
  CHECK(is_utf8(text));
  CHECK(is_utf8("x" + text + "y"));
  CHECK(is_utf8(std::string(1, '\0')));
}

TEST_CASE("is_utf8: ill-formed sequences are refused wherever they stand", "[core]") {
  const auto text =
      GENERATE(as<std::string>{}, "\x80", "\xbf",                       // continuation without lead
               "\xc0\x80", "\xc1\xbf",                                  // overlong, two bytes
               "\xe0\x80\x80", "\xe0\x9f\xbf",                          // overlong, three bytes
               "\xf0\x80\x80\x80", "\xf0\x8f\xbf\xbf",                  // overlong, four bytes
               "\xed\xa0\x80", "\xed\xbf\xbf",                          // surrogates
               "\xed\xa0\xbd\xed\xb8\x80",                              // a surrogate pair (CESU-8)
               "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff", "\xfe",  // beyond U+10FFFF
               "\xc2", "\xe2\x82", "\xf0\x9f\x98",                      // cut off
               "\xc2\x41", "\xe2\x41\x80", "\xe2\x82\x41", "\xf0\x41\x80\x80", "\xf0\x9f\x41\x80",
               "\xf0\x9f\x98\x41", "\xc2\xc2\x80", "\xe2\x82\xc0");
  CAPTURE(text);
  CHECK_FALSE(is_utf8(text));
  CHECK_FALSE(is_utf8("ab" + text));
  CHECK_FALSE(is_utf8("ab" + text + "c"));
}

TEST_CASE("to_text: decimal, both ends of 64 bits", "[core]") {
  CHECK(kelisim::to_text(0) == "0");
  CHECK(kelisim::to_text(-1) == "-1");
  CHECK(kelisim::to_text(10) == "10");
  CHECK(kelisim::to_text(9'007'199'254'740'991) == "9007199254740991");
  CHECK(kelisim::to_text(std::numeric_limits<std::int64_t>::max()) == "9223372036854775807");
  CHECK(kelisim::to_text(std::numeric_limits<std::int64_t>::min()) == "-9223372036854775808");
}
