// Cutting addresses: what is judged is what the browser would connect to.
#include "enforce/address.hpp"

#include "enforce/decide.hpp"
#include "support/catch.hpp"

using namespace kelisim::enforce;

TEST_CASE("address: kind, host, path and query", "[enforce]") {
  struct Row {
    std::string url;
    Address::Kind kind;
    std::string host;
    std::string path;
  };
  const auto row = GENERATE(
      Row{"https://a.example/x/y?z=1#f", Address::Kind::network, "a.example", "/x/y?z=1"},
      Row{"https://a.example", Address::Kind::network, "a.example", ""},
      Row{"https://a.example?q", Address::Kind::network, "a.example", "?q"},
      Row{"https://a.example#/x", Address::Kind::network, "a.example", ""},
      Row{"https://a.example:/x", Address::Kind::network, "a.example", "/x"},
      Row{"https://u:p@a.example:1/x", Address::Kind::network, "a.example", "/x"},
      Row{"https://a.example/@b.example", Address::Kind::network, "a.example", "/@b.example"},
      Row{"https:a.example/x", Address::Kind::network, "a.example", "/x"},
      Row{"https:\\\\a.example\\x", Address::Kind::network, "a.example", "\\x"},
      Row{"https://[fa::0:9]/", Address::Kind::network, "[fa::0:9]", "/"},
      Row{"https://[2001:DB8::1]:80/", Address::Kind::network, "[2001:db8::1]", "/"},
      Row{"https://[::ffff:192.0.2.1]/", Address::Kind::network, "[::ffff:192.0.2.1]", "/"},
      Row{"https://my_host.example/", Address::Kind::network, "my_host.example", "/"},
      Row{"https://localhost/", Address::Kind::network, "localhost", "/"},
      Row{"stun:a.example:3478?x", Address::Kind::network, "a.example", "?x"},
      Row{"data:text/html,https://a.example/", Address::Kind::local, "", ""},
      Row{"x-app+v1.0:anything", Address::Kind::local, "", ""},
      Row{"", Address::Kind::invalid, "", ""}, Row{":", Address::Kind::invalid, "", ""},
      Row{"/x.js", Address::Kind::invalid, "", ""},
      Row{"//a.example/x", Address::Kind::invalid, "", ""},
      Row{"a.example", Address::Kind::invalid, "", ""},
      Row{"1https://a.example/", Address::Kind::invalid, "", ""},
      Row{" https://a.example/", Address::Kind::invalid, "", ""},
      Row{"ht tps://a.example/", Address::Kind::invalid, "", ""},
      Row{"https://", Address::Kind::invalid, "", ""},
      Row{"https:///", Address::Kind::invalid, "", ""},
      Row{"https://a%2eb/", Address::Kind::invalid, "", ""},
      Row{"https://a..b/", Address::Kind::invalid, "", ""},
      Row{"https://.a.example/", Address::Kind::invalid, "", ""},
      Row{"https://./", Address::Kind::invalid, "", ""},
      Row{"https://a.example../", Address::Kind::invalid, "", ""},
      Row{"https://қазақ.example/", Address::Kind::invalid, "", ""},
      Row{"https://a\tb/", Address::Kind::invalid, "", ""},
      Row{"https://[]/", Address::Kind::invalid, "", ""},
      Row{"https://[::1]x/", Address::Kind::invalid, "", ""},
      Row{"https://[::1/", Address::Kind::invalid, "", ""},
      Row{"https://::1/", Address::Kind::invalid, "", ""});
  CAPTURE(row.url);
  const Address address = cut_address(row.url);
  CHECK(address.kind == row.kind);
  CHECK(address.host == row.host);
  if (row.kind == Address::Kind::network) CHECK(address.path == row.path);
  CHECK(host_of(row.url) == row.host);
}

TEST_CASE("address: below means a label more, not a longer name", "[enforce]") {
  CHECK(is_below("a.x.example", "x.example"));
  CHECK(is_below("b.a.x.example", "x.example"));
  CHECK_FALSE(is_below("x.example", "x.example"));
  CHECK_FALSE(is_below("ax.example", "x.example"));
  CHECK_FALSE(is_below(".x.example", "x.example"));
  CHECK_FALSE(is_below("x.example", "a.x.example"));
  CHECK_FALSE(is_below("anything.", ""));
  CHECK(host_fits("*.x.example", "a.x.example"));
  CHECK_FALSE(host_fits("*.x.example", "x.example"));
  CHECK(host_fits("x.example", "x.example"));
  CHECK_FALSE(host_fits("x.example", "a.x.example"));
  CHECK_FALSE(host_fits("*", "x.example"));
}
