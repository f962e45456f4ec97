// Which purposes have a switch of their own on a page: one answer for consent, enforcement and
// view.
#pragma once

#include "policy/policy.hpp"

namespace kelisim::policy {

/// True if a person switches `purpose` on the page: control is switch, it is about visitors or
/// clients, and it is not the app's alone (a page cannot grant a purpose of surface app).
inline bool is_switch(const Purpose& purpose) {
  return purpose.control == Control::switch_ && purpose.audience.in_shop() &&
         purpose.surface != Surface::app;
}

}  // namespace kelisim::policy
