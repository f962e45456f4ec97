#include "receipt/draft.hpp"

#include <algorithm>
#include <utility>

#include "core/encoding.hpp"
#include "json/reader.hpp"
#include "receipt/forms.hpp"

namespace kelisim::receipt {
namespace {

using Kind = json::Value::Kind;

constexpr Millis k_end_of_9999_ms = 253'402'300'800'000;
constexpr std::int64_t k_max_integer = 9'007'199'254'740'991;

// Reads members with checks; codes are "<what>_<fault>".
class Reader {
 public:
  Reader(const char* what, const char* root, const json::Value& value)
      : what_(what), root_(root), value_(value) {
    if (!value.is_object()) fault("type", "", "not an object");
  }

  void fault(const char* code, const std::string& path, const std::string& message) {
    const std::string full = std::string(what_) + "_" + code;
    errors.push_back(Error{full.c_str(), root_ + path, message});
  }

  /// The member if it is there and of that kind; otherwise a fault, and null.
  const json::Value& need(const json::Value& object, std::string_view path, std::string_view key,
                          Kind kind) {
    const json::Value& member = object[key];
    if (member.kind() == kind && object.has(key)) return member;
    fault(object.has(key) ? "type" : "missing", json::pointer(path, key),
          object.has(key) ? "of the wrong type" : "not there");
    static const json::Value none;
    return none;
  }

  const std::string& string(std::string_view key) {
    return need(value_, "", key, Kind::string).as_string();
  }

  /// A string that is one of `words`.
  std::string word(const char* code, const json::Value& object, std::string_view path,
                   std::string_view key, std::string_view words) {
    const json::Value& member = need(object, path, key, Kind::string);
    if (member.is_string() && !one_of(words, member.as_string())) {
      fault(code, json::pointer(path, key), "not one of " + std::string(words));
    }
    return member.as_string();
  }

  std::string formed(const char* code, std::string_view key, Form form) {
    const json::Value& member = need(value_, "", key, Kind::string);
    if (member.is_string() && !matches(form, member.as_string()))
      fault(code, json::pointer("", key), "of the wrong form");
    return member.as_string();
  }

  Millis time(const json::Value& object, std::string_view path, std::string_view key) {
    const json::Value& member = need(object, path, key, Kind::integer);
    if (member.as_integer() < 0 || member.as_integer() >= k_end_of_9999_ms) {
      fault("time", json::pointer(path, key), "not within 1970 to 9999");
    }
    return member.as_integer();
  }

  std::vector<Error> errors;

 private:
  const char* what_;
  const char* root_;
  const json::Value& value_;
};

std::vector<Standing> standings(Reader& in, const json::Value& value, std::string_view key,
                                std::string_view words) {
  std::vector<Standing> out;
  const std::string path = json::pointer("", key);
  const json::Value& map = in.need(value, "", key, Kind::object);
  for (const json::Member& member : map.members()) {
    out.push_back({member.key, in.word("state", map, path, member.key, words)});
  }
  return out;
}

void decisions(Reader& in, const json::Value& value, Draft& out) {
  const json::Value& list = in.need(value, "", "decisions", Kind::array);
  if (list.is_array() && list.items().empty())
    in.fault("empty", "/decisions", "nothing was decided");
  for (const json::Value& item : list.items()) {
    const std::string path = json::pointer("/decisions", out.decisions.size());
    Decision decision{
        .purpose_id = in.need(item, path, "purpose_id", Kind::string).as_string(),
        .state = in.word("state", item, path, "state", "given|renewed|refused|withdrawn")};
    const auto same = [&](const Decision& other) {
      return other.purpose_id == decision.purpose_id;
    };
    if (std::any_of(out.decisions.begin(), out.decisions.end(), same)) {
      in.fault("twice", json::pointer(path, "purpose_id"),
               decision.purpose_id + " is decided twice");
    }
    if (out.by_page && (decision.state == "given" || decision.state == "renewed")) {
      in.fault("not_a_person", json::pointer(path, "state"), "only the person grants");
    }
    out.decisions.push_back(std::move(decision));
  }
}

bool is_origin(std::string_view text) {
  if (text == "null") return true;
  const auto colon = text.find("://");
  if (colon == 0 || colon == std::string_view::npos || text.size() > 300) return false;
  return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 0x7f; }) &&
         text.substr(colon + 3).find_first_of("/?#@\\\"<>") == std::string_view::npos;
}

}  // namespace

