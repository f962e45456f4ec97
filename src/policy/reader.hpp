// Fills the structs of policy.hpp from the document by tables (shape.hpp), collecting every error
// with its place. Used by parse.cpp only.
//
// Tables instead of code: the document has some hundred and fifty members of a dozen kinds, and a
// page downloads what reads them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "core/sort.hpp"
#include "json/value.hpp"
#include "policy/patterns.hpp"
#include "policy/policy.hpp"

namespace kelisim::policy {

/// A value and where it stands: the path is put together only when an error wants it.
struct Node {
  const json::Value* value = nullptr;  ///< nullptr = the member is missing.
  const Node* parent = nullptr;        ///< nullptr = the document.
  std::string_view key = {};           ///< Without data = an item of an array.
  std::size_t index = 0;

  [[nodiscard]] std::string path() const;
};

/// Ids that have to be different from each other, and that references name.
enum class Space : std::uint8_t {
  none,
  clause,
  contact,
  data,
  group,
  purpose,
  switches,  ///< Purposes with a switch: references only.
  recipient,
  service,
  term,
  right,
  statement,
  form,
  law,
  message,  ///< Topics and channels share one.
  service_message,
};

/// The place of a text in "a|b|c"; -1 = it is none of them.
int place_in(std::string_view choices, std::string_view text);

class Reader;

/// What no kind of member can say: reads some members of `object` into `to`.
using Hook = void (*)(Reader& reader, const Node& object, void* to);

struct Struct;

/// One member of a struct.
struct Field {
  enum class Kind : std::uint8_t {
    hook,
    string,   ///< std::string
    choice,   ///< std::string, one of `choices`
    name,     ///< An enum of one byte, or bool: the place in `choices`
    flag,     ///< bool
    text,     ///< Text
    texts,    ///< std::vector<Text>
    strings,  ///< std::vector<std::string>
    clauses,  ///< ClauseIds
    ids,      ///< Ids
    list,     ///< A std::vector of structs
    object,   ///< A struct
  };
  enum Flags : std::uint8_t {
    optional = 0,
    required = 1,
    stated = 2,      ///< {"not_stated": true} leaves it as it is.
    inside = 4,      ///< The member is a std::optional.
    opposite = 8,    ///< Kind::name of a bool: the second choice is false.
    reference = 16,  ///< Kind::string: names something of `space`.
  };
  union More {
    Hook hook;
    const char* choices;
    const Struct* type;
    struct {
      Pattern pattern;
      Space space;
    } text;
    constexpr More(Hook is) : hook(is) {}              // NOLINT(google-explicit-constructor)
    constexpr More(const char* are) : choices(are) {}  // NOLINT(google-explicit-constructor)
    constexpr More(const Struct& is) : type(&is) {}    // NOLINT(google-explicit-constructor)
    constexpr More(Pattern pattern, Space space = Space::none) : text{pattern, space} {}
  };

  const char* key;
  std::uint16_t offset;
  Kind kind;
  std::uint8_t flags;
  More more = Pattern::any;
};

/// A struct: its members in the order they are read.
struct Struct {
  const Field* fields;
  std::uint8_t count;
  Space space = Space::none;    ///< Of its first member, an id.
  std::uint16_t size = 0;       ///< Of one item of a list.
  const char* empty = nullptr;  ///< What is wrong when the list is empty.
  /// Makes `count` of them (a list) or one (an optional) in the empty `at`; nothing: it is there.
  void* (*make)(void* at, std::size_t count) = nullptr;
};

/// An id used somewhere, to be resolved when the whole document has been read.
struct Reference {
  std::string path;
  const std::string* id;
  Space space;
};

class Reader {
 public:
  /// Reads the members of an object.
  void read(const Node& object, const Struct& type, void* to);

  /// The member of an object; a missing one that is required is an error.
  Node member(const Node& object, std::string_view key, bool required);
  /// True and noted when the member is {"not_stated": true}.
  bool not_stated(const Node& object, std::string_view key);
  /// The items of an array (of objects, when `objects`).
  std::vector<Node> items(const Node& array, bool objects);
  /// A string that matches.
  bool string(const Node& node, Pattern pattern, std::string& to);
  /// The place of a string in "a|b|c"; -1 and an error when it is none of them.
  int choice(const Node& node, const char* choices);
  void text(const Node& node, Text& to);
  void field(const Node& object, const Field& field, void* to);

  void error(const char* code, const Node& node, const char* message);
  void error(const char* code, const std::string& path, const char* message);

  Errors errors;
  std::vector<std::string> silent;  ///< Pointers of every not_stated.
  std::vector<Reference> references;
  StringPointers used;                     ///< Clauses that a line of the summary names.
  std::size_t used_before = 0;             ///< How many there were before the item being read.
  std::array<StringPointers, 16> ids;      ///< By Space.
  std::vector<std::string> message_paths;  ///< Of the purposes of service messages.

 private:
  void list(const Node& node, const Struct& type, void* at);
};

/// The whole document.
extern const Struct k_document;

}  // namespace kelisim::policy
