#include "api/engine.hpp"

#include <algorithm>
#include <map>
#include <optional>
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
#include "sync/outbox.hpp"
#include "view/html.hpp"
#include "view/layer.hpp"
#include "view/locale.hpp"

namespace kelisim::api {
namespace {

using json::Value;

Value strings(const std::vector<std::string>& list) {
  Value out = Value::array();
  for (const std::string& item : list) out.push(item);
  return out;
}

Value optional_time(const std::optional<Millis>& at_ms) {
  return at_ms ? Value(iso_time(*at_ms)) : Value();
}

bool has_switch(const policy::Policy& policy, const consent::Services& services) {
  return std::any_of(policy.purposes.begin(), policy.purposes.end(), policy::is_switch) ||
         std::any_of(services.begin(), services.end(),
                     [](const policy::ServiceFacts& service) {
                       return service.category != policy::Category::necessary;
                     }) ||
         (policy.messages &&
          !(policy.messages->topics.empty() && policy.messages->channels.empty()));
}

/// Message channels for a receipt: all that have a decision.
Value channel_states(const consent::State& state) {
  Value out = Value::object();
  for (const consent::Decided& decided : state.channels.all()) {
    out.set(decided.id, Value::object()
                            .set("state", consent::name_of(decided.choice))
                            .set("changed_at_ms", decided.changed_at_ms));
  }
  return out;
}

Value choices(const consent::Decisions& decisions) {
  Value out = Value::object();
  for (const consent::Decided& decided : decisions.all())
    out.set(decided.id, consent::name_of(decided.choice));
  return out;
}

Value effect(std::string_view type) { return Value::object().set("type", type); }

Value stored_items(const std::vector<consent::Stored>& items) {
  Value out = Value::array();
  for (const consent::Stored& stored : items) {
    out.push(Value::object()
                 .set("type", policy::name_of(stored.item->type))
                 .set("name", stored.item->name)
                 .set("match", stored.item->prefix ? "prefix" : "exact")
                 .set("service", stored.service->id));
  }
  return out;
}

}  // namespace

struct Engine::Impl {
  std::unique_ptr<policy::Policy> policy;
  std::optional<enforce::Catalogue> catalogue;
  std::optional<consent::Services> services;
  std::optional<policy::ClauseTexts> texts;
  std::map<std::string, view::Locale, std::less<>> locales;
  consent::State state;

  /// Nothing can be answered about services before their facts are known.
  [[nodiscard]] std::optional<Error> not_ready() const {
    if (!policy) return Error{"no_policy", "", "load a policy first"};
    if (!services)
      return Error{"catalogue_needed", "",
                   "the policy names services of the catalogue; load it first"};
    return std::nullopt;
  }

  std::vector<Error> resolve() {
    auto resolved = enforce::resolve(*policy, catalogue ? &*catalogue : nullptr);
    if (!resolved) {
      services.reset();
      return resolved.errors();
    }
    services = std::move(*resolved);
    if (state.policy != policy->id) state = consent::undecided(*policy, *services);
    return {};
  }

  [[nodiscard]] Value public_state(Millis now_ms) const {
    const consent::Grants grants = consent::grants(*policy, *services, state, now_ms);
    return Value::object()
        .set("status", consent::name_of(grants.status))
        .set("policy", policy->id)
        .set("edition", policy->edition.text_sha256)
        .set("categories", grants.categories)
        .set("purposes", grants.purposes)
        .set("services", grants.services)
        .set("channels", grants.channels)
        .set("transfers", grants.transfers)
        .set("decided_at", optional_time(state.decided_at_ms))
        .set("expires_at", optional_time(state.expires_at_ms))
        .set("ask", grants.status != consent::Status::decided && has_switch(*policy, *services));
  }

  /// The snapshot as things stand at `now_ms`; in.unknown: "hold" (default) or "report".
  [[nodiscard]] Value snapshot(const Value& in, Millis now_ms) const {
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
        in["unknown"].as_string() == "report" ? enforce::Unknown::report : enforce::Unknown::hold;
    return enforce::compile(*policy, *services, granted, now_ms, unknown,
                            catalogue ? &*catalogue : nullptr);
  }

