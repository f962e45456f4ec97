// The writer: every text escaped, elements nested and named right, nothing but safe addresses.
#include "view/html.hpp"

#include <set>

#include "json/writer.hpp"
#include "support/catch.hpp"
#include "support/view.hpp"

using namespace kelisim;
using Catch::Matchers::ContainsSubstring;
using test::Value;

namespace {

Value node(const std::string& json) { return test::expect(json::parse(json)); }

std::string html_of(const std::string& json) { return view::html(node(json)); }

struct Tag {
  std::string name;
  std::map<std::string, std::string> attributes;
  bool closing = false;
};

/// The tags of a text this writer wrote; fails the test where the syntax is not HTML.
std::vector<Tag> tags(const std::string& html) {
  std::vector<Tag> all;
  std::size_t at = 0;
  while ((at = html.find('<', at)) != std::string::npos) {
    const auto end = html.find('>', at);
    REQUIRE(end != std::string::npos);
    std::string inside = html.substr(at + 1, end - at - 1);
    at = end + 1;
    Tag tag;
    tag.closing = inside.starts_with('/');
    if (tag.closing) inside.erase(0, 1);
    auto from = inside.find(' ');
    tag.name = inside.substr(0, from);
    while (from != std::string::npos && from < inside.size()) {
      const auto is = inside.find("=\"", from);
      REQUIRE(is != std::string::npos);
      const auto close = inside.find('"', is + 2);
      REQUIRE(close != std::string::npos);
      const std::string name = inside.substr(from + 1, is - from - 1);
      CHECK_FALSE(tag.attributes.contains(name));
      CHECK(name.find_first_not_of("abcdefghijklmnopqrstuvwxyz-") == std::string::npos);
      tag.attributes[name] = inside.substr(is + 2, close - is - 2);
      from = close + 1;
    }
    all.push_back(std::move(tag));
  }
  return all;
}

constexpr const char* k_hostile =
    "<script>alert(1)</script>\"'&<img src=x onerror=alert(1)> onclick=\"x\" javascript:alert(1) "
    "]]> <!-- {x}";

void poison(Value& value, const std::string& key) {
  // Text for people, and verbatim names; ids, hashes and enumerations are checked by the reader.
  static const std::set<std::string> k_texts = {
      "kk", "ru", "en", "legal_name", "address", "term", "printed", "operator", "subject"};
  if (value.is_string() && k_texts.contains(key)) value = k_hostile;
  for (Value& item : value.items()) poison(item, key);
  for (auto& member : value.members()) poison(member.value, member.key);
}

}  // namespace

TEST_CASE("html: text and attribute values are escaped", "[view]") {
  CHECK(html_of(R"({"kind":"text","text":"<b>&\"'"})") ==
        "<p class=\"text\"><span class=\"words\">&lt;b&gt;&amp;&quot;&#39;</span></p>");
  CHECK(html_of(R"({"kind":"row","id":"\"><script>","label":"x"})") ==
        "<div class=\"row\" data-id=\"&quot;&gt;&lt;script&gt;\"><p class=\"head\"><b "
        "class=\"label\">x</b></p></div>");
}

TEST_CASE("html: an address that is not https, mailto or tel stays words", "[view]") {
  const auto bad = GENERATE("javascript:alert(1)", "data:text/html,<script>", "http://a.kz",
                            " https://a.kz", "JAVASCRIPT:x", "vbscript:x");
  const std::string html = view::html(
      Value::object().set("kind", "link").set("text", "x").set("href", bad).set("rel", "outside"));
  CHECK(html == "<p class=\"link\"><span class=\"words\">x</span></p>");
}

