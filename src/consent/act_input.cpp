// Reads an act from JSON.
#include <algorithm>
#include <array>
#include <utility>

#include "consent/act.hpp"

namespace kelisim::consent {
namespace {

constexpr std::array<std::string_view, 8> k_actions = {
    "grant_all",     "refuse_all",    "save_choices", "withdraw_all",
    "withdraw_some", "grant_service", "form",         "host"};

}  // namespace

std::string_view name_of(Action action) { return k_actions[static_cast<std::size_t>(action)]; }

std::string_view name_of(EventState state) {
  constexpr std::array<std::string_view, 4> names = {"given", "renewed", "refused", "withdrawn"};
  return names[static_cast<std::size_t>(state)];
}

Result<Act> parse_act(const policy::Policy& policy, const Services& services,
                      const json::Value& value) {
  Act act;
  const auto action = std::find(k_actions.begin(), k_actions.end(), value["action"].as_string());
  if (action == k_actions.end()) return Error{"act_action", "/action", "no such action"};
  act.action = static_cast<Action>(action - k_actions.begin());
  const std::string& source = value["source"].as_string();
  if (source != "person" && source != "api")
    return Error{"act_source", "/source", "neither person nor api"};
  act.by_person = source == "person";
  if (!value["at_ms"].is_integer()) return Error{"act_type", "/at_ms", "not a time"};
  act.at_ms = value["at_ms"].as_integer();
  if (act.action == Action::save_choices || act.action == Action::host) {
    Result<Draft> draft = parse_draft(policy, services, value["draft"], "/draft");
    if (!draft) return draft.errors();
    act.draft = *std::move(draft);
  }
  if (act.action == Action::withdraw_some) {
    const json::Value& ids = value["ids"];
    bool good = ids.is_array() && !ids.items().empty();
    for (const json::Value& id : ids.items()) {
      good = good && id.is_string();
      act.ids.push_back(id.as_string());
    }
    if (!good) return Error{"act_type", "/ids", "not a list of ids"};
  }
  if (act.action == Action::grant_service) {
    if (!value["service"].is_string()) return Error{"act_type", "/service", "not an id"};
    act.service = value["service"].as_string();
  }
  if (act.action == Action::form) {
    const json::Value& form = value["form"];
    if (!form["id"].is_string() || !form["on"].is_bool())
      return Error{"act_type", "/form", "not {id, on}"};
    act.form = form["id"].as_string();
    act.form_on = form["on"].as_bool();
  }
  return act;
}

}  // namespace kelisim::consent