  Result<Value> act(const Value& in);
  Result<Value> decide(const Value& in) const;
  Result<Value> view(const Value& in) const;
};

Engine::Engine() : impl_(std::make_unique<Impl>()) {}
Engine::~Engine() = default;

std::string Engine::load_policy(const std::string& policy) {
  auto before = std::make_unique<policy::Policy>();
  if (const Errors errors = policy::parse(policy, *before); !errors.empty()) return failure(errors);
  std::swap(impl_->policy, before);
  auto services_before = std::exchange(impl_->services, std::nullopt);
  const policy::Policy& loaded = *impl_->policy;
  const auto needed = enforce::needed(loaded);
  if (needed.empty() || impl_->catalogue) {
    if (const auto errors = impl_->resolve(); !errors.empty()) {
      impl_->policy = std::move(before);
      impl_->services = std::move(services_before);
      return failure(errors);
    }
  }
  impl_->texts.reset();
  Value findings = Value::array();
  for (const policy::Finding& finding : loaded.findings) {
    findings.push(Value::object()
                      .set("code", finding.code)
                      .set("severity", policy::name_of(finding.severity))
                      .set("kind", finding.structural ? "structural" : "declared")
                      .set("clauses", strings(finding.clauses)));
  }
  return success(Value::object()
                     .set("policy", loaded.id)
                     .set("edition", loaded.edition.text_sha256)
                     .set("label", loaded.edition.label)
                     .set("text", Value::object()
                                      .set("href", loaded.edition.text_href)
                                      .set("sha256", loaded.edition.text_sha256))
                     .set("handle", loaded.handle)
                     .set("catalogue", strings(needed))
                     .set("not_stated", strings(loaded.not_stated))
                     .set("findings", std::move(findings)));
}

std::string Engine::load_catalogue(const std::string& catalogue) {
  auto document = json::parse(catalogue);
  if (!document) return failure(document.errors());
  auto parsed = enforce::Catalogue::parse(std::move(*document));
  if (!parsed) return failure(parsed.errors());
  const auto count = static_cast<std::int64_t>(parsed->size());
  impl_->catalogue = std::move(*parsed);
  if (impl_->policy) {
    if (const auto errors = impl_->resolve(); !errors.empty()) return failure(errors);
  }
  return success(Value::object().set("services", count));
}

std::string Engine::load_locale(const std::string& locale) {
  auto parsed = view::Locale::parse(locale);
  if (!parsed) return failure(parsed.errors());
  Value out = Value::object().set("lang", parsed->lang()).set("dir", parsed->dir());
  std::string lang = parsed->lang();
  impl_->locales.insert_or_assign(std::move(lang), std::move(*parsed));
  return success(std::move(out));
}

std::string Engine::load_text(const std::string& text) {
  if (!impl_->policy) return failure(Error{"no_policy", "", "load a policy first"});
  auto parsed = policy::parse_text(*impl_->policy, text);
  if (!parsed) return failure(parsed.errors());
  const auto count = static_cast<std::int64_t>(parsed->size());
  impl_->texts = std::move(*parsed);
  return success(
      Value::object().set("clauses", count).set("sha256", impl_->policy->edition.text_sha256));
}

std::string Engine::restore(const std::string& in) {
  if (const auto error = impl_->not_ready()) return failure(*error);
  const auto parsed = input(in);
  if (!parsed) return failure(parsed.errors());
  const auto now_ms = time_of(*parsed, "now_ms");
  if (!now_ms) return failure(now_ms.errors());
  // Closed first: a state that is refused must not leave an older one in force.
  impl_->state = consent::undecided(*impl_->policy, *impl_->services);
  if (const Value& stored = (*parsed)["state"]; !stored.is_null()) {
    auto state = consent::parse_state(stored, impl_->policy->id);
    if (!state) return failure(state.errors());
    impl_->state = std::move(*state);
  }
  return success(impl_->public_state(*now_ms));
}

std::string Engine::state(const std::string& in) {
  if (const auto error = impl_->not_ready()) return failure(*error);
  const auto parsed = input(in);
  if (!parsed) return failure(parsed.errors());
  const auto now_ms = time_of(*parsed, "now_ms");
  return now_ms ? success(impl_->public_state(*now_ms)) : failure(now_ms.errors());
}

std::string Engine::snapshot(const std::string& in) {
  if (const auto error = impl_->not_ready()) return failure(*error);
  const auto parsed = input(in);
  if (!parsed) return failure(parsed.errors());
  const auto now_ms = time_of(*parsed, "now_ms");
  if (!now_ms) return failure(now_ms.errors());
  Value snapshot = impl_->snapshot(*parsed, *now_ms);
  std::string cookie = enforce::cookie_value(snapshot);
  return success(
      Value::object().set("snapshot", std::move(snapshot)).set("cookie", std::move(cookie)));
}

Result<Value> Engine::Impl::decide(const Value& in) const {
  const auto now_ms = time_of(in, "now_ms");
  if (!now_ms) return now_ms.errors();
  const auto page_url = string_of(in, "page");
  if (!page_url) return page_url.errors();
  enforce::Page page;
  page.host = enforce::host_of(*page_url);
  page.now_ms = *now_ms;
  for (const Value& host : in["allow"].items()) page.allow.push_back(host.as_string());
  const enforce::Rules rules(snapshot(in, *now_ms));
  Value decisions = Value::array();
  std::size_t index = 0;
  for (const Value& item : in["items"].items()) {
    const std::string path = json::pointer("/items", index++);
    if (!item["kind"].is_string())
      return Error{"input_type", json::pointer(path, "kind"), "has to be a string"};
    if (const auto type = policy::storage_type_of(item["kind"].as_string())) {
      if (!item["name"].is_string())
        return Error{"input_type", json::pointer(path, "name"), "has to be a string"};
      decisions.push(enforce::to_json(rules.decide(*type, item["name"].as_string(), *now_ms)));
    } else {
      if (!item["url"].is_string())
        return Error{"input_type", json::pointer(path, "url"), "has to be a string"};
      decisions.push(enforce::to_json(rules.decide(page, item["url"].as_string())));
    }
  }
  return Value::object().set("decisions", std::move(decisions));
}

std::string Engine::decide(const std::string& in) {
  if (const auto error = impl_->not_ready()) return failure(*error);
  const auto parsed = input(in);
  if (!parsed) return failure(parsed.errors());
  auto value = impl_->decide(*parsed);
  return value ? success(std::move(*value)) : failure(value.errors());
}

Result<Value> Engine::Impl::view(const Value& in) const {
  const auto lang = string_of(in, "lang");
  if (!lang) return lang.errors();
  const auto locale = locales.find(*lang);
  if (locale == locales.end())
    return Error{"no_locale", "/lang", "load the locale of \"" + *lang + "\" first"};
  view::Request request;
  request.layer = in["layer"].as_string();
  request.service = in["service"].as_string();
  request.form = in["form"].as_string();
  request.receipts = in.find("receipts");
  request.texts = texts ? &*texts : nullptr;
  request.text = in["text"].as_bool();
  request.query = in["query"].as_string();
  auto tree = view::layer(*policy, *services, locale->second, request);
  if (!tree) return tree.errors();
  Value out = Value::object().set("sha256", sha256_text(json::write(*tree)));
  if (in["html"].as_bool()) out.set("html", view::html(*tree));
  return std::move(out).set("tree", std::move(*tree));
}

std::string Engine::view(const std::string& in) {
  if (const auto error = impl_->not_ready()) return failure(*error);
  const auto parsed = input(in);
  if (!parsed) return failure(parsed.errors());
  auto value = impl_->view(*parsed);
  return value ? success(std::move(*value)) : failure(value.errors());
}

std::string Engine::clause(const std::string& in) {
  if (!impl_->policy) return failure(Error{"no_policy", "", "load a policy first"});
  const auto parsed = input(in);
  if (!parsed) return failure(parsed.errors());
  const auto id = string_of(*parsed, "id");
  if (!id) return failure(id.errors());
  const auto lang = string_of(*parsed, "lang");
  if (!lang) return failure(lang.errors());
  const auto locale = impl_->locales.find(*lang);
  if (locale == impl_->locales.end())
    return failure(Error{"no_locale", "/lang", "load the locale of \"" + *lang + "\" first"});
  auto node =
      view::clause(*impl_->policy, impl_->texts ? &*impl_->texts : nullptr, locale->second, *id);
  return node ? success(std::move(*node)) : failure(node.errors());
}

std::string Engine::draft(const std::string& in) {
  if (const auto error = impl_->not_ready()) return failure(*error);
  const auto parsed = input(in);
  if (!parsed) return failure(parsed.errors());
  const policy::Policy& policy = *impl_->policy;
  const consent::Services& services = *impl_->services;
  const std::string& op = (*parsed)["op"].as_string();
  consent::Draft draft;
  if (op == "start") {
    const auto now_ms = time_of(*parsed, "now_ms");
    if (!now_ms) return failure(now_ms.errors());
    draft = consent::start_draft(policy, services, impl_->state, *now_ms);
  } else if (op == "set") {
    auto before = consent::parse_draft(policy, services, (*parsed)["draft"], "/draft");
    if (!before) return failure(before.errors());
    auto after = consent::set(policy, services, std::move(*before), (*parsed)["scope"].as_string(),
                              (*parsed)["id"].as_string(), (*parsed)["on"].as_bool());
    if (!after) return failure(after.errors());
    draft = std::move(*after);
  } else {
    return failure(Error{"input_type", "/op", "has to be start or set"});
  }
  return success(Value::object()
                     .set("draft", consent::to_json(draft))
                     .set("switches", consent::switches(policy, services, draft)));
}

Result<Value> Engine::Impl::act(const Value& in) {
  auto parsed = consent::parse_act(*policy, *services, in);
  if (!parsed) return parsed.errors();
  const auto lang = string_of(in, "lang");
  if (!lang) return lang.errors();
  auto outcome = consent::apply(*policy, *services, state, *parsed);
  if (!outcome) return outcome.errors();
  state = std::move(outcome->state);

  const Millis at_ms = parsed->at_ms;
  Value rules = snapshot(in, at_ms);
  std::string cookie = enforce::cookie_value(rules);
  const Value now = public_state(at_ms);
  const consent::Leftovers leftovers =
      consent::to_delete(*services, outcome->ran_before, outcome->runs_now);
  Value released = Value::array();
  Value stopped = Value::array();
  for (std::size_t i = 0; i < services->size(); ++i) {
    const bool before = outcome->ran_before[i];
    const bool after = outcome->runs_now[i];
    if (!before && after) released.push((*services)[i].id);
    if (before && !after) stopped.push((*services)[i].id);
  }

  Value effects = Value::array();
  effects.push(effect("store_state"));
  effects.push(effect("write_snapshot"));
  effects.push(effect("write_cookie").set("value", cookie));
  if (parsed->action != consent::Action::form && parsed->action != consent::Action::grant_service) {
    effects.push(effect("close_layer"));
  }
  if (!released.items().empty())
    effects.push(effect("release").set("services", std::move(released)));
  if (!leftovers.deletable.empty())
    effects.push(effect("delete_storage").set("items", stored_items(leftovers.deletable)));
  if (!leftovers.kept.empty())
    effects.push(effect("list_kept").set("items", stored_items(leftovers.kept)));
  if (!stopped.items().empty())
    effects.push(effect("offer_reload").set("services", std::move(stopped)));
  effects.push(
      effect("emit")
          .set("event", "change")
          .set("detail", Value::object().set("state", now).set("changed", outcome->changed)));

  Value decisions = Value::array();
  for (const consent::Item& item : outcome->items) {
    decisions.push(Value::object()
                       .set("purpose_id", item.purpose_id)
                       .set("state", consent::name_of(item.state)));
  }
  Value receipt;
  if (!outcome->items.empty()) {
    effects.push(effect("make_receipt"));
    receipt = Value::object()
                  .set("policy", policy->id)
                  .set("edition", policy->edition.text_sha256)
                  .set("action", consent::name_of(parsed->action))
                  .set("at_ms", at_ms)
                  .set("layer", in["layer"])
                  .set("lang", *lang)
                  .set("text_sha256", in["text_sha256"])
                  .set("validity", policy->consent_term_text)
                  .set("source", parsed->by_person ? "person" : "api")
                  .set("decisions", std::move(decisions))
                  .set("categories", now["categories"])
                  .set("channels", channel_states(state))
                  .set("transfers", choices(state.transfers));
  }
  return Value::object()
      .set("state", consent::to_json(state))
      .set("public", now)
      .set("snapshot", std::move(rules))
      .set("cookie", std::move(cookie))
      .set("changed", std::move(outcome->changed))
      .set("effects", std::move(effects))
      .set("receipt", std::move(receipt));
}

std::string Engine::act(const std::string& in) {
  if (const auto error = impl_->not_ready()) return failure(*error);
  const auto parsed = input(in);
  if (!parsed) return failure(parsed.errors());
  auto value = impl_->act(*parsed);
  return value ? success(std::move(*value)) : failure(value.errors());
}

std::string Engine::receipt(const std::string& in) {
  if (const auto error = impl_->not_ready()) return failure(*error);
  const auto parsed = input(in);
  if (!parsed) return failure(parsed.errors());
  const auto draft = receipt::parse_draft((*parsed)["draft"]);
  if (!draft) return failure(draft.errors());
  const auto host = receipt::parse_host(*parsed);
  if (!host) return failure(host.errors());
  const auto body = receipt::build(*impl_->policy, *impl_->services, *draft, *host);
  if (!body) return failure(body.errors());
  const auto to_sign = receipt::to_sign(*body, host->key);
  if (!to_sign) return failure(to_sign.errors());
  return success(Value::object()
                     .set("body", json::write(*body))
                     .set("header", to_sign->header)
                     .set("signing_input", to_sign->signing_input)
                     .set("receipt_id", host->receipt_id));
}

std::string Engine::seal(const std::string& in) {
  const auto parsed = input(in);
  if (!parsed) return failure(parsed.errors());
  const auto sealed =
      receipt::seal((*parsed)["signing_input"].as_string(), (*parsed)["signature"].as_string());
  if (!sealed) return failure(sealed.errors());
  return success(Value::object()
                     .set("jws", sealed->jws)
                     .set("sha256", sealed->sha256())
                     .set("json", sealed->face()));
}

std::string Engine::inspect(const std::string& in) {
  const auto parsed = input(in);
  if (!parsed) return failure(parsed.errors());
  const Value& face = (*parsed)["json"];
  const auto inspected =
      face.is_null()
          ? receipt::inspect((*parsed)["jws"].as_string())
          : receipt::inspect_face(face.is_string() ? face.as_string() : json::write(face));
  if (!inspected) return failure(inspected.errors());
  return success(Value::object()
                     .set("jws", inspected->jws)
                     .set("header", inspected->header)
                     .set("body", inspected->body)
                     .set("signing_input", inspected->signing_input)
                     .set("signature", inspected->signature)
                     .set("sha256", inspected->sha256())
                     .set("json", inspected->face()));
}

std::string Engine::chain(const std::string& in) {
  const auto parsed = input(in);
  if (!parsed) return failure(parsed.errors());
  std::vector<std::string> receipts;
  for (const Value& jws : (*parsed)["receipts"].items()) receipts.push_back(jws.as_string());
  const receipt::Chain chain = receipt::check_chain(receipts);
  Value faults = Value::array();
  for (const receipt::ChainFault& fault : chain.faults) {
    faults.push(Value::object()
                    .set("receipt_id", fault.receipt_id)
                    .set("index", static_cast<std::int64_t>(fault.index))
                    .set("code", fault.code)
                    .set("message", fault.message));
  }
  return success(Value::object()
                     .set("receipts", static_cast<std::int64_t>(chain.receipts))
                     .set("record_id", chain.record_id)
                     .set("faults", std::move(faults)));
}

std::string Engine::outbox(const std::string& in) {
  const auto parsed = input(in);
  if (!parsed) return failure(parsed.errors());
  auto value = sync::outbox(*parsed);
  return value ? success(std::move(*value)) : failure(value.errors());
}

std::string Engine::canonical(const std::string& json) {
  const auto value = json::parse(json, {.max_bytes = 2U << 20U, .max_depth = 64});
  if (!value) return failure(value.errors());
  std::string text = json::write(*value);
  std::string hash = sha256_text(text);
  return success(Value::object().set("text", std::move(text)).set("sha256", std::move(hash)));
}

}  // namespace kelisim::api
