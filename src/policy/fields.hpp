// Reads members of a JSON document with checks, collecting every error with its place. Used by the
// policy reader only.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "json/reader.hpp"
#include "json/value.hpp"
#include "policy/policy.hpp"

namespace kelisim::policy {

/// A value and where it stands.
struct Node {
  const json::Value* value;
  std::string path;
};

/// What a string has to look like.
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

/// An id used somewhere, to be resolved when the whole document has been read.
struct Reference {
  std::string path;
  std::string id;
};

class Fields {
 public:
  void error(std::string_view code, std::string path, std::string message);

  /// The member, or nothing; a missing one that is required is an error.
  std::optional<Node> member(const Node& object, std::string_view key, bool required = true);
  /// The same, and it has to be an object.
  std::optional<Node> object(const Node& parent, std::string_view key, bool required = true);
  /// The items of a member that has to be an array (of objects, when `objects`).
  std::vector<Node> list(const Node& parent, std::string_view key, bool required = true,
                         bool objects = true);

  std::string string(const Node& object, std::string_view key, Pattern pattern = Pattern::any,
                     bool required = true);
  std::vector<std::string> strings(const Node& object, std::string_view key, Pattern pattern,
                                   bool required = true);
  bool flag(const Node& object, std::string_view key, bool fallback = false);
  /// The text itself when it is one of `choices` ("a|b|c"), "" when it is missing or wrong.
  std::string choice(const Node& object, std::string_view key, std::string_view choices,
                     bool required = true);
  Text text(const Node& object, std::string_view key, bool required = true);
  std::vector<Text> texts(const Node& object, std::string_view key, bool required = true);
  ClauseIds clauses(const Node& object, std::string_view key = "clauses", bool required = true);

  /// True and noted when the member is {"not_stated": true}.
  bool not_stated(const Node& object, std::string_view key);
  Stated<std::string> stated_string(const Node& object, std::string_view key,
                                    Pattern pattern = Pattern::any);
  Stated<Text> stated_text(const Node& object, std::string_view key);
  Stated<bool> stated_bool(const Node& object, std::string_view key);

  /// Ids of one list stand once each.
  void unique(const std::string& path, const std::vector<std::string>& ids);

  std::vector<Error> errors;
  std::vector<std::string> silent;           ///< Pointers of every not_stated.
  std::vector<Reference> clause_references;  ///< Every clause id named.

 private:
  Text text_at(const Node& node);
  bool check(const Node& node, Pattern pattern);
};

}  // namespace kelisim::policy
