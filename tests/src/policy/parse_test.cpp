// The policy reader: the five shops load, every kind of error is found with its place, all at once.
#include <algorithm>
#include <functional>
#include <string>

#include "core/encoding.hpp"
#include "json/reader.hpp"
#include "json/writer.hpp"
#include "policy/parse.hpp"
#include "support/catch.hpp"
#include "support/files.hpp"

using namespace kelisim;
using json::Value;

namespace {

Value fixture() {
  auto document = json::parse(test::read_file("tests/vectors/policy.json"));
  REQUIRE(document);
  return *document;
}

/// The value at a JSON Pointer of simple names and indexes.
Value& at(Value& root, std::string_view pointer) {
  Value* here = &root;
  while (!pointer.empty()) {
    pointer.remove_prefix(1);
    const auto slash = pointer.find('/');
    const std::string name(pointer.substr(0, slash));
    pointer = slash == std::string_view::npos ? std::string_view() : pointer.substr(slash);
    here = here->is_array() ? &here->items().at(std::stoul(name)) : here->find(name);
    REQUIRE(here != nullptr);
  }
  return *here;
}

bool has(const std::vector<Error>& errors, const std::string& code, const std::string& path) {
  return std::any_of(errors.begin(), errors.end(),
                     [&](const Error& e) { return e.code == code && e.path == path; });
}

}  // namespace

TEST_CASE("parse: the five shops' documents load without an error", "[policy]") {
  for (const char* name : test::k_policies) {
    CAPTURE(name);
    const auto policy = policy::parse(test::policy_document(name));
    if (!policy) {
      for (const Error& error : policy.errors())
        UNSCOPED_INFO(error.code << " " << error.path << " " << error.message);
    }
    REQUIRE(policy);
    CHECK(policy->id == name);
    CHECK(policy->jurisdiction == "KZ");
    CHECK(policy->config_sha256.size() == 43);
  }
}

TEST_CASE("text: the clause texts put together are the source text, character for character",
          "[policy]") {
  for (const char* name : test::k_policies) {
    CAPTURE(name);
    const auto policy = policy::parse(test::policy_document(name));
    REQUIRE(policy);
    REQUIRE(sha256_text(test::policy_source(name)) == policy->edition.text_sha256);
    const auto texts = policy::parse_text(*policy, test::policy_text(name));
    REQUIRE(texts);
    CHECK(texts->size() == policy->clauses.size());
  }
}

TEST_CASE(
    "text: every clause is used by a line of the summary or listed as full-text-only, never both",
    "[policy]") {
  for (const char* name : test::k_policies) {
    CAPTURE(name);
    auto document = json::parse(test::policy_document(name));
    REQUIRE(document);
    // With every mark turned round, every clause is an error.
    for (Value& clause : document->find("clauses")->items())
      clause.set("full_text_only", !clause["full_text_only"].as_bool());
    const auto result = policy::parse(json::write(*document));
    REQUIRE_FALSE(result);
    const std::vector<Value>& clauses = (*document)["clauses"].items();
    REQUIRE(result.errors().size() == clauses.size());
    for (std::size_t i = 0; i < clauses.size(); ++i) {
      const bool twice = clauses[i]["full_text_only"].as_bool();
      CHECK(result.errors()[i].code == (twice ? "policy_clause_twice" : "policy_clause_unused"));
      CHECK(result.errors()[i].path == "/clauses/" + std::to_string(i));
    }
  }
}

TEST_CASE("parse: unknown members are kept out of the way, an unknown format version is an error",
          "[policy]") {
  Value document = fixture();
  document.set("future", Value::object().set("x", 1));
  CHECK(policy::parse(json::write(document)));
  document.set("format", "kelisim-policy-2");
  const auto result = policy::parse(json::write(document));
  REQUIRE_FALSE(result);
  CHECK(result.error() ==
        Error{"policy_version", "/format", "a version that is not known; this is read: 1"});
  document.set("format", "kelisim-receipt-1");
  CHECK(policy::parse(json::write(document)).error() ==
        Error{"policy_format", "/format", "the format has to be \"kelisim-policy-1\""});
}

