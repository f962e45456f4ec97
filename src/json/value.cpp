#include "json/value.hpp"

namespace kelisim::json {

Value::Value() = default;
Value::Value(bool flag) : kind_(Kind::boolean), number_(flag ? 1 : 0) {}
Value::Value(std::int64_t number) : kind_(Kind::integer), number_(number) {}
Value::Value(int number) : kind_(Kind::integer), number_(number) {}
Value::Value(std::string text) : kind_(Kind::string), text_(std::move(text)) {}
Value::Value(std::string_view text) : kind_(Kind::string), text_(text) {}
Value::Value(const char* text) : kind_(Kind::string), text_(text) {}
Value::Value(const Value&) = default;
Value::Value(Value&&) noexcept = default;
Value& Value::operator=(const Value&) = default;
Value& Value::operator=(Value&&) noexcept = default;
Value::~Value() = default;

Value Value::array() {
  Value value;
  value.kind_ = Kind::array;
  return value;
}

Value Value::object() {
  Value value;
  value.kind_ = Kind::object;
  return value;
}

#ifndef KELISIM_INTEGERS_ONLY
Value Value::real(double number) {
  Value value;
  value.kind_ = Kind::real;
  value.real_ = number;
  return value;
}
#endif

const Value* Value::find(std::string_view key) const {
  for (const Member& member : members_) {
    if (member.key == key) return &member.value;
  }
  return nullptr;
}

Value* Value::find(std::string_view key) {
  return const_cast<Value*>(static_cast<const Value&>(*this).find(key));
}

const Value& Value::operator[](std::string_view key) const {
  static const Value null;
  const Value* value = find(key);
  return value != nullptr ? *value : null;
}

Value& Value::set(std::string_view key, Value value) & {
  kind_ = Kind::object;
  if (Value* old = find(key)) {
    *old = std::move(value);
  } else {
    members_.push_back({std::string(key), std::move(value)});
  }
  return *this;
}

Value&& Value::set(std::string_view key, Value value) && {
  set(key, std::move(value));
  return std::move(*this);
}

Value& Value::push(Value value) & {
  kind_ = Kind::array;
  items_.push_back(std::move(value));
  return *this;
}

Value&& Value::push(Value value) && {
  push(std::move(value));
  return std::move(*this);
}

void Value::erase(std::string_view key) {
  std::erase_if(members_, [&](const Member& member) { return member.key == key; });
}

bool operator==(const Value& a, const Value& b) {
  if (a.kind_ != b.kind_ || a.number_ != b.number_ || a.text_ != b.text_ || a.items_ != b.items_ ||
      a.members_.size() != b.members_.size()) {
    return false;
  }
#ifndef KELISIM_INTEGERS_ONLY
  if (a.kind_ == Value::Kind::real && a.real_ != b.real_) return false;
#endif
  for (const Member& member : a.members_) {
    const Value* other = b.find(member.key);
    if (other == nullptr || !(*other == member.value)) return false;
  }
  return true;
}

}  // namespace kelisim::json
