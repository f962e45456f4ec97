#include "json/value.hpp"

#include <memory>

namespace kelisim::json {
namespace {

// What a value of another kind answers with. Never destroyed, so that nothing is registered to
// happen at the end.
template <class T>
union Lasting {
  T value;
  constexpr Lasting() : value() {}
  constexpr ~Lasting() {}
};

constinit const Lasting<std::string> k_no_text;
constinit const Lasting<std::vector<Value>> k_no_items;
constinit const Lasting<std::vector<Member>> k_no_members;
constinit const Lasting<Value> k_null;

}  // namespace

struct Value::Node {
  Kind kind;
  union {
    bool flag;
    std::int64_t number;
#ifndef KELISIM_INTEGERS_ONLY
    double real;
#endif
    std::string text;
    std::vector<Value> items;
    std::vector<Member> members;
  };

  explicit Node(Kind of) : kind(of), number(0) {
    if (kind == Kind::string) std::construct_at(&text);
    if (kind == Kind::array) std::construct_at(&items);
    if (kind == Kind::object) std::construct_at(&members);
  }
  ~Node() {
    if (kind == Kind::string) std::destroy_at(&text);
    if (kind == Kind::array) std::destroy_at(&items);
    if (kind == Kind::object) std::destroy_at(&members);
  }
  Node(const Node&) = delete;
  Node& operator=(const Node&) = delete;
};

Value::Node& Value::become(Kind kind) {
  if (this->kind() != kind) {
    delete node_;
    node_ = new Node(kind);
  }
  return *node_;
}

Value::~Value() { delete node_; }

Value::Value(bool flag) { become(Kind::boolean).flag = flag; }
Value::Value(std::int64_t number) { become(Kind::integer).number = number; }
Value::Value(int number) : Value(std::int64_t{number}) {}
Value::Value(const std::string& text) { become(Kind::string).text = text; }
Value::Value(std::string_view text) { become(Kind::string).text = text; }
Value::Value(const char* text) { become(Kind::string).text = text; }
Value::Value(const Value& other) { *this = other; }

Value& Value::operator=(Value&& other) noexcept {
  // The other may be a part of this one.
  Node* taken = std::exchange(other.node_, nullptr);
  delete node_;
  node_ = taken;
  return *this;
}

Value& Value::operator=(const Value& other) {
  Value copy;
  const Kind kind = other.kind();
  if (kind != Kind::null) {
    Node& to = copy.become(kind);
    const Node& from = *other.node_;
    if (kind == Kind::string) {
      to.text = from.text;
    } else if (kind == Kind::array) {
      to.items = from.items;
    } else if (kind == Kind::object) {
      to.members = from.members;
    } else {
      to.number = from.number;
      if (kind == Kind::boolean) to.flag = from.flag;
#ifndef KELISIM_INTEGERS_ONLY
      if (kind == Kind::real) to.real = from.real;
#endif
    }
  }
  return *this = std::move(copy);
}

Value Value::array() {
  Value value;
  value.become(Kind::array);
  return value;
}

Value Value::object() {
  Value value;
  value.become(Kind::object);
  return value;
}

#ifndef KELISIM_INTEGERS_ONLY
Value Value::real(double number) {
  Value value;
  value.become(Kind::real).real = number;
  return value;
}

double Value::as_real() const { return kind() == Kind::real ? node_->real : 0; }
#endif

Value::Kind Value::kind() const { return node_ == nullptr ? Kind::null : node_->kind; }
bool Value::is(const char* text) const { return as_string() == text && is_string(); }
bool Value::as_bool() const { return is_bool() && node_->flag; }
std::int64_t Value::as_integer() const { return is_integer() ? node_->number : 0; }
const std::string& Value::as_string() const { return is_string() ? node_->text : k_no_text.value; }
const std::vector<Value>& Value::items() const {
  return is_array() ? node_->items : k_no_items.value;
}
const std::vector<Member>& Value::members() const {
  return is_object() ? node_->members : k_no_members.value;
}
std::vector<Value>& Value::items() {
  return const_cast<std::vector<Value>&>(std::as_const(*this).items());
}
std::vector<Member>& Value::members() {
  return const_cast<std::vector<Member>&>(std::as_const(*this).members());
}

const Value* Value::find(std::string_view key) const {
  for (const Member& member : members()) {
    if (member.key == key) return &member.value;
  }
  return nullptr;
}

const Value* Value::find(const char* key) const { return find(std::string_view(key)); }
const Value* Value::find(const std::string& key) const { return find(std::string_view(key)); }
Value* Value::find(std::string_view key) {
  return const_cast<Value*>(std::as_const(*this).find(key));
}
Value* Value::find(const char* key) { return find(std::string_view(key)); }
Value* Value::find(const std::string& key) { return find(std::string_view(key)); }

const Value& Value::operator[](std::string_view key) const {
  const Value* value = find(key);
  return value != nullptr ? *value : k_null.value;
}
const Value& Value::operator[](const char* key) const { return (*this)[std::string_view(key)]; }
const Value& Value::operator[](const std::string& key) const {
  return (*this)[std::string_view(key)];
}

Value& Value::at(std::string_view key) {
  if (Value* value = find(key)) return *value;
  std::vector<Member>& members = become(Kind::object).members;
  members.push_back({std::string(key), Value()});
  return members.back().value;
}
Value& Value::at(const char* key) { return at(std::string_view(key)); }
Value& Value::at(const std::string& key) { return at(std::string_view(key)); }

Value& Value::set(const char* key, Value&& value) {
  at(key) = std::move(value);
  return *this;
}
Value& Value::set(const char* key, const Value& value) { return set(key, Value(value)); }
Value& Value::set(const char* key, const char* text) { return set(key, Value(text)); }
Value& Value::set(const char* key, const std::string& text) { return set(key, Value(text)); }
Value& Value::set(const char* key, bool flag) { return set(key, Value(flag)); }
Value& Value::set(const char* key, std::int64_t number) { return set(key, Value(number)); }
Value& Value::set(const char* key, int number) { return set(key, Value(number)); }
Value& Value::set(const std::string& key, Value&& value) {
  at(key) = std::move(value);
  return *this;
}
Value& Value::set(const std::string& key, const Value& value) { return set(key, Value(value)); }
Value& Value::set(const std::string& key, const char* text) { return set(key, Value(text)); }
Value& Value::set(const std::string& key, const std::string& text) { return set(key, Value(text)); }
Value& Value::set(const std::string& key, bool flag) { return set(key, Value(flag)); }
Value& Value::set(const std::string& key, std::int64_t number) { return set(key, Value(number)); }
Value& Value::set(const std::string& key, int number) { return set(key, Value(number)); }
Value& Value::set(std::string_view key, const Value& value) {
  at(key) = value;
  return *this;
}

Value& Value::add() {
  std::vector<Value>& items = become(Kind::array).items;
  items.emplace_back();
  return items.back();
}

Value& Value::push(Value&& value) {
  add() = std::move(value);
  return *this;
}
Value& Value::push(const Value& value) { return push(Value(value)); }
Value& Value::push(const char* text) { return push(Value(text)); }
Value& Value::push(const std::string& text) { return push(Value(text)); }
Value& Value::push(bool flag) { return push(Value(flag)); }
Value& Value::push(std::int64_t number) { return push(Value(number)); }
Value& Value::push(int number) { return push(Value(number)); }

void Value::erase(std::string_view key) {
  std::erase_if(members(), [&](const Member& member) { return member.key == key; });
}

bool operator==(const Value& a, const Value& b) {
  const Value::Kind kind = a.kind();
  if (kind != b.kind() || a.as_bool() != b.as_bool() || a.as_integer() != b.as_integer() ||
      a.as_string() != b.as_string() || a.items().size() != b.items().size() ||
      a.members().size() != b.members().size()) {
    return false;
  }
#ifndef KELISIM_INTEGERS_ONLY
  if (kind == Value::Kind::real && a.as_real() != b.as_real()) return false;
#endif
  for (std::size_t i = 0; i < a.items().size(); ++i) {
    if (!(a.items()[i] == b.items()[i])) return false;
  }
  for (const Member& member : a.members()) {
    const Value* other = b.find(member.key);
    if (other == nullptr || !(*other == member.value)) return false;
  }
  return true;
}

Value strings(const std::vector<std::string>& list) {
  Value out = Value::array();
  for (const std::string& text : list) out.push(text);
  return out;
}

}  // namespace kelisim::json
