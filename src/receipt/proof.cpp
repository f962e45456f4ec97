#include "receipt/proof.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "core/time.hpp"
#include "receipt/forms.hpp"
#include "receipt/jws.hpp"

namespace kelisim::receipt {
namespace {

void add_granted(std::vector<std::string>& out, const char* scope,
                 const consent::Decisions& decisions) {
  for (const consent::Decided& decided : decisions.all()) {
    if (decided.choice == consent::Choice::granted) out.push_back(scope + decided.id);
  }
}

class Search {
 public:
  Search(const consent::State& state, std::vector<std::string> granted, bool dated)
      : state_(state), open_(std::move(granted)), edition_(!dated), term_(!dated) {}

  /// @returns whether an older receipt can say more
  bool read(const json::Value& body) {
    const json::Value& notice = body["pii_processing"]["privacy_notice"];
    if (notice["policy_id"].as_string() != state_.policy) return true;
    if (notice["sha256"].as_string() == state_.edition) edition_ = true;
    for (const json::Value& event : body["event"].items()) {
      // The text leaves the milliseconds out.
      const Millis at_ms = time_of(event["event_time"].as_string()) + 999;
      const auto validity = parse_duration(event["validity_duration"].as_string());
      if (add(at_ms, *validity) >= state_.expires_at_ms.value_or(0)) term_ = true;
      const bool on = one_of("given|renewed", event["event_state"].as_string());
      for (const json::Value& ids : event["purpose_ids"].items()) decided(ids.as_string(), on);
    }
    return !open_.empty() || !edition_ || !term_;
  }

  std::vector<std::string> faults() {
    std::vector<std::string> out = std::move(refused_);
    out.insert(out.end(), open_.begin(), open_.end());
    if (!edition_) out.emplace_back("edition");
    if (!term_) out.emplace_back("term");
    return out;
  }

 private:
  // "service:a,b" are two.
  void decided(std::string_view ids, bool on) {
    const std::string scope(ids.substr(0, ids.find(':') + 1));
    ids.remove_prefix(scope.size());
    while (true) {
      const auto comma = ids.find(',');
      const auto found =
          std::find(open_.begin(), open_.end(), std::string(scope).append(ids.substr(0, comma)));
      if (found != open_.end()) {
        if (!on) refused_.push_back(*found);
        open_.erase(found);
      }
      if (comma == std::string_view::npos) return;
      ids.remove_prefix(comma + 1);
    }
  }

  const consent::State& state_;
  std::vector<std::string> open_;  // Granted, and no event was seen yet.
  std::vector<std::string> refused_;
  bool edition_;
  bool term_;
};

}  // namespace

std::vector<std::string> unproven(const policy::Policy& policy, const consent::Services& services,
                                  const consent::State& state, Millis now_ms,
                                  const json::Value& receipts) {
  const consent::State force = consent::in_force(policy, services, state, now_ms);
  std::vector<std::string> granted;
  add_granted(granted, "", force.purposes);
  add_granted(granted, "service:", force.services);
  add_granted(granted, "channel:", force.channels);
  add_granted(granted, "transfer:", force.transfers);
  // Consents of forms have neither: they were given with the form and end by withdrawal.
  const bool dated = !granted.empty();
  add_granted(granted, "form:", force.forms);
  if (granted.empty()) return {};
  Search search(force, std::move(granted), dated);
  for (const json::Value& jws : receipts.items()) {
    const Result<Receipt> receipt = inspect(jws.as_string());
    if (receipt && !search.read(receipt->body)) break;
  }
  return search.faults();
}

}  // namespace kelisim::receipt
