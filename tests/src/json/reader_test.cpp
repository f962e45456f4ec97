// The strict reader: what is doubtful is refused, with its place.
#include <string>

#include "json/reader.hpp"
#include "json/writer.hpp"
#include "support/catch.hpp"

using kelisim::json::parse;
using kelisim::json::pointer;
using kelisim::json::write;

namespace {

std::string repeat(const std::string& text, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

/// "code path", or the canonical text when it was read.
std::string outcome(std::string_view text, kelisim::json::Limits limits = {}) {
  const auto got = parse(text, limits);
  return got ? write(*got) : got.error().code + " " + got.error().path;
}

}  // namespace

TEST_CASE("parse: a member name that stands twice is refused at every depth", "[json]") {
  struct Row {
    std::string text;
    std::string path;
  };
  const auto row =
      GENERATE(Row{R"({"a":1,"a":1})", "/a"}, Row{R"({"b":{"a":1,"c":2,"a":3}})", "/b/a"},
               Row{R"([0,[{"x":0,"x":0}]])", "/1/0/x"}, Row{R"({"a":1,"\u0061":2})", "/a"},
               Row{R"({"":1,"":2})", "/"}, Row{R"({"a/b~":1,"a/b~":2})", "/a~1b~0"},
               Row{R"({"é":1,"\u00e9":2})", "/é"},
               Row{R"({"p":{"q":[1,{"r":{"s":1,"s":2}}]}})", "/p/q/1/r/s"});
  CAPTURE(row.text);
  CHECK(outcome(row.text) == "json_duplicate " + row.path);
  for (const std::size_t depth : {1U, 10U, 60U}) {
    CHECK(outcome(repeat("[", depth - 1) + R"({"k":0,"k":0})" + repeat("]", depth - 1)) ==
          "json_duplicate " + repeat("/0", depth - 1) + "/k");
  }
}

TEST_CASE("parse: names that differ in Unicode form are different names", "[json]") {
  CHECK(outcome("{\"\xc3\xa9\":1,\"e\xcc\x81\":2}") == "{\"e\xcc\x81\":2,\"\xc3\xa9\":1}");
}

TEST_CASE("parse: not JSON is json_syntax", "[json]") {
  const auto text =
      GENERATE(as<std::string>{}, "", " ", "{", "}", "[", "[1", "[1,", "[1,]", "[,1]", "{\"a\"}",
               "{\"a\":}", "{\"a\":1,}", "{a:1}", "{'a':1}", "\"", "\"a", "'a'", "nul", "True",
               "NULL", "NaN", "Infinity", "undefined", "// c\n1", "/* */1", "1 2", "[] []", "1,",
               "01", "-", "+1", ".5", "1.", "1e", "1e+", "0x10", "--1", "\"\\x41\"", "\"\\u12\"",
               "\"\\u12g4\"", "\"a\nb\"", "\"a\tb\"", "\"\x01\"",
               "\xc2\xa0"
               "1",
               "\x0b"
               "1",
               "\x0c"
               "1",
               "[1 2]", "{\"a\":1 \"b\":2}", "{\"a\" 1}", "{1:2}", "{\"a\":1}}");
  CAPTURE(text);
  CHECK(outcome(text).substr(0, 12) == "json_syntax ");
}

// A NUL used to read as the end of the text: whatever stood behind it went unseen.
TEST_CASE("parse: a NUL is not the end of the text", "[json]") {
  const auto text =
      GENERATE(std::string("1\0", 2), std::string("{}\0junk", 7), std::string("[1]\0", 4),
               std::string("\0", 1),
               std::string("\0"
                           "1",
                           2),
               std::string("[1,\0]", 5), std::string("\"a\0b\"", 5), std::string("{\"a\0\":1}", 8),
               std::string("tr\0ue", 5), std::string("1 \0 2", 5));
  CHECK(outcome(text).substr(0, 12) == "json_syntax ");
}

TEST_CASE("parse: a byte order mark is refused", "[json]") {
  CHECK(outcome("\xef\xbb\xbf{}") == "json_syntax ");
  CHECK(outcome("{}\xef\xbb\xbf").substr(0, 12) == "json_syntax ");
}

TEST_CASE("parse: bad UTF-8 is refused, in strings, in names and between tokens", "[json]") {
  const auto bytes = GENERATE(as<std::string>{}, "\x80", "\xc0\x80", "\xe0\x80\x80", "\xed\xa0\x80",
                              "\xed\xa0\xbd\xed\xb8\x80", "\xf4\x90\x80\x80", "\xff", "\xc3");
  CHECK(outcome("\"" + bytes + "\"") == "json_utf8 ");
  CHECK(outcome("{\"" + bytes + "\":1}") == "json_utf8 ");
  CHECK(outcome("1" + bytes) == "json_utf8 ");
}

TEST_CASE("parse: a lone surrogate in escapes is refused, a pair is read", "[json]") {
  const auto text =
      GENERATE(as<std::string>{}, R"("\ud800")", R"("\udc00")", R"("\ud800\ud800")", R"("\ud800x")",
               R"("\ud83d\u0041")", R"("\udc00\ud800")", R"({"\ud800":1})", R"("\ud83d\n")");
  CAPTURE(text);
  CHECK(outcome(text).substr(0, 12) == "json_syntax ");
  CHECK(outcome(R"("\ud83d\ude00")") == "\"😀\"");
  CHECK(outcome(R"("\uffff\ufffe\u0000")") == "\"\xef\xbf\xbf\xef\xbf\xbe\\u0000\"");
}

TEST_CASE("parse: depth 64 is read, 65 is not; the limit is the caller's", "[json]") {
  CHECK(outcome(repeat("[", 64) + repeat("]", 64)) == repeat("[", 64) + repeat("]", 64));
  CHECK(outcome(repeat("[", 65) + repeat("]", 65)) == "json_depth " + repeat("/0", 64));
  CHECK(outcome(repeat(R"({"a":)", 64) + "1" + repeat("}", 64)) ==
        repeat(R"({"a":)", 64) + "1" + repeat("}", 64));
  CHECK(outcome(repeat(R"({"a":)", 65) + "1" + repeat("}", 65)) ==
        "json_depth " + repeat("/a", 64));
  CHECK(outcome("[[1]]", {.max_bytes = 100, .max_depth = 2}) == "[[1]]");
  CHECK(outcome("[[[]]]", {.max_bytes = 100, .max_depth = 2}) == "json_depth /0/0");
  CHECK(outcome("1", {.max_bytes = 100, .max_depth = 0}) == "1");
  // Nothing deep may reach the stack of the machine.
  CHECK(outcome(repeat("[", 500'000)).substr(0, 11) == "json_depth ");
}

TEST_CASE("parse: at most max_bytes, counted before anything is read", "[json]") {
  CHECK(outcome("\"aaaa\"", {.max_bytes = 6, .max_depth = 1}) == "\"aaaa\"");
  CHECK(outcome("\"aaaaa\"", {.max_bytes = 6, .max_depth = 1}) == "json_size ");
  CHECK(outcome("\xff\xff\xff\xff\xff\xff\xff", {.max_bytes = 6, .max_depth = 1}) == "json_size ");
}

TEST_CASE("parse: integers up to 2^53 - 1 either side; beyond, a JCS writer would change them",
          "[json]") {
  struct Row {
    std::string text;
    std::string want;
  };
  const auto row = GENERATE(
      Row{"9007199254740991", "9007199254740991"}, Row{"-9007199254740991", "-9007199254740991"},
      Row{"9007199254740992", "json_number "}, Row{"-9007199254740992", "json_number "},
      Row{"9007199254740993", "json_number "}, Row{"9223372036854775807", "json_number "},
      Row{"9223372036854775808", "json_number "}, Row{"-9223372036854775808", "json_number "},
      Row{"-9223372036854775809", "json_number "}, Row{"18446744073709551615", "json_number "},
      Row{"18446744073709551616", "json_number "}, Row{"1" + repeat("0", 30), "json_number "},
      Row{"[1,9007199254740992]", "json_number /1"},
      Row{R"({"a":{"b":-9007199254740992}})", "json_number /a/b"});
  CAPTURE(row.text);
  CHECK(outcome(row.text) == row.want);
}

TEST_CASE("parse: a number beyond the range of a double is refused", "[json]") {
  const auto text = GENERATE(as<std::string>{}, "1e400", "-1e400", "1e99999999999");
  CHECK_FALSE(parse(text, {.reals = true}));
}

TEST_CASE("parse: numbers with a fraction or an exponent are for those who ask for them",
          "[json]") {
  const auto text = GENERATE(as<std::string>{}, "1.0", "1e2", "-0.5", "[1,2.5]");
  CHECK(parse(text, {.reals = true}));
  CHECK(parse(text).error().code == "json_number");
}

TEST_CASE("parse: an error's path is the innermost value that was being read", "[json]") {
  CHECK(outcome(R"({"a":[1,2,x]})") == "json_syntax /a/2");
  CHECK(outcome(R"({"a":{"b":)") == "json_syntax /a/b");
  CHECK(outcome(R"([{},{"k~/":tru}])") == "json_syntax /1/k~0~1");
  CHECK(outcome(R"({"a":1)") == "json_syntax ");
}

TEST_CASE("pointer: RFC 6901 escapes", "[json]") {
  CHECK(pointer("", "") == "/");
  CHECK(pointer("/a", "b/c~d") == "/a/b~1c~0d");
  CHECK(pointer("/a", std::size_t{0}) == "/a/0");
  CHECK(pointer("", std::size_t{12}) == "/12");
}
