// Numbers with a fraction, as RFC 8785 section 3.2.2.3 writes them. Not part of the page's engine:
// no Kelisim format has one.
#pragma once

#include <string>

namespace kelisim::json {

/// ECMAScript Number::toString of a finite double.
std::string number_text(double number);

}  // namespace kelisim::json
