// The calls as a host makes them: envelopes, refusals that leave nothing half applied, the whole
// path from policy to receipt.
#include <string>

#include "api/engine.hpp"
#include "core/encoding.hpp"
#include "json/reader.hpp"
#include "json/writer.hpp"
#include "support/catch.hpp"
#include "support/files.hpp"

using namespace kelisim;
using api::Engine;
using json::Value;

namespace {

constexpr std::int64_t k_now = 1'795'168'800'000;  // 2026-11-20T10:00:00Z

Value value_of(const std::string& envelope) {
  const auto parsed = json::parse(envelope, {.max_bytes = 8U << 20U, .max_depth = 64});
  REQUIRE(parsed);
  UNSCOPED_INFO(envelope.substr(0, 500));
  REQUIRE((*parsed)["ok"].as_bool());
  return (*parsed)["value"];
}

std::string code_of(const std::string& envelope) {
  const auto parsed = json::parse(envelope, {.max_bytes = 8U << 20U, .max_depth = 64});
  REQUIRE(parsed);
  REQUIRE_FALSE((*parsed)["ok"].as_bool());
  CHECK((*parsed)["error"] == (*parsed)["errors"].items().front());
  CHECK_FALSE((*parsed)["error"]["message"].as_string().empty());
  return (*parsed)["error"]["code"].as_string();
}

std::string with_now(Value value) {
  return json::write(std::move(value).set("now_ms", std::int64_t{k_now}));
}

void load_fixture(Engine& engine) {
  value_of(engine.load_policy(test::read_file("tests/vectors/policy.json")));
  value_of(engine.load_locale(test::read_file("web/locales/ru.json")));
}

Value grant_all() {
  return Value::object()
      .set("action", "grant_all")
      .set("at_ms", std::int64_t{k_now})
      .set("layer", "notice")
      .set("lang", "ru")
      .set("source", "person")
      .set("text_sha256", sha256_text("shown"));
}

Value decision(Engine& engine, std::string_view url) {
  const Value in =
      Value::object()
          .set("now_ms", std::int64_t{k_now})
          .set("page", "https://shop.example/")
          .set("items", Value::array().push(Value::object().set("kind", "script").set("url", url)));
  return value_of(engine.decide(json::write(in)))["decisions"].items().at(0);
}

}  // namespace

TEST_CASE("engine: before a policy every call that needs one answers no_policy", "[api]") {
  Engine engine;
  CHECK(code_of(engine.state(with_now(Value::object()))) == "no_policy");
  CHECK(code_of(engine.snapshot(with_now(Value::object()))) == "no_policy");
  CHECK(code_of(engine.act(json::write(grant_all()))) == "no_policy");
  CHECK(code_of(engine.load_text("{}")) == "no_policy");
}

TEST_CASE(
    "engine: a policy that names catalogue services asks for the catalogue before it answers about "
    "them",
    "[api]") {
  Engine engine;
  const Value loaded = value_of(engine.load_policy(test::policy_document("alma-chocolates")));
  CHECK_FALSE(loaded["catalogue"].items().empty());
  CHECK(code_of(engine.snapshot(with_now(Value::object()))) == "catalogue_needed");
}

TEST_CASE("engine: R-ALL-01 before a choice the state is undecided and only the necessary runs",
          "[api]") {
  Engine engine;
  load_fixture(engine);
  const Value state = value_of(engine.state(with_now(Value::object())));
  CHECK(state["status"].as_string() == "undecided");
  CHECK(state["ask"].as_bool());
  for (const json::Member& purpose : state["purposes"].members())
    CHECK_FALSE(purpose.value.as_bool());
  CHECK(state["services"]["session"].as_bool());
  CHECK_FALSE(state["services"]["counter"].as_bool());
  CHECK(decision(engine, "https://counter.example/c.js")["verdict"].as_string() == "hold");
  CHECK(decision(engine, "https://shop.example/app.js")["verdict"].as_string() == "allow");
  CHECK(decision(engine, "https://nobody.example/x.js")["why"].as_string() == "undeclared");
}

TEST_CASE("engine: a refused policy leaves the one before in force", "[api]") {
  Engine engine;
  load_fixture(engine);
  CHECK(code_of(engine.load_policy("{\"format\":\"kelisim-policy-1\"}")) == "policy_missing");
  CHECK(code_of(engine.load_policy("{\"format\":\"kelisim-policy-9\"}")) == "policy_version");
  CHECK(code_of(engine.load_policy("not json")) == "json_syntax");
  CHECK(value_of(engine.state(with_now(Value::object())))["policy"].as_string() == "fixture");
}

