#include "receipt/shape.hpp"

#include "json/reader.hpp"
#include "receipt/check.hpp"

namespace kelisim::receipt {

bool is_not_stated(const json::Value& value) { return value["not_stated"].as_bool(); }

void Shape::fault(const char* code, const std::string& path, const char* message) {
  // Nobody reads more, and 32 KiB of somebody's nonsense can have tens of thousands.
  constexpr std::size_t most = 100;
  if (errors.size() >= most) return;
  std::string full(what_);
  full += '_';
  full += code;
  errors.push_back(Error{full.c_str(), path, message});
}

void Shape::fields(const json::Value& value, const std::string& path, const Field* list,
                   std::size_t count) {
  if (!value.is_object()) return fault("type", path, "not an object");
  const Field* const end = list + count;
  for (const Field* field = list; field != end; ++field) {
    const json::Value* member = value.find(field->key);
    const std::string at = json::pointer(path, field->key);
    if (member != nullptr) {
      surrounded(*member, at, *field);
    } else if ((field->flags & k_optional) == 0) {
      fault("missing", at, "not there");
    }
  }
  if (!free_) return;
  for (const json::Member& member : value.members()) {
    const Field* field = list;
    while (field != end && member.key != field->key) ++field;
    if (field == end) free_member(member, path);
  }
}

void Shape::surrounded(const json::Value& value, const std::string& path, const Field& field) {
  if ((field.flags & k_null) != 0 && value.is_null()) return;
  if ((field.flags & k_stated) != 0 && is_not_stated(value)) return free_value(value, path);
  if ((field.flags & k_list) != 0) {
    if (!value.is_array()) return fault("type", path, "not a list");
    if ((field.flags & k_filled) != 0 && value.items().empty()) fault("empty", path, "empty");
    for (std::size_t i = 0; i < value.items().size(); ++i) {
      itself(value.items()[i], json::pointer(path, i), field);
    }
  } else if ((field.flags & k_map) != 0) {
    if (!value.is_object()) return fault("type", path, "not an object");
    for (const json::Member& member : value.members()) {
      string(member.key, path, Form::opaque);
      itself(member.value, json::pointer(path, member.key), field);
    }
  } else {
    itself(value, path, field);
  }
}

void Shape::itself(const json::Value& value, const std::string& path, const Field& field) {
  if (field.kind == Field::Kind::null) return retention(value, path);
  if (field.kind == Field::Kind::object) return fields(value, path, field.fields, field.count);
  if (value.kind() != field.kind) return fault("type", path, "of the wrong type");
  if (field.kind == Field::Kind::integer &&
      (value.as_integer() < 1 || value.as_integer() >= k_end_of_9999_ms)) {
    fault("range", path, "outside its range");
  }
  if (field.kind != Field::Kind::string) return;
  string(value.as_string(), path, field.form);
  if (field.words != nullptr && !one_of(field.words, value.as_string())) {
    fault("value", path, field.words);
  }
}

void Shape::string(const std::string& value, const std::string& path, Form form) {
  if (!matches(form, value)) fault("pattern", path, "of the wrong form");
  if (!free_) return;
  if (value.size() > k_max_string_bytes) fault("string", path, "over 4096 bytes");
  if (form == Form::text && has_twelve_digits(value)) {
    fault("twelve_digits", path, "twelve digits in a row in free text");
  }
}

void Shape::retention(const json::Value& value, const std::string& path) {
  if (value.is_string()) return string(value.as_string(), path, Form::duration);
  if (!is_not_stated(value) && !value["unlimited"].as_bool() && !value["by_law"].as_bool() &&
      !value["until"].is_string() && !value["until_event"].is_string()) {
    fault("type", path, "not a retention period");
  }
  free_value(value, path);
}

void Shape::free_string(const std::string& value, const std::string& path) {
  string(value, path, Form::text);
  if (has_contact(value)) fault("contact", path, "a mail address or a telephone number");
}

void Shape::free_member(const json::Member& member, const std::string& path) {
  const std::string at = json::pointer(path, member.key);
  free_string(member.key, at);
  free_value(member.value, at);
}

void Shape::free_value(const json::Value& value, const std::string& path) {
  const std::int64_t number = value.as_integer() < 0 ? -value.as_integer() : value.as_integer();
  if (number >= 100'000'000'000 && number <= 999'999'999'999) {
    fault("twelve_digits", path, "a number of twelve digits");
  }
  if (number >= 70'000'000'000 && number <= 89'999'999'999) {
    fault("contact", path, "a telephone number");
  }
  if (value.is_string()) free_string(value.as_string(), path);
  for (std::size_t i = 0; i < value.items().size(); ++i) {
    free_value(value.items()[i], json::pointer(path, i));
  }
  for (const json::Member& member : value.members()) free_member(member, path);
}

}  // namespace kelisim::receipt
