// A node of the view tree while it is written. What is empty is not written, so a tree has no empty members.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "json/value.hpp"

namespace kelisim::view {

class Node {
 public:
  explicit Node(std::string_view kind) { value_.set("kind", kind); }

  Node& set(std::string_view key, std::string_view text) &;
  Node& put(std::string_view key, json::Value value) &;
  Node& mark(std::string_view text) &;
  Node& add(Node child) &;

  Node&& set(std::string_view key, std::string_view text) && { return std::move(set(key, text)); }
  Node&& put(std::string_view key, json::Value value) && { return std::move(put(key, std::move(value))); }
  Node&& mark(std::string_view text) && { return std::move(mark(text)); }
  Node&& add(Node child) && { return std::move(add(std::move(child))); }

  [[nodiscard]] bool has_children() const { return value_.has("children"); }
  [[nodiscard]] const json::Value& value() const { return value_; }
  json::Value take() && { return std::move(value_); }

 private:
  Node& append(std::string_view key, json::Value value);

  json::Value value_;
};

}  // namespace kelisim::view
