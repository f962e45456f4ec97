// The lines of the summary, in two files: who, data, why, to whom, how long; then the rest.
#pragma once

#include "view/scribe.hpp"

namespace kelisim::view {

Node line_who(const Scribe& s);
Node line_data(const Scribe& s);
Node line_why(const Scribe& s);
Node line_whom(const Scribe& s);
Node line_term(const Scribe& s);
Node line_rights(const Scribe& s);
Node line_messages(const Scribe& s);
Node line_cookies(const Scribe& s);
Node line_transfer(const Scribe& s);
Node line_disputes(const Scribe& s);
Node line_laws(const Scribe& s);
Node line_also(const Scribe& s);
Node line_contact(const Scribe& s);
Node line_edition(const Scribe& s);
Node line_findings(const Scribe& s);

/// Items of the statements on these topics; `with_topic` names the topic before each.
void add_statements(const Scribe& s, std::initializer_list<std::string_view> topics, bool with_topic, Node& list);

/// How many names a collapsed line shows before it counts the rest.
inline constexpr std::size_t k_line_names = 3;

}  // namespace kelisim::view
