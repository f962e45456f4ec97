// Languages of the interface: reading, plurals, durations, dates, names.
#include "view/locale.hpp"
#include "support/catch.hpp"
#include "support/view.hpp"

using namespace kelisim;
using view::Locale;

namespace {

std::string small(const std::string& members) {
  return R"({"format":"kelisim-locale-1","lang":"en","dir":"ltr","plural":{"one":"1"},)" + members +
         "}";
}

}  // namespace

TEST_CASE("locale: what is not a locale is refused with its place", "[view]") {
  struct Row {
    std::string text;
    std::string code;
    std::string path;
  };
  const auto row = GENERATE(
      Row{R"({"format":"kelisim-locale-2"})", "locale_format", "/format"},
      Row{R"({"format":"kelisim-locale-1","lang":""})", "locale_type", "/lang"},
      Row{R"({"format":"kelisim-locale-1","lang":"en","dir":"up"})", "locale_type", "/dir"},
      Row{R"({"format":"kelisim-locale-1","lang":"en","dir":"ltr","plural":"two"})", "locale_type",
          "/plural"},
      Row{R"({"format":"kelisim-locale-1","lang":"en","dir":"ltr","plural":{"one":1}})",
          "locale_type", "/plural/one"},
      Row{small(R"("strings":[])"), "locale_type", "/strings"},
      Row{small(R"("strings":{"a":1})"), "locale_type", "/strings/a"},
      Row{small(R"("strings":{"b":"x","a":"y"})"), "locale_order", "/strings/a"},
      Row{"{", "json_syntax", ""});
  CAPTURE(row.text);
  const auto got = Locale::parse(row.text);
  REQUIRE_FALSE(got);
  CHECK(got.error().code == row.code);
  if (row.code != "json_syntax") CHECK(got.error().path == row.path);
}

