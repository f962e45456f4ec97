// Letters: what the summary and the search need to know of Latin and Cyrillic (Kazakh and Russian)
// text in UTF-8.
#pragma once

#include <string>
#include <string_view>

namespace kelisim::view {

/// The text with a small first letter, for the middle of a sentence. Left as it is when the second
/// letter is no small one
/// ("IP address", "БИН"), because the word is then an abbreviation.
std::string lower_first(std::string_view text);

/// The text with a capital first letter, for the start of a sentence.
std::string upper_first(std::string_view text);

/// What a text is searched by: small letters, Cyrillic letters that look like Latin ones replaced
/// by them ("ІР" in Cyrillic letters → "ip"), ё as е, Kazakh letters as what is written for them on
/// a Russian keyboard (ә as а, і as и, қ as к), all kinds of white space as one space, soft hyphens
/// left out. Two texts that look alike have the same key.
std::string search_key(std::string_view text);

}  // namespace kelisim::view