TEST_CASE(
    "engine: a stored state that does not parse is refused whole and leaves everything closed",
    "[api]") {
  Engine engine;
  load_fixture(engine);
  const Value granted = value_of(engine.act(json::write(grant_all())));
  CHECK(value_of(engine.state(with_now(Value::object())))["status"].as_string() == "decided");
  Value stored = granted["state"];
  stored.set("purposes", Value::object().set("statistics", "perhaps"));
  CHECK(code_of(engine.restore(with_now(Value::object().set("state", stored)))) == "state_value");
  CHECK(value_of(engine.state(with_now(Value::object())))["status"].as_string() == "undecided");
  CHECK(decision(engine, "https://counter.example/c.js")["verdict"].as_string() == "hold");
}

TEST_CASE("engine: R-ALLUR-D a state of another policy never satisfies this one", "[api]") {
  Engine engine;
  load_fixture(engine);
  Value stored = value_of(engine.act(json::write(grant_all())))["state"];
  stored.set("policy", "aster");
  CHECK(code_of(engine.restore(with_now(Value::object().set("state", stored)))) == "state_policy");
}

TEST_CASE("engine: the page's own code cannot grant, and a refused act changes nothing", "[api]") {
  Engine engine;
  load_fixture(engine);
  CHECK(code_of(engine.act(json::write(grant_all().set("source", "api")))) == "not_a_person");
  CHECK(value_of(engine.state(with_now(Value::object())))["status"].as_string() == "undecided");
}

TEST_CASE(
    "engine: effects of a choice store before they close, and close before they release and prove",
    "[api]") {
  Engine engine;
  load_fixture(engine);
  const Value done = value_of(engine.act(json::write(grant_all())));
  std::vector<std::string> order;
  for (const Value& effect : done["effects"].items()) order.push_back(effect["type"].as_string());
  CHECK(order == std::vector<std::string>{"store_state", "write_snapshot", "write_cookie",
                                          "close_layer", "release", "emit", "make_receipt"});
  CHECK(decision(engine, "https://counter.example/c.js")["why"].as_string() == "granted");
}

TEST_CASE(
    "engine: R-ALL-05 withdrawal deletes first-party items, lists the rest, offers reload, and "
    "closes the gate",
    "[api]") {
  Engine engine;
  load_fixture(engine);
  value_of(engine.act(json::write(grant_all())));
  const Value done = value_of(
      engine.act(json::write(grant_all().set("action", "withdraw_all").set("layer", "choices"))));
  bool deletes = false;
  bool reload = false;
  for (const Value& effect : done["effects"].items()) {
    if (effect["type"].as_string() == "offer_reload") reload = true;
    if (effect["type"].as_string() != "delete_storage") continue;
    deletes = true;
    REQUIRE(effect["items"].items().size() == 2);
    CHECK(effect["items"].items()[0]["name"].as_string() == "_cnt");
  }
  CHECK(deletes);
  CHECK(reload);
  CHECK(decision(engine, "https://counter.example/c.js")["why"].as_string() == "not_granted");
}

TEST_CASE("engine: from policy to a receipt that passes its own inspection", "[api]") {
  Engine engine;
  load_fixture(engine);
  const Value layer =
      value_of(engine.view(with_now(Value::object().set("layer", "notice").set("lang", "ru"))));
  CHECK(layer["sha256"].as_string() == sha256_text(json::write(layer["tree"])));
  const Value done =
      value_of(engine.act(json::write(grant_all().set("text_sha256", layer["sha256"]))));
  const auto host = json::parse(
      R"({"jwk":{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"},)"
      R"("record_id":"0193a7b2-7e41-7c1e-9b52-2f6d0a9d4c00","receipt_id":"0193a7b2-7e41-7c1e-9b52-2f6d0a9d4c01","seq":1,"prev":null,)"
      R"("origin":"https://shop.example","gpc":false,"key":"persistent","widget":"kelisim/0.1.0"})");
  REQUIRE(host);
  Value in = *host;
  const Value made = value_of(engine.receipt(json::write(in.set("draft", done["receipt"]))));
  const Value sealed =
      value_of(engine.seal(json::write(Value::object()
                                           .set("signing_input", made["signing_input"])
                                           .set("signature", base64url(std::string(64, '\x01'))))));
  const Value inspected =
      value_of(engine.inspect(json::write(Value::object().set("jws", sealed["jws"]))));
  CHECK(inspected["body"]["evidence"]["text_sha256"] == layer["sha256"]);
  CHECK(inspected["sha256"] == sealed["sha256"]);
  const Value face =
      value_of(engine.inspect(json::write(Value::object().set("json", sealed["json"]))));
  CHECK(face["jws"] == sealed["jws"]);
  const Value chain = value_of(engine.chain(
      json::write(Value::object().set("receipts", Value::array().push(sealed["jws"])))));
  CHECK(chain["faults"].items().empty());
}

