// The only addresses a tree may hold: https:, mailto: and tel:.
#pragma once

#include <string>
#include <string_view>

namespace kelisim::view {

/// `mailto:` with the exact subject, percent-encoded by RFC 6068; "" when `address` is not one mail
/// address.
std::string mail_href(std::string_view address, std::string_view subject);

/// `tel:` with the digits of a printed number ("+7 (707) 840-51-61" → "tel:+77078405161"), up to
/// the first character that does not belong to it; "" when fewer than three digits are left.
std::string phone_href(std::string_view printed);

/// An https address; http is raised to https; "" for everything else.
std::string web_href(std::string_view address);

/// Whether an href may be written: https:, mailto: or tel:, and no control character.
bool is_safe_href(std::string_view href);

/// The host of an https address, small letters, without user and port.
std::string host_part(std::string_view href);

}  // namespace kelisim::view
