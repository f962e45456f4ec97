// Addresses: mail with the exact subject, phone digits, https only.
#include "view/href.hpp"

#include <utility>

#include "support/catch.hpp"

using namespace kelisim::view;
using Row = std::pair<const char*, const char*>;

TEST_CASE("mail_href: the subject is percent-encoded byte by byte (RFC 6068)", "[view]") {
  CHECK(mail_href("info@allur.kz", "") == "mailto:info@allur.kz");
  CHECK(mail_href("a@b.kz", "Отзыв, & ?=#") ==
        "mailto:a@b.kz?subject=%D0%9E%D1%82%D0%B7%D1%8B%D0%B2%2C%20%26%20%3F%3D%23");
  CHECK(mail_href("a+b@c.kz", "x") == "mailto:a%2Bb@c.kz?subject=x");
}

TEST_CASE("mail_href: what is not one address gives none, and nothing can add a header", "[view]") {
  const auto bad = GENERATE("", "info", "@b.kz", "a@", "a@b@c", "a@b.kz,c@d.kz", "a b@c.kz",
                            "a@b.kz\nBcc:x", "<a@b.kz>");
  CHECK(mail_href(bad, "x").empty());
  CHECK(mail_href("a@b.kz?cc=c", "x").find("?cc") == std::string::npos);
}

TEST_CASE("phone_href: the digits of a printed number", "[view]") {
  const auto row = GENERATE(values<Row>({{"+7 (707) 840-51-61", "tel:+77078405161"},
                                         {"8 800 080 70 70", "tel:88000807070"},
                                         {"112", "tel:112"},
                                         {"11", ""},
                                         {"звоните", ""},
                                         {"+7 707 840 51 61 доб. 5", "tel:+77078405161"},
                                         {"7+8", ""},
                                         {"", ""}}));
  CHECK(phone_href(row.first) == row.second);
}

TEST_CASE("web_href: https alone, http is raised to it", "[view]") {
  const auto row = GENERATE(values<Row>({{"https://a.kz/x", "https://a.kz/x"},
                                         {"http://a.kz/x", "https://a.kz/x"},
                                         {"HTTPS://a.kz", "HTTPS://a.kz"},
                                         {"ftp://a.kz", ""},
                                         {"javascript:alert(1)", ""},
                                         {"https://", ""},
                                         {"//a.kz", ""},
                                         {"https://a.kz/\nx", ""},
                                         {"http://http://a.kz", "https://http://a.kz"}}));
  CHECK(web_href(row.first) == row.second);
}

TEST_CASE("is_safe_href: https, mailto and tel, and nothing that hides a scheme", "[view]") {
  CHECK(is_safe_href("https://a.kz"));
  CHECK(is_safe_href("mailto:a@b.kz"));
  CHECK(is_safe_href("tel:+7"));
  const auto bad =
      GENERATE("javascript:alert(1)", "JaVaScRiPt:x", "data:text/html,x", "vbscript:x",
               " https://a.kz", "java\tscript:x", "http://a.kz", "/x", "", "https:", "tel:");
  CHECK_FALSE(is_safe_href(bad));
}

TEST_CASE("host_part: the host that is really asked", "[view]") {
  const auto row = GENERATE(values<Row>({{"https://www.Letoile.kz/", "www.letoile.kz"},
                                         {"https://letoile.kz@evil.example/", "evil.example"},
                                         {"https://a.kz:8443?x", "a.kz"},
                                         {"https://evil.example\\@a.kz", "evil.example"},
                                         {"mailto:a@b.kz", ""}}));
  CHECK(host_part(row.first) == row.second);
}
