// The outbox's decisions with JSON in and out.
#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "json/reader.hpp"
#include "sync/outbox.hpp"

namespace kelisim::sync {
namespace {

using Kind = json::Value::Kind;

constexpr std::array<std::string_view, 3> k_states = {"pending", "sent", "failed"};
constexpr std::int64_t k_max_integer = 9'007'199'254'740'991;

class Reader {
 public:
  const json::Value& need(const json::Value& object, std::string_view path, std::string_view key,
                          Kind kind) {
    const json::Value& member = object[key];
    if (member.kind() != kind)
      fault("outbox_type", json::pointer(path, key), "missing or of the wrong type");
    return member;
  }

  std::int64_t number(const json::Value& object, std::string_view path, std::string_view key,
                      std::int64_t from, std::int64_t to) {
    const std::int64_t number = need(object, path, key, Kind::integer).as_integer();
    if (number < from || number > to)
      fault("outbox_range", json::pointer(path, key), "outside its range");
    return number;
  }

  void fault(const char* code, const std::string& path, const char* message) {
    errors.push_back(Error{code, path, message});
  }

  Entry entry(const json::Value& value, const std::string& path) {
    Entry out;
    out.receipt_id = need(value, path, "receipt_id", Kind::string).as_string();
    const std::string& state = need(value, path, "state", Kind::string).as_string();
    const auto found = std::find(k_states.begin(), k_states.end(), state);
    if (found != k_states.end()) {
      out.state = static_cast<State>(found - k_states.begin());
    } else {
      fault("outbox_state", json::pointer(path, "state"), "not pending, sent or failed");
    }
    out.attempts = number(value, path, "attempts", 0, k_max_integer);
    out.next_at_ms = number(value, path, "next_at_ms", 0, k_max_integer);
    out.bytes = number(value, path, "bytes", 0, 1 << 20);
    out.alone = need(value, path, "alone", Kind::boolean).as_bool();
    if (value.has("status")) out.status = number(value, path, "status", 0, 999);
    return out;
  }

  std::vector<Entry> entries(const json::Value& in) {
    std::vector<Entry> out;
    for (const json::Value& item : need(in, "", "entries", Kind::array).items()) {
      const std::string path = json::pointer("/entries", out.size());
      Entry entry = this->entry(item, path);
      const auto same = [&](const Entry& other) { return other.receipt_id == entry.receipt_id; };
      if (std::any_of(out.begin(), out.end(), same)) {
        fault("outbox_twice", json::pointer(path, "receipt_id"), "the same receipt twice");
      }
      out.push_back(std::move(entry));
    }
    return out;
  }

  Answer answer(const json::Value& in) {
    Answer out;
    out.status = number(in, "", "status", 0, 999);
    out.random = number(in, "", "random", 0, 999'999);
    if (in.has("retry_after_s") && !in["retry_after_s"].is_null()) {
      out.retry_after_s = number(in, "", "retry_after_s", 0, k_max_integer);
    }
    if (in.has("accept")) {
      for (const json::Value& status : need(in, "", "accept", Kind::array).items()) {
        if (!status.is_integer())
          fault("outbox_type", json::pointer("/accept", out.accept.size()), "not a status");
        out.accept.push_back(status.as_integer());
      }
    }
    return out;
  }

  std::vector<std::string> ids(const json::Value& in, std::string_view key) {
    std::vector<std::string> out;
    for (const json::Value& id : need(in, "", key, Kind::array).items()) {
      if (!id.is_string())
        fault("outbox_type", json::pointer(json::pointer("", key), out.size()), "not a receipt id");
      out.push_back(id.as_string());
    }
    return out;
  }

  std::vector<Error> errors;
};

json::Value wake(const std::optional<Millis>& at_ms) {
  return at_ms ? json::Value(*at_ms) : json::Value();
}

json::Value to_json(const Entry& entry) {
  json::Value out = json::Value::object();
  out.set("receipt_id", entry.receipt_id)
      .set("state", k_states[static_cast<std::size_t>(entry.state)])
      .set("attempts", entry.attempts)
      .set("next_at_ms", entry.next_at_ms)
      .set("bytes", entry.bytes)
      .set("alone", entry.alone);
  if (entry.status >= 0) out.set("status", entry.status);
  return out;
}

json::Value to_json(const Settled& settled) {
  json::Value entries = json::Value::array();
  for (const Entry& entry : settled.entries) entries.push(to_json(entry));
  return json::Value::object()
      .set("entries", std::move(entries))
      .set("wake_at_ms", wake(settled.wake_at_ms));
}

}  // namespace

Result<json::Value> outbox(const json::Value& in) {
  const std::string& op = in["op"].as_string();
  if (op != "plan" && op != "settle" && op != "retry")
    return Error{"outbox_op", "/op", "neither plan, settle nor retry"};
  Reader reader;
  const Millis now_ms =
      reader.number(in, "", "now_ms", 0, k_max_integer - k_retry_after_cap_ms - k_backoff_cap_ms);
  const std::vector<Entry> entries = reader.entries(in);
  if (op == "plan") {
    const bool hiding = reader.need(in, "", "hiding", Kind::boolean).as_bool();
    if (!reader.errors.empty()) return std::move(reader.errors);
    const Plan planned = plan(now_ms, hiding, entries);
    json::Value send = json::Value::array();
    for (const std::string& id : planned.send) send.push(id);
    return json::Value::object()
        .set("send", std::move(send))
        .set("wake_at_ms", wake(planned.wake_at_ms));
  }
  if (op == "settle") {
    const Answer answer = reader.answer(in);
    const std::vector<std::string> sent = reader.ids(in, "sent");
    if (!reader.errors.empty()) return std::move(reader.errors);
    return to_json(settle(now_ms, answer, sent, entries));
  }
  if (!reader.errors.empty()) return std::move(reader.errors);
  return to_json(retry(now_ms, entries));
}

}  // namespace kelisim::sync
