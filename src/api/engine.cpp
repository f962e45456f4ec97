#include "api/engine.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

#include "api/envelope.hpp"
#include "consent/act.hpp"
#include "core/encoding.hpp"
#include "enforce/catalogue.hpp"
#include "enforce/decide.hpp"
#include "enforce/snapshot.hpp"
#include "json/reader.hpp"
#include "json/writer.hpp"
#include "policy/parse.hpp"
#include "policy/switches.hpp"
#include "receipt/build.hpp"
#include "receipt/chain.hpp"
#include "receipt/jws.hpp"
#include "receipt/proof.hpp"
#include "signals/signals.hpp"
#include "sync/outbox.hpp"
#include "view/html.hpp"
#include "view/layer.hpp"
#include "view/locale.hpp"
#include "view/weight.hpp"

namespace kelisim::api {
namespace {

using json::Value;

void put_time(Value& out, const char* member, const std::optional<Millis>& at_ms) {
  Value& time = out.at(member);
  if (at_ms) time = Value(iso_time(*at_ms));
}

bool has_switch(const policy::Policy& policy, const consent::Services& services) {
  for (const policy::Purpose& purpose : policy.purposes) {
    if (policy::is_switch(purpose)) return true;
  }
  for (const policy::ServiceFacts& service : services) {
    if (service.category != policy::Category::necessary) return true;
  }
  return policy.messages && !(policy.messages->topics.empty() && policy.messages->channels.empty());
}

/// Message channels for a receipt: all that have a decision.
void put_channels(Value& out, const consent::Decisions& channels) {
  for (const consent::Decided& decided : channels.all()) {
    out.at(decided.id)
        .set("state", consent::name_of(decided.choice))
        .set("changed_at_ms", decided.changed_at_ms);
  }
}

Value& effect(Value& effects, const char* type) { return effects.add().set("type", type); }

void put_stored(Value& effects, const char* type, const std::vector<consent::Stored>& items) {
  if (items.empty()) return;
  Value& out = effect(effects, type).at("items");
  for (const consent::Stored& stored : items) {
    out.add()
        .set("type", policy::name_of(stored.item->type))
        .set("name", stored.item->name)
        .set("match", stored.item->prefix ? "prefix" : "exact")
        .set("service", stored.service->id);
  }
}

/// The ids of services that did not run and do (or the other way round).
void put_moved(Value& effects, const char* type, const consent::Services& services,
               const policy::Flags& from, const policy::Flags& to) {
  Value moved;
  for (std::size_t i = 0; i < services.size(); ++i) {
    if (!from[i] && to[i]) moved.push(services[i].id);
  }
  if (!moved.is_null()) effect(effects, type).at("services") = std::move(moved);
}

}  // namespace

struct Engine::Impl {
  std::unique_ptr<policy::Policy> policy;
  std::optional<enforce::Catalogue> catalogue;
  std::optional<consent::Services> services;
  std::optional<policy::ClauseTexts> texts;
  std::vector<view::Locale> locales;
  consent::State state;
  bool gpc = false;    ///< Global Privacy Control is on.
  std::string region;  ///< ISO 3166-2 of the visitor, "" = not known.
  Errors errors;       ///< Of the call that is being answered.

  /// What a call needs before it can be answered.
  enum class Needs : std::uint8_t { nothing, policy, services };

  struct Call {
    const char* name;
    Needs needs;
    bool document;  ///< The input is a document's text, read by the call itself.
    void (Impl::*run)(const Value& in, const std::string& text, Value& out);
  };
  static const Call k_calls[];

  std::string answer(std::string_view name, const std::string& text);

  void fail(const char* code, const char* path, const char* message) {
    errors.emplace_back(code, path, message);
  }
  /// True and noted when a result is none.
  template <class T>
  bool failed(const Result<T>& result) {
    if (!result) errors = result.errors();
    return !errors.empty();
  }
  /// A time from a member, in milliseconds.
  Millis time(const Value& in, const char* key);
  Millis now(const Value& in) { return time(in, "now_ms"); }
  /// A string member that has to be there.
  const std::string& string(const Value& in, const char* key, const std::string& path = {});
  const view::Locale* locale(const Value& in);