TEST_CASE("engine: inputs that are no object, no time or no language have their own codes",
          "[api]") {
  Engine engine;
  load_fixture(engine);
  CHECK(code_of(engine.state("[]")) == "input_type");
  CHECK(code_of(engine.state("{}")) == "input_time");
  CHECK(code_of(engine.state("{\"now_ms\":-1}")) == "input_time");
  CHECK(code_of(engine.view(with_now(Value::object().set("layer", "notice").set("lang", "de")))) ==
        "no_locale");
  CHECK(code_of(engine.draft("{\"op\":\"move\"}")) == "input_type");
  CHECK(code_of(engine.act(std::string("{\"action\":\"grant_all\",\"x\":\"\xff\"}"))) ==
        "json_utf8");
}

TEST_CASE("engine: no call throws or hangs on hostile input", "[api]") {
  Engine engine;
  load_fixture(engine);
  for (const std::string& text :
       {std::string(), std::string("null"), std::string("{\"a\":1,\"a\":2}"),
        std::string(100'000, '['), std::string(3U << 20U, ' '), std::string("{\"now_ms\":1e999}"),
        std::string("\xef\xbb\xbf{}")}) {
    for (const auto call :
         {&Engine::load_policy, &Engine::load_catalogue, &Engine::load_locale, &Engine::load_text,
          &Engine::restore, &Engine::state, &Engine::snapshot, &Engine::decide, &Engine::view,
          &Engine::clause, &Engine::draft, &Engine::act, &Engine::receipt, &Engine::seal,
          &Engine::inspect, &Engine::outbox}) {
      CHECK_FALSE(code_of((engine.*call)(text)).empty());
    }
  }
}

TEST_CASE("load_policy: services nobody knows are listed with all the other errors", "[api]") {
  Engine engine;
  value_of(engine.load_catalogue(test::read_file("tests/vectors/catalogue.json")));
  auto document = json::parse(test::read_file("tests/vectors/policy.json"));
  REQUIRE(document);
  Value policy = *std::move(document);
  policy.find("operator")->set("country", "Kazakhstan");
  // One that nobody describes, and one that is only misspelt inside.
  policy.find("services")
      ->push(Value::object().set("id", "nobody"))
      .push(Value::object().set("id", "shop").set("category", "fun"));
  const auto services = policy["services"].items().size();
  const auto parsed = json::parse(engine.load_policy(json::write(policy)));
  REQUIRE(parsed);
  std::string listed;
  for (const Value& error : (*parsed)["errors"].items())
    listed += error["code"].as_string() + " " + error["path"].as_string() + "\n";
  CHECK(listed == "policy_value /operator/country\npolicy_value /services/" +
                      std::to_string(services - 1) + "/category\nservice_unknown /services/" +
                      std::to_string(services - 2) + "\n");
}

// Every event of a saved choice was "explicit", also of switches nobody touched.
TEST_CASE(
    "engine: a saved choice says which decisions the person moved, and what the transfer was "
    "called",
    "[api]") {
  Engine engine;
  load_fixture(engine);
  Value draft = value_of(engine.draft(with_now(Value::object().set("op", "start"))))["draft"];
  const auto move = [&](const char* scope, const char* id, const char* source) {
    Value in = Value::object().set("op", "set").set("scope", scope).set("id", id).set("on", false);
    in.set("draft", draft).set("source", source);
    draft = value_of(engine.draft(json::write(in)))["draft"];
  };
  const auto decided = [&](const Value& done) {
    std::string out;
    for (const Value& decision : done["receipt"]["decisions"].items()) {
      if (decision["explicit"].as_bool()) out += decision["purpose_id"].as_string() + " ";
      if (decision.has("label"))
        CHECK(decision["label"].as_string() == "Передача данных за границу");
      CHECK(decision.has("label") ==
            (decision["purpose_id"].as_string() == "transfer:cross_border"));
    }
    return out;
  };
  Value act = grant_all().set("action", "save_choices").set("layer", "choices");
  CHECK(decided(value_of(engine.act(json::write(Value(act).set("draft", draft))))).empty());
  move("category", "analytics", "person");
  move("purpose", "advertising", "api");
  const std::string moved =
      decided(value_of(engine.act(json::write(Value(act).set("draft", draft)))));
  CHECK(moved.find("statistics ") != std::string::npos);
  CHECK(moved.find("advertising ") == std::string::npos);
  CHECK(decided(value_of(engine.act(json::write(grant_all())))).empty());
}
