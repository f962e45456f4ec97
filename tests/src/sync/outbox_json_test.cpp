// Engine.outbox's JSON: results as documented, faults with code and place.
#include <string>

#include "json/reader.hpp"
#include "json/writer.hpp"
#include "support/catch.hpp"
#include "sync/outbox.hpp"

namespace {

/// The answer as canonical JSON, or "code path" of every error.
std::string outbox(const std::string& text) {
  const auto in = kelisim::json::parse(text);
  if (!in) return "not JSON";
  const auto out = kelisim::sync::outbox(*in);
  if (out) return kelisim::json::write(*out);
  std::string errors;
  for (const auto& error : out.errors())
    errors += (errors.empty() ? "" : ", ") + error.code + " " + error.path;
  return errors;
}

const std::string k_a =
    R"({"receipt_id":"a","state":"pending","attempts":0,"next_at_ms":0,"bytes":900,"alone":false})";
const std::string k_b =
    R"({"receipt_id":"b","state":"pending","attempts":2,"next_at_ms":0,"bytes":900,"alone":true,"status":503})";

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  const auto at = text.find(what);
  REQUIRE(at != std::string::npos);
  return text.replace(at, what.size(), by);
}

}  // namespace

TEST_CASE("outbox: plan", "[sync]") {
  CHECK(outbox(R"({"op":"plan","now_ms":1000,"hiding":false,"entries":[)" + k_a + "," + k_b +
               "]}") == R"({"send":["a"],"wake_at_ms":null})");
  CHECK(outbox(R"({"op":"plan","now_ms":1000,"hiding":true,"entries":[]})") ==
        R"({"send":[],"wake_at_ms":null})");
  CHECK(outbox(R"({"op":"plan","now_ms":1000,"hiding":true,"entries":[)" +
               replaced(k_a, R"("next_at_ms":0)", R"("next_at_ms":2000)") + "]}") ==
        R"({"send":[],"wake_at_ms":2000})");
}

TEST_CASE("outbox: settle gives the changed entries, with status where there is one", "[sync]") {
  const std::string call =
      R"({"op":"settle","now_ms":1000,"random":500000,"status":503,"retry_after_s":null,"sent":["b"],"entries":[)" +
      k_a + "," + k_b + "]}";
  CHECK(
      outbox(call) ==
      R"({"entries":[{"alone":true,"attempts":3,"bytes":900,"next_at_ms":5000,"receipt_id":"b","state":"pending","status":503}],"wake_at_ms":1000})");
  CHECK(
      outbox(replaced(call, "503", "200")) ==
      R"({"entries":[{"alone":true,"attempts":2,"bytes":900,"next_at_ms":0,"receipt_id":"b","state":"sent"}],"wake_at_ms":1000})");
  CHECK(outbox(replaced(call, R"("sent")", R"("accept":[503],"sent")")).find(R"("state":"sent")") !=
        std::string::npos);
  CHECK(outbox(replaced(call, "null", "60")).find(R"("next_at_ms":65000)") != std::string::npos);
}

TEST_CASE("outbox: retry", "[sync]") {
  const std::string failed = replaced(replaced(k_b, "pending", "failed"), "503", "404");
  CHECK(
      outbox(R"({"op":"retry","now_ms":1000,"entries":[)" + failed + "]}") ==
      R"({"entries":[{"alone":true,"attempts":0,"bytes":900,"next_at_ms":0,"receipt_id":"b","state":"pending"}],"wake_at_ms":1000})");
}

TEST_CASE("outbox: faults, all at once", "[sync]") {
  struct Row {
    std::string what;
    std::string by;
    std::string want;
  };
  const std::string call =
      R"({"op":"settle","now_ms":1000,"random":1,"status":200,"retry_after_s":1,"sent":["a"],"accept":[302],"entries":[)" +
      k_a + "]}";
  const auto row = GENERATE(
      Row{"\"settle\"", "\"send\"", "outbox_op /op"},
      Row{"\"op\":\"settle\",", "", "outbox_op /op"}, Row{"1000", "\"now\"", "outbox_type /now_ms"},
      Row{"1000", "-1", "outbox_range /now_ms"},
      Row{"1000", "9007199254740991", "outbox_range /now_ms"},
      Row{"\"random\":1", "\"random\":1000000", "outbox_range /random"},
      Row{"\"status\":200", "\"status\":1000", "outbox_range /status"},
      Row{"\"status\":200,", "", "outbox_type /status"},
      Row{"\"retry_after_s\":1", "\"retry_after_s\":-1", "outbox_range /retry_after_s"},
      Row{"[\"a\"]", "[7]", "outbox_type /sent/0"}, Row{"[\"a\"]", "\"a\"", "outbox_type /sent"},
      Row{"[302]", "[\"302\"]", "outbox_type /accept/0"},
      Row{"\"pending\"", "\"lost\"", "outbox_state /entries/0/state"},
      Row{"\"state\":\"pending\",", "",
          "outbox_type /entries/0/state, outbox_state /entries/0/state"},
      Row{"\"attempts\":0", "\"attempts\":-1", "outbox_range /entries/0/attempts"},
      Row{"\"next_at_ms\":0", "\"next_at_ms\":-1", "outbox_range /entries/0/next_at_ms"},
      Row{"\"bytes\":900", "\"bytes\":null", "outbox_type /entries/0/bytes"},
      Row{"\"alone\":false", "\"alone\":0", "outbox_type /entries/0/alone"},
      Row{"\"receipt_id\":\"a\",", "", "outbox_type /entries/0/receipt_id"},
      Row{"\"entries\":[", "\"entries\":[" + k_a + ",", "outbox_twice /entries/1/receipt_id"},
      Row{"\"entries\":[", "\"entries\":[7,",
          "outbox_type /entries/0/receipt_id, outbox_type /entries/0/state, outbox_state "
          "/entries/0/state, outbox_type /entries/0/attempts, "
          "outbox_type /entries/0/next_at_ms, outbox_type /entries/0/bytes, outbox_type "
          "/entries/0/alone"});
  CAPTURE(row.what, row.by);
  CHECK(outbox(replaced(call, row.what, row.by)) == row.want);
}

TEST_CASE("outbox: plan wants to know whether the page is hiding", "[sync]") {
  CHECK(outbox(R"({"op":"plan","now_ms":1000,"entries":[]})") == "outbox_type /hiding");
}
