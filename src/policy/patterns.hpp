// What the strings of a policy document have to look like.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace kelisim::policy {

enum class Pattern : std::uint8_t {
  any,           ///< Not empty.
  id,            ///< [a-z0-9]+([_-][a-z0-9]+)*, at most 64.
  host,          ///< Lower-case host name.
  host_pattern,  ///< host or *.host
  path_pattern,  ///< host/path, *.host/path or /path
  sha256,        ///< 43 characters of base64url.
  duration,      ///< ISO 8601, years to days.
  country,       ///< ISO 3166-1 alpha-2.
  jurisdiction,  ///< ISO 3166-1 or 3166-2.
  language,      ///< BCP 47 in its simple form.
  date,          ///< YYYY-MM-DD.
  bin,           ///< 12 digits.
  dpv,           ///< dpv:Name
  pii,           ///< pd:Name, tech:Name or dpv:Name
  https,         ///< https://…
  code,          ///< [a-z]+(-[a-z]+)*
  clause,        ///< At most 32 code points.
};

bool matches(Pattern pattern, std::string_view text);

std::size_t code_points(std::string_view text);

}  // namespace kelisim::policy
