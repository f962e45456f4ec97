#include "policy/reader.hpp"

#include <optional>
#include <span>

#include "json/reader.hpp"

namespace kelisim::policy {
namespace {

// The member itself, made when it is an optional.
template <class T>
T& target(void* at, std::uint8_t flags) {
  if ((flags & Field::inside) != 0) return static_cast<std::optional<T>*>(at)->emplace();
  return *static_cast<T*>(at);
}

}  // namespace

int place_in(std::string_view choices, std::string_view text) {
  for (int place = 0;; ++place) {
    const auto bar = choices.find('|');
    if (choices.substr(0, bar) == text) return place;
    if (bar == std::string_view::npos) return -1;
    choices.remove_prefix(bar + 1);
  }
}

std::string Node::path() const {
  if (parent == nullptr) return {};
  const std::string before = parent->path();
  return key.data() == nullptr ? json::pointer(before, index) : json::pointer(before, key);
}

void Reader::error(const char* code, const std::string& path, const char* message) {
  fault(errors, code, path, message);
}

void Reader::error(const char* code, const Node& node, const char* message) {
  error(code, node.path(), message);
}

Node Reader::member(const Node& object, std::string_view key, bool required) {
  const Node node{object.value->find(key), &object, key};
  if (node.value == nullptr && required)
    error("policy_missing", node, "required member is missing");
  return node;
}

bool Reader::not_stated(const Node& object, std::string_view key) {
  const Node node{&(*object.value)[key], &object, key};
  if (!(*node.value)["not_stated"].as_bool()) return false;
  silent.push_back(node.path());
  return true;
}

std::vector<Node> Reader::items(const Node& array, bool objects) {
  std::vector<Node> out;
  if (array.value == nullptr) return out;
  if (!array.value->is_array()) {
    error("policy_type", array, "has to be an array");
    return out;
  }
  std::size_t index = 0;
  for (const json::Value& item : array.value->items()) {
    const Node node{&item, &array, {}, index++};
    if (objects && !item.is_object()) {
      error("policy_type", node, "has to be an object");
    } else {
      out.push_back(node);
    }
  }
  return out;
}

bool Reader::string(const Node& node, Pattern pattern, std::string& to) {
  if (node.value == nullptr) return false;
  if (!node.value->is_string()) {
    error("policy_type", node, "has to be a string");
    return false;
  }
  const std::string& text = node.value->as_string();
  if (!matches(pattern, text)) {
    std::string message = "not an allowed value: \"";
    message.append(text, 0, 80) += '"';
    error("policy_value", node, message.c_str());
    return false;
  }
  to = text;
  return true;
}

int Reader::choice(const Node& node, const char* choices) {
  std::string text;
  if (!string(node, Pattern::any, text)) return -1;
  const int place = place_in(choices, text);
  if (place < 0) {
    const std::string message = std::string("has to be one of ") + choices;
    error("policy_value", node, message.c_str());
  }
  return place;
}

void Reader::text(const Node& node, Text& to) {
  if (!node.value->is_object()) {
    error("policy_type", node, "has to be a text: language to string");
    return;
  }
  for (const char* lang : {"kk", "ru", "en"}) {
    const Node child{node.value->find(lang), &node, lang};
    if (child.value == nullptr) error("policy_missing", child, "text lacks this language");
  }
  to.by_lang.reserve(node.value->members().size());
  for (const json::Member& member : node.value->members()) {
    const Node child{&member.value, &node, member.key};
    auto& [lang, words] = to.by_lang.emplace_back(member.key, std::string());
    if (string(child, Pattern::any, words) && code_points(words) > 2000)
      error("policy_value", child, "longer than 2000 characters");
  }
}

void Reader::list(const Node& node, const Struct& type, void* at) {
  const std::vector<Node> objects = items(node, true);
  if (objects.empty() && type.empty != nullptr) error("policy_value", node, type.empty);
  if (node.value == nullptr) return;
  char* item = static_cast<char*>(type.make(at, objects.size()));
  for (const Node& object : objects) {
    used_before = used.size();
    read(object, type, item);
    // An id is the first member of its struct.
    if (type.space != Space::none)
      ids[static_cast<std::size_t>(type.space)].push_back(reinterpret_cast<std::string*>(item));
    item += type.size;
  }
}

void Reader::field(const Node& object, const Field& field, void* to) {
  void* const at = static_cast<char*>(to) + field.offset;
  const Field::More& more = field.more;
  if (field.kind == Field::Kind::hook) return more.hook(*this, object, at);
  if ((field.flags & Field::stated) != 0 && not_stated(object, field.key)) return;
  const bool required = (field.flags & Field::required) != 0;
  const Node node = member(object, field.key, required);
  if (field.kind == Field::Kind::list) return list(node, *more.type, at);
  if (field.kind == Field::Kind::string) {
    if (node.value == nullptr && !required) return;
    auto& text = target<std::string>(at, field.flags);
    const bool good = string(node, more.text.pattern, text);
    if ((field.flags & Field::reference) == 0) return;
    if (good || required) references.push_back({node.path(), &text, more.text.space});
    // A quote's clause; a clause's parent is no use of it.
    if (required) used.push_back(&text);
    return;
  }
  if (node.value == nullptr) return;
  switch (field.kind) {
    case Field::Kind::choice:
      if (choice(node, more.choices) >= 0) *static_cast<std::string*>(at) = node.value->as_string();
      break;
    case Field::Kind::name:
      if (const int place = choice(node, more.choices); place >= 0) {
        const int flip = (field.flags & Field::opposite) != 0 ? 1 : 0;
        *static_cast<unsigned char*>(at) = static_cast<unsigned char>(place ^ flip);
      }
      break;
    case Field::Kind::flag:
      if (node.value->is_bool()) {
        target<bool>(at, field.flags) = node.value->as_bool();
      } else {
        error("policy_type", node, "has to be true or false");
      }
      break;
    case Field::Kind::text:
      text(node, target<Text>(at, field.flags));
      break;
    case Field::Kind::texts: {
      auto& texts = *static_cast<std::vector<Text>*>(at);
      for (const Node& item : items(node, false)) text(item, texts.emplace_back());
      break;
    }
    case Field::Kind::strings:
    case Field::Kind::clauses:
    case Field::Kind::ids: {
      auto& out = target<std::vector<std::string>>(at, field.flags);
      for (const Node& item : items(node, false)) {
        std::string text;
        if (field.kind == Field::Kind::ids) {
          text = item.value->as_string();
        } else if (!string(item, more.text.pattern, text)) {
          continue;
        }
        out.push_back(text);
        if (field.kind == Field::Kind::strings) continue;
        references.push_back({item.path(), &item.value->as_string(), more.text.space});
        if (field.kind == Field::Kind::clauses) used.push_back(references.back().id);
      }
      break;
    }
    case Field::Kind::object:
      if (node.value->is_object()) {
        const Struct& type = *more.type;
        read(node, type, type.make == nullptr ? at : type.make(at, 1));
      } else {
        error("policy_type", node, "has to be an object");
      }
      break;
    default:
      break;
  }
}

void Reader::read(const Node& object, const Struct& type, void* to) {
  for (const Field& each : std::span(type.fields, type.count)) field(object, each, to);
}

}  // namespace kelisim::policy