Result<Draft> parse_draft(const json::Value& value) {
  Reader in("draft", "/draft", value);
  if (!value.is_object()) return std::move(in.errors);
  Draft out;
  out.policy = in.string("policy");
  out.edition = in.formed("hash", "edition", Form::hash);
  out.action = in.word(
      "action", value, "", "action",
      "grant_all|refuse_all|save_choices|withdraw_all|withdraw_some|grant_service|form|host");
  out.at_ms = in.time(value, "", "at_ms");
  out.layer = in.word("layer", value, "", "layer",
                      "notice|choices|policy|rights|receipts|hold|form|host|none");
  out.lang = in.formed("lang", "lang", Form::language);
  out.by_page = in.word("source", value, "", "source", "person|api") == "api";
  if (!value.has("text_sha256") || !value["text_sha256"].is_null()) {
    out.text_sha256 = in.formed("hash", "text_sha256", Form::hash);
  } else if (!out.by_page) {
    in.fault("not_a_person", "/text_sha256", "a person answers what was shown");
  }
  out.validity = in.string("validity");
  const auto validity = parse_duration(out.validity);
  if (value["validity"].is_string() &&
      (!validity || add(0, *validity) > add(0, {.months = 12, .days = 0}))) {
    in.fault("validity", "/validity", "not a duration of at most twelve months");
  }
  decisions(in, value, out);
  out.categories = standings(in, value, "categories", "granted|refused|mixed");
  out.transfers = standings(in, value, "transfers", "granted|refused");
  const json::Value& channels = in.need(value, "", "channels", Kind::object);
  for (const json::Member& member : channels.members()) {
    const std::string path = json::pointer("/channels", member.key);
    out.channels.push_back(
        {.id = member.key,
         .granted = in.word("state", member.value, path, "state", "granted|refused") == "granted",
         .changed_at_ms = in.time(member.value, path, "changed_at_ms")});
  }
  if (!in.errors.empty()) return std::move(in.errors);
  return out;
}

Result<Host> parse_host(const json::Value& value) {
  Reader in("host", "", value);
  if (!value.is_object()) return std::move(in.errors);
  Host out;
  if (in.need(value, "", "jwk", Kind::object).is_object()) {
    auto key = parse_key(value["jwk"], "/jwk", false);
    if (key) {
      out.key = *std::move(key);
    } else {
      in.errors.push_back(key.error());
    }
  }
  out.record_id = in.formed("uuid", "record_id", Form::uuid);
  out.receipt_id = in.formed("uuid", "receipt_id", Form::uuid);
  if (value.has("supersedes")) out.supersedes = in.formed("uuid", "supersedes", Form::uuid);
  out.seq = in.need(value, "", "seq", Kind::integer).as_integer();
  if (value["seq"].is_integer() && (out.seq < 1 || out.seq > k_max_integer))
    in.fault("seq", "/seq", "counts from 1");
  if (!value.has("prev") || !value["prev"].is_null())
    out.prev = in.formed("prev", "prev", Form::chain_hash);
  if (out.prev.has_value() != (out.seq != 1))
    in.fault("prev", "/prev", "null for the first receipt and only for it");
  out.origin = in.string("origin");
  if (value["origin"].is_string() && !is_origin(out.origin))
    in.fault("origin", "/origin", "not an origin");
  out.gpc = in.need(value, "", "gpc", Kind::boolean).as_bool();
  out.key_kind = in.word("key_kind", value, "", "key", "persistent|ephemeral");
  out.widget = in.string("widget");
  if (value["widget"].is_string() &&
      (!out.widget.starts_with("kelisim/") || out.widget.size() > 64)) {
    in.fault("widget", "/widget", "not kelisim/ and a version");
  }
  if (!in.errors.empty()) return std::move(in.errors);
  return out;
}

}  // namespace kelisim::receipt
