// The lines of the summary, in two files: who, data, why, to whom, how long; then the rest. Each
// writes one line, or nothing where there is nothing to say and nothing to be silent about.
#pragma once

#include "view/pen.hpp"

namespace kelisim::view {

void line_who(Pen& pen);
void line_data(Pen& pen);
void line_why(Pen& pen);
void line_whom(Pen& pen);
void line_term(Pen& pen);
void line_rights(Pen& pen);
void line_messages(Pen& pen);
void line_cookies(Pen& pen);
void line_transfer(Pen& pen);
void line_disputes(Pen& pen);
void line_laws(Pen& pen);
void line_also(Pen& pen);
void line_contact(Pen& pen);
void line_edition(Pen& pen);
void line_findings(Pen& pen);

/// How many names a collapsed line shows before it counts the rest.
inline constexpr std::size_t k_line_names = 3;

}  // namespace kelisim::view
