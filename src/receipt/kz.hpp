// The block of Article 8(4) of Law No. 94-V: what a consent under Kazakh law has to say.
#pragma once

#include <vector>

#include "json/value.hpp"
#include "policy/policy.hpp"
#include "receipt/draft.hpp"
#include "receipt/entries.hpp"

namespace kelisim::receipt {

/// The member `kz` of a receipt's body (rules: build.hpp).
json::Value kz_block(const policy::Policy& policy, const std::vector<Entry>& entries,
                     const Draft& draft);

}  // namespace kelisim::receipt
