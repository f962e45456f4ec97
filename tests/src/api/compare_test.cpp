// The state against the receipts: honest lives are never taken for forged, and what is put back
// after a withdrawal always is.
#include <algorithm>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "api/engine.hpp"
#include "core/encoding.hpp"
#include "json/reader.hpp"
#include "json/writer.hpp"
#include "support/catch.hpp"
#include "support/files.hpp"

using namespace kelisim;
using json::Value;
using Texts = std::vector<std::string>;

namespace {

constexpr std::int64_t k_start = 1'795'168'800'000;  // 2026-11-20T10:00:00Z
constexpr std::int64_t k_day = 86'400'000;

Value value_of(const std::string& envelope) {
  const auto parsed = json::parse(envelope, {.max_bytes = 8U << 20U, .max_depth = 64});
  REQUIRE(parsed);
  UNSCOPED_INFO(envelope.substr(0, 500));
  REQUIRE((*parsed)["ok"].as_bool());
  return (*parsed)["value"];
}

/// A browser: what is stored, and the receipts in their order.
class Browser {
 public:
  Browser() { load("tests/vectors/policy.json"); }

  void load(const std::string& policy) { value_of(engine_.load_policy(test::read_file(policy))); }
  void load_text(const std::string& policy) { value_of(engine_.load_policy(policy)); }

  Value at(Value in) { return std::move(in.set("now_ms", now)); }
  void restore(const Value& stored) {
    value_of(engine_.restore(json::write(at(Value::object().set("state", stored)))));
  }
  Value draft(Value in) { return value_of(engine_.draft(json::write(in))); }

  /// One act of the person, with its receipt.
  void act(Value in) {
    in.set("at_ms", now).set("layer", "choices").set("lang", "ru");
    if (!in.has("source")) in.set("source", "person");
    in.set("text_sha256", in["source"].is("api") ? Value() : Value(sha256_text("shown")));
    const Value acted = value_of(engine_.act(json::write(in)));
    state = acted["state"];
    if (acted["receipt"].is_object()) sign(acted["receipt"]);
  }
  void act(const char* action) { act(Value::object().set("action", action)); }

  [[nodiscard]] Texts faults() {
    Value in = Value::object();
    Value& newest_first = in.at("receipts");
    newest_first = Value::array();
    for (auto jws = receipts.rbegin(); jws != receipts.rend(); ++jws) newest_first.push(*jws);
    const Value out = value_of(engine_.compare(json::write(at(std::move(in)))));
    Texts texts;
    for (const Value& fault : out["faults"].items()) texts.push_back(fault.as_string());
    return texts;
  }

  std::int64_t now = k_start;
  Value state;
  Texts receipts;

 private:
  void sign(const Value& draft) {
    const Value key =
        json::parse(test::read_file("tests/vectors/receipt.json")).operator*()["host"]["jwk"];
    const std::string number = std::to_string(100000000000 + receipts.size());
    Value in = Value::object();
    in.set("draft", draft)
        .set("jwk", key)
        .set("record_id", "0193a7b2-7e41-7c1e-9b52-2f6d0a9d4c00")
        .set("receipt_id", "0193a7b2-7e41-7c1e-9b52-" + number)
        .set("seq", static_cast<std::int64_t>(receipts.size()) + 1)
        .set("prev", receipts.empty() ? Value() : Value("sha256:" + sha256_text(receipts.back())))
        .set("origin", "https://shop.example")
        .set("gpc", false)
        .set("key", "persistent")
        .set("widget", "kelisim/test");
    const Value built = value_of(engine_.receipt(json::write(in)));
    const Value sealed = value_of(
        engine_.seal(json::write(Value::object()
                                     .set("signing_input", built["signing_input"])
                                     .set("signature", base64url(std::string(64, '\x01'))))));
    receipts.push_back(sealed["jws"].as_string());
  }

  api::Engine engine_;
};

/// Everything a state grants, as receipts name it.
std::set<std::string> granted(const Value& state) {
  std::set<std::string> out;
  for (const char* scope : {"purposes", "services", "channels", "transfers", "forms"}) {
    const std::string prefix(scope);
    for (const json::Member& member : state[scope].members()) {
      const Value& choice = member.value.is_object() ? member.value["state"] : member.value;
      if (!choice.is("granted")) continue;
      out.insert(prefix == "purposes" ? member.key
                                      : prefix.substr(0, prefix.size() - 1) + ":" + member.key);
    }
  }
  return out;
}

}  // namespace

TEST_CASE("compare: a state put back after a withdrawal is known by what it grants", "[api]") {
  Browser browser;
  browser.act("grant_all");
  const Value before = browser.state;
  CHECK(browser.faults().empty());
  browser.now += k_day;
  browser.act("withdraw_all");
  CHECK(browser.faults().empty());
  browser.restore(before);
  const Texts faults = browser.faults();
  CHECK(std::set<std::string>(faults.begin(), faults.end()) == granted(before));
}

