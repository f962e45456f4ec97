// The layer of the decisions made so far: each in words, what became of its receipt, and whether
// that holds.
#include "core/encoding.hpp"
#include "view/pen.hpp"

namespace kelisim::view {
namespace {

using json::Value;

/// "20 November 2026, 14:05 UTC" of an ISO time, and "…, 19:05 UTC+5" of the reader's own,
/// "2026-11-20T19:05+5"; "" for what is no time.
std::string moment(const Pen& p, const std::string& iso) {
  std::string when = p.locale.date(iso);
  if (iso.size() < 16) return when;
  p.locale.join(when, iso.substr(11, 5));
  when += " UTC";
  if (iso.size() > 16 && iso[16] != ':') when += iso.substr(16);
  return when;
}

/// What was decided about what. Given and renewed are one word for the reader.
void decided(Pen& p, const Value& receipt) {
  for (const char* state : {"given", "refused", "withdrawn"}) {
    for (const auto& event : receipt["event"].items()) {
      const std::string& is = event["event_state"].as_string();
      if ((is == "renewed" ? "given" : is) != state) continue;
      for (const auto& id : event["purpose_ids"].items()) {
        for (const auto& purpose : receipt["pii_processing"]["purposes"].items()) {
          if (purpose["purpose_id"] == id) p.name(purpose["purpose"].as_string());
        }
      }
    }
    if (p.has_names()) p.open("text").label("event.", state).named(99).end();
  }
}

/// Why an endpoint has not taken a receipt; the status it answered with, 0 = there was no answer.
const char* reason(bool failed, std::int64_t status) {
  if (!failed) return status > 0 ? "sent.later" : "sent.offline";
  switch (status) {
    case 401:
    case 403:
      return "sent.unwelcome";
    case 404:
    case 405:
    case 410:
      return "sent.nowhere";
    case 413:
      return "sent.large";
    case 422:
      return "sent.fork";
    default:
      return "sent.refused";
  }
}

/// What became of one receipt: {state: sent|pending|failed, to: host, at?: ISO time, status?,
/// signed?}.
void sent(Pen& p, const Value& outcome) {
  const std::string& state = outcome["state"].as_string();
  if (state.empty()) return;
  const bool failed = state == "failed";
  p.open("text").tone(failed ? "warning" : "muted").label("sent.", state);
  std::string words = outcome["to"].as_string();
  if (const std::string& at = outcome["at"].as_string(); !at.empty())
    p.locale.join(words, moment(p, at));
  p.put("text", words);
  if (const Value& status = outcome["status"]; status.is_integer()) {
    p.put("note", p.locale.text(reason(failed, status.as_integer()),
                                {{"status", to_text(status.as_integer())}}));
  } else if (outcome["signed"].as_bool()) {
    p.note("sent.signed");
  }
  p.end();
}

/// What a check found: "" = the receipt holds, "signature", a fault of the chain, else it cannot be
/// read.
bool checked(Pen& p, const Value& fault) {
  if (!fault.is_string()) return true;
  const std::string& code = fault.as_string();
  const char* key = code.empty()                 ? "check.holds"
                    : code == "signature"        ? "check.forged"
                    : code.starts_with("chain_") ? "check.chain"
                                                 : "check.unreadable";
  p.open("text").tone(code.empty() ? "muted" : "warning").label("check.label").say(key).end();
  return code.empty();
}

}  // namespace

bool receipts_layer(Pen& p, const Request& request) {
  p.head("receipts.title").text("receipts.lead", "muted").open("list");
  const Value none;
  const Value& given = request.given == nullptr ? none : *request.given;
  const Value& faults = given["checked"];
  std::int64_t number = 0;
  bool hold = true;
  for (const auto& receipt : given["receipts"].items()) {
    ++number;
    const auto& events = receipt["event"].items();
    p.item()
        .put("label",
             events.empty() ? std::string() : moment(p, events.front()["event_time"].as_string()))
        .put("text", p.t("action.", receipt["evidence"]["action"].as_string()));
    decided(p, receipt);
    const std::string& id = receipt["receipt_id"].as_string();
    sent(p, given["sent"][id]);
    hold = checked(p, faults[id]) && hold;
    p.end();
  }
  p.end_filled();
  if (number == 0) {
    p.text("receipts.none");
    return true;
  }
  if (given["local"].as_bool()) p.text("receipts.local", "muted");
  if (!faults.is_null()) {
    p.open("text").put("id", "checked").tone(hold ? "lead" : "warning");
    p.put("text", hold ? p.locale.count("check.all", number) : p.t("check.some")).end();
  }
  p.button("verify_receipts", "verify_receipts")
      .button("save_receipts", "save_receipts", "jws")
      .button("save_receipts_json", "save_receipts", "json");
  return true;
}

}  // namespace kelisim::view
