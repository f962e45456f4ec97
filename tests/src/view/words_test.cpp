// Small letters and look-alikes in Latin, Russian and Kazakh.
#include "view/words.hpp"

#include <utility>

#include "support/catch.hpp"

using kelisim::view::lower_first;
using kelisim::view::search_key;
using Row = std::pair<const char*, const char*>;

TEST_CASE("lower_first: words get a small letter, abbreviations keep theirs", "[view]") {
  const auto row = GENERATE(values<Row>({{"Адрес", "адрес"},
                                         {"Ёлка", "ёлка"},
                                         {"Қызмет", "қызмет"},
                                         {"Өтінім", "өтінім"},
                                         {"Әкімшілік", "әкімшілік"},
                                         {"Іздеу", "іздеу"},
                                         {"Name", "name"},
                                         {"IP-адрес", "IP-адрес"},
                                         {"БИН", "БИН"},
                                         {"ИИН", "ИИН"},
                                         {"SMS", "SMS"},
                                         {"В сроки", "в сроки"},
                                         {"Я", "Я"},
                                         {"", ""},
                                         {"3.2", "3.2"},
                                         {"e-mail", "e-mail"}}));
  CHECK(lower_first(row.first) == row.second);
}

TEST_CASE("upper_first: a sentence starts with a capital letter", "[view]") {
  CHECK(kelisim::view::upper_first("саясатта") == "Саясатта");
  CHECK(kelisim::view::upper_first("құқық") == "Құқық");
  CHECK(kelisim::view::upper_first("the policy") == "The policy");
  CHECK(kelisim::view::upper_first("5 дней") == "5 дней");
  CHECK(kelisim::view::upper_first("").empty());
}

TEST_CASE("search_key: texts that look alike have the same key", "[view]") {
  // Latin "IP" and the Cyrillic letters І and Р.
  CHECK(search_key("IP") == search_key("\xD0\x86\xD0\xA0"));
  CHECK(search_key("COOKIE") == search_key("сооkіе"));
  CHECK(search_key("Всё") == search_key("все"));
  CHECK(search_key("  a\xC2\xA0 b\n\tc ") == "a b c");
  CHECK(search_key("пер\xC2\xADсональ") == search_key("персональ"));
  CHECK(search_key("ҚҰҚЫҚ") == search_key("құқық"));
  CHECK(search_key("данные") != search_key("дания"));
  // As it is typed where the keyboard has no Kazakh letters, and the Latin і for the Kazakh one.
  CHECK(search_key("Дербес дерекқор") == search_key("дербес дереккор"));
  CHECK(search_key("КЕЛІСІМ") == search_key("келисим"));
  CHECK(search_key("келісім") == search_key("кeлiciм"));
  CHECK(search_key("мәлімет, өңдеу, ұғым, үлгі") == search_key("малимет, ондеу, угым, улги"));
  CHECK(search_key("хабар") != search_key("кабар"));
}
