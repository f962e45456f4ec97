#include "signals/signals.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "json/reader.hpp"

namespace kelisim::signals {
namespace {

// Of what follows "~" in a template:
//   d  default, update
//   f, a, m  granted or denied: a Google key of functional, analytics, marketing
//   r  granted or denied: the service runs
//   g  grant, revoke       h  the same, hold by default       i  in, out
//   y, n  true and false: it runs, it does not
//   q  "~" while it runs: its function may come later
//   w  how long Google's tags wait for an update
struct Adapter {
  const char* service;
  const char* by_default;
  const char* update;
};

constexpr const char* k_google =
    R"(["gtag","consent","~d",{"ad_storage":"~m","ad_user_data":"~m","ad_personalization":"~m","analytics_storage":"~a","functionality_storage":"~f","personalization_storage":"~f","security_storage":"granted"~w}])";
constexpr const char* k_limited = R"(["fbq","dataProcessingOptions",["LDU"],0,0])";

constexpr Adapter k_adapters[] = {
    {"google-analytics", "", R"(["=ga-disable-G-","google_tag_manager","G-",~n])"},
    {"bing-ads", R"(["uetq.push","consent","~d",{"ad_storage":"~r"}])",
     R"(["uetq.push","consent","~d",{"ad_storage":"~r"}])"},
    {"microsoft-clarity", "",
     R"(["~qclarity","consentv2",{"ad_Storage":"~m","analytics_Storage":"~r"}])"},
    {"meta-pixel", R"(["fbq","consent","~g"])", R"(["fbq","consent","~g"])"},
    {"tiktok-pixel", R"(["ttq.~hConsent"])", R"(["ttq.~hConsent"])"},
    {"yandex-metrica", "", R"(["=disableYaCounter","","yaCounter",~n])"},
    {"matomo", R"(["_paq.push",["requireConsent"]])", R"(["_paq.push",["~oConsentGiven"]])"},
    {"amplitude", "", R"(["amplitude.setOptOut",~n])"},
    {"mixpanel", "", R"(["mixpanel.opt_~i_tracking"])"},
    {"posthog", "", R"(["posthog.opt_~i_capturing"])"},
    {"onesignal", R"(["OneSignal.setConsentRequired",true])",
     R"(["OneSignal.setConsentGiven",~y])"},
};

constexpr std::array<policy::Category, 3> k_optional = {
    policy::Category::functional, policy::Category::analytics, policy::Category::marketing};

bool is_google(const policy::ServiceFacts& service) {
  const auto tagged = [](const std::string& place) {
    return place.find("googletagmanager.com") != std::string::npos;
  };
  return service.id == "google-analytics" || service.id == "google-ads" ||
         service.id == "google-tag-manager" || service.id == "google-adsense" ||
         service.id == "doubleclick" ||
         std::any_of(service.hosts.begin(), service.hosts.end(), tagged) ||
         std::any_of(service.paths.begin(), service.paths.end(), tagged);
}

struct Answers {
  bool update = false;
  bool runs = false;
  std::array<bool, 3> google{};  ///< By k_optional.
};

void put(json::Value& out, std::string_view pattern, const Answers& answers) {
  if (pattern.empty()) return;
  const auto of = [&](bool yes, const char* a, const char* b) { return yes ? a : b; };
  const auto granted = [&](bool yes) { return of(yes, "granted", "denied"); };
  std::string text;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] != '~') {
      text += pattern[i];
      continue;
    }
    switch (pattern[++i]) {
      case 'd':
        text += of(answers.update, "update", "default");
        break;
      case 'f':
        text += granted(answers.google[0]);
        break;
      case 'a':
        text += granted(answers.google[1]);
        break;
      case 'm':
        text += granted(answers.google[2]);
        break;
      case 'r':
        text += granted(answers.runs);
        break;
      case 'g':
        text += of(answers.runs, "grant", "revoke");
        break;
      case 'h':
        text += of(answers.update, of(answers.runs, "grant", "revoke"), "hold");
        break;
      case 'i':
        text += of(answers.runs, "in", "out");
        break;
      case 'o':
        text += of(answers.runs, "set", "forget");
        break;
      case 'y':
        text += of(answers.runs, "true", "false");
        break;
      case 'n':
        text += of(answers.runs, "false", "true");
        break;
      case 'q':
        text += of(answers.runs, "~", "");
        break;
      default:
        text += of(answers.update, "", R"(,"wait_for_update":500)");
    }
  }
  out.push(*json::parse(text));
}

}  // namespace

json::Value calls(const std::vector<policy::ServiceFacts>& services, const Choices& choices) {
  json::Value by_default = json::Value::array();
  json::Value update = json::Value::array();
  const auto runs = [&](const policy::ServiceFacts& service) {
    return choices.runs[static_cast<std::size_t>(&service - services.data())] != 0;
  };

  Answers now;
  now.update = true;
  bool google = false;
  for (std::size_t i = 0; i < k_optional.size(); ++i) {
    bool there = false;
    for (const policy::ServiceFacts& service : services) {
      if (!service.declared || !is_google(service)) continue;
      google = true;
      if (service.category != k_optional[i]) continue;
      there = true;
      if (runs(service)) now.google[i] = true;
    }
    if (!there) now.google[i] = (*choices.categories)[policy::name_of(k_optional[i])].is("granted");
  }
  if (google) {
    put(by_default, k_google, {});
    put(update, k_google, now);
  }
  for (const Adapter& adapter : k_adapters) {
    for (const policy::ServiceFacts& service : services) {
      if (!service.declared || service.id != adapter.service) continue;
      now.runs = runs(service);
      put(by_default, adapter.by_default, {});
      put(update, adapter.update, now);
      if (service.id == "yandex-metrica" && !now.runs)
        put(update, R"(["ym*","","yaCounter","destruct"])", now);
      if (service.id == "meta-pixel" && choices.gpc && choices.region.starts_with("US"))
        put(by_default, k_limited, {});
    }
  }
  if (by_default.items().empty() && update.items().empty()) return {};
  json::Value out;
  out.at("default") = std::move(by_default);
  out.at("update") = std::move(update);
  return out;
}

}  // namespace kelisim::signals
