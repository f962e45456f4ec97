// Checks a receipt's body against `kelisim-receipt-1` and the rules its schema cannot say.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/result.hpp"
#include "json/value.hpp"

namespace kelisim::receipt {

/// Largest compact JWS and largest JSON face, in bytes (design, section 7).
inline constexpr std::size_t k_max_receipt_bytes = 32U * 1024U;
inline constexpr std::size_t k_max_string_bytes = 4096;
inline constexpr std::size_t k_max_depth = 8;

/// All faults of a body, each with a JSON Pointer under "/body"; empty = sound. Unknown members
/// are allowed (they are signed too).
///
/// Form: `receipt_version` (schema_version is not kelisim-receipt-1; nothing else is looked at),
/// `receipt_missing`, `receipt_type`, `receipt_pattern` (UUID, hash, thumbprint, time, duration,
/// country, address or code of another form; a consent of over twelve months), `receipt_value` (not
/// one of the allowed), `receipt_range` (seq below 1), `receipt_empty` (a list that needs an item),
/// `receipt_string` (over 4096 bytes), `receipt_proof` (a member named proof, which the JSON face
/// needs).
///
/// Meaning: `receipt_first` (seq is 1 exactly when prev is null), `receipt_purpose_twice`,
/// `receipt_party_twice`, `receipt_event_ref` (an event about no listed purpose),
/// `receipt_event_twice` (two states of one purpose), `receipt_event_basis` (an event about a
/// purpose whose basis is not consent), `receipt_event_entity` (the controller grants),
/// `receipt_event_none` (a purpose that rests on consent and has no event), `receipt_event_after`
/// (categories, channels or transfers say otherwise than the event), `receipt_action` (events that
/// the action cannot bring about: a refusal or a withdrawal that grants, a grant that refuses),
/// `receipt_party_ref` (a controller or recipient that is no party of that role),
/// `receipt_text_hash` (null with an event of the subject), `receipt_kz_missing` (a purpose under
/// KZ without the block of Article 8(4)), `receipt_kz_transfer` (third_party_transfer does not fit
/// the recipients), `receipt_kz_border` (cross_border_transfer does not fit the countries),
/// `receipt_subject_name` (not null), `receipt_twelve_digits` (twelve digits in a row in free
/// text, or a number of twelve digits: a national identifier has no place here; identifiers,
/// hashes, addresses of pages and the parties' own numbers are not free text), `receipt_contact` (a
/// mail address or a telephone number in a member that the format does not name).
std::vector<Error> check_body(const json::Value& body);

/// True for Kazakhstan and its regions ("KZ-75"): the block of Article 8(4) is due.
bool is_kz(const std::string& jurisdiction);

}  // namespace kelisim::receipt