TEST_CASE("parse: each broken document is refused with its code and place", "[policy]") {
  struct Row {
    const char* code;
    const char* path;
    std::function<void(Value&)> breaks;
  };
  const Row rows[] = {
      {"policy_missing", "/operator", [](Value& d) { d.erase("operator"); }},
      {"policy_missing", "/operator/bin", [](Value& d) { at(d, "/operator").erase("bin"); }},
      {"policy_missing", "/edition/url", [](Value& d) { at(d, "/edition").erase("url"); }},
      {"policy_missing", "/purposes/0/name/kk",
       [](Value& d) { at(d, "/purposes/0/name").erase("kk"); }},
      {"policy_missing", "/rights", [](Value& d) { at(d, "/rights").items().pop_back(); }},
      {"policy_type", "/operator", [](Value& d) { d.set("operator", "x"); }},
      {"policy_type", "/purposes", [](Value& d) { d.set("purposes", Value::object()); }},
      {"policy_type", "/purposes/1", [](Value& d) { at(d, "/purposes/1") = Value(7); }},
      {"policy_type", "/cross_border/bundled",
       [](Value& d) { at(d, "/cross_border").set("bundled", "no"); }},
      {"policy_value", "/id", [](Value& d) { d.set("id", "Not An Id"); }},
      {"policy_value", "/operator/bin",
       [](Value& d) { at(d, "/operator").set("bin", "12345678901"); }},
      {"policy_value", "/operator/sites",
       [](Value& d) { at(d, "/operator").set("sites", Value::array()); }},
      {"policy_value", "/operator/sites/0",
       [](Value& d) { at(d, "/operator/sites/0") = Value("https://shop.example"); }},
      {"policy_value", "/contacts/0/value",
       [](Value& d) { at(d, "/contacts/0").set("value", "javascript:x"); }},
      {"policy_value", "/edition/date",
       [](Value& d) { at(d, "/edition").set("date", "01.11.2026"); }},
      {"policy_value", "/edition/text/sha256",
       [](Value& d) { at(d, "/edition/text").set("sha256", "abc"); }},
      {"policy_value", "/purposes/0/basis",
       [](Value& d) { at(d, "/purposes/0").set("basis", "implied"); }},
      {"policy_value", "/services/0/hosts/0",
       [](Value& d) { at(d, "/services/0/hosts/0") = Value("counter.example/x"); }},
      {"policy_value", "/terms/0/value",
       [](Value& d) { at(d, "/terms/0").set("value", Value::object()); }},
      {"policy_value", "/purposes/0/name/ru",
       [](Value& d) { at(d, "/purposes/0/name").set("ru", std::string(2001, 'x')); }},
      {"policy_duplicate", "/purposes", [](Value& d) { at(d, "/purposes/1").set("id", "order"); }},
      {"policy_duplicate", "/clauses", [](Value& d) { at(d, "/clauses/2").set("id", "1.1"); }},
      {"policy_duplicate", "/messages",
       [](Value& d) { at(d, "/messages/channels/0").set("id", "news_shop"); }},
      {"policy_unknown_clause", "/purposes/0/clauses/0",
       [](Value& d) { at(d, "/purposes/0/clauses/0") = Value("9.9"); }},
      {"policy_unknown_clause", "/clauses/1/parent",
       [](Value& d) { at(d, "/clauses/1").set("parent", "s9"); }},
      {"policy_unknown_id", "/rights/0/ways/0",
       [](Value& d) { at(d, "/rights/0/ways/0") = Value("nobody"); }},
      {"policy_unknown_id", "/purposes/0/data/0",
       [](Value& d) { at(d, "/purposes/0/data/0") = Value("nothing"); }},
      {"policy_unknown_id", "/services/0/purposes/0",
       [](Value& d) { at(d, "/services/0").set("purposes", Value::array().push("order")); }},
      {"policy_no_category", "/purposes/1/category",
       [](Value& d) { at(d, "/purposes/1").erase("category"); }},
      {"policy_no_category", "/purposes/1/category",
       [](Value& d) { at(d, "/purposes/1").set("category", "necessary"); }},
      {"policy_term", "/settings/consent_term",
       [](Value& d) { at(d, "/settings").set("consent_term", "P13M"); }},
      {"policy_clause_twice", "/clauses/1",
       [](Value& d) { at(d, "/clauses/1").set("full_text_only", true); }},
      {"policy_clause_unused", "/clauses/0",
       [](Value& d) { at(d, "/clauses/0").erase("full_text_only"); }},
  };
  for (const Row& row : rows) {
    CAPTURE(row.code, row.path);
    Value document = fixture();
    row.breaks(document);
    const auto result = policy::parse(json::write(document));
    REQUIRE_FALSE(result);
    for (const Error& error : result.errors())
      UNSCOPED_INFO(error.code << " " << error.path << " " << error.message);
    CHECK(has(result.errors(), row.code, row.path));
  }
}

TEST_CASE("parse: R-ALL-10 a purpose that rests on contract or law cannot have a switch",
          "[policy]") {
  for (const char* basis :
       {"contract", "law", "interest", "public_data", "statistics", "not_stated"}) {
    CAPTURE(basis);
    Value document = fixture();
    at(document, "/purposes/1").set("basis", basis);
    const auto result = policy::parse(json::write(document));
    REQUIRE_FALSE(result);
    CHECK(has(result.errors(), "policy_switch_basis", "/purposes/1/basis"));
  }
}

