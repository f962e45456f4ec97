// The only file that sees nlohmann/json: its lexer and SAX parser feed our own values, so no second tree is built.
#include "json/reader.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>
#include <vector>

#include "core/encoding.hpp"

namespace kelisim::json {
namespace {

constexpr std::int64_t k_max_integer = 9'007'199'254'740'991;

class Handler {
 public:
  explicit Handler(const Limits& limits) : max_depth_(limits.max_depth), reals_(limits.reals) {}

  // nlohmann's SAX interface: false stops the parser.
  bool null() { return add(Value()); }
  bool boolean(bool flag) { return add(Value(flag)); }
  bool number_integer(std::int64_t number) {
    if (number < -k_max_integer || number > k_max_integer) return bad_number();
    return add(Value(number));
  }
  bool number_unsigned(std::uint64_t number) {
    if (number > static_cast<std::uint64_t>(k_max_integer)) return bad_number();
    return add(Value(static_cast<std::int64_t>(number)));
  }
#ifdef KELISIM_INTEGERS_ONLY
  bool number_float(double /*number*/, const std::string& /*text*/) { return bad_number(); }
#else
  bool number_float(double number, const std::string& text) {
    if (!reals_ || !std::isfinite(number)) return bad_number();
    if (text.find_first_of(".eE") == std::string::npos) return bad_number();
    return add(Value::real(number));
  }
#endif
  bool string(std::string& text) { return add(Value(std::move(text))); }
  bool binary(std::vector<std::uint8_t>& /*bytes*/) { return false; }
  bool start_object(std::size_t /*size*/) { return open(Value::object()); }
  bool start_array(std::size_t /*size*/) { return open(Value::array()); }
  bool key(std::string& name) {
    stack_.back().key = std::move(name);
    stack_.back().has_key = true;
    return true;
  }
  bool end_object() {
    if (const auto twice = duplicate(stack_.back().value)) {
      stack_.back().has_key = false;
      error_ = Error{"json_duplicate", pointer(path(), *twice), "member \"" + *twice + "\" stands twice"};
      return false;
    }
    return close();
  }
  bool end_array() { return close(); }
  bool parse_error(std::size_t position, const std::string& /*token*/,
                   const nlohmann::json::exception& /*exception*/) {
    // The lexer answers a number beyond a double's range here too.
    error_ = Error{"json_syntax", path(), "not JSON at byte " + to_text(static_cast<std::int64_t>(position))};
    return false;
  }

  Value root;
  [[nodiscard]] const std::optional<Error>& error() const { return error_; }

 private:
  struct Frame {
    Value value;
    std::string key;
    bool has_key = false;
  };

  [[nodiscard]] std::string path() const {
    std::string out;
    for (const Frame& frame : stack_) {
      if (frame.value.is_array()) {
        out = pointer(out, frame.value.items().size());
      } else if (frame.has_key) {
        out = pointer(out, frame.key);
      }
    }
    return out;
  }

  bool bad_number() {
    error_ = Error{"json_number", path(), "numbers are integers within plus or minus 2^53 - 1"};
    return false;
  }

  bool add(Value value) {
    if (stack_.empty()) {
      root = std::move(value);
      return true;
    }
    Frame& frame = stack_.back();
    if (frame.value.is_array()) {
      frame.value.items().push_back(std::move(value));
    } else {
      // Uniqueness is checked once, when the object closes: a look-up for each member would be quadratic.
      frame.value.members().push_back({std::move(frame.key), std::move(value)});
      frame.key.clear();
      frame.has_key = false;
    }
    return true;
  }

  bool open(Value value) {
    if (stack_.size() >= max_depth_) {
      error_ = Error{"json_depth", path(), "nested more than " + to_text(static_cast<std::int64_t>(max_depth_)) + " deep"};
      return false;
    }
    stack_.push_back({std::move(value), {}, false});
    return true;
  }

  bool close() {
    Value value = std::move(stack_.back().value);
    stack_.pop_back();
    return add(std::move(value));
  }

  static std::optional<std::string> duplicate(const Value& object) {
    std::vector<std::string_view> keys;
    keys.reserve(object.members().size());
    for (const Member& member : object.members()) keys.emplace_back(member.key);
    std::sort(keys.begin(), keys.end());
    const auto twice = std::adjacent_find(keys.begin(), keys.end());
    if (twice == keys.end()) return std::nullopt;
    return std::string(*twice);
  }

  std::size_t max_depth_;
  [[maybe_unused]] bool reals_;
  std::vector<Frame> stack_;
  std::optional<Error> error_;
};

}  // namespace

Result<Value> parse(std::string_view text, Limits limits) {
  if (text.size() > limits.max_bytes) {
    return Error{"json_size", "", "more than " + to_text(static_cast<std::int64_t>(limits.max_bytes)) + " bytes"};
  }
  if (!is_utf8(text)) return Error{"json_utf8", "", "not well-formed UTF-8"};
  if (text.starts_with("\xef\xbb\xbf")) return Error{"json_syntax", "", "begins with a byte order mark"};
  // The lexer takes a NUL for the end of the text and would not look at what stands behind it.
  if (text.find('\0') != std::string_view::npos) return Error{"json_syntax", "", "a NUL is not JSON"};
  Handler handler(limits);
  if (!nlohmann::json::sax_parse(text.begin(), text.end(), &handler)) {
    return handler.error() ? *handler.error() : Error{"json_syntax", "", "not JSON"};
  }
  return std::move(handler.root);
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

std::string pointer(std::string_view path, std::size_t index) {
  return std::string(path) + "/" + to_text(static_cast<std::int64_t>(index));
}

}  // namespace kelisim::json