  void resolve();
  void put_public(Value& out, Millis now_ms) const;
  void put_snapshot(Value& out, const Value& in, Millis now_ms) const;

  void load_policy(const Value& in, const std::string& text, Value& out);
  void load_catalogue(const Value& in, const std::string& text, Value& out);
  void load_locale(const Value& in, const std::string& text, Value& out);
  void load_text(const Value& in, const std::string& text, Value& out);
  void restore(const Value& in, const std::string& text, Value& out);
  void public_state(const Value& in, const std::string& text, Value& out);
  void snapshot(const Value& in, const std::string& text, Value& out);
  void decide(const Value& in, const std::string& text, Value& out);
  void view(const Value& in, const std::string& text, Value& out);
  void clause(const Value& in, const std::string& text, Value& out);
  void weigh(const Value& in, const std::string& text, Value& out);
  void draft(const Value& in, const std::string& text, Value& out);
  void act(const Value& in, const std::string& text, Value& out);
  void receipt(const Value& in, const std::string& text, Value& out);
  void seal(const Value& in, const std::string& text, Value& out);
  void inspect(const Value& in, const std::string& text, Value& out);
  void chain(const Value& in, const std::string& text, Value& out);
  void compare(const Value& in, const std::string& text, Value& out);
  void outbox(const Value& in, const std::string& text, Value& out);
  void canonical(const Value& in, const std::string& text, Value& out);
};

constexpr Engine::Impl::Call Engine::Impl::k_calls[] = {
    {"loadPolicy", Needs::nothing, true, &Impl::load_policy},
    {"loadCatalogue", Needs::nothing, true, &Impl::load_catalogue},
    {"loadLocale", Needs::nothing, true, &Impl::load_locale},
    {"loadText", Needs::policy, true, &Impl::load_text},
    {"restore", Needs::services, false, &Impl::restore},
    {"state", Needs::services, false, &Impl::public_state},
    {"snapshot", Needs::services, false, &Impl::snapshot},
    {"decide", Needs::services, false, &Impl::decide},
    {"view", Needs::services, false, &Impl::view},
    {"clause", Needs::policy, false, &Impl::clause},
    {"weigh", Needs::nothing, false, &Impl::weigh},
    {"draft", Needs::services, false, &Impl::draft},
    {"act", Needs::services, false, &Impl::act},
    {"receipt", Needs::services, false, &Impl::receipt},
    {"seal", Needs::nothing, false, &Impl::seal},
    {"inspect", Needs::nothing, false, &Impl::inspect},
    {"chain", Needs::nothing, false, &Impl::chain},
    {"compare", Needs::services, false, &Impl::compare},
    {"outbox", Needs::nothing, false, &Impl::outbox},
    {"canonical", Needs::nothing, true, &Impl::canonical}};

std::string Engine::Impl::answer(std::string_view name, const std::string& text) {
  errors.clear();
  Value in;
  Value out = Value::object();
  const Call* call = k_calls;
  while (call != std::end(k_calls) && call->name != name) ++call;
  if (call == std::end(k_calls)) {
    fail("input_type", "", "no such call");
  } else if (call->needs != Needs::nothing && !policy) {
    fail("no_policy", "", "load a policy first");
  } else if (call->needs == Needs::services && !services) {
    // Nothing can be answered about services before their facts are known.
    fail("catalogue_needed", "", "the policy names services of the catalogue; load it first");
  } else if (!call->document) {
    Result<Value> parsed = input(text);
    if (!failed(parsed)) in = std::move(*parsed);
  }
  if (errors.empty()) (this->*call->run)(in, text, out);
  return envelope(errors, std::move(out));
}

Millis Engine::Impl::time(const Value& in, const char* key) {
  const Value& value = in[key];
  const Millis time = value.as_integer();
  if (!value.is_integer() || time < 0 || time >= k_year_10000) {
    errors.emplace_back("input_time", json::pointer("", key), "has to be milliseconds since 1970");
  }
  return time;
}

const std::string& Engine::Impl::string(const Value& in, const char* key, const std::string& path) {
  const Value& value = in[key];
  if (!value.is_string())
    errors.emplace_back("input_type", json::pointer(path, key), "has to be a string");
  return value.as_string();
}

const view::Locale* Engine::Impl::locale(const Value& in) {
  const std::string& lang = string(in, "lang");
  if (!errors.empty()) return nullptr;
  for (const view::Locale& each : locales) {
    if (each.lang() == lang) return &each;
  }
  errors.emplace_back("no_locale", "/lang", "load the locale of \"" + lang + "\" first");
  return nullptr;
}

void Engine::Impl::resolve() {
  auto resolved = enforce::resolve(*policy, catalogue ? &*catalogue : nullptr);
  services.reset();
  if (failed(resolved)) return;
  services = std::move(*resolved);
  if (state.policy != policy->id) state = consent::undecided(*policy, *services);
}

void Engine::Impl::put_public(Value& out, Millis now_ms) const {
  const consent::Grants grants = consent::grants(*policy, *services, state, now_ms);
  out.set("status", consent::name_of(grants.status))
      .set("policy", policy->id)
      .set("edition", policy->edition.text_sha256)
      .set("categories", grants.categories)
      .set("purposes", grants.purposes)
      .set("services", grants.services)
      .set("channels", grants.channels)
      .set("transfers", grants.transfers);
  put_time(out, "decided_at", state.decided_at_ms);
  put_time(out, "expires_at", state.expires_at_ms);
  out.set("ask", grants.status != consent::Status::decided && has_switch(*policy, *services));
}

/// The snapshot as things stand at `now_ms`, and the cookie beside it; in.unknown: "hold" (default)
/// or "report".
void Engine::Impl::put_snapshot(Value& out, const Value& in, Millis now_ms) const {
  const consent::Grants grants = consent::grants(*policy, *services, state, now_ms);
  const enforce::Granted granted = {.status = consent::name_of(grants.status),
                                    .runs = grants.runs,
                                    .lacks_transfer = grants.lacks_transfer,
                                    .purposes = grants.purposes,
                                    .categories = grants.categories,
                                    .channels = grants.channels,
                                    .transfers = grants.transfers,
                                    .expires_at_ms = state.expires_at_ms};
  const auto unknown =
      in["unknown"].is("report") ? enforce::Unknown::report : enforce::Unknown::hold;
  Value& snapshot = out.at("snapshot");
  snapshot = enforce::compile(*policy, *services, granted, now_ms, unknown,
                              catalogue ? &*catalogue : nullptr);
  if (state.gpc) snapshot.set("gpc", true);
  Value signals = signals::calls(
      *services,
      {.runs = grants.runs, .categories = &grants.categories, .gpc = gpc, .region = region});
  if (!signals.is_null()) snapshot.set("signals", std::move(signals));
  out.set("cookie", enforce::cookie_value(snapshot));
}

void Engine::Impl::load_policy(const Value& /*in*/, const std::string& text, Value& out) {
  auto before = std::make_unique<policy::Policy>();
  errors = policy::parse(text, *before);
  if (!errors.empty()) {
    // Unknown services are part of all that is wrong; one that is misspelt inside is not unknown.
    if (!catalogue) return;
    const std::size_t found = errors.size();
    const auto unknown = enforce::resolve(*before, &*catalogue);
    for (const Error& error : unknown.errors()) {
      if (std::none_of(
              errors.begin(), errors.begin() + static_cast<std::ptrdiff_t>(found),
              [&](const Error& other) { return other.path.starts_with(error.path + "/"); }))
        errors.push_back(error);
    }
    return;
  }
  std::swap(policy, before);
  auto services_before = std::exchange(services, std::nullopt);
  const policy::Policy& loaded = *policy;
  const auto needed = enforce::needed(loaded);
  if (needed.empty() || catalogue) {
    resolve();
    if (!errors.empty()) {
      std::swap(policy, before);
      services = std::move(services_before);
      return;
    }
  }
  texts.reset();
  out.set("policy", loaded.id)
      .set("edition", loaded.edition.text_sha256)
      .set("label", loaded.edition.label)
      .set("handle", loaded.handle)
      .set("catalogue", json::strings(needed))
      .set("not_stated", json::strings(loaded.not_stated));
  out.at("text").set("href", loaded.edition.text_href).set("sha256", loaded.edition.text_sha256);
  Value& findings = out.at("findings");
  findings = Value::array();
  for (const policy::Finding& finding : loaded.findings) {
    findings.add()
        .set("code", finding.code)
        .set("severity", policy::name_of(finding.severity))
        .set("kind", finding.structural ? "structural" : "declared")
        .set("clauses", json::strings(finding.clauses));
  }
}

void Engine::Impl::load_catalogue(const Value& /*in*/, const std::string& text, Value& out) {
  auto document = json::parse(text);
  if (failed(document)) return;
  auto parsed = enforce::Catalogue::parse(std::move(*document));
  if (failed(parsed)) return;
  catalogue = std::move(*parsed);
  out.set("services", static_cast<std::int64_t>(catalogue->size()));
  if (policy) resolve();
}

void Engine::Impl::load_locale(const Value& /*in*/, const std::string& text, Value& out) {
  auto parsed = view::Locale::parse(text);
  if (failed(parsed)) return;
  out.set("lang", parsed->lang()).set("dir", parsed->dir());
  std::erase_if(locales, [&](const view::Locale& each) { return each.lang() == parsed->lang(); });
  locales.push_back(std::move(*parsed));
}

void Engine::Impl::load_text(const Value& /*in*/, const std::string& text, Value& out) {
  auto parsed = policy::parse_text(*policy, text);
  if (failed(parsed)) return;
  texts = std::move(*parsed);
  out.set("clauses", static_cast<std::int64_t>(texts->size()))
      .set("sha256", policy->edition.text_sha256);
}

void Engine::Impl::restore(const Value& in, const std::string& /*text*/, Value& out) {
  const Millis now_ms = now(in);
  if (!errors.empty()) return;
  // Closed first: a state that is refused must not leave an older one in force.
  state = consent::undecided(*policy, *services);
  gpc = in["gpc"].as_bool() || (policy->heeds_dnt && in["dnt"].as_bool());
  region = in["region"].as_string();
  if (const Value& stored = in["state"]; !stored.is_null()) {
    auto parsed = consent::parse_state(stored, policy->id);
    if (failed(parsed)) return;
    state = std::move(*parsed);
    if (gpc) consent::heed_gpc(*policy, *services, state);
  }
  put_public(out, now_ms);
}

void Engine::Impl::public_state(const Value& in, const std::string& /*text*/, Value& out) {
  put_public(out, now(in));
}

void Engine::Impl::snapshot(const Value& in, const std::string& /*text*/, Value& out) {
  put_snapshot(out, in, now(in));
}

void Engine::Impl::decide(const Value& in, const std::string& /*text*/, Value& out) {
  enforce::Page page;
  page.now_ms = now(in);
  if (!errors.empty()) return;
  page.host = enforce::host_of(string(in, "page"));
  if (!errors.empty()) return;
  for (const Value& host : in["allow"].items()) page.allow.push_back(host.as_string());
  Value made;
  put_snapshot(made, in, page.now_ms);
  const enforce::Rules rules(std::move(made.at("snapshot")));
  Value& decisions = out.at("decisions");
  decisions = Value::array();
  std::size_t index = 0;
  for (const Value& item : in["items"].items()) {
    const std::string path = json::pointer("/items", index++);
    const auto type = policy::storage_type_of(string(item, "kind", path));
    if (!errors.empty()) return;
    // What has a name is stored, what has an address is asked for.
    const bool stored = type || item.find("name") != nullptr;
    const std::string& what = string(item, stored ? "name" : "url", path);
    if (!errors.empty()) return;
    decisions.push(enforce::to_json(stored ? rules.decide(type, what, page.now_ms)
                                           : rules.decide(page, what)));
  }
}

void Engine::Impl::view(const Value& in, const std::string& /*text*/, Value& out) {
  const view::Locale* words = locale(in);
  if (words == nullptr) return;
  view::Request request;
  request.layer = in["layer"].as_string();
  request.service = in["service"].as_string();
  request.form = in["form"].as_string();
  request.given = &in;
  request.texts = texts ? &*texts : nullptr;
  request.text = in["text"].as_bool();
  request.query = in["query"].as_string();
  auto tree = view::layer(*policy, *services, *words, request);
  if (failed(tree)) return;
  out.set("sha256", sha256_text(json::write(*tree)));
  if (in["html"].as_bool()) out.set("html", view::html(*tree));
  out.at("tree") = std::move(*tree);
}

void Engine::Impl::clause(const Value& in, const std::string& /*text*/, Value& out) {
  const std::string& id = string(in, "id");
  if (!errors.empty()) return;
  const view::Locale* words = locale(in);
  if (words == nullptr) return;
  auto node = view::clause(*policy, texts ? &*texts : nullptr, *words, id);
  if (!failed(node)) out = std::move(*node);
}

void Engine::Impl::weigh(const Value& in, const std::string& /*text*/, Value& out) {
  out.set("fault", view::weigh(in["answers"]));
}

void Engine::Impl::draft(const Value& in, const std::string& /*text*/, Value& out) {
  consent::Draft draft;
  if (in["op"].is("start")) {
    const Millis now_ms = now(in);
    if (!errors.empty()) return;
    draft = consent::start_draft(*policy, *services, state, now_ms);
  } else if (in["op"].is("set")) {
    auto before = consent::parse_draft(*policy, *services, in["draft"], "/draft");
    if (failed(before)) return;
    auto after = consent::set(*policy, *services, std::move(*before), in["scope"].as_string(),
                              in["id"].as_string(), in["on"].as_bool(), !in["source"].is("api"));
    if (failed(after)) return;
    draft = std::move(*after);
  } else {
    return fail("input_type", "/op", "has to be start or set");
  }
  out.at("draft") = consent::to_json(draft);
  out.at("switches") = consent::switches(*policy, *services, draft);
}

void Engine::Impl::act(const Value& in, const std::string& /*text*/, Value& out) {
  auto parsed = consent::parse_act(*policy, *services, in);
  if (failed(parsed)) return;
  const std::string& lang = string(in, "lang");
  if (!errors.empty()) return;
  auto outcome = consent::apply(*policy, *services, state, *parsed);
  if (failed(outcome)) return;
  state = std::move(outcome->state);
  state.gpc = gpc;

  const Millis at_ms = parsed->at_ms;
  out.at("state") = consent::to_json(state);
  put_public(out.at("public"), at_ms);
  put_snapshot(out, in, at_ms);
  const Value now = out["public"];
  out.at("changed") = outcome->changed;
  out.set("gpc", gpc);

  const auto& [before, after] = std::tie(outcome->ran_before, outcome->runs_now);
  const consent::Leftovers leftovers = consent::to_delete(*services, before, after);
  Value effects;
  effect(effects, "store_state");
  effect(effects, "write_snapshot");
  effect(effects, "write_cookie").set("value", out["cookie"]);
  if (parsed->action != consent::Action::form && parsed->action != consent::Action::grant_service)
    effect(effects, "close_layer");
  put_moved(effects, "release", *services, before, after);
  put_stored(effects, "delete_storage", leftovers.deletable);
  put_stored(effects, "list_kept", leftovers.kept);
  put_moved(effects, "offer_reload", *services, after, before);
  effect(effects, "emit")
      .set("event", "change")
      .at("detail")
      .set("state", now)
      .set("changed", outcome->changed);

  Value& receipt = out.at("receipt");
  if (!outcome->items.empty()) {
    effect(effects, "make_receipt");
    receipt.set("policy", policy->id)
        .set("edition", policy->edition.text_sha256)
        .set("action", consent::name_of(outcome->action))
        .set("at_ms", at_ms)
        .set("layer", in["layer"])
        .set("lang", lang)
        .set("text_sha256", in["text_sha256"])
        .set("validity", policy->consent_term_text)
        .set("source", parsed->by_person ? "person" : "api")
        .set("categories", now["categories"])
        .set("channels", Value::object())
        .set("transfers", Value::object());
    put_channels(receipt.at("channels"), state.channels);
    for (const consent::Decided& decided : state.transfers.all())
      receipt.at("transfers").set(decided.id, consent::name_of(decided.choice));
    Value& decisions = receipt.at("decisions");
    for (const consent::Item& item : outcome->items) {
      Value& decision = decisions.add();
      decision.set("purpose_id", item.purpose_id).set("state", consent::name_of(item.state));
      if (consent::moved(*parsed, item.purpose_id)) decision.set("explicit", true);
      // What only the locale names, as it names it now: another page may make the receipt.
      if (!item.purpose_id.starts_with("transfer:")) continue;
      for (const view::Locale& words : locales) {
        if (words.lang() == lang) decision.set("label", words.text("transfer.label"));
      }
    }
  }
  out.at("effects") = std::move(effects);
}

void Engine::Impl::receipt(const Value& in, const std::string& /*text*/, Value& out) {
  const auto draft = receipt::parse_draft(in["draft"]);
  if (failed(draft)) return;
  const auto host = receipt::parse_host(in);
  if (failed(host)) return;
  const auto body = receipt::build(*policy, *services, *draft, *host);
  if (failed(body)) return;
  const auto to_sign = receipt::to_sign(*body, host->key);
  if (failed(to_sign)) return;
  out.set("body", json::write(*body))
      .set("header", to_sign->header)
      .set("signing_input", to_sign->signing_input)
      .set("receipt_id", host->receipt_id);
}

void Engine::Impl::seal(const Value& in, const std::string& /*text*/, Value& out) {
  const auto sealed = receipt::seal(in["signing_input"].as_string(), in["signature"].as_string());
  if (failed(sealed)) return;
  out.set("jws", sealed->jws).set("sha256", sealed->sha256()).set("json", sealed->face());
}

void Engine::Impl::inspect(const Value& in, const std::string& /*text*/, Value& out) {
  const Value& face = in["json"];
  const auto inspected =
      face.is_null()
          ? receipt::inspect(in["jws"].as_string())
          : receipt::inspect_face(face.is_string() ? face.as_string() : json::write(face));
  if (failed(inspected)) return;
  out.set("jws", inspected->jws)
      .set("header", inspected->header)
      .set("body", inspected->body)
      .set("signing_input", inspected->signing_input)
      .set("signature", inspected->signature)
      .set("sha256", inspected->sha256())
      .set("json", inspected->face());
}

void Engine::Impl::chain(const Value& in, const std::string& /*text*/, Value& out) {
  std::vector<std::string> receipts;
  for (const Value& jws : in["receipts"].items()) receipts.push_back(jws.as_string());
  const receipt::Chain chain = receipt::check_chain(receipts);
  out.set("receipts", static_cast<std::int64_t>(chain.receipts))
      .set("record_id", chain.record_id)
      .set("faults", Value::array());
  for (const receipt::ChainFault& fault : chain.faults) {
    out.at("faults")
        .add()
        .set("receipt_id", fault.receipt_id)
        .set("index", static_cast<std::int64_t>(fault.index))
        .set("code", fault.code)
        .set("message", fault.message);
  }
}

void Engine::Impl::compare(const Value& in, const std::string& /*text*/, Value& out) {
  const Millis now_ms = now(in);
  if (!errors.empty()) return;
  out.set("faults",
          json::strings(receipt::unproven(*policy, *services, state, now_ms, in["receipts"])));
}

void Engine::Impl::outbox(const Value& in, const std::string& /*text*/, Value& out) {
  auto answer = sync::outbox(in);
  if (!failed(answer)) out = std::move(*answer);
}

void Engine::Impl::canonical(const Value& /*in*/, const std::string& text, Value& out) {
  const auto value = json::parse(text, {.max_bytes = k_max_input_bytes, .max_depth = 64});
  if (failed(value)) return;
  const std::string written = json::write(*value);
  out.set("text", written).set("sha256", sha256_text(written));
}

Engine::Engine() : impl_(std::make_unique<Impl>()) {}
Engine::~Engine() = default;

std::string Engine::call(std::string_view name, const std::string& in) {
  return impl_->answer(name, in);
}

}  // namespace kelisim::api