TEST_CASE("parse: R-LETO-07.9b a service message with purpose marketing is a document error",
          "[policy]") {
  Value document = fixture();
  at(document, "/messages/service/0").set("purposes", Value::array().push("advertising"));
  const auto result = policy::parse(json::write(document));
  REQUIRE_FALSE(result);
  CHECK(has(result.errors(), "policy_service_message", "/messages/service/0/purposes"));
}

TEST_CASE("parse: every error of a document comes back at once, and nothing of it is used",
          "[policy]") {
  Value document = fixture();
  document.set("id", "Bad Id");
  document.erase("laws");
  at(document, "/purposes/1").set("basis", "contract");
  at(document, "/rights/0/ways/0") = Value("nobody");
  const auto result = policy::parse(json::write(document));
  REQUIRE_FALSE(result);
  CHECK(result.errors().size() == 4);
}

TEST_CASE("parse: a document over 1 MiB is refused before it is read", "[policy]") {
  const auto result = policy::parse(std::string(policy::k_max_policy_bytes + 1, ' '));
  REQUIRE_FALSE(result);
  CHECK(result.error().code == "json_size");
}

TEST_CASE("parse: R-ALL-09 what the policy does not say is listed, never filled", "[policy]") {
  const auto policy = policy::parse(json::write(fixture()));
  REQUIRE(policy);
  CHECK_FALSE(policy->operator_.phone);
  CHECK_FALSE(policy->disputes);
  for (const char* path :
       {"/operator/phone", "/disputes", "/rights/1", "/cross_border/countries", "/terms/0/value"}) {
    CAPTURE(path);
    CHECK(std::find(policy->not_stated.begin(), policy->not_stated.end(), path) !=
          policy->not_stated.end());
  }
}

TEST_CASE("parse: the consent term is the shop's setting, P12M when it says none", "[policy]") {
  Value document = fixture();
  CHECK(policy::parse(json::write(document))->consent_term_text == "P6M");
  document.erase("settings");
  CHECK(policy::parse(json::write(document))->consent_term_text == "P12M");
}

TEST_CASE("text: another text, a missing clause, a stranger's clause and a false quote are refused",
          "[policy]") {
  const auto policy = policy::parse(json::write(fixture()));
  REQUIRE(policy);
  const auto text = json::parse(test::read_file("tests/vectors/policy.text.json"));
  REQUIRE(text);
  REQUIRE(policy::parse_text(*policy, json::write(*text)));
  struct Row {
    const char* code;
    const char* path;
    std::function<void(Value&)> breaks;
  };
  const Row rows[] = {
      {"text_format", "/format", [](Value& t) { t.set("format", "kelisim-policy-text-2"); }},
      {"text_policy", "/policy", [](Value& t) { t.set("policy", "aster"); }},
      {"text_hash", "/clauses",
       [](Value& t) { at(t, "/clauses").set("1.3", "1.3. Магазин присылает новости."); }},
      {"text_clause", "/clauses/1.3", [](Value& t) { at(t, "/clauses").erase("1.3"); }},
      {"text_clause", "/clauses/9", [](Value& t) { at(t, "/clauses").set("9", "x"); }},
  };
  for (const Row& row : rows) {
    CAPTURE(row.code);
    Value broken = *text;
    row.breaks(broken);
    const auto result = policy::parse_text(*policy, json::write(broken));
    REQUIRE_FALSE(result);
    CHECK(has(result.errors(), row.code, row.path));
  }
  Value document = fixture();
  document.set(
      "findings",
      Value::array().push(
          Value::object()
              .set("code", "use-is-consent")
              .set("severity", "high")
              .set("kind", "declared")
              .set("clauses", Value::array().push("1.3"))
              .set("text", at(document, "/purposes/0/name"))
              .set("quotes",
                   Value::array().push(
                       Value::object().set("clause", "1.3").set("text", "без согласия")))));
  const auto quoting = policy::parse(json::write(document));
  REQUIRE(quoting);
  const auto result = policy::parse_text(*quoting, json::write(*text));
  REQUIRE_FALSE(result);
  CHECK(result.error().code == "text_quote");
}

TEST_CASE(
    "text: R-ALL-12 a language the text lacks falls back to ru, en, then any, never to nothing",
    "[policy]") {
  policy::Text text;
  CHECK(text.in("kk").empty());
  text.by_lang = {{"fr", "oui"}};
  CHECK(text.in("kk") == "oui");
  text.by_lang.emplace_back("en", "yes");
  CHECK(text.in("kk") == "yes");
  text.by_lang.emplace_back("ru", "да");
  CHECK(text.in("kk") == "да");
  CHECK(text.in("fr") == "oui");
}
