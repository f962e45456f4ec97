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

TEST_CASE("search_key: texts that look alike have the same key", "[view]") {
  // Latin "IP" and the Cyrillic letters І and Р.
  CHECK(search_key("IP") == search_key("\xD0\x86\xD0\xA0"));
  CHECK(search_key("COOKIE") == search_key("сооkіе"));
  CHECK(search_key("Всё") == search_key("все"));
  CHECK(search_key("  a\xC2\xA0 b\n\tc ") == "a b c");
  CHECK(search_key("пер\xC2\xADсональ") == search_key("персональ"));
  CHECK(search_key("ҚҰҚЫҚ") == search_key("құқық"));
  CHECK(search_key("данные") != search_key("дания"));
}
