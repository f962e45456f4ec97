// The only file that sees nlohmann/json: its lexer reads the tokens. The grammar stands here,
// because the library's own parser brings exceptions with composed messages along, and it fills our
// values where they stay.
#include "json/reader.hpp"

#include <cmath>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "core/encoding.hpp"
#include "core/sort.hpp"

namespace kelisim::json {
namespace {

constexpr std::int64_t k_max_integer = 9'007'199'254'740'991;

using Input = decltype(nlohmann::detail::input_adapter(static_cast<const char*>(nullptr),
                                                       static_cast<const char*>(nullptr)));
using Lexer = nlohmann::detail::lexer<nlohmann::json, Input>;
using Token = Lexer::token_type;

class Parser {
 public:
  Parser(std::string_view text, const Limits& limits)
      : lexer_(nlohmann::detail::input_adapter(text.data(), text.data() + text.size())),
        depth_left_(limits.max_depth),
        limits_(limits) {}

  Result<Value> run() {
    Value root;
    next();
    if (value(root) && next() != Token::end_of_input) syntax();
    if (!error_.code.empty()) return std::move(error_);
    return root;
  }

 private:
  Token next() { return token_ = lexer_.scan(); }

  // The value that begins with the token.
  bool value(Value& to) {
    switch (token_) {
      case Token::begin_object:
        to = Value::object();
        return container(to, Token::end_object);
      case Token::begin_array:
        to = Value::array();
        return container(to, Token::end_array);
      case Token::literal_null:
        return true;
      case Token::literal_true:
      case Token::literal_false:
        to = Value(token_ == Token::literal_true);
        return true;
      case Token::value_string:
        to = Value(lexer_.get_string());
        return true;
      case Token::value_integer:
        return integer(to, lexer_.get_number_integer());
      case Token::value_unsigned:
        // Beyond the range it becomes negative.
        return integer(to, static_cast<std::int64_t>(lexer_.get_number_unsigned()), 0);
      case Token::value_float:
        return fraction(to);
      default:
        return syntax();
    }
  }

  bool integer(Value& to, std::int64_t number, std::int64_t least = -k_max_integer) {
    if (number < least || number > k_max_integer) return bad_number();
    to = Value(number);
    return true;
  }

#ifdef KELISIM_INTEGERS_ONLY
  bool fraction(Value& /*to*/) { return bad_number(); }
#else
  bool fraction(Value& to) {
    const double number = lexer_.get_number_float();
    if (!limits_.reals || !std::isfinite(number)) return bad_number();
    if (lexer_.get_token_string().find_first_of(".eE") == std::string::npos) return bad_number();
    to = Value::real(number);
    return true;
  }
#endif

  bool container(Value& to, Token end) {
    if (depth_left_ == 0) {
      return fail(
          "json_depth",
          "nested more than " + to_text(static_cast<std::int64_t>(limits_.max_depth)) + " deep");
    }
    --depth_left_;
    const bool object = end == Token::end_object;
    if (next() != end) {
      while (object ? member(to) : item(to)) {
        if (next() != Token::value_separator) break;
        next();
      }
      if (!error_.code.empty()) return false;
      if (token_ != end) {
        syntax();
        return object ? false : within(to.items().size());
      }
    }
    ++depth_left_;
    return object ? unique(to) : true;
  }

  bool item(Value& array) {
    const std::size_t index = array.items().size();
    return value(array.add()) || within(index);
  }

  bool member(Value& object) {
    if (token_ != Token::value_string) return syntax();
    // Uniqueness is checked once, when the object closes: a look-up for each member would be
    // quadratic.
    object.members().push_back({std::move(lexer_.get_string()), Value()});
    Member& made = object.members().back();
    const bool good = next() == Token::name_separator ? (next(), value(made.value)) : syntax();
    return good || within(made.key);
  }

  bool unique(Value& object) {
    StringPointers keys;
    for (const Member& member : object.members()) keys.push_back(&member.key);
    const StringPointers twice = repeated(keys);
    if (twice.empty()) return true;
    fail("json_duplicate", "member \"" + *twice.front() + "\" stands twice");
    return within(*twice.front());
  }

  // The path of an error is put together on the way out.
  template <class Place>
  bool within(const Place& place) {
    error_.path.insert(0, pointer("", place));
    return false;
  }

  bool fail(const char* code, const std::string& message) {
    error_ = Error(code, std::string(), message);
    return false;
  }
  bool bad_number() {
    return fail("json_number", "numbers are integers within plus or minus 2^53 - 1");
  }
  bool syntax() {
    return fail("json_syntax", "not JSON at byte " + to_text(static_cast<std::int64_t>(
                                                         lexer_.get_position().chars_read_total)));
  }

  Lexer lexer_;
  Token token_ = Token::uninitialized;
  std::size_t depth_left_;
  const Limits& limits_;
  Error error_;  // no code = none
};

}  // namespace

Result<Value> parse(std::string_view text, Limits limits) {
  if (text.size() > limits.max_bytes) {
    return Error("json_size", std::string(),
                 "more than " + to_text(static_cast<std::int64_t>(limits.max_bytes)) + " bytes");
  }
  if (!is_utf8(text)) return Error("json_utf8", "", "not well-formed UTF-8");
  if (text.starts_with("\xef\xbb\xbf"))
    return Error("json_syntax", "", "begins with a byte order mark");
  // The lexer takes a NUL for the end of the text and would not look at what stands behind it.
  if (text.find('\0') != std::string_view::npos)
    return Error("json_syntax", "", "a NUL is not JSON");
  return Parser(text, limits).run();
}

std::string pointer(std::string_view path, std::string_view key) {
  std::string out(path);
  out += '/';
  for (const char c : key) {
    if (c == '~') {
      out += "~0";
    } else if (c == '/') {
      out += "~1";
    } else {
      out += c;
    }
  }
  return out;
}

std::string pointer(const std::string& path, const char* key) {
  return pointer(std::string_view(path), std::string_view(key));
}
std::string pointer(const std::string& path, const std::string& key) {
  return pointer(std::string_view(path), std::string_view(key));
}
std::string pointer(const char* path, const char* key) {
  return pointer(std::string_view(path), std::string_view(key));
}
std::string pointer(const char* path, const std::string& key) {
  return pointer(std::string_view(path), std::string_view(key));
}
std::string pointer(const std::string& path, std::size_t index) {
  return pointer(path, to_text(static_cast<std::int64_t>(index)));
}
std::string pointer(const char* path, std::size_t index) {
  return pointer(path, to_text(static_cast<std::int64_t>(index)));
}

}  // namespace kelisim::json
