#include "consent/grants.hpp"

#include <algorithm>
#include <array>

#include "policy/switches.hpp"

namespace kelisim::consent {
namespace {

bool runs_with(const State& state, const policy::ServiceFacts& service, bool transfer) {
  if (service.category == policy::Category::necessary) return true;
  if (const Decided* itself = state.services.find(service.id))
    return itself->choice == Choice::granted;
  return !service.purposes.empty() && (transfer || !service.abroad) &&
         std::all_of(service.purposes.begin(), service.purposes.end(),
                     [&](const std::string& purpose) { return state.purposes.granted(purpose); });
}

std::string_view word_of(Tri tri) {
  constexpr std::array<std::string_view, 3> words = {"refused", "mixed", "granted"};
  return words[static_cast<std::size_t>(tri)];
}

}  // namespace

bool has_transfer(const Services& services) {
  return std::any_of(services.begin(), services.end(), [](const policy::ServiceFacts& service) {
    return service.declared && service.abroad && service.category != policy::Category::necessary;
  });
}

bool runs(const State& state, const policy::ServiceFacts& service) {
  return runs_with(state, service, state.transfers.granted(k_cross_border));
}

bool lacks_transfer(const State& state, const policy::ServiceFacts& service) {
  return !runs(state, service) && runs_with(state, service, true);
}

std::optional<Tri> category(const policy::Policy& policy, const Services& services,
                            const State& state, policy::Category category) {
  if (category == policy::Category::necessary) return std::nullopt;
  int on = 0;
  int off = 0;
  for (const policy::Purpose& purpose : policy.purposes) {
    if (policy::is_switch(purpose) && purpose.category == category)
      ++(state.purposes.granted(purpose.id) ? on : off);
  }
  if (on + off == 0) {
    for (const policy::ServiceFacts& service : services) {
      if (service.declared && service.category == category) ++(runs(state, service) ? on : off);
    }
  }
  if (on + off == 0) return std::nullopt;
  if (off == 0) return Tri::on;
  return on == 0 ? Tri::off : Tri::mixed;
}

Grants grants(const policy::Policy& policy, const Services& services, const State& state,
              Millis now_ms) {
  const State force = in_force(policy, services, state, now_ms);
  Grants out;
  out.status = standing(policy, services, state, now_ms).status;
  out.purposes = out.categories = out.services = out.channels = out.transfers =
      json::Value::object();
  for (const policy::Purpose& purpose : policy.purposes) {
    if (policy::is_switch(purpose))
      out.purposes.set(purpose.id, force.purposes.granted(purpose.id));
  }
  for (const auto id :
       {policy::Category::functional, policy::Category::analytics, policy::Category::marketing}) {
    if (const auto tri = category(policy, services, force, id))
      out.categories.set(policy::name_of(id), word_of(*tri));
  }
  for (const policy::ServiceFacts& service : services) {
    const bool run = runs(force, service);
    out.runs.push_back(run);
    out.lacks_transfer.push_back(lacks_transfer(force, service));
    if (service.declared) out.services.set(service.id, run);
  }
  for (const std::string_view id : channel_ids(policy))
    out.channels.set(id, force.channels.granted(id));
  if (has_transfer(services))
    out.transfers.set(k_cross_border, force.transfers.granted(k_cross_border));
  return out;
}

std::vector<std::string_view> channel_ids(const policy::Policy& policy) {
  std::vector<std::string_view> ids;
  if (!policy.messages) return ids;
  for (const policy::Topic& topic : policy.messages->topics) ids.emplace_back(topic.id);
  for (const policy::Channel& channel : policy.messages->channels) {
    if (std::find(ids.begin(), ids.end(), channel.id) == ids.end()) ids.emplace_back(channel.id);
  }
  return ids;
}

}  // namespace kelisim::consent
