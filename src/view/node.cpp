// Writes members of a node.
#include "view/node.hpp"

namespace kelisim::view {

Node& Node::set(std::string_view key, std::string_view text) & {
  if (!text.empty()) value_.set(key, text);
  return *this;
}

Node& Node::put(std::string_view key, json::Value value) & {
  const bool empty = value.is_array() && value.items().empty();
  if (!empty) value_.set(key, std::move(value));
  return *this;
}

Node& Node::append(std::string_view key, json::Value value) {
  if (auto* list = value_.find(key); list != nullptr) {
    list->push(std::move(value));
  } else {
    value_.set(key, json::Value::array().push(std::move(value)));
  }
  return *this;
}

Node& Node::mark(std::string_view text) & { return text.empty() ? *this : append("marks", text); }

Node& Node::add(Node child) & { return append("children", std::move(child).take()); }

}  // namespace kelisim::view