TEST_CASE("compare: a state that grants and has no receipt at all is not proven", "[api]") {
  Browser browser;
  browser.act("grant_all");
  browser.receipts.clear();
  Texts faults = browser.faults();
  CHECK(std::count(faults.begin(), faults.end(), "statistics") == 1);
  browser.act("refuse_all");
  browser.receipts.clear();
  CHECK(browser.faults().empty());
}

TEST_CASE("compare: an edition nobody was asked about, and a term nobody was told", "[api]") {
  Browser browser;
  browser.act("grant_all");
  Value forged = browser.state;
  forged.set("expires_at_ms", forged["expires_at_ms"].as_integer() + 10'000);
  browser.restore(forged);
  CHECK(browser.faults() == Texts{"term"});
  const std::string policy = test::read_file("tests/vectors/policy.json");
  std::string next = policy;
  const std::string edition = browser.state["edition"].as_string();
  const std::string other = sha256_text("another text");
  next.replace(next.find(edition), edition.size(), other);
  browser.load_text(next);
  forged = browser.state;
  forged.set("edition", other);
  browser.restore(forged);
  CHECK(browser.faults() == Texts{"edition"});
}

TEST_CASE("compare: what was granted alone is proven by its own receipt, however old", "[api]") {
  Browser browser;
  browser.act(Value::object()
                  .set("action", "form")
                  .set("form", Value::object().set("id", "account").set("on", true)));
  browser.now += k_day;
  browser.act(Value::object().set("action", "grant_service").set("service", "video"));
  browser.now += k_day;
  browser.act("refuse_all");
  CHECK(granted(browser.state) == std::set<std::string>{"form:account"});
  CHECK(browser.faults().empty());
  browser.receipts.erase(browser.receipts.begin());
  CHECK(browser.faults() == Texts{"form:account"});
}

TEST_CASE("compare: a text that is no receipt proves nothing and spoils nothing", "[api]") {
  Browser browser;
  browser.act("grant_all");
  browser.receipts.emplace_back("not a receipt");
  CHECK(browser.faults().empty());
}

// Thousands of acts: every one gives a sound receipt, no honest state is taken for a forged one
// (the clock may jump, consents expire), and an earlier state is refused exactly when something in
// it was taken back since.
TEST_CASE("compare: random lives", "[api]") {
  std::mt19937 random(20261127);
  const auto pick = [&](std::size_t count) { return random() % count; };
  const Texts ids = {"statistics",   "advertising", "analytics", "marketing",
                     "cross_border", "pixel",       "news_shop", "email_channel",
                     "account",      "video",       "counter"};
  const Texts scopes = {"category:analytics",   "category:marketing", "purpose:statistics",
                        "purpose:advertising",  "service:counter",    "service:pixel",
                        "service:video",        "channel:news_shop",  "channel:email_channel",
                        "transfer:cross_border"};
  std::size_t refused = 0;
  for (int life = 0; life < 60; ++life) {
    Browser browser;
    std::vector<Value> states;
    for (int step = 0; step < 14; ++step) {
      const std::int64_t jumps[] = {1, 999, 60'000, k_day, 100 * k_day, -k_day / 2};
      browser.now += jumps[pick(6)];
      Value in = Value::object();
      switch (pick(7)) {
        case 0:
          in.set("action", "grant_all");
          break;
        case 1:
          in.set("action", "refuse_all").set("source", pick(2) == 0 ? "api" : "person");
          break;
        case 2: {
          Value drafting = browser.draft(browser.at(Value::object().set("op", "start")));
          for (std::size_t n = pick(5); n > 0; --n) {
            const std::string& where = scopes[pick(scopes.size())];
            const auto colon = where.find(':');
            drafting = browser.draft(Value::object()
                                         .set("op", "set")
                                         .set("draft", drafting["draft"])
                                         .set("scope", where.substr(0, colon))
                                         .set("id", where.substr(colon + 1))
                                         .set("on", pick(2) == 0));
          }
          in.set("action", "save_choices").set("draft", drafting["draft"]);
          break;
        }
        case 3:
          in.set("action", "withdraw_all").set("source", pick(2) == 0 ? "api" : "person");
          break;
        case 4:
          in.set("action", "withdraw_some")
              .set("source", pick(2) == 0 ? "api" : "person")
              .set("ids", Value::array().push(ids[pick(ids.size())]).push(ids[pick(ids.size())]));
          break;
        case 5:
          in.set("action", "grant_service").set("service", pick(2) == 0 ? "pixel" : "video");
          break;
        default:
          in.set("action", "form")
              .set("form", Value::object().set("id", "account").set("on", pick(2) == 0));
      }
      const auto before = browser.receipts.size();
      browser.act(in);
      REQUIRE(browser.receipts.size() == before + 1);
      CAPTURE(life, step, json::write(in), json::write(browser.state));
      CHECK(browser.faults() == Texts{});
      states.push_back(browser.state);
    }
    const std::set<std::string> now = granted(browser.state);
    for (const Value& old : states) {
      browser.restore(old);
      if (browser.faults().empty()) continue;
      ++refused;
      const std::set<std::string> then = granted(old);
      CHECK_FALSE(then.empty());
    }
    browser.restore(browser.state);
    CHECK(browser.faults().empty());
  }
  CHECK(refused > 100);
}