TEST_CASE("html: links leave in a page of their own without a way back, mail and phone do not",
          "[view]") {
  CHECK(html_of(R"({"kind":"link","text":"x","href":"https://a.kz","rel":"policy","note":"n"})") ==
        "<p class=\"link\"><a href=\"https://a.kz\" data-rel=\"policy\" target=\"_blank\" "
        "rel=\"noopener noreferrer\">x</a> <span class=\"note\">n</span></p>");
  CHECK(html_of(R"({"kind":"link","label":"l","text":"x","href":"tel:+7","rel":"tel"})") ==
        "<p class=\"link\"><b class=\"label\">l</b> <a href=\"tel:+7\" data-rel=\"tel\">x</a></p>");
}

TEST_CASE("html: each kind becomes the elements html.hpp promises", "[view]") {
  const std::string refs =
      R"x("clauses":[{"id":"3.2.5","label":"3.2.5 (2.2.5)","name":"Clause 3.2.5"},{"id":"5.¶1","label":"5, para. 1"}])x";
  const std::string buttons =
      "<button type=\"button\" class=\"ref\" data-clause=\"3.2.5\" aria-label=\"Clause "
      "3.2.5\">3.2.5 "
      "(2.2.5)</button> "
      "<button type=\"button\" class=\"ref\" data-clause=\"5.¶1\">5, para. 1</button>";
  struct Row {
    std::string tree;
    std::string want;
  };
  const auto row = GENERATE_COPY(
      Row{R"({"kind":"item","label":"l","text":"t","lang":"ru","tone":"warning","marks":["a","b"],"note":"n",)" +
              refs + "}",
          "<li class=\"item\" data-tone=\"warning\"><p class=\"head\"><b class=\"label\">l</b> "
          "<span class=\"words\" lang=\"ru\">t</span> <small class=\"mark\">a</small> "
          "<small class=\"mark\">b</small> <span class=\"note\">n</span> <span class=\"refs\">" +
              buttons + "</span></p></li>"},
      Row{R"({"kind":"line","id":"who","label":"l","text":"t",)" + refs +
              R"(,"children":[{"kind":"list","children":[]}]})",
          "<details class=\"line\" data-id=\"who\"><summary><b class=\"label\">l</b> <span "
          "class=\"words\">t</span> <small class=\"nums\">3.2.5 (2.2.5), 5, para. "
          "1</small></summary><div class=\"body\"><ul class=\"list\"></ul></div></details>"},
      Row{R"({"kind":"line","id":"who","label":"l",)" + refs + "}",
          "<p class=\"line\" data-id=\"who\"><b class=\"label\">l</b> <span class=\"refs\">" +
              buttons + "</span></p>"},
      Row{R"({"kind":"switch","scope":"purpose","id":"x","label":"l","children":[{"kind":"text","text":"c"}]})",
          "<div class=\"switch\"><label class=\"head\"><input type=\"checkbox\" role=\"switch\" "
          "part=\"switch\" data-scope=\"purpose\" data-id=\"x\"> <b "
          "class=\"label\">l</b></label><div class=\"body\"><p class=\"text\"><span "
          "class=\"words\">c</span></p></div></div>"},
      Row{R"({"kind":"switch","scope":"category","id":"x","label":"l","text":"t"})",
          "<div class=\"switch\"><label class=\"head\"><input type=\"checkbox\" part=\"switch\" "
          "data-scope=\"category\" data-id=\"x\" aria-describedby=\"k--1\"> <b "
          "class=\"label\">l</b></label><p class=\"head\"><span class=\"words\" "
          "id=\"k--1\">t</span></p></div>"},
      Row{R"({"kind":"button","text":"t","part":"grant-all","action":"grant_all","weight":"equal"})",
          "<button type=\"button\" part=\"grant-all\" data-action=\"grant_all\" "
          "data-weight=\"equal\">t</button>"},
      Row{R"({"kind":"row","id":"x","label":"l","locked":true})",
          "<div class=\"row\" data-id=\"x\" data-locked=\"true\"><p class=\"head\"><b "
          "class=\"label\">l</b></p></div>"},
      Row{R"({"kind":"quote","text":"t","lang":"ru"})",
          "<blockquote class=\"quote\"><p class=\"head\"><span class=\"words\" "
          "lang=\"ru\">t</span></p></blockquote>"},
      Row{R"({"kind":"clause","id":"s1","label":"l","text":"t","level":2})",
          "<h3 class=\"clause\" data-id=\"s1\"><b class=\"label\">l</b> <span "
          "class=\"words\">t</span></h3>"},
      Row{R"({"kind":"clause","id":"1.1","label":"l","text":null,"level":3})",
          "<p class=\"clause\" data-id=\"1.1\"><b class=\"label\">l</b></p>"},
      Row{R"({"kind":"close","text":"t"})",
          "<button type=\"button\" class=\"close\" data-action=\"close\" aria-label=\"t\"><span "
          "aria-hidden=\"true\">×</span></button>"},
      Row{R"({"kind":"actions","children":[]})", "<div class=\"actions\" role=\"group\"></div>"},
      Row{R"({"kind":"marquee","text":"t"})", ""});
  CHECK(html_of(row.tree) == row.want);
}

TEST_CASE(
    "html: layers of all policies are well-formed, ids are unique, headings go down one step at a "
    "time",
    "[view]") {
  const auto& shop = test::shop(GENERATE(from_range(test::k_policies)));
  const std::string lang = GENERATE("kk", "en");
  for (const std::string name : {"notice", "choices", "policy", "rights", "receipts"}) {
    view::Request request{.layer = name};
    request.text = name == "policy";
    request.texts = &shop.texts;
    CAPTURE(shop.policy.id, name);
    std::vector<std::string> open;
    std::set<std::string> ids;
    std::set<std::string> wanted_ids;
    int heading = 1;
    for (const Tag& tag : tags(view::html(shop.layer(lang, request)))) {
      if (tag.closing) {
        REQUIRE_FALSE(open.empty());
        CHECK(open.back() == tag.name);
        open.pop_back();
        continue;
      }
      if (tag.name != "input") open.push_back(tag.name);
      if (tag.attributes.contains("id")) CHECK(ids.insert(tag.attributes.at("id")).second);
      for (const char* reference : {"aria-labelledby", "aria-describedby"}) {
        if (tag.attributes.contains(reference)) wanted_ids.insert(tag.attributes.at(reference));
      }
      if (tag.name.size() == 2 && tag.name[0] == 'h') {
        const int level = tag.name[1] - '0';
        CHECK(level <= heading + 1);
        heading = level;
      }
      if (tag.name == "p" || tag.name == "summary" || tag.name == "label" || tag.name == "button") {
        // Phrasing content only: nothing that opens a block lies in these.
        CHECK(std::count(open.begin(), open.end(), "p") <= 1);
      }
      if (tag.name == "button") {
        CHECK(tag.attributes.at("type") == "button");
        CHECK(std::find(open.begin(), open.end(), "summary") == open.end());
      }
      if (tag.name == "input") CHECK_FALSE(tag.attributes.contains("checked"));
    }
    CHECK(open.empty());
    for (const auto& id : wanted_ids) CHECK(ids.contains(id));
  }
}

TEST_CASE("html: a hostile policy adds no element, no attribute and no script", "[view]") {
  const std::string name = GENERATE(from_range(test::k_policies));
  Value document = test::expect(json::parse(test::policy_document(name)));
  const auto clean = test::expect(policy::parse(json::write(document)));
  poison(document, "");
  document.find("operator")->set("name", k_hostile);
  auto policy = test::expect(policy::parse(json::write(document)));
  // The reader would refuse these; the view does not rely on it.
  for (auto& contact : policy.contacts) contact.value = "javascript:alert(1)";
  if (policy.edition.url_href) policy.edition.url_href = "javascript:alert(1)";
  const auto catalogue = test::catalogue();
  for (const std::string layer : {"notice", "choices", "policy", "rights"}) {
    CAPTURE(name, layer);
    view::Request request{.layer = layer};
    const auto write = [&](const policy::Policy& of) {
      const Value tree = test::expect(view::layer(
          of, test::expect(enforce::resolve(of, &catalogue)), test::locale("en"), request));
      return view::html(tree);
    };
    const std::string html = write(policy);
    CHECK_THAT(html, !ContainsSubstring("<script") && !ContainsSubstring("<img") &&
                         !ContainsSubstring("href=\"javascript"));
    CHECK_THAT(html, ContainsSubstring("&lt;script&gt;"));
    std::set<std::string> known;
    for (const Tag& tag : tags(write(clean))) {
      for (const auto& attribute : tag.attributes) known.insert(tag.name + " " + attribute.first);
    }
    for (const Tag& tag : tags(html)) {
      for (const auto& attribute : tag.attributes)
        CHECK(known.contains(tag.name + " " + attribute.first));
    }
  }
}