TEST_CASE("locale: placeholders are filled once, values are never read as patterns", "[view]") {
  const auto en = test::expect(Locale::parse(small(
      R"("strings":{"a":"{x} and {y}{z}","n#one":"{n} of {x}","n#other":"{n} of {x}, {n}"})")));
  CHECK(en.text("a", {{"x", "{y}"}, {"y", "2"}}) == "{y} and 2");
  CHECK(en.count("n", 5, {{"x", "{n}"}}) == "5 of {n}, 5");
  CHECK(en.count("n", 1, {{"x", "2"}}) == "1 of 2");
  CHECK(en.text("missing") == "missing");
}

TEST_CASE("locale: Russian plurals follow the last digits", "[view]") {
  const auto row = GENERATE(values<std::pair<int, const char*>>({{1, "1 день"},
                                                                 {2, "2 дня"},
                                                                 {4, "4 дня"},
                                                                 {5, "5 дней"},
                                                                 {11, "11 дней"},
                                                                 {12, "12 дней"},
                                                                 {14, "14 дней"},
                                                                 {15, "15 дней"},
                                                                 {21, "21 день"},
                                                                 {22, "22 дня"},
                                                                 {30, "30 дней"},
                                                                 {101, "101 день"},
                                                                 {111, "111 дней"},
                                                                 {112, "112 дней"},
                                                                 {0, "0 дней"}}));
  CHECK(test::locale("ru").count("span.D", row.first) == row.second);
}

TEST_CASE("locale: a plural rule that cannot be read is refused, not guessed at", "[view]") {
  const auto* rule =
      GENERATE("", "n", "1 ", "1-", "%10", "%:1", "1,,2", "1  2", "|1", "1!2", "%10:%2:1", "1.5");
  CAPTURE(rule);
  const auto got = Locale::parse(
      std::string(R"({"format":"kelisim-locale-1","lang":"xx","dir":"ltr","plural":{"few":")") +
      rule + R"("},"strings":{}})");
  REQUIRE_FALSE(got);
  CHECK(got.error().path == "/plural/few");
}

TEST_CASE("locale: plural rules of a language come from its file", "[view]") {
  struct Row {
    const char* plural;
    std::vector<const char*> forms;  // of 0, 1, 2, 3, 10, 11, 20, 21, 100, 101, 103, 111
  };
  const auto row = GENERATE(
      // Arabic, Latvian (an alternative), Polish, Slovenian.
      Row{R"({"zero":"0","one":"1","two":"2","few":"%100:3-10","many":"%100:11-99"})",
          {"zero", "one", "two", "few", "few", "many", "many", "many", "other", "other", "few",
           "many"}},
      Row{R"({"zero":"%10:0|%100:11-19","one":"%10:1 %100:!11"})",
          {"zero", "one", "other", "other", "zero", "zero", "zero", "one", "zero", "one", "other",
           "zero"}},
      Row{R"({"one":"1","few":"%10:2-4 %100:!12-14","many":"0,5-19|%10:0-1,5-9 20-999"})",
          {"many", "one", "few", "few", "many", "many", "many", "many", "many", "many", "few",
           "many"}},
      Row{R"({"one":"%100:1","two":"%100:2","few":"%100:3-4"})",
          {"other", "one", "two", "few", "other", "other", "other", "other", "other", "one", "few",
           "other"}});
  const auto locale = test::expect(Locale::parse(
      std::string(R"({"format":"kelisim-locale-1","lang":"xx","dir":"ltr","plural":)") +
      row.plural +
      R"(,"strings":{"x#few":"few","x#many":"many","x#one":"one","x#other":"other","x#two":"two","x#zero":"zero"}})"));
  const int numbers[] = {0, 1, 2, 3, 10, 11, 20, 21, 100, 101, 103, 111};
  for (std::size_t i = 0; i < row.forms.size(); ++i) {
    CAPTURE(row.plural, numbers[i]);
    CHECK(locale.count("x", numbers[i]) == row.forms[i]);
  }
}

TEST_CASE("locale: a form the file has no sentence for is told as any other number", "[view]") {
  const auto en = test::expect(Locale::parse(small(R"("strings":{"n#other":"{n} of them"})")));
  CHECK(en.count("n", 1) == "1 of them");
}

TEST_CASE("locale: what is filled in from right to left keeps its own direction", "[view]") {
  const auto ar = test::expect(Locale::parse(
      R"({"format":"kelisim-locale-1","lang":"ar","dir":"rtl","plural":{},"strings":{"a":"<{x}>","comma":"،"}})"));
  CHECK(ar.text("a", {{"x", "shop.kz (2)"}}) == "<\xE2\x81\xA8shop.kz (2)\xE2\x81\xA9>");
  std::string list = "a";
  ar.join(list, "b");
  CHECK(list == "a، b");
}

TEST_CASE("locale: durations in the words of each language", "[view]") {
  struct Row {
    const char* lang;
    const char* iso;
    const char* want;
  };
  const auto row =
      GENERATE(Row{"ru", "P12M", "12 месяцев"}, Row{"ru", "P1Y6M", "1 год 6 месяцев"},
               Row{"ru", "P2W", "2 недели"}, Row{"en", "P30D", "30 days"},
               Row{"en", "P1M", "1 month"}, Row{"kk", "P12M", "12 ай"}, Row{"kk", "P1Y", "1 жыл"});
  CHECK(test::locale(row.lang).duration(row.iso) == row.want);
}

TEST_CASE("locale: lifetimes are rounded to the unit people would use", "[view]") {
  struct Row {
    std::int64_t seconds;
    const char* want;
  };
  const auto row =
      GENERATE(Row{0, "until the browser is closed"}, Row{5, "1 minute"}, Row{600, "10 minutes"},
               Row{7200, "2 hours"}, Row{3600, "1 hour"}, Row{86399, "24 hours"},
               Row{86400, "1 day"}, Row{172800, "2 days"}, Row{1209600, "14 days"},
               Row{7776000, "3 months"}, Row{15552000, "6 months"}, Row{31536000, "1 year"},
               Row{33696000, "13 months"}, Row{63072000, "2 years"}, Row{315360000, "10 years"});
  CAPTURE(row.seconds);
  CHECK(test::locale("en").age(row.seconds) == row.want);
}

TEST_CASE("locale: dates as each language writes them, and what is no date as it is", "[view]") {
  CHECK(test::locale("ru").date("2019-10-15") == "15 октября 2019 г.");
  CHECK(test::locale("kk").date("2013-05-21") == "2013 жылғы 21 мамыр");
  CHECK(test::locale("en").date("2026-01-01T09:00:00Z") == "1 January 2026");
  CHECK(test::locale("en").date("2026-12-31") == "31 December 2026");
  CHECK(test::locale("en").date("2026-13-01") == "2026-13-01");
  CHECK(test::locale("en").date("soon") == "soon");
}

TEST_CASE("locale: every country of an operator in the catalogue has a name in every language",
          "[view]") {
  const auto source = test::expect(json::parse(test::read_file("src/enforce/services.json")));
  const auto words = test::locale(GENERATE("kk", "ru", "en"));
  for (const auto& service : source["services"].items()) {
    const auto& code = service["operator_country"].as_string();
    CAPTURE(code);
    if (code != "-") CHECK(words.country(code) != code);
  }
  CHECK(words.country("XX") == "XX");
  CHECK(words.in_language("xx") == "xx");
}
