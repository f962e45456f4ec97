// What services that no longer run have left on the device.
#include "consent/act.hpp"

namespace kelisim::consent {

Leftovers to_delete(const Services& services, const policy::Flags& before,
                    const policy::Flags& after) {
  Leftovers out;
  const auto same = [](const policy::StorageItem& a, const policy::StorageItem& b) {
    return a.type == b.type && a.name == b.name && a.prefix == b.prefix &&
           a.first_party == b.first_party;
  };
  const auto still_used = [&](const policy::StorageItem& item) {
    for (std::size_t i = 0; i < services.size(); ++i) {
      if (!after[i]) continue;
      for (const policy::StorageItem& other : services[i].storage) {
        if (same(item, other)) return true;
      }
    }
    return false;
  };
  for (std::size_t i = 0; i < services.size(); ++i) {
    if (!before[i] || after[i]) continue;
    for (const policy::StorageItem& item : services[i].storage) {
      if (still_used(item)) continue;
      (item.first_party ? out.deletable : out.kept).push_back({&services[i], &item});
    }
  }
  return out;
}

}  // namespace kelisim::consent
