// Builds the body of a receipt: one act of the person, the policy it was about and the host's
// facts in, `kelisim-receipt-1` out.
#pragma once

#include <vector>

#include "core/result.hpp"
#include "json/value.hpp"
#include "policy/policy.hpp"
#include "receipt/draft.hpp"

namespace kelisim::receipt {

/// Builds the body by src/receipt/receipt.schema.json. Pure: the same inputs give the same bytes.
///
/// Rules the schema cannot say:
///  - Only what was decided is listed: one entry per decision, and each entry stands in exactly
///    one event. Decisions of one state and type share one event. A purpose whose basis is not
///    consent is never decided (`draft_basis`).
///  - channels: those of the draft that the policy has; what an earlier edition had was not shown.
///  - A receipt that would be over 32 KiB puts services that were decided alike into one entry:
///    "service:a,b,c".
///  - event_type is `explicit` where the person moved the control of that decision (the draft says
///    so of each), `expressed` where one button or a native screen answered for several, and for a
///    switch that was left as it stood; lawful_basis is dpv:ExplicitlyExpressedConsent or
///    dpv:ExpressedConsent with it. entity_id is `controller` when the page's own code refused or
///    withdrew.
///  - purpose_type: the DPV terms of the purpose, else one by its category; of a service or form
///    those of its purposes; of messages dpv:DirectMarketing when their purpose names none; of the
///    transfer those of the purposes served from abroad, with processing_method
///    dpv:CrossBorderTransfer (a processing, not a purpose).
///  - purpose: as it was worded on screen. The transfer, which the policy has no name for, as its
///    switch was called.
///  - pii_information: the kinds of the data items of the purpose, form or channel, each kind once;
///    a switch purpose that lists no items has those collected automatically from visitors and
///    clients; where there are none, one item of `{"not_stated": true}`. An item without a term is
///    dpv:PersonalData. pii_optional is not_stated where the policy is. The items themselves, in
///    plain words, are in kz.pii_list, once for the whole receipt: a receipt has to stay within 32
///    KiB.
///  - pii_controllers: the operator alone, and covered persons only where the policy names them (a
///    group without names consents to nobody). Ids "controller:operator", "controller:covered-1"…
///    cannot meet a service's id.
///  - recipient_third_parties: declared services of the purpose run by somebody else; party_id is
///    the service's id. Kinds of recipients ("couriers") are not parties.
///  - storage_locations: the country of the localisation clause; retention_period: the policy's
///    first term; both `not_stated` where the policy is silent. privacy_rights: the rights the
///    policy gives, and always withdrawal, which the widget gives itself.
///  - withdrawal_method: origin + "/#kelisim" (the shell opens the choices for that fragment),
///    "#kelisim" without an http origin.
///  - clauses: "3.2.5", or "3.2.5 (printed 2.2.5)" where the printed number differs.
///  - kz (jurisdiction KZ): the block of Article 8(4). subject_name is always null: no receipt
///    holds a name. third_party_transfer is true when an entry has a recipient or the policy names
///    anybody it passes data to, a kind of recipient too; false when it names only whom it never
///    does; not_stated when it names no recipients at all. cross_border_countries:
///    countries other than KZ of recipients and storage, and those the policy names where it
///    allows the transfer; cross_border_transfer is true when there are any or the policy allows
///    the transfer without naming one, false when the policy forbids it, else not_stated.
///
/// Errors: `draft_policy`, `draft_edition` (the draft is about another policy or edition: never
/// sign a text that was not shown), `draft_unknown` (a decision about something the policy does
/// not have), `draft_basis`, `receipt_size`; and those of check_body, so nothing is signed that
/// inspect would refuse.
Result<json::Value> build(const policy::Policy& policy,
                          const std::vector<policy::ServiceFacts>& services, const Draft& draft,
                          const Host& host);

}  // namespace kelisim::receipt
