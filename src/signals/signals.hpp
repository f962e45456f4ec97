// The vendors' own consent signals: what each declared service has to be told of a choice. A signal
// never stands for holding a tag back; it comes beside it, so that what runs knows what it may do.
#pragma once

#include <string_view>
#include <vector>

#include "json/value.hpp"
#include "policy/policy.hpp"

namespace kelisim::signals {

/// What the adapters answer to.
struct Choices {
  policy::Flags runs;             ///< Parallel to the services.
  const json::Value* categories;  ///< {functional|analytics|marketing: granted|refused|mixed}
  bool gpc = false;               ///< Global Privacy Control, as the browser says.
  std::string_view region;        ///< ISO 3166-2 of the visitor, "" = not known.
};

/// The calls of a page, in order: `default` before any tag, `update` as things stand (told once for
/// each decision, and not before the first); null
/// where no declared service has a signal. A call is [path, argument…]:
///
///  - "gtag": the arguments object goes to `dataLayer`;
///  - "<queue>.push": onto the array `<queue>`, which is made where it is missing;
///  - "<function>", "<object>.<method>": called where it exists; "~<function>": a queue of
///  arguments
///    stands in for it until it does, as the vendor's own snippet has it;
///  - "=<flag>", "<object>", "<name>", boolean: sets window["<flag><id>"] for each member
///    "<name><id>" of window.<object> ("" = window itself);
///  - "<function>*", "<object>", "<name>", argument: called with each of these ids and the
///  argument.
///
/// Google Consent Mode v2 (all seven keys, basic mode), Microsoft UET and Clarity, Meta, TikTok,
/// Yandex.Metrica and Google Analytics' own switches, Matomo, Amplitude, Mixpanel, PostHog,
/// OneSignal. Meta is told to limit the use of data where Global Privacy Control is on in the USA.
/// A Google key of a category is granted when a Google service of that category runs; where none is
/// declared in it, when the category is granted as a whole.
json::Value calls(const std::vector<policy::ServiceFacts>& services, const Choices& choices);

}  // namespace kelisim::signals
